"""When to ask a feed again, and what it and its server ask for, as plain values."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plnbot.syndication import Reading
from plnbot.syndication.interval import LONGEST, Asks, next_time

_FIRST_WAIT = timedelta(hours=1)
_LOOKED_BACK = timedelta(weeks=4)
_MOST_DOUBLINGS = 5


def asked_for(reading: Reading, before: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a feed asks for: what it said the last time, where it has not changed."""
    feed = reading.feed
    said: dict[str, Any] = dict(before)
    if feed is not None:
        said = {
            "ttl": _seconds(feed.ttl),
            "period": _seconds(feed.period),
            "hours": sorted(feed.skip_hours),
            "days": sorted(feed.skip_days),
        }
    return {**said, "fresh": _seconds(reading.fresh)}


def next_poll(
    now: datetime, arrivals: Sequence[datetime], asked: Mapping[str, Any], *, seed: str
) -> datetime:
    """Return when to ask a feed again that has answered."""
    asks = Asks(
        ttl=_length(asked.get("ttl")),
        period=_length(asked.get("period")),
        fresh=_length(asked.get("fresh")),
        skip_hours=frozenset(asked.get("hours", ())),
        skip_days=frozenset(asked.get("days", ())),
    )
    return next_time(now, arrivals, asks, seed=seed)


def looked_back(now: datetime) -> datetime:
    """Return since when arrivals count."""
    return now - _LOOKED_BACK


def next_try(now: datetime, failures: int, retry_after: timedelta | None) -> datetime:
    """Return when to ask a feed again that did not answer: soon at first, once a day at last."""
    wait = min(_FIRST_WAIT * (1 << min(failures - 1, _MOST_DOUBLINGS)), LONGEST)
    return now + max(wait, retry_after or timedelta())


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(min(length, LONGEST).total_seconds())


def _length(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
