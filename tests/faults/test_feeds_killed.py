"""Kill -9 in mid-sweep and in mid-import: no post twice, none lost, every feed of the list taken over."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from plnbot.engine.work import LEASE
from tests.faults.bot import OUTSIDE_POINTS
from tests.faults.conftest import EIGHT, LONG, Row, processes
from tests.faults.feeds import DAY, FEEDS, LISTED, NEW, Sweep, add_feeds, run_sweep

pytestmark = pytest.mark.faults
POINTS = (
    tuple(each for each in OUTSIDE_POINTS if each not in ("doing", "done outside"))
    if LONG
    else ("begin, asked", "end, written")
)
MIDDLES = (1, 4, 9) if LONG else (4,)
BEGAN = EIGHT - timedelta(hours=12)


def lived(sweep: Sweep) -> int:
    """Let one process live and return how it ended."""
    process = processes.Process(target=run_sweep, args=(sweep,))
    process.start()
    process.join(120)
    ended = process.exitcode
    process.close()
    assert ended is not None, f"hangs at {sweep.point}"
    return ended


def counted(url: str) -> dict[str, int]:
    """Return how many stories were posted, how many posts that made, and what became of the list."""
    asked = {
        "stories": "SELECT count(*) FROM reading_shown",
        "posts": "SELECT count(*) FROM post WHERE card = 'reading.story'",
        "items": "SELECT count(*) FROM reading_item",
        "feeds": "SELECT count(*) FROM reading_feed",
        "taken": "SELECT count(*) FROM reading_outline WHERE state = 'added'",
    }
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {name: int(connection.execute(text(q)).scalar_one()) for name, q in asked.items()}
    engine.dispose()
    return found


@pytest.mark.parametrize("nth", MIDDLES)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_mid_sweep(
    chat_url: str, point: str, nth: int, tally: Callable[[Row], None]
) -> None:
    """Each new post is posted once, whatever was being read, taken in or planned."""
    await asyncio.to_thread(add_feeds, chat_url, BEGAN)
    sweep = Sweep(chat_url, BEGAN, BEGAN, BEGAN + 2 * DAY, point, nth)
    assert await asyncio.to_thread(lived, sweep) == -signal.SIGKILL
    last = replace(sweep, now=BEGAN + 2 * LEASE, until=BEGAN + 3 * DAY, point="")
    assert await asyncio.to_thread(lived, last) == 0
    new = FEEDS * NEW
    expected = {
        "stories": new,
        "posts": new,
        "items": FEEDS * (3 + NEW),
        "feeds": FEEDS,
        "taken": 0,
    }
    assert counted(chat_url) == expected
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 in the middle of polling feeds ({database})", 1))


@pytest.mark.parametrize("nth", MIDDLES)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_mid_import(
    chat_url: str, point: str, nth: int, tally: Callable[[Row], None]
) -> None:
    """Every feed of the list is taken over once."""
    sweep = Sweep(chat_url, BEGAN, BEGAN, BEGAN + DAY / 2, point, min(nth, LISTED), imports=True)
    assert await asyncio.to_thread(lived, sweep) == -signal.SIGKILL
    last = replace(sweep, now=BEGAN + 2 * LEASE, until=BEGAN + 3 * DAY, point="", imports=False)
    assert await asyncio.to_thread(lived, last) == 0
    new = LISTED * NEW
    expected = {
        "stories": new, "posts": new, "items": LISTED * (3 + NEW), "feeds": LISTED, "taken": LISTED,
    }  # fmt: skip
    assert counted(chat_url) == expected
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 in the middle of taking a list of feeds over ({database})", 1))
