"""From when and until when, and what is left out: `starting Jan 12`, `hasta mayo`, `not in breaks`."""

from plnbot.schedules import Only
from plnbot.talk.times.again import words
from plnbot.talk.times.again.asked import Asked, Day
from plnbot.talk.times.again.days import read_weekdays, school_day, weekday_at
from plnbot.talk.times.again.words import Period
from plnbot.talk.times.dates import read_date
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import THIS, WordKind

_YEAR_DIGITS = 4
_DECEMBER = 12
_ON = words.ARTICLES | THIS | frozenset(("on", "in", "en", "of", "de", "del", "next", "proximo"))


class Bounds:
    """Readers of a schedule's ends and exceptions; each takes its part or leaves the place alone."""

    def __init__(self, cursor: Cursor, asked: Asked, *, day_first: bool) -> None:
        self._cursor = cursor
        self._asked = asked
        self._day_first = day_first

    def begins(self) -> bool:
        """Take `starting Jan 12`, `desde el 3 de marzo`, a bare date, or the first of two months."""
        cursor, kept = self._cursor, self._cursor.at
        if cursor.peek().word in words.FROM:
            cursor.at += 1
        elif cursor.peek().word == "a" and cursor.peek(1).word in words.PARTING:
            cursor.at += 2
        else:
            return self._bare_date() or self._months()
        cursor.at += cursor.peek().word == "a" and cursor.peek(1).word in words.PARTING
        cursor.at += cursor.peek().word in words.PARTING
        found = self._day(ranges=False)
        if found is None or self._asked.begins is not None:
            cursor.at = kept
            return found is None and self._months()
        self._asked.begins = found
        return True

    def ends(self) -> bool:
        """Take `until May`, `to 30 June`, `hasta el 15 de mayo`, `through the end of the year`."""
        cursor, kept = self._cursor, self._cursor.at
        word = cursor.peek().word
        if word not in words.UNTIL | words.TO or self._asked.ends is not None:
            return False
        cursor.at += 1
        found = self._end_of_year() or self._day(ranges=True)
        weak = word not in words.UNTIL and (found is None or found.month is None)
        if found is None or weak:
            cursor.at = kept
            return False
        self._asked.ends = found
        return True

    def lasts(self) -> bool:
        """Take `for 6 weeks`, `durante dos meses`, `10 times`, `6 veces`."""
        cursor, asked = self._cursor, self._asked
        used = int(cursor.peek().word in words.LASTING)
        number = cursor.peek(used).number or cursor.value(used, WordKind.HOUR)
        what = cursor.peek(used + 1).word
        unit = words.UNITS.get(what)
        if number is None or (what not in words.TIMES and not (used and unit)):
            return False
        if asked.times or asked.days or asked.months:
            return False
        if unit is None:
            asked.times = number
        elif unit[1] is Period.MONTH:
            asked.months = number * unit[0]
        else:
            asked.days = number * unit[0] * (7 if unit[1] is Period.WEEK else 1)
        cursor.at += used + 2
        return True

    def left_out(self) -> bool:
        """Take `not in breaks`, `excepto en vacaciones`, `except Fridays`."""
        cursor, kept = self._cursor, self._cursor.at
        if cursor.peek().word not in words.NOT:
            return False
        cursor.at += 1
        found = False
        while True:
            after = cursor.at
            joins = words.AROUND_BREAKS | (words.AND | words.NOT if found else frozenset())
            while cursor.peek().word in joins and cursor.left:
                cursor.at += 1
            days = None if cursor.peek().word in words.BREAKS else read_weekdays(cursor)
            if cursor.peek().word in words.BREAKS:
                cursor.at += 1
                self._only(Only.OUTSIDE_BREAKS)
            elif days is not None:
                self._asked.left_out.update(days.days)
            else:
                cursor.at = after if found else kept
                return found
            cursor.at += cursor.peek().word in ("escolar", "escolares")
            found = True

    def school_days_only(self) -> bool:
        """Take `only on school days`, `solo en días lectivos`, and `school days only`."""
        cursor = self._cursor
        used = 1
        while cursor.peek(used).word in _ON:
            used += 1
        before = cursor.peek().word in words.ONLY
        more = school_day(cursor, used if before else 0)
        used = used + more if before else more
        if not more or not (before or cursor.peek(used).word in words.ONLY):
            return False
        cursor.at += used + (not before)
        self._only(Only.SCHOOL_DAYS)
        return True

    def _only(self, what: Only) -> None:
        if self._asked.only is not Only.SCHOOL_DAYS:
            self._asked.only = what

    def _bare_date(self) -> bool:
        cursor, kept = self._cursor, self._cursor.at
        found = read_date(cursor, day_first=self._day_first)
        if found is None or found.month is None or self._asked.begins is not None:
            cursor.at = kept
            return False
        self._asked.begins = Day(found.year, found.month, found.day)
        return True

    def _months(self) -> bool:
        """Take the first of `September to May`, `de septiembre a mayo`."""
        cursor = self._cursor
        used = int(cursor.peek().word in words.FROM | {"de"})
        month = cursor.value(used, WordKind.MONTH)
        year = self._year(used + 1)
        after = used + 1 + (year is not None)
        if month is None or cursor.peek(after).word not in words.TO or self._asked.begins:
            return False
        cursor.at += after
        self._asked.begins = Day(year, month)
        return True

    def _year(self, ahead: int) -> int | None:
        token = self._cursor.peek(ahead)
        return token.number if len(token.word) == _YEAR_DIGITS else None

    def _end_of_year(self) -> Day | None:
        cursor, used = self._cursor, 0
        while cursor.peek(used).word in words.END_OF | _ON:
            used += 1
        if cursor.peek(used).word not in words.YEAR_WORDS or not used:
            return None
        cursor.at += used + 1
        return Day(month=_DECEMBER)

    def _day(self, *, ranges: bool) -> Day | None:
        """Take a day or a month; `Monday` in `from Monday to Friday` is no day to start on."""
        cursor = self._cursor
        while cursor.peek().word in _ON or (ranges and cursor.peek().word in words.END_OF):
            cursor.at += 1
        written = read_date(cursor, day_first=self._day_first)
        if written is not None:
            return Day(written.year, written.month, written.day)
        if (month := cursor.value(0, WordKind.MONTH)) is not None:
            cursor.at += 1
            joined = cursor.peek().word in ("de", "del", ",", "of")
            year = self._year(int(joined))
            cursor.at += 0 if year is None else 1 + joined
            return Day(year, month)
        ahead, weekday = cursor.value(0, WordKind.DAY), weekday_at(cursor)
        if ahead is not None:
            cursor.at += 1
            return Day(ahead=ahead)
        if weekday is None or (not ranges and self._is_range(weekday)):
            return None
        cursor.at += 1
        return Day(weekday=weekday)

    def _is_range(self, _first: int) -> bool:
        cursor = self._cursor
        if cursor.peek(1).word not in words.TO:
            return False
        return weekday_at(cursor, 2 + (cursor.peek(2).word in words.ARTICLES)) is not None
