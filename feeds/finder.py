"""Finding feeds: the pages that have to be looked at, in the order in which they are likely to help."""

import asyncio
import base64
import codecs
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from feeds import opml
from feeds.discovery import (
    LONGEST_PAGE,
    VIDEOS,
    Page,
    channel_offers,
    look,
    page_of,
    podcast_of,
    usual_places,
)
from feeds.reader import LIMITS, Reader
from plnbot.engine.heavy import HeavyError, HeavyWork
from plnbot.errors import PlnError, Refused, Unavailable
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.syndication import Discovery, Offer, Outlines, Reading
from plnbot.talk.words import Sentence, msg

_OK = 200
_CLOSED = frozenset({401, 403, 407, 451})
_GONE = frozenset({404, 410})
_MOST_READ = 16
"""Feeds that are tried for one link."""
_LONGEST = 120
"""Seconds that one link may take."""


class Feeds(Reader):
    """The port `plnbot.syndication.Feeds`: reads feeds, and finds them."""

    async def discover(self, link: str) -> Discovery:
        """Return the feeds that a link leads to; the contract is the port's."""
        try:
            async with asyncio.timeout(_LONGEST):
                return await Search(self, self._heavy).of(link)
        except TimeoutError as error:
            raise Unreachable(Why.TIME, msg("Looking for feeds there took too long.")) from error

    async def listed(self, document: bytes) -> Outlines:
        """Return the feeds in a list; the contract is the port's."""
        if len(document) > opml.LONGEST:
            raise opml.too_long()
        encoded = await asyncio.to_thread(lambda: base64.b64encode(document).decode())
        try:
            said = await self._heavy.run("feeds.opml:in_child", {"document": encoded}, LIMITS)
        except HeavyError as error:
            raise Refused(msg("This list of feeds is damaged, and cannot be read.")) from error
        return opml.told(said if isinstance(said, Mapping) else {})


class Search:
    """One search. It tries no address twice, and not too many."""

    def __init__(self, reader: Reader, heavy: HeavyWork) -> None:
        self._reader = reader
        self._heavy = heavy
        self._tried: set[str] = set()

    async def of(self, link: str) -> Discovery:
        """Return what a link leads to."""
        first = look(link)
        if first.why is not None:
            return Discovery(why=first.why)
        if first.lookup:
            answer = await self._reader.fetched(first.page)
            found = await self._first_of(_podcasts(answer))
            return found or Discovery(
                why=msg("The directory of podcasts knows no feed of this one.")
            )
        if (found := await self._first_of(first.offers)) is not None:
            return found
        return await self._on(await self._reader.fetched(first.page), may_go_on=True)

    async def _on(self, answer: Fetched, *, may_go_on: bool) -> Discovery:
        """Return what a page is, or says; where it says nothing, what the page says that it stands for."""
        if answer.status != _OK:
            return Discovery(why=_closed(answer))
        try:
            reading = await self._reader.reading(answer)
        except Refused:
            page = await self._read(answer)
        else:
            return _found((Offer(address=answer.address, found="itself"),), reading)
        named = (*(channel_offers(page.channel) if page.channel else ()), *page.named)
        for offers in (named, page.linked):
            if (found := await self._first_of(offers)) is not None:
                return found
        elsewhere = page.canonical if page.canonical != answer.address else ""
        if may_go_on and elsewhere:
            try:
                other = await self._on(await self._reader.fetched(elsewhere), may_go_on=False)
            except PlnError:
                other = Discovery()
            if other.offers:
                return other
        if (found := await self._first_of(usual_places(answer.address))) is not None:
            return replace(found, offers=found.offers[:1])
        return Discovery(why=self._why(answer.address, page))

    async def _first_of(self, offers: Sequence[Offer]) -> Discovery | None:
        """Return offers with the first that can be read at their head; those before it are dropped."""
        for at, offer in enumerate(offers):
            if offer.address in self._tried or len(self._tried) >= _MOST_READ:
                continue
            self._tried.add(offer.address)
            try:
                reading = await self._reader.read(offer.address)
            except (Refused, Unavailable):
                continue
            if reading.feed is not None:
                return _found((offer, *offers[at + 1 :]), reading)
        return None

    async def _read(self, answer: Fetched) -> Page:
        """Return what a page says, read in a child; raises `Unreachable` where that is too much."""
        html = answer.body[:LONGEST_PAGE].decode(_charset(answer), "replace")
        given = {"html": html, "address": answer.address}
        try:
            said = await self._heavy.run("feeds.discovery:in_child", given, LIMITS)
        except HeavyError as error:
            raise Unreachable(Why.ANSWER, msg("That page is too much to be read.")) from error
        return page_of(said if isinstance(said, Mapping) else {})

    def _why(self, where: str, page: Page) -> Sentence:
        """Return why nothing was found."""
        host = urlsplit(where).hostname or where
        if any(each.startswith(VIDEOS) for each in self._tried):
            return msg(
                "YouTube does not answer for the feeds of this channel just now. It does that for some"
                " hours of a day; try again later."
            )
        if host.startswith("consent."):
            return msg(
                "{host} asks for consent first, which plnbot does not give. For a channel of videos, paste"
                " the address that has /channel/ in it.",
                host=host,
            )
        if page.signs_in:
            return msg("{host} shows this page only to those who sign in.", host=host)
        return msg("No feed was found on {host}.", host=host)


def _podcasts(answer: Fetched) -> tuple[Offer, ...]:
    try:
        return podcast_of(json.loads(answer.body))
    except (ValueError, RecursionError):
        return ()


def _found(offers: Sequence[Offer], reading: Reading) -> Discovery:
    """Return offers of which the first was read; it is called what the feed calls itself."""
    title = (reading.feed.title if reading.feed else "") or offers[0].title
    first = replace(offers[0], address=reading.moved or offers[0].address, title=title)
    return Discovery((first, *offers[1:]), reading)


def _closed(answer: Fetched) -> Sentence:
    host, status = urlsplit(answer.address).hostname or "", answer.status
    if status in _CLOSED:
        return msg(
            "{host} does not let plnbot in (status {status}). Perhaps it is open from home, or to those"
            " who sign in.",
            host=host,
            status=status,
        )
    if status in _GONE:
        return msg("Nothing stands there any more, or never did: {host} says so.", host=host)
    return msg(
        "{host} answers with status {status}, and nothing to read.", host=host, status=status
    )


def _charset(answer: Fetched) -> str:
    """Return in what a page is written; names in it hardly matter, addresses are in ASCII."""
    found = re.search(r"charset=\"?([\w-]{1,30})", answer.headers.get("content-type", ""))
    try:
        return codecs.lookup(found[1]).name if found else "utf-8"
    except LookupError:
        return "utf-8"
