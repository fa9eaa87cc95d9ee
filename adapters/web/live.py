"""Live pages: server-sent events, caught up by revision after a lost connection."""

import asyncio
import contextlib
import json
import logging
import math
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from aiohttp import web

from adapters.web import render
from adapters.web import store as rooms
from adapters.web.entrance import descriptors
from adapters.web.guard import headers
from adapters.web.readers import Readers, hashed
from adapters.web.render import Viewer
from adapters.web.site import Site
from adapters.web.store import DIRECT
from plnbot.engine.ports import Desk, Person
from plnbot.engine.ports.people import reader_topic
from plnbot.refs import Place, row_number
from plnbot.store.database import Store
from plnbot.talk.pages import Missing
from plnbot.talk.words import Sentence, msg

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15
AGAIN_SECONDS = 20
AT_ONCE = 100
MOST_STREAMS = 50
"""Tabs that one member may have open; more is nobody reading."""
_READER = reader_topic(0).rstrip("0")
_AT_A_TIME = 8
"""How many streams are told something at once, so that a page waits for so many, not for all."""


_MANY_OF_YOURS = msg(
    "You have very many pages open here, so this one does not follow by itself. Close some, then"
    " reload it."
)
_MANY_IN_ALL = msg(
    "Very many pages are open at the moment, so this one does not follow by itself. It tries again;"
    " reload it to see what is new."
)


class Full(Exception):  # noqa: N818 - it is no error, but an answer
    """No stream more fits in: for this member, or for anybody."""

    def __init__(self, status: HTTPStatus, why: Sentence) -> None:
        super().__init__(why.source)
        self.status = status
        self.why = why


class Hub:
    """Who listens to which topics. A listener holds one flag, so a slow one costs nothing.

    `most` streams fit in; each takes its `turn` to read and to render.
    """

    def __init__(self, most: int) -> None:
        self.turn = asyncio.Semaphore(_AT_A_TIME)
        self._most = most
        self._listeners: dict[asyncio.Event, frozenset[str]] = {}
        self._ended: set[asyncio.Event] = set()
        self._otherwise: set[asyncio.Event] = set()
        self._reading: Counter[int] = Counter()
        self.closed = False

    @contextlib.contextmanager
    def stream_of(self, person: int) -> Iterator[None]:
        """Count one more stream of a member within the block; raises `Full` at too many."""
        if self._reading[person] >= MOST_STREAMS:
            raise Full(HTTPStatus.TOO_MANY_REQUESTS, _MANY_OF_YOURS)
        if self._reading.total() >= self._most:
            raise Full(HTTPStatus.SERVICE_UNAVAILABLE, _MANY_IN_ALL)
        self._reading[person] += 1
        try:
            yield
        finally:
            self._reading[person] -= 1
            if not self._reading[person]:
                del self._reading[person]

    def tell(self, topic: str) -> None:
        """Wake who listens to this topic; must be called on the loop."""
        for flag, topics in self._listeners.items():
            if topic in topics:
                if topic.startswith(rooms.SESSION):
                    self._ended.add(flag)
                elif topic.startswith(_READER):
                    self._otherwise.add(flag)
                flag.set()

    def listen(self, topics: frozenset[str]) -> asyncio.Event:
        """Return a flag that is set when one of the topics changes."""
        flag = asyncio.Event()
        self._listeners[flag] = topics
        return flag

    def leave(self, flag: asyncio.Event) -> None:
        """Listen no longer."""
        self._listeners.pop(flag, None)
        self._ended.discard(flag)
        self._otherwise.discard(flag)

    def has_ended(self, flag: asyncio.Event) -> bool:
        """Return whether the session of who listens has ended."""
        return flag in self._ended

    def reads_otherwise(self, flag: asyncio.Event) -> bool:
        """Return whether who listens reads another language or clock than when they began."""
        return flag in self._otherwise

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        for flag in self._listeners:
            flag.set()


@dataclass(slots=True)
class Stream:
    """What one open page is told."""

    desk: Desk
    store: Store
    person: Person
    viewer: Viewer
    slug: str
    session: str
    stands: Callable[[], Awaitable[bool]]
    _beside: str = ""
    _looked_at: float = -math.inf

    async def events(self, hub: Hub, rev: int, topic: str) -> AsyncIterator[bytes]:
        """Yield events from `rev` on until the reader leaves or the server stops."""
        workspace = self.person.ref.workspace
        topics = {rooms.topic(workspace, self.slug)} if self.slug else set()
        reader = reader_topic(self.person.id)
        flag = hub.listen(frozenset({*topics, topic, reader, self.session} - {""}))
        yield b": hello\nretry: 1000\n\n"
        async with hub.turn:
            self._beside = await self._beside_html()
        try:
            while not hub.closed:
                flag.clear()
                if hub.has_ended(flag) or not await self._is_still_theirs():
                    yield _ENDED
                    return
                if hub.reads_otherwise(flag):
                    yield _event("otherwise", {})
                    return
                if self.slug:
                    async for event, reached in self._news(rev, hub.turn):
                        rev = reached
                        yield event
                if not await _told(flag):
                    yield b": still here\n\n"
                    continue
                if topic:
                    yield _event("changed", {})
        finally:
            hub.leave(flag)

    async def _is_still_theirs(self) -> bool:
        """Ask now and then whether the session stands: it may run out, and a notice may be lost."""
        now = asyncio.get_running_loop().time()
        if now - self._looked_at < HEARTBEAT_SECONDS:
            return True
        self._looked_at = now
        return await self.stands()

    async def _news(self, rev: int, turn: asyncio.Semaphore) -> AsyncIterator[tuple[bytes, int]]:
        """Yield what is new. Nobody's turn lasts until a reader has read."""
        reached = rev
        while True:
            async with turn:
                news = await self._after(reached)
                told = [(self._told_of(each), each.rev) for each in news]
            if not told:
                break
            for each in told:
                yield each
            reached = told[-1][1]
        async with turn:
            beside = await self._beside_html()
        if beside != self._beside:
            self._beside = beside
            yield _event("beside", {"html": beside}), reached

    async def _after(self, rev: int) -> Sequence[rooms.Message]:
        workspace = self.person.ref.workspace
        return await self.store.read(lambda tx: rooms.since(tx, workspace, self.slug, rev, AT_ONCE))

    def _told_of(self, each: rooms.Message) -> bytes:
        thread = row_number(self.viewer.thread) or None
        shown = thread in (each.thread, each.id)
        html = ""
        if shown and not each.deleted:
            html = render.message(each, self.viewer, in_thread=thread is not None)
        told = {"id": each.id, "html": html, "gone": each.deleted, "here": shown}
        return _event("message", told, each.rev)

    async def _beside_html(self) -> str:
        if not self.slug or self.slug.startswith(rooms.DIRECT):
            return ""
        place = Place("web", self.person.ref.workspace, self.slug)
        card = await self.desk.beside(self.person.ref, place)
        return render.card(card, self.viewer) if card is not None else ""


class Live:
    """The handler of the streams, and what lets them follow the store's changes."""

    def __init__(self, site: Site, readers: Readers) -> None:
        self._site = site
        self._readers = readers
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
        """Stream what changes: a room's messages, the card beside it, or a page."""
        slug = request.query.get("room", "")
        try:
            viewer, person = await self._readers.viewer(request, "")
        except web.HTTPFound:  # its session has ended: a browser that asks again is told so
            return web.Response(body=_ENDED, content_type="text/event-stream")
        if slug.startswith(DIRECT) and slug != DIRECT + person.ref.user:
            raise web.HTTPNotFound
        viewer = replace(viewer, room=slug, thread=request.query.get("thread", ""))
        topic = await self._topic(person, request.query.get("page", ""))
        token = self._readers.cookie(request) if viewer.base == "/me" else ""
        session = rooms.session_topic(hashed(token)) if token else ""

        async def stands() -> bool:
            return await self._readers.still(request)

        stream = Stream(self._site.desk, self._site.store, person, viewer, slug, session, stands)
        try:
            with self._hub.stream_of(person.id):
                return await self._streamed(request, stream, topic)
        except Full as full:
            # A stream's status is hidden from the page, which asks for this answer to know why.
            return web.Response(
                text=viewer.t.say(full.why).bare(),
                status=full.status,
                headers={"Retry-After": str(AGAIN_SECONDS)},
            )

    async def _topic(self, person: Person, path: str) -> str:
        """Return what a page follows, for those who may read it."""
        name, _, row = path.partition("/")
        found = await self._site.desk.page(person.ref, name, row) if name else None
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return found.live if found is not None else ""

    async def _streamed(
        self, request: web.Request, stream: Stream, topic: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx would keep what it is told until it has 4 KB
                **headers(self._site.options),
            }
        )
        seen = request.headers.get("Last-Event-ID") or request.query.get("rev", "0")
        try:
            await response.prepare(request)
            async for event in stream.events(self._hub, row_number(seen), topic):
                await response.write(event)
        except (ConnectionResetError, asyncio.CancelledError):
            log.debug("a reader left")
        return response


_ENDED = b"event: ended\ndata: {}\n\n"
"""The session is over: the page is no longer its reader's."""


async def _told(flag: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await flag.wait()
    except TimeoutError:
        return False
    return True


def _event(name: str, data: dict[str, object], rev: int | None = None) -> bytes:
    number = f"id: {rev}\n" if rev is not None else ""
    return f"{number}event: {name}\ndata: {json.dumps(data)}\n\n".encode()
