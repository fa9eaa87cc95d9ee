"""One line of a document: what its mark says it is."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import time

_KEYCAP = re.compile(r"^([\s*_>#]{0,8}[QP]?)(\d)\ufe0f?\u20e3[\s.:)\-–—*_]*", re.IGNORECASE)
_TEN = re.compile(r"^([\s*_>#]{0,8}[QP]?)\U0001f51f[\s.:)\-–—*_]*", re.IGNORECASE)
_MARK = re.compile(
    r"^[\s*_>#]{0,8}(?:"
    r"(?P<warm>warm[\s-]?up|calentamiento)\b(?:\s+question)?"
    r"|(?P<bonus>(?:bonus|extra(?!-\w))(?:\s+(?:question|q))?|pregunta\s+extra|BQ)(?P<bonus_number>\d?)(?=\s*[.:)\-–—*])"
    r"|(?:question|pregunta)\s*(?P<word>\d{1,2}(?:[a-d]|\s[a-d](?=\s?[.:)]))?)(?=\W|$)"
    r"|[QP]\s?(?P<short>\d{1,2}(?:[a-d]|\s[a-d](?=\s?[.:)]))?(?:\s?/\s?[b-d])?)(?=\W|$)"
    r"|(?P<list>\d{1,2})(?=[.):](?!\d))"
    r"|(?P<bullet>[-•‣▪◦·*])(?=\s)"
    r")[*_]{0,3}\s*[.:)\-–—]*[*_]{0,3}\s*",
    re.IGNORECASE,
)
_BEFORE_MARK = re.compile(
    r"^(?:[-•‣▪◦·*●○■]\s+)?"
    r"(?P<time>[\[(]?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s*(?:(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*[ecmp][sd]?t\b)?[\])]?\s*[-–—:|]*\s*)?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_=|:+ ]{3,}")
_WORD_BULLET = re.compile(r"^\s*(?:o\t|[\uf0b7\uf0a7\u27a2])\s*")


@dataclass(slots=True)
class Line:
    """A line, by what it is: `question`, `warm_up`, `bullet`, `words` or `blank`; `more` goes on."""

    kind: str
    words: str
    label: str = ""
    clock: time | None = None
    more: list[str] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing but a mark was read so far."""
        return not self.words and not self.more


def lines_of(text: str) -> list[str]:
    """Return the lines of a document, plain: one kind of blank, of digit and of bullet."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = plain.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    # Wide gaps mean nothing here, and would cost the patterns below dearly.
    lines = (" ".join(_keycaps(_WORD_BULLET.sub("• ", line)).split()) for line in plain.split("\n"))
    # The lines of a table stand between strokes; a line of nothing but strokes says nothing.
    bare = (line.strip("| ") if line.startswith("|") else line for line in lines)
    return ["" if _RULE.fullmatch(line) else line for line in bare]


def _keycaps(line: str) -> str:
    """Return the line with `１` as `1` and a leading `1️⃣` as `1.` there."""
    line = _KEYCAP.sub(r"\1\2. ", _TEN.sub(r"\g<1>10. ", line))
    head = "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.category(char) == "Nd" else char
        for char in line[:12]
    )
    return head + line[12:]


def read_line(line: str) -> Line:
    """Read one line. In a list or a schedule its mark stands behind a bullet or a time."""
    found = _by_mark(line)
    before = _BEFORE_MARK.match(line[:80])
    if found.kind not in ("words", "bullet") or before is None:
        return found
    inner = _by_mark(line[before.end() :])
    clock = on_the_wall(before["hour"], before["minute"], before["half"])
    if inner.kind not in ("question", "warm_up") or (before["time"] and clock is None):
        return found
    inner.clock = clock
    return inner


def _by_mark(line: str) -> Line:
    if not line:
        return Line("blank", "")
    mark = _MARK.match(line[:80])
    if mark is None:
        return Line("words", line)
    words = line[mark.end() :]
    if mark["warm"]:
        return Line("warm_up", words)
    if mark["bonus"]:
        return Line("question", words, "bonus")
    if mark["bullet"]:
        return Line("bullet", words)
    label = (mark["word"] or mark["short"] or mark["list"]).replace(" ", "").lower()
    return Line("question", words, label)


def on_the_wall(hours: str | None, minutes: str | None, half: str | None) -> time | None:
    """Return the time on a wall clock, or None where there is none such."""
    hour, minute = int(hours or 24), int(minutes or 0)
    if half and 1 <= hour <= 12:  # noqa: PLR2004
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
