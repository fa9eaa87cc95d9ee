"""What every part of the runner works with."""

import random
from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta

from plnbot.engine import restoration, work
from plnbot.engine.children import Children
from plnbot.engine.context import Due
from plnbot.engine.heavy import HeavyWork
from plnbot.engine.observer import UNOBSERVED, Observer
from plnbot.engine.ports import Clock, Directory, Sender
from plnbot.engine.ports.spaces import OpensSpaces
from plnbot.engine.routes import Routes
from plnbot.engine.work import Item
from plnbot.errors import Unavailable
from plnbot.fetching import Fetcher, NoWeb
from plnbot.sealing import Seal
from plnbot.store.database import Done, Store, Tx, Unit
from plnbot.syndication import Feeds
from plnbot.values import dataclass

BATCH = 100
"""How many pieces of work go into one unit, at most."""


def no_feeds(_fetcher: Fetcher, _heavy: HeavyWork) -> Feeds:
    """Make nothing that reads feeds: there is none here."""
    raise Unavailable("nothing reads feeds here")


def _no_address(_platform: str) -> str:
    return ""


@dataclass(slots=True)
class Tools:
    """Store, time, routes, people and platforms, as every part of the runner has them.

    `address(platform)` says where a platform's members reach the pages. `lease` is how long a lease
    lasts in real time; `restored_at` is when the database last came out of a backup. `feeds` makes what
    reads them of what fetches and what does heavy work.
    """

    store: Store
    clock: Clock
    routes: Routes
    directory: Directory
    senders: dict[str, Sender]
    chance: random.Random
    address: Callable[[str], str] = _no_address
    observer: Observer = UNOBSERVED
    lease: timedelta = work.LEASE
    restored_at: datetime = restoration.NEVER
    heavy: HeavyWork = field(default_factory=Children)
    fetcher: Fetcher = field(default_factory=NoWeb)
    feeds: Callable[[Fetcher, HeavyWork], Feeds] = no_feeds
    openers: dict[str, OpensSpaces] = field(default_factory=dict)
    seal: Seal = Seal()

    async def run(self, unit: Unit[Done]) -> Done:
        """Run a unit on the store as it is now."""
        return await self.store.run(unit)

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a reading unit on the store as it is now."""
        return await self.store.read(unit)

    def due(self, tx: Tx, item: Item, now: datetime) -> Due:
        """Return what a handler of this piece of work may use."""
        return Due(tx, now, item.due_at, item.payload, self.directory, self.routes)

    def seconds_until(self, at: datetime) -> float:
        """Return how many real seconds pass until `at`."""
        return self.clock.real_seconds_until(at)

    def leased_until(self, now: datetime) -> datetime:
        """Return when a lease ends that begins now."""
        return now + self.clock.passing(self.lease)
