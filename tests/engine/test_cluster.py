"""Shards move with the processes of a cluster that come and go."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from plnbot.engine import work
from plnbot.engine.clock import SystemClock
from plnbot.engine.cluster import Cluster, prepare
from plnbot.engine.routes import Due, Routes
from plnbot.engine.runner import Runner
from plnbot.members.actions import Members
from plnbot.store.database import Store, Tx
from plnbot.store.postgresql import PostgresqlStore
from plnbot.testing import RecordingSender, seeded_random
from tests.engine.conftest import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SECOND = timedelta(seconds=1)


def member(url: str, routes: Routes) -> tuple[PostgresqlStore, Cluster]:
    """Return a process of a cluster."""
    store, clock = PostgresqlStore(url, writers=2), SystemClock()
    runner = Runner(store, clock, routes, Members(), {"test": RecordingSender()}, seeded_random())
    cluster = Cluster(store.dsn, store, clock, runner)
    store.share(cluster.before_commit)
    return store, cluster


@contextlib.asynccontextmanager
async def working(url: str, routes: Routes) -> AsyncIterator[Cluster]:
    """Run a process of a cluster until the block ends."""
    store, cluster = member(url, routes)
    doing = asyncio.create_task(cluster.run())
    try:
        yield cluster
    finally:
        cluster.stop()
        await doing
        await store.close()


async def test_shards_move_with_those_who_come_and_go(database_url: str, store: Store) -> None:
    """One process has every shard; with a second each has its part; alone again, it has all."""
    assert isinstance(store, PostgresqlStore)
    prepare(store.dsn)
    routes = Routes()

    @routes.when_due("again")
    def again(due: Due) -> None:
        """Keep its shard busy."""
        lane, number = str(due.payload["lane"]), int(str(due.payload["number"]))
        _plan(due.tx, lane, number + 1, due.now + SECOND)

    await store.run(_something_in_every_shard)
    everything = set(range(work.SHARDS))
    async with working(database_url, routes) as first:
        await until(lambda: held(first) == everything)
        async with working(database_url, routes) as second:
            await until(lambda: shared(first, second))
        await until(lambda: held(first) == everything)


def held(cluster: Cluster) -> set[int]:
    """Return the shards that fall to a process now."""
    return set(cluster.runner.shards or ())


def shared(first: Cluster, second: Cluster) -> bool:
    """Return whether two have their parts: every shard once, and none more than half and one."""
    parts = held(first), held(second)
    assert not parts[0] & parts[1], "a shard falls to one"
    fair = max(map(len, parts)) <= work.SHARDS // 2 + 1
    return fair and len(parts[0] | parts[1]) == work.SHARDS


def _something_in_every_shard(tx: Tx) -> None:
    lanes: dict[int, str] = {}
    for number in range(500):
        lanes.setdefault(work.shard_of(f"lane{number}", ""), f"lane{number}")
    assert len(lanes) == work.SHARDS
    for lane in lanes.values():
        _plan(tx, lane, 0, SystemClock().now())


def _plan(tx: Tx, lane: str, number: int, at: datetime) -> None:
    payload = {"lane": lane, "number": number}
    work.add(tx, "again", f"{lane}/{number}", at, payload, lane=lane)
