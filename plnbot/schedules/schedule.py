"""Schedules: rules from one wall time in one zone, and which of their days count."""

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from heapq import merge
from itertools import groupby, islice
from typing import Protocol

from plnbot.recurrence import FIRST_YEAR, LAST_YEAR, Recurrence, RuleError
from plnbot.schedules.nth import NthSchoolDay, counts_school_days
from plnbot.schedules.school import WEEKDAYS, SchoolDays
from plnbot.values import dataclass
from plnbot.walltime import UnknownZoneError, instant, local

MOST_RULES = 14
_MOST_LEFT_OUT = 1100
_LONGEST_TEXT = 6000
_START = re.compile(r"DTSTART;TZID=(?P<zone>[^:\n]{1,64}):(?P<at>[0-9]{8}T[0-9]{6})")
_RULE, _ONLY = "RRULE:", "X-ONLY:"
_CLOCK = re.compile(r"(?:^|;)BY(HOUR|MINUTE)=([0-9]{1,2})(?=;|$)", re.IGNORECASE)
_LAST = {"HOUR": 23, "MINUTE": 59}


class Only(StrEnum):
    """Which of the days that the rules say count; on the others nothing happens."""

    ANY_DAY = "any_day"
    OUTSIDE_BREAKS = "outside_breaks"
    """Breaks and holidays are out; weekends are not."""
    SCHOOL_DAYS = "school_days"
    """Weekends, breaks, holidays and days for staff alone are out."""


class _Part(Protocol):
    """One rule at its own time of day."""

    def later_than(self, at: datetime, school: SchoolDays) -> Iterator[datetime]: ...


@dataclass(frozen=True, slots=True)
class Schedule:
    """`rules` from the naive wall time `start` in `zone`, on the days that `only` leaves.

    `start` itself occurs only if a rule says so. Raises `RuleError`, whose words say what is wrong.
    """

    rules: tuple[str, ...]
    start: datetime
    zone: str
    only: Only = Only.ANY_DAY
    _parts: tuple[_Part, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.rules) <= MOST_RULES:
            raise RuleError(f"A schedule has from 1 to {MOST_RULES} rules.")
        parts = tuple(_part(rule, self.start, self.zone) for rule in self.rules)
        object.__setattr__(self, "_parts", parts)

    def after(self, at: datetime, school: SchoolDays = WEEKDAYS) -> datetime | None:
        """Return the first time later than the instant `at`, in UTC, or None when there is none."""
        return next(self._later_than(at, school), None)

    def between(
        self, first: datetime, last: datetime, school: SchoolDays = WEEKDAYS
    ) -> tuple[datetime, ...]:
        """Return the times later than `first`, up to and with `last`."""
        found = []
        for each in self._later_than(first, school):
            if each > last:
                break
            found.append(each)
        return tuple(found)

    def coming(
        self, at: datetime, most: int, school: SchoolDays = WEEKDAYS
    ) -> tuple[datetime, ...]:
        """Return the next times after `at`, `most` of them or as many as are left."""
        return tuple(islice(self._later_than(at, school), most))

    def as_text(self) -> str:
        """Return the schedule in the lines of an iCalendar file, for `from_text`."""
        rules = (f"{_RULE}{rule}" for rule in self.rules)
        start = f"DTSTART;TZID={self.zone}:{self.start:%Y%m%dT%H%M%S}"
        return "\n".join((start, *rules, f"{_ONLY}{self.only.value}"))

    def _later_than(self, at: datetime, school: SchoolDays) -> Iterator[datetime]:
        if self.only is Only.ANY_DAY:
            return self._whatever_day(at, school)
        return self._counted(at, school)

    def _whatever_day(self, at: datetime, school: SchoolDays) -> Iterator[datetime]:
        """Yield what the rules say, each instant once: two wall times may meet at a gap's end."""
        if len(self._parts) == 1:
            return self._parts[0].later_than(at, school)
        found = merge(*(part.later_than(at, school) for part in self._parts))
        return (each for each, _same in groupby(found))

    def _counted(self, at: datetime, school: SchoolDays) -> Iterator[datetime]:
        counts = self._counting(school)
        left_out = 0
        for each in self._whatever_day(at, school):
            if counts(local(each, self.zone).date()):
                left_out = 0
                yield each
            elif left_out == _MOST_LEFT_OUT:
                return
            else:
                left_out += 1

    def _counting(self, school: SchoolDays) -> Callable[[date], bool]:
        if self.only is Only.SCHOOL_DAYS:
            return school.is_school_day
        return lambda day: not school.is_break(day)


def from_text(text: str) -> Schedule:
    """Return the schedule that `as_text` wrote. Raises `RuleError`."""
    start, *rest = text[: _LONGEST_TEXT + 1].split("\n")
    match = _START.fullmatch(start)
    rules = [each.removeprefix(_RULE) for each in rest if each.startswith(_RULE)]
    only = [each.removeprefix(_ONLY) for each in rest if each.startswith(_ONLY)]
    if match is None or len(text) > _LONGEST_TEXT or len(rules) + len(only) != len(rest):
        raise RuleError("This is not a schedule as it is kept.")
    try:
        at = datetime.fromisoformat(match["at"])
        kept = Only(only[0] if only else Only.ANY_DAY)
    except ValueError as error:
        raise RuleError("This is not a schedule as it is kept.") from error
    return Schedule(tuple(rules), at, match["zone"], kept)


@dataclass(frozen=True, slots=True)
class _Recurring:
    """A rule of days as RFC 5545 has them, from the schedule's start on."""

    recurrence: Recurrence
    begins: datetime

    def later_than(self, at: datetime, school: SchoolDays) -> Iterator[datetime]:
        del school
        return self.recurrence.later_than(max(at, self.begins))


def _part(rule: str, start: datetime, zone: str) -> _Part:
    """Return a rule at its own time of day, which may come up before the start's: then not that day."""
    days, clock = _with_its_clock(rule, start)
    first = datetime.combine(start.date(), clock)
    just_before = _instant(start, zone) - timedelta(microseconds=1)
    if counts_school_days(days):
        return NthSchoolDay(days, first, zone, just_before)
    return _Recurring(Recurrence(days, first, zone), just_before)


def _with_its_clock(rule: str, start: datetime) -> tuple[str, time]:
    """Return a rule without its time of day, and that time, which is the start's if it has none."""
    said: dict[str, int] = {}
    for match in _CLOCK.finditer(rule):
        name, value = match[1].upper(), int(match[2])
        if value > _LAST[name] or name in said:
            raise RuleError("A rule comes at one time of day, such as BYHOUR=15;BYMINUTE=45.")
        said[name] = value
    if not said:
        return rule, start.time()
    if "HOUR" not in said:
        raise RuleError("A rule comes at one time of day, such as BYHOUR=15;BYMINUTE=45.")
    return _CLOCK.sub("", rule).removeprefix(";"), time(said["HOUR"], said.get("MINUTE", 0))


def _instant(start: datetime, zone: str) -> datetime:
    if start.tzinfo is not None or not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise RuleError(
            f"A schedule starts at a wall time without a zone, from {FIRST_YEAR} to {LAST_YEAR}."
        )
    try:
        return instant(start, zone)
    except UnknownZoneError as error:
        raise RuleError(f"There is no time zone “{zone[:64]}”.") from error
