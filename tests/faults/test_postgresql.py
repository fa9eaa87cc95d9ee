"""PostgreSQL is killed and started again in the middle of a chat."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from plnbot.errors import Unavailable
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction, Said
from plnbot.testing import FrozenClock, RecordingSender
from tests.conftest import without
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, LONG, TEACHERS, Row, does, plan_chat
from tests.faults.test_kills import found
from tests.postgres import NoPostgresError, postgres

pytestmark = pytest.mark.faults
MINUTE = timedelta(minutes=1)
CRASHES = 5 if LONG else 2
"""One before each of the questions from the second on."""


@dataclass(slots=True)
class Walking(FrozenClock):
    """A clock that goes on from where it was set."""

    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return the instant it shows."""
        return self.at + timedelta(seconds=time.monotonic() - self.began)

    def real_seconds_until(self, instant: datetime) -> float:
        """Return the seconds from the instant it shows."""
        return (instant - self.now()).total_seconds()


class People:
    """Answer all the time; what was not taken in is delivered again, as platforms do."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.taken_in, self.refusals = bot, 0, 0
        self.stopped = False

    async def answer(self, who: str) -> None:
        """Give one answer after another."""
        number = 0
        while not self.stopped:
            number += 1
            await self._delivered(does(f"{who} {number}", who, Said("A1 so", f"{who}-{number}")))

    async def _delivered(self, each: Interaction) -> None:
        while True:
            try:
                await self.bot.desk.handle(each)
            except Unavailable:
                self.refusals += 1
            else:
                self.taken_in += 1
                return


async def test_killed_and_restarted_in_mid_chat(tally: Callable[[Row], None]) -> None:
    """It goes on within ten seconds of the server's return, and nothing is lost or comes twice."""
    try:
        # Durable against the server's end, though not against the machine's.
        with postgres(synchronous_commit="on") as server:
            url = server.make("chat")
            await asyncio.to_thread(migrate, url)
            await plan_chat(url)
            platform, store = RecordingSender(), open_store(url)
            await Bot(store, FrozenClock(EIGHT), {"test": platform}).pass_time(EIGHT + 11 * MINUTE)
            clock = Walking(EIGHT + 11 * MINUTE)
            bot = Bot(store, clock, {"test": platform})
            running = asyncio.create_task(bot.runner.run())
            people = People(bot)
            answering = [asyncio.create_task(people.answer(who)) for who in TEACHERS]
            worst = 0.0
            for number in range(2, 2 + CRASHES):
                await _more(people, 20)
                await asyncio.to_thread(server.crash)
                clock.at = EIGHT + (10 + 8 * (number - 1)) * MINUTE
                await asyncio.to_thread(server.begin)
                began = time.monotonic()
                async with asyncio.timeout(10):
                    await _asked(bot, platform, number)
                    await _more(people, 1)
                worst = max(worst, time.monotonic() - began)
            people.stopped = True
            await asyncio.gather(*answering)
            bot.runner.stop()
            await running
            await bot.store.close()
            seen = found(url)
    except NoPostgresError as error:
        without(f"no PostgreSQL here: {error}")
    assert sum(seen.sources.values()) == people.taken_in
    assert seen.asked == tuple(range(1, 2 + CRASHES))
    posted = [each.key for each in platform.sent if not each.edits]
    assert len(set(posted)) == len(posted)
    tally(Row("PostgreSQL killed and started again in mid-chat", CRASHES, recovery=worst))


async def _more(people: People, count: int) -> None:
    """Wait until so many more answers were taken in."""
    until, changed = people.taken_in + count, asyncio.Event()
    leave = people.bot.store.follow(lambda _topic: changed.set())
    while people.taken_in < until:
        changed.clear()
        await changed.wait()
    leave()


async def _asked(bot: Bot, platform: RecordingSender, number: int) -> None:
    """Wait until a question was posted."""
    changed = asyncio.Event()
    leave = bot.store.follow(lambda _topic: changed.set())
    while f"chat/1/question/{number}" not in [each.key for each in platform.sent]:
        changed.clear()
        await changed.wait()
    leave()
