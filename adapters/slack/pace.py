"""One post a second and channel, as Slack asks, without one channel holding up another."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from plnbot.refs import Place

_MOST = 1000


@dataclass(slots=True)
class Pace:
    """Lets each channel's posts go one after another, `gap` seconds apart."""

    gap: float = 1.0
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _free_at: dict[Place, float] = field(default_factory=dict)

    async def turn(self, channel: Place) -> None:
        """Return when it is this post's turn in its channel."""
        now = self.seconds()
        if len(self._free_at) > _MOST:
            self._free_at = {each: at for each, at in self._free_at.items() if at > now}
        at = max(now, self._free_at.get(channel, now))
        self._free_at[channel] = at + self.gap
        if at > now:
            await self.sleep(at - now)
