"""The store on SQLite: one writer thread that commits in groups, and readers of their own."""

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from plnbot.errors import Unavailable
from plnbot.store.database import Done, Followers, Tx, Unit, done_by, in_context, settle

GROUP = 64
READERS = 4
_Waiting = tuple[Unit[Any], "asyncio.Future[Any]"]
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CANNOT_WRITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
}
# With `secure_delete`, what somebody had erased is overwritten in the file, not only unlinked.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class _GroupLostError(Exception):
    """SQLite took the whole group back because of one unit, the one in this place of it."""

    def __init__(self, place: int, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.place, self.cause = place, cause


class SqliteStore:
    """Units of work on one SQLite file (WAL, synchronous FULL)."""

    def __init__(self, url: str, *, busy_timeout: timedelta = timedelta(seconds=5)) -> None:
        self._busy = busy_timeout
        self._engine = self._make_engine(url)
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._left: list[Connection | None] = []
        self._followers = Followers()
        self._threads = [
            threading.Thread(target=self._write, name="plnbot-write", daemon=True),
            *(
                threading.Thread(target=self._read, name=f"plnbot-read-{number}", daemon=True)
                for number in range(READERS)
            ),
        ]
        for each in self._threads:
            each.start()
        self._closed = False

    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit in the writer thread; return once its group is committed."""
        return await self._asked(unit, self._queue)

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit on a read-only connection."""
        return await self._asked(unit, self._reads)

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` on the loop after each durable change; return the way out."""
        return self._followers.add(listener)

    async def close(self) -> None:
        """Commit what waits and close."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        for _reader in range(READERS):
            self._reads.put(None)
        loop = asyncio.get_running_loop()
        for each in self._threads:
            await loop.run_in_executor(None, each.join)
        await loop.run_in_executor(None, self._let_go)

    def _let_go(self) -> None:
        # One after another: of two that close at once, each leaves the log for the other to clear.
        for connection in self._left:
            _drop(connection)
        self._engine.dispose()

    async def _asked(self, unit: Unit[Done], of: queue.SimpleQueue[_Waiting | None]) -> Done:
        if self._closed:
            reason = "the database is closed"
            raise Unavailable(reason)
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        of.put((in_context(unit), future))
        return await future

    def _make_engine(self, url: str) -> Engine:
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"timeout": self._busy.total_seconds(), "check_same_thread": False},
        )

        @event.listens_for(engine, "connect")
        def _prepare(connection: sqlite3.Connection, _record: object) -> None:
            # SQLAlchemy's "begin" event below says when a transaction begins, not the driver.
            connection.isolation_level = None
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            reads = connection.get_execution_options().get("plnbot_reads", False)
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

        return engine

    def _read(self) -> None:
        """Run what only reads, each on what is committed by then, until the store closes."""
        connection: Connection | None = None
        while (waiting := self._reads.get()) is not None:
            unit, future = waiting
            try:
                if connection is None:
                    connection = self._engine.connect().execution_options(plnbot_reads=True)
                    connection.exec_driver_sql("PRAGMA query_only=ON")
                    connection.rollback()
                value = _seen(connection, unit)
            except BaseException as error:  # noqa: BLE001 - it belongs to who asked
                settle([(future, None, _as_unavailable(error))])
                if isinstance(error, DBAPIError):
                    _drop(connection)
                    connection = None
            else:
                settle([(future, value, None)])
        self._left.append(connection)

    def _write(self) -> None:
        """Commit groups until the store closes; whatever ends one of them, this goes on."""
        connection: Connection | None = None
        while (group := self._take()) is not None:
            try:
                connection = connection or self._engine.connect()
                self._commit(connection, group)
            except BaseException as error:  # noqa: BLE001 - it belongs to who asked for the units
                # Answered already are those that were not to be in the transaction at the end.
                settle([(future, None, _as_unavailable(error)) for _unit, future in group])
                _drop(connection)
                connection = None
        self._left.append(connection)

    def _take(self) -> list[_Waiting] | None:
        first = self._queue.get()
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP:
            try:
                following = self._queue.get_nowait()
            except queue.Empty:
                break
            if following is None:
                self._queue.put(None)
                break
            group.append(following)
        return group

    def _commit(self, connection: Connection, group: Sequence[_Waiting]) -> None:
        """Run units, each in its savepoint, and commit them together."""
        try:
            done = self._committed(connection, group)
        except _GroupLostError as lost:
            settle([(group[lost.place][1], None, _as_unavailable(lost.cause))])
            for number, each in enumerate(group):
                if number != lost.place:  # its work is gone too, through no fault of its own
                    self._commit(connection, [each])
            return
        self._followers.tell(list(dict.fromkeys(t for _, _, tx in done for t in tx.topics)))
        settle([(future, value, None) for future, value, _tx in done])

    def _committed(
        self, connection: Connection, group: Sequence[_Waiting]
    ) -> Sequence[tuple["asyncio.Future[Any]", Any, Tx]]:  # type: ignore[explicit-any, unused-ignore] # units differ
        done = []
        with connection.begin():
            for place, (unit, future) in enumerate(group):
                tx = Tx(connection)
                connection.exec_driver_sql("SAVEPOINT unit")
                try:
                    value = done_by(unit, tx)
                    connection.exec_driver_sql("RELEASE unit")
                except BaseException as error:
                    # A full disk or a failed write ends the transaction, not the statement alone;
                    # committing then would say yes to what is no longer there.
                    if not _in_transaction(connection):
                        raise _GroupLostError(place, error) from error
                    connection.exec_driver_sql("ROLLBACK TO unit")
                    connection.exec_driver_sql("RELEASE unit")
                    settle([(future, None, _as_unavailable(error))])
                else:
                    done.append((future, value, tx))
        return done


def _seen(connection: Connection, unit: Unit[Done]) -> Done:
    try:
        return done_by(unit, Tx(connection))
    finally:
        connection.rollback()


def _in_transaction(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction


def _drop(connection: Connection | None) -> None:
    """Close a connection, whatever state it is in, so that nobody gets it again."""
    if connection is not None:
        with contextlib.suppress(Exception):
            connection.invalidate()
        with contextlib.suppress(Exception):
            connection.close()


def _as_unavailable(error: BaseException) -> BaseException:
    """Return an error as callers know it: `Unavailable` where the database is in trouble."""
    if not isinstance(error, DBAPIError):
        return error
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the rest says what kind of it
    if code in _BUSY:
        return Unavailable("the database is busy", timedelta(seconds=1))
    if code in _CANNOT_WRITE:
        reason = f"the database cannot be written: {error.orig}"
        return Unavailable(reason, timedelta(seconds=30))
    if code in _DAMAGED:
        reason = f"the database is damaged: {error.orig}. Stop plnbot and use ./run restore"
        return Unavailable(reason, timedelta(minutes=1))
    return error
