"""`plnbot feeds check`: asks the feeds of packs whether they answer from here, before one is switched on."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import Settings
from plnbot.engine.children import Children
from plnbot.errors import PlnError, Refused, Unavailable
from plnbot.fetching import Unreachable
from plnbot.outward import Outward, reading_feeds
from plnbot.packs.feeds import FEED_PACKS, FeedPack, PackFeed, feed_packs
from plnbot.syndication import Feeds
from plnbot.talk.words import Translate
from plnbot.values import dataclass

_AT_ONCE = 8
_CLOSED, _GONE, _OK = frozenset({401, 403, 407, 451}), frozenset({404, 410}), 200
_LIES_AT_TIMES = "www.youtube.com"
"""Answers 404 for every feed during some hours of a day: there, a 404 says nothing."""


class Standing(StrEnum):
    """How a feed stands."""

    ANSWERS = "answers"
    MOVED = "moved"
    BLOCKED = "blocked here"
    GONE = "gone"
    NO_FEED = "no feed"
    SILENT = "no answer now"


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of asking one: how it stands, and what there is to say about it."""

    standing: Standing
    note: str = ""


class UnknownPackError(PlnError):
    """There is no such pack; the words say which there are."""


async def check(settings: Settings, names: Sequence[str]) -> int:
    """Ask the feeds of these packs, or of all; return 1 where one is gone, or is no feed."""
    packs = _chosen(names)
    web, children = Outward(settings), Children()
    try:
        return await checked(reading_feeds(web, children), packs, _say)
    finally:
        await web.close()
        await children.close()


async def checked(feeds: Feeds, packs: Mapping[str, FeedPack], say: Callable[[str], None]) -> int:
    """Say a line for each feed as soon as it is known, then how many stand how; return the status."""
    every = [(name, each) for name, pack in packs.items() for each in pack.entries.values()]
    every = [(name, each) for name, each in every if not each.retired]
    turn, found = asyncio.Semaphore(_AT_ONCE), Counter[Standing]()

    async def one(pack: str, feed: PackFeed) -> None:
        async with turn:
            looked = await look(feeds, feed.address)
        found[looked.standing] += 1
        said = f"{looked.standing:13}  {pack}/{feed.id}  {feed.address}"
        note = f"  ({looked.note})" if looked.note else ""
        say(f"[{found.total():3}/{len(every)}] {said}{note}")

    await asyncio.gather(*(one(name, each) for name, each in every))
    say(", ".join(f"{many} × {standing}" for standing, many in found.most_common()) or "No feeds.")
    return 1 if found[Standing.GONE] + found[Standing.NO_FEED] else 0


async def look(feeds: Feeds, address: str) -> Looked:
    """Return how the feed at an address stands."""
    try:
        reading = await feeds.read(address)
    except Unreachable as error:
        return Looked(Standing.SILENT, Translate().say(error.message).bare())
    except Unavailable:
        return Looked(Standing.SILENT)
    except Refused:
        return await _page(feeds, address)
    if reading.status in _CLOSED:
        return Looked(Standing.BLOCKED, f"status {reading.status}: perhaps it is open from home")
    if reading.status in _GONE and urlsplit(address).hostname != _LIES_AT_TIMES:
        return Looked(Standing.GONE, f"status {reading.status}")
    if reading.status != _OK or reading.feed is None:
        return Looked(Standing.SILENT, f"status {reading.status}")
    if reading.moved:
        return Looked(Standing.MOVED, f"for good, to {reading.moved}")
    dates = [each.published for each in reading.feed.items if each.published]
    newest = f", the newest of {max(dates):%Y-%m-%d}" if dates else ""
    return Looked(Standing.ANSWERS, f"{len(reading.feed.digests)} items{newest}")


async def _page(feeds: Feeds, address: str) -> Looked:
    """Return what stands where no feed does: perhaps a page that names one."""
    try:
        found = await feeds.discover(address)
    except (Refused, Unavailable):
        found = None
    if found is None or not found.offers:
        return Looked(Standing.NO_FEED)
    return Looked(Standing.MOVED, f"a page is there; its feed is {found.offers[0].address}")


def _chosen(names: Sequence[str]) -> Mapping[str, FeedPack]:
    if not names:
        return feed_packs()
    return {Path(each).stem: _pack(each) for each in names}


def _pack(name: str) -> FeedPack:
    if name.endswith(".toml"):
        return FEED_PACKS.load(Path(name).expanduser())
    if name not in feed_packs():
        there = ", ".join(feed_packs())
        raise UnknownPackError(f"There is no pack of feeds called {name}. There are: {there}.")
    return feed_packs()[name]


def _say(line: str) -> None:
    print(line, flush=True)
