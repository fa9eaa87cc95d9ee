"""What was said of a schedule, before anybody decides what it means."""

from dataclasses import field

from plnbot.schedules import Only
from plnbot.talk.times.again.words import Period
from plnbot.talk.times.said import Clock
from plnbot.talk.times.zones import ZoneSaid
from plnbot.values import dataclass

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """These days of each week; 0 is Monday."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthWeekdays:
    """The first, last … of each of these weekdays in a month."""

    numbers: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthOfDays:
    """The first, last … of all these weekdays of a month together: its last workday."""

    numbers: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Days of a month by their number; -1 is the last."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthSchoolDays:
    """The first, last … school day of each month or week."""

    numbers: tuple[int, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class SchoolDaysAll:
    """Every school day."""


Spec = Weekdays | NthWeekdays | NthOfDays | MonthDays | NthSchoolDays | SchoolDaysAll


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was written: by its date, as a whole month, a weekday or so many days ahead."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    ahead: int | None = None


@dataclass(slots=True)
class Group:
    """Days, and the times of those days; without any, what is said of another group holds."""

    days: list[Spec] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """Everything that was said.

    `step` is how many of what it steps by; `months` or `days` how long it lasts, `times` how often it comes.
    `left_out` are weekdays that are not meant. `elsewhere`: the same time on the clocks of other zones.
    `counted`: an ordinal was taken for a step, as in “every third Thursday”.
    """

    groups: list[Group] = field(default_factory=lambda: [Group()])
    step: tuple[int, Period] | None = None
    only: Only | None = None
    zone: ZoneSaid | None = None
    elsewhere: list[tuple[Clock, ZoneSaid]] = field(default_factory=list)
    begins: Day | None = None
    ends: Day | None = None
    months: int = 0
    days: int = 0
    times: int = 0
    left_out: set[int] = field(default_factory=set)
    half: str = ""
    counted: bool = False
