"""Which processes of a cluster live: each says so every second, and one that is silent is missed.

The leases of a missed process are ended by whoever lives, in whichever shard they are, so that what
it had begun goes on at once. One that only stood still has lost its fences by the time it wakes.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import field
from datetime import timedelta

from sqlalchemy import BigInteger, ColumnElement, bindparam, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from plnbot.engine import work
from plnbot.engine.ports import Clock
from plnbot.engine.store import process
from plnbot.errors import PlnError
from plnbot.logs import GoesOn
from plnbot.store.database import Store, Tx
from plnbot.values import dataclass

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=1)
PATIENCE = timedelta(seconds=15)
_BEFORE = 0.8
"""When, in its patience, who is not heard lets go of what others will soon take on."""
_MICROSECOND = timedelta(microseconds=1)
# The database's clock: those of several machines may differ by more than our patience.
_NOW = cast(func.extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger)
_SAID = (
    insert(process)
    .values(name=bindparam("name"), seen_at=_NOW)
    .on_conflict_do_update(index_elements=["name"], set_={"seen_at": _NOW})
)


def _nothing() -> None:
    return


def _own_name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Presence:
    """This process among those on one PostgreSQL database.

    One that says nothing for `patience` is missed. A process judges others only after it has looked
    without a gap for as long itself: when the database was away, nobody could say anything. One that is
    not heard itself calls `unheard` shortly before others may miss it.
    """

    store: Store
    clock: Clock
    patience: timedelta = PATIENCE
    name: str = field(default_factory=_own_name)
    unheard: Callable[[], None] = _nothing
    _alarm: asyncio.TimerHandle | None = None
    _begun_at: float = 0.0
    _looked_at: float = float("-inf")

    async def look(self) -> None:
        """Say that this process lives, and end what the missed ones had leased."""
        at, patience = asyncio.get_running_loop().time(), self.patience.total_seconds()
        if at - self._looked_at > patience / 2:
            self._begun_at = at
        judges = at - self._begun_at > patience
        ended = await self.store.run(lambda tx: self._look(tx, judges=judges))
        self._looked_at = at
        self._set_alarm(at + _BEFORE * patience)
        if ended:
            log.warning("%s pieces of work are taken from processes that say nothing", ended)

    async def keep_looking(self) -> None:
        """Look every second, until cancelled."""
        while True:
            await asyncio.sleep(LOOK.total_seconds())
            # Whatever it is: who says it no more is missed, and loses each lease as it takes it.
            with GoesOn(log, "nobody hears that this process lives: %s"):
                await self.look()

    def say(self, tx: Tx) -> None:
        """Say that this process lives, in a transaction in which that must be known."""
        tx.execute(_SAID, {"name": self.name})

    async def end(self) -> None:
        """Be missed by nobody: this process has given back what it held."""
        if self._alarm is not None:
            self._alarm.cancel()
        with contextlib.suppress(PlnError):
            await self.store.run(
                lambda tx: tx.execute(delete(process).where(process.c.name == self.name))
            )

    async def how_many(self) -> int:
        """Return how many processes live, which is one at least."""
        living = select(func.count()).where(self._lives())
        count: int = await self.store.read(lambda tx: tx.execute(living).scalar_one())
        return max(1, count)

    def _set_alarm(self, at: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_at(at, self.unheard)

    def _look(self, tx: Tx, *, judges: bool) -> int:
        self.say(tx)
        if not judges:
            return 0
        tx.execute(delete(process).where(~self._lives()))
        return work.take_over(tx, self.clock.now(), but_of=select(process.c.name))

    def _lives(self) -> ColumnElement[bool]:
        return process.c.seen_at >= _NOW - self.patience // _MICROSECOND
