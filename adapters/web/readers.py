"""Who a request comes from: somebody of the lobby, a member with a session, or a stranger."""

import asyncio
import hashlib
import hmac
import secrets
from urllib.parse import unquote

from aiohttp import web

from adapters.web import entering, inbound
from adapters.web import store as rooms
from adapters.web.entrance.heads import boundary
from adapters.web.entrance.uploads import Uploads
from adapters.web.inbound import Fields, first
from adapters.web.multipart import Sent, taken_apart
from adapters.web.render import Viewer
from adapters.web.site import Site
from plnbot.engine.ports import Person, Seems
from plnbot.rate_limit import RateLimit
from plnbot.refs import MemberRef
from plnbot.talk.words import Translate, nearest_locale
from plnbot.values import dataclass

_SHORT = 8 * 1024
_LONGEST_ASKED = 100
ZONE_COOKIE = "plnbot_zone"
MOST_LOOKS = 300
"""How many pages and files one member may ask for within a minute, with all browsers of theirs."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sends a request, as far as the request shows it."""

    ref: MemberRef
    base: str
    session: str


class Readers:
    """Tells who reads, and whether a form that is posted came from a page of ours."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._long = asyncio.Lock()
        self._uploads = Uploads()
        self._looks = RateLimit(MOST_LOOKS)

    async def viewer(
        self, request: web.Request, here: str, base: str = ""
    ) -> tuple[Viewer, Person]:
        """Return the member who asks, and how they look at `here`; 404 where nobody is known.

        `base` is where their pages begin, if the request's own address does not say it.
        """
        reader = await self._reader(request, base)
        site = self._site
        found = await site.desk.reader(reader.ref)
        if found is None:
            raise web.HTTPNotFound
        person, menu = found
        entered = await site.store.read(lambda tx: entering.rooms_for(tx, person.ref))
        t = Translate(person.locale)
        viewer = Viewer(
            name=person.name,
            handle=entering.author_of(person.ref),
            base=reader.base,
            csrf=self._csrf(reader.base, reader.session),
            origin=site.options.origin,
            locale=person.locale,
            zone=person.zone,
            rooms=entered,
            direct=person.ref.platform == rooms.PLATFORM,
            menu=[
                (t.say(part).bare(), [(page, t.say(title).bare()) for page, title in pages])
                for part, pages in menu
            ],
            lobby=site.options.lobby and not reader.session,
            rate=site.options.rate,
            network=person.network.name,
            network_locale=person.network.locale,
            here=here,
            t=t,
            now=site.clock.now(),
        )
        return viewer, person

    async def looking(self, request: web.Request, here: str) -> tuple[Viewer, Person]:
        """Return what `viewer` does for who asks for a page or a file; 429 where that is too many.

        In the lobby of one machine nothing is counted: whoever can reach it owns it.
        """
        viewer, person = await self.viewer(request, here)
        if not viewer.lobby:
            now = self._site.clock.now()
            if wait := self._looks.wait(person.id, secrets.token_hex(8), now):
                raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait.seconds)})
        return viewer, person

    def stranger(self, request: web.Request) -> Viewer:
        """Return how somebody looks at a page who has not said who they are."""
        locale = language(request)
        return Viewer(
            csrf=self._csrf("", ""),
            origin=self._site.options.origin,
            locale=locale,
            lobby=self._site.options.lobby,
            rate=self._site.options.rate,
            network=self._site.options.network,
            t=Translate(locale),
        )

    async def fields(self, request: web.Request, base: str) -> dict[str, tuple[str, ...]]:
        """Return what a form carries; 403 where no page below `base` has made it."""
        fields = await self._parsed(await request.read())
        self._ours(request, base, fields)
        return fields

    async def with_files(self, request: web.Request, base: str, sender: str) -> Sent:
        """Return what a form carries that takes files, sent by `sender`; 403 as `fields` does."""
        body = await self._uploads.read(request, sender)
        parted_by = boundary(request.headers.get("Content-Type", ""))
        sent = await asyncio.to_thread(taken_apart, body, parted_by)
        self._ours(request, base, sent.fields)
        return sent

    def _ours(self, request: web.Request, base: str, fields: Fields) -> None:
        """Raise 403 where no page below `base` has made a form."""
        inbound.check(fields)
        session = self.cookie(request) if base == "/me" else ""
        given = first(fields, "csrf").encode(errors="replace")
        if not hmac.compare_digest(given, self._csrf(base, session).encode()):
            raise web.HTTPForbidden

    def cookie(self, request: web.Request) -> str:
        """Return the token of the session that a browser says it has, or an empty string."""
        return request.cookies.get(self._site.options.cookie, "")

    async def still(self, request: web.Request, base: str = "", room: str = "") -> bool:
        """Return whether a request that went on for long, in a room, would be answered even now."""
        try:
            reader = await self._reader(request, base)
        except web.HTTPFound:
            return False
        if await self._site.desk.person(reader.ref) is None:
            return False
        entered = await self._site.store.read(lambda tx: entering.rooms_for(tx, reader.ref))
        return not room or rooms.entered(entered, room) is not None

    async def _parsed(self, body: bytes) -> dict[str, tuple[str, ...]]:
        """Parse a form; a long one takes up to a tenth of a second, in which others are served."""
        if len(body) <= _SHORT:
            return inbound.fields(body)
        async with self._long:
            return await asyncio.to_thread(inbound.fields, body)

    async def _reader(self, request: web.Request, base: str = "") -> Reader:
        site = self._site
        handle = base.removeprefix("/as/") if base else request.match_info.get("handle")
        if base == "/me":
            handle = None
        if handle is not None:
            if not site.options.lobby:
                raise web.HTTPNotFound
            who = MemberRef("web", site.options.workspace, handle)
            return Reader(who, f"/as/{handle}", "")
        token = self.cookie(request)
        now = site.clock.now()
        found = await site.store.read(lambda tx: rooms.session_of(tx, hashed(token), now))
        if found is None or not await site.desk.is_there(found):
            raise web.HTTPFound("/")
        return Reader(found, "/me", token)

    def _csrf(self, base: str, session: str) -> str:
        whose = f"csrf|{base}|{session}".encode()
        return hmac.new(self._site.options.secret, whose, hashlib.sha256).hexdigest()


def hashed(token: str) -> str:
    """Return a session's token as it is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def language(request: web.Request) -> str:
    """Return the language of ours that is nearest to what the browser asks for."""
    return seems(request).locale or "en"


def seems(request: web.Request) -> Seems:
    """Return the first language that a browser asks for and that is ours, and the zone of its clock.

    `app.js` writes the zone into a cookie: a browser does not send it by itself.
    """
    asked = request.headers.get("Accept-Language", "")[:_LONGEST_ASKED].split(",")
    ours = (nearest_locale(each.partition(";")[0].strip(), "") for each in asked)
    zone = unquote(request.cookies.get(ZONE_COOKIE, ""))[:_LONGEST_ASKED]
    return Seems(next(filter(None, ours), ""), zone)
