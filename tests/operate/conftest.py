"""A bot that can be stopped, restored and started again, while its platform stays as it is."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from adapters.web.app import WebOptions
from config.settings import Settings, load_settings
from plnbot.app import Parts, assembled
from plnbot.engine import restoration
from plnbot.engine.ports import Delivery, Outgoing
from plnbot.operate.journal import journal_of, journalled
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Answer, Interaction, What
from plnbot.testing import FrozenClock, RecordingSender
from tests.postgres import NoPostgresError, binaries

ROOM = Place("test", "w", "room")


@dataclass(slots=True)
class Life:
    """One start of the bot, until its end."""

    store: Store
    parts: Parts
    clock: FrozenClock
    start: int
    count: int = 0

    async def do(
        self, user: str, what: What, *, leads: bool = False, workspace: str = "w"
    ) -> Answer:
        """Let somebody do something in the room."""
        self.count += 1
        who = MemberRef("test", workspace, user)
        key = f"start{self.start}/{self.count}"
        given = Interaction(
            key, who, Place("test", workspace, "room"), what, name=f"{user.title()} Zq", leads=leads
        )
        answer = await self.parts.desk.handle(given)
        await self.parts.runner.run_all_due()
        return answer


@dataclass(slots=True)
class Doubling(RecordingSender):
    """A platform that finds what it was sent, and shows twice what it is sent twice."""

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Keep it, once more where it is there already."""
        before = len(self.sent)
        delivery = await RecordingSender.send(self, outgoing)
        if len(self.sent) == before:
            self.sent.append(outgoing)
        return delivery


@dataclass(slots=True)
class Installation:
    """A data folder, a database and a platform that remembers what it was sent."""

    settings: Settings
    clock: FrozenClock
    platform: Doubling = field(default_factory=Doubling)
    starts: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Life]:
        """Start the bot, let it do what is due, and stop it."""
        self.starts += 1
        store = open_store(self.settings.database)
        try:
            parts = assembled(store, self.clock, WebOptions(b"0" * 32), lambda _: "", Random(1))
            parts.runner.senders["test"] = self.platform
            parts.runner.tools.restored_at = await store.read(restoration.latest)
            await parts.desk.settle("test", "w", "Ridgeview Schools")
            journal = journal_of(self.settings.data_dir)
            async with journalled(journal, store, parts.desk.routes):
                await parts.runner.run_all_due()
                yield Life(store, parts, self.clock, self.starts)
        finally:
            await store.close()


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have PostgreSQL's own tools of the server's version at hand."""
    try:
        monkeypatch.setenv("PATH", f"{binaries()}{os.pathsep}{os.environ['PATH']}")
    except NoPostgresError:
        return  # then there is no server to use them with either


@pytest.fixture
def installation(
    tmp_path: Path, database_url: str, clock: FrozenClock, tools: None
) -> Installation:
    """Return an installation on each database in turn."""
    settings = load_settings({"data_dir": str(tmp_path / "data"), "database_url": database_url})
    settings.data_dir.mkdir()
    return Installation(settings, clock)
