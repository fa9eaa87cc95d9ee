"""The ways in and out: being somebody in the lobby, a personal link, signing out."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from adapters.web import render
from adapters.web import store as rooms
from adapters.web.answers import as_page
from adapters.web.entrance.intake import address
from adapters.web.inbound import first
from adapters.web.readers import Readers, hashed, seems
from adapters.web.site import Site
from plnbot.rate_limit import RateLimit, Wait
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Interaction, Joined
from plnbot.talk.text import clean

SESSION_LASTS = timedelta(days=30)


class Doors:
    """The handlers for who is not inside yet, or leaves."""

    def __init__(self, site: Site, readers: Readers) -> None:
        self._site = site
        self._readers = readers
        self._arrivals = RateLimit(site.options.arrivals)

    async def pick(self, request: web.Request) -> web.Response:
        """Show who one can be, in the lobby; elsewhere say how to get in."""
        viewer, options = self._readers.stranger(request), self._site.options
        if not options.lobby:
            if self._readers.cookie(request) and await self._readers.still(request):
                raise web.HTTPSeeOther("/me")
            return as_page(render.page("outside.html", viewer))
        people = await self._site.desk.people("web", options.workspace)
        people = sorted(people, key=lambda each: not each.roles)
        return as_page(render.page("pick.html", viewer, people=people))

    async def someone_new(self, request: web.Request) -> web.Response:
        """Make somebody new in the lobby."""
        options = self._site.options
        if not options.lobby:
            raise web.HTTPNotFound
        fields = await self._readers.fields(request, "")
        name = clean(first(fields, "name"))[:80]
        if not name:
            raise web.HTTPFound("/")
        if wait := self._wait(request):
            carried = {"name": name, "zone": first(fields, "zone")}
            return self._later(request, wait, carried)
        who, seen = MemberRef("web", options.workspace, _handle(name)), seems(request)
        joined = Interaction(
            f"joined/{secrets.token_hex(8)}",
            who,
            Place("web", who.workspace, ""),
            Joined(),
            seen.locale,
            name,
            zone=first(fields, "zone") or seen.zone,
        )
        await self._site.desk.handle(joined)
        raise web.HTTPSeeOther(f"/as/{who.user}")

    async def sign_in_page(self, request: web.Request) -> web.Response:
        """Say whose link it is, with one button: a link's preview must not use it up."""
        token = request.match_info["token"]
        person = await self._site.desk.whose_link(token)
        if person is None:
            return await self._opens_nothing(request)
        viewer = self._readers.stranger(request)
        return as_page(render.page("signin.html", viewer, token=token, person=person))

    async def sign_in(self, request: web.Request) -> web.Response:
        """Use a one-time link and open a session."""
        await self._readers.fields(request, "")
        if wait := self._wait(request):
            return self._later(request, wait, {})
        token = secrets.token_urlsafe(32)
        now = self._site.clock.now()
        found = await self._site.desk.sign_in(
            request.match_info["token"],
            lambda tx, who: rooms.open_session(tx, hashed(token), who, now + SESSION_LASTS, now),
        )
        if found is None:
            return await self._opens_nothing(request)
        _who, path = found
        response = web.HTTPSeeOther(f"/me{path}")
        # Lax, not Strict: the first page after a link in a chat must already know who comes.
        response.set_cookie(
            self._site.options.cookie,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self._site.options.secure,
        )
        raise response

    async def to_ones_own(self, request: web.Request) -> web.Response:
        """Lead whoever follows the address of a page, as files hold it, to that page as they see it."""
        raise web.HTTPFound("/" if self._site.options.lobby else f"/me{request.raw_path}")

    async def sign_out(self, request: web.Request) -> web.Response:
        """End this browser's session, as on a computer that others use too."""
        await self._readers.fields(request, "/me")
        token = hashed(self._readers.cookie(request))
        await self._site.store.run(lambda tx: rooms.close_session(tx, token))
        response = web.HTTPSeeOther("/")
        options = self._site.options
        response.del_cookie(options.cookie, httponly=True, samesite="Lax", secure=options.secure)
        raise response

    async def _opens_nothing(self, request: web.Request) -> web.Response:
        """Say that a link is used up; who has come in by it already goes on to their pages."""
        if self._readers.cookie(request) and await self._readers.still(request):
            raise web.HTTPSeeOther("/me")
        return as_page(render.page("expired.html", self._readers.stranger(request)), 410)

    def _wait(self, request: web.Request) -> Wait | None:
        arrival = secrets.token_hex(8)
        return self._arrivals.wait(address(request), arrival, self._site.clock.now())

    def _later(self, request: web.Request, wait: Wait, carried: Mapping[str, str]) -> web.Response:
        """Ask to come in a little later, by one button that carries on where this one stopped."""
        viewer = self._readers.stranger(request)
        html = render.page(
            "later.html", viewer, to=request.path, seconds=wait.seconds, carried=carried
        )
        response = as_page(html, 429)
        response.headers["Retry-After"] = str(wait.seconds)
        return response


def _handle(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "teacher"
    return f"{slug}-{secrets.token_hex(2)}"
