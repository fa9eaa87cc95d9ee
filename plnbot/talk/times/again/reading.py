"""The grammar of schedules: readers stand at the same place, and the first that can takes its part."""

from plnbot.talk.times.again import days, words
from plnbot.talk.times.again.asked import Asked, Group, NthWeekdays, Spec, Weekdays
from plnbot.talk.times.again.bounds import Bounds
from plnbot.talk.times.again.words import Period
from plnbot.talk.times.clocks import read_clock, read_half
from plnbot.talk.times.said import Clock, NotUnderstoodError, Reason
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import THIS, TV, WordKind
from plnbot.talk.times.zones import ZoneSaid, named, read_offset, read_zone
from plnbot.talk.zones import zone_titled

_LONGEST_ZONE = 12  # tokens of a title such as Knox (Indiana), America/Indiana/Knox
_NEVER_FILLERS = "+#$%&=<>{}"
_WIDEST_STEP = 366
_MOST_NAMED = 6
_OTHER = 2
_QUINCE = 15
"""`Cada quince días` is every two weeks, as people count in Spanish."""


def read(text: str, locale: str) -> Asked:
    """Return what a text says of a schedule.

    Raises `NotUnderstoodError` at the first words that say nothing, or say it a second time.
    """
    return _Reader(text, locale).read()


class _Reader:
    """A text, where reading has come to, and what was said so far."""

    def __init__(self, text: str, locale: str) -> None:
        self._cursor = Cursor(text)
        self._locale = locale
        self._asked = Asked()
        spanish = locale.casefold().startswith("es")
        self._bounds = Bounds(self._cursor, self._asked, day_first=spanish)

    def read(self) -> Asked:
        """Read it all."""
        bounds = self._bounds
        readers = (
            self._long_zone,
            self._tv,
            bounds.left_out,
            bounds.school_days_only,
            bounds.lasts,
            self._every,
            self._adverb,
            self._days,
            bounds.begins,
            bounds.ends,
            self._clock,
            self._part_of_day,
            self._zone,
            self._filler,
        )
        while self._cursor.left:
            if not any(reader() for reader in readers):
                raise self._lost()
        return self._asked

    def _every(self) -> bool:
        """Take `every 3 weeks`, `every second Thursday`, `todos los días`, `cada dos jueves`."""
        cursor, first = self._cursor, self._cursor.at
        if cursor.peek().word in words.ONCE and cursor.peek(
            1
        ).word in words.ARTICLES | words.EVERY | {
            "por",
            "al",
        }:
            cursor.at += 2
        elif cursor.peek().word in words.EVERY:
            cursor.at += 1
        else:
            return False
        while cursor.peek().word in ("los", "las", "the"):
            cursor.at += 1
        if self._nth_of_every(first) or self._counted(first) or self._unit(first, 1):
            return True
        if self._days():
            return True
        if self._part_of_day():
            self._step(first, 1, Period.DAY)
            return True
        cursor.at = first
        return False

    def _nth_of_every(self, first: int) -> bool:
        """Take `second Thursday` after `every`: a step, unless it can only be of the month."""
        cursor, kept = self._cursor, self._cursor.at
        number, used = days.ordinal_at(cursor)
        alone = number > 1 and cursor.peek(used).word not in words.AND
        found = days.read_nth(cursor)
        of_month = cursor.peek(-1).word in words.MONTH_WORDS
        if found is not None and (of_month or not alone or not isinstance(found, NthWeekdays)):
            return self._keep(found)
        cursor.at = kept
        if not alone:
            return False
        cursor.at += used
        if self._unit(first, number):
            return True
        weekdays = days.read_weekdays(cursor)
        if weekdays is None or len(weekdays.days) > 1:
            cursor.at = kept
            return False
        self._asked.counted = number > _OTHER
        self._step(first, number, Period.WEEK)
        return self._keep(weekdays)

    def _counted(self, first: int) -> bool:
        """Take `3 weeks`, `other Friday`, `dos jueves` after `every`."""
        cursor, kept = self._cursor, self._cursor.at
        number = cursor.peek().number or cursor.value(0, WordKind.HOUR)
        if cursor.peek().word in words.OTHER:
            number = _OTHER
        elif cursor.peek().word == "quince":
            number = _QUINCE
        if number is None:
            return False
        cursor.at += 1
        if number == _QUINCE and cursor.peek().word == "dias":
            cursor.at += 1
            self._step(first, _OTHER, Period.WEEK)
            return True
        if self._unit(first, number):
            return True
        weekdays = days.read_weekdays(cursor)
        if weekdays is None or len(weekdays.days) > 1:
            cursor.at = kept
            return False
        self._step(first, number, Period.WEEK)
        return self._keep(weekdays)

    def _unit(self, first: int, number: int) -> bool:
        cursor = self._cursor
        unit = words.UNITS.get(cursor.peek().word)
        # `día lectivo` and `días hábiles` are no mere days.
        if unit is None or days.school_day(cursor) or days.workdays(cursor):
            return False
        cursor.at += 1
        number = self._alternating(number)
        self._step(first, number * unit[0], unit[1])
        return True

    def _adverb(self) -> bool:
        """Take `daily`, `fortnightly`, `mensualmente`."""
        cursor, first = self._cursor, self._cursor.at
        two = cursor.peek().word == "bi" and cursor.peek(1).word == "-"
        found = words.ADVERBS.get(cursor.peek(2 if two else 0).word)
        if found is None:
            return False
        cursor.at += 3 if two else 1
        self._step(first, found[0] * (2 if two else 1), found[1])
        return True

    def _days(self) -> bool:
        """Take days without `every`: `Mon`, `first Monday`, `school days`."""
        cursor, first = self._cursor, self._cursor.at
        found = days.read_nth(cursor) or days.read_school_days(cursor) or days.read_weekdays(cursor)
        if found is None:
            return False
        if isinstance(found, Weekdays) and (number := self._alternating(1)) > 1:
            self._step(first, number, Period.WEEK)
        return self._keep(found)

    def _alternating(self, number: int) -> int:
        """Take `sí y otro no`, `de por medio` after a day, which makes it every other one."""
        for each in words.ALTERNATE:
            if tuple(self._cursor.peek(at).word for at in range(len(each))) == each:
                self._cursor.at += len(each)
                return 2
        return number

    def _keep(self, found: Spec) -> bool:
        """Keep days: with those before them until a time was said, then with times of their own."""
        groups = self._asked.groups
        if groups[-1].days and groups[-1].clocks:
            groups.append(Group())
        groups[-1].days.append(found)
        return True

    def _clock(self) -> bool:
        found = read_clock(self._cursor)
        if found is None:
            return False
        if not self._elsewhere(found):
            self._asked.groups[-1].clocks.append(found)
        return True

    def _elsewhere(self, found: Clock) -> bool:
        """Keep a time that is said again on the clocks of another zone: `8 pm ET / 7 pm CT`."""
        asked, cursor, after = self._asked, self._cursor, self._cursor.at
        while cursor.peek().word in ("(", ","):
            cursor.at += 1
        zone = self._zone_here() if asked.groups[-1].clocks else None
        if zone is None or asked.zone is None or zone.zones == asked.zone.zones:
            cursor.at = after
            return False
        asked.elsewhere.append((found, zone))
        return True

    def _tv(self) -> bool:
        """Take `8/7c`, the hour in the East and in Central time."""
        cursor = self._cursor
        east, sign, central = (cursor.peek(each) for each in range(3))
        if not (east.number and sign.word == "/" and central.number and cursor.peek(3).word in TV):
            return False
        self._asked.groups[-1].clocks.append(Clock(east.number, 0))
        self._asked.elsewhere.append((Clock(central.number, 0), named("ct")))
        cursor.at += 4
        return True

    def _part_of_day(self) -> bool:
        """Take `in the morning`, `evenings`, `por la noche`."""
        cursor = self._cursor
        half = words.HALVES.get(cursor.peek().word)
        if half is not None:
            cursor.at += 1
        elif (found := read_half(cursor)) is not None:
            half = found[0] or found[1]
        else:
            return False
        self._asked.half = half
        return True

    def _step(self, first: int, number: int, period: Period) -> None:
        asked = self._asked
        if not 1 <= number <= _WIDEST_STEP or asked.step not in (None, (number, period)):
            raise self._contrary(first)
        asked.step = number, period

    def _long_zone(self) -> bool:
        """Take a zone's title of several words before anything in it is taken for itself."""
        return self._zone(least=2)

    def _zone(self, least: int = 1) -> bool:
        asked, first = self._asked, self._cursor.at
        found = self._zone_here(least)
        if found is None:
            return False
        if asked.zone is not None and asked.zone.zones != found.zones:
            raise self._contrary(first)
        asked.zone = found
        return True

    def _zone_here(self, least: int = 1) -> ZoneSaid | None:
        """Take a zone of at least so many tokens: by its own title, as people call it, or an offset."""
        cursor, first = self._cursor, self._cursor.at
        timed, found = bool(self._asked.groups[-1].clocks), None
        if cursor.peek().word.isalpha():
            found = self._titled(least) or read_zone(cursor)
        elif timed and self._asked.zone is None:
            found = read_offset(cursor)
        if found is not None and cursor.at - first < least:
            cursor.at, found = first, None
        return found

    def _titled(self, least: int) -> ZoneSaid | None:
        cursor, first = self._cursor, self._cursor.at
        for count in range(min(_LONGEST_ZONE, cursor.left), least - 1, -1):
            said = cursor.written(first, first + count - 1)
            if zone := zone_titled(said, self._locale):
                cursor.at += count
                return ZoneSaid(said, ((zone, ""),))
        return None

    def _filler(self) -> bool:
        word = self._cursor.peek().word
        sign = not word.isalnum() and word not in _NEVER_FILLERS
        if not (sign or word in words.FILLERS or word in THIS):
            return False
        self._cursor.at += 1
        return True

    def _contrary(self, first: int) -> NotUnderstoodError:
        """Return the error for words that say a second time what was said already."""
        return NotUnderstoodError(Reason.WHAT, self._cursor.written(first, self._cursor.at - 1))

    def _lost(self) -> NotUnderstoodError:
        cursor = self._cursor
        said = cursor.written(cursor.at, cursor.at)
        if cursor.peek().word in words.UNTIL | words.FROM:
            more = (each for each in range(1, cursor.left) if cursor.peek(each).word in (",", ";"))
            used = min(next(more, cursor.left) - 1, _MOST_NAMED)
            return NotUnderstoodError(Reason.WHAT, cursor.written(cursor.at, cursor.at + used))
        abbreviated = said.isupper() and said.endswith("T") and len(said) > 1
        zone_comes = self._asked.zone is None and bool(self._asked.groups[-1].clocks)
        if (cursor.peek(1).word == "time" and said.isalpha()) or (zone_comes and abbreviated):
            return NotUnderstoodError(Reason.NO_SUCH_ZONE, said)
        return NotUnderstoodError(Reason.WHAT, said)
