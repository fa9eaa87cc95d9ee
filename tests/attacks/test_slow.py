"""Who sends or reads slowly, by the thousand: others are served, and the database keeps its own."""

import asyncio
import contextlib
import resource
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import pytest

from tests.attacks.conftest import DESCRIPTORS
from tests.attacks.running import ROOT, Row, Running, withstood
from tests.attacks.test_requests import FORM
from tests.faults.conftest import LONG

pytestmark = pytest.mark.faults
HALF_SENT = 11_000 if LONG else 1_100
READERS = 2_000 if LONG else 400
HELD = 15.0 if LONG else 1.0
"""How long the attackers hold on, in seconds; what is half sent is given ten, a refusal two more."""
KEPT = 200
"""How many descriptors must be left for the database and the platforms."""


@contextlib.asynccontextmanager
async def crowd(bot: Running, size: int, each: bytes) -> AsyncIterator[list[socket.socket]]:
    """Open many connections that send so much, read nothing, and wait."""
    loop = asyncio.get_running_loop()
    there: list[socket.socket] = []
    try:
        for _ in range(size):
            connection = socket.socket()
            connection.settimeout(0)
            there.append(connection)
            await loop.sock_connect(connection, ("127.0.0.1", bot.port))
            with contextlib.suppress(BlockingIOError, ConnectionError):
                connection.send(each)
        yield there
    finally:
        for connection in there:
            connection.close()


def gone(there: list[socket.socket]) -> int:
    """Return how many connections the bot has ended."""
    ended = 0
    for connection in there:
        try:
            while connection.recv(65536):
                pass
        except BlockingIOError:
            continue
        except ConnectionError:
            pass
        ended += 1
    return ended


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = f"POST /signin/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\n".encode()
CROWDS = {
    "half-sent heads": HEAD,
    "connections that send nothing": b"",
    "half-sent bodies": BODY + b"Content-Length: 1000\r\n\r\ncsrf=",
    "half-sent chunks": BODY + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "requests that are never followed by another": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


@pytest.mark.parametrize("name", CROWDS)
async def test_slow_senders(
    bot: Running, many: int, attacked: Callable[[Row], None], name: str
) -> None:
    """More than there are descriptors: others find room, and the rest of the descriptors is kept."""
    size = min(HALF_SENT, many)

    async def attack() -> int:
        async with crowd(bot, size, CROWDS[name]) as there:
            assert bot.descriptors() <= DESCRIPTORS - KEPT
            await asyncio.sleep(HELD)
            if LONG and "never" not in name:
                assert gone(there) == size
        return size

    attacked(await withstood(bot, name, attack))


async def test_slow_readers(bot: Running, many: int, attacked: Callable[[Row], None]) -> None:
    """Answers that are not read fill nothing but their own connection, which makes room."""
    script = b"GET /static/app.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    size = min(READERS, many)

    async def attack() -> int:
        async with crowd(bot, size, script * 2000):
            assert bot.descriptors() <= DESCRIPTORS - KEPT
            await asyncio.sleep(HELD)
        return size

    attacked(await withstood(bot, "answers that are not read", attack))


if LONG:  # it takes as long as a head may, which `./run faults` has

    async def test_a_drop_at_a_time(bot: Running, attacked: Callable[[Row], None]) -> None:
        """A head that goes on for ever, a letter at a time, ends with its time."""

        async def attack() -> int:
            async with crowd(bot, 300, HEAD) as there:
                for _ in range(130):
                    for each in there:
                        with contextlib.suppress(OSError):
                            each.send(b"a")
                    await asyncio.sleep(0.1)
                assert gone(there) == 300
            return 300

        attacked(await withstood(bot, "heads that come a letter at a time", attack))


def test_the_limit_of_a_shell_is_raised() -> None:
    """What a shell gives at first is raised to what it would give, as far as that is of use."""
    program = (
        "import resource; from adapters.web.entrance import descriptors; descriptors.raise_limit();"
        " print(*resource.getrlimit(resource.RLIMIT_NOFILE), descriptors.connections())"
    )
    command = ["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", sys.executable, "-c", program]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    soft, hard, fit = map(int, told.split())
    assert soft == min(hard, 10_240) or hard == resource.RLIM_INFINITY
    assert fit > 256
