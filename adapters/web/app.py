"""The web application: rooms and pages over HTTP, and nothing decided here."""

import asyncio
import hashlib
import hmac
import logging
import re
import secrets
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.web import inbound, live, render, watched
from adapters.web import store as rooms
from adapters.web.inbound import BadRequestError
from adapters.web.live import Stream
from adapters.web.render import Viewer
from adapters.web.speak import speak
from adapters.web.store import DIRECT
from plnbot.engine.ports import Clock, Desk, Person
from plnbot.errors import PlnError
from plnbot.logs import cause
from plnbot.refs import MemberRef, Place, row_number
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import (
    Answer,
    Interaction,
    Joined,
    Nothing,
    OpenForm,
    OpenPage,
    Reply,
)
from plnbot.talk.pages import Missing
from plnbot.talk.plain import plain
from plnbot.talk.text import clean
from plnbot.talk.words import Translate, nearest_locale

log = logging.getLogger(__name__)

SESSION_LASTS = timedelta(days=30)
COOKIE = "plnbot"
PLANS = "chat new"
MOST_SHOWN = 200
_BODY = 256 * 1024
_STATIC = Path(__file__).parent / "static"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it, browsers send our own forms with the origin `null`, which is refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the web side stands: who may open it, and under which address."""

    secret: bytes
    lobby: bool = True
    public_url: str = ""
    network: str = "plnbot"
    workspace: str = "lobby"
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sends a request, as far as the request shows it."""

    ref: MemberRef
    base: str
    session: str


def make_app(desk: Desk, store: Store, clock: Clock, options: WebOptions) -> web.Application:
    """Return the application; the caller runs it."""
    site = Site(desk, store, clock, options)
    app = web.Application(middlewares=[site.guard], client_max_size=_BODY)
    app.router.add_static("/static/", _STATIC, append_version=False)
    app.router.add_get("/", site.pick)
    app.router.add_post("/someone", site.someone_new)
    app.router.add_get("/signin/{token}", site.sign_in_page)
    app.router.add_post("/signin/{token}", site.sign_in)
    app.router.add_post("/me/out", site.sign_out)
    app.router.add_get("/calendar/{row}.ics", site.calendar)
    for prefix in ("/as/{handle}", "/me"):
        app.router.add_get(prefix, site.first_room)
        app.router.add_get(prefix + "/room/{room}", site.room)
        app.router.add_get(prefix + "/room/{room}/thread/{thread:\\d+}", site.room)
        app.router.add_post(prefix + "/room/{room}/say", site.say)
        app.router.add_post(prefix + "/room/{room}/edit/{message:\\d+}", site.edit)
        app.router.add_get(prefix + "/messages", site.direct)
        app.router.add_get(prefix + "/page/{name}", site.page)
        app.router.add_get(prefix + "/page/{name}/{row}", site.page)
        app.router.add_get(prefix + "/file/{name}/{row}", site.file)
        app.router.add_post(prefix + "/do", site.do)
        app.router.add_get(prefix + "/live", site.live)
    app.on_startup.append(site.start)
    app.on_shutdown.append(site.stop)
    return app


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """The handlers; each reads a request, asks the desk, and renders."""

    def __init__(self, desk: Desk, store: Store, clock: Clock, options: WebOptions) -> None:
        self._desk = desk
        self._store = store
        self._clock = clock
        self._options = options
        self._hub = live.Hub()
        self._leave: Callable[[], None] = lambda: None

    async def start(self, _app: web.Application) -> None:
        """Follow the store's changes."""
        self._leave = self._desk.follow(self._hub.tell)

    async def stop(self, _app: web.Application) -> None:
        """Let the open streams end."""
        self._leave()
        self._hub.close()

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check what comes in, head every answer, and turn errors into plain pages."""
        try:
            if request.path not in watched.ADDRESSES:  # these look at who asks, not by which name
                self._check_host(request)
            _check_words(request)
            if request.method == "POST":
                self._check_origin(request)
            response = await handler(request)
        except web.HTTPException as error:
            if error.status < 400:  # noqa: PLR2004 - a redirect is an answer
                error.headers.update(_HEADERS)
                raise
            response = self._error(error.status)
        except BadRequestError:
            response = self._error(400)
        except PlnError as error:
            log.warning("unavailable: %s", cause(error))
            response = self._error(503)
        except Exception:
            log.exception("a request failed")
            response = self._error(500)
        if not response.prepared:
            response.headers.update(_HEADERS)
            if not request.path.startswith("/static/"):
                response.headers["Cache-Control"] = "no-store"
        return response

    async def pick(self, request: web.Request) -> web.Response:
        """Show who one can be, in the lobby; elsewhere say how to get in."""
        viewer = self._stranger(request)
        if not self._options.lobby:
            return _page(render.page("outside.html", viewer))
        people = await self._desk.people("web", self._options.workspace)
        people = sorted(people, key=lambda each: not each.roles)
        return _page(render.page("pick.html", viewer, people=people))

    async def someone_new(self, request: web.Request) -> web.Response:
        """Make somebody new in the lobby."""
        if not self._options.lobby:
            raise web.HTTPNotFound
        fields = await self._fields(request, "")
        name = clean(next(iter(fields.get("name", ())), ""))[:80]
        if not name:
            raise web.HTTPFound("/")
        who = MemberRef("web", self._options.workspace, _handle(name))
        joined = Interaction(
            f"joined/{secrets.token_hex(8)}",
            who,
            Place("web", who.workspace, ""),
            Joined(),
            _language(request),
            name,
            zone=_first(fields, "zone"),
        )
        await self._desk.handle(joined)
        raise web.HTTPSeeOther(f"/as/{who.user}")

    async def sign_in_page(self, request: web.Request) -> web.Response:
        """Show one button: a link's preview must not use it up."""
        viewer = self._stranger(request)
        return _page(render.page("signin.html", viewer, token=request.match_info["token"]))

    async def sign_in(self, request: web.Request) -> web.Response:
        """Use a one-time link and open a session."""
        await self._fields(request, "")
        found = await self._desk.sign_in(request.match_info["token"])
        if found is None:
            return _page(render.page("expired.html", self._stranger(request)), status=410)
        who, path = found
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        until = now + SESSION_LASTS
        await self._store.run(lambda tx: rooms.open_session(tx, _hashed(token), who, until, now))
        response = web.HTTPSeeOther(f"/me{path}")
        # Lax, not Strict: the first page after a link in a chat must already know who comes.
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._options.public_url.startswith("https:"),
        )
        raise response

    async def sign_out(self, request: web.Request) -> web.Response:
        """End this browser's session, as on a computer that others use too."""
        await self._fields(request, "/me")
        token = _hashed(request.cookies.get(COOKIE, ""))
        await self._store.run(lambda tx: rooms.close_session(tx, token))
        response = web.HTTPSeeOther("/")
        response.del_cookie(COOKIE)
        raise response

    async def calendar(self, request: web.Request) -> web.Response:
        """Give the calendar of a network to whoever knows its address."""
        nobody = MemberRef("web", self._options.workspace, "")
        found = await self._desk.download(nobody, "calendar", request.match_info["row"])
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return web.Response(
            body=found.content, headers={"Content-Type": found.media_type, **_HEADERS}
        )

    async def first_room(self, request: web.Request) -> web.Response:
        """Go to the first room."""
        viewer, _person = await self._viewer(request, "")
        where = f"room/{viewer.rooms[0].slug}" if viewer.rooms else "page/home"
        raise web.HTTPFound(f"{viewer.base}/{where}")

    async def room(self, request: web.Request) -> web.Response:
        """Show a room, or one thread of it."""
        slug = request.match_info["room"]
        thread = row_number(request.match_info.get("thread", "")) or None
        viewer, person = await self._viewer(request, f"room/{slug}")
        found = rooms.seen_by_all(viewer.rooms, slug)
        if found is None:
            raise web.HTTPNotFound
        viewer = replace(viewer, room=slug, thread=str(thread or ""))
        ws = person.ref.workspace
        joined = await self._greet(person, slug)

        def look(tx: Tx) -> tuple[tuple[rooms.Message, ...], rooms.Message | None, int]:
            above = rooms.get(tx, ws, thread) if thread else None
            shown = rooms.latest(tx, ws, slug, thread, MOST_SHOWN)
            return shown, above, rooms.rev_of(tx, ws, slug)

        shown, above, rev = await self._store.read(look)
        if thread and (above is None or above.room != slug):
            raise web.HTTPNotFound
        beside = await self._desk.beside(person.ref, Place("web", ws, slug))
        return _page(
            render.page(
                "room.html",
                viewer,
                room=found,
                messages=shown,
                above=above,
                rev=rev,
                beside=beside,
                greeting=joined.card if isinstance(joined, Reply) else None,
                may_plan=await self._desk.may(person.ref, PLANS),
            )
        )

    async def direct(self, request: web.Request) -> web.Response:
        """Show what the bot wrote to this member."""
        viewer, person = await self._viewer(request, "messages")
        slug = DIRECT + person.ref.user
        viewer = replace(viewer, room=slug)
        ws = person.ref.workspace
        shown, rev = await self._store.read(
            lambda tx: (rooms.latest(tx, ws, slug, None, MOST_SHOWN), rooms.rev_of(tx, ws, slug))
        )
        return _page(render.page("direct.html", viewer, messages=shown, rev=rev))

    async def say(self, request: web.Request) -> web.Response:
        """Take in what was typed in a room."""
        slug = request.match_info["room"]
        viewer, person = await self._viewer(request, f"room/{slug}")
        fields = await self._fields(request, viewer.base)
        key, thread = _first(fields, "key"), _first(fields, "thread")
        words = clean(_first(fields, "words")[: inbound.LONGEST])
        back = f"{viewer.base}/room/{slug}" + (f"/thread/{thread}" if thread else "")
        viewer = replace(viewer, room=slug, thread=thread)
        if rooms.seen_by_all(viewer.rooms, slug) is None or (thread and not row_number(thread)):
            raise BadRequestError
        command = inbound.typed(words)
        if command is not None:
            given = inbound.interaction(key, person.ref, slug, command, thread=thread)
            return self._answered(request, viewer, await self._desk.handle(given), back)
        if not words:
            return self._answered(request, viewer, None, back)
        answer = await speak(self._desk, self._store, self._clock, person, slug, thread, key, words)
        return self._answered(request, viewer, answer, back)

    async def edit(self, request: web.Request) -> web.Response:
        """Change or delete one's own message."""
        slug = request.match_info["room"]
        viewer, person = await self._viewer(request, f"room/{slug}")
        fields = await self._fields(request, viewer.base)
        number = row_number(request.match_info["message"])
        words = clean(_first(fields, "words")[: inbound.LONGEST])
        if _first(fields, "delete"):
            words = ""
        ws = person.ref.workspace
        old = await self._store.read(lambda tx: rooms.get(tx, ws, number))
        if old is None or old.room != slug or old.author != person.ref.user or old.deleted:
            raise web.HTTPNotFound
        changes = {"words": words, "edited": True} if words else {"words": "", "deleted": True}
        await self._store.run(lambda tx: rooms.change(tx, ws, number, **changes))
        thread = str(old.thread or "")
        given = inbound.interaction(
            _first(fields, "key"), person.ref, slug, inbound.said(words, number), thread=thread
        )
        viewer = replace(viewer, room=slug, thread=thread)
        back = f"{viewer.base}/room/{slug}" + (f"/thread/{thread}" if thread else "")
        return self._answered(request, viewer, await self._desk.handle(given), back)

    async def do(self, request: web.Request) -> web.Response:
        """Take in a pressed button or a filled form."""
        viewer, person = await self._viewer(request, "")
        fields = await self._fields(request, viewer.base)
        slug, thread = _first(fields, "room"), _first(fields, "thread")
        if slug not in {"", DIRECT + person.ref.user} and not rooms.seen_by_all(viewer.rooms, slug):
            raise BadRequestError
        viewer = replace(viewer, room=slug, thread=thread)
        what = inbound.what_of(fields)
        given = inbound.interaction(_first(fields, "key"), person.ref, slug, what, thread=thread)
        answer = await self._desk.handle(given)
        if isinstance(answer, FieldErrors):
            return await self._form_again(request, viewer, fields, answer)
        return self._answered(request, viewer, answer, _safe_path(_first(fields, "back"), viewer))

    async def page(self, request: web.Request) -> web.Response:
        """Show a page of the core."""
        name, row = request.match_info["name"], request.match_info.get("row", "")
        viewer, person = await self._viewer(request, f"page/{name}")
        found = await self._desk.page(person.ref, name, row)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        shown = f"{name}/{row}" if row else name
        return _page(
            render.page("page.html", viewer, page=found, path_here=request.path, shown=shown)
        )

    async def file(self, request: web.Request) -> web.Response:
        """Give a file of the core."""
        _viewer, person = await self._viewer(request, "")
        name, row = request.match_info["name"], request.match_info["row"]
        found = await self._desk.download(person.ref, name, row)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return web.Response(
            body=found.content,
            headers={
                "Content-Type": found.media_type,
                "Content-Disposition": f'attachment; filename="{_ascii(found.name)}"',
            },
        )

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Stream what changes: a room's messages, the card beside it, or a page."""
        slug = request.query.get("room", "")
        viewer, person = await self._viewer(request, "")
        if slug.startswith(DIRECT) and slug != DIRECT + person.ref.user:
            raise web.HTTPNotFound
        viewer = replace(viewer, room=slug, thread=request.query.get("thread", ""))
        topic = await self._topic(person, request.query.get("page", ""))
        stream = Stream(self._desk, self._store, person, viewer, slug)
        with self._hub.stream_of(person.id) as fits:
            if not fits:
                raise web.HTTPTooManyRequests
            return await self._streamed(request, stream, topic)

    async def _topic(self, person: Person, path: str) -> str:
        """Return what a page follows, for those who may read it."""
        name, _, row = path.partition("/")
        found = await self._desk.page(person.ref, name, row) if name else None
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return found.live if found is not None else ""

    async def _streamed(
        self, request: web.Request, stream: Stream, topic: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", **_HEADERS}
        )
        await response.prepare(request)
        seen = request.headers.get("Last-Event-ID") or request.query.get("rev", "0")
        try:
            async for event in stream.events(self._hub, row_number(seen), topic):
                await response.write(event)
        except (ConnectionResetError, asyncio.CancelledError):
            log.debug("a reader left")
        return response

    async def _greet(self, person: Person, slug: str) -> Answer | None:
        """Tell the core, once a day and room, that somebody came in."""
        key = f"joined/{slug}/{self._clock.now():%Y-%m-%dT%H}"
        return await self._desk.handle(inbound.interaction(key, person.ref, slug, Joined()))

    def _answered(
        self, request: web.Request, viewer: Viewer, answer: Answer | None, back: str
    ) -> web.Response:
        key = secrets.token_hex(8)
        asked_live = request.headers.get("X-Live") == "1"
        match answer:
            case Reply(card=card, more=more):
                html = "".join(render.card(each, viewer, private=True) for each in (card, *more))
                shown: Mapping[str, str] = {"kind": "private", "html": html}
            case OpenForm(form=form):
                shown = {"kind": "form", "html": render.form(form, viewer, key=key)}
            case OpenPage(url=url):
                shown = {"kind": "go", "url": url}
            case Nothing(note=note) if note and asked_live:
                shown = {"kind": "noted", "words": plain(note, viewer.zone, viewer.locale)}
            case _:
                shown = {"kind": "nothing"}
        if asked_live:
            return web.json_response(shown)
        if shown["kind"] in ("go", "nothing"):
            raise web.HTTPSeeOther(shown.get("url", back))
        return _page(render.page("answer.html", viewer, shown=shown["html"], back=back))

    async def _form_again(
        self,
        request: web.Request,
        viewer: Viewer,
        fields: Mapping[str, tuple[str, ...]],
        errors: FieldErrors,
    ) -> web.Response:
        """Show what to mend. The form's page keeps what was typed; without scripts we say so."""
        said = {
            name: render.as_html(viewer.t.say(error), viewer)
            for name, error in errors.errors.items()
        }
        if request.headers.get("X-Live") == "1":
            return web.json_response({"kind": "errors", "errors": said})
        back = _safe_path(_first(fields, "back"), viewer)
        return _page(render.page("mend.html", viewer, errors=said, back=back, fields=fields), 422)

    async def _viewer(self, request: web.Request, here: str) -> tuple[Viewer, Person]:
        reader = await self._reader(request)
        person = await self._desk.person(reader.ref)
        if person is None:
            raise web.HTTPNotFound
        lobby_rooms = await self._store.read(lambda tx: rooms.rooms(tx, person.ref.workspace))
        viewer = Viewer(
            name=person.name,
            handle=person.ref.user,
            base=reader.base,
            csrf=self._csrf(reader.base, reader.session),
            locale=person.locale,
            zone=person.zone,
            rooms=lobby_rooms if person.ref.platform == "web" else (),
            lobby=self._options.lobby and not reader.session,
            rate=self._options.rate,
            network=person.network.name,
            network_locale=person.network.locale,
            here=here,
            t=Translate(person.locale),
            now=self._clock.now(),
        )
        return viewer, person

    async def _reader(self, request: web.Request) -> Reader:
        handle = request.match_info.get("handle")
        if handle is not None:
            if not self._options.lobby:
                raise web.HTTPNotFound
            who = MemberRef("web", self._options.workspace, handle)
            return Reader(who, f"/as/{handle}", "")
        token = request.cookies.get(COOKIE, "")
        now = self._clock.now()
        found = await self._store.read(lambda tx: rooms.session_of(tx, _hashed(token), now))
        if found is None:
            raise web.HTTPFound("/")
        return Reader(found, "/me", token)

    async def _fields(self, request: web.Request, base: str) -> dict[str, tuple[str, ...]]:
        try:
            posted = await request.post()
        except (ValueError, LookupError, HttpProcessingError) as error:
            raise BadRequestError from error
        fields = {
            name: tuple(str(value) for value in posted.getall(name) if isinstance(value, str))
            for name in posted
        }
        inbound.check(fields)
        session = request.cookies.get(COOKIE, "") if base == "/me" else ""
        given = _first(fields, "csrf").encode()
        if not hmac.compare_digest(given, self._csrf(base, session).encode()):
            raise web.HTTPForbidden
        return fields

    def _csrf(self, base: str, session: str) -> str:
        whose = f"csrf|{base}|{session}".encode()
        return hmac.new(self._options.secret, whose, hashlib.sha256).hexdigest()

    def _stranger(self, request: web.Request) -> Viewer:
        locale = _language(request)
        return Viewer(
            csrf=self._csrf("", ""),
            locale=locale,
            lobby=self._options.lobby,
            rate=self._options.rate,
            network=self._options.network,
            t=Translate(locale),
        )

    def _check_host(self, request: web.Request) -> None:
        """Refuse names that are not ours: another site's name may point at this address."""
        public = urlsplit(self._options.public_url).hostname
        # A tunnel can call us by the name of this machine, and the lobby is for who sits at it.
        if self._options.lobby and watched.passed_on(request):
            raise web.HTTPMisdirectedRequest
        if _host_name(request.host) not in {"127.0.0.1", "localhost", "::1", public}:
            raise web.HTTPMisdirectedRequest

    def _check_origin(self, request: web.Request) -> None:
        """Refuse other sites' forms; a proxy may call us by another name than browsers do."""
        ours = {request.host, urlsplit(self._options.public_url.lower()).netloc} - {""}
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2].lower() not in ours:
            raise web.HTTPForbidden

    def _error(self, status: int) -> web.Response:
        viewer = Viewer(lobby=self._options.lobby, network=self._options.network)
        return _page(render.page("error.html", viewer, status=status), status=status)


def _check_words(request: web.Request) -> None:
    """Refuse addresses and cookies that no browser of ours sends and no database holds."""
    for words in (request.path, request.query_string, *request.cookies.values()):
        if not inbound.storable(words):
            raise BadRequestError


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _page(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type="text/html", charset="utf-8", status=status)


def _first(fields: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _language(request: web.Request) -> str:
    return nearest_locale(request.headers.get("Accept-Language", "")[:20])


def _handle(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "teacher"
    return f"{slug}-{secrets.token_hex(2)}"


def _ascii(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "", name) or "file"


def _safe_path(path: str, viewer: Viewer) -> str:
    """Return where to go back to, only ever inside the reader's own pages."""
    return path if path.startswith(f"{viewer.base}/") else f"{viewer.base}"
