"""How long the bot takes to be there, and how much memory it holds, beside the bare imports."""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.conftest import Print

pytestmark = pytest.mark.bench
ROUNDS = 5
# What the parts in use are made of, when neither Slack nor Discord nor a cluster is set up, and the
# database is up to date.
BARE = (
    "import asyncio, aiohttp.web, apscheduler.schedulers.asyncio, jinja2, pydantic_settings, sqlalchemy,"
    " sqlalchemy.dialects.sqlite"
)
MEMORY = "; import re; print(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1])"


def timed(*words: str) -> tuple[float, str]:
    """Run Python to its end; return the seconds and what it said."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, done.stdout


def ready(data: Path) -> tuple[float, int]:
    """Start the bot; return the seconds until it says that it is ready, and its memory in kB."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "plnbot", "--data-dir", str(data), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline()
        seconds = time.perf_counter() - began
        time.sleep(1)
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        process.terminate()
        process.communicate()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return seconds, int(found[1]) if found else 0


def test_start(tmp_path: Path, say: Print) -> None:
    """Print medians; the first start, which makes the database, is not among them."""
    ready(tmp_path)
    empty, help_, bare, whole = [], [], [], []
    for _ in range(ROUNDS):
        empty.append(timed("-c", "pass")[0])
        help_.append(timed("-m", "plnbot", "--help")[0])
        seconds, said = timed("-c", BARE + MEMORY)
        bare.append((seconds, int(said)))
        whole.append(ready(tmp_path))
    imports, starts = (statistics.median(each[0] for each in all_) for all_ in (bare, whole))
    kept, held = (statistics.median(each[1] for each in all_) / 1024 for all_ in (bare, whole))
    say("\nstart (medians)")
    say(f"  python -c pass   {statistics.median(empty) * 1000:6,.0f} ms")
    say(f"  --help           {statistics.median(help_) * 1000:6,.0f} ms")
    say(f"  the bare imports {imports * 1000:6,.0f} ms   {kept:6,.0f} MB")
    say(f"  ready            {starts * 1000:6,.0f} ms   {held:6,.0f} MB")
    say(
        f"  ready is {starts / imports:.2f} times the imports, in {held / kept:.2f} times the memory"
    )
