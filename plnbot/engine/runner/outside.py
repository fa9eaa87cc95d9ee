"""Work outside a transaction while it runs: begun, done with its lease renewed, ended, or broken off."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import field
from datetime import timedelta

from plnbot.engine import outbox, restoration, work
from plnbot.engine.context import Due
from plnbot.engine.heavy import HeavyWork
from plnbot.engine.outside import AnyOutsideWork
from plnbot.engine.ports.spaces import Openers
from plnbot.engine.runner.early import Early
from plnbot.engine.runner.finishing import Finishing
from plnbot.engine.runner.tools import Tools
from plnbot.engine.work import Item, WorkState
from plnbot.errors import Unavailable
from plnbot.fetching import Fetcher
from plnbot.logs import GoesOn
from plnbot.sealing import Seal
from plnbot.store.database import Tx
from plnbot.syndication import Feeds
from plnbot.values import dataclass

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=1)
"""How soon it is seen that a row was cancelled or planned anew."""
PACE = timedelta(seconds=5)
"""All cards that show progress are edited no more often, together: questions go first."""
_RENEWED_AFTER = 1 / 3
_NOT_HEARD_AFTER = 0.8
_BROKEN_OFF = "broken off: the database cannot be heard"


@dataclass(slots=True, eq=False)
class Doing:
    """One piece that runs. `renewed` is when its lease was last known to hold, in the loop's time."""

    item: Item
    renewed: float
    steps: asyncio.Task[object] | None = None
    lost: bool = False

    def break_off(self, *, lost: bool) -> None:
        """Cancel its steps; `lost` says that somebody else has the row, or nobody wants it."""
        self.lost = lost
        if self.steps is not None:
            self.steps.cancel()


@dataclass(slots=True)
class Steps:
    """What `do` of one piece may use."""

    heavy: HeavyWork
    fetcher: Fetcher
    _item: Item
    _part: "DoingOutside"

    @property
    def feeds(self) -> Feeds:
        """What reads feeds and finds them; made when it is asked for."""
        return self._part.feeds()

    @property
    def seal(self) -> Seal:
        """What seals and opens what the database holds and may not show."""
        return self._part.tools.seal

    @property
    def openers(self) -> Openers:
        """What makes places for a few people, by platform."""
        return self._part.tools.openers

    async def progress(self, done: int, of: int, *, shown_by: str) -> None:
        """Say how far it is, if it is not too soon for that."""
        await self._part.progress(self._item, (done, of), shown_by)


@dataclass(slots=True)
class DoingOutside:
    """Does work outside any transaction."""

    tools: Tools
    early: Early
    finishing: Finishing
    look: timedelta = LOOK
    pace: timedelta = PACE
    _doing: set[Doing] = field(default_factory=set)
    _rooms: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _keeping: asyncio.Task[None] | None = None
    _progress_at: float = float("-inf")
    _feeds: Feeds | None = None

    async def do(self, item: Item) -> None:
        """Begin it at its instant, do it and end it, while its lease holds; raises what they do."""
        declared = self.tools.routes.outside_work[item.kind]
        if self.tools.seconds_until(item.run_at) > 0:
            with self.early.waiting(item):
                await self.early.instant(item.run_at)
        async with self._kept(item) as doing:
            steps = doing.steps = asyncio.create_task(self._steps(declared, item))
            try:
                await asyncio.wait([steps])
            finally:
                steps.cancel()
                await asyncio.wait([steps])
            if steps.cancelled():
                self._broken_off(doing)
                return
            made = steps.result()
            await self.finishing.written(
                lambda: self.tools.store.run(lambda tx: self._end(tx, declared, item, made))
            )
        self.tools.observer.ended(item.kind, WorkState.DONE)

    def feeds(self) -> Feeds:
        """Return what reads feeds, the same for all: what it is busy with, it knows."""
        if self._feeds is None:
            self._feeds = self.tools.feeds(self.tools.fetcher, self.tools.heavy)
        return self._feeds

    def at_once(self) -> dict[str, int]:
        """Return how many of each lane may be done beside each other, by what the kinds declare."""
        return {each.lane: each.at_once for each in self.tools.routes.outside_work.values()}

    def break_off(self) -> None:
        """Give up what runs right now: others may soon take it on."""
        for each in self._doing:
            each.break_off(lost=False)

    def _broken_off(self, doing: Doing) -> None:
        if not doing.lost:
            raise Unavailable(_BROKEN_OFF)
        log.info("work %s is broken off: its row is no longer ours", doing.item.kind)
        self.tools.observer.ended(doing.item.kind, WorkState.CANCELLED)

    async def _steps(self, declared: AnyOutsideWork, item: Item) -> tuple[object] | None:
        """Return what `do` found, in a tuple; None where there was nothing to do."""
        room = self._rooms.setdefault(declared.lane, asyncio.Semaphore(declared.at_once))
        async with room:
            given = await self.tools.store.read(lambda tx: self._begin(tx, declared, item))
            if given is None:
                return None
            if item.attempts == 1:
                self.tools.observer.begun(item.kind, self.tools.clock.now() - item.due_at)
            async with asyncio.timeout(declared.longest.total_seconds()):
                return (
                    await declared.do(
                        given,
                        Steps(self.tools.heavy, self.tools.fetcher, item, self),
                    ),
                )

    def _begin(self, tx: Tx, declared: AnyOutsideWork, item: Item) -> object:
        if not work.ours(tx, [item]):
            return None
        given: object = declared.begin(self._due(tx, item))
        return given

    def _end(
        self, tx: Tx, declared: AnyOutsideWork, item: Item, made: tuple[object] | None
    ) -> None:
        due = self._due(tx, item)
        if work.finish(tx, item, WorkState.DONE, due.now) and made is not None:
            with restoration.followed(tx, item, due.now, self.tools.restored_at):
                declared.end(due, made[0])

    def _due(self, tx: Tx, item: Item) -> Due:
        return self.tools.due(tx, item, max(self.tools.clock.now(), item.run_at))

    async def progress(self, item: Item, so_far: tuple[int, int], shown_by: str) -> None:
        """Note how far it is and have it shown, unless something was only just."""
        now = asyncio.get_running_loop().time()
        if now - self._progress_at < self.pace.total_seconds():
            return
        self._progress_at = now

        def note(tx: Tx) -> None:
            waits = work.waiting(tx, [f"{outbox.EDITS}{shown_by}"])
            # One that waits shows the newest when it goes out; perhaps it was told when that is.
            if work.note_progress(tx, item, *so_far) and not waits:
                outbox.refresh(tx, shown_by, self.tools.clock.now())

        # Who cannot be told how far it is goes on all the same.
        with contextlib.suppress(Unavailable):
            await self.tools.store.run(note)

    @contextlib.asynccontextmanager
    async def _kept(self, item: Item) -> AsyncIterator[Doing]:
        """Keep its lease inside the block."""
        doing = Doing(item, asyncio.get_running_loop().time())
        self._doing.add(doing)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep(), name="leases of outside work")
        try:
            yield doing
        finally:
            self._doing.discard(doing)
            if not self._doing and self._keeping is not None:
                self._keeping.cancel()
                self._keeping = None

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self.look.total_seconds())
            with GoesOn(log, "leases of outside work cannot be looked at: %s"):
                await self._look()
            self._let_go()

    async def _look(self) -> None:
        """Renew the leases whose time has come, and look whether the others still hold."""
        began, lease = asyncio.get_running_loop().time(), self.tools.lease.total_seconds()
        doing = list(self._doing)
        renewed = [each for each in doing if began - each.renewed >= lease * _RENEWED_AFTER]
        items = [each.item for each in renewed or doing]
        until = self.tools.leased_until(self.tools.clock.now())
        if renewed:
            held = await self.tools.store.run(lambda tx: work.renew(tx, items, until))
        else:
            held = await self.tools.store.read(lambda tx: work.ours(tx, items))
        for each in renewed or doing:
            if each.item.id not in held:
                each.break_off(lost=True)
            elif renewed:
                each.renewed = began

    def _let_go(self) -> None:
        """Break off what could not be renewed for nearly a lease: others may take it on."""
        now, lease = asyncio.get_running_loop().time(), self.tools.lease.total_seconds()
        for each in self._doing:
            if now - each.renewed > lease * _NOT_HEARD_AFTER:
                each.break_off(lost=False)
