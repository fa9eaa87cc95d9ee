"""A bot in a process of its own, with its log in a file and as many descriptors as are said."""

import asyncio
import contextlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.attacks import onlooker

ROOT = Path(__file__).parents[2]
BOUND = 0.5
"""How long, in seconds, another client's page may take while the bot is attacked."""
PAGES = ("/", "/readyz")
"""What the other client looks at: one of them asks the database."""
TRIES = 3
MOST_STRETCHED = 6
"""However busy the machine is, a page that takes longer than so many times the bound is too late."""
# A limit for itself and what it starts, as a shell gives it: soft and hard.
_LIMITED = 'ulimit -n "$1"; shift; exec "$@"'


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an attack, how many were tried, the longest that another waited."""

    attack: str
    tried: int
    waited: float


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs."""

    process: "subprocess.Popen[str]"
    log: Path
    port: int
    cookie: str

    def lines(self) -> list[str]:
        """Return what is in the log."""
        return self.log.read_text(encoding="utf-8").splitlines()

    def descriptors(self) -> int:
        """Return how many descriptors the process has open."""
        return sum(1 for _ in Path(f"/proc/{self.process.pid}/fd").iterdir())

    def processor(self) -> tuple[float, float]:
        """Return how many seconds its loop has had a processor, and has waited for one."""
        try:
            told = Path(f"/proc/{self.process.pid}/schedstat").read_text(encoding="ascii").split()
        except OSError:  # not on every system
            return 0.0, 0.0
        return int(told[0]) / 1e9, int(told[1]) / 1e9

    def connect(self) -> "Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]":
        """Open a connection."""
        return asyncio.open_connection("127.0.0.1", self.port)

    async def answer(self, request: bytes) -> bytes:
        """Send a request and return the answer, empty where the connection is ended without one."""
        reader, writer = await self.connect()
        try:
            writer.write(request)
            async with asyncio.timeout(60):
                head = await reader.readuntil(b"\r\n\r\n")
                return head + await reader.read(65536)
        except (ConnectionError, asyncio.IncompleteReadError):
            return b""
        finally:
            writer.close()

    async def status(self, request: bytes) -> int:
        """Send a request and return the answer's status, 0 where there is no answer."""
        return int((await self.answer(request))[9:12] or 0)


@contextlib.contextmanager
def running(folder: Path, *, descriptors: int, **settings: str) -> Iterator[Running]:
    """Run a bot in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if "PLNBOT" not in name}
    bot = [sys.executable, "-m", "plnbot", "--data-dir", str(folder), "--port", "0"]
    log = folder.with_suffix(".log")
    with log.open("w") as errors:
        process = subprocess.Popen(
            ["sh", "-c", _LIMITED, "sh", str(descriptors), *bot],
            cwd=ROOT,
            env={**kept, **settings},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        address = next(line.strip() for line in process.stdout if line.startswith("http://"))
        parts = urlsplit(address)
        assert parts.port is not None
        cookie = _opened(parts.port, f"/?{parts.query}") if parts.query else ""
        yield Running(process, log, parts.port, cookie)
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0
        if process.stdout is not None:
            process.stdout.close()


def _opened(port: int, path: str) -> str:
    """Open the lobby by its key; return the header that a browser sends from then on."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    given = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    connection.close()
    return f"Cookie: {given}\r\n"


@contextlib.asynccontextmanager
async def looked_on(bot: Running) -> AsyncIterator[dict[str, object]]:
    """Let another client open pages all through the block; yields what it saw, at the end."""
    program = [sys.executable, "-I", onlooker.__file__, str(bot.port), bot.cookie, *PAGES]
    child = await asyncio.create_subprocess_exec(
        *program, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    seen: dict[str, object] = {}
    try:
        assert await child.stdout.readline() == b"looking\n"
        yield seen
    finally:
        told, _nothing = await child.communicate(b"\n")
    seen.update(json.loads(told))


async def withstood(
    bot: Running, name: str, attack: Callable[[], Awaitable[int]], *, lines: int = 8
) -> Row:
    """Attack, and check that another client is served all the while and that the log stays short.

    Where others use the machine too, it is tried again; and what the bot waited for a processor is
    not its own slowness.
    """
    waits = []
    for _ in range(TRIES):
        before, (ran, waited) = len(bot.lines()), bot.processor()
        async with looked_on(bot) as seen:
            tried, _nothing = await asyncio.gather(attack(), asyncio.sleep(0.3))
        ran, waited = (now - then for now, then in zip(bot.processor(), (ran, waited), strict=True))
        stretched = min(1 + waited / ran, MOST_STRETCHED) if ran else 1
        assert seen["seen"] == {"200": seen["pages"]}, (name, seen)
        added = bot.lines()[before:]
        assert len(added) <= lines, added[:50]
        waits.append(float(str(seen["longest"])) / stretched)
        if waits[-1] <= BOUND:
            return Row(name, tried, waits[-1])
    raise AssertionError(f"{name}: another client waited {waits} s")


def noted(row: Row) -> None:
    """Add a line to the table of `./run faults`, where it asked for one."""
    path = os.environ.get("PLNBOT_TEST_FAULTS_TALLY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row)) + "\n")
