"""When a member's own digest comes, and what it may hold: pure."""

from datetime import datetime, time, timedelta

from plnbot.values import dataclass
from plnbot.walltime import instant, local

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_ITEMS = 5
"""As many as a card has rows of buttons."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """On which weekdays (Monday is 0) a digest comes, at which hour of its member's clock, how much in it."""

    days: tuple[int, ...]
    at: time
    most: int = 5


def next_at(wish: Wish, zone: str, now: datetime) -> datetime:
    """Return the first time after now at which a digest is wanted, by the clock of `zone`."""
    today = local(now, zone).date()
    for ahead in range(_WEEK + 1):
        day = today + timedelta(days=ahead)
        at = instant(datetime.combine(day, wish.at), zone)
        if day.weekday() in wish.days and at > now:
            return at
    raise ValueError("a digest comes on some day of a week")


def is_time(wish: Wish, zone: str, at: datetime) -> bool:
    """Return whether a digest is wanted at an instant: not where its member has moved to another clock."""
    day = local(at, zone).date()
    return day.weekday() in wish.days and instant(datetime.combine(day, wish.at), zone) == at
