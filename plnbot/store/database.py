"""The store: runs units of work, each all or nothing, on SQLite or PostgreSQL.

A unit of work is a plain function of a `Tx`. There is nothing to await inside it, so nobody can
wait for a network inside a transaction. A unit may be run again after a rollback.
"""

import asyncio
import contextlib
import contextvars
import functools
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, CursorResult, Executable

Done = TypeVar("Done")
Unit = Callable[["Tx"], Done]
Settled = tuple["asyncio.Future[Any]", Any, BaseException | None]


class Tx:
    """One transaction, as units of work see it."""

    __slots__ = ("_topics", "conn", "dialect", "soonest")

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.dialect = conn.dialect.name
        self._topics: dict[str, None] = {}
        self.soonest: dict[int, datetime] = {}
        """From when on each shard of work has something new, for who shares it out."""

    def execute(
        self,
        statement: Executable,
        params: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None,
    ) -> CursorResult[Any]:  # type: ignore[explicit-any, unused-ignore] # rows differ by statement
        """Run one statement."""
        return self.conn.execute(statement, params)

    def announce(self, topic: str) -> None:
        """Tell the store's followers of a change, once it is durable."""
        self._topics[topic] = None

    @property
    def topics(self) -> tuple[str, ...]:
        """What was announced, in order, each once."""
        return tuple(self._topics)


class Store(Protocol):
    """Where units of work run."""

    @abstractmethod
    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit that may write; return its value once it is durable."""

    @abstractmethod
    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit that only reads."""

    @abstractmethod
    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call `listener(topic)` on the loop after each durable change; return the way out."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what was begun and let go of the database."""


def in_context(unit: Unit[Done]) -> Unit[Done]:
    """Return the unit as it runs in another thread with what is known here, such as a log's id."""
    context = contextvars.copy_context()
    return lambda tx: context.run(unit, tx)


class Followers:
    """Who is told of durable changes."""

    def __init__(self) -> None:
        self._listeners: dict[object, tuple[asyncio.AbstractEventLoop, Callable[[str], None]]] = {}

    def add(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Tell `listener` on the running loop; return the way out."""
        ticket = object()
        self._listeners[ticket] = (asyncio.get_running_loop(), listener)

        def leave() -> None:
            self._listeners.pop(ticket, None)

        return leave

    def tell(self, topics: Sequence[str]) -> None:
        """Tell everybody; may be called from any thread."""
        for loop, listener in tuple(self._listeners.values()):
            for topic in topics:
                _soon(loop, functools.partial(listener, topic))


def done_by(unit: Unit[Done], tx: Tx) -> Done:
    """Run a unit; what it raises can be handed on to whoever waits for it."""
    try:
        return unit(tx)
    except StopIteration as error:
        # No future takes one: who waits would wait for ever.
        raise RuntimeError("a unit of work ran out of something to iterate over") from error


def settle(settled: Sequence[Settled]) -> None:
    """Give waiting coroutines their results from another thread; they may have gone away.

    What was settled together reaches a loop in one step: to be woken costs it more than the rest.
    """
    for loop in {future.get_loop() for future, _value, _error in settled}:
        _soon(loop, functools.partial(_give, loop, settled))


def _give(loop: asyncio.AbstractEventLoop, settled: Sequence[Settled]) -> None:
    for future, value, error in settled:
        if future.get_loop() is not loop or future.done():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(value)


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> None:
    # The loop may have ended, or end just now.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(call)
