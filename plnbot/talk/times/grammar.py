"""The grammar: readers stand at the same place in the text, and the first that can takes its part.

It finds what was said. What that means for somebody, somewhere, now, is decided in `meaning`.
A time said again on other clocks (`8 pm ET / 7 pm CT`) is kept beside the first, to be compared.
"""

import re

from plnbot.talk.times.clocks import part_named, read_clock, read_half
from plnbot.talk.times.dates import read_date, read_length
from plnbot.talk.times.feasts import read_feast
from plnbot.talk.times.said import Clock, NotUnderstoodError, Reason, Said
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import FILLERS, FOR, NTH, THIS, TV, WEEK, WordKind
from plnbot.talk.times.zones import ZoneSaid, alike, named, read_offset, read_zone

_NEVER_FILLERS = "+#$%&=<>{}"
# What a machine writes: no blank stands before the offset.
_ISO_OFFSET = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?=[+-]\d\d)")
_NOON, _TUESDAY = 12, 1
_WEEKS_FROM_TODAY = {"ocho": 7, "quince": 14}  # de hoy en ocho
_LONGEST_LASTING = 4 * 3600


def read(text: str, *, day_first: bool = False) -> Said:
    """Return what a text says. Raises `NotUnderstoodError` at the first words that say nothing."""
    cursor = Cursor(_ISO_OFFSET.sub(r"\1 UTC", text))
    return Reader(cursor, day_first=day_first).read()


class Reader:
    """A text, where reading has come to, and what was said so far.

    `searching` reads in a document, where cities and countries may mean something else.
    """

    def __init__(self, cursor: Cursor, *, day_first: bool, searching: bool = False) -> None:
        self._cursor = cursor
        self._day_first = day_first
        self._searching = searching
        self._ahead_of: ZoneSaid | None = None
        self.said = Said()

    def read(self) -> Said:
        """Return what the whole text says. Raises `NotUnderstoodError`."""
        while self._cursor.left:
            if not (self.take() or self.skip()):
                raise self._lost()
        return self.said

    def take(self) -> bool:
        """Take the part of a time that stands here. Raises `NotUnderstoodError` where it contradicts."""
        readers = (
            self._lasts,
            self._from_now,
            self._nth,
            self._feast,
            self._week,
            self._date,
            self._clock,
            self._today,
            self._weekday,
            self._half,
            self._zone,
        )
        return any(reader() for reader in readers)

    def skip(self) -> bool:
        """Pass a little word or a sign that says nothing of a time."""
        word = self._cursor.peek().word
        sign = bool(word) and not word.isalnum() and word not in _NEVER_FILLERS
        if not (sign or word in FILLERS or word in THIS):
            return False
        self._cursor.at += 1
        return True

    def _lasts(self) -> bool:
        """Take how long it goes on: `for 30 minutes`, `(1 hour)`."""
        cursor, first = self._cursor, self._cursor.at
        if self.said.hour is None:
            return False
        opened = cursor.peek().word in FOR
        cursor.at += opened
        days, seconds = read_length(cursor) or (0, 0)
        # `22 h` is a time of day, `1 h` how long it lasts.
        long = days or seconds > _LONGEST_LASTING
        if not (days or seconds) or (long and not opened) or cursor.peek().word == "from":
            cursor.at = first
            return False
        self.said.lasts = days * 24 * 60 + seconds // 60
        return True

    def _from_now(self) -> bool:
        """Take `now`, `in 20 minutes`, `dentro de 2 horas`, `2 hours from now`."""
        cursor, first = self._cursor, self._cursor.at
        if cursor.kind() is WordKind.NOW:
            cursor.at += 1
            self._only_day(first)
            self.said.length = (0, 0)
            return True
        from_here = [cursor.peek(each).word for each in range(3)] == ["de", "aqui", "a"]
        opened = from_here or cursor.peek().word in ("in", "en", "dentro")
        if opened:
            cursor.at += 3 if from_here else 2 if cursor.peek(1).word == "de" else 1
        found = read_length(cursor)
        closed = cursor.peek().word in ("from", "on")
        today = cursor.value(1, WordKind.DAY)
        if found and closed and today is not None and not found[1]:
            cursor.at += 2
            self._only_day(first)
            self.said.ahead = found[0] + today
            return True
        if found and closed and cursor.kind(1) is WordKind.WEEKDAY and not found[1]:
            self.said.later += found[0] // 7
            cursor.at += 1
            return True
        closed = cursor.peek().word == "from" and cursor.kind(1) is WordKind.NOW
        if found is None or not (opened or closed):
            cursor.at = first
            return False
        cursor.at += 2 if closed else 0
        self._only_day(first)
        self.said.length = found
        return True

    def _nth(self) -> bool:
        """Take `first Monday of December`, `3rd Sunday in May`, `el último jueves de noviembre`."""
        cursor, first, said = self._cursor, self._cursor.at, self.said
        nth, used = NTH.get(cursor.peek().word), 1
        if cursor.peek().number and cursor.peek(1).word in ("st", "nd", "rd", "th"):
            nth, used = cursor.peek().number, 2
        weekday = cursor.value(used, WordKind.WEEKDAY)
        if nth is None or weekday is None:
            return False
        cursor.at += used + 1
        while cursor.peek().word in ("in", "of", "de", "en", "del", "the"):
            cursor.at += 1
        month = cursor.value(0, WordKind.MONTH)
        cursor.at += month is not None
        if cursor.peek().word in ("month", "mes"):
            cursor.at += 1
        self._only_day(first)
        said.nth, said.weekday, said.month = nth, weekday, month
        return True

    def _feast(self) -> bool:
        found = None if self.said.dated else read_feast(self._cursor)
        if found is None:
            return False
        self.said.feast = found
        return True

    def _week(self) -> bool:
        """Take `next week`, `this week`, `la semana que viene`, `esta semana`."""
        cursor, words = self._cursor, [self._cursor.peek(each).word for each in range(3)]
        if words[1] in WEEK and (cursor.kind() is WordKind.NEXT or words[0] in THIS):
            self.said.weeks = int(words[0] not in THIS)
            cursor.at += 2
        elif words == ["semana", "que", "viene"]:
            self.said.weeks = 1
            cursor.at += 3
        else:
            return False
        return True

    def _date(self) -> bool:
        cursor, first = self._cursor, self._cursor.at
        if cursor.peek(1).word == "/" and cursor.peek(3).word in TV:
            return False
        if self.said.hour is not None and cursor.peek().word in ("-", "+"):
            return False
        found = read_date(cursor, day_first=self._day_first)
        if found is None:
            return False
        if self.said.dated and self._day_elsewhere():
            return True
        self._only_day(first)
        self.said.year, self.said.month, self.said.day = found.year, found.month, found.day
        self.said.by_24 = self.said.by_24 or found.iso
        return True

    def _clock(self) -> bool:
        said, cursor, first = self.said, self._cursor, self._cursor.at
        if cursor.kind() is WordKind.NOON and said.hour == _NOON:
            cursor.at += 1  # 12 pm (noon)
            return True
        found = read_clock(cursor)
        if found is None:
            return False
        if said.hour is not None:
            return self._again(found, first)
        said.hour, said.minute = found.hour, found.minute
        said.lasts = found.lasts or said.lasts
        said.by_24 = said.by_24 or found.by_24
        self._keep_half(first, found.half, found.part)
        return True

    def _again(self, found: Clock, first: int) -> bool:
        """Keep a second time: the same on the clocks of a zone behind or before it, or the end."""
        cursor, said = self._cursor, self.said
        after = cursor.at
        while cursor.peek().word in ("(", ",", "en", "in") or cursor.peek().word == "h":
            cursor.at += 1
        behind = read_zone(cursor) if cursor.peek().word != "c" else self._central()
        zone = behind or self._ahead_of
        if behind is None:
            cursor.at = after
        if zone is None:
            raise self._contrary(first)
        self._ahead_of = None
        if said.zone is not None and zone.zones == said.zone.zones:
            return True  # 8 pm ET until 9 pm ET
        said.elsewhere.append((found, zone))
        return True

    def _central(self) -> ZoneSaid:
        self._cursor.at += 1
        return named("ct")

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
        elif words[:2] == ["hoy", "en"] and words[2] in _WEEKS_FROM_TODAY:
            ahead, used = _WEEKS_FROM_TODAY[words[2]], 3
        if ahead is None:
            return False
        cursor.at += used
        self._only_day(first)
        self.said.ahead = ahead
        self._keep_half(first, "", part)
        return True

    def _weekday(self) -> bool:
        """Take `Thursday`, `next`, `jueves`."""
        cursor, first = self._cursor, self._cursor.at
        weekday = cursor.value(0, WordKind.WEEKDAY)
        if cursor.peek().word == "mar":
            weekday = _TUESDAY  # no date was read here: see `dates`
        if weekday is None and cursor.kind() is not WordKind.NEXT:
            return False
        cursor.at += 1
        if cursor.peek().word == "s" and cursor.joined(0):
            cursor.at -= 1
            return False
        if weekday is None:
            self.said.is_next = True
        elif self._date_elsewhere():
            return True
        elif self.said.weekday in (None, weekday):
            self.said.weekday = weekday
        elif not self._day_elsewhere():
            raise self._contrary(first)
        return True

    def _date_elsewhere(self) -> bool:
        """Take the date behind a weekday where another time follows: `8 pm ET (Fri, Nov 27, 1 am GMT)`."""
        cursor, kept = self._cursor, self._cursor.at
        while cursor.peek().word in (",", "."):
            cursor.at += 1
        dated = self.said.dated and read_date(cursor, day_first=self._day_first) is not None
        if dated and self._day_elsewhere():
            return True
        cursor.at = kept
        return False

    def _day_elsewhere(self) -> bool:
        """Return whether another time follows here: `8 pm EDT Thursday / Friday 10 am AEST`."""
        ahead = 1 if self._cursor.peek().word in (",", "at") else 0
        follows = self._cursor.peek(ahead).number is not None or bool(self.said.elsewhere)
        return self.said.zone is not None and self.said.hour is not None and follows

    def _half(self) -> bool:
        first = self._cursor.at
        found = read_half(self._cursor)
        if found is None:
            return False
        self._keep_half(first, *found)
        return True

    def _zone(self) -> bool:
        """Take the name of a zone, or an offset behind a time."""
        cursor, first = self._cursor, self._cursor.at
        this_weekday = cursor.peek().word in THIS and cursor.kind(1) is WordKind.WEEKDAY
        if this_weekday:
            return False
        said = self.said
        found = read_zone(cursor, spoken_of=self._searching)
        if found is None and said.hour is not None and said.zone is None:
            found = read_offset(cursor)
        if found is None:
            return False
        if said.zone is None:
            said.zone = found
        elif said.zone.zones != found.zones:
            self._other_zone(found, first)
        return True

    def _other_zone(self, found: ZoneSaid, first: int) -> None:
        """Keep a zone whose time comes next; the same clocks by another name are no other."""
        cursor = self._cursor
        ahead = 0
        while cursor.peek(ahead).word in (":", "-", "–", "at", "a", "las", "=", "("):
            ahead += 1
        if cursor.peek(ahead).number is not None and self.said.hour is not None:
            self._ahead_of = found
        elif self.said.zone is not None and not alike(self.said.zone, found):
            raise self._contrary(first)

    def _only_day(self, first: int) -> None:
        if self.said.dated:
            raise self._contrary(first)

    def _keep_half(self, first: int, half: str, part: str) -> None:
        if half and self.said.half not in ("", half):
            raise self._contrary(first)
        self.said.half = half or self.said.half
        self.said.part = part or self.said.part

    def _contrary(self, first: int) -> NotUnderstoodError:
        """Return the error for words that say a second time what was said already."""
        return NotUnderstoodError(Reason.WHAT, self._cursor.written(first, self._cursor.at - 1))

    def _lost(self) -> NotUnderstoodError:
        cursor = self._cursor
        words = cursor.written(cursor.at, cursor.at)
        like_a_zone = words.isupper() and words.endswith("T") and len(words) > 1
        zone_comes = self.said.hour is not None and self.said.zone is None
        if cursor.peek(1).word in ("time", "/") or (zone_comes and like_a_zone):
            return NotUnderstoodError(Reason.NO_SUCH_ZONE, words)
        return NotUnderstoodError(Reason.WHAT, words)
