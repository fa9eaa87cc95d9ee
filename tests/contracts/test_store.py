"""The store's contract, over SQLite and PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from plnbot.engine.store import inbox
from plnbot.errors import Unavailable
from plnbot.members.store import network
from plnbot.store.database import Store, Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock


def noted(key: str, clock: FrozenClock) -> dict[str, object]:
    """Return a row for the inbox, the simplest table there is."""
    return {"platform": "test", "workspace": "w", "key": key, "at": clock.now()}


def note(key: str, clock: FrozenClock) -> Callable[[Tx], None]:
    """Return a unit of work that writes such a row."""

    def unit(tx: Tx) -> None:
        tx.execute(insert(inbox).values(noted(key, clock)))

    return unit


def found(name: str, clock: FrozenClock) -> Callable[[Tx], int]:
    """Return a unit of work that founds a network and returns its id."""
    values = {"name": name, "locale": "en", "zone": "UTC", "created_at": clock.now()}

    def unit(tx: Tx) -> int:
        made: int = tx.execute(insert(network).values(values).returning(network.c.id)).scalar_one()
        return made

    return unit


def count(tx: Tx) -> int:
    """Return how many rows stand."""
    rows: int = tx.execute(select(func.count()).select_from(inbox)).scalar_one()
    return rows


async def test_a_unit_is_whole_or_nothing(store: Store, clock: FrozenClock) -> None:
    """What a unit wrote before it failed is not there afterwards."""

    def half(tx: Tx) -> None:
        tx.execute(insert(inbox).values(noted("a", clock)))
        raise KeyError("half way")

    with pytest.raises(KeyError, match="half way"):
        await store.run(half)
    assert await store.read(count) == 0


async def test_a_broken_statement_leaves_the_others(store: Store, clock: FrozenClock) -> None:
    """Of many units at once, those that break a rule of the database fail alone."""
    units = [store.run(note(f"k{number // 2}", clock)) for number in range(40)]
    results = await asyncio.gather(*units, return_exceptions=True)
    assert sum(isinstance(each, IntegrityError) for each in results) == 20
    assert sum(each is None for each in results) == 20
    assert await store.read(count) == 20


async def test_an_exception_leaves_the_others(store: Store, clock: FrozenClock) -> None:
    """Twenty writers at once: one that fails after writing takes nothing of the others along."""

    def fails(tx: Tx) -> None:
        note("failed", clock)(tx)
        raise KeyError("mine alone")

    units = [store.run(fails if n == 7 else note(f"k{n}", clock)) for n in range(20)]
    results = await asyncio.gather(*units, return_exceptions=True)
    assert [n for n, each in enumerate(results) if each is not None] == [7]
    keys = await store.read(lambda tx: set(tx.execute(select(inbox.c.key)).scalars()))
    assert keys == {f"k{n}" for n in range(20)} - {"k7"}


async def test_reading_cannot_write(store: Store, clock: FrozenClock) -> None:
    """A unit that only reads is kept from writing."""
    with pytest.raises((DBAPIError, Unavailable)):
        await store.read(note("a", clock))
    assert await store.read(count) == 0


async def test_a_read_sees_what_was_written_before_it(store: Store, clock: FrozenClock) -> None:
    """Once a unit has returned, whoever reads next finds what it wrote."""
    for number in range(1, 11):
        await store.run(note(f"k{number}", clock))
        assert await asyncio.gather(*(store.read(count) for _ in range(3))) == [number] * 3


async def test_increments_from_many_tasks_sum_up(store: Store, clock: FrozenClock) -> None:
    """A thousand steps by twenty writers that each read and then write lose none."""
    made = await store.run(found("n", clock))

    def step(tx: Tx) -> None:
        row = tx.execute(select(network).where(network.c.id == made).with_for_update()).one()
        steps = int(row.name.removeprefix("n") or 0) + 1
        tx.execute(update(network).where(network.c.id == made).values(name=f"n{steps}"))

    async def walk() -> None:
        for _ in range(50):
            await store.run(step)

    await asyncio.gather(*(walk() for _ in range(20)))
    name = await store.read(lambda tx: tx.execute(select(network.c.name)).scalar_one())
    assert name == "n1000"


async def test_followers_hear_only_what_is_durable(store: Store, clock: FrozenClock) -> None:
    """A change is told after its commit, and not at all when it was rolled back."""
    heard: list[str] = []
    leave = store.follow(heard.append)

    def fails(tx: Tx) -> None:
        tx.announce("never")
        raise KeyError

    def works(tx: Tx) -> None:
        tx.execute(insert(inbox).values(noted("a", clock)))
        tx.announce("once")
        tx.announce("once")

    with pytest.raises(KeyError):
        await store.run(fails)
    await store.run(works)
    await asyncio.sleep(0)
    assert heard == ["once"]
    leave()
    await store.run(lambda tx: tx.announce("later"))
    await asyncio.sleep(0)
    assert heard == ["once"]


async def test_followers_hear_when_it_can_be_read(store: Store, clock: FrozenClock) -> None:
    """Who is told of a change and looks at once finds it."""
    told = asyncio.Event()
    leave = store.follow(lambda _topic: told.set())

    def unit(tx: Tx) -> None:
        tx.announce("change")
        note("a", clock)(tx)

    begun = asyncio.ensure_future(store.run(unit))
    async with asyncio.timeout(30):
        await told.wait()
    assert await store.read(count) == 1
    await begun
    leave()


async def test_closing_finishes_what_was_begun(
    database_url: str, store: Store, clock: FrozenClock
) -> None:
    """What was asked for before the store closes is durable; what comes after is refused."""
    begun = [asyncio.ensure_future(store.run(note(f"{n}", clock))) for n in range(10)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*begun)
    again = open_store(database_url)
    assert await again.read(count) == 10
    await again.close()
    with pytest.raises(Unavailable, match="closed"):
        await store.run(count)
    with pytest.raises(Unavailable, match="closed"):
        await store.read(count)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_closing_leaves_one_file(database_url: str, store: Store, clock: FrozenClock) -> None:
    """Whatever was written and read, nothing lies beside a closed database that belongs to it."""
    await store.close()
    file = Path(database_url.removeprefix("sqlite:///"))
    for number in range(50):  # connections that close at once leave the log to each other, at times
        again = open_store(database_url)
        await again.run(note(str(number), clock))
        await asyncio.gather(*(again.read(count) for _ in range(20)))
        assert len(list(file.parent.glob(f"{file.name}*"))) > 1
        await again.close()
        assert list(file.parent.glob(f"{file.name}*")) == [file]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_unit_that_lost_a_deadlock_runs_again(store: Store, clock: FrozenClock) -> None:
    """Two units that take the same rows the other way round are both done in the end."""
    ids = [await store.run(found(name, clock)) for name in ("a", "b")]
    meeting = threading.Barrier(2)
    tries: list[int] = []

    def take(first: int, second: int) -> Callable[[Tx], None]:
        def unit(tx: Tx) -> None:
            tries.append(first)
            tx.execute(update(network).where(network.c.id == first).values(zone="UTC"))
            if len(tries) <= 2:
                meeting.wait(timeout=10)
            tx.execute(update(network).where(network.c.id == second).values(locale="es"))

        return unit

    await asyncio.gather(store.run(take(*ids)), store.run(take(*reversed(ids))))
    assert len(tries) == 3
    locales = await store.read(lambda tx: set(tx.execute(select(network.c.locale)).scalars()))
    assert locales == {"es"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_unit_that_could_not_be_serialised_runs_again(
    store: Store, database_url: str, clock: FrozenClock
) -> None:
    """A unit whose row changed under it begins anew, whole, and is told of once."""
    made = await store.run(found("n", clock))
    heard: list[str] = []
    leave = store.follow(heard.append)
    seen: list[str] = []

    def unit(tx: Tx) -> None:
        tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        tx.announce("renamed")
        note(f"try {len(seen)}", clock)(tx)
        seen.append(tx.execute(select(network.c.name)).scalar_one())
        if len(seen) == 1:
            other = create_engine(database_url)
            with other.begin() as connection:
                connection.execute(update(network).values(name="changed"))
            other.dispose()
        tx.execute(update(network).where(network.c.id == made).values(name=f"{seen[-1]}, seen"))

    await store.run(unit)
    assert seen == ["n", "changed"]
    keys = await store.read(lambda tx: tx.execute(select(inbox.c.key)).scalars().all())
    assert keys == ["try 1"]
    assert heard == ["renamed"]
    leave()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_that_find_nothing_and_insert_are_both_done(
    store: Store, clock: FrozenClock
) -> None:
    """Who looked for a row in vain and lost the race to insert it finds it when run again."""
    meeting, seen = threading.Barrier(2), []

    def unit(tx: Tx) -> str:
        there = tx.execute(select(inbox.c.key)).one_or_none()
        seen.append(there)
        if there is not None:
            return "found"
        meeting.wait(timeout=10)
        tx.execute(insert(inbox).values(noted("a", clock)))
        return "made"

    assert sorted(await asyncio.gather(store.run(unit), store.run(unit))) == ["found", "made"]
    assert len(seen) == 3


async def test_an_iteration_that_ran_out_is_told(store: Store) -> None:
    """An exception that no future can hold reaches its caller all the same."""
    empty: list[int] = []

    def unit(_tx: Tx) -> int:
        return next(iter(empty))

    async with asyncio.timeout(30):
        with pytest.raises(RuntimeError, match="ran out"):
            await store.run(unit)
        with pytest.raises(RuntimeError, match="ran out"):
            await store.read(unit)
