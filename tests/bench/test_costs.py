"""What single things cost, as CPU time of this process: the units behind docs/scaling.md.

CPU time holds on a busy machine too. What PostgreSQL itself uses is not in it.
"""

import asyncio
import time
from collections.abc import Awaitable
from datetime import timedelta

import pytest

from plnbot.app import keep_the_loop_free
from plnbot.engine import outbox
from plnbot.gathering import shown_counts
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Said, What
from plnbot.testing import FrozenClock
from tests.bench.conftest import Print
from tests.bench.test_day import Forgetful
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, does, plan_chat

pytestmark = pytest.mark.bench
ANSWERS, MEMBERS, TIMES, AT_ONCE = (20, 500), 40, 60, 10
BEGUN, OVER = timedelta(minutes=11), timedelta(hours=2)


class Room:
    """A chat that goes on, its members, and what they have cost."""

    def __init__(self, bot: Bot, clock: FrozenClock, say: Print) -> None:
        self.bot, self.clock, self._say = bot, clock, say
        self.answers = self._keys = 0

    async def cost(self, what: str, times: int, done: Awaitable[object]) -> None:
        """Do something, and print the milliseconds that one of `times` took."""
        began = time.process_time()
        await done
        each = (time.process_time() - began) * 1000 / times
        self._say(f"  {what:60} {each:8.2f} ms")

    async def members_do(self, times: int, what: What) -> None:
        """Let members do something in turn, some at the same moment."""
        for first in range(0, times, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, times))
            await asyncio.gather(*(self._does(number, what) for number in numbers))

    async def answer(self, times: int) -> None:
        """Let members answer the first question."""
        for _ in range(0, times, AT_ONCE):
            numbers = self._next(AT_ONCE)
            said = [Said("A1 I let them mark their own first draft.", f"m{n}") for n in numbers]
            await asyncio.gather(*map(self._does, numbers, said))
        self.answers += times

    async def ask(self, times: int) -> None:
        """Have the chat's question made for as many rooms, sent and recorded."""
        now, args = self.clock.now(), {"chat": 1, "number": 1, "late": 0}

        def plan(tx: Tx) -> None:
            for number in self._next(times):
                to = Place("test", "w", f"room{number}")
                outbox.Posting(tx, 1, to, now).post("chats.question", args, key=f"asked/{number}")

        await self.bot.store.run(plan)
        await self.bot.runner.run_all_due()

    async def _does(self, number: int, what: What) -> None:
        (key,) = self._next(1)
        await self.bot.desk.handle(does(f"k{key}", f"t{number % MEMBERS}", what))

    def _next(self, times: int) -> range:
        self._keys += times
        return range(self._keys - times, self._keys)


async def test_costs(durable_url: str, say: Print) -> None:
    """Print what commands, answers, questions and a whole chat cost."""
    await plan_chat(durable_url)
    store, clock = open_store(durable_url), FrozenClock(EIGHT)
    room = Room(Bot(store, clock, {"test": Forgetful()}), clock, say)
    await room.bot.pass_time(EIGHT + BEGUN)
    await room.members_do(4 * MEMBERS, Command("where"))
    await room.answer(ANSWERS[0])
    await room.ask(AT_ONCE)
    keep_the_loop_free()
    say(f"\n{durable_url.partition(':')[0]}: CPU time of this process")
    await room.cost(
        "a short command, committed", 4 * TIMES, room.members_do(4 * TIMES, Command("where"))
    )
    for answers in ANSWERS:
        await room.answer(answers - room.answers)
        await room.bot.runner.run_all_due()
        named = f"in a chat with {answers} answers"
        await room.cost(f"an answer taken in, {named}", TIMES, room.answer(TIMES))
        await room.bot.runner.run_all_due()
        await room.cost(f"a question made, sent, recorded, {named}", TIMES, room.ask(TIMES))
    await room.cost("all else until the chat is over", 1, room.bot.pass_time(EIGHT + OVER))
    counted = await store.read(lambda tx: shown_counts(tx, "chat", 1))
    assert sum(counted.values()) == room.answers
    await store.close()
