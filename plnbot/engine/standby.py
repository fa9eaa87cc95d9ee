"""Several processes, one that listens: for platforms that tell every connected process of everything.

One process holds a lease and listens; the others stand by, ready to, and post like it. The lease is
a lock of a PostgreSQL session, so it ends with its process or its connection, however that ends.

Who holds it looks every `LOOK` whether it still does, gives the answer `ANSWERS`, and else stops
listening; who gets it waits `GRACE` before listening. So two listen at once only where one of them
stood still as a whole, and only until it looks. What both hear then counts once: the inbox knows it.
"""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Sequence
from dataclasses import field
from datetime import timedelta
from typing import Any
from zlib import crc32

import psycopg

from plnbot.engine.ports import Connection, Sender
from plnbot.errors import PlnError
from plnbot.values import dataclass

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=1)
ANSWERS = timedelta(seconds=2)
GRACE = LOOK + ANSWERS + timedelta(seconds=1)
SILENT = timedelta(seconds=10)
AGAIN = timedelta(seconds=30)
_OURS = 0x706C6E62 << 32
_END_WHEN_SILENT = "SELECT set_config('idle_session_timeout', %s, false)"


class LeaseError(PlnError):
    """The database does not say whose the lease is; whoever held it here holds it no longer."""


@dataclass(slots=True)
class Lease:
    """What one process at a time holds, of those on one database. `dsn` is what psycopg connects with.

    The server ends a session that says nothing for `SILENT`: of a process that stands still, or of
    a machine that is gone without a word.
    """

    dsn: dict[str, object]
    name: str
    _session: psycopg.AsyncConnection[Any] | None = None

    async def take(self) -> bool:
        """Return whether it is ours from now on; raises `LeaseError`."""
        if self._session is None:
            self._session = await self._connect()
        key = _OURS | crc32(self.name.encode())
        return bool(await self._ask(self._session, "SELECT pg_try_advisory_lock(%s)", [key]))

    async def look(self) -> None:
        """Return if what was ours is so still; raises `LeaseError`."""
        if self._session is None:
            raise LeaseError("there is no connection")
        await self._ask(self._session, "SELECT 1")

    async def let_go(self) -> None:
        """Let somebody else have it."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        named: dict[str, Any] = dict(self.dsn)
        try:
            async with asyncio.timeout(ANSWERS.total_seconds()):
                session = await psycopg.AsyncConnection.connect(**named, autocommit=True)
        except (psycopg.Error, OSError, TimeoutError) as error:
            raise LeaseError(type(error).__name__) from error
        silent = str(int(SILENT / timedelta(milliseconds=1)))
        await self._ask(session, _END_WHEN_SILENT, [silent])
        return session

    async def _ask(
        self, session: psycopg.AsyncConnection[Any], query: str, given: Sequence[object] = ()
    ) -> object:
        asking = asyncio.create_task(_first(session, query, given))
        await asyncio.wait({asking}, timeout=ANSWERS.total_seconds())
        if not asking.done():
            # Cancelling would ask the server, which is what does not answer.
            _cut(session)
        try:
            return await asking
        except (psycopg.Error, OSError) as error:
            await session.close()
            self._session = None
            raise LeaseError(type(error).__name__) from error


async def _first(
    session: psycopg.AsyncConnection[Any], query: str, given: Sequence[object]
) -> object:
    row = await (await session.execute(query.encode(), given)).fetchone()
    return row[0] if row else None


def _cut(session: psycopg.AsyncConnection[Any]) -> None:
    with (
        contextlib.suppress(OSError, psycopg.Error),
        socket.socket(fileno=os.dup(session.fileno())) as line,
    ):
        line.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class Standby:
    """A `Connection` that listens in one process at a time, and posts in all of them."""

    connection: Connection
    lease: Lease
    grace: timedelta = GRACE
    again: timedelta = AGAIN
    _elsewhere: bool = False
    _told: str = ""
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _turns: asyncio.Task[None] | None = None

    @property
    def sender(self) -> Sender:
        """What posts there."""
        return self.connection.sender

    @property
    def connected(self) -> bool:
        """Whether it listens, or stands by while another process does."""
        return self._elsewhere or self.connection.connected

    @property
    def trouble(self) -> str:
        """Why it does not listen when it is its turn, or an empty string."""
        return self.connection.trouble

    async def start(self) -> None:
        """Listen when it is this process's turn; what is to be mended then is logged."""
        self._turns = asyncio.create_task(self._take_turns(), name="standby")

    async def stop(self) -> None:
        """Stop listening, then let another process do it."""
        self._stopped.set()
        if self._turns is not None:
            await self._turns
        await self.connection.stop()

    async def _take_turns(self) -> None:
        platform = self.sender.platform
        while not self._stopped.is_set():
            pause = LOOK
            try:
                self._elsewhere = not await self.lease.take()
                if not self._elsewhere:
                    await self._listen()
            except LeaseError as error:
                self._elsewhere = False
                log.warning("%s: nobody listens from here, no lease: %s", platform, error)
            except PlnError as error:
                self._say(str(error))
                pause = self.again
            except Exception:
                log.exception("%s: another process may try", platform)
                pause = self.again
            if not self._elsewhere:
                await self.lease.let_go()
            await self._pause(pause)
        await self.lease.let_go()

    async def _listen(self) -> None:
        """Listen until the lease is lost, or `stop`."""
        await self._pause(self.grace)
        await self.lease.look()
        if self._stopped.is_set():
            return
        if not self._told:
            log.info("%s: it is this process's turn to listen", self.sender.platform)
        beginning = asyncio.create_task(self.connection.start())
        try:
            while not self._stopped.is_set():
                await self.lease.look()
                if beginning.done():
                    beginning.result()
                    self._say("")
                await self._pause(LOOK)
        finally:
            beginning.cancel()
            await asyncio.gather(beginning, return_exceptions=True)
            await self.connection.stop()

    def _say(self, why: str) -> None:
        """Log why nobody listens from here, once for as long as it stays so."""
        if why and why != self._told:
            log.error(
                "%s: another process may try, and so does this one: %s", self.sender.platform, why
            )
        if self._told and not why:
            log.info("%s: what was wrong is mended", self.sender.platform)
        self._told = why

    async def _pause(self, real: timedelta) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(real.total_seconds()):
                await self._stopped.wait()
