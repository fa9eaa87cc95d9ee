"""Child processes: whatever a step does, it ends as a plain error, and the next one works."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from plnbot.engine.children import Children
from plnbot.engine.children.pool import (
    TOO_LONG,
    TOO_MUCH_MEMORY,
    TOO_MUCH_TIME,
    UNREADABLE,
    Pool,
)
from plnbot.engine.heavy import HeavyError, HeavyWork, Limits, Plain
from plnbot.testing import HeavyHere

STEPS = "tests.engine.heavy_steps"
SMALL = Limits(256 * 1024 * 1024, timedelta(seconds=1), timedelta(seconds=60))
HASTY = Limits(longest=timedelta(seconds=3))


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    """Return a pool of one child, so that the next step meets what the last one left."""
    pool = Pool(1)
    yield pool
    await pool.close()


async def ran(pool: Pool, step: str, given: Plain = None, limits: Limits = SMALL) -> Plain:
    """Return what a step makes."""
    return await pool.run(f"{STEPS}:{step}", given, limits, None)


async def test_a_step_makes_what_it_is_asked_and_tells_how_far_it_is(pool: Pool) -> None:
    """Plain values go in and come out, whole, long ones too."""
    told: list[Plain] = []
    long = "é" * 100_000
    assert await pool.run(f"{STEPS}:doubles", long, SMALL, told.append) == long + long
    assert told == [100_000]


async def test_one_child_does_one_step_after_another(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is started once, and gets nothing of what the bot knows."""
    monkeypatch.setenv("PLNBOT_SLACK_BOT_TOKEN", "secret")
    first, second = await ran(pool, "who_am_i"), await ran(pool, "who_am_i")
    assert first == second
    assert isinstance(first, list)
    assert first[0] != os.getpid()
    assert first[1] == []


@pytest.mark.parametrize(
    ("step", "given", "limits", "why"),
    [
        ("eats", None, SMALL, TOO_MUCH_MEMORY),
        ("spins", None, SMALL, TOO_MUCH_TIME),
        ("hangs", None, HASTY, TOO_LONG),
        ("hangs_deaf", None, HASTY, TOO_LONG),
        ("dies", int(signal.SIGKILL), SMALL, "it was ended by SIGKILL"),
        ("dies", int(signal.SIGSEGV), SMALL, "it was ended by SIGSEGV"),
        ("leaves", None, SMALL, "it ended itself"),
        ("raises", None, SMALL, "it failed with ValueError"),
        ("unplain", None, SMALL, "it failed with TypeError"),
        ("is not there", None, SMALL, "it failed with AttributeError"),
        ("garbles", "\x00\x00\x00\x05{bad}", SMALL, UNREADABLE),
        ("garbles", "\xff\xff\xff\xff", SMALL, UNREADABLE),
        ("garbles", '\x00\x00\x00\x0d{"number": 0}', SMALL, UNREADABLE),
        ("garbles", "\x00\x00\x00\x02[]", SMALL, UNREADABLE),
    ],
)
async def test_whatever_a_step_does_the_next_one_works(
    pool: Pool, step: str, given: Plain, limits: Limits, why: str
) -> None:
    """It ends as one plain error, which says why and nothing of what members wrote."""
    with pytest.raises(HeavyError) as raised:
        await ran(pool, step, given, limits)
    assert str(raised.value) == why
    assert await ran(pool, "doubles", "a") == "aa"


async def test_what_a_step_prints_disturbs_nobody(pool: Pool) -> None:
    """Standard output and error lead nowhere."""
    assert await ran(pool, "chatters") == "and yet it worked"
    assert await ran(pool, "doubles", "a") == "aa"


async def test_processor_time_is_counted_for_each_step(pool: Pool) -> None:
    """A child that has done much may do as much again."""
    for _ in range(3):
        assert await ran(pool, "doubles", "a" * 3_000_000)
    first = await ran(pool, "who_am_i")
    assert first == await ran(pool, "who_am_i")


async def test_who_stops_waiting_ends_the_step(pool: Pool) -> None:
    """A cancelled step is killed at once, and its place is free."""
    waiting = asyncio.create_task(ran(pool, "hangs"))
    async with asyncio.timeout(60):
        while not pool._working:  # noqa: ASYNC110 - children are not announced
            await asyncio.sleep(0.01)
    (child,) = pool._working
    waiting.cancel()
    await asyncio.wait([waiting])
    async with asyncio.timeout(60):
        assert await child.gone() == -signal.SIGKILL
    assert await ran(pool, "doubles", "a") == "aa"


async def test_a_child_that_died_at_rest_is_replaced(pool: Pool) -> None:
    """Who was killed for want of memory, say, while it waited, costs nobody a step."""
    made = await ran(pool, "who_am_i")
    assert isinstance(made, list)
    (child,) = pool._resting
    os.kill(child.process.pid, signal.SIGKILL)
    await child.gone()
    assert await ran(pool, "who_am_i") != made


async def test_a_child_that_is_not_needed_is_let_go() -> None:
    """Nothing stays that nobody uses."""
    pool = Pool(1, timedelta(milliseconds=20))
    await ran(pool, "doubles", "a")
    (child,) = pool._resting
    async with asyncio.timeout(60):
        await child.gone()
    assert pool._resting == []
    await pool.close()


async def test_a_child_without_a_parent_ends() -> None:
    """Whose line is closed, as a parent's is that was killed, ends though it is in a step."""
    pool = Pool(1)
    waiting = asyncio.create_task(ran(pool, "hangs"))
    async with asyncio.timeout(60):
        while not (pool._working and next(iter(pool._working)).turns):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
        (child,) = pool._working
        child.writer.close()
        assert await asyncio.to_thread(child.process.wait) == 0
    with pytest.raises(HeavyError):
        await waiting
    await pool.close()


async def test_no_more_than_its_most_run_beside_each_other() -> None:
    """The others wait for their turn."""
    pool = Pool(2)
    pids = await asyncio.gather(*(ran(pool, "who_am_i") for _ in range(6)))
    assert len({str(each) for each in pids}) <= 2
    await pool.close()


async def test_the_loop_goes_on_while_a_step_is_as_bad_as_it_can(pool: Pool) -> None:
    """Other tasks get their turn many times while a child spins, eats, or is started."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.005)

    counting = asyncio.create_task(count())
    began = time.monotonic()
    with pytest.raises(HeavyError):
        await ran(pool, "spins")
    passed = time.monotonic() - began
    counting.cancel()
    assert turns > passed / 0.005 / 10


@pytest.mark.parametrize("heavy", [HeavyHere(), Children(1)], ids=["fake", "children"])
async def test_the_fake_keeps_the_contract(heavy: HeavyWork) -> None:
    """Heavy work done here is done as it is in a child."""
    told: list[Plain] = []
    assert await heavy.run(f"{STEPS}:doubles", "a", SMALL, told.append) == "aa"
    assert told == [1]
    for step, why in (("raises", "ValueError"), ("unplain", "TypeError")):
        with pytest.raises(HeavyError) as raised:
            await heavy.run(f"{STEPS}:{step}", None)
        assert str(raised.value) == f"it failed with {why}"
    await heavy.close()


def test_the_pool_is_loaded_when_it_is_needed() -> None:
    """A bot without heavy work starts as it did without the pool."""
    look = "import sys, plnbot.app; sys.exit('plnbot.engine.children.pool' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
