"""One process at a time listens, another when it is gone."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
import pytest

from plnbot.engine.ports import Sender
from plnbot.engine.standby import AGAIN, GRACE, Lease, LeaseError, Standby
from plnbot.errors import PlnError
from plnbot.store.database import Store
from plnbot.store.postgresql import PostgresqlStore
from plnbot.testing import RecordingSender
from tests.engine.conftest import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_HOLDER = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
_HOLDERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
_END_THEM = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"


class RefusedError(PlnError):
    """The platform does not take us."""


@dataclass(slots=True)
class Log:
    """Who listens and when, over all processes."""

    listening: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    most: int = 0


@dataclass(slots=True)
class Recorded:
    """A platform's connection that notes whether it listens."""

    name: str
    log: Log
    refused: bool = False
    trouble: str = ""
    sender: Sender = field(default_factory=RecordingSender)

    @property
    def connected(self) -> bool:
        """Whether it listens."""
        return self.name in self.log.listening

    async def start(self) -> None:
        """Begin to listen."""
        self.log.told.append(self.name)
        if self.refused:
            self.trouble = "its token is refused"
            raise RefusedError("no such token")
        self.log.listening.append(self.name)
        self.log.most = max(self.log.most, len(self.log.listening))

    async def stop(self) -> None:
        """Listen no longer."""
        if self.connected:
            self.log.listening.remove(self.name)


@dataclass(slots=True)
class Processes:
    """Processes that contend, on one database."""

    dsn: dict[str, object]
    log: Log = field(default_factory=Log)
    standing: dict[str, Standby] = field(default_factory=dict)

    async def joins(
        self,
        name: str,
        *,
        refused: bool = False,
        grace: timedelta = GRACE,
        again: timedelta = AGAIN,
    ) -> Standby:
        """Let another process start."""
        line = Recorded(name, self.log, refused)
        made = Standby(line, Lease(self.dsn, "test"), grace, again)
        self.standing[name] = made
        await made.start()
        return made

    async def end_sessions(self) -> None:
        """Let PostgreSQL end the session of whoever holds the lock."""
        with psycopg.connect(**self.dsn, autocommit=True) as other:  # type: ignore[arg-type] # as SQLAlchemy tells them
            ended = other.execute(_END_THEM)
            assert ended.fetchall() == [(True,)]

    def holder(self) -> int:
        """Return which of PostgreSQL's processes holds the lock."""
        with psycopg.connect(**self.dsn) as other:  # type: ignore[arg-type] # as SQLAlchemy tells them
            (found,) = other.execute(_HOLDER).fetchone() or (0,)
            return int(found)

    def holders(self) -> int:
        """Return how many sessions hold the lock."""
        with psycopg.connect(**self.dsn) as other:  # type: ignore[arg-type] # as SQLAlchemy tells them
            (count,) = other.execute(_HOLDERS).fetchone() or (0,)
            return int(count)


@pytest.fixture
async def processes(store: Store) -> AsyncIterator[Processes]:
    """Yield processes, and stop all of them."""
    assert isinstance(store, PostgresqlStore)
    made = Processes(store.dsn)
    yield made
    for each in made.standing.values():
        await each.stop()


async def test_one_listens_and_the_others_are_ready(processes: Processes) -> None:
    """Two contend, one listens; when it stops, it has let go and the other listens."""
    await processes.joins("a")
    await until(lambda: processes.log.listening == ["a"])
    other = await processes.joins("b")
    await until(lambda: other.connected)
    assert processes.log.listening == ["a"]
    assert other.sender is other.connection.sender, "it may post"
    await processes.standing["a"].stop()
    assert processes.log.listening == []
    await until(lambda: processes.log.listening == ["b"])
    await other.stop()
    assert processes.holders() == 0
    assert processes.log.most == 1


async def test_the_lock_is_lost_with_its_connection(processes: Processes) -> None:
    """Whoever loses it stops listening before another begins, and is not there twice."""
    await processes.joins("a")
    await until(lambda: processes.log.listening == ["a"])
    other = await processes.joins("b")
    await until(lambda: other.connected)
    await processes.end_sessions()
    await until(lambda: processes.log.listening == [])
    await until(lambda: len(processes.log.told) > 1 and processes.log.listening != [])
    await until(lambda: all(each.connected for each in processes.standing.values()))
    assert len(processes.log.listening) == processes.log.most == processes.holders() == 1


async def test_a_database_that_does_not_answer(processes: Processes) -> None:
    """Whoever cannot learn whether the lock is still theirs stops listening, and is not ready."""
    only = await processes.joins("a")
    await until(lambda: processes.log.listening == ["a"])
    backend = processes.holder()
    os.kill(backend, signal.SIGSTOP)
    try:
        await until(lambda: not only.connected)
        assert processes.log.listening == []
    finally:
        os.kill(backend, signal.SIGCONT)
    await until(lambda: processes.log.listening == ["a"])


async def test_whoever_says_nothing_loses_it(store: Store) -> None:
    """A process that stands still, or whose machine is gone, keeps nobody from listening."""
    assert isinstance(store, PostgresqlStore)
    silent, other = Lease(store.dsn, "test"), Lease(store.dsn, "test")
    assert await silent.take()
    async with asyncio.timeout(60):
        while not await other.take():  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.1)
    with pytest.raises(LeaseError):
        await silent.look()
    await other.let_go()


async def test_a_refused_one_lets_another_try(processes: Processes) -> None:
    """Where the platform does not take one process, it is not ready, and the next one listens."""
    refused = await processes.joins("a", refused=True)
    await until(lambda: processes.log.told == ["a"])
    assert not refused.connected
    await processes.joins("b")
    await until(lambda: processes.log.listening == ["b"])
    assert processes.log.told == ["a", "b"]


async def test_what_is_wrong_is_logged_once(
    processes: Processes, caplog: pytest.LogCaptureFixture
) -> None:
    """A refusal is in the log when it begins and when it ends, however often it is tried between."""
    at_once = timedelta(milliseconds=10)
    with caplog.at_level("INFO", "plnbot.engine.standby"):
        only = await processes.joins("a", refused=True, grace=at_once, again=at_once)
        await until(lambda: len(processes.log.told) > 3)
        assert only.trouble == "its token is refused"
        assert caplog.text.count("no such token") == caplog.text.count("turn to listen") == 1
        line = only.connection
        assert isinstance(line, Recorded)
        line.refused = False
        await until(lambda: "what was wrong is mended" in caplog.text)
    assert caplog.text.count("no such token") == 1
    assert only.connected
