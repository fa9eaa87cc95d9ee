"""Connections: how many fit, who makes room, what ends in time, and what the log says of it."""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.web.entrance import descriptors, gate
from adapters.web.entrance.gate import Gate, Step
from adapters.web.entrance.intake import TAKES, Intake, attended
from adapters.web.entrance.listening import Entrance
from plnbot.logs import Seldom

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class House:
    """Keeps no account of anybody."""

    piece = bytearray(gate.PIECE)

    def stepped(self, gate: Gate) -> None:
        """Note nothing."""

    def left(self, gate: Gate) -> None:
        """Note nothing."""


class Line(asyncio.Transport):
    """A connection whose other side reads as much as the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.ended = 0, False

    def get_write_buffer_size(self) -> int:
        """Return what is not read."""
        return self.left

    def abort(self) -> None:
        """End."""
        self.ended = True


class Inner(asyncio.Protocol):
    """What handles a connection; counts what it is given."""

    def __init__(self) -> None:
        self.came = 0

    def data_received(self, data: bytes) -> None:
        """Count."""
        self.came += len(data)


@pytest.fixture
async def line() -> Line:
    """Return a connection's transport."""
    return Line()


@pytest.fixture
async def one(line: Line) -> Gate:
    """Return a connection that was just made."""
    made = Gate(Inner(), House(), "")
    made.connection_made(line)
    return made


def now() -> float:
    """Return the loop's time."""
    return asyncio.get_running_loop().time()


async def test_a_head_has_its_time(one: Gate, line: Line) -> None:
    """However often a letter of it comes; who has sent it whole has all the time there is."""
    one.buffer_updated(1)
    assert not one.look(now() + gate.ARRIVES_SECONDS / 2)
    one.buffer_updated(1)
    one.steps(Step.WORK)
    assert not one.look(now() + 3600)
    one.steps(Step.IDLE)
    assert not one.look(now() + 3600)
    one.buffer_updated(1)
    assert not line.ended
    assert one.look(now() + gate.ARRIVES_SECONDS + 1)
    assert line.ended


async def test_a_head_has_its_size(one: Gate, line: Line) -> None:
    """A head without end is not kept in memory."""
    for _ in range(4):
        one.buffer_updated(gate.PIECE)
    assert not line.ended
    one.buffer_updated(gate.PIECE)
    assert line.ended


async def test_an_answer_is_read_in_time(one: Gate, line: Line) -> None:
    """A slow line gets a long answer whole; who reads a byte now and then does not."""
    one.steps(Step.WORK)
    at = now()
    line.left = 1_000_000
    while line.left:
        assert not one.look(at)
        at += 30
        line.left = max(0, line.left - 50_000)
    line.left = 1_000_000
    for _ in range(10):
        if one.look(at):
            break
        at += 30
        line.left -= 100
    assert line.ended


async def test_little_that_nobody_reads(one: Gate, line: Line) -> None:
    """A few bytes that are never read end the connection as well, also one that is being closed."""
    one.steps(Step.IDLE)
    line.left = 10
    assert not one.look(now())
    assert one.look(now() + gate.READ_SECONDS + 1)


class Open:
    """An entrance for four connections, in which the page /long lasts as long as the test says."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.streams: list[Streams] = []
        app = web.Application(middlewares=[attended, Intake(2).stand])
        app[TAKES] = {}
        app.router.add_get("/{page}", self.page)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def page(self, request: web.Request) -> web.Response:
        """Answer, now or later."""
        if request.path == "/long":
            await self.goes_on.wait()
        return web.Response(text="here")

    async def begin(self) -> None:
        """Open."""
        await self.runner.setup()
        assert self.runner.server is not None
        self.entrance = Entrance(self.runner.server, 4)
        self.port = self.entrance.open("localhost", 0)

    async def end(self) -> None:
        """Close."""
        for _reader, writer in self.streams:
            writer.close()
        self.entrance.close()
        await self.runner.cleanup()

    async def come(self, sent: bytes) -> asyncio.StreamReader:
        """Open a connection, send something, and let it arrive."""
        streams = await asyncio.open_connection("127.0.0.1", self.port)
        self.streams.append(streams)
        streams[1].write(sent)
        await asyncio.sleep(0.05)
        return streams[0]


@pytest.fixture
async def house() -> AsyncIterator[Open]:
    """Open an entrance."""
    made = Open()
    await made.begin()
    yield made
    await made.end()


def asked(path: str) -> bytes:
    """Return a request."""
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


@pytest.mark.parametrize("waiting", [b"", b"GET / HT", asked("/short")])
async def test_who_waits_longest_makes_room(house: Open, waiting: bytes) -> None:
    """Whoever comes is served, in place of the first of those who wait for their own side."""
    busy = await house.come(asked("/long"))
    first, second, third = [await house.come(waiting) for _ in range(3)]
    new = await house.come(asked("/short"))
    assert b"200 OK" in await new.readline()
    await first.read()  # ends
    assert not second.at_eof()
    assert not third.at_eof()
    house.goes_on.set()
    assert b"200 OK" in await busy.readline()


async def test_who_has_just_come_is_not_sent_away_for_the_next(house: Open) -> None:
    """Where the others idle, they make room, and not who has had no time to ask."""
    idle = [await house.come(asked("/short")) for _ in range(4)]
    new = [await house.come(b"") for _ in range(3)]
    for each in idle[:3]:
        assert b"200 OK" in (await each.read())
    assert not [each for each in (*new, idle[3]) if each.at_eof()]


async def test_who_does_not_wait_for_an_answer_waits_for_the_next(house: Open) -> None:
    """Many requests at once are answered in their order, but not as fast as they can be sent."""
    began = now()
    reader = await house.come(asked("/short") * 3)
    for _ in range(3):
        assert b"200 OK" in await reader.readline()
        assert (await reader.readuntil(b"here")).endswith(b"here")
    assert now() - began >= 1
    began = now()
    for _ in range(20):
        house.streams[-1][1].write(asked("/short"))
        await reader.readuntil(b"here")
    assert now() - began < 10


async def test_a_full_house_says_so(house: Open, caplog: pytest.LogCaptureFixture) -> None:
    """Where everybody inside waits for us, who comes is told, and the log has one line of it."""
    inside = [await house.come(asked("/long")) for _ in range(4)]
    for _ in range(3):
        refused = await (await house.come(asked("/short"))).read()
        assert refused.startswith(b"HTTP/1.1 503 ")
        head, _, body = refused.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}".encode() in head
    assert len([each for each in caplog.records if each.levelno >= logging.WARNING]) == 1
    house.goes_on.set()
    for each in inside:
        assert b"200 OK" in await each.readline()
    assert b"200 OK" in await (await house.come(asked("/short"))).readline()


async def test_one_address_has_half(house: Open) -> None:
    """The third connection of one address is refused while another's finds its place."""
    ours = []
    for whose in ("203.0.113.9", "203.0.113.9", "203.0.113.9", "198.51.100.7"):
        theirs, here = socket.socketpair()
        theirs.settimeout(0)
        house.entrance._take(theirs, whose)
        ours.append(here)
        here.settimeout(1)
    assert ours[2].recv(12) == b"HTTP/1.1 503"
    ours[3].settimeout(0)
    with pytest.raises(BlockingIOError):
        ours[3].recv(1)
    for each in ours:
        each.close()


async def test_one_address_behind_a_proxy(house: Open) -> None:
    """What it has under way at once is limited, by what the proxy says; another's is not touched."""

    def passed_on(path: str, address: str) -> bytes:
        return asked(path)[:-2] + f"X-Forwarded-For: {address}\r\n\r\n".encode()

    busy = [await house.come(passed_on("/long", f"2001:db8::{number}")) for number in (1, 2)]
    held = await house.come(passed_on("/short", "[2001:db8::3]:443"))
    assert b"429 " in await held.readline()
    assert b"200 OK" in await (await house.come(passed_on("/short", "192.0.2.1"))).readline()
    house.goes_on.set()
    for each in busy:
        assert b"200 OK" in await each.readline()
    assert b"200 OK" in await (await house.come(passed_on("/short", "2001:db8::3"))).readline()


class Exhausted(socket.socket):
    """A listener on a machine that has no descriptors left."""

    def accept(self) -> tuple[socket.socket, object]:
        """Fail, as the system does."""
        raise OSError(errno.EMFILE, "Too many open files")


async def test_without_descriptors(house: Open, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is let in for a moment, and the log has one line of it, however often it is tried."""
    with Exhausted() as listener:
        for _ in range(100):
            house.entrance._accept(listener)
    assert [each.levelname for each in caplog.records] == ["WARNING"]


@pytest.mark.parametrize(
    ("descriptors_", "expected"), [(64, 32), (256, 128), (1024, 768), (4096, 2000), (10**6, 2000)]
)
def test_what_is_kept(descriptors_: int, expected: int) -> None:
    """Some descriptors are always left for the database and the platforms."""
    assert descriptors._fitting(descriptors_) == expected


def test_seldom(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand of one kind are one line; an error has its trace, and another place is another kind."""
    seldom = Seldom(logging.getLogger("plnbot.test"))
    for number in range(1000):
        seldom.warning("it happens: %d", number)
        try:
            _ = 1 / (number % 2)
        except ZeroDivisionError as error:
            seldom.exception("failed", error)
    seldom.warning("something else")
    said = [each.getMessage() for each in caplog.records]
    assert said == ["it happens: 0", "failed", "something else"]
    assert caplog.records[1].exc_info
