"""A whole Discord server on this machine, its bot connected through the strict proxy."""

import contextlib
import json
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.discord.app import DiscordConnection
from adapters.discord.client import Options
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.discord.fake import GUILD, TOKEN, FakeDiscord
from tests.adapters.slack.strict import free_port, wait_for
from tests.conftest import without
from tests.scenarios import strict_once
from tests.scenarios.browsing import Browsing
from tests.scenarios.discord import NAMES, USERS, DiscordDriver


@dataclass(slots=True)
class StrictDiscord:
    """A running proxy: where it listens, where it passes calls on to, and what it wrote down."""

    port: int
    upstream: int
    log: Path
    _read: int = 0

    @property
    def api(self) -> str:
        """Where calls go."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    def new(self) -> list[dict[str, Any]]:
        """Return the calls since the last time."""
        with self.log.open("rb") as written:
            written.seek(self._read)
            fresh = written.read()
        self._read += len(fresh)
        return [json.loads(line) for line in fresh.splitlines()]

    def violations(self) -> list[dict[str, Any]]:
        """Return the new calls that Discord would have refused."""
        return [each for each in self.new() if each["errs"]]


@contextlib.contextmanager
def strict_discord(repository: Path, folder: Path) -> Iterator[StrictDiscord]:
    """Run the strict proxy, or skip where it is not beside this checkout."""
    proxy = repository.parent / "shared" / "peers" / "discord_strict.py"
    if not proxy.is_file():
        without("the counterparts are not beside this checkout")
    port, upstream = free_port(), free_port()
    log = folder / "discord.log"
    log.touch()
    up = f"http://127.0.0.1:{upstream}"
    command = [sys.executable, strict_once.__file__, str(proxy), str(port), up, str(log)]
    running = subprocess.Popen(command)
    try:
        wait_for(port, running)
        yield StrictDiscord(port, upstream, log)
    finally:
        running.terminate()
        running.wait()


@contextlib.asynccontextmanager
async def fake_discord(proxy: StrictDiscord) -> AsyncIterator[FakeDiscord]:
    """Yield a counterpart behind the proxy, with its six members."""
    discord = FakeDiscord()
    for handle, user in USERS.items():
        discord.member(user, NAMES[handle])
    discord.owner = USERS["maya"]
    served = web.AppRunner(discord.app(), shutdown_timeout=0.2)
    await served.setup()
    await web.TCPSite(served, "127.0.0.1", proxy.upstream, reuse_address=True).start()
    discord.gateway = f"ws://127.0.0.1:{proxy.upstream}/gateway"
    discord.own = f"http://127.0.0.1:{proxy.upstream}"
    proxy.new()
    try:
        yield discord
    finally:
        await discord.drop()
        await served.cleanup()


def connected(
    parts: Parts, store: Store, clock: FrozenClock, proxy: StrictDiscord, **more: Any
) -> DiscordConnection:
    """Return Discord's connection, which does not wait for servers longer than it must."""
    gateway = f"ws://127.0.0.1:{proxy.upstream}/gateway"
    chosen: dict[str, Any] = {
        "gateway": gateway,
        "content": True,
        "members": True,
        "patience": 0.05,
        **more,
    }
    options = Options(TOKEN, proxy.api, **chosen)
    connection = DiscordConnection(parts.desk, store, clock, options)
    connection.files.origins = frozenset({f"http://127.0.0.1:{proxy.upstream}"})
    return connection


@contextlib.asynccontextmanager
async def discord_server(
    store: Store,
    clock: FrozenClock,
    proxy: StrictDiscord,
    address: str,
    *,
    lobby_key: str = "",
    **more: Any,
) -> AsyncIterator[DiscordDriver]:
    """Yield a server with six people, of whom Maya owns it and Sam helps moderate."""
    now = clock.now()
    await store.run(
        lambda tx: members.new_network(tx, "Our learning network", "en", "America/New_York", now)
    )
    parts = assembled(
        store, clock, WebOptions(b"0" * 32, lobby_key), lambda _platform: address, random.Random(1)
    )
    async with fake_discord(proxy) as discord:
        discord.clock = lambda: int(clock.real(clock.now()).timestamp() * 1000)
        connection = connected(parts, store, clock, proxy, **more)
        parts.runner.senders["discord"] = connection.sender
        await connection.start()
        try:
            async with TestClient(TestServer(parts.site)) as client:
                driver = DiscordDriver(discord, connection, parts, store, clock)
                driver.browsing = Browsing(client, driver.link)
                for handle in USERS:
                    await driver.command(handle, "help")
                await store.run(_sam_helps)
                yield driver
        finally:
            await connection.stop()
    assert proxy.violations() == []


def _sam_helps(tx: Tx) -> None:
    sam = members.by_ref(tx, MemberRef("discord", GUILD, USERS["sam"]))
    assert sam is not None
    now = datetime(2026, 11, 23, tzinfo=UTC)
    roles.grant(tx, sam.network.id, sam.id, Grant(Role.CO_MODERATOR), by=None, now=now)
