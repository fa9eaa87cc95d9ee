"""The runner: does due work under leases, and knows when to wake up next.

The work table is the truth. In memory there is one wake-up timer, held by APScheduler, and a coarse
tick for safety; losing both loses nothing.
"""

import asyncio
import contextlib
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from plnbot.engine import inbox, outbox, restoration, work
from plnbot.engine.instants import Instants
from plnbot.engine.making import Maker
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.ports import (
    Clock,
    Delivery,
    Directory,
    Outgoing,
    Rejected,
    Retry,
    Sender,
    Sent,
    Unknown,
)
from plnbot.engine.posts import refused
from plnbot.engine.routes import Due, Routes
from plnbot.engine.together import Apart, Together
from plnbot.engine.work import Item, State
from plnbot.errors import PlnError, Refused, Unavailable
from plnbot.logs import correlated, trouble
from plnbot.store.database import Done, Store, Tx, Unit
from plnbot.talk.words import Message

log = logging.getLogger(__name__)

BATCH = 100
AT_ONCE = 2_000
EARLY = timedelta(seconds=2)
JUST_BEFORE = timedelta(milliseconds=50)
TRIES = 12
KEEP_TRYING = timedelta(days=3)
SAFETY_TICK = timedelta(seconds=15)
KEEP_FINISHED = timedelta(days=30)
KEEP_INBOX = timedelta(days=7)
SEND_TIMEOUT = timedelta(seconds=30)
DRAIN = timedelta(seconds=8)
RECORD_PAUSE = timedelta(seconds=1)
SENT_AGAIN = "sent again after a lost reply: it may stand there twice"
_SHORTEST_WAIT = 0.05
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(seconds=5)
_AFTER_GIVING_BACK = timedelta(seconds=5)
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)
_NOT_CONNECTED = timedelta(minutes=1)


def _no_address(_platform: str) -> str:
    return ""


def _nothing(_tx: Tx) -> None:
    return


@dataclass(frozen=True, slots=True)
class Begun:
    """A piece of work, and the task that does it."""

    item: Item
    task: asyncio.Task[None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A card made to be sent. `unsure` says that an earlier attempt may have arrived."""

    item: Item
    outgoing: Outgoing
    standing: outbox.Post
    sender: Sender
    unsure: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """A post that stands there now; `reason` says what an operator should know of it."""

    prepared: Prepared
    ref: str
    reason: str


@dataclass(slots=True)
class Runner:
    """Runs due work until stopped."""

    store: Store
    clock: Clock
    routes: Routes
    directory: Directory
    senders: dict[str, Sender]
    chance: random.Random
    address: Callable[[str], str] = _no_address
    observer: Observer = UNOBSERVED
    drain: timedelta = DRAIN
    lease: timedelta = work.LEASE
    at_once: int = AT_ONCE
    shards: set[int] | None = None
    holder: str = ""
    with_leases: Callable[[Tx], None] = _nothing
    passed_at: float = 0.0
    restored_at: datetime = restoration.NEVER
    _instants: Instants = field(init=False)
    _handled: Together[Item, datetime] = field(init=False)
    _prepared: Together[Item, Prepared | None] = field(init=False)
    _held: Together[Item, bool] = field(init=False)
    _recorded: Together[Arrived, None] = field(init=False)
    _unheard: tuple[Item, ...] = ()
    _early: dict[int, int] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _sending: set[asyncio.Timeout] = field(default_factory=set)
    _stopping: bool = False
    _running: dict[int, Begun] = field(default_factory=dict)
    _scheduler: AsyncIOScheduler | None = None

    def __post_init__(self) -> None:
        self._instants = Instants(self._seconds_until)
        self._handled = Together(self._run, self._handle, most=BATCH, at_once=4)
        self._prepared = Together(self._run, self._prepare, most=BATCH, at_once=4)
        self._held = Together(self._read, self._ours, most=BATCH, at_once=2)
        self._recorded = Together(self._run, self._sent, most=BATCH, at_once=2)

    def _seconds_until(self, at: datetime) -> float:
        return self.clock.real_seconds_until(at)

    async def _run(self, unit: Unit[Done]) -> Done:
        return await self.store.run(unit)

    async def _read(self, unit: Unit[Done]) -> Done:
        return await self.store.read(unit)

    async def run(self) -> None:
        """Work until `stop`; returns when what was begun is finished."""
        unfollow = self.store.follow(self._changed)
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
                try:
                    if not await self.run_due(early=EARLY):
                        await self._plan_wake_up()
                        await self._wake.wait()
                    pause = _FIRST_PAUSE
                except Exception as error:  # noqa: BLE001 - it is told in the log
                    # Whatever it is, a bot that goes on serving its pages must go on working too.
                    trouble(log, "work waits: %s", error)
                    await asyncio.sleep(pause.total_seconds())
                    pause = min(2 * pause, _LONGEST_PAUSE)
        finally:
            unfollow()
            self._scheduler.shutdown(wait=False)
            await self._drain()

    def stop(self) -> None:
        """Begin nothing new; `run` returns when what was begun is finished."""
        self._stopping = True
        self._wake.set()

    def break_off(self) -> None:
        """Give up what is being sent right now, so that it is over before somebody else takes it on."""
        for each in self._sending:
            if not each.expired():
                each.reschedule(asyncio.get_running_loop().time())

    def take(self, shard: int) -> None:
        """Do the work of this shard too, from now on."""
        if self.shards is not None:
            self.shards.add(shard)
        self._wake.set()

    def leave(self, shard: int) -> None:
        """Begin nothing more of this shard; what is begun is finished."""
        if self.shards is not None:
            self.shards.discard(shard)

    async def run_due(self, early: timedelta = timedelta()) -> int:
        """Lease what is due, begin it, and return how much there was; waits only for room.

        What is due `early` real time from now is leased and prepared too, and waits for its
        instant.
        """
        now = self.clock.now()
        by = now + self.clock.passing(early)
        until = now + self.clock.passing(self.lease)
        full, most, shards = self._full(), min(BATCH, self.at_once), self._held_shards()

        def take(tx: Tx) -> tuple[Item, ...]:
            # The reply to a commit may be lost, for long; then the leases taken before stand.
            before = work.taken_before(tx, self._unheard) if self._unheard else ()
            self._unheard = before or work.lease(
                tx, by, until, most, without=full, shards=shards, holder=self.holder
            )
            if self._unheard:
                self.with_leases(tx)
            return self._unheard

        items = await self.store.run(take)
        self._unheard = ()
        for item in items:
            self._begin(item)
        if len(self._running) >= 2 * self.at_once:
            tasks = [begun.task for begun in self._running.values()]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return len(items)

    def _held_shards(self) -> frozenset[int] | None:
        return None if self.shards is None else frozenset(self.shards)

    def _full(self) -> frozenset[str]:
        """Return the platforms that have enough to do, so that one does not hold up the others."""
        busy = Counter(work.platform_of(begun.item) for begun in self._running.values())
        return frozenset(name for name, many in busy.items() if name and many >= self.at_once // 2)

    async def run_all_due(self) -> None:
        """Do everything that is due now, and what that makes due; for tests and the demo's end."""
        while await self.run_due() or self._running:
            await asyncio.gather(*(begun.task for begun in self._running.values()))

    async def tidy(self) -> None:
        """Forget finished work, old inbox keys, and what of members has had its time."""
        now = self.clock.now()
        await self.store.run(lambda tx: work.forget_finished(tx, now - KEEP_FINISHED))
        await self.store.run(lambda tx: inbox.forget(tx, now - KEEP_INBOX))
        await self.store.run(lambda tx: self._expire(tx, now))

    def _expire(self, tx: Tx, now: datetime) -> None:
        for each in self.routes.holdings:
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
        full = self._full()  # these go on when something of theirs ends, which wakes us too
        shards = self._held_shards()
        at = await self.store.read(lambda tx: work.next_at(tx, without=full, shards=shards))
        if at is None or self._scheduler is None:
            return
        left = self.clock.real_seconds_until(at) - EARLY.total_seconds()
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
            items = [begun.item for begun in left]
            at = self.clock.now() + self.clock.passing(_AFTER_GIVING_BACK)
            try:
                await self.store.run(lambda tx: work.give_back(tx, items, at))
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
        with correlated(f"work-{item.id}.{item.attempts}"):
            try:
                await self._try(item)
            except Exception as error:  # noqa: BLE001 - it is told in the log
                # How it ended could not be written: its lease runs out and it is tried again.
                trouble(log, f"work {item.kind} is left to its lease: %s", error)

    async def _try(self, item: Item) -> None:
        try:
            if item.kind in (outbox.POST, outbox.EDIT):
                await self._deliver(item)
            else:
                await self._work(item)
                self.observer.ended(item.kind, State.DONE)
        except Unavailable as error:
            await self._again(item, str(error), error.retry_after)
        except Refused as error:
            await self._end(item, State.REFUSED, _reason(error))
        except Exception as error:
            # One poisoned item must not stop the others; it is tried again and then parked.
            log.exception("work %s failed", item.kind)
            await self._failed(item, type(error).__name__)

    async def _work(self, item: Item) -> None:
        left = self.clock.real_seconds_until(item.run_at)
        if left > 0:
            with self._waiting_early(item):
                at = await self._handled.at(item.run_at, left, item)
        else:
            at = await self._handled(item)
        self._note_begin(item, at)

    async def _still_wanted(self, item: Item) -> bool:
        """Wait until a post is to go out; return whether its lease held right before."""
        left = self.clock.real_seconds_until(item.run_at)
        if left <= 0:
            return True
        with self._waiting_early(item):
            held = await self._held.at(item.run_at, left - JUST_BEFORE.total_seconds(), item)
            await self._instants.wait(item.run_at)
        return held

    @contextlib.contextmanager
    def _waiting_early(self, item: Item) -> Iterator[None]:
        self._early[item.id] = item.fence
        try:
            yield
        finally:
            if self._early.get(item.id) == item.fence:
                del self._early[item.id]

    def _note_begin(self, item: Item, at: datetime) -> None:
        if item.attempts == 1:
            self.observer.begun(item.kind, at - item.due_at)

    def _handle(self, tx: Tx, items: Sequence[Item]) -> list[datetime]:
        """Do work whose lease holds; return when each began."""
        now = max(self.clock.now(), *(item.run_at for item in items))
        held = work.finish_all(tx, items, State.DONE, now)
        for item in items:
            if item.id in held:
                with _together_with(items):
                    self._handle_one(tx, item, now)
        return [now] * len(items)

    def _handle_one(self, tx: Tx, item: Item, now: datetime) -> None:
        handler = self.routes.work[item.kind]
        from_before = item.due_at <= self.restored_at
        newest = restoration.newest_work(tx) if from_before else 0
        handler(Due(tx, now, item.due_at, item.payload, self.directory, self.routes))
        if from_before:
            restoration.follows_from_before(tx, newest, now, self.restored_at)

    def _ours(self, tx: Tx, items: Sequence[Item]) -> list[bool]:
        held = work.ours(tx, items)
        return [item.id in held for item in items]

    async def _deliver(self, item: Item) -> None:
        prepared = await self._prepared(item)
        if prepared is None or not await self._still_wanted(item):
            return
        self._note_begin(item, self.clock.now())
        delivery, doubtful = await self._send(prepared)
        self.observer.sent(prepared.sender.platform, type(delivery).__name__.lower())
        match delivery:
            case Sent(ref=ref):
                arrived = Arrived(prepared, ref, SENT_AGAIN if doubtful else "")
                await self._written(lambda: self._recorded(arrived))
                self.observer.ended(item.kind, State.DONE)
            case Retry(reason=reason, after=after):
                await self._again(item, reason, after, unsure=doubtful)
            case Unknown(reason=reason):
                await self._again(item, reason, None)
            case Rejected(reason=reason):
                await self._end(item, State.REFUSED, reason)

    async def _send(self, prepared: Prepared) -> tuple[Delivery, bool]:
        """Return how it went, and whether it may stand there from an earlier attempt besides."""
        outgoing, doubtful = prepared.outgoing, False
        try:
            async with self._in_time():
                if prepared.unsure:
                    there = await prepared.sender.find(outgoing)
                    if isinstance(there, Sent):
                        return there, False
                    doubtful = isinstance(there, Unknown)
                if doubtful:
                    log.warning("work %s is %s", prepared.item.kind, SENT_AGAIN)
                return await prepared.sender.send(outgoing), doubtful
        except TimeoutError:
            return Unknown("no answer in time"), doubtful

    @contextlib.asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Raise `TimeoutError` where a platform takes too long, or the block is broken off."""
        async with asyncio.timeout(SEND_TIMEOUT.total_seconds()) as limit:
            self._sending.add(limit)
            try:
                yield
            finally:
                self._sending.discard(limit)

    def _prepare(self, tx: Tx, items: Sequence[Item]) -> list[Prepared | None]:
        """Make what the posts show. What changes from here on is shown by an edit, as they run."""
        now = max(self.clock.now(), *(item.run_at for item in items))
        until = now + self.clock.passing(self.lease)
        posts = [item for item in items if item.kind == outbox.POST]
        edits = [item for item in items if item.kind != outbox.POST]
        held = work.about_to_send(tx, posts, until, unsure=True)
        held |= work.about_to_send(tx, edits, until, unsure=False)
        there = outbox.standing(tx, [item.key for item in posts])
        prepared: list[Prepared | None] = []
        for item in items:
            with _together_with(items):
                made = None
                if item.key in there:
                    work.finish(tx, item, State.DONE, now, "it stands already")
                elif item.id in held:
                    made = self._prepare_one(tx, item, now)
                prepared.append(made)
        return prepared

    def _prepare_one(self, tx: Tx, item: Item, now: datetime) -> Prepared | None:
        made = Maker(self.routes, self.directory, self.address).outgoing(tx, item, now)
        if made is None:
            work.finish(tx, item, State.DONE, now, "nothing to show any more")
            return None
        outgoing, standing = made
        sender = self.senders.get(standing.to.platform)
        if sender is None:
            at = now + self.clock.passing(_NOT_CONNECTED)
            reason = f"{standing.to.platform} is not connected"
            work.again(tx, item, at, reason, tried=False, unsure=item.unsure)
            return None
        posts = item.kind == outbox.POST
        if posts and item.due_at <= self.restored_at and not sender.finds:
            work.finish(tx, item, State.PARKED, now, restoration.HELD)
            return None
        looked_for = item.due_at <= self.restored_at + restoration.LOOKED_FOR
        return Prepared(item, outgoing, standing, sender, posts and (item.unsure or looked_for))

    def _sent(self, tx: Tx, arrived: Sequence[Arrived]) -> list[None]:
        now = self.clock.now()
        new = [
            replace(each.prepared.standing, ref=each.ref)
            for each in arrived
            if each.prepared.item.kind == outbox.POST
        ]
        outbox.record(tx, new, now)
        for reason in {each.reason for each in arrived}:
            items = [each.prepared.item for each in arrived if each.reason == reason]
            work.finish_all(tx, items, State.DONE, now, reason)
        return [None] * len(arrived)

    async def _again(
        self, item: Item, reason: str, after: timedelta | None, *, unsure: bool = True
    ) -> None:
        """Try again when told, or after a while: the other side is in trouble, for hours perhaps."""
        now = self.clock.now()
        if now - item.due_at > KEEP_TRYING:
            await self._end(item, State.PARKED, reason)
            return
        at = now + self.clock.passing(after or self._out_of_reach(item, now))
        await self._record(lambda tx: work.again(tx, item, at, reason, unsure=unsure))
        self.observer.ended(item.kind, "again")

    async def _failed(self, item: Item, reason: str) -> None:
        """Try again a few times what ended in an error of our own, and then park it."""
        if item.failures + 1 >= TRIES:
            await self._end(item, State.PARKED, reason)
            return
        at = self.clock.now() + self.clock.passing(self._back_off(item.failures + 1))
        await self._record(lambda tx: work.again(tx, item, at, reason, failed=True))
        self.observer.ended(item.kind, "again")

    def _out_of_reach(self, item: Item, now: datetime) -> timedelta:
        # Never much longer than a tenth of what it has waited: a chat goes on soon after an outage.
        tenth = max(_FIRST_WAIT, (now - item.due_at) / 10)
        return min(self._back_off(item.attempts), tenth)

    def _back_off(self, attempts: int) -> timedelta:
        longest: timedelta = min(_FIRST_WAIT * 2 ** min(attempts - 1, 20), _LONGEST_WAIT)
        return longest * self.chance.uniform(0.5, 1.0)

    async def _end(self, item: Item, state: State, reason: str) -> None:
        now = self.clock.now()
        log.warning("work %s ended as %s: %s", item.kind, state, reason)

        def end(tx: Tx) -> None:
            ended = work.finish(tx, item, state, now, reason)
            if ended and item.kind == outbox.POST and state is State.REFUSED:
                refused(self.routes.posts, tx, item.payload, reason, now)

        await self._record(end)
        self.observer.ended(item.kind, state)

    async def _record(self, unit: Callable[[Tx], object]) -> None:
        await self._written(lambda: self.store.run(unit))

    async def _written(self, write: Callable[[], Awaitable[object]]) -> None:
        """Write down how an attempt ended, as soon as the database lets us, within the lease."""
        for tries_left in reversed(range(int(self.lease / RECORD_PAUSE))):
            try:
                await write()
            except Unavailable:
                if not tries_left:
                    raise
                await asyncio.sleep(RECORD_PAUSE.total_seconds())
            else:
                return


@contextlib.contextmanager
def _together_with(items: Sequence[Item]) -> Iterator[None]:
    """Let one that fails among several fail in a unit of its own, where it harms no other."""
    try:
        yield
    except Exception as error:
        if len(items) > 1:
            raise Apart from error
        raise


def _reason(refused: Refused) -> str:
    """Return the sentence without what was filled into it: reasons are kept and logged."""
    said = refused.message
    return said.source if isinstance(said, Message) else type(refused).__name__
