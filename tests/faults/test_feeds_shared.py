"""Two processes on one PostgreSQL database sweep the same feeds: each is fetched by one of them at a time."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing.connection import Connection
from operator import itemgetter

import pytest
from sqlalchemy import create_engine, text

from plnbot import capabilities
from plnbot.engine.clock import RehearsalClock
from plnbot.engine.cluster import Cluster, prepare
from plnbot.engine.runner import Runner, Tools
from plnbot.fetching import Fetched
from plnbot.members.actions import Members
from plnbot.outward import reading_feeds
from plnbot.store.postgresql import PostgresqlStore
from plnbot.testing import HeavyHere, RecordingSender
from tests.faults.conftest import NOON, Row, processes
from tests.faults.feeds import add_feeds
from tests.scenarios.feeds import Post, rss

pytestmark = pytest.mark.faults
FEEDS, HOSTS, RATE, MORE = 48, 24, 7200, 5
"""An hour is half a second: who posts all the time is asked twice a second at most."""
TAKES = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """One fetch: which feed, by which process, from when until when by the machine's own clock."""

    address: str
    by: int
    began: float
    ended: float


@dataclass(slots=True)
class Blogs:
    """Feeds that have something new each hour, and take a moment to answer."""

    clock: RehearsalClock
    number: int
    asked: list[Asked] = field(default_factory=list)

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return a feed as it is now."""
        del headers, first
        began, hours = time.monotonic(), (self.clock.now() - NOON) // timedelta(hours=1)
        await asyncio.sleep(TAKES)
        name = address.removeprefix("https://").replace("/", "-")
        posts = [
            Post(f"{random.Random(f'{name}{n}').random()} of {name}", f"{address}/{n}",
                NOON + timedelta(hours=n))
            for n in range(hours, max(hours - 10, -1), -1)
        ]  # fmt: skip
        self.asked.append(Asked(address, self.number, began, time.monotonic()))
        return Fetched(200, {}, rss(name, posts), address)

    async def close(self) -> None:
        """Let go of nothing."""


def be_sweeper(url: str, number: int, real_at: datetime, line: Connection) -> None:
    """Be one process of the cluster until told to stop; send what it fetched."""
    asyncio.run(_sweep(url, number, real_at, line))


async def _sweep(url: str, number: int, real_at: datetime, line: Connection) -> None:
    store, clock = PostgresqlStore(url, writers=4), RehearsalClock(RATE, NOON, real_at)
    routes = capabilities.catalogue(capabilities.every())
    chance, sender = random.Random(number), RecordingSender()
    tools = Tools(store, clock, routes, Members(), {"test": sender}, chance)
    blogs = Blogs(clock, number)
    tools.fetcher, tools.heavy, tools.feeds = blogs, HeavyHere(), reading_feeds
    cluster = Cluster(store.dsn, store, clock, Runner(tools))
    store.share(cluster.before_commit)
    working = asyncio.create_task(cluster.run())
    line.send("ready")
    await asyncio.to_thread(line.recv)
    cluster.stop()
    await working
    await store.close()
    line.send(blogs.asked)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_two_processes_share_a_sweep(chat_url: str, tally: Callable[[Row], None]) -> None:
    """Both do their part; no feed and no host is asked by both at once, and no post comes twice."""
    addresses = [f"https://b{n % HOSTS}.example/{n}/feed" for n in range(FEEDS)]
    store = PostgresqlStore(chat_url)
    prepare(store.dsn)
    await store.close()
    real_at, members = datetime.now(UTC), []
    for number in range(2):
        ours, theirs = processes.Pipe()
        given = (chat_url, number, real_at, theirs)
        process = processes.Process(target=be_sweeper, args=given, daemon=True)
        process.start()
        members.append((process, ours))
    asked: list[Asked] = []
    try:
        for _, line in members:  # else the first may do everything before the second has begun
            await asyncio.to_thread(line.recv)
        await asyncio.to_thread(add_feeds, chat_url, NOON, addresses)
        await all_were_asked(chat_url)
        for _, line in members:
            line.send("stop")
        for process, line in members:
            asked += await asyncio.to_thread(line.recv)
            await asyncio.to_thread(process.join, 30)
    finally:
        for process, _ in members:
            process.kill()
    assert {each.by for each in asked} == {0, 1}, "both do their part"
    assert {each.address for each in asked} == set(addresses), "none is left out"
    hosts: dict[str, list[tuple[float, float]]] = {}
    for each in asked:
        hosts.setdefault(each.address.split("/")[2], []).append((each.began, each.ended))
    for turns in hosts.values():
        ordered = sorted(turns, key=itemgetter(0))
        assert all(later[0] >= before[1] for before, later in pairwise(ordered)), "one at a time"
    assert repeated(chat_url) == 0
    tally(Row("two processes share a sweep of feeds (PostgreSQL)", len(asked)))


async def all_were_asked(url: str) -> None:
    """Wait until every feed was, and a while longer, in which most are asked again."""
    engine = create_engine(url)
    unasked = text("SELECT count(*) FROM reading_poll WHERE polled_at IS NULL")
    async with asyncio.timeout(90):
        while True:
            with engine.connect() as connection:
                if not connection.execute(unasked).scalar_one():
                    break
            await asyncio.sleep(0.3)
    await asyncio.sleep(MORE)
    engine.dispose()


def repeated(url: str) -> int:
    """Return how many posts are kept twice, or stand twice in a room."""
    engine = create_engine(url)
    twice = text(
        "SELECT (SELECT count(*) FROM (SELECT 1 FROM reading_item GROUP BY feed_id, link"
        " HAVING count(*) > 1) AS a) + (SELECT count(*) FROM (SELECT 1 FROM post"
        " WHERE card = 'reading.story' GROUP BY args::text HAVING count(*) > 1) AS b)"
    )
    with engine.connect() as connection:
        found = int(connection.execute(twice).scalar_one())
    engine.dispose()
    return found
