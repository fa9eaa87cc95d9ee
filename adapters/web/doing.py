"""What a member does: words in a room, their own words changed, a button, a form, a command."""

from dataclasses import replace

from aiohttp import web

from adapters.web import inbound
from adapters.web import store as rooms
from adapters.web.answers import answered, inside, to_mend, to_send_again
from adapters.web.inbound import BadRequestError, first
from adapters.web.multipart import Sent, digests
from adapters.web.readers import Readers
from adapters.web.render import Viewer
from adapters.web.site import Site
from adapters.web.speak import show_what_counts, speak
from adapters.web.store import DIRECT
from adapters.web.thanking import thank
from plnbot.engine.ports import Person
from plnbot.refs import Place, row_number
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Interaction, Reply, Submit
from plnbot.talk.text import clean

_PATIENCE_SECONDS = 20
"""What takes longer than a browser should wait is written to the member directly."""


class Doing:
    """The handlers of what is posted; each hands it to the desk and shows what it answers."""

    def __init__(self, site: Site, readers: Readers) -> None:
        self._site = site
        self._readers = readers

    async def say(self, request: web.Request) -> web.Response:
        """Take in what was typed in a room."""
        slug = request.match_info["room"]
        viewer, person = await self._readers.viewer(request, f"room/{slug}")
        fields = await self._readers.fields(request, viewer.base)
        key, thread = inbound.key_of(request.path, fields), first(fields, "thread")
        words = clean(first(fields, "words")[: inbound.LONGEST])
        back = _room_path(viewer.base, slug, thread)
        viewer = replace(viewer, room=slug, thread=thread)
        room = rooms.entered(viewer.rooms, slug)
        if room is None or room.ended or (thread and not row_number(thread)):
            raise BadRequestError
        if not words:
            return answered(request, viewer, None, back)
        command, site = inbound.typed(words), self._site
        given = inbound.interaction(
            key,
            person.ref,
            slug,
            command or inbound.said(words, 0),
            thread=thread,
            workspace=room.workspace,
        )
        if held := await site.desk.too_quick(given):
            return to_send_again(request, viewer, held, words, back)
        if command is not None:
            return answered(request, viewer, await self._handled(given), back)
        answer = await speak(site, person, room, thread, key=key, words=words)
        return answered(request, viewer, answer, back)

    async def edit(self, request: web.Request) -> web.Response:
        """Change or delete one's own message."""
        slug = request.match_info["room"]
        viewer, person = await self._readers.viewer(request, f"room/{slug}")
        fields = await self._readers.fields(request, viewer.base)
        number = row_number(request.match_info["message"])
        words = clean(first(fields, "words")[: inbound.LONGEST])
        if first(fields, "delete"):
            words = ""
        room = rooms.entered(viewer.rooms, slug)
        ws = room.workspace if room is not None else ""
        old = await self._site.store.read(lambda tx: rooms.get(tx, ws, number))
        if old is None or old.room != slug or old.author != viewer.handle or old.deleted:
            raise web.HTTPNotFound
        changes = {"words": words, "edited": True} if words else {"words": "", "deleted": True}
        thread = str(old.thread or "")
        viewer, back = (
            replace(viewer, room=slug, thread=thread),
            _room_path(viewer.base, slug, thread),
        )
        given = inbound.interaction(
            inbound.key_of(request.path, fields),
            person.ref,
            slug,
            inbound.said(words, number),
            thread=thread,
            workspace=ws,
        )
        if held := await self._site.desk.too_quick(given):
            return to_send_again(request, viewer, held, words, back)
        rev = await self._site.store.run(lambda tx: rooms.change(tx, ws, number, **changes))
        given = replace(given, what=inbound.said(words, number, rev))
        answer = await self._site.desk.handle(given)
        await show_what_counts(self._site, ws, number, answer)
        return answered(request, viewer, answer, back)

    async def thank(self, request: web.Request) -> web.Response:
        """Thank another member for their message, or take that back."""
        slug = request.match_info["room"]
        viewer, person = await self._readers.viewer(request, f"room/{slug}")
        fields = await self._readers.fields(request, viewer.base)
        number, room = row_number(request.match_info["message"]), rooms.entered(viewer.rooms, slug)
        if room is None or room.ended:
            raise web.HTTPNotFound
        ws = room.workspace

        def note(tx: Tx) -> None:
            said = rooms.get(tx, ws, number)
            others = said is not None and said.author not in {"", viewer.handle}
            if said is None or said.room != slug or said.deleted or not others:
                raise web.HTTPNotFound
            thank(tx, number, person.ref, person.name)
            rooms.change(tx, ws, number)

        key = inbound.key_of(request.path, fields)
        given = inbound.interaction(key, person.ref, slug, inbound.said("", number), workspace=ws)
        held = await self._site.desk.too_quick(given)
        if held is None:
            await self._site.store.run(note)
        back = _room_path(viewer.base, slug, first(fields, "thread"))
        return answered(request, replace(viewer, room=slug), held, back)

    async def do(self, request: web.Request) -> web.Response:
        """Take in a pressed button, a filled form or a command."""
        viewer, person = await self._readers.viewer(request, "")
        fields = await self._readers.fields(request, viewer.base)
        return await self._done(request, viewer, person, Sent(fields, {}))

    async def keep(self, request: web.Request) -> web.Response:
        """Keep what is typed into a form so far; it is not sent by that."""
        viewer, person = await self._readers.viewer(request, "")
        fields = await self._readers.fields(request, viewer.base)
        what = inbound.what_of(fields, {})
        if isinstance(what, Submit):
            await self._site.desk.keep_form(
                person.ref, Place("web", person.ref.workspace, ""), what
            )
        return web.Response(status=204)

    async def send(self, request: web.Request) -> web.Response:
        """Take in a filled form with its files."""
        viewer, person = await self._readers.viewer(request, "")
        ref = person.ref
        sender = f"{ref.platform}/{ref.workspace}/{ref.user}"
        sent = await self._readers.with_files(request, viewer.base, sender)
        return await self._done(request, viewer, person, sent)

    async def _done(
        self, request: web.Request, viewer: Viewer, person: Person, sent: Sent
    ) -> web.Response:
        fields = sent.fields
        slug, thread = first(fields, "room"), first(fields, "thread")
        room = rooms.entered(viewer.rooms, slug)
        if slug not in {"", DIRECT + person.ref.user} and room is None:
            raise BadRequestError
        back = inside(first(fields, "back"), viewer)
        here = back.removeprefix(f"{viewer.base}/").partition("/thread/")[0]
        viewer = replace(viewer, room=slug, thread=thread, here=here)
        what = inbound.what_of(fields, sent.files)
        key = inbound.key_of(request.path, {**fields, **digests(sent.files)})
        ws = room.workspace if room is not None else ""
        given = inbound.interaction(key, person.ref, slug, what, thread=thread, workspace=ws)
        answer = await self._handled(given)
        if isinstance(answer, FieldErrors):
            return to_mend(request, viewer, fields, answer)
        return answered(request, viewer, answer, back)

    async def _handled(self, given: Interaction) -> Answer:
        """Return what the core answers; of what takes longer, what came of it if it comes soon."""
        desk = self._site.desk
        answer = await desk.handle(given)
        if not isinstance(answer, Reply) or not answer.awaits:
            return answer
        outcome = await desk.outcome(given.who, answer.awaits, _PATIENCE_SECONDS)
        if outcome is None:
            return answer
        await desk.outcome_shown(given.who, answer.awaits)
        return outcome


def _room_path(base: str, slug: str, thread: str) -> str:
    return f"{base}/room/{slug}" + (f"/thread/{thread}" if thread else "")
