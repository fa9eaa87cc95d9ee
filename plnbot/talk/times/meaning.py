"""What words about a time mean for somebody, somewhere, now.

What was left unsaid is assumed, and said to have been.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

from plnbot import walltime
from plnbot.talk.times.dates import read_length
from plnbot.talk.times.feasts import nth_weekday
from plnbot.talk.times.grammar import read
from plnbot.talk.times.said import Assumed, Clock, NotUnderstoodError, Reason, Said
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.zones import in_zone, named
from plnbot.values import dataclass

LONGEST = 200
FARTHEST = timedelta(days=731)
_JUST_PASSED = timedelta(days=31)
_DAY = timedelta(days=1)
_WEEK = 7
_NOON = 12
_HALF_DAY = 12 * 60
_SMALL_HOURS = 5
_MIDNIGHT = 24
_SHOWN = 80


@cache  # to look up the first zone reads the names of all
def told_of_in() -> tuple[str, ...]:
    """Return the zones whose names people leave out where a second time tells them."""
    return tuple(named(each).zones[0][0] for each in ("et", "ct", "mt", "pt"))


@dataclass(frozen=True, slots=True)
class Understood:
    """An instant in UTC, the zone it was said in, and what had to be assumed.

    `lasts` is how many minutes were said, if any.
    """

    instant: datetime
    zone: str
    assumed: tuple[Assumed, ...] = ()
    lasts: int | None = None

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return self.instant


def parse_when(words: str, now: datetime, zone: str, locale: str = "en") -> Understood:
    """Return when the words mean, said at `now` by somebody in `zone`.

    A weekday means the coming one, today included while its hour is ahead; a day without a year
    the coming one; an hour from 1 to 11 without am or pm means pm, unless it is written `08:00` or `10:00`.
    Of a range, the start. `11/5` is in November, in a Spanish `locale` in May.
    Raises `NotUnderstoodError` and nothing else, whatever the words.
    """
    if len(words) > LONGEST:
        raise NotUnderstoodError(Reason.WHAT, words[:_SHOWN])
    said = read(words, day_first=locale.casefold().startswith("es"))
    return meant(said, now, zone, words)


def meant(said: Said, now: datetime, zone: str, words: str) -> Understood:
    """Return when it is that something was said of, by somebody in `zone` in these words.

    Raises `NotUnderstoodError`: also where zones or clocks disagree, or a zone must be asked.
    """
    meaning = _Meaning(said, now, zone, words.strip()[:_SHOWN])
    if said.zone is None:
        return meaning.beside().understood()
    found = said.zone.settled(zone, meaning.instant_in)
    if found is None:
        raise NotUnderstoodError(Reason.WHICH_ZONE, said.zone.words, said.zone.thinkable(zone))
    called = said.zone.called
    return replace(meaning, zone=found, called=called).understood()


def parse_day(words: str, now: datetime, zone: str, locale: str = "en") -> Understood:
    """Return when the day begins that the words mean, as `parse_when` understands days.

    Words that say a time of it, too, mean that. Raises `NotUnderstoodError` and nothing else.
    """
    if len(words) > LONGEST:
        raise NotUnderstoodError(Reason.WHAT, words[:_SHOWN])
    said = read(words, day_first=locale.casefold().startswith("es"))
    if not said.names_a_day:
        raise NotUnderstoodError(Reason.WHAT, words.strip()[:_SHOWN])
    if said.hour is None and not (said.length and said.length[1]):
        said.hour = 0
    return meant(said, now, zone, words)


def parse_clock(words: str) -> time | None:
    """Return a time of day such as `8pm`, `19:30` or `noon`, or None; without am or pm, 24-hour."""
    if len(words) > LONGEST:
        return None
    try:
        said = read(words)
        if said.hour is None or said.names_a_day or said.is_next or said.zone or said.elsewhere:
            return None
        return time(_hour(said, assume_pm=False), said.minute)
    except NotUnderstoodError:
        return None


def parse_duration(words: str) -> timedelta | None:
    """Return a length of time such as `20 min`, `1h 30`, `2 horas` or `half an hour`, or None."""
    if len(words) > LONGEST:
        return None
    cursor = Cursor(words.strip().removeprefix("+"))
    found = read_length(cursor)
    if found is None or cursor.left:
        return None
    return timedelta(days=found[0], seconds=found[1])


def _hour(said: Said, *, assume_pm: bool) -> int:
    """Return the hour from 0 to 23 that was said."""
    hour, half = said.hour or 0, said.half or said.part
    night = half == "night"
    wrong = (half == "am" and hour > _NOON) or (half == "pm" and hour in (0, 24))
    if wrong or {said.half, said.part} == {"am", "pm"}:
        raise NotUnderstoodError(Reason.WHAT, " ".join((str(hour), said.half, said.part)).strip())
    if half == "am" or (night and (hour == _NOON or hour < _SMALL_HOURS)):
        return hour % _NOON
    later = half in ("pm", "night") or (assume_pm and _pm_is_assumed(said))
    return hour + _NOON if later and hour < _NOON else hour % 24


def _pm_is_assumed(said: Said) -> bool:
    return not (said.half or said.part or said.by_24) and 1 <= (said.hour or 0) < _NOON


def shows(there: datetime, clock: Clock) -> bool:
    """Return whether a wall shows a time; where no half of the day was said, either does."""
    half = clock.half or clock.part
    minutes = (there.hour - clock.hour) * 60 + there.minute - clock.minute
    if minutes % _HALF_DAY:
        return False
    return clock.hour > _NOON or half in ("", "night") or (there.hour < _NOON) == (half == "am")


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What was said, by whose clocks, and when: everything the meaning depends on."""

    said: Said
    now: datetime
    zone: str
    words: str
    called: str = ""

    def instant_in(self, zone: str) -> datetime:
        """Return the instant that would be meant in a zone."""
        return replace(self, zone=zone).understood(alone=True).instant

    def beside(self) -> "_Meaning":
        """Return the meaning in the zone that a second time tells of: `8/7 Central`, `8pm/7pm CT`."""
        ours = (self.zone, *told_of_in())
        if not self.said.elsewhere:
            return self
        agreeing = (each for each in ours if replace(self, zone=each).agrees())
        zone = next(agreeing, self.zone)
        zone_said = named(zone)
        return replace(self, said=replace(self.said, zone=zone_said), zone=zone)

    def agrees(self) -> bool:
        """Return whether all clocks that were said show the same instant."""
        try:
            self.understood()
        except NotUnderstoodError as error:
            return error.reason is not Reason.DISAGREES
        return True

    def understood(self, *, alone: bool = False) -> Understood:
        """Return what was meant in this zone; `alone`, whatever other clocks say."""
        if self.said.hour is None:
            return self._checked(self._from_now(), ())
        clock = time(_hour(self.said, assume_pm=True), self.said.minute)
        day, assumed = self._day(clock)
        found = self._instant(day, clock)
        if not alone and not self._agree(found):
            raise self._no(Reason.DISAGREES)
        shown = walltime.local(found, self.zone)
        if (shown.hour, shown.minute) != (clock.hour, clock.minute):
            assumed += (Assumed.GAP,)
        if not self.said.zone:
            assumed = (Assumed.ZONE, *assumed)
        if _pm_is_assumed(self.said):
            assumed += (Assumed.PM,)
        if self._ends_day(clock) and (self.said.weekday is not None or self.said.day is not None):
            assumed += (Assumed.MIDNIGHT,)
        return self._checked(found, assumed)

    def _agree(self, found: datetime) -> bool:
        return all(
            shows(walltime.local(found, zone.zones[0][0]), clock)
            for clock, zone in self.said.elsewhere
        )

    def _from_now(self) -> datetime:
        if self.said.length is None:
            raise self._no(Reason.NO_TIME)
        days, seconds = self.said.length
        if timedelta(days=days, seconds=seconds) > FARTHEST:
            raise self._no(Reason.TOO_FAR)
        later = self.now + timedelta(seconds=seconds)
        return walltime.same_wall_time_later(later, self.zone, days) if days else later

    def _day(self, clock: time) -> tuple[date, tuple[Assumed, ...]]:
        """Return the day that was meant, and what was assumed about it."""
        said, today = self.said, walltime.local(self.now, self.zone).date()
        if (
            said.weekday is not None
            and said.length
            and not (said.length[0] % _WEEK or said.length[1])
        ):
            weeks = replace(self, said=replace(said, length=None, weeks=said.length[0] // _WEEK))
            return weeks.on_weekday(said.weekday, clock, today)
        if said.length is not None or said.ahead is not None:
            days, seconds = said.length or (said.ahead or 0, 0)
            if seconds or not (days or said.ahead is not None):
                raise self._no(Reason.WHAT)
            if days > FARTHEST.days:
                raise self._no(Reason.TOO_FAR)
            day = today + days * _DAY
        elif said.nth is not None:
            return self._coming(self._nths(today, said.nth), clock), ()
        elif said.month is not None or said.feast is not None:
            return self._dated(clock, today)
        elif said.day is not None:
            day = self._coming(self._months(today, said.day), clock)
        elif said.weekday is not None:
            return self.on_weekday(said.weekday, clock, today)
        elif said.weeks is not None:
            raise self._no(Reason.WHAT)
        else:
            day = self._coming((today + each * _DAY for each in (-1, 0, 1, 2)), clock)
        return day, self._contradiction(day)

    def on_weekday(
        self, weekday: int, clock: time, today: date
    ) -> tuple[date, tuple[Assumed, ...]]:
        """Return which such weekday was meant, and what was assumed about it."""
        if self.said.weeks is not None:
            monday = today - today.weekday() * _DAY
            day = monday + (weekday + _WEEK * self.said.weeks) * _DAY
            return self._coming(iter((day,)), clock), ()
        ahead = (weekday - today.weekday()) % _WEEK + _WEEK * self.said.later
        if self.said.is_next and ahead == 0:
            ahead = _WEEK
        day = self._coming((today + (ahead + more) * _DAY for more in (0, _WEEK)), clock)
        this_week = (day - today).days < _WEEK - today.weekday()
        return day, (Assumed.NEXT,) if self.said.is_next and this_week else ()

    def _dated(self, clock: time, today: date) -> tuple[date, tuple[Assumed, ...]]:
        """Return a day with its month; without a year the coming one."""
        if self.said.year is not None:
            day = next(self._years(range(self.said.year, self.said.year + 1)), None)
            if day is None:
                raise self._no(Reason.NO_SUCH_DAY)
            return day, self._contradiction(day)
        days = list(self._years(range(today.year, today.year + 9)))
        if not days:
            raise self._no(Reason.NO_SUCH_DAY)
        ahead = [day for day in days if self._is_ahead(day, clock)]
        passed = days[0] not in ahead
        if passed and self.now - self._instant(days[0], clock) < _JUST_PASSED:
            raise self._no(Reason.PAST)
        near = [day for day in ahead if day - today <= FARTHEST]
        # The coming one: a weekday that fits a year later only is more likely a slip.
        day = near[0] if near else ahead[0]
        if passed and self._contradiction(day) and not self._contradiction(days[0]):
            raise self._no(Reason.PAST)
        later = (Assumed.YEAR,) if day.year != today.year else ()
        return day, (*later, *self._contradiction(day))

    def _years(self, years: range) -> Iterator[date]:
        for year in years:
            try:
                if self.said.feast is not None:
                    yield self.said.feast(year)
                    continue
                yield date(year, self.said.month or 0, self.said.day or 0)
            except (ValueError, OverflowError):
                continue

    def _months(self, today: date, number: int) -> Iterator[date]:
        """Yield the days of that number, of this month and the coming ones."""
        for months in range(_NOON):
            years, month = divmod(today.month - 1 + months, _NOON)
            try:
                yield date(today.year + years, month + 1, number)
            except ValueError:
                continue

    def _nths(self, today: date, nth: int) -> Iterator[date]:
        """Yield the first, second … last such weekdays, of the month that was said or of each."""
        for months in range(2 * _NOON):
            years, month = divmod(today.month - 1 + months, _NOON)
            if self.said.month in (None, month + 1):
                found = nth_weekday(today.year + years, month + 1, nth, self.said.weekday or 0)
                if found is not None:
                    yield found

    def _coming(self, days: Iterator[date], clock: time) -> date:
        found = next((day for day in days if self._is_ahead(day, clock)), None)
        if found is None:
            raise self._no(Reason.NO_SUCH_DAY)
        return found

    def _contradiction(self, day: date) -> tuple[Assumed, ...]:
        return () if self.said.weekday in (None, day.weekday()) else (Assumed.DATE,)

    def _is_ahead(self, day: date, clock: time) -> bool:
        return self._instant(day, clock) > self.now

    def _ends_day(self, clock: time) -> bool:
        """Return whether the hour belongs to the night that follows the day."""
        night = self.said.part == "night" and clock.hour < _SMALL_HOURS
        return night or self.said.hour == _MIDNIGHT

    def _instant(self, day: date, clock: time) -> datetime:
        wall = datetime.combine(day, clock)
        try:
            return in_zone(wall + self._ends_day(clock) * _DAY, self.zone, self.called)
        except OverflowError as error:
            raise self._no(Reason.TOO_FAR) from error

    def _checked(self, found: datetime, assumed: tuple[Assumed, ...]) -> Understood:
        if found < self.now:
            raise self._no(Reason.PAST)
        if found - self.now > FARTHEST:
            raise self._no(Reason.TOO_FAR)
        return Understood(found, self.zone, assumed, self.said.lasts)

    def _no(self, reason: Reason) -> NotUnderstoodError:
        return NotUnderstoodError(reason, self.words)
