"""Several processes that start on one new PostgreSQL database make one house of it."""

import asyncio
import itertools
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, func, select, text

from plnbot.first_start import Beginnings, first_network
from plnbot.members.store import network
from plnbot.store.database import Store
from plnbot.store.migrations import MIGRATING
from plnbot.store.migrations.stepping import differences
from plnbot.testing import FrozenClock
from tests.conftest import without
from tests.postgres import NoPostgresError, Server

MIGRATE = "import sys; from plnbot.store.migrations import migrate; migrate(sys.argv[1])"
WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
_numbers = itertools.count(1)


@pytest.fixture
def empty(server: Server | NoPostgresError) -> Iterator[str]:
    """Give a PostgreSQL database with nothing in it."""
    if isinstance(server, NoPostgresError):
        without(f"no PostgreSQL here: {server}")
    name = f"plnbot_empty_{next(_numbers)}"
    yield server.make(name)
    server.drop(name)


def test_one_migrates_and_the_others_find_it_done(empty: str) -> None:
    """They wait for each other, none of them fails, and the schema is what the code says."""
    command = [sys.executable, "-c", MIGRATE, empty]
    engine = create_engine(empty, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(select(func.pg_advisory_lock(MIGRATING)))
        started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        while connection.execute(WAITING).scalar() != len(started):
            assert all(each.poll() is None for each in started), "somebody did not wait"
            time.sleep(0.05)
    engine.dispose()
    ended = [(each.communicate()[1], each.returncode) for each in started]
    assert ended == [("", 0)] * 3
    assert differences(empty) == []


async def test_there_is_one_first_network(store: Store, clock: FrozenClock) -> None:
    """However many begin at the same moment."""
    wanted = Beginnings("Ours", "en", "UTC")
    made = await asyncio.gather(
        *(store.run(lambda tx: first_network(tx, wanted, clock.now())) for _ in range(8))
    )
    assert len({each.id for each in made}) == 1
    counted = await store.read(lambda tx: tx.execute(select(func.count(network.c.id))).scalar())
    assert counted == 1
