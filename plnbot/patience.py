"""How much may come from one source within a minute, so that none can flood the others.

Kept in memory, by each process for itself: a restart forgives it. Pure but for what it remembers.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait, in whole seconds; `said` where this was the answer already, just before."""

    seconds: int
    said: bool


@dataclass(slots=True)
class _Come:
    """What came from one source: when, by key, and whether it was told to wait since the last."""

    at: dict[str, datetime] = field(default_factory=dict)
    told: bool = False


class Patience:
    """Lets `most` things of each source pass within any minute; 0 lets everything pass."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sources: OrderedDict[Hashable, _Come] = OrderedDict()

    def __len__(self) -> int:
        """Return how many sources are remembered."""
        return len(self._sources)

    def wait(self, source: Hashable, key: str, now: datetime) -> Wait | None:
        """Count one thing, once by its key, and return None; or what to wait, and count nothing."""
        if not self._most:
            return None
        self._forget(now)
        come = self._sources.setdefault(source, _Come())
        if key in come.at:
            return None
        if len(come.at) >= self._most:
            # A clock that was set back must not hold anybody up until it is as late again.
            come.at = {key: at for key, at in come.at.items() if now - WITHIN < at <= now}
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
