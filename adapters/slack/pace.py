"""One post a second and channel, and edits of a workspace well under its tier, each without the other.

Slack counts `chat.update` by workspace, 50 a minute: cards of all its channels share that.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import field

from plnbot.refs import Place
from plnbot.values import dataclass

_MOST = 1000
_EDITS = 1.3
"""How many gaps edits are apart: 46 a minute."""


@dataclass(slots=True)
class Pace:
    """Lets each channel's posts go one after another, `gap` seconds apart."""

    gap: float = 1.0
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _free_at: dict[Place, float] = field(default_factory=dict)

    async def turn(self, channel: Place, *, at_once: bool = False) -> None:
        """Return when it is this post's turn in its channel.

        What goes `at_once` takes the turn of whoever comes next: Slack lets a few pass in a burst.
        """
        if at_once:
            free_at = max(self.seconds(), self._free_at.get(channel, 0.0))
            self._free_at[channel] = free_at + self.gap
            return
        await self._turn(channel, self.gap)

    async def edit(self, workspace: Place, longest: float) -> float:
        """Return 0 when it is this edit's turn, or at once the seconds to wait where it is longer."""
        left = self._free_at.get(workspace, 0.0) - self.seconds()
        if left > longest:
            return left
        await self._turn(workspace, self.gap * _EDITS)
        return 0.0

    async def _turn(self, where: Place, gap: float) -> None:
        now = self.seconds()
        if len(self._free_at) > _MOST:
            self._free_at = {each: at for each, at in self._free_at.items() if at > now}
        at = max(now, self._free_at.get(where, now))
        self._free_at[where] = at + gap
        if at > now:
            await self.sleep(at - now)
