"""How late a prompt comes to a thousand rooms at one instant: one schedule with all, and one for each.

Discord takes 50 calls a second from a bot, so a thousand posts take it 20 s whatever we do.
"""

import asyncio
import time
from datetime import datetime, timedelta

import pytest

from plnbot import capabilities
from plnbot.app import keep_the_loop_free
from plnbot.engine.clock import SystemClock
from plnbot.engine.ports import Person
from plnbot.engine.runner import Runner, Tools
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Store, Tx
from plnbot.testing import seeded_random
from plnbot.walltime import local
from tests.bench.conftest import Lateness, Print
from tests.bench.test_lateness import DUE, Arrivals, Counted

pytestmark = pytest.mark.bench
DISCORD_A_SECOND = 50
BEFORE = timedelta(seconds=100)


async def asked(store: Store, *, together: bool) -> tuple[Lateness, float]:
    """Have a thousand rooms asked at one instant, by one schedule or each by its own; return processor time too."""
    clock, routes = SystemClock(), capabilities.catalogue(capabilities.every())
    at = clock.now().replace(microsecond=0) + BEFORE
    await store.run(lambda tx: set_up(tx, at, together=together))
    counted = Counted(at)
    sender = Arrivals(counted.arrived)
    runner = Runner(Tools(store, clock, routes, Members(), {"test": sender}, seeded_random()))
    keep_the_loop_free()
    began = time.process_time()
    task = asyncio.create_task(runner.run())
    result = await counted.wait()
    worked = time.process_time() - began
    runner.stop()
    await task
    return result, worked


def set_up(tx: Tx, at: datetime, *, together: bool) -> None:
    """Let a daily prompt be due in each room at `at`."""
    now = at - BEFORE
    network = members.new_network(tx, "PLN", "en", "UTC", now)
    members.attach(tx, network.id, "test", "w")
    ref = MemberRef("test", "w", "maya")
    by: Person = members.new_member(tx, network, ref, "Maya", locale="en", now=now)
    for number in range(30):
        words = {"en": f"What about {number}, and why?"}
        prompts.add_prompt(tx, network.id, NewPrompt(words), now)
    daily = Schedule(("FREQ=DAILY",), local(at, "UTC").replace(tzinfo=None), "UTC")
    rooms = [NewRoom(Place("test", "w", f"{number}"), "UTC") for number in range(DUE)]
    wish = Wish("Daily", daily, "", timedelta(hours=2))
    for each in [rooms] if together else [[room] for room in rooms]:
        actions.make(tx, wish, each, now, by=by)


@pytest.mark.parametrize("together", [True, False])
async def test_a_thousand_rooms(
    durable_url: str, store: Store, say: Print, *, together: bool
) -> None:
    """Late by the instant at which the platform is reached, beside what Discord needs by itself."""
    result, worked = await asked(store, together=together)
    what = "one schedule" if together else "a schedule each"
    floor = DUE / DISCORD_A_SECOND
    say(
        f"{durable_url.partition(':')[0]:12} {what:16} {result}   processor {worked:.1f} s"
        f"   Discord's floor {floor:.0f} s"
    )
    assert worked < floor, "we take longer than the platform"
