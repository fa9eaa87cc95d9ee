"""Being polite to one host: few questions at once, and none at all while it asks for a pause."""

import asyncio
from datetime import timedelta

LONGEST_PAUSE = timedelta(days=1)
_MOST_PAUSES = 10_000
"""Of hosts that asked for one; they are strangers, and what they say must not fill our memory."""


class Turn:
    """The turns of one host. Inside `async with`, fewer than so many others ask it."""

    def __init__(self, hosts: dict[str, "Turn"], host: str, at_once: int) -> None:
        self._hosts, self._host = hosts, host
        self._free = asyncio.Semaphore(at_once)
        self._wanted = 0

    async def __aenter__(self) -> None:
        self._wanted += 1
        try:
            await self._free.acquire()
        except BaseException:
            self._left()
            raise

    async def __aexit__(self, *_error: object) -> None:
        self._free.release()
        self._left()

    def _left(self) -> None:
        """Forget the host with the last that wanted it."""
        self._wanted -= 1
        if not self._wanted:
            del self._hosts[self._host]


class Hosts:
    """Turns and pauses of every host, in the loop's time. A pause is forgotten with the process."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._turns: dict[str, Turn] = {}
        self._paused: dict[str, float] = {}

    def turn(self, host: str) -> Turn:
        """Return what waits until fewer than so many ask this host."""
        if host not in self._turns:
            self._turns[host] = Turn(self._turns, host, self._at_once)
        return self._turns[host]

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
        if not self._paused:
            return None
        left = self._paused.get(host, 0.0) - asyncio.get_running_loop().time()
        if left > 0:
            return timedelta(seconds=left)
        self._paused.pop(host, None)
        return None
