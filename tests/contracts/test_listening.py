"""What one process announces is heard in the others on the same database, once each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import create_engine, text

from plnbot.store.postgresql import PostgresqlStore

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@asynccontextmanager
async def sharing(url: str) -> AsyncIterator[tuple[PostgresqlStore, list[str]]]:
    """Open a store that shares, and yield it with what its followers hear."""
    store = PostgresqlStore(url, writers=1)
    heard: list[str] = []
    store.share(lambda _tx: None)
    store.follow(heard.append)
    yield store, heard
    await store.close()


async def test_others_hear_of_changes(database_url: str) -> None:
    """A change is heard by whoever follows, in every process, also after the line was cut."""
    async with (
        asyncio.timeout(30),
        sharing(database_url) as (one, here),
        sharing(database_url) as (_two, there),
    ):
        while not there:  # until it listens
            await one.run(lambda tx: tx.announce("again"))
            await asyncio.sleep(0.05)
        cut(database_url)
        there.clear()
        here.clear()
        while "later" not in there:
            await one.run(lambda tx: tx.announce("later"))
            await asyncio.sleep(0.05)
        assert set(here) == {"later"}


def cut(url: str) -> None:
    """End every other connection to this database."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with engine.connect() as connection:
        connection.execute(text(ended))
    engine.dispose()
