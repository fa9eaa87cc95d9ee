"""A simulated day with 200 chats: memory, open files and tasks at its end as at its first hours."""

import asyncio
import gc
import re
from datetime import timedelta
from pathlib import Path

import pytest

from plnbot.engine import work
from plnbot.engine.ports import Delivery, Outgoing, Sent
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Interaction, Press, Said, Submit, What
from plnbot.testing import FrozenClock, RecordingSender
from tests.bench.conftest import Print
from tests.faults.bot import Bot

pytestmark = pytest.mark.bench
CHATS, HOURS, QUESTIONS = 200, 24, 6
SIX = "\n".join(["#PLNchat Feedback", *(f"Q{n}: What about {n}?" for n in range(1, 7))])


class Forgetful(RecordingSender):
    """A platform that answers and keeps nothing, so that what grows is ours."""

    number = 0

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Answer with a new reference, or the old one."""
        Forgetful.number += 1
        return Sent(outgoing.edits or f"m{Forgetful.number}")


def held() -> tuple[int, int, int]:
    """Return memory in kB, open files, tasks."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    return int(found[1]) if found else 0, files, len(asyncio.all_tasks())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_day(store: Store, clock: FrozenClock, say: Print) -> None:
    """Print memory, files and tasks every three hours."""
    now = clock.now()
    network = await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    bot = Bot(store, clock, {"test": Forgetful()})
    keys = iter(range(10**9))

    async def does(room: int, who: str, what: What, *, leads: bool = False) -> None:
        place, person = Place("test", "w", f"room{room}"), MemberRef("test", "w", who)
        key = f"k{next(keys)}"
        await bot.desk.handle(Interaction(key, person, place, what, "en", who, leads=leads))

    chat = 0
    say("\na day with 200 chats (SQLite): hour, memory, files, tasks, interactions so far")
    for hour in range(1, HOURS + 1):
        begun = range(chat + 1, min(CHATS, round(CHATS * hour / (HOURS - 1))) + 1)
        for chat in begun:
            starts = (clock.now() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M UTC")
            values = {"questions": SIX, "starts": starts, "plan": "classic60", "title": ""}
            await does(chat, f"m{chat}", Submit("chat.new", values), leads=True)
            await does(chat, f"m{chat}", Press("chat.publish", str(chat)), leads=True)
        for _ in range(6):
            await bot.pass_time(clock.now() + timedelta(minutes=10))
            for number in begun:
                for question in range(1, QUESTIONS + 1):
                    words = Said(f"A{question} what I tried", f"{number}-{next(keys)}")
                    await does(number, f"t{question}", words)
                await does(number, "t1", Command("home"))
        await bot.runner.tidy()
        if hour % 3 == 0 or hour == 1:
            memory, files, tasks = held()
            say(
                f"  {hour:2} h {memory / 1024:7.1f} MB {files:4} files {tasks:3} tasks"
                f" {next(keys):7,}"
            )
    states = await store.read(work.backlog)
    assert not states.get(work.WorkState.PARKED)
