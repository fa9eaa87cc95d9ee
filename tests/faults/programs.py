"""What processes of the fault tests do beside living the bot's life: start it, hold, starve, die."""

import asyncio
import contextlib
import logging
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import Engine, event

from plnbot.cli import main
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef
from plnbot.stopping import told_to_stop
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction
from plnbot.testing import FrozenClock, RecordingSender
from tests.faults.bot import Bot, Death, LoopbackSender
from tests.faults.conftest import EIGHT


def run_plnbot(words: Sequence[str], settings: dict[str, str], said: Path) -> None:
    """Be `./run WORDS`, writing what it says into a file."""
    with said.open("w", buffering=1, encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        sys.stdout = sys.stderr = file
        os.environ.update(settings)
        sys.exit(main(words))


def serve(url: str, port: int, now: datetime) -> None:
    """Do the work that is due until told to stop, as the application does."""
    asyncio.run(_served(url, port, now))


async def _served(url: str, port: int, now: datetime) -> None:
    told = told_to_stop()
    sender = LoopbackSender(port, 1, Death("", 0))
    bot = Bot(open_store(url), FrozenClock(now), {"test": sender})
    working = asyncio.create_task(bot.runner.run())
    await told.wait()
    bot.runner.stop()
    await working
    await bot.store.close()


def hold_lock(file: str, told: Connection) -> None:
    """Keep everybody from writing until told to let go."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        told.send("held")
        told.recv()
        connection.execute("ROLLBACK")


def migrate_until(url: str, statement: int) -> None:
    """Migrate a database, and die before the nth thing that is done to it."""
    left = statement

    def count(*_what: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for each in ("before_cursor_execute", "commit"):
        event.listen(Engine, each, count)
    migrate(url)


def starve(url: str, interactions: Sequence[Interaction], told: Connection) -> None:
    """Take in what people do while no file may grow, and again when there is room.

    Tells: how many were refused meanwhile, how many pages could be read, what was posted at the end.
    """
    logging.disable(logging.CRITICAL)
    told.send(asyncio.run(_starved(url, interactions)))


async def _starved(url: str, interactions: Sequence[Interaction]) -> tuple[int, int, list[str]]:
    platform = RecordingSender()
    bot = Bot(open_store(url), FrozenClock(EIGHT), {"test": platform})
    await bot.runner.run_all_due()
    refused = read = 0
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    largest = max(each.stat().st_size for each in Path(url[10:]).parent.glob("*.sqlite3*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, most))
    for each in interactions:
        try:
            await bot.desk.handle(each)
        except Unavailable:
            refused += 1
        read += await bot.desk.person(MemberRef("test", "w", "maya")) is not None
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    for each in interactions:
        await bot.desk.handle(each)
    await bot.runner.run_all_due()
    await bot.store.close()
    return refused, read, [each.key for each in platform.sent if not each.edits]
