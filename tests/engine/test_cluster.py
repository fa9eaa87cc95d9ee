"""Shards move with the processes of a cluster that come and go."""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial

import pytest

from plnbot.engine import work
from plnbot.engine.clock import SystemClock
from plnbot.engine.cluster import TENURE, Cluster, prepare
from plnbot.engine.presence import PATIENCE
from plnbot.engine.routes import Due, Routes
from plnbot.engine.runner import Runner, Tools
from plnbot.members.actions import Members
from plnbot.store.database import Store, Tx
from plnbot.store.postgresql import PostgresqlStore
from plnbot.testing import RecordingSender, seeded_random
from tests.engine.conftest import until
from tests.engine.faulty import CUT_OFF, REFUSED, fail, failed

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SECOND = timedelta(seconds=1)


def member(
    url: str, routes: Routes, patience: timedelta, tenure: timedelta
) -> tuple[PostgresqlStore, Cluster]:
    """Return a process of a cluster."""
    store, clock = PostgresqlStore(url, writers=2), SystemClock()
    platform = RecordingSender()
    tools = Tools(store, clock, routes, Members(), {"test": platform}, seeded_random())
    runner = Runner(tools)
    cluster = Cluster(store.dsn, store, clock, runner, patience, tenure)
    store.share(cluster.before_commit)
    return store, cluster


@contextlib.asynccontextmanager
async def working(
    url: str, routes: Routes, patience: timedelta = PATIENCE, tenure: timedelta = TENURE
) -> AsyncIterator[Cluster]:
    """Run a process of a cluster until the block ends."""
    store, cluster = member(url, routes, patience, tenure)
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


async def test_a_turn_whose_end_is_not_written_down_ends(database_url: str, store: Store) -> None:
    """Where the connection is lost just then, its shard does not stand still for ever."""
    assert isinstance(store, PostgresqlStore)
    prepare(store.dsn)
    routes, done = Routes(), Counter[str]()

    @routes.when_due("again")
    def again(due: Due) -> None:
        """Keep its shard busy."""
        lane, number = str(due.payload["lane"]), int(str(due.payload["number"]))
        done[lane] = number
        _plan(due.tx, lane, number + 1, due.now + SECOND)

    await store.run(_something_in_every_shard)
    cut_off = partial(fail, when="DELETE", table="procrastinate_jobs", times=9, how=CUT_OFF)
    async with working(database_url, routes, patience=SECOND, tenure=SECOND):
        await until(lambda: len(done) == work.SHARDS)
        await store.run(cut_off)
        await until_failed(store, 9)
        before = dict(done)
        await until(lambda: all(done[lane] > number + 1 for lane, number in before.items()))


async def test_a_look_ahead_that_fails_is_not_the_last(database_url: str, store: Store) -> None:
    """What nobody else saw to is done, although the database refused it the first time."""
    assert isinstance(store, PostgresqlStore)
    prepare(store.dsn)
    routes, done = Routes(), list[datetime]()
    routes.when_due("quietly")(lambda due: done.append(due.now))
    refused = partial(fail, when="INSERT", table="procrastinate_jobs", times=2, how=REFUSED)
    await store.run(refused)
    async with working(database_url, routes):
        now = SystemClock().now()
        await store.run(lambda tx: work.add(tx, "quietly", "once", now, {}))
        await until_failed(store, 2)
        await until(lambda: bool(done))


async def test_jobs_that_cannot_be_read_hold_up_nobody(database_url: str, store: Store) -> None:
    """Whatever somebody wrote into the queue, each shard's work is done, and so is what comes later."""
    assert isinstance(store, PostgresqlStore)
    prepare(store.dsn)
    routes, done = Routes(), Counter[int]()
    routes.when_due("counts")(lambda due: done.update([int(str(due.payload["number"]))]))
    far = "9999-01-01T00:00:00+00:00"
    given = (("x", far), (99, far), (2, far), (3, "never"), (4, "2026-01-01"), (None, None))
    for number, (shard, until_when) in enumerate(given):
        args = {"shard": shard, "until": until_when} if until_when else {}
        job = partial(written_into_the_queue, lock=f"plnbot/{number}", args=json.dumps(args))
        for state in ("doing", "todo"):
            await store.run(partial(job, state=state))
    now = SystemClock().now()
    for number in range(40):
        await store.run(
            partial(work.add, kind="counts", key=f"{number}", at=now, payload={"number": number})
        )
    async with working(database_url, routes, patience=SECOND, tenure=SECOND):
        await until(lambda: len(done) == 40)
    assert set(done.values()) == {1}


def written_into_the_queue(tx: Tx, state: str, lock: str, args: str) -> None:
    """Write a job as nobody of ours does."""
    tx.conn.exec_driver_sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status)"
        " VALUES ('default', 'plnbot.run_due', %s, %s, %s::procrastinate_job_status)",
        (lock, args, state),
    )


async def until_failed(store: Store, times: int) -> None:
    """Wait until something has failed so often, and was tried once more."""
    async with asyncio.timeout(60):
        while await store.read(failed) <= times:  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)


def held(cluster: Cluster) -> set[int]:
    """Return the shards that fall to a process now."""
    return set(cluster.runner.leasing.shards or ())


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
