"""Kill -9 at each step of work outside a transaction: it ends once, and is begun anew until then."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from plnbot.engine.work import LEASE
from tests.faults.bot import OUTSIDE_POINTS
from tests.faults.conftest import EIGHT, LONG, Row, on_one_database, processes
from tests.faults.errands import DID, KEY, Errand, run_errand

pytestmark = pytest.mark.faults
OVER = {"end, committed"}
"""Points at which all is over already."""


def lived(errand: Errand) -> int:
    """Let one process live and return how it ended."""
    process = processes.Process(target=run_errand, args=(errand,))
    process.start()
    process.join(60)
    ended = process.exitcode
    process.close()
    assert ended is not None, f"hangs at {errand.point}"
    return ended


def found(url: str) -> tuple[list[str], str]:
    """Return what ends wrote down, and where the row stands."""
    engine = create_engine(url)
    with engine.connect() as connection:
        ends = text("SELECT subject FROM audit WHERE action = :did")
        state = text("SELECT state FROM work WHERE key = :key")
        written = list(connection.execute(ends, {"did": DID}).scalars())
        stands = str(connection.execute(state, {"key": KEY}).scalar_one())
    engine.dispose()
    return written, stands


@pytest.mark.parametrize(
    ("dialect", "point"), on_one_database(OUTSIDE_POINTS), indirect=["dialect"]
)
@pytest.mark.parametrize("lives", [3 if LONG else 1])
async def test_killed_at_each_step(
    chat_url: str, tmp_path: Path, point: str, lives: int, tally: Callable[[Row], None]
) -> None:
    """Its end is written once, whatever was killed; it was done at most once more for each kill."""
    errand = Errand(chat_url, tmp_path / "world", EIGHT - timedelta(hours=12), point)
    killed = 0
    for number in range(lives):
        now = errand.now + number * 2 * LEASE
        ended = await asyncio.to_thread(lived, replace(errand, now=now))
        assert ended in {0, -signal.SIGKILL}
        killed += ended != 0
    assert killed == (1 if point in OVER else lives)
    last = replace(errand, now=errand.now + lives * 2 * LEASE, point="")
    assert await asyncio.to_thread(lived, last) == 0
    assert found(chat_url) == (["77"], "done")
    done = errand.world.read_text("utf-8").split()
    assert 1 <= len(done) <= 1 + killed
    assert set(done) == {"77"}
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 at each step of work outside a transaction ({database})", killed))
