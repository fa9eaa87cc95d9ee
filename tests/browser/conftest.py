"""A running bot in a process of its own, and a real browser."""

import contextlib
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

import pytest
from playwright.async_api import Browser, async_playwright

from tests.conftest import without

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def started(folder: Path, *words: str, log: IO[str] | None = None) -> Iterator[str]:
    """Run `./run` with these words and yield the address that it prints, which opens the lobby."""
    process = subprocess.Popen(
        [sys.executable, "-m", "plnbot", "--data-dir", str(folder), "--port", "0", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = next(line.strip() for line in process.stdout if line.startswith("http://"))
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Yield the machine's own Chromium."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        without("there is no Chromium here (Debian's package is called chromium)")
    async with async_playwright() as playwright:
        # Containers give Chromium neither a sandbox nor much shared memory.
        launched = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        await launched.close()
