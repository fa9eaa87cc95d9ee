"""What was said about a time, and why it may not be understood."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why words were not understood as a time."""

    NO_TIME = "no_time"
    PAST = "past"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_ZONE = "no_such_zone"
    TOO_FAR = "too_far"
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


class NotUnderstoodError(ValueError):
    """`reason` says why; `words` are the ones that were in the way."""

    def __init__(self, reason: Reason, words: str = "") -> None:
        super().__init__(f"{reason}: {words!r}")
        self.reason = reason
        self.words = words


@dataclass(slots=True)
class Said:
    """What was said, each thing at most once.

    `half` is "am", "pm" or ""; `part` the part of the day in words: "am", "pm", "night" or "".
    `by_24`: the hour was written the 24-hour way. `ahead`: days from today; `length`: days and
    minutes from now.
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
    zone: str | None = None

    @property
    def dated(self) -> bool:
        """Whether a date, or a time counted from today or now, was said."""
        return self.day is not None or self.ahead is not None or self.length is not None
