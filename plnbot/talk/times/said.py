"""What was said about a time, and why it may not be understood."""

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from plnbot.values import dataclass

if TYPE_CHECKING:
    from plnbot.talk.times.feasts import Feast
    from plnbot.talk.times.zones import ZoneSaid


class Reason(StrEnum):
    """Why words were not understood as a time."""

    NO_TIME = "no_time"
    PAST = "past"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_ZONE = "no_such_zone"
    TOO_FAR = "too_far"
    WHICH_ZONE = "which_zone"
    DISAGREES = "disagrees"
    WHAT = "what"


class Assumed(StrEnum):
    """What was left unsaid about a time that was understood."""

    ZONE = "zone"
    """No zone was said."""
    PM = "pm"
    """Neither half of the day was."""
    YEAR = "year"
    """A date without a year lies in a later one."""
    DATE = "date"
    """Weekday and date contradict; the date was taken."""
    NEXT = "next"
    """“Next Friday” was taken as the one in this week."""
    MIDNIGHT = "midnight"
    """It was taken as the end of the day that was said."""
    GAP = "gap"
    """Clocks jump over that time; the first instant after it was taken."""


class NotUnderstoodError(ValueError):
    """`reason` says why; `words` are the ones that were in the way, `zones` what they may mean."""

    def __init__(self, reason: Reason, words: str = "", zones: tuple[str, ...] = ()) -> None:
        super().__init__(f"{reason}: {words!r}")
        self.reason = reason
        self.words = words
        self.zones = zones


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock; the fields mean what they mean in `Said`."""

    hour: int
    minute: int
    by_24: bool = False
    half: str = ""
    part: str = ""
    lasts: int | None = None


@dataclass(slots=True)
class Said:
    """What was said, each thing at most once.

    `half` is "am", "pm" or ""; `part` the part of the day in words: "am", "pm", "night" or "".
    `by_24`: the hour was written the 24-hour way. `ahead`: days from today; `length`: days and
    seconds from now. `weeks`: of which week from this one the weekday is; `later`: how many weeks after
    the coming one. `nth` the first, second or (-1) last such weekday of `month`. `elsewhere`: the
    same time on the clocks of other zones. `lasts`: how many minutes it goes on.
    """

    hour: int | None = None
    minute: int = 0
    half: str = ""
    part: str = ""
    by_24: bool = False
    ahead: int | None = None
    weekday: int | None = None
    is_next: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    length: tuple[int, int] | None = None
    zone: "ZoneSaid | None" = None
    weeks: int | None = None
    later: int = 0
    nth: int | None = None
    feast: "Feast | None" = None
    lasts: int | None = None
    elsewhere: list[tuple[Clock, "ZoneSaid"]] = field(default_factory=list)

    @property
    def dated(self) -> bool:
        """Whether a date, or a time counted from today or now, was said."""
        counted = self.ahead is not None or self.length is not None
        return self.day is not None or counted or self.nth is not None or self.feast is not None

    @property
    def names_a_day(self) -> bool:
        """Whether any day was said."""
        return self.dated or self.weekday is not None
