"""The marks that people put before their answers: `A2 …`, `a1:`, `A1&2`, `A2B`, `A 1.`, `Answer 2:`.

A mark stands at the start of a line, however that is dressed: behind a bullet, a heading's signs, a
hashtag, a picture. Within a line it counts where a sentence or a comma ended before it and the numbers
go on.

**What belongs to the mark** is the name, the number, more numbers that are joined to it without doubt
(`A1&2`, `A1 & A2`, `A1-2 both`, or any with a sign that ends the mark: `A1, A2:`), and one such sign. Everything else
is the author's: a number of the sentence (`A2, 3 things`), a minus, a dot, a smiley. `A 5 minute break`
is a sentence: with a blank before its number a mark needs a sign behind it, or words that count nothing.

**Quoted lines** are somebody else's words and never part of an answer.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import field

from plnbot.gathering.quotes import without_quotes
from plnbot.values import dataclass

_LEAD = (
    r"^[\s“”\"'(\[]*(?:[-•◦▪*]\s+|\d{1,2}[.)]\s+)?(?:-?#{1,3}\s*)?[“”\"'(\[]*"
    r"(?:(?:[#@]\w{1,40}|[^\w\s#@*]{1,4})\s+){0,3}(?P<open>[*_~`]{0,3})"
)
_QUESTION = r"(?:[QP]\s?\d{1,2}[a-z]?\s?[:.)\-/=]*\s*)?"
_NUMBER = r"\d{1,2}(?:[a-d](?![a-z]))?"
_SIGN = r"(?:[)\]=]|[.:–—](?!\d)|-(?!\w))"
_SURE = (  # joined without doubt: by a sign of its own, or with a name again
    rf"(?:\s?(?:[&/+,–-]|and|y|&)\s?[AR]{_NUMBER}|[&+]{_NUMBER}(?!\d)"
    rf"|/(?:\d{{1,2}}[a-d])(?![a-z])|[–/-]\d{{1,2}}(?=\s(?:both|all|ambas|ambos|todas|todos)\b))"
)
_ENDED = (
    rf"(?:(?:\s?(?:[&/,–-]|and|y|thru|through|to|a)\s?|\+)[AR]?{_NUMBER})+(?=\s?(?:[)\]=]|[.:](?!\d)))"
    rf"|(?:\s?(?:[&/]|and|y)\s?{_NUMBER})+(?=\s*$)|[–-]\d{{1,2}}(?=\s*$)"
)
_MORE = rf"(?:{_ENDED}|{_SURE}*)"
_COUNTED = (
    r"(?:st|nd|rd|th|minute|minutes|min|mins|hour|hours|day|days|week|weeks|month|months|year|years|second|seconds"
    r"|page|pages|step|steps|star|point|points|percent|grade|part|parts|person|people|students?|kids?|teachers?|class(?:es)?"
    r"|times?|miles?|words?|lines?|questions?|hundred|thousand|million|dollars?|to|or|and|de|minutos?|horas?"
    r"|d[ií]as?|semanas?|meses|a[nñ]os?|alumn[oa]s?|estudiantes?|veces|cuadras?|kil[oó]metros?|o|y)\b"
)
_NAME = r"(?:A(?:ns(?:wer)?)?|R(?:esp(?:uesta)?)?)"
# A text: `re` compiles and keeps it when the first message comes, not at each start.
_MARK = (
    rf"{_LEAD}{_QUESTION}(?:"
    rf"(?:A|R)(?:\.\s?)?(?P<tight>{_NUMBER}{_MORE})(?=\W|_|$|(?!(?:st|nd|rd|th)\b)[^\W\d_]{{2}})"
    rf"|{_NAME}(?:\.?\s?\#?|-)(?P<loose>{_NUMBER}{_MORE})(?=\s*{_SIGN}|\s*$|\s+(?![\d%]|{_COUNTED})[^\W_])"
    r"|(?P<bonus>BA|AB|A\s?-?\s?bonus|bonus\s?A?)(?=\s*[.:)\]=–—-]))"
)
# What ends a mark: signs that join it, or one that stands alone between blanks.
_END = re.compile(
    r"(?:(?P<bold>[*_~`]{1,3})?(?:[)\]](?=[\s:.–—=-]|\w|$))?(?:\.(?!\.)|:(?![)(DPp/|\\3oO](?:\s|$))|[)\]=–—>]|[,;](?=\s)|-(?!-))?"
    r"(?P<behind>[*_~`]{1,3})?|(?=\s))(?:\s+(?:[:–—=>→⇒➜-]+|\.)(?=\s|$))?\s*"
)
_WITHIN = re.compile(
    r"(?<=[,;.!?|/…])\s+(?=A(?P<number>\d{1,2})[a-z]?(?:\s?[:.)–—-]|\s+(?!is\b|was\b|are\b|and\b|or\b|too\b|,)\w))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(\d{1,2})([a-z]?)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s?(?:[–-]|thru|through|to|a)\s?[AR]?(\d{1,2})", re.IGNORECASE)
_LETTER_A = "\U0001f170"
_LONGEST_LEAD = 160
_WIDEST = 6


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer with its mark taken off: the labels it names (`2`, `2b`, `bonus`) and its words."""

    labels: tuple[str, ...]
    text: str


@dataclass(slots=True)
class _Found:
    labels: tuple[str, ...]
    lines: list[str]
    bold: str = ""
    closed: bool = field(default=False)


def read_answers(words: str) -> tuple[Marked, ...]:
    """Return the marked answers in a message; lines without a mark belong to the one before.

    Lines before the first mark, such as a greeting, are not part of any answer, nor are quoted ones.
    """
    found: list[_Found] = []
    for line in without_quotes(words).split("\n"):
        for piece in _pieces(line):
            begun = _marked(piece)
            if begun is not None:
                found.append(begun)
            elif found:
                found[-1].lines.append(piece)
    return tuple(Marked(each.labels, _text(each)) for each in found)


def label_matches(label: str, known: Collection[str]) -> tuple[str, ...]:
    """Return which of the known labels `label` means: itself, or all parts of a divided question."""
    if label in known:
        return (label,)
    parts = tuple(each for each in known if each[:-1] == label and each[-1:].isalpha())
    if parts:
        return parts
    whole = label.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (whole,) if whole and whole in known else ()


def _pieces(line: str) -> Iterator[str]:
    """Return a line, cut before each mark within it that goes on from the one before."""
    first = _match(line)
    if first is None or first["bonus"]:
        yield line
        return
    last = max(int(each[1]) for each in _LABEL.finditer(first["tight"] or first["loose"]))
    start = 0
    for each in _WITHIN.finditer(line, first.end()):
        if int(each["number"]) > last:
            yield line[start : each.start()].rstrip().rstrip(",;|/")
            start, last = each.end(), int(each["number"])
    yield line[start:]


def _match(line: str) -> re.Match[str] | None:
    return re.match(_MARK, _plain(line)[:_LONGEST_LEAD], re.IGNORECASE)


def _plain(line: str) -> str:
    """Return a line with the letter and digits of a mark as they are typed, where they are pictures."""
    head = line[:_LONGEST_LEAD].replace(_LETTER_A + "\ufe0f", "A").replace(_LETTER_A, "A")
    head = re.sub(r"([AR]\s?)(\d)\ufe0f?\u20e3", r"\1\2", head, count=1, flags=re.IGNORECASE)
    return head + line[_LONGEST_LEAD:]


def _marked(line: str) -> _Found | None:
    mark = _match(line)
    if mark is None:
        return None
    plain = _plain(line)
    end = _END.match(plain, mark.end())
    behind = end.end() if end else mark.end()
    closed = bool(end and (end["bold"] or end["behind"])) and bool(mark["open"])
    words = plain[behind:]
    if not mark["open"] and end and (end["bold"] or end["behind"]):
        words = plain[mark.end() :].lstrip()  # the marks are those of its words
    if not mark["bonus"] and (fraction := _fraction(mark, plain)):
        words = fraction
    return _Found(_labels(mark), [words], mark["open"], closed)


def _fraction(mark: re.Match[str], line: str) -> str:
    """Return the words of `A2/3 of my class`, in which a part is said of something."""
    number = mark["tight"] or mark["loose"]
    rest = line[mark.end() :]
    found = re.match(r"/\d{1,3}\s+\w", rest)
    return f"{number}{rest}" if found and number.isdecimal() else ""


def _text(found: _Found) -> str:
    text = "\n".join(found.lines).strip()
    if found.bold and not found.closed:
        text = text.removesuffix(found.bold)
    return text


def _labels(mark: re.Match[str]) -> tuple[str, ...]:
    if mark["bonus"]:
        return ("bonus",)
    numbers = mark["tight"] or mark["loose"]
    ends = _RANGE.fullmatch(numbers)
    if ends and 0 < int(ends[2]) - int(ends[1]) <= _WIDEST:
        return tuple(str(each) for each in range(int(ends[1]), int(ends[2]) + 1))
    return tuple(
        dict.fromkeys(str(int(found[1])) + found[2].lower() for found in _LABEL.finditer(numbers))
    )
