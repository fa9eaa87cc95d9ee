"""The port of gaps: what was said while a platform did not reach us is read afterwards, as work."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from plnbot.refs import Place

ReadsMissed = Callable[[Place, datetime], Awaitable[None]]
"""Takes in what was said in a place, or a thread, since then, in real time.

What was taken in before is harmless: its key counts once. Raises `Unavailable` where the platform does
not let us for now; returns where it never will.
"""


class Gaps(Protocol):
    """What adapters say of their gaps."""

    def read_by(self, platform: str, read: ReadsMissed) -> None:
        """Let this read what was missed on a platform."""
        ...

    async def last_heard(self, platform: str) -> datetime:
        """Return when somebody on a platform was heard last, for a process that begins."""
        ...

    async def over(self, platform: str, since: datetime | None = None) -> int:
        """Plan to read what was said since then wherever words counted; return how many places.

        Without `since`, it is where they count right now: something may have been missed just now.

        Each is read until it was read, however often the platform says no meanwhile, and whatever
        becomes of this process.
        """
        ...
