"""Public pages: read by whoever has their address, without an account, and followed as others are."""

import secrets
from dataclasses import replace
from urllib.parse import quote

from aiohttp import web

from adapters.web import alike, render
from adapters.web.answers import as_page
from adapters.web.entrance.intake import address
from adapters.web.readers import Readers
from adapters.web.render import Viewer
from adapters.web.site import Site
from plnbot.rate_limit import RateLimit
from plnbot.refs import MemberRef
from plnbot.talk.cards import PageButton
from plnbot.talk.pages import Missing, Page

BASE = "/open"
LOOKS = 300
"""How many public pages one network address may ask for within a minute: a whole school has one."""


class PublicPages:
    """The handler of public pages, which change nothing; what is asked for counts."""

    def __init__(self, site: Site, readers: Readers) -> None:
        self._site = site
        self._readers = readers
        self._looks = RateLimit(LOOKS)

    async def show(self, request: web.Request) -> web.Response:
        """Show a page to whoever has its address."""
        name, row = request.match_info["name"], request.match_info["row"]
        viewer, page = await self.looked(request, name, row)
        if page.door is not None and (own := await self._own(request, page.door)):
            raise web.HTTPSeeOther(own)
        pieces = alike.pieces(page, viewer)
        html = render.page(
            "wall.html" if page.wall else "public.html",
            viewer,
            page=page,
            pieces=pieces,
            seen=alike.digest(pieces),
            shown=f"{name}/{row}",
        )
        response = as_page(alike.theirs(html, viewer))
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    async def _own(self, request: web.Request, door: PageButton) -> str:
        """Return where a member reads the same page, empty where that is not for them."""
        if not self._readers.cookie(request):
            return ""
        try:
            _viewer, person = await self._readers.viewer(request, "", "/me")
        except web.HTTPException:
            return ""  # their session is over: they read on as anybody
        found = await self._site.desk.page(person.ref, door.page, door.row)
        whole = f"{door.page}/{door.row}" if door.row else door.page
        return "" if isinstance(found, Missing) else f"/me/page/{quote(whole, safe='/')}"

    async def give(self, request: web.Request) -> web.Response:
        """Give a file that lies below a public page; programs of other sites may read it too."""
        self._count(request)
        name, file = request.match_info["name"], request.match_info["file"]
        nobody = MemberRef("web", self._site.options.workspace, "")
        found = await self._site.desk.download(nobody, f"{name}/{file}", request.match_info["row"])
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        headers = {
            "Content-Type": found.media_type,
            "Access-Control-Allow-Origin": "*",
            "X-Robots-Tag": "noindex, nofollow",
        }
        return web.Response(body=found.content, headers=headers)

    def _count(self, request: web.Request) -> None:
        now = self._site.clock.now()
        if wait := self._looks.wait(address(request), secrets.token_hex(8), now):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait.seconds)})

    async def looked(self, request: web.Request, name: str, row: str) -> tuple[Viewer, Page]:
        """Return a page, and how strangers look at it; 404 where there is none, 429 after too many."""
        self._count(request)
        viewer, now = self._readers.stranger(request), self._site.clock.now()
        found = await self._site.desk.public_page(name, row, viewer.locale)
        if isinstance(found, Missing):
            raise web.HTTPNotFound
        return replace(viewer, zone=found.zone or viewer.zone, now=now), found
