"""What words about a schedule mean for somebody, somewhere, now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from plnbot.schedules import WEEKDAYS, Only, RuleError, Schedule, SchoolDays
from plnbot.talk.times.again.asked import (
    Asked,
    Day,
    Group,
    MonthDays,
    NthOfDays,
    NthSchoolDays,
    NthWeekdays,
    SchoolDaysAll,
    Spec,
    Weekdays,
)
from plnbot.talk.times.again.spans import dated, month_days, months_later
from plnbot.talk.times.again.words import Period
from plnbot.talk.times.meaning import shows, told_of_in
from plnbot.talk.times.said import Clock, NotUnderstoodError, Reason
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BLINK = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_WEEK = 7
_NOON = 12
_SMALL_HOURS = 5
_MORNING = range(7, 12)
_MOST_TIMES = 1000
_YEAR = 365
_FARTHEST = 10
_OFTEN = 3
_PERIODS = {Period.DAY: "DAILY", Period.WEEK: "WEEKLY", Period.MONTH: "MONTHLY"}


class UnclearError(ValueError):
    """The words are understood, but make no schedule; `said` says why, to who wrote them."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.source)
        self.said = said


@dataclass(frozen=True, slots=True)
class ScheduleUnderstood:
    """A schedule, and sentences on what had to be assumed."""

    schedule: Schedule
    notes: tuple[Sentence, ...] = ()

    @property
    def zone(self) -> str:
        """The zone it was said in."""
        return self.schedule.zone


def meant(
    asked: Asked, now: datetime, zone: str, school: SchoolDays = WEEKDAYS, *, by_24: bool = False
) -> ScheduleUnderstood:
    """Return what was asked for, by somebody in `zone`.

    It begins with its first time from now on, or from the day that was said. `school` counts where it is to come so
    many times; `by_24`: people who write so have clocks of 24 hours. Raises `NotUnderstoodError` and `UnclearError`.
    """
    return _Meaning(asked, now, zone, school, by_24).in_its_zone().understood()


@dataclass(frozen=True, slots=True)
class _Timed:
    """Days at one time, as a rule without its end."""

    rule: str
    clock: time


@dataclass(frozen=True, slots=True)
class _Meaning:
    asked: Asked
    now: datetime
    zone: str
    school: SchoolDays
    by_24: bool

    def in_its_zone(self) -> "_Meaning":
        """Return the meaning in the zone that was said, or that a second time tells of."""
        said = self.asked.zone
        if said is None:
            ours = (self.zone, *told_of_in()) if self.asked.elsewhere else ()
            zone = next((each for each in ours if replace(self, zone=each).agrees()), self.zone)
            return replace(self, zone=zone)
        found = said.settled(self.zone, lambda each: replace(self, zone=each).first(), later=True)
        if found is None:
            raise NotUnderstoodError(Reason.WHICH_ZONE, said.words, said.thinkable(self.zone))
        return replace(self, zone=found)

    def first(self) -> datetime:
        """Return the first instant that would be meant in this zone."""
        return instant(self._first(*self._timed()[1:]), self.zone)

    def agrees(self) -> bool:
        """Return whether all clocks that were said show the same at the first time."""
        clocks = {each.clock for each in self._timed()[1]}
        day = local(self.first(), self.zone).date()
        times = [instant(datetime.combine(day, clock), self.zone) for clock in clocks]
        return all(
            any(shows(local(at, zone.zones[0][0]), clock) for at in times)
            for clock, zone in self.asked.elsewhere
        )

    def understood(self) -> ScheduleUnderstood:
        asked = self.asked
        groups, timed, begin = self._timed()
        only = self._only()
        start = self._first(timed, begin)
        if not self.agrees():
            clock, zone = asked.elsewhere[0]
            said = f"{clock.hour}:{clock.minute:02} {zone.words}"
            raise NotUnderstoodError(Reason.DISAGREES, said)
        until = self._until(timed, start, only)
        schedule = self._schedule(timed, start, until, only)
        if schedule.after(instant(start, self.zone) - _BLINK, self.school) is None:
            raise UnclearError(msg("That would never come: please check its days and its end."))
        return ScheduleUnderstood(schedule, tuple(self._notes(groups, only)))

    def _only(self) -> Only:
        days = (each for group in self.asked.groups for each in group.days)
        if any(isinstance(each, SchoolDaysAll) for each in days):
            return Only.SCHOOL_DAYS
        return self.asked.only or Only.ANY_DAY

    def _timed(self) -> tuple[list[Group], list[_Timed], datetime]:
        """Return the groups of days, each of their rules at its time, and from when they may come."""
        groups, only, begin = _with_times(self.asked.groups), self._only(), self._begin()
        if any(isinstance(each, SchoolDaysAll) for group in groups for each in group.days):
            groups = _without_school_days(groups)
        timed = [
            _Timed(rule, clock)
            for group in groups
            for clock in self._clocks(group, only)
            for rule in self._rules(group, begin.date(), only)
        ]
        return groups, timed, begin

    def _schedule(
        self, timed: list[_Timed], start: datetime, until: date | None, only: Only
    ) -> Schedule:
        clocks = {each.clock for each in timed}
        ending = "" if until is None else f";UNTIL={until:%Y%m%d}"
        rules = [
            f"{each.rule}{ending}"
            + (f";BYHOUR={each.clock.hour};BYMINUTE={each.clock.minute}" if len(clocks) > 1 else "")
            for each in timed
        ]
        try:
            return Schedule(tuple(dict.fromkeys(rules)), start, self.zone, only)
        except RuleError as error:
            raise UnclearError(
                msg("That would never come: please check its days and its end.")
            ) from error

    def _rules(self, group: Group, begin: date, only: Only) -> Iterator[str]:
        """Yield the rules of a group's days, which end with its time and the last day."""
        number, period = self.asked.step or (1, None)
        weekdays = sorted(
            {day for each in group.days if isinstance(each, Weekdays) for day in each.days}
        )
        others = [each for each in group.days if not isinstance(each, Weekdays)]
        if weekdays and period is Period.MONTH:
            raise UnclearError(msg("Which of the month’s days? Write it like “first Monday”."))
        every_day = not group.days and (period is Period.DAY or only is Only.SCHOOL_DAYS)
        if every_day and self.asked.left_out and number == 1:
            weekdays = list(range(_WEEK))
        if weekdays:
            yield self._weekly(weekdays, number)
        elif every_day:
            yield _joined("DAILY", number, "")
        elif not group.days and period is Period.WEEK:
            yield _joined("WEEKLY", number, f"BYDAY={NAMES[begin.weekday()]}")
        elif not group.days and period is Period.MONTH:
            yield _joined("MONTHLY", number, f"BYMONTHDAY={begin.day}")
        elif not group.days:
            raise UnclearError(msg("On which days? Write it like “every Tuesday 8 am”."))
        for each in others:
            if period not in (None, Period.MONTH) and not _weekly_school(each, period):
                raise UnclearError(
                    msg("That says in two ways how often. Please write one of them.")
                )
            yield _monthly(each, number)

    def _weekly(self, weekdays: list[int], number: int) -> str:
        kept = [NAMES[day] for day in weekdays if day not in self.asked.left_out]
        if not kept:
            raise UnclearError(msg("That leaves no day of the week."))
        if self.asked.step and self.asked.step[1] is Period.DAY and number > 1:
            raise UnclearError(msg("That says in two ways how often. Please write one of them."))
        return _joined("WEEKLY", number, f"BYDAY={','.join(kept)}")

    def _clocks(self, group: Group, only: Only) -> Iterator[time]:
        if not group.clocks:
            raise NotUnderstoodError(Reason.NO_TIME)
        morning = self._often(group, only)
        for each in group.clocks:
            yield _time(each, self.asked.half, morning=morning)

    def _often(self, group: Group, only: Only) -> bool:
        """Return whether it comes so often that an hour such as 8 is one of the morning."""
        days = {day for each in group.days if isinstance(each, Weekdays) for day in each.days}
        by_day = self.asked.step is not None and self.asked.step[1] is Period.DAY
        return self.by_24 or by_day or only is Only.SCHOOL_DAYS or len(days) >= _OFTEN

    def _begin(self) -> datetime:
        """Return the wall time from which it may come."""
        here = local(self.now, self.zone).replace(tzinfo=None)
        if self.asked.begins is None:
            return here
        if self._goes_on(self.asked.begins, here.date()):
            return here
        return datetime.combine(self._day(self.asked.begins, here.date()), time())

    def _goes_on(self, begins: Day, today: date) -> bool:
        """Return whether today lies between two months that were said without a year."""
        ends = self.asked.ends
        if begins != Day(month=begins.month) or ends is None or ends.year or not ends.month:
            return False
        coming = self._day(begins, today)
        last = self._day(ends, today, last=True)
        return coming > last and (coming - today).days < _YEAR

    def _first(self, timed: list[_Timed], begin: datetime) -> datetime:
        """Return the first time on the wall, whatever the school; of school days, the first day."""
        walls = []
        for each in timed:
            if "BYSCHOOLDAY" in each.rule:
                wall = datetime.combine(begin.date(), each.clock)
                walls.append(wall if wall >= begin else wall + _DAY)
                continue
            try:
                rule = Schedule((each.rule,), datetime.combine(begin.date(), each.clock), "UTC")
            except RuleError as error:
                raise UnclearError(msg("There is no such day in the calendar.")) from error
            found = rule.after(instant(begin, "UTC") - _BLINK)
            if found is not None:
                walls.append(found.replace(tzinfo=None))
        return min(walls)

    def _until(self, timed: list[_Timed], start: datetime, only: Only) -> date | None:
        asked, first = self.asked, start.date()
        if asked.ends is not None:
            until = self._day(asked.ends, first, last=True)
        elif asked.days:
            until = first + (asked.days - 1) * _DAY
        elif asked.months:
            until = months_later(first, asked.months) - _DAY
        elif asked.times:
            if asked.times > _MOST_TIMES:
                raise UnclearError(msg("At most 1,000 times, please."))
            whole = self._schedule(timed, start, None, only)
            times = whole.coming(instant(start, self.zone) - _BLINK, asked.times, self.school)
            until = local(times[-1], self.zone).date() if times else first
        else:
            return None
        if until < first:
            raise UnclearError(msg("It would end before it begins. Please check both days."))
        return until

    def _day(self, said: Day, today: date, *, last: bool = False) -> date:
        """Return the day that was meant: without a year the coming one, this day included."""
        if said.ahead is not None:
            return today + said.ahead * _DAY
        if said.weekday is not None:
            return today + (said.weekday - today.weekday()) % _WEEK * _DAY
        if said.month is None:
            days = month_days(today, said.day or 0)
        else:
            years = [said.year] if said.year else range(today.year, today.year + 9)
            days = (dated(year, said.month, said.day, last=last) for year in years)
        found = next((day for day in days if day and (said.year or day >= today)), None)
        if found is None:
            raise NotUnderstoodError(Reason.NO_SUCH_DAY)
        if abs(found.year - today.year) > _FARTHEST:
            raise UnclearError(msg("That is more than ten years away."))
        return found

    def _notes(self, groups: list[Group], only: Only) -> Iterator[Sentence]:
        asked = self.asked
        if not (asked.zone or asked.elsewhere):
            yield msg("You named no time zone, so I took yours.")
        open_ = [
            (clock, self._often(group, only))
            for group in groups
            for clock in group.clocks
            if not asked.half and _is_open(clock)
        ]
        if any(morning and clock.hour in _MORNING for clock, morning in open_):
            yield msg("You wrote neither am nor pm, so I took am.")
        if any(not (morning and clock.hour in _MORNING) for clock, morning in open_):
            yield msg("You wrote neither am nor pm, so I took pm.")
        if asked.counted and asked.step is not None:
            yield msg(
                "I took that for every {n} weeks. For a week of each month, write “third Thursday of the"
                " month”.",
                n=asked.step[0],
            )


def _with_times(groups: list[Group]) -> list[Group]:
    """Return groups that each have times: those without take what was said of the others."""
    said = [each for each in groups if each.days or each.clocks]
    if not said:
        return groups
    if len(said) > 1 and not said[0].days:
        # The time came first: `at 8, Mondays and Fridays`.
        said = [Group(each.days, each.clocks or said[0].clocks) for each in said[1:]]
    clocks = next((each.clocks for each in said if each.clocks), [])
    return [Group(each.days, each.clocks or clocks) for each in said]


def _without_school_days(groups: list[Group]) -> list[Group]:
    """Return groups without `school days`, which says which of the other days count."""
    kept = [
        Group([each for each in group.days if not isinstance(each, SchoolDaysAll)], group.clocks)
        for group in groups
    ]
    if all(each.days for each in kept) or not any(each.days for each in kept):
        return kept
    raise UnclearError(
        msg("School days at one time and other days at another are two schedules. Please make two.")
    )


def _joined(period: str, number: int, days: str) -> str:
    parts = (f"FREQ={period}", f"INTERVAL={number}" if number > 1 else "", days)
    return ";".join(each for each in parts if each)


def _monthly(spec: Spec, number: int) -> str:
    match spec:
        case NthWeekdays(numbers=numbers, days=days):
            said = ",".join(f"{each}{NAMES[day]}" for day in days for each in numbers)
            return _joined("MONTHLY", number, f"BYDAY={said}")
        case NthOfDays(numbers=numbers, days=days):
            places = ",".join(map(str, numbers))
            return _joined(
                "MONTHLY", number, f"BYDAY={','.join(NAMES[day] for day in days)};BYSETPOS={places}"
            )
        case MonthDays(numbers=numbers):
            return _joined("MONTHLY", number, f"BYMONTHDAY={','.join(map(str, numbers))}")
        case NthSchoolDays(numbers=(only,), period=period):
            return _joined(_PERIODS[period], number, f"BYSCHOOLDAY={only}")
        case _:
            raise UnclearError(msg("Please name one school day of the month, such as the last."))


def _weekly_school(spec: Spec, period: Period | None) -> bool:
    return isinstance(spec, NthSchoolDays) and spec.period is period


def _is_open(clock: Clock) -> bool:
    """Return whether it may be of either half of the day."""
    return not (clock.half or clock.part or clock.by_24) and 1 <= clock.hour < _NOON


def _time(clock: Clock, half: str, *, morning: bool) -> time:
    """Return the time of day; midnight is where the day begins."""
    half = clock.half or clock.part or ("" if clock.by_24 else half)
    hour = clock.hour
    wrong = (half == "am" and hour > _NOON) or (half == "pm" and hour in (0, 24))
    if wrong or {clock.half, clock.part} == {"am", "pm"}:
        raise NotUnderstoodError(Reason.WHAT, f"{hour} {half}")
    if half == "am" or (half == "night" and (hour == _NOON or hour < _SMALL_HOURS)):
        hour %= _NOON
    elif hour < _NOON and (half or (_is_open(clock) and not (morning and hour in _MORNING))):
        hour += _NOON
    return time(hour % 24, clock.minute)
