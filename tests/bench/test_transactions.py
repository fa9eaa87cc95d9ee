"""Durable transactions of twenty writers: our store beside the ORM on aiosqlite, both FULL."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from plnbot.engine.store import inbox
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store

pytestmark = pytest.mark.bench
WRITERS, EACH = 20, 100
AT = datetime(2026, 11, 23, tzinfo=UTC)


class Base(DeclarativeBase):
    """The baseline's tables."""


class Row(Base):
    """One row, as the ORM has it."""

    __tablename__ = "row"
    key: Mapped[str] = mapped_column(primary_key=True)


async def per_second(write: Callable[[str], Awaitable[object]]) -> float:
    """Return how many writes a second twenty writers get through."""

    async def writer(number: int) -> None:
        for each in range(EACH):
            await write(f"{number}/{each}")

    began = time.perf_counter()
    await asyncio.gather(*(writer(number) for number in range(WRITERS)))
    return WRITERS * EACH / (time.perf_counter() - began)


async def ours(path: Path) -> float:
    """Measure the store."""
    url = f"sqlite:///{path}"
    migrate(url)
    store = open_store(url)
    same, into = {"platform": "bench", "workspace": "w", "at": AT}, insert(inbox)
    rate = await per_second(
        lambda key: store.run(lambda tx: tx.execute(into, {**same, "key": key}).rowcount)
    )
    await store.close()
    return rate


async def orm(path: Path) -> float:
    """Measure the ORM on aiosqlite, as bots commonly use it."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 60})

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection, _record):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - the driver's own
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)

    async def write(key: str) -> None:
        async with AsyncSession(engine) as session, session.begin():
            session.add(Row(key=key))

    rate = await per_second(write)
    await engine.dispose()
    return rate


async def test_durable_transactions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print both rates and their ratio."""
    base = await orm(tmp_path / "orm.sqlite3")
    mine = await ours(tmp_path / "ours.sqlite3")
    with capsys.disabled():
        print(f"\n{WRITERS} writers, one durable row a transaction (SQLite, FULL)")
        print(f"  ORM on aiosqlite {base:8,.0f}/s")
        print(f"  plnbot's store   {mine:8,.0f}/s   {mine / base:.1f} times as many")
