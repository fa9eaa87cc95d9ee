"""One lane with fifty thousand pieces of work due: what taking a lease costs beside it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, delete, insert, text

from plnbot.engine import work
from plnbot.engine.store import work as table
from plnbot.engine.work import WorkState
from plnbot.store.database import Tx
from tests.bench.conftest import Print, percentile

pytestmark = pytest.mark.bench
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MANY, FEW, TIMES = 50_000, 50, 40


def rows(many: int, lane: Callable[[int], str]) -> list[dict[str, object]]:
    """Return so many due rows, each in the lane of its number."""
    return [
        {
            "key": f"{number}",
            "kind": "waits",
            "lane": lane(number),
            "due_at": NOON,
            "run_at": NOON,
            "payload": {},
            "state": WorkState.DUE,
            "attempts": 0,
            "fence": 0,
            "reason": "",
        }
        for number in range(many)
    ]


def test_a_long_lane(database_url: str, say: Print) -> None:
    """A lease beside fifty thousand that wait for each other, and beside fifty."""
    engine = create_engine(database_url)
    say(f"\n{engine.dialect.name}: median of taking a lease, and of asking when the next is")
    for words, due in (
        (f"{FEW} in one lane", rows(FEW, lambda _number: "one")),
        (f"{MANY:,} in one lane", rows(MANY, lambda _number: "one")),
        (f"{MANY:,} in as many lanes", rows(MANY, str)),
    ):
        with engine.begin() as connection:
            connection.execute(delete(table))
            connection.execute(insert(table), due)
        with engine.begin() as connection:
            connection.execute(text("ANALYZE work"))
        with engine.connect() as connection, connection.begin() as whole:
            tx, leases, looks = Tx(connection), list[float](), list[float]()
            for _ in range(TIMES):
                began = time.perf_counter()
                work.lease(tx, NOON, NOON + timedelta(minutes=3), 100)
                leased = time.perf_counter()
                work.next_at(tx)
                leases.append(leased - began)
                looks.append(time.perf_counter() - leased)
            whole.rollback()
        lease, look = (percentile(each, 0.5) * 1000 for each in (leases, looks))
        say(f"  {words:28} {lease:7.1f} ms {look:7.1f} ms")
    engine.dispose()
