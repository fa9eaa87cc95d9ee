"""The lines of a document, and what the mark before one says it is."""

import re
import unicodedata
from collections import Counter
from dataclasses import field
from datetime import time

from plnbot.values import dataclass

_DASHES = r"\-–—"
_COUNTED = (
    ("one", "uno", "una", "first", "primera"),
    ("two", "dos", "second", "segunda"),
    ("three", "tres", "third", "tercera"),
    ("four", "cuatro", "fourth", "cuarta"),
    ("five", "cinco", "fifth", "quinta"),
    ("six", "seis", "sixth", "sexta"),
    ("seven", "siete", "seventh", "séptima", "septima"),
    ("eight", "ocho", "eighth", "octava"),
    ("nine", "nueve", "ninth", "novena"),
    ("ten", "diez", "tenth", "décima", "decima"),
    ("eleven", "once", "eleventh", "undécima"),
    ("twelve", "doce", "twelfth", "duodécima"),
)
_NUMBERS = {word: number for number, words in enumerate(_COUNTED, 1) for word in words}
_ROMAN = {
    numeral: str(number)
    for number, numeral in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], 1
    )
}
_WORD_NUMBER = "|".join(_NUMBERS)
_PART = r"(?:[a-d]|\s[a-d](?=\s?[.:)]))?"
_SIGN = r"(?:\s?(?:#|n[.º°]{1,2}|no\.|num\.|núm\.|number|número))?"
_ENDS_A_MARK = rf"(?=\s?[.:){_DASHES}*_])"
# What numbers a question by its name: `Q1`, `Q.1`, `Question #1`, `Question One –`, `First question:`,
# `T1:`, `Topic 1:`; with how many there are, as in `Q1/5` and `Question 1 of 5`.
NAMED = (
    rf"(?:(?:(?:question|pregunta|ques|quest|preg){_SIGN}\.?\s*|(?:topic|tema|prompt|T)\s?#?(?=\d{{1,2}}{_ENDS_A_MARK}))"
    rf"(?P<word>\d{{1,2}}{_PART})(?=\W|$)"
    rf"|(?:question|pregunta){_SIGN}\s+(?P<spelt>{_WORD_NUMBER})(?=\s?[.:){_DASHES}*_]|\s*$)"
    rf"|(?P<ordinal>{_WORD_NUMBER}|\d{{1,2}}(?:st|nd|rd|th|\.?[ªa]))\s+(?:question|pregunta)(?=\s?[:{_DASHES}])"
    rf"|(?:Q(?:\s?[.#-]\s?|\s)?|P(?:[.#-]|\s)?)(?P<short>\d{{1,2}}{_PART}(?:\s?/\s?[b-d])?)(?=\W|$))"
    r"(?:\s?(?:/|of|de)\s?\d{1,2}(?=\s?[.:)–—-]))?"
)
BONUS = (
    r"(?:(?:bonus|extra(?!-\w))(?:\s+(?:question|q))?|pregunta\s+extra|BQ)\d?"
    rf"(?=\s*[.:){_DASHES}*])"
)
FINAL = (
    r"(?:(?:final|last|closing)\s+(?:question|Q|word|thought)s?|#?lastword|exit\s+ticket"
    rf"|(?:pregunta|palabra)\s+final|[uú]ltima\s+pregunta)(?=\s*[*_]{{0,3}}\s*[:{_DASHES}])"
)
WARM_UP = (
    r"(?:(?:warm[\s-]?up|calentamiento)\b(?:\s+question)?"
    rf"|(?:Q\s?0|ice[\s-]?breaker|check[\s-]?in|rompehielos)(?=\s*[*_]{{0,3}}\s*[:.){_DASHES}])"
    r"|(?:intro(?:duction)?s?|presentaci[oó]n(?:es)?)(?=\s*[*_]{0,3}\s*:\s*"
    r"(?:[^?]*\?\s*(?:#\w+\s*)*(?:[\[(].*)?$|(?:please|share|introduce|tell|say|post|name|comparte|pres[eé]ntate"
    r"|cu[eé]ntanos|di)\b)))"
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes"
    r"|s[aá]bado|domingo)"
)
_COMMA = r",(?=\s)(?!\s*[QP]\s?\d)"
_AFTER = rf"[*_]{{0,3}}\s*(?P<end>(?:[.:;)\]{_DASHES}|→⇒➡➜▶►»>]|{_COMMA})*)\ufe0f?[*_]{{0,3}}\s*"
_MARK = re.compile(
    rf"[\s*_>#\[(…]{{0,8}}(?:(?P<warm_up>{WARM_UP})|(?P<final>{FINAL})|(?P<bonus>{BONUS})|{NAMED}"
    r"|(?P<closing>(?:closing|cierre|palabras\s+de\s+cierre)(?:\s+words)?(?=\s*[*_]{0,3}\s*:))"
    r"|(?P<list>\d{1,2})(?=[.):](?!\d))"
    rf"|(?P<dash>\d{{1,2}})(?=\s?[{_DASHES}]\s)|(?<=\#)(?P<hash>\d{{1,2}})(?=\s)|(?P<letter>[a-h]|(?:ix|iv|v?i{{1,3}}|[vx]))(?=[.)]\s)"
    rf"|(?:(?:day|d[ií]a|week|semana)\s?(?P<day>\d{{1,2}})|(?P<weekday>{WEEKDAY}))(?=\s?[:{_DASHES}])"
    r"|(?P<bullet>[-•‣▪◦·*])(?=\s)"
    rf"){_AFTER}",
    re.IGNORECASE,
)
_KEYCAP = re.compile(r"^([\s*_>#]{0,8}[QP]?)(\d)\ufe0f?\u20e3[\s.:)\-–—*_]*", re.IGNORECASE)
_TEN = re.compile(r"^([\s*_>#]{0,8}[QP]?)\U0001f51f[\s.:)\-–—*_]*", re.IGNORECASE)
_BEFORE_MARK = re.compile(
    r"(?:[-•‣▪◦·*●○■]\s+|\d{1,2}[.)]\s+)?"
    r"(?P<time>[\[(]?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?:(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?:-|–|—|to|a)\s*\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?)?(?:\s*[ecmp][sd]?t\b)?[\])]?\s*[-–—:|]*\s*)?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_=|:+*~ ]{3,}")
# What may stand between a mark and its end: when it comes, its hashtag, how long it takes.
_WITHIN = re.compile(
    rf"\s*(?:[\[(]\s*(?P<said>{WEEKDAY}|\d{{1,2}}\s?min(?:ute)?s?\.?)\s*[\])]"
    r"|[\[(]?\s*@?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})\s?(?:(?P<half>[ap])\.?m\.?)?(?:\s?[ecmp][sd]?t)?\s*[\])]?"
    rf"|(?P<tag>\#\w{{2,40}}))\s*[:{_DASHES}]+\s*",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(
    r"[\[(]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})\s?(?:(?P<half>[ap])\.?m\.?)?(?:\s?[ecmp][sd]?t)?\s*[\])]\s*[-–—:|]*\s*",
    re.IGNORECASE,
)
_TAGS_FIRST = re.compile(r"(?:#\w{2,40}\s+){1,2}")
_QUOTED = re.compile(r"^(?:>\s?)+")
_HEADING = re.compile(r"^#{1,6}\s+")
_POINTS = re.compile(r"^\.{3}\s*")
_ROOM_FOR_ANSWERS = re.compile(
    r"[\s*_]*(?:A|R|Answer|Respuesta)\s?\d{1,2}[a-d]?[\s*_]*[:.)]*[\s*_]*", re.IGNORECASE
)
_WORD_BULLET = re.compile(r"^\s*(?:o\t|[\uf0b7\uf0a7\u27a2])\s*")
# Bold marks of Markdown; between two words or blanks they mean something else.
_BOLD = re.compile(r"(?<![*\w])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![*\w])")
_PICTURE_FIRST = re.compile(r"([^\w\s]\ufe0f?)\s+(?=\w|[¿¡\"“'])")
# A question's mark right behind the end of a sentence, in words that lost their blanks.
_GLUED = re.compile(r"(?<=[.?!])(?=[QP]\d{1,2}\s?[:.)])")
_DECORATION = {"So", "Sk", "Mn", "Me", "Cf", "Zs"}
_DECORATING = frozenset("‼⁉→⇒»|")
_HEAD = 80
_NOON = 12
_LONGEST_DECORATION = 12


@dataclass(slots=True)
class Line:
    """A line, by what it is: `question`, `warm_up`, `closing`, `bullet`, `words`, `rule` or `blank`.

    `whole` is the line as it stands; `style` says whether a question's mark is its `name`, a number in
    a `list`, `weak` (a name with nothing behind it that ends a mark), or what marks only where nothing
    else does and more than once: a number before a `dash` or behind a hash, a `letter`, a `day`.
    """

    kind: str
    words: str
    label: str = ""
    clock: time | None = None
    style: str = ""
    whole: str = ""
    more: list["Line"] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing but a mark was read so far."""
        return not self.words and not any(each.words for each in self.more)

    @property
    def said(self) -> str:
        """Its words, and those of the lines that belong to it."""
        return " ".join(filter(None, [self.words, *(each.words for each in self.more)]))


def lines_of(text: str) -> list[str]:
    """Return the lines of a document, plain: one kind of blank, of digit and of bullet.

    Whatever ends a line anywhere does here; a vertical tab is Shift and Enter in a presentation.
    """
    plain = text.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    plain = _BOLD.sub("", plain)
    # Wide gaps mean nothing here, and would cost the patterns below dearly.
    lines = (
        " ".join(plain_number(_WORD_BULLET.sub("• ", line)).split()) for line in plain.splitlines()
    )
    # The lines of a table stand between strokes, those of a quoted mail behind signs.
    bare = (_bare(line.strip("| ") if line.startswith("|") else line) for line in lines)
    # Many blank lines mean what one does.
    kept: list[str] = []
    for line in bare:
        if line or (kept and kept[-1]):
            kept.append(_GLUED.sub(" ", line) if "://" not in line else line)
    return _pictures_as_bullets(kept)


def _pictures_as_bullets(lines: list[str]) -> list[str]:
    """Return the lines, of which those that begin with one picture, more than once, have a point there."""
    heads = Counter(found[1] for each in lines if (found := _PICTURE_FIRST.match(each)))
    points = {
        head for head, many in heads.items() if many > 1 and unicodedata.category(head[0]) == "So"
    }
    return [
        f"• {plain_number(each[found.end() :])}"
        if (found := _PICTURE_FIRST.match(each)) and found[1] in points
        else each
        for each in lines
    ]


def _bare(line: str) -> str:
    if not line:
        return line
    return _POINTS.sub("… ", _HEADING.sub("", _QUOTED.sub("", line)))


def plain_number(line: str) -> str:
    """Return the line with `１` as `1` and a leading `1️⃣` as `1.` there."""
    if line[:1] and unicodedata.category(line[0]) == "No" and unicodedata.digit(line[0], ""):
        line = f"{unicodedata.digit(line[0])}. {line[1:]}"  # ① and ❶
    line = _KEYCAP.sub(r"\1\2. ", _TEN.sub(r"\g<1>10. ", line))
    head = "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.category(char) == "Nd" else char
        for char in line[:12]
    )
    return head + line[12:]


def read_line(line: str) -> Line:
    """Read one line. Its mark may stand behind a bullet, a time or a picture."""
    if not line or _RULE.fullmatch(line):
        # A line of nothing but strokes says nothing, but it separates.
        return Line("rule" if line else "blank", "", whole=line)
    if _ROOM_FOR_ANSWERS.fullmatch(line):
        return Line("blank", "", whole=line)
    found = _by_mark(line)
    found.whole = line
    if found.kind not in ("words", "bullet") and found.style not in (
        "list",
        "dash",
        "letter",
        "day",
    ):
        return found
    inner = _behind_a_time(line) or _behind_a_picture(line) or _behind_tags(line)
    if inner is None or found.style == inner.style == "list":
        return found
    inner.whole = line
    return inner


def _behind_a_time(line: str) -> Line | None:
    before = _BEFORE_MARK.match(line[:_HEAD])
    if before is None or not before.end():
        return None
    inner = _by_mark(line[before.end() :])
    if inner.kind not in ("question", "warm_up"):
        return None
    if before["time"]:
        inner.clock = on_the_wall(before["hour"], before["minute"], before["half"])
        if inner.clock is None:  # then it is words, and they are its own
            inner.words = f"{before['time'].strip()} {inner.words}".strip()
    return inner


def _behind_tags(line: str) -> Line | None:
    """Read `#chat Q1: …`; its hashtag stands behind its words, where others write it."""
    tags = _TAGS_FIRST.match(line)
    inner = _by_mark(line[tags.end() :]) if tags else None
    if tags is None or inner is None or inner.kind != "question" or inner.style != "name":
        return None
    inner.words = f"{inner.words} {tags.group().strip()}".strip()
    return inner


def _behind_a_picture(line: str) -> Line | None:
    start = 0
    while start < min(len(line), _LONGEST_DECORATION) and (
        line[start] in _DECORATING or unicodedata.category(line[start]) in _DECORATION
    ):
        start += 1
    inner = _by_mark(plain_number(line[start:])) if start else None
    return inner if inner is not None and inner.kind in ("question", "warm_up") else None


def _by_mark(line: str) -> Line:
    mark = _MARK.match(line[:_HEAD])
    if mark is None:
        return Line("words", line)
    words = line[mark.end() :]
    for kind in ("warm_up", "closing", "bullet"):
        if mark[kind]:
            return Line(kind, words)
    if mark["bonus"]:
        return Line("question", words, "bonus", style="name")
    for group, style in (("final", "name"), ("day", "day"), ("weekday", "day")):
        if mark[group]:
            return Line("question", words, style=style)
    for group, style in (("list", "list"), ("dash", "dash"), ("hash", "dash")):
        if mark[group]:
            return Line("question", words, mark[group], style=style)
    if mark["letter"]:
        letter = mark["letter"].lower()
        number = _ROMAN.get(letter) or str(ord(letter) - ord("a") + 1)
        return Line("question", words, number, style="letter")
    ended = "name" if mark["end"] or not words else "weak"
    return _with_what_stands_within(Line("question", words, label_of(mark), style=ended))


def _with_what_stands_within(found: Line) -> Line:
    """Return a question without the clock, the weekday or the hashtag between its mark and its words."""
    within = _WITHIN.match(found.words)
    if within is None:
        return _with_its_clock_first(found)
    clock = on_the_wall(within["hour"], within["minute"], within["half"])
    if within["hour"] and clock is None:
        return found
    words = f"{found.words[within.end() :]} {within['tag'] or ''}".strip()
    return Line("question", words, found.label, clock, style="name")


def _with_its_clock_first(found: Line) -> Line:
    """Return a question without the clock in brackets that stands before its words."""
    first = _CLOCK_FIRST.match(found.words)
    clock = on_the_wall(first["hour"], first["minute"], first["half"]) if first else None
    if first is None or clock is None:
        return found
    return Line("question", found.words[first.end() :], found.label, clock, style=found.style)


def label_of(mark: re.Match[str]) -> str:
    """Return what `NAMED` found as a label, such as `2a`."""
    spelt = mark["spelt"] or mark["ordinal"]
    if spelt:
        return str(_NUMBERS.get(spelt.lower()) or spelt.rstrip("stndrhªa."))
    return (mark["word"] or mark["short"]).replace(" ", "").lower()


def on_the_wall(hours: str | None, minutes: str | None, half: str | None) -> time | None:
    """Return the time on a wall clock, or None where there is none such."""
    hour, minute = int(hours or 24), int(minutes or 0)
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.lower() == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
