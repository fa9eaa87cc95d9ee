"""The grammar: readers stand at the same place in the text, and the first that can takes its part.

It finds what was said. What that means for somebody, somewhere, now, is decided in `meaning`.
"""

from plnbot.talk.times.clocks import part_named, read_clock, read_half
from plnbot.talk.times.dates import read_date, read_length
from plnbot.talk.times.said import NotUnderstoodError, Reason, Said
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import FILLERS, THIS, WordKind
from plnbot.walltime import UnknownZoneError, zone_named

_LONGEST_ZONE = 9  # tokens of America/North_Dakota/New_Salem
_NEVER_FILLERS = "+#$%&=<>{}"


def read(text: str, *, day_first: bool = False) -> Said:
    """Return what a text says. Raises `NotUnderstoodError` at the first words that say nothing."""
    return _Reader(text, day_first=day_first).read()


class _Reader:
    """A text, where reading has come to, and what was said so far."""

    def __init__(self, text: str, *, day_first: bool) -> None:
        self._cursor = Cursor(text)
        self._day_first = day_first
        self._said = Said()

    def read(self) -> Said:
        readers = (
            self._from_now,
            self._date,
            self._clock,
            self._today,
            self._weekday,
            self._half,
            self._zone,
            self._filler,
        )
        while self._cursor.left:
            if not any(reader() for reader in readers):
                raise self._lost()
        return self._said

    def _from_now(self) -> bool:
        """Take `now`, `in 20 minutes`, `dentro de 2 horas`, `2 hours from now`."""
        cursor, first = self._cursor, self._cursor.at
        if cursor.kind() is WordKind.NOW:
            cursor.at += 1
            self._only_day(first)
            self._said.length = (0, 0)
            return True
        opened = cursor.peek().word in ("in", "en", "dentro")
        if opened:
            cursor.at += 2 if cursor.peek(1).word == "de" else 1
        found = read_length(cursor)
        closed = cursor.peek().word == "from" and cursor.kind(1) is WordKind.NOW
        if found is None or not (opened or closed):
            cursor.at = first
            return False
        cursor.at += 2 if closed else 0
        self._only_day(first)
        self._said.length = found
        return True

    def _date(self) -> bool:
        first = self._cursor.at
        found = read_date(self._cursor, day_first=self._day_first)
        if found is None:
            return False
        self._only_day(first)
        self._said.year, self._said.month, self._said.day = found.year, found.month, found.day
        self._said.by_24 = self._said.by_24 or found.iso
        return True

    def _clock(self) -> bool:
        said, first = self._said, self._cursor.at
        found = read_clock(self._cursor)
        if found is None:
            return False
        if said.hour is not None:
            raise self._contrary(first)
        said.hour, said.minute = found.hour, found.minute
        said.by_24 = said.by_24 or found.by_24
        self._keep_half(first, found.half, found.part)
        return True

    def _today(self) -> bool:
        """Take `today`, `tonight`, `this evening`, `tomorrow`, `pasado mañana`."""
        cursor, first = self._cursor, self._cursor.at
        words = [cursor.peek(each).word for each in range(3)]
        part = ""
        ahead = cursor.value(0, WordKind.DAY)
        used = 1
        if words[0] == "tonight":
            ahead, part = 0, "night"
        elif words[0] in THIS and (words[1] == "manana" or cursor.kind(1) is WordKind.HALF):
            ahead, part, used = 0, part_named(words[1]), 2
        elif words == ["day", "after", "tomorrow"]:
            ahead, used = 2, 3
        elif words[:2] == ["pasado", "manana"]:
            ahead, used = 2, 2
        if ahead is None:
            return False
        cursor.at += used
        self._only_day(first)
        self._said.ahead = ahead
        self._keep_half(first, "", part)
        return True

    def _weekday(self) -> bool:
        """Take `Thursday`, `next`, `jueves`."""
        cursor, first = self._cursor, self._cursor.at
        weekday = cursor.value(0, WordKind.WEEKDAY)
        if weekday is None and cursor.kind() is not WordKind.NEXT:
            return False
        cursor.at += 1
        if weekday is None:
            self._said.is_next = True
        elif self._said.weekday in (None, weekday):
            self._said.weekday = weekday
        else:
            raise self._contrary(first)
        return True

    def _half(self) -> bool:
        first = self._cursor.at
        found = read_half(self._cursor)
        if found is None:
            return False
        self._keep_half(first, *found)
        return True

    def _zone(self) -> bool:
        """Take as many words as are together the name of a zone."""
        cursor, first = self._cursor, self._cursor.at
        this_weekday = cursor.peek().word in THIS and cursor.kind(1) is WordKind.WEEKDAY
        if not cursor.peek().word.isalpha() or this_weekday:
            return False
        for count in range(min(_LONGEST_ZONE, cursor.left), 0, -1):
            try:
                zone = zone_named(cursor.written(first, first + count - 1))
            except UnknownZoneError:
                continue
            cursor.at += count
            if self._said.zone not in (None, zone):
                raise self._contrary(first)
            self._said.zone = zone
            return True
        return False

    def _filler(self) -> bool:
        word = self._cursor.peek().word
        sign = not word.isalnum() and word not in _NEVER_FILLERS
        if not (sign or word in FILLERS or word in THIS):
            return False
        self._cursor.at += 1
        return True

    def _only_day(self, first: int) -> None:
        if self._said.dated:
            raise self._contrary(first)

    def _keep_half(self, first: int, half: str, part: str) -> None:
        if half and self._said.half not in ("", half):
            raise self._contrary(first)
        self._said.half = half or self._said.half
        self._said.part = part or self._said.part

    def _contrary(self, first: int) -> NotUnderstoodError:
        """Return the error for words that say a second time what was said already."""
        return NotUnderstoodError(Reason.WHAT, self._cursor.written(first, self._cursor.at - 1))

    def _lost(self) -> NotUnderstoodError:
        cursor = self._cursor
        words = cursor.written(cursor.at, cursor.at)
        like_a_zone = words.isupper() and words.endswith("T") and len(words) > 1
        zone_comes = self._said.hour is not None and self._said.zone is None
        if cursor.peek(1).word in ("time", "/") or (zone_comes and like_a_zone):
            return NotUnderstoodError(Reason.NO_SUCH_ZONE, words)
        return NotUnderstoodError(Reason.WHAT, words)
