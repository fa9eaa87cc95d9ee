"""What Slack tells of one message in any order, and on several ways at once, put in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.slack import store
from plnbot.engine.ports import Clock
from plnbot.refs import Place
from plnbot.store.database import Store

_KEEP_EDITS = timedelta(days=2)


@dataclass(slots=True)
class Order:
    """Lets only the newest of what is told about a message count."""

    store: Store
    clock: Clock
    _speaking: dict[Place, tuple[asyncio.Lock, int]] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, where: Place, message: str) -> AsyncIterator[None]:
        """Let what is told about one message be taken in one after another."""
        which = where.in_thread(message)
        lock, waiting = self._speaking.get(which, (asyncio.Lock(), 0))
        self._speaking[which] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._speaking[which]
            if waiting == 1:
                del self._speaking[which]
            else:
                self._speaking[which] = (lock, waiting - 1)

    async def overtaken(self, where: Place, message: str, version: str, *, again: bool) -> bool:
        """Tell whether something newer of this message came first.

        `again` says that it was edited or deleted; that is noted, for what comes after it.
        """
        which, now = (where.workspace, where.channel, message), self.clock.now()
        newest = await self.store.read(lambda tx: store.newest_version(tx, *which))
        if newest > version:
            return True
        if again:
            await self.store.run(lambda tx: store.note_edit(tx, *which, version, now))
            await self.store.run(lambda tx: store.forget_edits(tx, now - _KEEP_EDITS))
        return False
