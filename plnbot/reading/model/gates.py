"""The gates that an item passes before anybody is shown it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from plnbot.reading.model.items import Gate, Words
from plnbot.values import dataclass

OLD = timedelta(days=14)
"""What is older when it first appears is no news: a blog was moved, or is written anew."""
MOST_AT_ONCE = 10
"""So many of one feed are posted at one poll, the newest; who was away for a week has no more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new item, when it came, and what a filter stopped it for."""

    words: Words
    came: datetime
    filtered: str = ""


def decided(
    new: Sequence[Candidate], now: datetime, *, first: bool, last: int, shelf: bool
) -> Sequence[Gate]:
    """Return for each new item of a poll, in any order, the gate that stops it.

    At the `first` poll only the `last` so many go through; at any other, what is no news or too much.
    """
    gates = [_own(each, now, first=first) for each in new]
    passing = [at for at, gate in enumerate(gates) if gate is Gate.OPEN]
    most, over = (last, Gate.FIRST_POLL) if first else (MOST_AT_ONCE, Gate.BURST)
    kept = _newest(new, passing, most)
    for at in passing:
        gates[at] = over if at not in kept else Gate.SHELF if shelf else Gate.OPEN
    return gates


def _own(each: Candidate, now: datetime, *, first: bool) -> Gate:
    if each.filtered:
        return Gate.FILTER
    return Gate.OLD if not first and now - each.came > OLD else Gate.OPEN


def _newest(new: Sequence[Candidate], among: Sequence[int], most: int) -> Collection[int]:
    # Of those of one instant, as undated ones are, feeds have the newest first.
    return set(sorted(among, key=lambda at: (-new[at].came.timestamp(), at))[:most])
