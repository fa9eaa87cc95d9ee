"""The store on SQLite: one writer thread that commits in groups, and readers of their own."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from plnbot.errors import Unavailable
from plnbot.store.database import Done, Followers, Tx, Unit, in_context, settle

GROUP = 64
READERS = 4
_Waiting = tuple[Unit[Any], "asyncio.Future[Any]"]


class SqliteStore:
    """Units of work on one SQLite file (WAL, synchronous FULL)."""

    def __init__(self, url: str, *, busy_timeout: timedelta = timedelta(seconds=5)) -> None:
        self._busy = busy_timeout
        self._engine = self._make_engine(url)
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._followers = Followers()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="plnbot-read")
        self._writer = threading.Thread(target=self._write, name="plnbot-write", daemon=True)
        self._writer.start()
        self._closed = False

    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit in the writer thread; return once its group is committed."""
        self._must_be_open()
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._queue.put((in_context(unit), future))
        return await future

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit on a read-only connection."""
        self._must_be_open()
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, self._read, in_context(unit)
        )

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` on the loop after each durable change; return the way out."""
        return self._followers.add(listener)

    async def close(self) -> None:
        """Commit what waits and close."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._writer.join)
        self._readers.shutdown(wait=True)
        self._engine.dispose()

    def _must_be_open(self) -> None:
        if self._closed:
            reason = "the database is closed"
            raise Unavailable(reason)

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
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            reads = connection.get_execution_options().get("plnbot_reads", False)
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

        return engine

    def _read(self, unit: Unit[Done]) -> Done:
        with self._engine.connect().execution_options(plnbot_reads=True) as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                return unit(Tx(connection))
            except OperationalError as error:
                raise _as_unavailable(error) from error
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA query_only=OFF")

    def _write(self) -> None:
        with self._engine.connect() as connection:
            while (group := self._take()) is not None:
                self._commit(connection, group)

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

    def _commit(self, connection: Connection, group: list[_Waiting]) -> None:
        """Run a group of units, each in its savepoint, and commit them together."""
        done: list[tuple[asyncio.Future[Any], Any, Tx]] = []
        try:
            with connection.begin():
                for unit, future in group:
                    tx = Tx(connection)
                    try:
                        with connection.begin_nested():
                            done.append((future, unit(tx), tx))
                    except OperationalError as error:
                        settle(future, None, _as_unavailable(error))
                    except Exception as error:  # noqa: BLE001 - it belongs to who asked for the unit
                        settle(future, None, error)
        except Exception as error:  # noqa: BLE001 - the whole group is not durable
            failed = _as_unavailable(error) if isinstance(error, OperationalError) else error
            for _unit, future in group:
                settle(future, None, failed)
            return
        self._followers.tell(list(dict.fromkeys(t for _, _, tx in done for t in tx.topics)))
        for future, value, _tx in done:
            settle(future, value, None)


def _as_unavailable(error: OperationalError) -> Exception:
    words = str(error.orig)
    if "locked" in words or "busy" in words:
        return Unavailable("the database is busy", timedelta(seconds=1))
    if "full" in words or "readonly" in words or "disk I/O" in words:
        return Unavailable(f"the database cannot be written: {words}", timedelta(seconds=30))
    return error
