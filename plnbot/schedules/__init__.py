"""Schedules: when something comes again, by wall clocks and, where it matters, school days. Pure.

A `Schedule` is one or more rules of `recurrence` from a wall time in a zone, and which of their days
count: all, those outside school breaks, or school days alone. Each rule comes at the start's time of
day unless it names its own (`BYHOUR`, `BYMINUTE`), so that a schedule can have several times a week.
Beyond RFC 5545 a rule may count school days: `FREQ=MONTHLY;BYSCHOOLDAY=-1` is the last school day of
each month, `FREQ=WEEKLY;BYSCHOOLDAY=1` the first of each week.

Which days are school days is no part of a schedule: whoever asks brings them along as `SchoolDays`, so
that a calendar that changes changes no schedule. Where no calendar is known, `WEEKDAYS` stands in for
one; `EVERY_DAY` counts every day. A day is a school day, or not, by the date on the wall in the
schedule's zone. Every search ends: a schedule of which nothing is left, or whose days are all out for
years, has no next time.

Others stand on these names: `Schedule` (`after`, `between`, `coming`, `as_text`), `from_text`, `Only`,
`SchoolDays`, `EVERY_DAY`, `WEEKDAYS`, `RuleError`. Tables keep one in a column of
`plnbot.store.types.ScheduleText`, and a wall time in one of `WallTime`. What people write and read of
schedules is in `plnbot.talk.times`.
"""

from plnbot.recurrence import RuleError
from plnbot.schedules.schedule import MOST_RULES, Only, Schedule, from_text
from plnbot.schedules.school import EVERY_DAY, WEEKDAYS, SchoolDays

__all__ = [
    "EVERY_DAY",
    "MOST_RULES",
    "WEEKDAYS",
    "Only",
    "RuleError",
    "Schedule",
    "SchoolDays",
    "from_text",
]
