"""The end: whatever was begun comes to its end before the database closes, also for who has left already."""

import asyncio
import contextlib
import random
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.web import store as rooms
from adapters.web.app import WebOptions
from adapters.web.entrance import serving
from adapters.web.entrance.intake import attended
from adapters.web.entrance.serving import Serving
from adapters.web.lobby_key import cookie_of
from plnbot.app import Parts, assembled
from plnbot.engine.ports import Beside, BesideMade
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.scenarios.lobby import LOBBY_KEY, ROOM


class Held:
    """Something that takes long: it tells that it was reached, and waits."""

    def __init__(self) -> None:
        self.reached, self.goes_on = asyncio.Event(), asyncio.Event()
        self.ended = ""

    async def wait(self) -> None:
        """Wait until it may go on; note how it ended."""
        self.reached.set()
        try:
            await self.goes_on.wait()
            self.ended = "by itself"
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise


async def asks(port: int, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for a page over a connection of one's own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"Cookie: {cookie_of(LOBBY_KEY)}={LOBBY_KEY}\r\n"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}\r\n".encode())
    return reader, writer


@contextlib.asynccontextmanager
async def serves(held: Held) -> AsyncIterator[tuple[Serving, int]]:
    """Serve a page that takes long."""

    async def page(_request: web.Request) -> web.Response:
        await held.wait()
        return web.Response()

    app = web.Application(middlewares=[attended])
    app.router.add_get("/", page)
    served = Serving(app)
    yield served, await served.begin("127.0.0.1", 0)


async def left(writer: asyncio.StreamWriter) -> None:
    """Leave without a word, and let that be noticed."""
    sock: socket.socket = writer.get_extra_info("socket")
    sock.shutdown(socket.SHUT_RDWR)
    writer.close()
    await asyncio.sleep(0.1)


async def test_who_has_left_is_waited_for() -> None:
    """Its handler goes on, and the end waits for it."""
    held = Held()
    async with serves(held) as (served, port):
        _reader, writer = await asks(port, "/")
        await held.reached.wait()
        await left(writer)
        ending = asyncio.create_task(served.end())
        await asyncio.sleep(0.3)
        assert not ending.done()
        held.goes_on.set()
        await ending
    assert held.ended == "by itself"


@pytest.mark.parametrize("leaves", [True, False])
async def test_nothing_is_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, *, leaves: bool
) -> None:
    """What takes too long is broken off, and the end comes after that."""
    monkeypatch.setattr(serving, "_ENDS_SECONDS", 0.1)
    held = Held()
    async with serves(held) as (served, port):
        _reader, writer = await asks(port, "/")
        await held.reached.wait()
        if leaves:
            await left(writer)
        await served.end()
        assert held.ended == "cancelled"
        writer.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stream_ends_before_the_database_closes(
    database_url: str,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A browser leaves while its room is read, and that takes long; the bot stops, and reads nothing after that."""
    monkeypatch.setattr(serving, "_ENDS_SECONDS", 0.1, raising=False)
    store, held = open_store(database_url), Held()
    parts = await _lobby(store, clock)
    beside = type(parts.desk).beside

    async def slow(desk: object, who: MemberRef, place: Place, made: BesideMade) -> Beside:
        await held.wait()
        return await beside(parts.desk, who, place, made)

    served = Serving(parts.site)
    port = await served.begin("127.0.0.1", 0)
    reader, writer = await asks(port, f"/as/maya/live?room={ROOM}")
    await reader.readuntil(b"still here")
    monkeypatch.setattr(type(parts.desk), "beside", slow)
    await store.run(lambda tx: tx.announce(rooms.topic(LOBBY, ROOM)))
    await held.reached.wait()
    await left(writer)
    await served.end()
    await store.close()
    held.goes_on.set()
    await asyncio.sleep(0.1)
    assert held.ended == "cancelled"
    assert not [each.getMessage() for each in caplog.records if each.levelname != "DEBUG"]


async def _lobby(store: Store, clock: FrozenClock) -> Parts:
    wanted = Beginnings("Our learning network", "en", "America/New_York")

    def begin(tx: Tx) -> None:
        first_network(tx, wanted, clock.now())

    await store.run(begin)
    options = WebOptions(b"0" * 32, LOBBY_KEY)
    return assembled(store, clock, options, lambda _platform: "", random.Random(1))
