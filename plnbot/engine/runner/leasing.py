"""Taking leases: what is due for this process, and when there will be something next."""

from collections.abc import Callable
from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.engine.runner.tools import BATCH, Tools
from plnbot.engine.work import Item
from plnbot.store.database import Tx


def _nothing(_tx: Tx) -> None:
    return


class Leasing:
    """Takes leases of one process: of all work, or of the `shards` that fall to it.

    `holder` is its name where there are several; `with_leases` is written with every lease.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.shards: set[int] | None = None
        self.holder = ""
        self.with_leases: Callable[[Tx], None] = _nothing
        self._unheard: tuple[Item, ...] = ()

    async def take(self, most: int, full: frozenset[str], early: timedelta) -> tuple[Item, ...]:
        """Lease what is due `early` real time from now, at most `most`, nothing for who is `full`."""
        clock, now = self._tools.clock, self._tools.clock.now()
        by, until = now + clock.passing(early), self._tools.leased_until(now)
        most, shards = min(BATCH, most), self._held_shards()

        def take(tx: Tx) -> tuple[Item, ...]:
            # The reply to a commit may be lost, for long; then the leases taken before stand.
            before = work.taken_before(tx, self._unheard) if self._unheard else ()
            self._unheard = before or work.lease(
                tx, by, until, most, without=full, shards=shards, holder=self.holder
            )
            if self._unheard:
                self.with_leases(tx)
            return self._unheard

        items = await self._tools.store.run(take)
        self._unheard = ()
        return items

    async def next_at(self, full: frozenset[str]) -> datetime | None:
        """Return when there is something to take, but for who is `full`; None where there is not."""
        shards = self._held_shards()
        return await self._tools.store.read(
            lambda tx: work.next_at(tx, without=full, shards=shards)
        )

    def _held_shards(self) -> frozenset[int] | None:
        return None if self.shards is None else frozenset(self.shards)
