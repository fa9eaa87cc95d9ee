"""The port of gaps: what was said while a platform did not reach us is read afterwards, as work."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol

from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A page to be read of a place: what was said there since then, in real time.

    `known` are the platform's ids of messages that count there, as far as we know: which of them no
    longer stand is to be found out. `missed` is when nobody listened any more, None where somebody did.
    `further` is where the page before ended; empty for the first.
    """

    place: Place
    since: datetime
    missed: datetime | None = None
    known: Sequence[str] = ()
    further: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a page, once its messages are taken in.

    `gone` are those of the known ones that no longer stand, `threads` those of the place in which
    something was said since. `further` is where the next page begins; empty after the last.
    """

    gone: Collection[str] = ()
    threads: Collection[str] = ()
    further: str = ""


class ClosedError(Unavailable):
    """A place does not let the bot read until somebody mends that: it is out, or has no right to."""


ReadsMissed = Callable[[Look], Awaitable[Looked]]
"""Takes in a page of what was said in a place.

What was taken in before is harmless: its key counts once. Raises `Unavailable` where the platform does
not let us for now, and `ClosedError` where it will not before somebody mends that.
"""


@dataclass(frozen=True, slots=True)
class LookAt:
    """Members of one workspace of whom it is to be found out what they are called, and who has left.

    Who came since `missed`, in real time, is news as well, where a platform tells. `further` is where
    the page before ended; empty for the first.
    """

    workspace: str
    members: Sequence[MemberRef]
    missed: datetime
    further: str = ""


LooksAtPeople = Callable[[LookAt], Awaitable[str]]
"""Takes in who is called otherwise by now, has left or came; returns where the next page begins, if any.

Raises `Unavailable` where the platform does not tell for now.
"""


class Gaps(Protocol):
    """What adapters say of their gaps."""

    def read_by(self, platform: str, read: ReadsMissed, people: LooksAtPeople) -> None:
        """Let these read what was missed on a platform, and who its people are by now."""
        ...

    async def begun(self, platform: str, since: datetime | None = None) -> None:
        """Note that a platform reaches us no longer, since then; whatever becomes of this process.

        Without `since`, a process begins: nothing was heard since somebody was heard last.
        """
        ...

    async def over(self, platform: str) -> int:
        """Plan to read what was said in the gap wherever words counted; return how many places.

        Each is read until it was read, however often the platform says no meanwhile, and whatever
        becomes of this process. So is who was renamed meanwhile, and who left. Without a gap, nothing
        is done.
        """
        ...

    async def closed(self, platform: str) -> Sequence[Place]:
        """Return the rooms of a platform that did not let us read what was missed there."""
        ...

    async def over_in(self, place: Place, since: datetime) -> int:
        """Plan the same for one workspace, or for one channel of it, that we heard nothing of since."""
        ...
