"""One process of a cluster: takes in what it is handed, and does its part of the work."""

import asyncio
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from plnbot import capabilities
from plnbot.engine.clock import RehearsalClock
from plnbot.engine.cluster import Cluster
from plnbot.engine.desk import TheDesk
from plnbot.engine.looking import Looks
from plnbot.engine.runner import Runner, Tools
from plnbot.members.actions import Members, SignInLinks
from plnbot.store.postgresql import PostgresqlStore
from tests.faults.bot import Death, LoopbackSender

STOP = "stop"


@dataclass(frozen=True, slots=True)
class Membership:
    """What a process of the cluster is given."""

    url: str
    port: int
    number: int
    rate: float
    shown_at: datetime
    real_at: datetime
    lease: timedelta
    patience: timedelta

    @property
    def clock(self) -> RehearsalClock:
        """The clock that all of them share."""
        return RehearsalClock(self.rate, self.shown_at, self.real_at)


def be_member(membership: Membership, line: Connection) -> None:
    """Live until told to stop; each interaction's key is sent back once it has been taken in."""
    asyncio.run(_live(membership, line))


async def _live(membership: Membership, line: Connection) -> None:
    store, clock = PostgresqlStore(membership.url, writers=4), membership.clock
    routes, people = capabilities.catalogue(capabilities.every()), Members()
    links = SignInLinks(lambda _platform: "")
    desk = TheDesk(store, clock, routes, people, links, Looks(store))
    sender = LoopbackSender(membership.port, membership.number, Death("", 0))
    chance = random.Random(membership.number)
    tools = Tools(store, clock, routes, people, {"test": sender}, chance, lease=membership.lease)
    runner = Runner(tools)
    cluster = Cluster(store.dsn, store, clock, runner, membership.patience)
    store.share(cluster.before_commit)
    working = asyncio.create_task(cluster.run())
    while (told := await asyncio.to_thread(line.recv)) != STOP:
        await desk.handle(told)
        line.send((told.key, sorted(runner.leasing.shards or ())))
    cluster.stop()
    await working
    await store.close()
