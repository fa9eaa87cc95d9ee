"""Who closes the page before it is there is answered nothing, and nothing is said to be wrong."""

from random import Random

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import WebOptions
from adapters.web.lobby_key import cookie_of
from plnbot.app import assembled
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.scenarios.lobby import LOBBY_KEY

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(("fails", "logged"), [(ConnectionResetError, False), (ValueError, True)])
async def test_a_reader_who_has_gone(
    store: Store,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    fails: type[Exception],
    *,
    logged: bool,
) -> None:
    """An error of ours is written down; a connection that its reader closed is none."""
    options = WebOptions(b"0" * 32, LOBBY_KEY)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))

    async def answer(_request: web.Request) -> web.Response:
        raise fails

    parts.site.router.add_get("/gone", answer)
    cookies = {cookie_of(LOBBY_KEY): LOBBY_KEY}
    async with TestClient(TestServer(parts.site), cookies=cookies) as client:
        assert ((await client.get("/gone")).status == 500) is logged
    assert bool(caplog.records) is logged
