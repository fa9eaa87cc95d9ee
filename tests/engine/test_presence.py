"""Processes of a cluster say that they live; what a silent one had leased goes on without it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from plnbot.engine import work
from plnbot.engine.presence import Presence
from plnbot.engine.store import process
from plnbot.engine.work import WorkState
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.engine.conftest import House
from tests.engine.faulty import fail, failed
from tests.engine.test_runner_running import Gate, soon

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SHORT = timedelta(seconds=0.4)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime.fromisoformat("2026-01-01T00:00Z")


def begun(holder: str, now: datetime) -> Callable[[Tx], object]:
    """Return a unit in which a process begins some work."""

    def begin(tx: Tx) -> None:
        work.add(tx, "kind", f"of {holder}", now, {})
        work.lease(tx, now, now + MINUTE, 1, holder=holder)

    return begin


def silent(tx: Tx, name: str) -> None:
    """Let a process have said its last word long ago."""
    tx.execute(update(process).where(process.c.name == name).values(seen_at=LONG_AGO))


def known(tx: Tx) -> set[str]:
    """Return the processes that count."""
    return set(tx.execute(select(process.c.name)).scalars())


async def test_a_silent_process_is_missed(store: Store, clock: FrozenClock) -> None:
    """Its leases end, wherever they are; those of a process that lives do not."""
    dead, lives = (Presence(store, clock, SHORT, name) for name in ("dead", "lives"))
    for each in (dead, lives):
        await each.look()
        await store.run(begun(each.name, clock.now()))
    assert await lives.how_many() == len((dead, lives))
    async with asyncio.timeout(60):
        while await store.read(known) != {"lives"}:
            await lives.look()
    assert await store.read(work.backlog) == {WorkState.LEASED: 1, WorkState.DUE: 1}
    assert await lives.how_many() == 1
    (free,) = await store.run(lambda tx: work.lease(tx, clock.now(), clock.now() + MINUTE, 9))
    assert free.key == "of dead"


async def test_who_was_away_misses_nobody(store: Store, clock: FrozenClock) -> None:
    """Where nobody could say anything, nobody is taken for dead by the first who can again."""
    back, still_away = (Presence(store, clock, MINUTE, name) for name in ("back", "still away"))
    for each in (back, still_away):
        await each.look()
        await store.run(begun(each.name, clock.now()))
        await store.run(partial(silent, name=each.name))
    await back.look()
    assert await store.read(work.backlog) == {WorkState.LEASED: 2}
    assert await store.read(known) == {"back", "still away"}
    await still_away.look()
    assert await back.how_many() == len((back, still_away))


async def test_who_was_missed_and_goes_on_keeps_what_it_takes(house: House) -> None:
    """A process that was silent too long says that it lives as it leases, not a moment later."""
    judge, wakes = (Presence(house.store, house.clock, SHORT, name) for name in ("judge", "wakes"))
    house.runner.leasing.holder = wakes.name
    house.runner.leasing.with_leases = wakes.say
    for each in (judge, wakes):
        await each.look()
    async with asyncio.timeout(60):
        while await house.store.read(known) != {"judge"}:
            await judge.look()
    gate = Gate(house, "news")
    await house.post("news")
    sending = asyncio.create_task(house.runner.run_all_due())
    await soon(gate.reached)
    await judge.look()
    assert await house.store.read(known) == {"judge", "wakes"}
    assert await house.store.read(work.backlog) == {WorkState.LEASED: 1}
    gate.open()
    await sending
    assert await house.ended("news") == (WorkState.DONE, "")
    assert house.platform.shown == ["news"]


async def test_who_is_not_heard_is_done_sending_before_it_is_missed(house: House) -> None:
    """A process cut off from the database, and not from the platform, does not post beside another."""
    cut_off = Presence(house.store, house.clock, SHORT, "cut off")
    cut_off.unheard = house.runner.break_off
    house.runner.leasing.holder = cut_off.name
    gate = Gate(house, "news")
    await house.post("news")
    sending = asyncio.create_task(house.runner.run_all_due())
    await soon(gate.reached)
    await cut_off.look()
    await sending
    assert await house.ended("news") == (WorkState.DUE, "no answer in time")
    gate.open()
    assert house.platform.shown == []


async def test_leases_without_a_name_run_out_by_themselves(
    store: Store, clock: FrozenClock
) -> None:
    """A process of an older version, or one by itself, does not say that it lives, and is not missed."""
    judge = Presence(store, clock, SHORT, "judge")
    await store.run(begun("", clock.now()))
    await store.run(begun("dead", clock.now()))
    async with asyncio.timeout(60):
        while (await store.read(work.backlog)).get(WorkState.DUE) is None:
            await judge.look()
    await judge.look()
    assert await store.read(work.backlog) == {WorkState.LEASED: 1, WorkState.DUE: 1}


async def test_a_look_that_fails_is_not_the_last(
    store: Store, clock: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the database answers, the process goes on saying that it lives."""
    looks = Presence(store, clock, MINUTE, "looks")
    await looks.look()
    await store.run(partial(fail, when="UPDATE", table="process", times=1))
    looking = asyncio.create_task(looks.keep_looking())
    async with asyncio.timeout(60):
        while await store.read(failed) < 1 + 1:  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)
    looking.cancel()
    assert "nobody hears that this process lives" in caplog.text


async def test_who_leaves_is_not_missed(store: Store, clock: FrozenClock) -> None:
    """A process that ended has given back what it held, and counts no longer."""
    leaves, stays = (Presence(store, clock, MINUTE, name) for name in ("leaves", "stays"))
    await leaves.look()
    await stays.look()
    await leaves.end()
    assert await store.read(known) == {"stays"}
    assert await stays.how_many() == 1
