"""Whether the bot is well: what `/readyz` and `/metrics` tell whoever watches over it.

Whether a database can be written is known only by writing: a full disk, for one, lets a transaction
begin and end that writes nothing. A look must not write, though, or whoever may look can wear the disk
out. So the bot writes a row by itself, every few seconds, and a look tells how that went the last time.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import field

from sqlalchemy.exc import SQLAlchemyError

from plnbot.engine import inbox, unheard, work
from plnbot.engine.ports import Clock, Connection
from plnbot.engine.runner import Runner
from plnbot.engine.unheard import Unheard, Why
from plnbot.errors import PlnError
from plnbot.operate.metrics import Exposition, Tally
from plnbot.store.database import Store
from plnbot.store.migrations import UP_TO_DATE, standing_of
from plnbot.values import dataclass

WELL = "ok"
BEATS_SECONDS = 15.0
_BEATEN_WITHIN = 3 * BEATS_SECONDS
_ANSWERS_WITHIN = 3.0
_PASSES_WITHIN = 60.0
_COUNTED_FOR = 15.0


@dataclass(slots=True)
class Health:
    """The web side's `Watch`."""

    url: str
    store: Store
    clock: Clock
    runner: Runner
    connections: Mapping[str, Connection]
    tally: Tally
    _backlog: Mapping[str, int] = field(default_factory=dict)
    _counted_at: float = float("-inf")
    _written: str = ""
    _beaten_at: float = float("-inf")

    async def beat(self) -> None:
        """Write a row of our own, over the one before, and remember how that went."""
        self._written = await self._write()
        self._beaten_at = time.monotonic()

    async def keep_beating(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(BEATS_SECONDS)
            await self.beat()

    async def ready(self) -> Mapping[str, str]:
        """Return how each part is: `ok`, or in a few fixed words what is wrong with it."""
        parts = {
            "database": self._database(),
            "schema": await self._schema(),
            "work": self._work(),
        }
        for platform, each in self.connections.items():
            parts[platform] = WELL if each.connected else _why_not(each)
        return parts

    async def unheard(self) -> Mapping[str, str]:
        """Return what could not be heard yet, and why, by platform."""
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                left = await self.store.read(unheard.everything)
        except (TimeoutError, PlnError, SQLAlchemyError):
            return {}
        told = {each.place.platform: _not_heard(left, each.place.platform) for each in left}
        return {platform: words for platform, words in told.items() if words}

    async def metrics(self) -> bytes:
        """Return the counts in Prometheus' text form."""
        if time.monotonic() - self._counted_at > _COUNTED_FOR:
            self._backlog = await self.store.read(work.backlog)
            self._counted_at = time.monotonic()
        return await asyncio.to_thread(Exposition(self.tally, self._backlog).text)

    def _database(self) -> str:
        beaten = time.monotonic() - self._beaten_at < _BEATEN_WITHIN
        return self._written if beaten else "has not been written lately"

    async def _write(self) -> str:
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                await self.store.run(lambda tx: inbox.touch(tx, self.clock.now()))
        except TimeoutError:
            return "does not answer in time"
        except (PlnError, SQLAlchemyError):
            return "cannot be written"
        return WELL

    async def _schema(self) -> str:
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN):
                standing = await asyncio.to_thread(standing_of, self.url)
        except TimeoutError:
            return "does not answer in time"
        except SQLAlchemyError:
            return "cannot be read"
        return WELL if standing == UP_TO_DATE else "is not this version's"

    def _work(self) -> str:
        """Return whether the runner's loop has come round lately; its safety tick sees to that."""
        since = asyncio.get_running_loop().time() - self.runner.passed_at
        return WELL if since < _PASSES_WITHIN else "stands still"


def _not_heard(left: Sequence[Unheard], platform: str) -> str:
    """Return how many rooms could not be read, and why; or that nothing is heard, and since when."""
    mine = [each for each in left if each.place.platform == platform and each.since is not None]
    deaf = [each.since for each in mine if each.since and not each.place.workspace]
    closed = sum(each.why is Why.CLOSED for each in mine)
    waits = sum(each.why is Why.TROUBLE for each in mine)
    said = [
        f"nothing since {min(deaf).isoformat(timespec='seconds')}" if deaf else "",
        f"{closed} rooms or threads closed to the bot" if closed else "",
        f"{waits} rooms or threads that {platform} does not let it read for now" if waits else "",
    ]
    return "; ".join(each for each in said if each)


def _why_not(connection: Connection) -> str:
    return f"not connected: {connection.trouble}" if connection.trouble else "not connected"
