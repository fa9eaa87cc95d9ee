"""What is leased a moment early: it waits for its instant, and follows every change until then."""

import asyncio
from datetime import timedelta

import pytest

from plnbot.engine import work
from plnbot.engine.clock import SystemClock
from plnbot.engine.routes import Due
from tests.engine.conftest import House
from tests.engine.test_runner_running import running, soon, told

SHORTLY = timedelta(milliseconds=700)


@pytest.fixture
def early(house: House) -> House:
    """Return a house on the machine's own time, as early leases are real time."""
    house.runner.tools.clock = SystemClock()
    house.clock.at = SystemClock().now()
    return house


async def until_leased(house: House, key: str) -> None:
    """Wait until a runner holds it."""
    async with asyncio.timeout(8):
        while (await house.ended(key))[0] != "leased":  # noqa: ASYNC110 - leases are not announced
            await asyncio.sleep(0.01)


async def test_nothing_is_done_before_its_instant(early: House) -> None:
    """Work and posts begin at their instant, though they were held before."""
    begun = []
    early.routes.when_due("notes")(lambda due: begun.append((due.now, due.due_at)))
    done = told(early, "tells")
    at = early.clock.now() + SHORTLY
    await early.plan("notes", "a", at)
    await early.post("post", after=SHORTLY)
    await early.plan("tells", "b", at + timedelta(milliseconds=100))
    sent_at = []

    async def note(_outgoing: object) -> None:
        sent_at.append(SystemClock().now())

    early.platform.meanwhile = note
    async with running(early):
        await until_leased(early, "a")
        await soon(done)
    assert [now >= due_at for now, due_at in begun] == [True]
    assert [each >= at for each in sent_at] == [True]


@pytest.mark.parametrize("key", ["work", "post"])
async def test_what_is_taken_back_in_its_last_moment_is_not_done(early: House, key: str) -> None:
    """A cancelled plan is not carried out by who holds it already."""
    seen: list[Due] = []
    early.routes.when_due("notes")(seen.append)
    done = told(early, "tells")
    at = early.clock.now() + SHORTLY
    await early.plan("notes", "work", at)
    await early.post("post", after=SHORTLY)
    await early.plan("tells", "later", at + timedelta(milliseconds=100))
    async with running(early):
        await until_leased(early, key)
        assert await early.store.run(lambda tx: work.cancel(tx, key, early.clock.now()))
        await soon(done)
    assert len(seen) == (key != "work")
    assert early.platform.shown == ([] if key == "post" else ["post"])
    assert (await early.ended(key))[0] == "cancelled"


async def test_what_is_planned_anew_in_its_last_moment_is_done_once(early: House) -> None:
    """The new plan counts, at once, and the old one is not carried out besides."""
    seen: list[object] = []

    def notes(due: Due) -> None:
        seen.append(due.payload["plan"])
        due.tx.announce("noted")

    early.routes.when_due("notes")(notes)
    noted = asyncio.Event()
    early.store.follow(lambda topic: noted.set() if topic == "noted" else None)
    done = told(early, "tells")
    now = early.clock.now()
    await early.plan("tells", "later", now + SHORTLY + timedelta(milliseconds=100))
    await early.store.run(lambda tx: work.put(tx, "notes", "a", now + SHORTLY, {"plan": "old"}))
    async with running(early):
        await until_leased(early, "a")
        await early.store.run(lambda tx: work.put(tx, "notes", "a", now, {"plan": "new"}))
        await soon(noted)
        await soon(done)
    assert seen == ["new"]
