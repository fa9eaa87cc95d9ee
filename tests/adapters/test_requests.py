"""Requests that no browser of ours sends: refused in a line, without a trace in the log."""

import asyncio
import logging
from random import Random

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import WebOptions
from adapters.web.lobby_key import cookie_of
from plnbot.app import assembled
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.members.actions import SignInLinks
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.test_web import ROOM, Client, sheet
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FORM = "application/x-www-form-urlencoded"


@on_sqlite
@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (FORM, b"csrf=\xff", 400),
        (FORM, b"csrf=1" + b"&a=b" * 1000, 400),
        (FORM, b"a" * (256 * 1024 + 1), 413),
        (f"{FORM}; charset=klingon", b"csrf=1", 415),
        (f"{FORM}; charset=utf-7", b"csrf=+2AA-", 415),
        (f"{FORM}; charset=utf-8; charset=utf-7", b"csrf=+2AA-", 415),
        ("multipart/form-data", b"x", 415),
        ("multipart/form-data; boundary=b", b"--b\r\nx", 415),
        ("application/json", b"{}", 415),
        (f"{FORM}; charset=UTF-8", b"csrf=1", 403),
    ],
)
async def test_what_cannot_be_read_is_no_fault_of_ours(
    lobby: LobbyDriver, caplog: pytest.LogCaptureFixture, kind: str, body: bytes, expected: int
) -> None:
    """A body that no browser sends is a bad request, not a page of apology and a traceback."""
    response = await lobby.client.post("/signin/x", data=body, headers={"Content-Type": kind})
    assert response.status == expected
    assert not [each for each in caplog.records if each.levelno > logging.INFO]


async def test_what_cannot_be_stored_is_refused(
    lobby: LobbyDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """NUL and lone surrogates in an address, a cookie or a form's own fields get nowhere."""
    for path in ("/as/%00/page/home", "/calendar/%00.ics", "/as/priya/live?room=%00"):
        assert (await lobby.client.get(path)).status == 400, path
    for cookie in (b"plnbot=\xff", b'plnbot="\\000"'):
        kept = f"Cookie: {cookie_of(LOBBY_KEY)}={LOBBY_KEY}; ".encode() + cookie
        assert await status(lobby.client, b"/me", kept) == 400
    command = {**await sheet(lobby.client, ROOM, "/as/priya/do"), "words": "help"}
    say = {**await sheet(lobby.client, ROOM, "/say"), "words": "hello"}
    for name in ("key", "room", "thread", "back"):
        for there, fields in (("/as/priya/do", command), (f"{ROOM}/say", say)):
            refused = await lobby.client.post(there, data={**fields, name: "a\0"})
            assert refused.status == 400, (there, name)
    assert (await lobby.client.post("/as/priya/do", data={**command, "csrf": "é"})).status == 403
    assert (await lobby.client.post(f"{ROOM}/say", data={**say, "key": "k" * 300})).status == 200
    assert not caplog.records


@on_sqlite
async def test_broken_names_are_not_ours(
    lobby: LobbyDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """A host or origin that is none is refused like another's."""
    assert await status(lobby.client, b"/", b"X: y", host=b"[") == 421
    fields = await sheet(lobby.client, ROOM, "/as/priya/do")
    for origin in ("http://[", "null", ""):
        response = await lobby.client.post("/as/priya/do", data=fields, headers={"Origin": origin})
        assert response.status == 403, origin
    assert not caplog.records


async def status(client: Client, path: bytes, header: bytes, *, host: bytes = b"localhost") -> int:
    """Return the status of a request as no client library would send it."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + header + b"\r\n\r\n")
    line = await reader.readline()
    writer.close()
    return int(line.split()[1])


@on_sqlite
async def test_behind_a_proxy_forms_come_from_the_public_address(
    store: Store, clock: FrozenClock
) -> None:
    """A proxy that calls us by a name of its own, as they do by default, loses nobody's forms."""
    options = WebOptions(b"0" * 32, public_url="https://pln.example.org")
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    who = MemberRef("web", LOBBY, "priya")
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    links = SignInLinks(lambda _platform: "http://127.0.0.1")
    made = await store.run(lambda tx: links.link(tx, who, "/page/home", clock.now()))
    link = made.removeprefix("http://127.0.0.1")
    async with TestClient(TestServer(parts.site)) as client:
        fields = await sheet(client, link, link)
        for origin, expected in (
            ("https://pln.example.org", 410),
            ("https://pln.example.org.evil.example", 403),
            ("https://evil.example", 403),
        ):
            response = await client.post("/signin/x", data=fields, headers={"Origin": origin})
            assert response.status == expected, origin


@on_sqlite
@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host"])
async def test_the_lobby_is_not_passed_on(lobby: LobbyDriver, header: str) -> None:
    """Through a tunnel that calls us by this machine's name, nobody gets in, not even with the key."""
    for path in ("/", "/as/maya/page/home"):
        assert (await lobby.client.get(path)).status == 200
        response = await lobby.client.get(path, headers={header: "tunnel.example"})
        assert response.status == 421
