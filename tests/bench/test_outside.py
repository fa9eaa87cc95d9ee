"""Two seconds of work: what writers and the loop wait for while it is done inside and outside."""

import asyncio
import time
from collections.abc import Awaitable
from datetime import datetime
from functools import partial

import pytest

from plnbot.engine import inbox, work
from plnbot.engine.clock import SystemClock
from plnbot.engine.context import Due
from plnbot.engine.heavy import Plain, Told
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.posts import NothingToDo
from plnbot.engine.routes import Routes
from plnbot.engine.runner import Runner, Tools
from plnbot.members.actions import Members
from plnbot.store.database import Store, Tx
from plnbot.store.opening import open_store
from plnbot.testing import seeded_random
from tests.bench.conftest import Lateness, Print

pytestmark = pytest.mark.bench
SECONDS = 2.0
PAUSE = 0.01


def busy(_given: Plain = None, _tell: Told | None = None) -> Plain:
    """Use the processor for two seconds."""
    until = time.monotonic() + SECONDS
    rounds = 0
    while time.monotonic() < until:
        rounds += 1
    return rounds


async def wait_of_writers(store: Store, done: Awaitable[object]) -> Lateness:
    """Return how long small units took, and how long the loop stood still, until it is done."""
    result, clock = Lateness(), SystemClock()

    async def write() -> None:
        while True:
            began = time.perf_counter()
            await store.run(lambda tx: inbox.touch(tx, clock.now()))
            result.late.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE)

    writing = asyncio.create_task(write())
    with result.watching_the_loop():
        await done
    writing.cancel()
    await asyncio.wait([writing])
    return result


def _routes() -> Routes:
    routes = Routes()

    @routes.when_due("inside")
    def inside(_due: Due) -> None:
        busy()

    async def do(_given: bool, outside: Outside) -> Plain:  # noqa: FBT001 - what begin returns
        return await outside.heavy.run("tests.bench.test_outside:busy", None)

    def end(due: Due, _found: Plain) -> None:
        inbox.touch(due.tx, due.now)

    routes.outside(
        OutsideWork(
            kind="outside",
            begin=lambda _due: True,
            do=do,
            end=end,
            given_up=NothingToDo("a measurement looks itself"),
            lane="bench",
        )
    )
    return routes


def _plan(tx: Tx, kind: str, now: datetime) -> None:
    work.put(tx, kind, kind, now, {})


async def test_two_seconds_of_work(durable_url: str, say: Print) -> None:
    """Print what others wait for meanwhile: with nothing going on, inside, and outside."""
    store, clock = open_store(durable_url), SystemClock()
    runner = Runner(Tools(store, clock, _routes(), Members(), {}, seeded_random()))
    say(f"\n{durable_url.partition(':')[0]}: {SECONDS:g} s of work, units of others meanwhile")
    found = {"nothing": await wait_of_writers(store, asyncio.sleep(SECONDS))}
    for kind in ("outside", "inside", "outside"):  # the first one starts the child
        await store.run(partial(_plan, kind=kind, now=clock.now()))
        found[kind] = await wait_of_writers(store, runner.run_all_due())
    for kind, result in found.items():
        say(f"  {kind:10} {result}")
    await runner.tools.heavy.close()
    await store.close()
    assert max(found["outside"].late) < SECONDS / 2
