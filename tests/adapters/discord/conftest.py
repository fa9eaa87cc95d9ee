"""Discord's published description, where it stands beside this checkout."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.strictness import Strict
from tests.conftest import without
from tests.scenarios.conftest import discord_proxy
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.server import StrictDiscord, discord_server


@pytest.fixture(scope="session")
def peers(repository: Path) -> Path:
    """Return the folder of counterparts that tests may use and the project does not hold."""
    folder = repository.parent / "shared" / "peers"
    if not folder.is_dir():
        without("the counterparts are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def strict(peers: Path) -> Strict:
    """Return the check against Discord's published description."""
    return Strict(peers / "discord-openapi.json")


@pytest.fixture
async def server(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> AsyncIterator[DiscordDriver]:
    """Yield a server whose pages have no address."""
    async with discord_server(store, clock, discord_proxy, "") as driver:
        yield driver


__all__ = ["discord_proxy"]
