"""Work outside a transaction in a process of its own, which dies at any labelled point of it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plnbot.engine import audit, work
from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.posts import NothingToDo
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.faults.bot import Bot, Death, MortalStore

KIND, KEY, DID = "errand", "errand/1", "did.errand"
STEP = "tests.engine.heavy_steps:doubles"


@dataclass(frozen=True, slots=True)
class Errand:
    """One life of a process that has an errand to run, and the file that is the world outside."""

    url: str
    world: Path
    now: datetime
    point: str = ""


def run_errand(errand: Errand) -> None:
    """Live one life; what is planned once in the first of them is done in this or a later one."""
    asyncio.run(_run(errand))


async def _run(errand: Errand) -> None:
    death = Death(errand.point, 1)
    store = MortalStore(open_store(errand.url, writers=2), death)
    bot = Bot(store, FrozenClock(errand.now))

    async def do(given: int, outside: Outside) -> str:
        death.at("doing")
        made = await outside.heavy.run(STEP, str(given))
        with errand.world.open("a", encoding="utf-8") as world:
            world.write(f"{made}\n")
        death.at("done outside")
        return str(made)

    def end(due: Due, found: str) -> None:
        audit.record(due.tx, 1, None, DID, found, now=due.now)

    bot.runner.tools.routes.outside(
        OutsideWork(
            kind=KIND,
            begin=lambda due: int(str(due.payload["number"])),
            do=do,
            end=end,
            given_up=NothingToDo("a test looks itself"),
            lane="errands",
        )
    )
    if errand.url.startswith("sqlite"):
        await store.run(lambda tx: work.take_over(tx, errand.now))
    plan = {"number": 7}
    await store.run(lambda tx: work.add(tx, KIND, KEY, errand.now, plan, lane="errands"))
    await bot.runner.run_all_due()
    await bot.runner.tools.heavy.close()
    await store.close()
