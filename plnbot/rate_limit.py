"""The rate limit: how much may come from one source within a minute, so that none can flood the others.

Kept in memory, by each process for itself: a restart forgives it. Pure but for what it remembers.
"""

from collections import Counter, OrderedDict
from collections.abc import Hashable
from dataclasses import field
from datetime import datetime, timedelta
from math import ceil

from plnbot.values import dataclass

WITHIN = timedelta(minutes=1)
AGAIN = 3
"""How often one thing may come again uncounted: as platforms tell it again, and whoever asks first."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait, in whole seconds; `said` where this was the answer already, just before."""

    seconds: int
    said: bool


@dataclass(slots=True)
class _Come:
    """What came from one source: when, by key, and whether it was told to wait since the last."""

    at: dict[str, datetime] = field(default_factory=dict)
    again: Counter[str] = field(default_factory=Counter)
    told: bool = False

    def forget(self, now: datetime) -> None:
        """Drop what came longer ago than a minute, and what has not come yet by a clock set back."""
        self.at = {key: at for key, at in self.at.items() if now - WITHIN < at <= now}
        self.again = Counter({key: n for key, n in self.again.items() if key in self.at})


class RateLimit:
    """Lets `most` things of each source pass within any minute; 0 lets everything pass."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sources: OrderedDict[Hashable, _Come] = OrderedDict()

    def __len__(self) -> int:
        """Return how many sources are remembered."""
        return len(self._sources)

    def wait(self, source: Hashable, key: str, now: datetime) -> Wait | None:
        """Count one thing and return None; or return what to wait, and count nothing.

        What comes again by its key counts once, unless it comes more often than anything is told
        again: then it is a flood like any other.
        """
        if not self._most:
            return None
        self._forget(now)
        come = self._sources.setdefault(source, _Come())
        if key in come.at:
            come.again[key] += 1
            if come.again[key] <= AGAIN:
                return None
            key = f"{key}, {come.again[key]} times again"
        if len(come.at) >= self._most:
            come.forget(now)
        if len(come.at) >= self._most:
            seconds = ceil((min(come.at.values()) + WITHIN - now).total_seconds())
            wait, come.told = Wait(seconds, come.told), True
            return wait
        come.at[key], come.told = now, False
        self._sources.move_to_end(source)
        return None

    def _forget(self, now: datetime) -> None:
        """Drop the sources of which nothing is left to remember."""
        while self._sources:
            source, come = next(iter(self._sources.items()))
            if next(reversed(come.at.values()), now) > now - WITHIN:
                return
            del self._sources[source]
