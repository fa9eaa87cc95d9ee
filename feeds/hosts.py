"""Being polite to one host: few questions at once, and none at all while it asks for a pause."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

LONGEST_PAUSE = timedelta(days=1)
_MOST_PAUSES = 10_000
"""Of hosts that asked for one; they are strangers, and what they say must not fill our memory."""


class Hosts:
    """Turns and pauses of every host, in the loop's time. A pause is forgotten with the process."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._using: Counter[str] = Counter()
        self._paused: dict[str, float] = {}

    @contextlib.asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until fewer than so many ask this host, and be one of them inside the block."""
        turns = self._turns.setdefault(host, asyncio.Semaphore(self._at_once))
        self._using[host] += 1
        try:
            async with turns:
                yield
        finally:
            self._using[host] -= 1
            if not self._using[host]:
                del self._using[host], self._turns[host]

    def pause(self, host: str, length: timedelta) -> None:
        """Ask it nothing for so long."""
        now = asyncio.get_running_loop().time()
        if len(self._paused) >= _MOST_PAUSES:
            self._paused = {each: until for each, until in self._paused.items() if until > now}
            if len(self._paused) >= _MOST_PAUSES:
                return
        until = now + min(length, LONGEST_PAUSE).total_seconds()
        self._paused[host] = max(until, self._paused.get(host, until))

    def paused(self, host: str) -> timedelta | None:
        """Return how long its pause still lasts."""
        left = self._paused.get(host, 0.0) - asyncio.get_running_loop().time()
        if left > 0:
            return timedelta(seconds=left)
        self._paused.pop(host, None)
        return None
