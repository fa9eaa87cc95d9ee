"""Cards on their way: made in one transaction, sent outside it, and recorded in another."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine import hearing_first, outbox, restoration, work
from plnbot.engine.batch import Batcher, fails_alone
from plnbot.engine.card_maker import CardMaker, OutgoingLater
from plnbot.engine.ports import Delivery, Outgoing, Rejected, Retry, Sender, Sent, Unknown
from plnbot.engine.runner.early import Early
from plnbot.engine.runner.finishing import Finishing
from plnbot.engine.runner.tools import BATCH, Tools
from plnbot.engine.work import Item, WorkState
from plnbot.store.database import Tx
from plnbot.values import dataclass

log = logging.getLogger(__name__)

JUST_BEFORE = timedelta(milliseconds=50)
SEND_TIMEOUT = timedelta(seconds=30)
SENT_AGAIN = "sent again after a lost reply: it may stand there twice"
_NOT_CONNECTED = timedelta(minutes=1)
_AFTER_ITS_POST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A card made to be sent. `unsure` says that an earlier attempt may have arrived."""

    item: Item
    outgoing: Outgoing | OutgoingLater
    standing: outbox.Post
    sender: Sender
    unsure: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """A post that stands there now; `reason` says what an operator should know of it."""

    prepared: Prepared
    ref: str
    reason: str


class Delivering:
    """Makes, sends and records posts and their edits."""

    def __init__(self, tools: Tools, early: Early, finishing: Finishing) -> None:
        self._tools, self._early, self._finishing = tools, early, finishing
        self._prepared = Batcher(tools.run, self._prepare, most=BATCH, at_once=4)
        self._held = Batcher(tools.read, self._ours, most=BATCH, at_once=2)
        self._recorded = Batcher(tools.run, self._sent, most=BATCH, at_once=2)
        self._sending: set[asyncio.Timeout] = set()

    def break_off(self) -> None:
        """Give up what is being sent right now."""
        for each in self._sending:
            if not each.expired():
                each.reschedule(asyncio.get_running_loop().time())

    async def do(self, item: Item) -> None:
        """Send a post or an edit at its instant, and write down what became of it."""
        prepared = await self._prepared(item)
        if prepared is None:
            return
        outgoing = await self._made(prepared.outgoing)
        if not await self._still_wanted(item):
            return
        observer = self._tools.observer
        if item.attempts == 1:
            observer.begun(item.kind, self._tools.clock.now() - item.due_at)
        delivery, doubtful = await self._send(prepared, outgoing)
        observer.sent(prepared.sender.platform, type(delivery).__name__.lower())
        match delivery:
            case Sent(ref=ref):
                arrived = Arrived(prepared, ref, SENT_AGAIN if doubtful else "")
                await self._finishing.written(lambda: self._recorded(arrived))
                observer.ended(item.kind, WorkState.DONE)
            case Retry(reason=reason, after=after):
                await self._finishing.again(item, reason, after, unsure=doubtful)
            case Unknown(reason=reason):
                await self._finishing.again(item, reason, None, sent=True)
            case Rejected(reason=reason):
                await self._finishing.end(item, WorkState.REFUSED, reason)

    async def _made(self, outgoing: Outgoing | OutgoingLater) -> Outgoing:
        """Make what takes long outside the transaction that prepared it."""
        if isinstance(outgoing, Outgoing):
            return outgoing
        given = await self._tools.read(outgoing.card.read)
        return await asyncio.to_thread(outgoing.made, given)

    async def _still_wanted(self, item: Item) -> bool:
        """Wait until a post is to go out; return whether its lease held right before."""
        left = self._tools.seconds_until(item.run_at)
        if left <= 0:
            return True
        with self._early.waiting(item):
            held = await self._held.at(item.run_at, left - JUST_BEFORE.total_seconds(), item)
            await self._early.instant(item.run_at)
        return held

    def _ours(self, tx: Tx, items: Sequence[Item]) -> list[bool]:
        held = work.ours(tx, items)
        return [item.id in held for item in items]

    async def _send(self, prepared: Prepared, outgoing: Outgoing) -> tuple[Delivery, bool]:
        """Return how it went, and whether it may stand there from an earlier attempt besides."""
        doubtful = False
        try:
            async with self._in_time():
                if prepared.unsure:
                    there = await prepared.sender.find(outgoing)
                    if isinstance(there, Sent):
                        return there, False
                    if there is None and (left := self._may_yet_stand(prepared)):
                        return Retry("it may yet come to stand", left), True
                    doubtful = isinstance(there, Unknown)
                if doubtful:
                    log.warning("work %s is %s", prepared.item.kind, SENT_AGAIN)
                return await prepared.sender.send(outgoing), doubtful
        except TimeoutError:
            return Unknown("no answer in time"), doubtful

    def _may_yet_stand(self, prepared: Prepared) -> timedelta | None:
        """Return how long to wait before it is certain that what was sent does not stand anywhere."""
        sent_at, clock = prepared.item.sent_at, self._tools.clock
        if sent_at is None:
            return None
        left = clock.real_seconds_until(sent_at + clock.passing(prepared.sender.settles))
        return timedelta(seconds=left) if left > 0 else None

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
        now = max(self._tools.clock.now(), *(item.run_at for item in items))
        until = self._tools.leased_until(now)
        posts = [item for item in items if item.kind == outbox.POST]
        edits = [item for item in items if item.kind != outbox.POST]
        held = work.about_to_send(tx, posts, now, until, unsure=True)
        held |= work.about_to_send(tx, edits, now, until, unsure=False)
        there = outbox.standing(tx, [item.key for item in posts])
        tools = self._tools
        maker = CardMaker(tools.routes, tools.directory, tools.address)
        prepared: list[Prepared | None] = []
        for item in items:
            with fails_alone(items):
                made = None
                if item.key in there:
                    work.finish(tx, item, WorkState.DONE, now, "it stands already")
                elif item.id in held:
                    made = self._prepare_one(tx, maker, item, now)
                prepared.append(made)
        return prepared

    def _prepare_one(self, tx: Tx, maker: CardMaker, item: Item, now: datetime) -> Prepared | None:
        tools = self._tools
        if hearing_first.waits(tx, tools.routes, item, now):
            at = now + tools.clock.passing(hearing_first.LOOKS_AGAIN)
            work.again(tx, item, at, "what was said is read first", tried=False, unsure=item.unsure)
            return None
        made = maker.outgoing(tx, item, now)
        if made is None:
            self._nothing_to_show(tx, item, now)
            return None
        outgoing, standing = made
        sender = tools.senders.get(standing.to.platform)
        if sender is None:
            at = now + tools.clock.passing(_NOT_CONNECTED)
            reason = f"{standing.to.platform} is not connected"
            work.again(tx, item, at, reason, tried=False, unsure=item.unsure)
            return None
        posts = item.kind == outbox.POST
        if posts and item.due_at <= tools.restored_at and not sender.finds:
            work.finish(tx, item, WorkState.PARKED, now, restoration.HELD)
            return None
        looked_for = item.due_at <= tools.restored_at + restoration.LOOKED_FOR
        return Prepared(item, outgoing, standing, sender, posts and (item.unsure or looked_for))

    def _nothing_to_show(self, tx: Tx, item: Item, now: datetime) -> None:
        key = str(item.payload.get("post", ""))
        if item.kind == outbox.EDIT and outbox.on_its_way(tx, [key]):
            # It overtook its post, which may show what was true before.
            at = now + self._tools.clock.passing(_AFTER_ITS_POST)
            work.again(tx, item, at, "its post is on its way", tried=False, unsure=False)
            return
        work.finish(tx, item, WorkState.DONE, now, "nothing to show any more")

    def _sent(self, tx: Tx, arrived: Sequence[Arrived]) -> list[None]:
        now = self._tools.clock.now()
        new = [
            replace(each.prepared.standing, ref=each.ref)
            for each in arrived
            if each.prepared.item.kind == outbox.POST
        ]
        outbox.record(tx, new, now)
        for reason in {each.reason for each in arrived}:
            items = [each.prepared.item for each in arrived if each.reason == reason]
            work.finish_all(tx, items, WorkState.DONE, now, reason)
        for each in arrived:
            told = self._tools.routes.posts_ended.get(each.prepared.standing.card)
            if told is not None:
                told(tx, replace(each.prepared.standing, ref=each.ref), now)
        return [None] * len(arrived)
