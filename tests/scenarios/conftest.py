"""Drivers for the scenarios; a new adapter adds its own to `driver`."""

import contextlib
import functools
import os
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.first_start import Beginnings, first_network
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.slack.strict import Strict
from tests.postgres import NoPostgresError, binaries
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver, at_home
from tests.scenarios.phases import kept_snapshots
from tests.scenarios.server import StrictDiscord, discord_server, strict_discord
from tests.scenarios.slack import SlackDriver
from tests.scenarios.two_networks import NOON, Snapshot
from tests.scenarios.workspace import slack_workspace, strict_slack


@pytest.fixture(scope="session")
def phases(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Snapshot]:
    """Return the house of two networks after each phase, which all processes of a run share."""
    here = tmp_path_factory.getbasetemp()
    folder = (here.parent if "PYTEST_XDIST_WORKER" in os.environ else here) / "phases"
    return kept_snapshots(migrated_file, folder, FrozenClock(NOON))


@pytest.fixture
async def lobby(store: Store, clock: FrozenClock) -> AsyncIterator[LobbyDriver]:
    """Yield a lobby with its first people, on a still clock and a real database."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, LOBBY_KEY)
    parts = assembled(
        store, clock, options, lambda _platform: "http://127.0.0.1:1", random.Random(1)
    )
    async with at_home(parts.site) as client:
        yield LobbyDriver(client, parts, store, clock)


@pytest.fixture(scope="session")
def slack_proxy(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strict]:
    """Yield the strict proxy before a counterpart of Slack."""
    with strict_slack(repository, tmp_path_factory.mktemp("slack")) as running:
        yield running


@pytest.fixture
async def slack(
    store: Store, clock: FrozenClock, slack_proxy: Strict
) -> AsyncIterator[SlackDriver]:
    """Yield a Slack workspace whose pages have an address; nothing it was sent may be refused."""
    async with slack_workspace(store, clock, slack_proxy, "http://127.0.0.1:1") as driver:
        yield driver


@pytest.fixture
async def slack_without_address(
    store: Store, clock: FrozenClock, slack_proxy: Strict
) -> AsyncIterator[SlackDriver]:
    """Yield a Slack workspace whose pages have no address."""
    async with slack_workspace(store, clock, slack_proxy, "") as driver:
        yield driver


@pytest.fixture(scope="session")
def discord_proxy(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StrictDiscord]:
    """Yield the strict proxy before a counterpart of Discord."""
    with strict_discord(repository, tmp_path_factory.mktemp("discord")) as running:
        yield running


@pytest.fixture
async def discord(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> AsyncIterator[DiscordDriver]:
    """Yield a Discord server whose pages have an address; nothing it was sent may be refused."""
    async with discord_server(store, clock, discord_proxy, "http://127.0.0.1:1") as driver:
        yield driver


@pytest.fixture(params=["lobby", "slack", "discord"])
def driver(request: pytest.FixtureRequest, database_url: str) -> Driver:
    """Return the driver of each platform in turn; only the one that is asked for is set up."""
    chosen: Driver = request.getfixturevalue(request.param)
    return chosen


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave every platform on every database out: each scenario meets all of both without it.

    The lobby plays on PostgreSQL, where there is one, and chat platforms on SQLite; what each stores of
    its own is tested apart, on both.
    """
    kept = [each for each in items if _worth_running(each)]
    items[:] = kept


def _worth_running(item: pytest.Item) -> bool:
    chosen = getattr(getattr(item, "callspec", None), "params", {})
    match chosen.get("driver"), chosen.get("database_url"):
        case ("lobby", "sqlite"):
            # Who asks for one test alone may want it there.
            return not _there_is_postgresql() or "::" in " ".join(item.config.args)
        case (str(platform), "postgresql"):
            return platform == "lobby"
    return True


@functools.cache
def _there_is_postgresql() -> bool:
    with contextlib.suppress(NoPostgresError):
        return binaries().is_dir()
    return False
