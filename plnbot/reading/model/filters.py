r"""Filters: which of a feed's posts pass, by words, phrases and expressions, length, kind and language.

Words are compared as `spoken` has them: in small letters, without accents. An expression is run by RE2,
which cannot backtrack, over the text as it is; RE2 knows only English letters in `\w` and `\b`, so
both are written otherwise here. Where a word begins or ends, the text gets a mark, and the expression
is rewritten so that `\b` is that mark and everything else steps over it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from plnbot.reading.model.items import Kind, Words
from plnbot.syndication.identity import spoken
from plnbot.values import dataclass

MOST_TERMS, LONGEST_TERM = 50, 200
_EDGE = "\ue000"
_LETTERS = r"\p{L}\p{M}\p{N}_"
_OVER = f"{_EDGE}?"
_TOKEN = re.compile(
    r"(?P<edge>\\b)|(?P<refused>\\[BCQ])|(?P<atom>\\x\{[^}]*\}|\\x..|\\[pP]\{[^}]*\}|\\[pP].|\\.)"
    r"|(?P<set>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])"
    r"|(?P<group>\((?:\?(?:P?<\w+>|[a-zA-Z-]*:|[a-zA-Z-]+(?=\))))?|\)|\|)"
    r"|(?P<times>[*+?]|\{\d*,?\d*\})|(?P<at>[\^$])|(?P<any>\.)|(?P<char>.)",
    re.DOTALL,
)
_ENDS = frozenset({"\\A", "\\z"})
_TERM = re.compile(
    r'\s*(?:(?P<pattern>/(?:\\.|[^/\\])+/)|"(?P<quoted>[^"]+)"|(?P<words>[^,\n]+))\s*(?:,|$)'
)
_MEMORY = 4 * 1024 * 1024


class Without(StrEnum):
    """What can be left out whole."""

    SHORTS = "shorts"
    LIVE = "live"


class Stop(StrEnum):
    """Why a filter stops a post."""

    MISSING = "missing"
    """None of the words that it must have is in it."""
    HAS = "has"
    SHORT = "short"
    LONG = "long"
    SHORTS = "shorts"
    LIVE = "live"
    LANGUAGE = "language"


class UnreadableError(Exception):
    """A term that cannot be read, with what is wrong with it."""

    def __init__(self, term: str, why: str) -> None:
        super().__init__(why)
        self.term = term
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What must be in a post and what must not; `least` and `most` are minutes."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    without: frozenset[Without] = frozenset()
    language: str = ""

    def __bool__(self) -> bool:
        return self != Filters()

    def as_plain(self) -> Mapping[str, Any]:
        """Return it as it is kept."""
        return {
            "include": list(self.include),
            "exclude": list(self.exclude),
            "least": self.least,
            "most": self.most,
            "without": sorted(self.without),
            "language": self.language,
        }


def of_plain(kept: Mapping[str, Any]) -> Filters:
    """Return a filter as it was kept; nothing is a filter that lets everything pass."""
    return Filters(
        include=tuple(kept.get("include", ())),
        exclude=tuple(kept.get("exclude", ())),
        least=kept.get("least"),
        most=kept.get("most"),
        without=frozenset(Without(each) for each in kept.get("without", ())),
        language=kept.get("language", ""),
    )


def terms_in(typed: str) -> tuple[str, ...]:
    """Return the words, phrases and expressions that somebody typed, parted by commas and lines.

    An expression stands between slashes, and a phrase may stand in quotes. Raises `UnreadableError`.
    """
    found: list[str] = []
    for line in typed.splitlines():
        at = 0
        while at < len(line) and (term := _TERM.match(line, at)):
            at = term.end()
            said = term["pattern"] or term["quoted"] or term["words"] or ""
            if said := said.strip():
                found.append(said)
    for each in found:
        _Term(each)
    if len(found) > MOST_TERMS:
        raise UnreadableError(found[MOST_TERMS], f"> {MOST_TERMS}")
    return tuple(dict.fromkeys(found))


def is_expression(term: str) -> bool:
    """Tell whether a term is an expression, and no word or phrase."""
    return len(term) > len("//") and term.startswith("/") and term.endswith("/")


class Sieve:
    """A filter, ready to be asked of many posts."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters
        self._include = [_Term(each) for each in filters.include]
        self._exclude = [_Term(each) for each in filters.exclude]

    def stops(self, words: Words) -> str:
        """Return why a post does not pass, as it is kept (`Stop`, a colon, the term); empty if it does."""
        its, minutes = self._filters, words.minutes
        if words.kind is Kind.SHORT and Without.SHORTS in its.without:
            return Stop.SHORTS
        if words.kind is Kind.LIVE and Without.LIVE in its.without:
            return Stop.LIVE
        language = words.language.partition("-")[0].lower()
        if its.language and language and language != its.language:
            return f"{Stop.LANGUAGE}:{language}"
        if minutes is not None and its.least is not None and minutes < its.least:
            return f"{Stop.SHORT}:{minutes}"
        if minutes is not None and its.most is not None and minutes > its.most:
            return f"{Stop.LONG}:{minutes}"
        text = _Text(f"{words.title}\n{words.text}".strip())
        if has := next((each for each in self._exclude if each.is_in(text)), None):
            return f"{Stop.HAS}:{has.said}"
        if self._include and not any(each.is_in(text) for each in self._include):
            return Stop.MISSING
        return ""


class _Text:
    """A post's words, in both shapes in which they are looked through."""

    def __init__(self, words: str) -> None:
        self.spoken = f" {spoken(words)} "
        self._words = words
        self._edged = ""

    @property
    def edged(self) -> str:
        self._edged = self._edged or _with_edges(self._words)
        return self._edged


class _Term:
    """A word, a phrase or an expression."""

    def __init__(self, said: str) -> None:
        if len(said) > LONGEST_TERM:
            raise UnreadableError(said, f"> {LONGEST_TERM}")
        self.said = said
        self._pattern = _compiled(said) if is_expression(said) else None
        begins = said.endswith("*")
        self._words = f" {spoken(said)}" + ("" if begins else " ")
        if self._pattern is None and not self._words.strip():
            raise UnreadableError(said, "?")

    def is_in(self, text: _Text) -> bool:
        if self._pattern is not None:
            return self._pattern.search(text.edged) is not None
        return self._words in text.spoken


def _compiled(said: str) -> Any:
    import re2  # only who filters by expressions needs it

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        re2.compile(said[1:-1], options)  # its own words are what an error is to speak of
        return re2.compile(f"(?m){''.join(_rewritten(said))}", options)
    except re2.error as error:
        why = error.args[0] if error.args else ""
        raise UnreadableError(said, why.decode() if isinstance(why, bytes) else str(why)) from error


def _rewritten(said: str) -> Iterator[str]:
    for token in _TOKEN.finditer(unicodedata.normalize("NFC", said[1:-1])):
        kind, part = str(token.lastgroup), token[0]
        if kind == "refused":
            raise UnreadableError(said, part)
        if kind == "edge":
            yield _EDGE
        elif kind == "set":
            yield f"(?:{_OVER}{_set(said, part)})"
        elif kind == "any":
            yield f"(?:{_OVER}[^{_EDGE}\\n])"
        elif kind == "at" or part in _ENDS:
            yield part if part in ("^", "\\A") else f"{_OVER}{part}"
        elif kind in ("atom", "char"):
            yield f"(?:{_OVER}{_atom(part)})"
        else:
            yield part


def _atom(part: str) -> str:
    if part == "\\w":
        return f"[{_LETTERS}]"
    if part == "\\W":
        return f"[^{_LETTERS}{_EDGE}]"
    if part in ("\\D", "\\S") or part.startswith("\\P"):
        return f"[^{_EDGE}{part.swapcase()}]" if part in ("\\D", "\\S") else part
    return part


def _set(said: str, part: str) -> str:
    if "\\W" in part:
        raise UnreadableError(said, "[\\W]")
    inside = part[1:-1].replace("\\w", _LETTERS)
    return f"[^{inside[1:]}{_EDGE}]" if inside.startswith("^") else f"[{inside}]"


def _with_edges(words: str) -> str:
    """Return words with a mark wherever one begins or ends."""
    made: list[str] = []
    inside = False
    for char in unicodedata.normalize("NFC", words.replace(_EDGE, " ")):
        letter = char == "_" or unicodedata.category(char)[0] in "LMN"
        if letter != inside:
            made.append(_EDGE)
        inside = letter
        made.append(char)
    return "".join([*made, _EDGE] if inside else made)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a filter does to posts that are known: those that pass, and why the others do not."""

    passing: Sequence[Words]
    stopped: Sequence[tuple[Words, str]]

    @property
    def of_no_length(self) -> int:
        """How many of those that pass do not say how long they are."""
        return sum(each.minutes is None for each in self.passing)


def tried(filters: Filters, known: Sequence[Words]) -> Tried:
    """Return what a filter would have done."""
    sieve = Sieve(filters)
    found = [(each, sieve.stops(each)) for each in known]
    return Tried([e for e, why in found if not why], [(e, why) for e, why in found if why])
