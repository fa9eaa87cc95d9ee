"""The runner: begins due work under leases, and knows when to wake up next."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from plnbot.engine import inbox, outbox, work
from plnbot.engine.heavy import HeavyError
from plnbot.engine.ports import Sender
from plnbot.engine.runner.delivering import Delivering
from plnbot.engine.runner.early import Early
from plnbot.engine.runner.finishing import Finishing
from plnbot.engine.runner.handling import Handling
from plnbot.engine.runner.leasing import Leasing
from plnbot.engine.runner.outside import DoingOutside
from plnbot.engine.runner.tools import Tools
from plnbot.engine.work import Item
from plnbot.errors import PlnError, Refused, Unavailable
from plnbot.logs import GoesOn, correlated, trouble
from plnbot.store.database import Tx
from plnbot.values import dataclass

log = logging.getLogger(__name__)

AT_ONCE = 2_000
EARLY = timedelta(seconds=2)
SAFETY_TICK = timedelta(seconds=15)
KEEP_FINISHED = timedelta(days=30)
DRAIN = timedelta(seconds=8)
_SHORTEST_WAIT = 0.05
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=5)
_AFTER_GIVING_BACK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Begun:
    """A piece of work, and the task that does it."""

    item: Item
    task: asyncio.Task[None]


class Runner:
    """Runs due work until stopped, at most `at_once` pieces beside each other.

    `drain` is how long, in real time, what was begun may take when it is stopped. `passed_at` is
    when its loop last went round, in the event loop's time.
    """

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.leasing = Leasing(tools)
        self.at_once = AT_ONCE
        self.drain = DRAIN
        self.passed_at = 0.0
        self._early = Early(tools)
        self._finishing = Finishing(tools)
        self._handling = Handling(tools, self._early)
        self._delivering = Delivering(tools, self._early, self._finishing)
        self.outside = DoingOutside(tools, self._early, self._finishing)
        self._running: dict[int, Begun] = {}
        self._wake = asyncio.Event()
        self._stopping = False
        self._scheduler: AsyncIOScheduler | None = None

    @property
    def senders(self) -> dict[str, Sender]:
        """What posts on each platform, by its name."""
        return self.tools.senders

    async def run(self) -> None:
        """Work until `stop`; returns when what was begun is finished."""
        unfollow = self.tools.store.follow(self._changed)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        once: dict[str, object] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._wake_up, IntervalTrigger(seconds=15), id="safety", **once)
        self._scheduler.add_job(self.tidy, IntervalTrigger(hours=1), id="retention", **once)
        self._scheduler.start()
        try:
            pause = _FIRST_PAUSE
            while not self._stopping:
                self._wake.clear()
                self.passed_at = asyncio.get_running_loop().time()
                # Whatever it is, a bot that goes on serving its pages must go on working too.
                with GoesOn(log, "work waits: %s") as outcome:
                    await self._work_or_wait()
                    pause = _FIRST_PAUSE
                if outcome.failed:
                    await asyncio.sleep(pause.total_seconds())
                    pause = min(2 * pause, _LONGEST_PAUSE)
        finally:
            unfollow()
            self._scheduler.shutdown(wait=False)
            await self._drain()
            await self.tools.heavy.close()
            await self.tools.fetcher.close()

    def stop(self) -> None:
        """Begin nothing new; `run` returns when what was begun is finished."""
        self._stopping = True
        self._wake.set()

    def break_off(self) -> None:
        """Give up what goes on outside right now: it is over before somebody else takes it on."""
        self._delivering.break_off()
        self.outside.break_off()

    def share(self, holder: str, with_leases: Callable[[Tx], None]) -> None:
        """Do the work of those shards alone that it is told to `take`, under this name."""
        self.leasing.shards = set()
        self.leasing.holder, self.leasing.with_leases = holder, with_leases

    def take(self, shard: int) -> None:
        """Do the work of this shard too, from now on."""
        if self.leasing.shards is not None:
            self.leasing.shards.add(shard)
        self._wake.set()

    def leave(self, shard: int) -> None:
        """Begin nothing more of this shard; what is begun is finished."""
        if self.leasing.shards is not None:
            self.leasing.shards.discard(shard)

    async def run_due(self, early: timedelta = timedelta()) -> int:
        """Lease what is due, begin it, and return how much there was; waits only for room.

        What is due `early` real time from now is leased and prepared too, and waits for its
        instant.
        """
        items = await self._leased(early)
        await self._begin_all(items)
        return len(items)

    async def _work_or_wait(self) -> None:
        items = await self._leased(EARLY)
        if items and self._stopping:  # it was told to while it took them
            await self._give_back(items)
        elif items:
            await self._begin_all(items)
        else:
            await self._plan_wake_up()
            await self._wake.wait()

    async def _leased(self, early: timedelta) -> Sequence[Item]:
        return await self.leasing.take(self.at_once, self._full(), early)

    async def _begin_all(self, items: Sequence[Item]) -> None:
        for item in items:
            self._begin(item)
        if len(self._running) >= 2 * self.at_once:
            tasks = [begun.task for begun in self._running.values()]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    def _full(self) -> frozenset[str]:
        """Return the platforms that have enough to do, so that one does not hold up the others."""
        busy = Counter(work.platform_of(begun.item) for begun in self._running.values())
        most = self.outside.at_once() if busy else {}
        half = self.at_once // 2
        return frozenset(
            name for name, many in busy.items() if name and many >= most.get(name, half)
        )

    async def run_all_due(self) -> None:
        """Do everything that is due now, and what that makes due; for tests and the demo's end."""
        while await self.run_due() or self._running:
            await asyncio.gather(*(begun.task for begun in self._running.values()))

    async def tidy(self) -> None:
        """Forget finished work, old inbox keys, and what of members has had its time."""
        store, now = self.tools.store, self.tools.clock.now()
        await store.run(lambda tx: work.forget_finished(tx, now - KEEP_FINISHED))
        await store.run(lambda tx: inbox.forget(tx, now - inbox.KEEP))
        await store.run(lambda tx: self._expire(tx, now))

    def _expire(self, tx: Tx, now: datetime) -> None:
        for each in self.tools.routes.holdings:
            if each.expire is not None:
                each.expire(tx, now)

    def _changed(self, topic: str) -> None:
        if topic == work.WAKE:
            self._wake.set()

    async def _wake_up(self) -> None:
        # A coroutine, because APScheduler runs plain functions in a thread, and an event of
        # asyncio is not to be set from there.
        self._wake.set()

    async def _plan_wake_up(self) -> None:
        # Who is full goes on when something of theirs ends, which wakes us too.
        at = await self.leasing.next_at(self._full())
        if at is None or self._scheduler is None:
            return
        left = self.tools.seconds_until(at) - EARLY.total_seconds()
        # What is due already could not be taken: its platform has enough to do until one ends.
        wait = max(_SHORTEST_WAIT, min(left, SAFETY_TICK.total_seconds()))
        self._scheduler.add_job(
            self._wake_up,
            DateTrigger(datetime.now(UTC) + timedelta(seconds=wait)),
            id="wake-up",
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def _drain(self) -> None:
        """Finish what was begun; what takes too long is given back, for the next to take on."""
        if not self._running:
            return
        await asyncio.wait(
            [begun.task for begun in self._running.values()], timeout=self.drain.total_seconds()
        )
        left = tuple(self._running.values())
        for begun in left:
            begun.task.cancel()
        if left:
            await asyncio.wait([begun.task for begun in left])
            await self._give_back([begun.item for begun in left])

    async def _give_back(self, items: Sequence[Item]) -> None:
        """Leave leased work to whoever goes on, a moment from now."""
        clock = self.tools.clock
        at = clock.now() + clock.passing(_AFTER_GIVING_BACK)
        try:
            await self.tools.store.run(lambda tx: work.give_back(tx, items, at))
        except PlnError as error:
            trouble(log, f"{len(items)} pieces of work are left to their leases: %s", error)

    def _begin(self, item: Item) -> None:
        before = self._running.get(item.id)
        if item.id in self._early:
            before = None  # its plan is not the plan any more, so it ends without a lease
        task = asyncio.create_task(self._do(item, before), name=f"work {item.kind}")
        self._running[item.id] = Begun(item, task)
        task.add_done_callback(lambda ended: self._ended(item.id, ended))

    def _ended(self, row: int, task: asyncio.Task[None]) -> None:
        begun = self._running.get(row)
        if begun is not None and begun.task is task:
            del self._running[row]

    async def _do(self, item: Item, before: Begun | None) -> None:
        if before is not None:
            # It was planned anew while it ran, and must not overtake itself.
            await asyncio.wait([before.task])
        # Where how it ended could not be written, its lease runs out and it is tried again.
        left = GoesOn(log, f"work {item.kind} is left to its lease: %s")
        with correlated(f"work-{item.id}.{item.attempts}"), left:
            await self._try(item)

    async def _try(self, item: Item) -> None:
        try:
            if item.kind in (outbox.POST, outbox.EDIT):
                await self._delivering.do(item)
            elif item.kind in self.tools.routes.outside_work:
                await self.outside.do(item)
            else:
                await self._handling.do(item)
        except Unavailable as error:
            await self._finishing.again(item, str(error), error.retry_after)
        except Refused as error:
            await self._finishing.refused(item, error)
        except HeavyError as error:
            await self._finishing.failed(item, str(error))
        except Exception as error:
            # One poisoned item must not stop the others; it is tried again and then parked.
            log.exception("work %s failed", item.kind)
            await self._finishing.failed(item, type(error).__name__)
