"""Kill -9 at each step of a form whose file is awaited: it is handled once, and told once."""

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
from tests.faults.conftest import EIGHT, Row, on_one_database, processes
from tests.faults.uploads import READ, WORDS, Sending, run_sending

pytestmark = pytest.mark.faults


def lived(sending: Sending) -> int:
    """Let one process live and return how it ended."""
    process = processes.Process(target=run_sending, args=(sending,))
    process.start()
    process.join(60)
    ended = process.exitcode
    process.close()
    assert ended is not None, f"hangs at {sending.point}"
    return ended


def found(url: str) -> tuple[list[str], list[str], list[str]]:
    """Return what was handled, what is kept of where files lie, and which posts were made of it."""
    engine = create_engine(url)
    with engine.connect() as connection:
        handled = text("SELECT subject FROM audit WHERE action = :read")
        kept = text("SELECT files FROM sent_form")
        told = text("SELECT key FROM post WHERE key LIKE 'form/%'")
        answer = (
            list(connection.execute(handled, {"read": READ}).scalars()),
            [str(each) for each in connection.execute(kept).scalars()],
            list(connection.execute(told).scalars()),
        )
    engine.dispose()
    return answer


@pytest.mark.parametrize(
    ("dialect", "point"), on_one_database(["taken in", *OUTSIDE_POINTS]), indirect=["dialect"]
)
async def test_killed_at_each_step(
    chat_url: str, tmp_path: Path, point: str, tally: Callable[[Row], None]
) -> None:
    """Whatever was killed: fetched again at most, handled once, answered once, nothing half."""
    sending = Sending(chat_url, tmp_path / "world", EIGHT - timedelta(hours=12), point)
    assert await asyncio.to_thread(lived, sending) == -signal.SIGKILL
    last = replace(sending, now=sending.now + 2 * LEASE, point="")
    assert await asyncio.to_thread(lived, last) == 0
    assert found(chat_url) == ([WORDS], ["{}"], ["form/1/0"])
    assert 1 <= len(sending.world.read_text("utf-8").split()) <= 2
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 at each step of a form whose file is awaited ({database})", 1))
