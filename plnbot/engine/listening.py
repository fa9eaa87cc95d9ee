"""Whether a platform reaches us, as its adapter notes it: each gap is noted, and planned for once over."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from dataclasses import field
from datetime import datetime

from plnbot.engine.gaps import Gaps
from plnbot.engine.ports import Clock
from plnbot.errors import PlnError
from plnbot.logs import cause
from plnbot.values import dataclass

log = logging.getLogger(__name__)

AGAIN_SECONDS = 15.0
LOOK_AGAIN = 5.0
"""How soon, in seconds, it is looked for what came in and could not be taken in."""


@dataclass(slots=True)
class Listening:
    """The gaps of one platform in this process; `since` is when the present one began, if there is one.

    A gap is noted durably as it begins, so that it is not forgotten if this process ends; and where it
    cannot be planned for, because the database is away, that is tried until it can.
    """

    gaps: Gaps
    platform: str
    clock: Clock
    since: datetime | None = None
    look_again: float = LOOK_AGAIN
    again: float = AGAIN_SECONDS
    _began: int = 0
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _looking: "asyncio.Task[None] | None" = None
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begins(self) -> None:
        """Note, before a platform reaches this process at all, that it did not until now."""
        self._gap(self.clock.now())
        await self.gaps.begun(self.platform)

    def ends(self) -> None:
        """Note that the platform reaches us no longer."""
        self._note(self.clock.now())

    def hears(self) -> None:
        """Note that the platform reaches us: what was missed is planned for, in the background."""
        self._spawn(self.over())

    def missed(self, since: datetime | None = None) -> None:
        """Note that something came that could not be taken in: it is looked for in a moment."""
        self._note(since or self.clock.now())
        if self._looking is None or self._looking.done():
            self._looking = self._spawn(self._soon())

    async def over(self) -> None:
        """Have it planned that what was missed is read, if anything was."""
        while (since := self.since) is not None:
            began = self._began
            try:
                async with self._writing:
                    await self.gaps.begun(self.platform, since)
                    await self.gaps.over(self.platform)
                    if began == self._began:
                        self.since = None
            except PlnError as error:
                log.warning("what was missed cannot be planned for yet: %s", cause(error))
                await asyncio.sleep(self.again)
            else:
                return

    async def stop(self) -> None:
        """Do nothing more in the background."""
        for each in list(self._tasks):
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _gap(self, since: datetime) -> None:
        self._began += 1
        self.since = since if self.since is None else min(since, self.since)

    def _note(self, since: datetime) -> None:
        self._gap(since)
        self._spawn(self._kept(since))

    async def _kept(self, since: datetime) -> None:
        async with self._writing:
            if self.since is not None:
                with contextlib.suppress(PlnError):  # it is noted again before it is planned for
                    await self.gaps.begun(self.platform, since)

    async def _soon(self) -> None:
        await asyncio.sleep(self.look_again)
        await self.over()

    def _spawn(self, doing: Coroutine[object, object, None]) -> "asyncio.Task[None]":
        task = asyncio.ensure_future(_carefully(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _carefully(doing: Coroutine[object, object, None]) -> None:
    try:
        await doing
    except Exception:
        log.exception("a gap could not be noted or planned for")
