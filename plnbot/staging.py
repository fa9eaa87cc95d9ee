"""What demos have in common: a bot in a folder of its own, people who act through the engine, waiting by its clock."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from adapters.web import inbound
from config.settings import LOBBY_KEY, Settings
from plnbot.app import Bot, demo_folder, running, wired
from plnbot.engine import work
from plnbot.engine.ports import Clock, Desk
from plnbot.engine.rehearsing import rehearsal, set_rehearsal
from plnbot.engine.runner import Runner
from plnbot.errors import PlnError
from plnbot.first_start import Somebody, let_in
from plnbot.members import store as members
from plnbot.stopping import told_to_stop
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import What
from plnbot.testing import FrozenClock, StubFetcher
from plnbot.values import dataclass

ROOM = "chat-night"
FASTEST = 3600
_LOOKS, _PAUSE_SECONDS = 1200, 0.05
_Found = TypeVar("_Found")


class DemoError(PlnError):
    """The demo did not go as written; the words say where."""


@contextlib.asynccontextmanager
async def staged(settings: Settings, speed: float, zone: str = "") -> AsyncIterator[Bot]:
    """Run a bot `speed` times as fast as life, where the last demo was; raises `DemoError`."""
    if not 0 < speed <= FASTEST:
        raise DemoError(f"--speed must be above 0 and at most {FASTEST}.")
    folder = demo_folder(settings)
    _emptied(folder)
    changes = {"data_dir": folder, "database_url": None, "clock_rate": speed, "lobby": "auto"}
    async with running(
        settings.model_copy(update=changes | ({"zone": zone} if zone else {}))
    ) as bot:
        await bot.store.run(lambda tx: _never_real(tx, bot.clock.now()))
        yield bot


@contextlib.asynccontextmanager
async def moved_by_hand(
    settings: Settings, begins: datetime, name: str, zone: str
) -> AsyncIterator[tuple[Bot, FrozenClock]]:
    """Wire a bot where the last demo was, on a clock that stands still until it is moved.

    Nothing is served and nothing reads from the web. Whoever runs it later goes on from where the clock was left.
    """
    folder, moved = demo_folder(settings), FrozenClock(begins)
    _emptied(folder)
    changes = {"data_dir": folder, "database_url": None, "lobby": "auto", "zone": zone}
    named = settings.model_copy(update={**changes, "network_name": name})
    async with wired(named, moved) as bot:
        await bot.store.run(lambda tx: set_rehearsal(tx, 1, moved.at, datetime.now(UTC)))
        tools = bot.runner.tools
        await tools.fetcher.close()
        tools.fetcher = StubFetcher()
        try:
            yield bot, moved
        finally:
            await bot.store.run(lambda tx: set_rehearsal(tx, 1, moved.at, datetime.now(UTC)))
            await tools.heavy.close()


async def pass_time(runner: Runner, store: Store, clock: FrozenClock, goal: datetime) -> None:
    """Let time pass on a clock that is moved by hand: everything that is due happens at its own time."""
    await runner.run_all_due()
    while (at := await store.read(work.next_at)) is not None and at <= goal:
        clock.at = max(at, clock.at)
        await runner.run_all_due()
    clock.at = max(goal, clock.at)


async def until_told() -> None:
    """Leave all open until somebody ends it."""
    told = told_to_stop()
    print("Ctrl-C ends the demo.", flush=True)
    await told.wait()


def _never_real(tx: Tx, now: datetime) -> None:
    """Make a demo at the speed of life a rehearsal too: what its teachers do, nobody has done."""
    if rehearsal(tx) is None:
        set_rehearsal(tx, 1, now, datetime.now(UTC))


def _emptied(folder: Path) -> None:
    """Remove the last demo; its lobby's key stays, so that browsers do not gather one a demo."""
    for each in folder.glob("*"):
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        elif each.name != LOBBY_KEY:
            each.unlink(missing_ok=True)


@dataclass(slots=True)
class Stage:
    """Where people of a demo act: a bot's desk, what it keeps, and its clock.

    `sleep` lets real seconds pass; whoever plays on a clock that stands still hands in what moves it.
    """

    desk: Desk
    store: Store
    clock: Clock
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    count: int = 0

    async def let_in(self, people: Iterable[Somebody]) -> None:
        """Make people known who are not."""
        now = self.clock.now()

        def come(tx: Tx) -> None:
            network = members.first_network(tx)
            if network is None:
                raise DemoError("There is no network to come to.")
            for each in people:
                let_in(tx, network, each, now)

        await self.store.run(come)

    async def do(self, who: Somebody, what: What) -> object:
        """Let somebody do something, as anybody would, and return what they are answered."""
        self.count += 1
        given = inbound.interaction(f"demo/{self.count}", who.ref, ROOM, what)
        return await self.desk.handle(given)

    async def until(self, instant: datetime) -> None:
        """Wait for an instant of the bot's clock."""
        wait = self.clock.real_seconds_until(instant)
        if wait > 0:
            await self.sleep(wait)

    async def comes(self, look: Callable[[Tx], _Found | None], otherwise: str) -> _Found:
        """Return what is looked for as soon as it is there; `DemoError` says otherwise after a minute."""
        for _ in range(_LOOKS):
            found = await self.store.read(look)
            if found is not None:
                return found
            await self.sleep(_PAUSE_SECONDS)
        raise DemoError(otherwise)
