"""Feeds polled and a list taken over, in a process of its own, which dies at any labelled point."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.fetching import Fetched
from plnbot.outward import reading_feeds
from plnbot.reading.actions import feeds as actions
from plnbot.reading.model.feeds import About, Manner
from plnbot.reading.store.feeds import New
from plnbot.refs import MemberRef, Place
from plnbot.store.opening import open_store
from plnbot.syndication import Outline
from plnbot.syndication.lists import written
from plnbot.talk.interactions import Command, Submit
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender
from tests.faults.bot import Bot, Death, MortalStore
from tests.faults.conftest import ROOM, does
from tests.scenarios.feeds import Post, rss

FEEDS, LISTED, NEW = 6, 5, 2
LIST = "https://lists.example/mine.opml"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One life of a process that polls feeds until `until`; at `point`, the `nth` time, it is killed."""

    url: str
    began: datetime
    now: datetime
    until: datetime
    point: str = ""
    nth: int = 1
    imports: bool = False


@dataclass(slots=True)
class Blogs:
    """Some feeds that each have three old posts, and two new ones after the first day."""

    clock: FrozenClock
    began: datetime

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return a feed, or the list of those that are to be taken over."""
        del headers, first
        if address == LIST:
            feeds = [Outline(address=f"https://l{n}.example/feed") for n in range(LISTED)]
            return Fetched(200, {}, written("Mine", feeds), address)
        name = address.split("/")[2].partition(".")[0]
        posts = [
            Post(
                f"{_topic(name)} number {n}",
                f"https://{name}.example/{n}",
                self.began - n * DAY,
            )
            for n in range(1, 4)
        ]
        if self.clock.now() >= self.began + DAY:
            at = self.began + DAY
            new = (Post(f"{_topic(name)} news {n}", f"https://{name}.example/new{n}", at)
                for n in range(NEW))  # fmt: skip
            posts = [*new, *posts]
        return Fetched(200, {}, rss(name, posts), address)

    async def close(self) -> None:
        """Let go of nothing."""


def _topic(name: str) -> str:
    """Return a title of its own for each feed, so that no two tell the same story."""
    return " ".join(
        hashlib.sha256(name.encode()).hexdigest()[at : at + 5] for at in range(0, 40, 5)
    )


def run_sweep(sweep: Sweep) -> None:
    """Live one life."""
    asyncio.run(_run(sweep))


async def _run(sweep: Sweep) -> None:
    store = MortalStore(open_store(sweep.url, writers=2), Death(sweep.point, sweep.nth))
    clock = FrozenClock(sweep.now)
    bot = Bot(store, clock, {"test": RecordingSender()})
    tools = bot.runner.tools
    tools.fetcher, tools.heavy, tools.feeds = Blogs(clock, sweep.began), HeavyHere(), reading_feeds
    if sweep.url.startswith("sqlite"):
        await store.run(lambda tx: work.take_over(tx, sweep.now))
    if sweep.imports:
        await bot.desk.handle(does("import", "maya", Command(f"feed import {LIST}"), leads=True))
        values = {"address": LIST, "manner": "instant"}
        await bot.desk.handle(does("take", "maya", Submit("reading.import", values), leads=True))
    await bot.pass_time(sweep.until)
    await store.close()


ADDRESSES = tuple(f"https://b{n}.example/feed" for n in range(FEEDS))


def add_feeds(url: str, now: datetime, addresses: Sequence[str] = ADDRESSES) -> None:
    """Add the feeds, as their curator does."""
    asyncio.run(_add_feeds(url, now, addresses))


async def _add_feeds(url: str, now: datetime, addresses: Sequence[str]) -> None:
    store = open_store(url)
    bot = Bot(store, FrozenClock(now))
    maya = await bot.desk.person(MemberRef("test", "w", "maya"))
    assert maya is not None
    place = Place("test", "w", ROOM.channel)
    for n, address in enumerate(addresses):
        new = New(
            address=address, key=actions.feed_key(address), kind="", site="", language="en",
            about=About(title=f"b{n}"), approval=False, last=0,
        )  # fmt: skip
        await store.run(
            lambda tx, new=new: actions.add(tx, new, place, Manner.INSTANT, now, by=maya)  # type: ignore[misc]
        )
    await store.close()
