"""Which days are school days: what a school calendar knows, and what stands in for one."""

from datetime import date
from typing import Protocol

from plnbot.values import dataclass

_WHOLE_WEEK = range(7)
_MONDAY_TO_FRIDAY = range(5)


class SchoolDays(Protocol):
    """The days of one calendar. Answers for any day, however far: what is not known is assumed."""

    def is_school_day(self, day: date) -> bool:
        """Return whether pupils are taught: no weekend, no break, no day for staff alone."""
        ...

    def is_break(self, day: date) -> bool:
        """Return whether it lies in a break or is a holiday; a mere weekend does not."""
        ...


@dataclass(frozen=True, slots=True)
class _EveryWeek:
    """Weeks that are all alike, without breaks."""

    weekdays: range

    def is_school_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays

    def is_break(self, day: date) -> bool:
        del day
        return False


EVERY_DAY: SchoolDays = _EveryWeek(_WHOLE_WEEK)
"""Every day counts as a school day."""
WEEKDAYS: SchoolDays = _EveryWeek(_MONDAY_TO_FRIDAY)
"""Mondays to Fridays, without breaks: what is assumed where no calendar is known."""
