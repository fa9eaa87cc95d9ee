"""Behind nginx and Caddy, really run: the lobby stays shut, and live pages live."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import ClientSession, DummyCookieJar
from aiohttp.test_utils import TestServer

from adapters.web import store as rooms
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.members.actions import SignInLinks
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.proxies import (
    DEPLOY,
    NAME,
    PLAIN_CADDY,
    PLAIN_NGINX,
    Proxy,
    caddy,
    nginx,
    trusting,
)
from tests.adapters.test_live import told
from tests.scenarios.lobby import LobbyDriver, Reading, words_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Runs = Callable[[Path, str, int], AbstractContextManager[Proxy]]
PUBLIC = f"https://{NAME}"
SHIPPED_NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
SHIPPED_CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


@pytest.mark.parametrize(("runs", "site"), [(nginx, PLAIN_NGINX), (caddy, PLAIN_CADDY)])
async def test_the_lobby_stays_shut(
    lobby: LobbyDriver, tmp_path: Path, runs: Runs, site: str
) -> None:
    """Through the plainest proxy a stranger reads how its owner opens it, and comes in by no form."""
    front = Reading(await lobby.markup("/")).sheets
    new = next(dict(each.fields) for each in front if each.action == "/someone")
    before = len(await lobby.parts.desk.people("web", LOBBY))
    assert lobby.client.server.port is not None
    with runs(tmp_path, site, lobby.client.server.port) as proxy:
        async with ClientSession() as stranger:
            for path in ("/", "/as/maya/page/home", "/as/maya/room/chat-night", "/as/maya/live"):
                async with stranger.get(proxy.plain(path)) as shut:
                    page = await shut.text()
                    assert shut.status in {403, 421}, path
                    assert "./run lobby" in words_of(page)
                    assert "Maya" not in page
            posted = {**new, "name": "Eve"}
            async with stranger.post(proxy.plain("/someone"), data=posted) as shut:
                assert shut.status in {403, 421}
    assert len(await lobby.parts.desk.people("web", LOBBY)) == before


@dataclass(slots=True)
class Outside:
    """A bot whose members come from outside, and where it listens."""

    parts: Parts
    store: Store
    clock: FrozenClock
    port: int


@pytest.fixture
async def outside(store: Store, clock: FrozenClock) -> AsyncIterator[Outside]:
    """Yield a bot with a public address."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, public_url=PUBLIC)
    parts = assembled(store, clock, options, lambda _platform: PUBLIC, Random(1))
    async with TestServer(parts.site) as server:
        assert server.port is not None
        yield Outside(parts, store, clock, server.port)


@pytest.mark.parametrize(
    ("runs", "site", "secured"),
    [
        (nginx, PLAIN_NGINX, False),
        (nginx, SHIPPED_NGINX, True),
        (caddy, PLAIN_CADDY, False),
        (caddy, SHIPPED_CADDY, True),
    ],
    ids=["nginx-plain", "nginx-shipped", "caddy-plain", "caddy-shipped"],
)
async def test_live_pages_live(
    outside: Outside, tmp_path: Path, runs: Runs, site: str, *, secured: bool
) -> None:
    """Signed in through the proxy, a message is there as soon as it is said."""
    with runs(tmp_path, site, outside.port) as proxy:
        address = proxy.secured if secured else proxy.plain
        tls: dict[str, Any] = {"ssl": trusting(), "server_hostname": NAME} if secured else {}
        headers = {"Host": NAME, "Origin": PUBLIC} if secured else {}
        async with ClientSession(cookie_jar=DummyCookieJar(), headers=headers) as member:
            headers["Cookie"] = await signed_in(outside, member, address, tls)
            live = address("/me/live?room=chat-night&rev=0")
            async with asyncio.timeout(5), member.get(live, headers=headers, **tls) as stream:
                assert stream.status == 200
                assert (await stream.content.readline()).startswith(b":")
                for words in ("the first", "the second"):
                    await say(outside, words)
                    while words not in (await told(stream, "message"))["html"]:
                        pass


async def test_shipped_files_lead_to_tls_and_hide_what_is_watched(
    outside: Outside, tmp_path: Path
) -> None:
    """Who comes without TLS is led to it; the addresses for watchers are not there from outside."""
    outside_in = {"Host": NAME}
    for runs, site in ((nginx, SHIPPED_NGINX), (caddy, SHIPPED_CADDY)):
        folder = tmp_path / runs.__name__
        folder.mkdir()
        with runs(folder, site, outside.port) as proxy:
            async with ClientSession(headers=outside_in) as member:
                async with member.get(proxy.plain("/me?x=1"), allow_redirects=False) as led:
                    assert led.status in {301, 308}
                    assert re.fullmatch(rf"https://{NAME}(:\d+)?/me\?x=1", led.headers["Location"])
                for path in ("/healthz", "/readyz", "/metrics"):
                    tls: dict[str, Any] = {"ssl": trusting(), "server_hostname": NAME}
                    async with member.get(proxy.secured(path), **tls) as hidden:
                        assert hidden.status == 404, (runs, path)


async def signed_in(
    outside: Outside, member: ClientSession, address: Callable[[str], str], tls: dict[str, Any]
) -> str:
    """Sign Priya in by a personal link, and return her cookie."""
    links = SignInLinks(lambda _platform: PUBLIC)
    who = MemberRef("web", LOBBY, "priya")
    made = await outside.store.run(lambda tx: links.link(tx, who, "", outside.clock.now()))
    link = address(made.removeprefix(PUBLIC))
    async with member.get(link, **tls) as page:
        sheets = Reading(await page.text()).sheets
    sheet = next(each for each in sheets if each.action.startswith("/signin/"))
    async with member.post(link, data=sheet.fields, allow_redirects=False, **tls) as opened:
        assert opened.status == 303
        return opened.headers["Set-Cookie"].partition(";")[0]


async def say(outside: Outside, words: str) -> None:
    """Let a message stand in the room."""

    def stand(tx: Tx) -> None:
        rooms.say(tx, LOBBY, "chat-night", key=words, now=outside.clock.now(), words=words)

    await outside.store.run(stand)
