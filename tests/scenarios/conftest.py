"""Drivers for the scenarios; a new adapter adds its own to `driver`."""

import random
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.first_start import Beginnings, first_network
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.scenarios.lobby import LobbyDriver


@pytest.fixture
async def lobby(store: Store, clock: FrozenClock) -> AsyncIterator[LobbyDriver]:
    """Yield a lobby with its first people, on a still clock and a real database."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32)
    parts = assembled(
        store, clock, options, lambda _platform: "http://127.0.0.1:1", random.Random(1)
    )
    async with TestClient(TestServer(parts.site)) as client:
        yield LobbyDriver(client, parts, store, clock)


@pytest.fixture(params=["lobby"])
async def driver(request: pytest.FixtureRequest, lobby: LobbyDriver) -> LobbyDriver:
    """Return the driver of each platform in turn."""
    return lobby
