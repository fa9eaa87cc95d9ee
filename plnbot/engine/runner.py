"""The runner: does due work under leases, and knows when to wake up next.

The work table is the truth. In memory there is one wake-up timer, held by APScheduler, and a coarse
tick for safety; losing both loses nothing.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from plnbot.engine import inbox, outbox, work
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.ports import (
    Clock,
    Delivery,
    Directory,
    Network,
    Outgoing,
    Rejected,
    Retry,
    Sender,
    Sent,
    Unknown,
)
from plnbot.engine.routes import Due, Routes, Showing
from plnbot.engine.work import Item, State
from plnbot.errors import PlnError, Refused, Unavailable
from plnbot.logs import cause, correlated
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Card
from plnbot.talk.happenings import Announced
from plnbot.talk.pages import Attached
from plnbot.talk.words import Message, Translate

log = logging.getLogger(__name__)

BATCH = 200
AT_ONCE = 64
TRIES = 12
SAFETY_TICK = timedelta(seconds=15)
KEEP_FINISHED = timedelta(days=30)
KEEP_INBOX = timedelta(days=7)
SEND_TIMEOUT = timedelta(seconds=30)
DRAIN = timedelta(seconds=8)
_PAUSE_SECONDS = 1.0
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)
_NOT_CONNECTED = timedelta(minutes=1)


def _no_address(_platform: str) -> str:
    return ""


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
    passed_at: float = 0.0
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _running: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _scheduler: AsyncIOScheduler | None = None

    async def run(self) -> None:
        """Work until `stop`; returns when what was begun is finished."""
        unfollow = self.store.follow(self._changed)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        once: dict[str, object] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._wake_up, IntervalTrigger(seconds=15), id="safety", **once)
        self._scheduler.add_job(self.tidy, IntervalTrigger(hours=1), id="retention", **once)
        self._scheduler.start()
        try:
            while not self._stopping:
                self._wake.clear()
                self.passed_at = asyncio.get_running_loop().time()
                try:
                    if not await self.run_due():
                        await self._plan_wake_up()
                        await self._wake.wait()
                except PlnError as error:
                    log.warning("work waits: %s", cause(error))
                    await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            unfollow()
            self._scheduler.shutdown(wait=False)
            if self._running:
                await asyncio.wait(self._running.values(), timeout=DRAIN.total_seconds())

    def stop(self) -> None:
        """Begin nothing new; `run` returns when what was begun is finished."""
        self._stopping = True
        self._wake.set()

    async def run_due(self) -> int:
        """Lease what is due, begin it, and return how much there was; waits only for room."""
        now = self.clock.now()
        room = AT_ONCE - len(self._running)
        until = now + self.clock.passing(work.LEASE)
        items = await self.store.run(lambda tx: work.lease(tx, now, until, min(BATCH, room)))
        for item in items:
            self._begin(item)
        if len(self._running) >= AT_ONCE:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)
        return len(items)

    async def run_all_due(self) -> None:
        """Do everything that is due now, and what that makes due; for tests and the demo's end."""
        while await self.run_due() or self._running:
            await asyncio.gather(*self._running.values())

    async def tidy(self) -> None:
        """Forget finished work and old inbox keys after their time."""
        now = self.clock.now()
        await self.store.run(lambda tx: work.forget_finished(tx, now - KEEP_FINISHED))
        await self.store.run(lambda tx: inbox.forget(tx, now - KEEP_INBOX))

    def _changed(self, topic: str) -> None:
        if topic == work.WAKE:
            self._wake.set()

    async def _wake_up(self) -> None:
        # A coroutine, because APScheduler runs plain functions in a thread, and an event of
        # asyncio is not to be set from there.
        self._wake.set()

    async def _plan_wake_up(self) -> None:
        at = await self.store.read(work.next_at)
        if at is None or self._scheduler is None:
            return
        wait = max(0.0, min(self.clock.real_seconds_until(at), SAFETY_TICK.total_seconds()))
        self._scheduler.add_job(
            self._wake_up,
            DateTrigger(datetime.now(UTC) + timedelta(seconds=wait)),
            id="wake-up",
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def _begin(self, item: Item) -> None:
        begun = self._do(item, self._running.get(item.id))
        task = asyncio.create_task(begun, name=f"work {item.kind}")
        self._running[item.id] = task
        task.add_done_callback(lambda ended: self._ended(item.id, ended))

    def _ended(self, row: int, task: asyncio.Task[None]) -> None:
        if self._running.get(row) is task:
            del self._running[row]

    async def _do(self, item: Item, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            # It was planned anew while it ran, and must not overtake itself.
            await asyncio.wait([before])
        with correlated(f"work-{item.id}.{item.attempts}"):
            if item.attempts == 1:
                self.observer.begun(item.kind, self.clock.now() - item.due_at)
            try:
                await self._try(item)
            except PlnError as error:
                # How it ended could not be written down: its lease runs out and it is tried again.
                log.warning("work %s is left to its lease: %s", item.kind, cause(error))

    async def _try(self, item: Item) -> None:
        try:
            if item.kind in (outbox.POST, outbox.EDIT):
                await self._deliver(item)
            else:
                await self.store.run(lambda tx: self._handle(tx, item))
                self.observer.ended(item.kind, State.DONE)
        except Unavailable as error:
            await self._again(item, str(error), error.retry_after)
        except Refused as error:
            await self._end(item, State.REFUSED, _reason(error))
        except Exception as error:
            # One poisoned item must not stop the others; it is tried again and then parked.
            log.exception("work %s failed", item.kind)
            await self._again(item, type(error).__name__, None)

    def _handle(self, tx: Tx, item: Item) -> None:
        if not work.still_ours(tx, item):
            return
        now = self.clock.now()
        handler = self.routes.work[item.kind]
        work.finish(tx, item, State.DONE, now)
        handler(Due(tx, now, item.due_at, item.payload, self.directory))

    async def _deliver(self, item: Item) -> None:
        prepared = await self.store.run(lambda tx: self._prepare(tx, item))
        if prepared is None:
            return
        outgoing, standing = prepared
        sender = self.senders.get(outgoing.to.platform)
        if sender is None:
            await self._wait_for(outgoing.to.platform, item)
            return
        delivery = await self._send(sender, outgoing, item)
        self.observer.sent(sender.platform, type(delivery).__name__.lower())
        match delivery:
            case Sent(ref=ref):
                await self.store.run(lambda tx: self._sent(tx, item, standing, ref))
                self.observer.ended(item.kind, State.DONE)
            case Retry(reason=reason, after=after):
                await self._again(item, reason, after)
            case Unknown(reason=reason):
                await self._again(item, reason, None)
            case Rejected(reason=reason):
                await self._end(item, State.REFUSED, reason)

    async def _send(self, sender: Sender, outgoing: Outgoing, item: Item) -> Delivery:
        try:
            async with asyncio.timeout(SEND_TIMEOUT.total_seconds()):
                # An earlier attempt may have arrived although we never learnt of it.
                if item.attempts > 1 and not outgoing.edits:
                    there = await sender.find(outgoing)
                    if there is not None:
                        return there
                return await sender.send(outgoing)
        except TimeoutError:
            return Unknown("no answer in time")

    def _prepare(self, tx: Tx, item: Item) -> tuple[Outgoing, outbox.Post] | None:
        if not work.still_ours(tx, item):
            return None
        now = self.clock.now()
        standing = self._wanted(tx, item)
        made = self._made(tx, standing, now) if standing else None
        if standing is None or made is None:
            work.finish(tx, item, State.DONE, now, "nothing to show any more")
            return None
        showing, shown = made
        file = shown.file if isinstance(shown, Attached) else None
        outgoing = Outgoing(
            item.key,
            standing.to,
            shown if isinstance(shown, Card) else shown.card,
            showing.t.locale,
            self._zone(tx, standing),
            standing.ref,
            None if standing.ref else file,
            bool(standing.args.get(outbox.BESIDE)),
            str(standing.args.get(outbox.THREAD, "")),
            shown.happening if isinstance(shown, Announced) else None,
        )
        return outgoing, standing

    def _made(
        self, tx: Tx, standing: outbox.Post, now: datetime
    ) -> tuple[Showing, Card | Attached | Announced] | None:
        showing = self._showing(tx, standing, now)
        card = self.routes.cards[standing.card](showing, standing.args) if showing else None
        return (showing, card) if showing and card else None

    def _wanted(self, tx: Tx, item: Item) -> outbox.Post | None:
        if item.kind == outbox.EDIT:
            return outbox.by_key(tx, str(item.payload["post"]))
        args = item.payload["args"]
        if item.network is None or not isinstance(args, dict):
            return None
        to = outbox.unpacked(item.payload["to"])
        if item.payload["under"]:
            above = outbox.by_key(tx, str(item.payload["under"]))
            if above is None or not isinstance(above.to, Place):
                return None
            to = above.to.in_thread(above.ref)
        return outbox.Post(item.key, item.network, to, str(item.payload["card"]), args, "")

    def _showing(self, tx: Tx, standing: outbox.Post, now: datetime) -> Showing | None:
        network = self._network(tx, standing)
        if network is None:
            return None
        locale = network.locale
        if isinstance(standing.to, MemberRef):
            reader = self.directory.known(tx, standing.to)
            locale = reader.locale if reader else locale
        address = self.address(standing.to.platform)
        return Showing(tx, now, network, Translate(locale), standing.to, self.directory, address)

    def _network(self, tx: Tx, standing: outbox.Post) -> Network | None:
        to = standing.to
        network = self.directory.network_of(tx, Place(to.platform, to.workspace, ""))
        # A workspace that moved to another network gets nothing of its old one.
        return network if network and network.id == standing.network else None

    def _zone(self, tx: Tx, standing: outbox.Post) -> str:
        if isinstance(standing.to, MemberRef):
            reader = self.directory.known(tx, standing.to)
            if reader:
                return reader.zone
        network = self._network(tx, standing)
        return network.zone if network else "UTC"

    def _sent(self, tx: Tx, item: Item, standing: outbox.Post, ref: str) -> None:
        now = self.clock.now()
        if item.kind == outbox.POST and outbox.by_key(tx, item.key) is None:
            sent = outbox.Post(
                item.key, standing.network, standing.to, standing.card, standing.args, ref
            )
            outbox.record(tx, sent, now)
        work.finish(tx, item, State.DONE, now)

    async def _again(self, item: Item, reason: str, after: timedelta | None) -> None:
        if item.attempts >= TRIES:
            await self._end(item, State.PARKED, reason)
            return
        at = self.clock.now() + self.clock.passing(after or self._back_off(item.attempts))
        await self.store.run(lambda tx: work.again(tx, item, at, reason))
        self.observer.ended(item.kind, "again")

    async def _wait_for(self, platform: str, item: Item) -> None:
        at = self.clock.now() + self.clock.passing(_NOT_CONNECTED)
        reason = f"{platform} is not connected"
        await self.store.run(lambda tx: work.again(tx, item, at, reason, counts=False))

    def _back_off(self, attempts: int) -> timedelta:
        longest: timedelta = min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT)
        return longest * self.chance.uniform(0.5, 1.0)

    async def _end(self, item: Item, state: State, reason: str) -> None:
        now = self.clock.now()
        log.warning("work %s ended as %s: %s", item.kind, state, reason)

        def end(tx: Tx) -> None:
            ended = work.finish(tx, item, state, now, reason)
            if ended and item.kind == outbox.POST and state is State.REFUSED:
                due = Due(tx, now, item.due_at, item.payload, self.directory)
                for tell in self.routes.refused:
                    tell(due, reason)

        await self.store.run(end)
        self.observer.ended(item.kind, state)


def _reason(refused: Refused) -> str:
    """Return the sentence without what was filled into it: reasons are kept and logged."""
    said = refused.message
    return said.source if isinstance(said, Message) else type(refused).__name__
