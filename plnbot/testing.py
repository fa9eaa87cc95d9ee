"""Shipped fakes for the four things that cannot be real in a test: clock, chance, sending, fetching.

They keep the contracts of the ports they stand for and are tested like the real ones.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from plnbot.engine.ports import Delivery, Outgoing, Sent, Unknown


@dataclass(slots=True)
class FrozenClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant it shows."""
        return self.at

    def real_seconds_until(self, instant: datetime) -> float:
        """Return the seconds from the instant it shows."""
        return (instant - self.at).total_seconds()

    def passing(self, real: timedelta) -> timedelta:
        """Return the same length."""
        return real

    def advance(self, by: timedelta) -> datetime:
        """Move on and return the new instant."""
        self.at = (self.at + by).astimezone(UTC)
        return self.at


def seeded_random(seed: int = 1) -> random.Random:
    """Return chance that repeats."""
    return random.Random(seed)  # noqa: S311 - repeatable on purpose, not for secrets


@dataclass(slots=True)
class RecordingSender:
    """A platform that keeps what it is sent. `answer` may make it fail; it de-duplicates by key."""

    platform: str = "test"
    answer: Callable[[Outgoing], Delivery | None] = lambda _outgoing: None
    sent: list[Outgoing] = field(default_factory=list)
    finds: bool = True
    _refs: dict[str, str] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Keep it, unless `answer` says otherwise."""
        instead = self.answer(outgoing)
        if instead is not None:
            return instead
        if outgoing.edits:
            self.sent.append(outgoing)
            return Sent(outgoing.edits)
        if outgoing.key not in self._refs:
            self._refs[outgoing.key] = f"m{len(self._refs) + 1}"
            self.sent.append(outgoing)
        return Sent(self._refs[outgoing.key])

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Return where it stands, if it arrived."""
        ref = self._refs.get(outgoing.key)
        return Sent(ref) if ref else None
