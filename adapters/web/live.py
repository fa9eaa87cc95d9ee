"""Live pages: server-sent events, one stream for a browser however many of its tabs are open.

A browser gives a host six connections, and each tab would hold one. So its tabs share a stream: it
says in `at` what each of them follows, by the addresses that the pages carry, and every event says
for which of them it is. Each address is also a stream by itself, for whoever follows one thing only.
A connection that was lost is made anew from the marks that came with the events.
"""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

from aiohttp import web

from adapters.web import inbound
from adapters.web import store as rooms
from adapters.web.entrance import descriptors
from adapters.web.following import ENDED, GONE, Followed, Stream, Told
from adapters.web.guard import headers
from adapters.web.hub import MOST_STREAMS, Full, Hub
from adapters.web.inbound import BadRequestError
from adapters.web.public import BASE, PublicPages
from adapters.web.readers import Readers, hashed
from adapters.web.showing import LONGEST_SOUGHT
from adapters.web.site import Site
from adapters.web.store import DIRECT
from plnbot.engine.ports import Person
from plnbot.errors import PlnError
from plnbot.logs import Seldom, cause
from plnbot.refs import row_number
from plnbot.talk.pages import Missing
from plnbot.talk.text import clean
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_seldom = Seldom(log)

AGAIN_SECONDS = 20
MOST_TABS = MOST_STREAMS
_ADDRESS = re.compile(r"(/me|/open|/as/[^/]+)/live")


@dataclass(frozen=True, slots=True)
class _Tab:
    """What one tab follows: whose pages it shows, and what of them."""

    base: str
    followed: Followed


class Live:
    """The handlers of the streams, and what lets them follow the store's changes."""

    def __init__(self, site: Site, readers: Readers, public: PublicPages) -> None:
        self._site = site
        self._readers = readers
        self._public = public
        # The other connections are for who opens pages.
        self._hub = Hub(descriptors.connections() // 2)
        self._leave: Callable[[], None] = lambda: None

    async def start(self, _app: web.Application) -> None:
        """Follow the store's changes."""
        self._leave = self._site.desk.follow(self._hub.tell)

    async def stop(self, _app: web.Application) -> None:
        """Let the open streams end."""
        self._leave()
        self._hub.close()

    async def follow(self, request: web.Request) -> web.StreamResponse:
        """Stream what changes: a room's messages, the cards beside it, or a page."""
        tab = _tab(str(request.rel_url))
        if seen := request.headers.get("Last-Event-ID"):
            tab = replace(tab, followed=replace(tab.followed, rev=row_number(seen)))
        found = await self._stream(request, tab)
        if found is None:  # its session has ended: a browser that asks again is told so
            return web.Response(body=_as_event(ENDED), content_type="text/event-stream")
        try:
            with self._hub.stream_of(found.reader):
                response = await self._opened(request)
                await _written(response, [(None, found)], ())
                return response
        except Full as full:
            return _refused(found, full)

    async def follow_all(self, request: web.Request) -> web.StreamResponse:
        """Stream to one browser what all of its tabs follow."""
        tabs = [_tab(each) for each in request.query.getall("at", [])]
        if not 0 < len(tabs) <= MOST_TABS:
            raise BadRequestError
        streams = [await self._if_there(request, each) for each in tabs]
        followed = [(tab, each) for tab, each in enumerate(streams) if isinstance(each, Stream)]
        gone = [(tab, each) for tab, each in enumerate(streams) if isinstance(each, Told)]
        # One connection, however much of theirs it follows.
        people = {each.reader: each for _tab, each in followed}
        with contextlib.ExitStack() as counted:
            for person, stream in people.items():
                try:
                    counted.enter_context(self._hub.stream_of(person))
                except Full as full:
                    return _refused(stream, full)
            response = await self._opened(request)
            await _written(response, followed, gone)
        return response

    async def _if_there(self, request: web.Request, tab: _Tab) -> Stream | Told:
        """Return a tab's stream, or what it is told where there is nothing to follow any more."""
        try:
            return await self._stream(request, tab) or ENDED
        except web.HTTPNotFound:
            return GONE

    async def _stream(self, request: web.Request, tab: _Tab) -> Stream | None:
        """Return what a tab is told; None where its reader's session has ended."""
        of = tab.followed
        if tab.base == BASE:
            return await self._opened_to_all(request, of)
        try:
            viewer, person = await self._readers.viewer(
                request, f"page/{of.page}" if of.page else "", tab.base
            )
        except web.HTTPFound:
            return None
        if of.room.startswith(DIRECT) and of.room != DIRECT + person.ref.user:
            raise web.HTTPNotFound
        entered = rooms.entered(viewer.rooms, of.room)
        if of.room and not of.room.startswith(DIRECT) and entered is None:
            raise web.HTTPNotFound
        workspace = entered.workspace if entered is not None else person.ref.workspace
        whole = f"page/{of.page}" + (f"/{of.row}" if of.row else "")
        back = f"{viewer.base}/{quote(whole, safe='/')}" if of.page else ""
        viewer = replace(viewer, room=of.room, thread=of.thread, back=back)
        token = self._readers.cookie(request) if viewer.base == "/me" else ""
        session = rooms.session_topic(hashed(token)) if token else ""

        async def stands() -> bool:
            return await self._readers.still(request, tab.base, of.room if entered else "")

        topic = await self._topic(person, of)
        site = self._site
        return Stream(
            site.desk, site.store, self._hub, person, viewer, of, workspace, topic, session, stands
        )

    async def _opened_to_all(self, request: web.Request, of: Followed) -> Stream:
        """Return what a public page's reader is told, whoever they are."""
        if of.room or of.sought:
            raise web.HTTPNotFound
        viewer, page = await self._public.looked(request, of.page, of.row)

        async def stands() -> bool:
            return True

        site = self._site
        return Stream(site.desk, site.store, self._hub, None, viewer, of, "", page.live, "", stands)

    async def _topic(self, person: Person, of: Followed) -> str:
        """Return what a page follows, for those who may read it."""
        found = await self._site.desk.page(person.ref, of.page, of.row) if of.page else None
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return found.live if found is not None else ""

    async def _opened(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx would keep what it is told until it has 4 KB
                **headers(self._site.options),
            }
        )
        await response.prepare(request)
        return response


async def _written(
    response: web.StreamResponse,
    followed: Sequence[tuple[int | None, Stream]],
    gone: Sequence[tuple[int, Told]],
) -> None:
    """Write what each is told, until the browser leaves or nothing is left to follow."""

    async def write(tab: int | None, stream: Stream) -> None:
        async with contextlib.aclosing(stream.told()) as news:
            async for told in news:
                await response.write(b"".join(_as_event(each, tab) for each in told))

    try:
        for number, what in gone:
            await response.write(_as_event(what, number))
        async with asyncio.TaskGroup() as together:
            for tab, stream in followed:
                together.create_task(write(tab, stream))
    except* (ConnectionResetError, asyncio.CancelledError):
        log.debug("a reader left")
    except* PlnError as waits:  # the browser asks again, and is told then
        _seldom.warning("streams end: %s", cause(waits.exceptions[0]))


def _refused(stream: Stream, full: Full) -> web.Response:
    """Say why nothing more is followed; a browser reads it, and asks again later."""
    why = stream.viewer.t.say(full.why).bare()
    return web.Response(text=why, status=full.status, headers={"Retry-After": str(AGAIN_SECONDS)})


def _tab(address: str) -> _Tab:
    """Return what an address of a page's stream follows; raises `BadRequestError`."""
    parts = urlsplit(address)
    base = _ADDRESS.fullmatch(parts.path)
    asked = {name: given[0] for name, given in parse_qs(parts.query).items()}
    if base is None or not all(map(inbound.storable, (parts.path, *asked.values()))):
        raise BadRequestError
    page, _, row = asked.get("page", "").partition("/")
    followed = Followed(
        asked.get("room", ""),
        asked.get("thread", ""),
        row_number(asked.get("rev", "0")),
        page,
        row,
        asked.get("seen", ""),
        clean(asked.get("sought", ""))[:LONGEST_SOUGHT],
    )
    return _Tab(base[1], followed)


def _as_event(told: Told, tab: int | None = None) -> bytes:
    if not told.name:
        return b": still here\nretry: 1000\n\n"
    if tab is None:
        number = f"id: {told.mark['rev']}\n" if "rev" in told.mark else ""
        return f"{number}event: {told.name}\ndata: {told.data}\n\n".encode()
    whole = f'{{"tab": {tab}, "name": "{told.name}", "mark": {json.dumps(told.mark)}'
    return f'event: told\ndata: {whole}, "data": {told.data}}}\n\n'.encode()
