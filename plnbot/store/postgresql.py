"""The store on PostgreSQL: a pool of threads, each unit in a transaction of its own."""

import asyncio
import itertools
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import cast

import psycopg
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from plnbot.errors import Unavailable
from plnbot.store.database import Done, Followers, Tx, Unit, done_by, in_context
from plnbot.store.listening import Listening

APPLICATION = "plnbot"
"""What our connections are called, so that others can tell that we run."""
PATIENCE = timedelta(seconds=5)
FEWEST_TRIES = 3
RACES = 2
_TWICE = "23505"
_TRY_AGAIN = {"40001", "40P01"}
_STARTING_OR_ENDING = {"57P01", "57P02", "57P03"}
_NO_RESOURCES = "53"
# A connection that broke without a word is noticed in seconds, not hours.
_NOTICE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


class PostgresqlStore:
    """Units of work on PostgreSQL through psycopg 3.

    A unit is run again, whole, after a serialisation failure, a deadlock or a lost connection, for
    as long as `PATIENCE`. So is, a few times, one that found no row and could not insert it, because
    another had done so meanwhile: it finds it now. A connection lost exactly at commit leaves its outcome unknown: units
    carry unique keys (inbox, work, posts), so that running one again does nothing twice.
    """

    def __init__(self, url: str, writers: int = 8) -> None:
        said = make_url(url).query
        self._engine: Engine = create_engine(
            url,
            pool_size=writers * 2,
            max_overflow=2,
            pool_pre_ping=True,
            pool_timeout=10,
            hide_parameters=True,
            connect_args={
                **{name: value for name, value in _NOTICE.items() if name not in said},
                "application_name": APPLICATION,
            },
        )
        self._pool = ThreadPoolExecutor(writers * 2, thread_name_prefix="plnbot-db")
        self._followers = Followers()
        self._listening: Listening | None = None
        self._before_commit: Callable[[Tx], None] = lambda _tx: None
        self._closed = False

    @property
    def dsn(self) -> dict[str, object]:
        """What psycopg connects with."""
        _none, named = self._engine.dialect.create_connect_args(self._engine.url)
        return dict(named)

    def share(self, before_commit: Callable[[Tx], None]) -> None:
        """Call this at the end of each unit, and let followers in other processes hear of it too."""
        self._before_commit = before_commit
        self._listening = Listening(self._connect, self._followers.tell)

    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit in a transaction; return once it is committed."""
        self._must_be_open()
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, self._run, in_context(unit)
        )

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit in a read-only transaction."""
        self._must_be_open()
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, self._read, in_context(unit)
        )

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` on the loop after each durable change; return the way out."""
        return self._followers.add(listener)

    async def close(self) -> None:
        """Finish what runs and close."""
        self._closed = True
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._pool.shutdown)
        if self._listening is not None:
            await loop.run_in_executor(None, self._listening.close)
        self._engine.dispose()

    def _connect(self) -> psycopg.Connection:
        """Return a connection that is not one of the pool's."""
        pooled = self._engine.raw_connection()
        connection = cast("psycopg.Connection", pooled.driver_connection)
        pooled.detach()
        return connection

    def _must_be_open(self) -> None:
        if self._closed:
            reason = "the database is closed"
            raise Unavailable(reason)

    def _run(self, unit: Unit[Done]) -> Done:
        def attempt() -> tuple[Done, tuple[str, ...]]:
            with self._engine.begin() as connection:
                tx = Tx(connection)
                value = done_by(unit, tx)
                self._before_commit(tx)
                return value, tx.topics

        value, topics = self._tried(attempt)
        self._followers.tell(topics)
        if self._listening is not None:
            self._listening.pass_on(topics)
        return value

    def _read(self, unit: Unit[Done]) -> Done:
        def attempt() -> Done:
            with self._engine.connect() as connection, connection.begin():
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
                return done_by(unit, Tx(connection))

        return self._tried(attempt)

    def _tried(self, attempt: Callable[[], Done]) -> Done:
        until = time.monotonic() + PATIENCE.total_seconds()
        for count in itertools.count(1):
            try:
                return attempt()
            except DBAPIError as error:
                raced = count <= RACES and _state(error) == _TWICE
                if not raced and not _passing(error):
                    if _lacks_room(error):
                        reason = f"the database cannot go on: {error.orig}"
                        raise Unavailable(reason, timedelta(seconds=30)) from error
                    raise
                late = self._closed or time.monotonic() > until
                if late and count >= FEWEST_TRIES:
                    reason = "the database does not answer"
                    raise Unavailable(reason, timedelta(seconds=5)) from error
            # Jitter, so that two units that met do not meet again.
            time.sleep(min(0.02 * 2**count, 1.0) * random.uniform(0.25, 0.5))  # noqa: S311 - spreads tries
        raise AssertionError


def _passing(error: DBAPIError) -> bool:
    """Return whether the same unit may well succeed in a moment."""
    state = _state(error)
    lost = isinstance(error, OperationalError) and (not state or state.startswith("08"))
    return error.connection_invalidated or lost or state in _TRY_AGAIN | _STARTING_OR_ENDING


def _lacks_room(error: DBAPIError) -> bool:
    """Return whether the server has a full disk, no memory or too many connections."""
    return _state(error).startswith(_NO_RESOURCES)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
