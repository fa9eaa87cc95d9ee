"""An interaction in Discord: plnbot beside bare discord.py, in one run.

Both get the same event by the same call, and answer the same counterpart on this machine; measured
is the time until the answer has arrived there. The bare bot only answers. plnbot also makes the
person known, does the command, and has it durable before it answers. "Same work" lets the bare bot
do that too, so that what the adapter itself costs can be seen.
"""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord import app_commands
from discord.http import Route

from adapters.discord import inbound
from adapters.discord.app import DiscordConnection
from adapters.discord.client import Options, incoming
from adapters.discord.render import EPHEMERAL
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine.clock import SystemClock
from plnbot.members import store as members
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Reply
from tests.adapters.discord.fake import APPLICATION, GUILD, ROOM, TOKEN, FakeDiscord

pytestmark = pytest.mark.bench
TIMES, AT_ONCE, EACH = 150, 20, 15


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds at the median and the 95th of a hundred, and how many a second twenty get."""

    p50: float
    p95: float
    rate: float


def payload(number: str) -> dict[str, Any]:
    """Return what the gateway tells of `/pln where`."""
    user = {
        "id": "42",
        "username": "ana",
        "discriminator": "0",
        "global_name": "Ana",
        "avatar": None,
    }
    member = {
        "user": user,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "permissions": "2048",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return {
        "id": number,
        "application_id": APPLICATION,
        "type": 2,
        "token": f"token-{number}",
        "version": 1,
        "data": {"id": "1", "name": "pln", "type": 1, "options": [{"type": 1, "name": "where"}]},
        "guild_id": GUILD,
        "channel_id": ROOM,
        "member": member,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 0,
        "attachment_size_limit": 26214400,
        "app_permissions": "2048",
    }


async def take(there: FakeDiscord, client: discord.Client) -> float:
    """Let one interaction come in, and return how many seconds its answer took."""
    number = there.id()
    began = time.perf_counter()
    client._connection.parse_interaction_create(payload(number))  # type: ignore[arg-type] # JSON
    await there.answered(number)
    return time.perf_counter() - began


async def measured(there: FakeDiscord, clients: Sequence[discord.Client]) -> list[Measured]:
    """Measure in turns, so that whatever else the machine does meets all of them alike.

    In another order each turn: who comes after a commit finds the disk and the threads awake.
    """
    took: list[list[float]] = [[] for _client in clients]
    order, chance = list(zip(took, clients, strict=True)), random.Random(1)
    for turn in range(TIMES + 20):
        chance.shuffle(order)
        for each, client in order:
            seconds = await take(there, client)
            if turn >= 20:
                each.append(seconds * 1000)
    rates = [await rate(there, client) for client in clients]
    return [
        Measured(statistics.median(each), statistics.quantiles(each, n=20)[-1], per_second)
        for each, per_second in zip(took, rates, strict=True)
    ]


async def rate(there: FakeDiscord, client: discord.Client) -> float:
    """Return how many a second twenty members get answered."""

    async def member() -> None:
        for _time in range(EACH):
            await take(there, client)

    began = time.perf_counter()
    await asyncio.gather(*(member() for _member in range(AT_ONCE)))
    return AT_ONCE * EACH / (time.perf_counter() - began)


async def bare(work: Callable[[discord.Interaction], Awaitable[object]] | None) -> discord.Client:
    """Return a bot as discord.py's documents show it: a tree with one group of commands."""
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(name="pln", description="The network")

    @group.command(name="where", description="Where")
    async def where(interaction: discord.Interaction) -> None:
        if work is not None:
            await work(interaction)
        embed = discord.Embed(title="What you can do", description="/pln where", colour=0x4E5D94)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    tree.add_command(group)
    await client.login(TOKEN)
    return client


def same_work(parts: Parts) -> Callable[[discord.Interaction], Awaitable[object]]:
    """Return what plnbot does besides answering: take in durably, and find out who it was."""

    async def work(interaction: discord.Interaction) -> object:
        given = inbound.interaction(incoming(interaction), Command("where"), GUILD)
        answer = await parts.desk.handle(given)
        assert isinstance(answer, Reply)
        return await parts.desk.person(given.who)

    return work


@pytest.fixture
async def there() -> AsyncIterator[tuple[FakeDiscord, str]]:
    """Yield a counterpart, and where its API is."""
    fake = FakeDiscord()
    fake.member("42", "Ana")
    app: web.Application = fake.app()
    async with TestServer(app) as server:
        base = str(server.make_url("")).rstrip("/")
        fake.gateway = base.replace("http", "ws") + "/gateway"
        yield fake, f"{base}/api/v10"


async def test_a_command(
    tmp_path: Path, there: tuple[FakeDiscord, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Print latency and throughput of each."""
    fake, api = there
    url = f"sqlite:///{tmp_path / 'bench.sqlite3'}"
    migrate(url)
    store = open_store(url)
    clock = SystemClock()
    await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", clock.now()))
    parts = assembled(
        store,
        clock,
        WebOptions(b"0" * 32),
        lambda _p: "",
        random.Random(1),
        most_a_minute=0,
        presses_a_minute=0,
    )
    await parts.desk.settle("discord", GUILD, "Ridgeview")
    Route.BASE = api
    connection = DiscordConnection(parts.desk, store, clock, Options(TOKEN, api))
    lines: list[tuple[str, Measured]] = []
    names = ("discord.py, bare", "plnbot, durable", "discord.py, same work")
    clients = [await bare(None), await connection._logged_in(), await bare(same_work(parts))]
    lines = list(zip(names, await measured(fake, clients), strict=True))
    for each in clients:
        await each.close()
    await connection.stop()
    await store.close()
    first = fake.callbacks[next(reversed(fake.callbacks))]
    assert first["data"]["flags"] == EPHEMERAL
    with capsys.disabled():
        print()
        base = lines[0][1]
        for name, found in lines:
            print(
                f"{name:24} p50 {found.p50:6.2f} ms ({found.p50 / base.p50:4.2f} ×)"
                f"   p95 {found.p95:6.2f} ms   {found.rate:7.0f}/s"
            )
