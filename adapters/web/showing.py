"""What a member looks at: rooms and threads, direct messages, pages, files."""

import re
import secrets
from dataclasses import replace
from urllib.parse import quote

from aiohttp import web

from adapters.web import alike, inbound, render
from adapters.web import store as rooms
from adapters.web.answers import as_page, offered
from adapters.web.readers import Readers, seems
from adapters.web.site import Site
from adapters.web.store import DIRECT
from plnbot.engine.ports import Person, Seems
from plnbot.refs import MemberRef, Place, row_number
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer, Joined, Reply
from plnbot.talk.pages import Missing
from plnbot.talk.text import clean
from plnbot.talk.words import Translate

MOST_SHOWN = 200
LONGEST_SOUGHT = 100


class Showing:
    """The handlers of what is looked at; nothing is changed by them but who has come in."""

    def __init__(self, site: Site, readers: Readers) -> None:
        self._site = site
        self._readers = readers

    async def first_room(self, request: web.Request) -> web.Response:
        """Go to the first room."""
        viewer, _person = await self._readers.looking(request, "")
        where = f"room/{viewer.rooms[0].slug}" if viewer.direct and viewer.rooms else "page/home"
        raise web.HTTPFound(f"{viewer.base}/{where}")

    async def room(self, request: web.Request) -> web.Response:
        """Show a room, or one thread of it."""
        slug = request.match_info["room"]
        thread = row_number(request.match_info.get("thread", "")) or None
        viewer, person = await self._readers.looking(request, f"room/{slug}")
        found = rooms.entered(viewer.rooms, slug)
        if found is None:
            raise web.HTTPNotFound
        viewer = replace(viewer, room=slug, thread=str(thread or ""))
        ws = found.workspace
        joined = None if found.closed else await self._greet(person, slug, seems(request))

        def look(tx: Tx) -> tuple[tuple[rooms.Message, ...], rooms.Message | None, int]:
            above = rooms.get(tx, ws, thread) if thread else None
            shown = rooms.latest(tx, ws, slug, thread, MOST_SHOWN)
            return shown, above, rooms.rev_of(tx, ws, slug)

        shown, above, rev = await self._site.store.read(look)
        if thread and (above is None or above.room != slug):
            raise web.HTTPNotFound
        t = Translate(person.locale)
        offered = await self._site.desk.beside_a_room(person.ref)
        shortcuts = [(command, t.say(label).bare()) for command, label in offered]
        hint = self._site.desk.hint(person.network)
        beside = await self._site.desk.beside(person.ref, Place("web", ws, slug))
        return as_page(
            render.page(
                "room.html",
                viewer,
                room=found,
                message=alike.message,
                messages=shown,
                above=above,
                rev=rev,
                beside=beside,
                greeting=joined.card if isinstance(joined, Reply) else None,
                shortcuts=shortcuts,
                hint=t.say(hint).bare() if hint else "",
            )
        )

    async def direct(self, request: web.Request) -> web.Response:
        """Show what the bot wrote to this member."""
        viewer, person = await self._readers.looking(request, "messages")
        slug = DIRECT + person.ref.user
        viewer = replace(viewer, room=slug)
        ws = person.ref.workspace
        shown, rev = await self._site.store.read(
            lambda tx: (rooms.latest(tx, ws, slug, None, MOST_SHOWN), rooms.rev_of(tx, ws, slug))
        )
        html = render.page("direct.html", viewer, message=alike.message, messages=shown, rev=rev)
        return as_page(html)

    async def page(self, request: web.Request) -> web.Response:
        """Show a page of the core."""
        name, row = request.match_info["name"], request.match_info.get("row", "")
        viewer, person = await self._readers.looking(request, f"page/{name}")
        sought = clean(request.query.get("sought", ""))[:LONGEST_SOUGHT]
        found = await self._site.desk.page(person.ref, name, row, seems(request), sought=sought)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        shown = f"{name}/{row}" if row else name
        viewer = replace(viewer, back=f"{viewer.base}/page/{quote(shown, safe='/')}")
        pieces = alike.pieces(found, viewer)
        html = render.page(
            "wall.html" if found.wall else "page.html",
            viewer,
            page=found,
            pieces=pieces,
            seen=alike.digest(pieces),
            shown=shown,
            sought=sought,
        )
        return as_page(alike.theirs(html, viewer))

    async def form(self, request: web.Request) -> web.Response:
        """Show a form that was opened on another platform, to who opened it."""
        row = request.match_info["row"]
        viewer, person = await self._readers.looking(request, f"form/{row}")
        found = await self._site.desk.form_again(person.ref, row)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        html = render.form(found, viewer, key=secrets.token_hex(8))
        return as_page(render.page("form_alone.html", viewer, shown=html))

    async def file(self, request: web.Request) -> web.Response:
        """Give a file of the core."""
        _viewer, person = await self._readers.looking(request, "")
        name, row = request.match_info["name"], request.match_info["row"]
        found = await self._site.desk.download(person.ref, name, row)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return web.Response(
            body=found.content,
            headers={
                "Content-Type": found.media_type,
                "Content-Disposition": f'attachment; filename="{_ascii(found.name)}"',
            },
        )

    async def search(self, request: web.Request) -> web.Response:
        """Tell what a field in which one searches finds for what is typed so far."""
        viewer, person = await self._readers.looking(request, "")
        room = request.query.get("room", "")
        entered = rooms.entered(viewer.rooms, room)
        place = (
            Place("web", entered.workspace, room)
            if entered
            else Place("web", person.ref.workspace, "")
        )
        source, typed = request.query.get("source", ""), request.query.get("typed", "")
        found = await self._site.desk.search(person.ref, place, source, typed)
        return web.json_response(offered(found, viewer))

    async def calendar(self, request: web.Request) -> web.Response:
        """Give the calendar of a network to whoever knows its address."""
        nobody = MemberRef("web", self._site.options.workspace, "")
        found = await self._site.desk.download(nobody, "calendar", request.match_info["row"])
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return web.Response(body=found.content, headers={"Content-Type": found.media_type})

    async def _greet(self, person: Person, slug: str, seen: Seems) -> Answer | None:
        """Tell the core, once a day and room, that somebody came in."""
        key = f"joined/{slug}/{self._site.clock.now():%Y-%m-%dT%H}"
        came = inbound.interaction(key, person.ref, slug, Joined(), locale=seen.locale)
        return await self._site.desk.handle(replace(came, zone=seen.zone))


def _ascii(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "", name) or "file"
