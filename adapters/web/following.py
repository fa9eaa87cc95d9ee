"""What one open page is told: messages that are new, cards beside a room, pieces of a page."""

import asyncio
import json
import math
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Mapping,
    Sequence,
)
from dataclasses import field

from adapters.web import alike
from adapters.web import store as rooms
from adapters.web.hub import STRANGER, Hub
from adapters.web.render import Viewer
from plnbot.engine.ports import Desk, Person
from plnbot.engine.ports.people import reader_topic
from plnbot.refs import MemberRef, Place, row_number
from plnbot.store.database import Store
from plnbot.talk.pages import Missing, Page
from plnbot.values import dataclass

HEARTBEAT_SECONDS = 15
AT_ONCE = 100
_TOGETHER = 0.03
"""For so many seconds changes gather, and are then shown as one: an answer is several."""
_BESIDE_EVERY = 0.5
"""What stands beside a room is looked at no oftener: one answer changes a room several times."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something a browser is told, as JSON; `mark` is what it asks from when it comes back."""

    name: str
    data: str = "{}"
    mark: Mapping[str, str | int] = field(default_factory=dict)


STILL_HERE = Told("")
"""Nothing happened, and the connection stands."""
ENDED = Told("ended")
"""The session is over: the page is no longer its reader's."""
GONE = Told("gone")
"""There is no such page for this reader any more."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a page follows: a room and a thread of it from a revision on, or a page as it was seen."""

    room: str = ""
    thread: str = ""
    rev: int = 0
    page: str = ""
    row: str = ""
    seen: str = ""
    sought: str = ""


@dataclass(slots=True)
class Stream:
    """Follows for one open page, a public one without a `person`.

    `workspace` is its room's; `topic` is what its page is announced by.
    """

    desk: Desk
    store: Store
    hub: Hub
    person: Person | None
    viewer: Viewer
    followed: Followed
    workspace: str
    topic: str
    session: str
    stands: Callable[[], Awaitable[bool]]
    _beside: Sequence[str] = ()
    _pieces: Sequence[str] = ()
    _looked_at: float = -math.inf
    _beside_at: float = -math.inf

    @property
    def reader(self) -> int:
        """The number of the member who reads, `STRANGER` where anybody may."""
        return self.person.id if self.person else STRANGER

    async def told(self) -> AsyncGenerator[Sequence[Told]]:
        """Yield what happens, all that is new at once, until the reader leaves or the server stops."""
        workspace, slug = self.workspace, self.followed.room
        topics = {rooms.topic(workspace, slug)} if slug else set()
        reader = reader_topic(self.person.id) if self.person else ""
        hub, rev = self.hub, self.followed.rev
        flag = hub.listen(frozenset({*topics, self.topic, reader, self.session} - {""}))
        yield (STILL_HERE,)
        try:
            async with hub.turn:
                self._beside = await self._beside_html()
            while not hub.closed:
                flag.clear()
                if hub.has_ended(flag) or not await self._is_still_theirs():
                    yield (ENDED,)
                    return
                if hub.reads_otherwise(flag):
                    yield (Told("otherwise"),)
                    return
                if slug:
                    async for news in self._news(rev, flag):
                        rev = int(news[-1].mark.get("rev", rev))
                        yield news
                elif self.followed.page and (told := await self._page_news()) is not None:
                    yield (told,)
                if not await _woken(flag):
                    yield (STILL_HERE,)
                else:
                    await asyncio.sleep(_TOGETHER)
        finally:
            hub.leave(flag)

    async def _is_still_theirs(self) -> bool:
        """Ask now and then whether the session stands: it may run out, and a notice may be lost."""
        now = asyncio.get_running_loop().time()
        if now - self._looked_at < HEARTBEAT_SECONDS:
            return True
        self._looked_at = now
        return await self.stands()

    async def _news(self, rev: int, flag: asyncio.Event) -> AsyncIterator[Sequence[Told]]:
        """Yield what is new in a room. Nobody's turn lasts until a reader has read."""
        turn = self.hub.turn
        while True:
            async with turn:
                news = await self._after(rev)
                told = [self._told_of(each) for each in news]
            if not told:
                break
            yield told
            rev = news[-1].rev
        loop = asyncio.get_running_loop()
        if (rest := self._beside_at + _BESIDE_EVERY - loop.time()) > 0:
            loop.call_later(rest, flag.set)
            return
        self._beside_at = loop.time()
        async with turn:
            beside = await self._beside_html()
        if beside != self._beside:
            self._beside = beside
            shown = dict(zip(("html", "above"), beside, strict=True))
            yield (Told("beside", json.dumps(shown)),)

    async def _after(self, rev: int) -> Sequence[rooms.Message]:
        workspace, slug = self.workspace, self.followed.room
        known = self.hub.since_change(rooms.topic(workspace, slug), "messages")
        found: Sequence[rooms.Message] | None = known.get(rev)
        if found is None:
            found = await self.store.read(lambda tx: rooms.since(tx, workspace, slug, rev, AT_ONCE))
            known[rev] = found
        return found

    def _told_of(self, each: rooms.Message) -> Told:
        viewer, thread = self.viewer, row_number(self.viewer.thread) or None
        mine = bool(each.author) and each.author == viewer.handle
        topic = rooms.topic(self.workspace, self.followed.room)
        known = self.hub.since_change(topic, "told")
        key = (each.id, each.rev, mine, alike.look(viewer))
        if key not in known:
            shown = thread in (each.thread, each.id)
            html = ""
            if shown and not each.deleted:
                html = alike.message_of_all(each, viewer, in_thread=thread is not None)
            data = {"id": each.id, "html": html, "gone": each.deleted, "here": shown}
            known[key] = json.dumps(data)
        return Told("message", alike.theirs_in_json(known[key], viewer), {"rev": each.rev})

    async def _beside_html(self) -> tuple[str, str]:
        slug = self.followed.room
        if not slug or slug.startswith(rooms.DIRECT) or self.person is None:
            return "", ""
        workspace = self.workspace
        made = self.hub.since_change(rooms.topic(workspace, slug), "beside")
        found = await self.desk.beside(self.person.ref, Place("web", workspace, slug), made)
        panel = alike.card(found.panel, self.viewer) if found.panel is not None else ""
        above = alike.above(found.above, self.viewer) if found.above is not None else ""
        return panel, above

    async def _page_news(self) -> Told | None:
        """Return the pieces of a page that its browser has not got; None where it has them all."""
        of = self.followed
        page = await self._page()
        if isinstance(page, Missing):
            return GONE
        parted = self.hub.since_change(self.topic, "pieces")
        how = (id(page), alike.look(self.viewer))
        if how not in parted:  # the page is kept beside them, so that its number stays its own
            pieces = alike.pieces(page, self.viewer)
            keys = [each.key for each in pieces]
            parted[how] = page, pieces, keys, alike.digest(pieces)
        _page, pieces, keys, digest = parted[how]
        if keys == self._pieces or (not self._pieces and digest == of.seen):
            self._pieces = keys
            return None
        before, self._pieces = tuple(self._pieces), keys
        changes = self.hub.since_change(self.topic, "changes")
        change = (digest, before, alike.look(self.viewer))
        if change not in changes:
            new = {each.key: each.html for each in pieces if each.key not in before}
            changes[change] = json.dumps({"order": keys, "new": new})
        return Told("page", alike.theirs_in_json(changes[change], self.viewer), {"seen": digest})

    async def _page(self) -> Page | Missing:
        of, hub = self.followed, self.hub
        if self.person is None:
            async with hub.turn:
                made = hub.since_change(self.topic, "pages")
                return await self.desk.public_page(of.page, of.row, self.viewer.locale, made=made)
        who = self.person.ref
        found = await hub.pages.ask((self.topic, of.page, of.row, of.sought), who, self._pages)
        if found is not None:
            return found
        async with hub.turn:
            made = hub.since_change(self.topic, "pages")
            return await self.desk.page(who, of.page, of.row, made=made, sought=of.sought)

    async def _pages(self, readers: Collection[MemberRef]) -> Mapping[MemberRef, Page | Missing]:
        """Return the page as each of these readers sees it who can be answered at once."""
        of = self.followed
        async with self.hub.turn:
            made = self.hub.since_change(self.topic, "pages")
            return await self.desk.pages(readers, of.page, of.row, made, of.sought)


async def _woken(flag: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await flag.wait()
    except TimeoutError:
        return False
    return True
