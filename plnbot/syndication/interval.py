"""When to ask a feed again: as often as it changes, as seldom as it asks, and not all at once.

The pace is a few looks for each post: a blog with one post a week is looked at about daily, a news
page four times an hour. Whatever a feed or its server asks for beyond that is kept, but for no more
than a day, since many say a year and mean nothing by it; a wait after a refusal is kept as it is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta

from plnbot.values import dataclass

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
_LOOKED_BACK = timedelta(weeks=4)
_LOOKS_A_POST = 4
_JITTER = 0.1
_MOST_JITTER = timedelta(minutes=20)
_MOST_DOUBLINGS = 10
_HOUR = timedelta(hours=1)
_HOURS_AHEAD = 24 * 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a feed and its server ask for. Hours are 0 to 23 in UTC, Monday is day 0."""

    ttl: timedelta | None = None
    period: timedelta | None = None
    fresh: timedelta | None = None
    retry_after: timedelta | None = None
    skip_hours: frozenset[int] = field(default_factory=frozenset)
    skip_days: frozenset[int] = field(default_factory=frozenset)


def pace(posted: Sequence[datetime], now: datetime) -> timedelta:
    """Return how often a feed is worth asking, by when its posts of the last weeks came."""
    recent = sum(now - _LOOKED_BACK <= each <= now for each in posted)
    if not recent:
        return LONGEST
    return min(max(_LOOKED_BACK / (recent * _LOOKS_A_POST), SHORTEST), LONGEST)


def next_time(
    now: datetime, posted: Sequence[datetime], asks: Asks, *, failures: int = 0, seed: str = ""
) -> datetime:
    """Return when to ask again.

    `posted` are instants of recent posts; after `failures` in a row it is asked ever more seldom, once
    a day at last. `seed`, a feed's own, spreads those that would be asked at one moment.
    """
    paced = min(pace(posted, now) * 2 ** min(failures, _MOST_DOUBLINGS), LONGEST)
    asked = (min(each, LONGEST) for each in (asks.ttl, asks.period, asks.fresh) if each is not None)
    wait = max(paced, *asked, asks.retry_after or timedelta(), timedelta())
    at = now + wait + _jitter(wait, seed)
    return _allowed(at, asks, seed)


def _jitter(wait: timedelta, seed: str) -> timedelta:
    return min(wait * _JITTER, _MOST_JITTER) * _share(seed)


def _share(seed: str) -> float:
    """Return a number from 0 to 1 that is a seed's own."""
    drawn = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()[:4]
    return int.from_bytes(drawn, "big") / 2**32


def _allowed(at: datetime, asks: Asks, seed: str) -> datetime:
    """Return the first instant from `at` on that is in no hour and on no day to be skipped."""
    utc = at.astimezone(UTC)
    if not _skipped(utc, asks):
        return at
    whole = utc.replace(minute=0, second=0, microsecond=0)
    for ahead in range(1, _HOURS_AHEAD):
        begin = whole + ahead * _HOUR
        if not _skipped(begin, asks):
            return begin + _MOST_JITTER * _share(seed)
    return at  # it skips every hour there is, and means none


def _skipped(at: datetime, asks: Asks) -> bool:
    return at.hour in asks.skip_hours or at.weekday() in asks.skip_days
