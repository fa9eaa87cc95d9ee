"""Where a document says when it starts, read by the same grammar as the box.

In each line the longest runs are found that the grammar can read. A day and a clock in one run are a
start; else a day and a clock of one line; else the day that stands on a line of its own and the clock
that does. Words that speak of another time (`the next chat`, `sign up by`) count only where nothing
else does.
"""

import re
from collections.abc import Iterator, Sequence

from plnbot.talk.times.grammar import Reader
from plnbot.talk.times.said import NotUnderstoodError, Said
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import FILLERS, THIS
from plnbot.values import dataclass

_LONGEST_LINE = 600
_LABEL = re.compile(
    r"\W*(?:when|date|day|time|starts?|start\s+time|cu[aá]ndo|fecha|d[ií]a|hora|horario)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:next\s+(?:chat|time|month)|following\s+chat|last\s+(?:chat|week|month)|sign\s*up|register"
    r"|rsvp|archive|pr[oó]xim[ao]\s+(?:chat|charla|vez)|inscr[ií]b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line that speak of a time, and what they say."""

    words: str
    said: Said
    alone: bool

    @property
    def clear(self) -> bool:
        """Whether its clock is one without doubt: with its half of the day, minutes or a zone."""
        said = self.said
        half = bool(said.half or said.part)
        elsewhere = bool(said.zone or said.elsewhere)
        return said.hour is not None and (half or elsewhere or self._tidy)

    @property
    def _tidy(self) -> bool:
        """Whether it stands as clocks do: `20:00`, or `at 7:30` beside a day."""
        minutes = re.search(r"\d[:.h]\d\d", self.words) is not None
        hours = re.search(r"\d\s?h\b", self.words) is not None
        return (minutes and (self.said.by_24 or self.said.names_a_day or self.alone)) or hours

    @property
    def whole(self) -> bool:
        """Whether it says both day and time."""
        return self.clear and self.said.names_a_day


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    runs: tuple[Run, ...]
    labelled: bool

    @property
    def start(self) -> str:
        """The day and the time of this line, in its words."""
        whole = next((each.words for each in self.runs if each.whole), "")
        if whole:
            return whole
        day = next((each.words for each in self.runs if each.said.names_a_day), "")
        clock = next((each.words for each in self.runs if each.clear), "")
        return f"{day} {clock}" if day and clock else ""

    @property
    def day(self) -> str:
        """The day of this line, if it is there to say it."""
        return next(
            (
                each.words
                for each in self.runs
                if each.said.names_a_day and (self.labelled or each.alone)
            ),
            "",
        )

    @property
    def clock(self) -> str:
        """The time of this line, if it is there to say it."""
        for each in self.runs:
            zoned = each.said.zone is not None or each.said.lasts is not None
            if each.clear and (self.labelled or each.alone or zoned):
                return each.words
        return ""


def find_start(lines: Sequence[str]) -> str:
    """Return the words of a document that say its start, so that `parse_when` reads them, or none."""
    read = [line for each in lines if (line := _line(each)).runs]
    usual = [each for each in read if not _ANOTHER.search(each.text)]
    for those in (usual, read):
        if found := next((each.start for each in those if each.start), ""):
            return found
        day = next((each.day for each in those if each.day), "")
        clock = next((each.clock for each in those if each.clock), "")
        if not clock and day:
            clock = next((run.words for each in those for run in each.runs if run.clear), "")
        if clock:
            return f"{day} {clock}".strip()
    return ""


def find_whole_start(lines: Sequence[str]) -> str:
    """Return the first words that say both a day and a time in one breath, or none."""
    runs = (run for each in lines for run in _line(each).runs)
    return next((run.words for run in runs if run.whole), "")


def without_times(line: str) -> str:
    """Return a line without the words that say a day or a time."""
    for each in _line(line).runs:
        if each.clear or each.said.names_a_day:
            line = line.replace(each.words, "\x00")
    return line.replace("\x00", "")


def _line(text: str) -> _Line:
    shown = text[:_LONGEST_LINE]
    return _Line(text, tuple(_runs(shown)), _LABEL.match(shown) is not None)


def _runs(text: str) -> Iterator[Run]:
    """Yield the longest runs of a line that say something of a time."""
    cursor = Cursor(text)
    total = cursor.left
    while cursor.left:
        begin = cursor.at
        reader = Reader(cursor, day_first=False, searching=True)
        last = _as_far_as_it_goes(reader, cursor)
        if last is None:
            cursor.at = begin + 1
            continue
        words = cursor.written(begin, last - 1)
        yield Run(words, reader.said, _all_but_little_words(cursor, begin, last, total))
        cursor.at = last


def _as_far_as_it_goes(reader: Reader, cursor: Cursor) -> int | None:
    """Read on while the grammar can, and return behind which token what it read ends."""
    last = None
    while cursor.left:
        try:
            taken = reader.take()
        except NotUnderstoodError:
            break
        if taken:
            last = cursor.at
        elif last is None or not reader.skip():
            break
    return last


def _all_but_little_words(cursor: Cursor, begin: int, last: int, total: int) -> bool:
    """Return whether nothing but this stands on the line, little words and signs aside."""
    around = [cursor.token(each).word for each in (*range(begin), *range(last, total))]
    return all(word in FILLERS or word in THIS or not word.isalnum() for word in around)
