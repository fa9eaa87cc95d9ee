"""The strict proxy before the counterpart: every call is checked against Slack's own description."""

import contextlib
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.slack.text import Json
from tests.adapters.slack.fake import APP_TOKEN, BOT_TOKEN


@dataclass(slots=True)
class Strict:
    """A running proxy: where it listens, where it passes calls on to, and what it wrote down."""

    port: int
    upstream: int
    log: Path
    _read: int = 0

    @property
    def address(self) -> str:
        """Where calls go."""
        return f"http://127.0.0.1:{self.port}"

    def new(self) -> list[Json]:
        """Return what was written down since the last time."""
        with self.log.open("rb") as written:
            written.seek(self._read)
            fresh = written.read()
        self._read += len(fresh)
        return [json.loads(line) for line in fresh.splitlines()]

    def violations(self) -> list[Json]:
        """Return the new calls that Slack would have refused."""
        return [each for each in self.new() if each.get("err") or "unknown_arg" in each]


@contextlib.contextmanager
def strict(
    proxy: Path, log: Path, tokens: str = f"{BOT_TOKEN},{APP_TOKEN},none"
) -> Iterator[Strict]:
    """Run the proxy until the block ends."""
    port, upstream = free_port(), free_port()
    log.touch()
    up = f"http://127.0.0.1:{upstream}"
    running = subprocess.Popen([sys.executable, proxy, str(port), up, log, tokens])
    try:
        wait_for(port, running)
        yield Strict(port, upstream, log)
    finally:
        running.terminate()
        running.wait()


def free_port() -> int:
    """Return a port of this machine that nobody has.

    It is none of those that the system gives away by itself, so that nobody gets it before whoever
    asked for it listens there.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    """Wait until somebody listens on a port."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert running.poll() is None, "the strict proxy ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    raise AssertionError("the strict proxy did not listen")
