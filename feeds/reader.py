"""Reading one feed: asked with what is known of it, and parsed in a child only where it has changed."""

import asyncio
import contextlib
import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import TypeVar

from feeds.parsing import asked, like_a_feed
from feeds.plain import feed_of
from plnbot.engine.heavy import HeavyError, HeavyWork, Limits, Plain
from plnbot.errors import Refused
from plnbot.fetching import Fetched, Fetcher, Unreachable, Why
from plnbot.syndication import Feed, Known, Reading
from plnbot.talk.words import msg

_OK, _NOT_MODIFIED = 200, 304
_LONGEST = 10 * 1024 * 1024
"""Of a longer feed the first items are read all the same: they are the newest."""
_HEAVY = 1024 * 1024
_HEAVY_AT_ONCE = 2
"""Of bodies above that, so few are made ready for a child at once: each is in memory four times then."""
LIMITS = Limits(
    memory=768 * 1024 * 1024, processor=timedelta(seconds=10), longest=timedelta(minutes=1)
)
_LONGEST_VALIDATOR = 500
_LARGE = 32 * 1024
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})")
_NOT_KEPT = re.compile(r"no-(?:store|cache)|must-revalidate")
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.8, text/html;q=0.5, */*;q=0.3"
)


Made = TypeVar("Made")


class Reader:
    """Reads feeds through a fetcher, and parses them where heavy work is done."""

    def __init__(self, fetcher: Fetcher, heavy: HeavyWork, limits: Limits = LIMITS) -> None:
        self._fetcher = fetcher
        self._heavy = heavy
        self._limits = limits
        self._heavies = asyncio.Semaphore(_HEAVY_AT_ONCE)

    async def fetched(self, address: str, known: Known | None = None) -> Fetched:
        """Return what stands there, unread; the first of it where it is very long."""
        headers = {"Accept": _ACCEPT, **known.validators} if known else {"Accept": _ACCEPT}
        return await self._fetcher.fetch(address, headers, first=_LONGEST)

    async def read(self, address: str, known: Known | None = None) -> Reading:
        """Return what has changed in a feed since it was `known`; the contract is the port's."""
        return await self.reading(await self.fetched(address, known), known)

    async def reading(self, page: Fetched, known: Known | None = None) -> Reading:
        """Return what a page that was fetched is as a feed; raises as `read` does."""
        before = known or Known()
        if page.status != _OK:
            same = page.status == _NOT_MODIFIED
            return Reading(
                status=page.status,
                address=page.address,
                known=before,
                unchanged=same,
                moved=page.moved,
                fresh=fresh(page.headers),
            )
        body = await _off_the_loop(page.body, _digest)
        now = Known(validators(page.headers), body, before.digests)
        feed = None
        if body != before.body:
            feed = await self.parsed(page, before.digests)
            if feed is None:
                raise no_feed(page.address)
            now = Known(now.validators, body, frozenset(feed.digests))
        return Reading(
            status=page.status,
            address=page.address,
            known=now,
            feed=feed,
            unchanged=feed is None,
            moved=page.moved,
            fresh=fresh(page.headers),
        )

    async def parsed(self, page: Fetched, digests: Collection[str] = ()) -> Feed | None:
        """Return the feed in a page, or None where it is none; raises `Unreachable`."""
        if not like_a_feed(page.body):
            return None
        turn = self._heavies if len(page.body) > _HEAVY else contextlib.nullcontext()
        async with turn:
            said = await self._in_child(page, digests)
        return feed_of(said) if isinstance(said, Mapping) else None

    async def _in_child(self, page: Fetched, digests: Collection[str]) -> Plain:
        kind = page.headers.get("content-type", "")
        given = await _off_the_loop(
            page.body, lambda body: asked(body, page.address, kind, digests, whole=page.whole)
        )
        try:
            return await self._heavy.run("feeds.parsing:in_child", given, self._limits)
        except HeavyError as error:
            raise Unreachable(
                Why.ANSWER,
                msg("What {host} says is too much to be read.", host=_host(page.address)),
            ) from error


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """Return with which headers to ask the next time, so that the same need not be sent again."""
    found = {
        "If-None-Match": headers.get("etag", ""),
        "If-Modified-Since": headers.get("last-modified", ""),
    }
    return {
        name: said
        for name, said in found.items()
        if said and said.isprintable() and len(said) <= _LONGEST_VALIDATOR
    }


def fresh(headers: Mapping[str, str]) -> timedelta | None:
    """Return for how long an answer says that it may be taken as it is."""
    said = headers.get("cache-control", "").lower()
    if not said:
        return None
    found = _MAX_AGE.search(said)
    if found is None or _NOT_KEPT.search(said):
        return None
    return timedelta(seconds=int(found[1]))


def no_feed(address: str) -> Refused:
    """Return what is said where a page is no feed."""
    return Refused(msg("What stands at {address} is no feed.", address=address))


def _host(address: str) -> str:
    return address.split("/")[2] if address.count("/") > 1 else address


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


async def _off_the_loop(body: bytes, make: Callable[[bytes], Made]) -> Made:
    """Return what is made of a body; of a large one in a thread."""
    return await asyncio.to_thread(make, body) if len(body) > _LARGE else make(body)
