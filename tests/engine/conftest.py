"""A runner on a real database, with a platform that keeps what it is sent."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from plnbot.engine import outbox, work
from plnbot.engine.outbox import Args, Post
from plnbot.engine.ports import Delivery, Destination, Network, Outgoing, Sent, Unknown
from plnbot.engine.routes import Routes, Showing
from plnbot.engine.runner import Runner, Tools
from plnbot.engine.store import work as work_table
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Card
from plnbot.talk.text import verbatim
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender, seeded_random
from tests.engine.errands import Errand

ROOM = Place("test", "w", "room")
HALL = Place("test", "w", "hall")


async def nothing_else(_outgoing: Outgoing) -> None:
    """Let nothing happen meanwhile."""


@dataclass(slots=True)
class Platform(RecordingSender):
    """A platform that keeps every attempt too, and can lose its reply or take its time."""

    tried: list[str] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    loses_reply_to: set[str] = field(default_factory=set)
    meanwhile: Callable[[Outgoing], Awaitable[None]] = nothing_else
    shows_late: bool = False  # what was posted is not to be found yet

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Keep it as `RecordingSender` does, after whatever happens meanwhile."""
        self.tried.append(outgoing.key)
        await self.meanwhile(outgoing)
        delivery = await RecordingSender.send(self, outgoing)
        if outgoing.key in self.loses_reply_to:
            self.loses_reply_to.remove(outgoing.key)
            return Unknown("the reply was lost")
        return delivery

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Look as `RecordingSender` does, and keep that it was asked."""
        self.looked_for.append(outgoing.key)
        return None if self.shows_late else await RecordingSender.find(self, outgoing)

    @property
    def shown(self) -> list[str]:
        """The titles that arrived, in order."""
        return [each.card.title.bare() for each in self.sent]


@dataclass(slots=True)
class House:
    """One network with a room and a hall. A card shows what `truth` holds when it is made."""

    store: Store
    clock: FrozenClock
    routes: Routes
    runner: Runner
    platform: Platform
    network: Network
    truth: dict[str, str] = field(default_factory=dict)

    @property
    def tools(self) -> Tools:
        """What its runner works with."""
        return self.runner.tools

    async def post(
        self, key: str, *, to: Destination = ROOM, after: timedelta = timedelta(), under: str = ""
    ) -> bool:
        """Have a card posted `after` some time."""
        args: Args = {"key": key}
        at = self.clock.now() + after
        network = self.network.id

        def post(tx: Tx) -> bool:
            if isinstance(to, MemberRef):
                return outbox.write_to(tx, network, to, "shows", args, key=key, at=at)
            return outbox.Posting(tx, network, to, at).post("shows", args, key=key, under=under)

        return await self.store.run(post)

    async def plan(self, kind: str, key: str, at: datetime | None = None) -> None:
        """Plan a piece of work, for now unless told otherwise."""
        when = at or self.clock.now()
        await self.store.run(lambda tx: work.add(tx, kind, key, when, {"key": key}))

    async def refresh(self, key: str, truth: str) -> None:
        """Change what a card shows and have it shown anew."""
        now = self.clock.now()
        self.truth[key] = truth
        await self.store.run(lambda tx: outbox.refresh(tx, key, now))

    async def after(self, time: timedelta) -> None:
        """Let time pass, and do all that is due then."""
        self.clock.advance(time)
        await self.runner.run_all_due()

    async def ended(self, key: str) -> tuple[str, str]:
        """Return the state of a piece of work and the reason for it."""
        query = select(work_table.c.state, work_table.c.reason).where(work_table.c.key == key)
        row = await self.store.read(lambda tx: tx.execute(query).one())
        return row.state, row.reason

    async def standing(self, key: str) -> Post | None:
        """Return where a post stands."""
        return await self.store.read(lambda tx: outbox.by_key(tx, key))


async def until(look: Callable[[], bool]) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(60):
        while not look():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.02)


@pytest.fixture
async def house(store: Store, clock: FrozenClock) -> House:
    """Build a house on the test's own database."""
    now = clock.now()
    network = await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    routes, platform = Routes(), Platform()
    tools = Tools(store, clock, routes, Members(), {"test": platform}, seeded_random())
    runner = Runner(tools)
    built = House(store, clock, routes, runner, platform, network)

    @routes.card("shows")
    def shows(_showing: Showing, args: Args) -> Card | None:
        key = str(args["key"])
        said = built.truth.get(key, key)
        return Card(verbatim(said)) if said else None

    return built


@pytest.fixture
async def errand(house: House) -> Errand:
    """Declare errands; what follows one is done too."""
    house.runner.outside.look = timedelta(milliseconds=20)
    errand = Errand(house)
    house.tools.heavy = HeavyHere()
    house.routes.outside(errand.declared)
    house.routes.when_due("follows")(lambda _due: errand.happened.append("follows"))
    house.store.follow(lambda topic: errand.ended.set() if topic == "ended" else None)
    return errand
