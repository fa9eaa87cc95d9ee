"""Quiet hours and leave: when nothing is written to a member, by the clocks where they are. Pure.

Quiet hours are wall times, so they follow the daylight; leave lasts from one instant to another, and
always ends.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from plnbot.values import dataclass
from plnbot.walltime import instant, local

SCHOOL_DAYS = range(5)
_STEP = timedelta(minutes=1)
_HORIZON_DAYS = 9


@dataclass(frozen=True, slots=True)
class Quiet:
    """When nothing may notify a member: in class on school days, and at night; None is never."""

    in_class: tuple[time, time] | None = (time(8), time(15, 30))
    at_night: tuple[time, time] | None = (time(21), time(7))

    @property
    def hours(self) -> tuple[tuple[time, time], ...]:
        """Each beginning and end."""
        return tuple(each for each in (self.in_class, self.at_night) if each)


@dataclass(frozen=True, slots=True)
class Leave:
    """A member's leave: from its first instant to the one at which they are back."""

    begins: datetime
    ends: datetime

    def covers(self, at: datetime) -> bool:
        """Return whether they are on leave at this instant."""
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True)
class Rest:
    """All of a member's times without messages: quiet hours in their zone, and leave."""

    zone: str
    quiet: Quiet = Quiet()
    leave: Leave | None = None

    def free(self, at: datetime) -> bool:
        """Return whether they may be written to at this instant."""
        away = self.leave is not None and self.leave.covers(at)
        return not away and not is_quiet(self.quiet, self.zone, at)

    def first_free(self, wanted: datetime) -> datetime | None:
        """Return the first free instant from `wanted` on; None where no week has one."""
        if self.leave is not None and self.leave.covers(wanted):
            wanted = self.leave.ends
        ends = self._edges(wanted, [end for _begin, end in self.quiet.hours], range(_HORIZON_DAYS))
        return next((at for at in (wanted, *ends) if at >= wanted and self.free(at)), None)

    def last_free(self, wanted: datetime, since: datetime) -> datetime | None:
        """Return the last free instant from `since` to `wanted`, or None."""
        before = wanted
        if self.leave is not None and self.leave.covers(wanted):
            before = self.leave.begins - _STEP
        begins = [begin for begin, _end in self.quiet.hours]
        edges = self._edges(before, begins, range(-_HORIZON_DAYS, 1))
        tried = (before, *(at - _STEP for at in reversed(edges)), since)
        return next((at for at in tried if since <= at <= wanted and self.free(at)), None)

    def first_daily(self, at: time, since: datetime) -> datetime | None:
        """Return the first instant from `since` on that is free and, where it can be, at this time.

        On a day that is quiet then it is the next free instant of that day.
        """
        if self.leave is not None and self.leave.covers(since):
            since = self.leave.ends
        for day in self._days(since, range(_HORIZON_DAYS)):
            found = self._daily(at, day)
            if found is not None and found >= since:
                return found
        return self.first_free(since)

    def last_daily(self, at: time, until: datetime, since: datetime) -> datetime | None:
        """Return the last such instant from `since` to `until`, or None."""
        for day in self._days(until, range(0, -_HORIZON_DAYS, -1)):
            found = self._daily(at, day)
            if found is not None and since <= found <= until:
                return found
        return None

    def _daily(self, at: time, day: date) -> datetime | None:
        wanted = instant(datetime.combine(day, at), self.zone)
        found = self.first_free(wanted)
        same_day = found is not None and local(found, self.zone).date() == day
        return found if same_day else None

    def _days(self, at: datetime, days: range) -> Iterator[date]:
        today = local(at, self.zone).date()
        return (today + timedelta(days=each) for each in days)

    def _edges(self, around: datetime, times: list[time], days: range) -> list[datetime]:
        walls = (datetime.combine(day, each) for day in self._days(around, days) for each in times)
        return sorted(instant(wall, self.zone) for wall in walls)


def is_quiet(quiet: Quiet, zone: str, at: datetime) -> bool:
    """Return whether `at` falls into quiet hours, by the member's own clock."""
    there = local(at, zone)
    if quiet.in_class and there.weekday() in SCHOOL_DAYS and _within(quiet.in_class, there.time()):
        return True
    return bool(quiet.at_night and _within(quiet.at_night, there.time()))


def _within(hours: tuple[time, time], at: time) -> bool:
    begin, end = hours
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end
