"""Who does outside work holds its row: the lease is renewed, and who has lost it lets go."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select

from plnbot.engine import work
from plnbot.engine.clock import SystemClock
from plnbot.engine.store import work as work_table
from plnbot.errors import Unavailable
from tests.engine.conftest import House, until
from tests.engine.errands import KIND, MINUTE, SECOND, Errand
from tests.engine.test_runner_running import running, soon

SHORT_LEASE = timedelta(seconds=5)


async def test_who_was_thought_gone_stops_when_another_takes_it_on(
    house: House, errand: Errand
) -> None:
    """A process that stood still has lost the lease: what it was doing ends nothing."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        await house.store.run(lambda tx: work.take_over(tx, house.clock.now()))
        await until(lambda: errand.happened.count("do a") == 2 and errand.at_once == 1)
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened.count("end made of a") == 1
    assert await house.ended("a") == ("done", "")


async def test_who_is_not_heard_lets_go_before_it_is_missed(house: House, errand: Errand) -> None:
    """A process of a cluster that is cut off stops what it does outside, and it is tried again."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        house.runner.break_off()
        await until(lambda: errand.at_once == 0)
    assert (await house.ended("a"))[0] == "due"
    assert "end made of a" not in errand.happened
    errand.goes_on.set()
    await house.after(MINUTE)
    assert await house.ended("a") == ("done", "")


async def leased_until(house: House) -> datetime:
    """Return when the lease of `a` ends."""
    found = select(work_table.c.lease_until).where(work_table.c.key == "a")
    return await house.store.read(lambda tx: tx.execute(found).scalar_one())


async def test_its_lease_is_renewed_while_it_is_done(house: House, errand: Errand) -> None:
    """What takes longer than a lease is not taken by anybody else, and done once."""
    house.clock = house.tools.clock = SystemClock()  # type: ignore[assignment]
    house.tools.lease = SHORT_LEASE
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        first = await leased_until(house)
        for _ in range(2):
            async with asyncio.timeout(60):
                while await leased_until(house) <= first:  # noqa: ASYNC110 - leases are not announced
                    await asyncio.sleep(0.1)
            first = await leased_until(house)
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened[:3] == ["begin", "do a", "end made of a"]
    assert await house.ended("a") == ("done", "")


async def test_who_cannot_renew_its_lease_stops_doing_it(house: House, errand: Errand) -> None:
    """Cut off from the database, it is over before somebody else may take it on."""
    house.clock = house.tools.clock = SystemClock()  # type: ignore[assignment]
    house.tools.lease = SHORT_LEASE
    store = house.tools.store

    class CutOff:
        """A store that is away."""

        def __init__(self) -> None:
            self.follow, self.close = store.follow, store.close

        async def run(self, _unit: object) -> object:
            raise Unavailable("away")

        read = run

    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        house.tools.store = CutOff()  # type: ignore[assignment]
        await until(lambda: not errand.at_once)
        house.tools.store = store
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened[:5] == ["begin", "do a", "begin", "do a", "end made of a"]


async def test_stopping_gives_it_back(house: House, errand: Errand) -> None:
    """What is not over when the bot stops is begun anew by whoever comes next."""
    house.runner.drain = timedelta(milliseconds=50)
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
    assert await house.ended("a") == ("due", "given back")
    errand.goes_on.set()
    await house.after(10 * SECOND)
    assert errand.happened.count("do a") == 2
    assert await house.ended("a") == ("done", "")
