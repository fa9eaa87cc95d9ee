"""The lobby's key: whoever has it is at home in the lobby, and nobody else sees or sends anything.

In the lobby anybody may be anybody, so it is for who started the bot. That a request comes from this
machine, by this machine's name, says little: a proxy can pass on what the whole world asks and add
nothing to it, others may have accounts here, and a page elsewhere can point its name at us. So the
address that the start prints carries a random key, `?key=…` behind any page of ours. Whoever opens it
gets a cookie and is led to the same page without the key, which so stays in no history, bookmark or
`Referer`. Every request needs the one or the other, whatever it asks for, except what is the same for
all or has a lock of its own (`OPEN`).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from aiohttp import web

from adapters.web import hosts, render, watched
from adapters.web.answers import as_page, asked_live
from adapters.web.readers import language
from adapters.web.render import Viewer
from adapters.web.site import Site
from plnbot.rate_limit import RateLimit
from plnbot.talk.plain import plain
from plnbot.talk.words import Translate

PARAMETER = "key"
LASTS = timedelta(days=30)
# What every plnbot serves alike; who watches over it, by its own rules; calendars, whose addresses
# are secret by themselves and are fetched by programs that keep no cookie; and pages for everybody.
OPEN = frozenset(
    {
        "/static/{name}",
        "/calendar/{row}.ics",
        "/open/{name}/{row}",
        "/open/{name}/{row}/{file}",
        *watched.ADDRESSES,
    }
)


class LobbyKey:
    """Lets who has the key into the lobby; where there is no lobby, everything passes."""

    def __init__(self, site: Site) -> None:
        self._key = site.options.lobby_key
        self._cookie = cookie_of(self._key)
        self._clock = site.clock
        self._guesses = RateLimit(site.options.arrivals)

    def answer(self, request: web.Request) -> web.StreamResponse | None:
        """Return what a request gets instead of what it asks for, or None where it may have that."""
        if not self._key or _is_open(request):
            return None
        if hosts.passed_on(request):
            return _shut(request, 421, passed_on=True)
        given = request.query.get(PARAMETER)
        kept = request.cookies.get(self._cookie)
        known = self._fits(kept)
        if given is not None and request.method in {"GET", "HEAD"} and (known or self._fits(given)):
            return self._let_in(request)
        if known:
            return None
        if given is None and kept is None:
            return _shut(request, 403)
        return self._guessed(request)

    def _fits(self, key: str | None) -> bool:
        """Compare in a time that does not tell how much of it was right."""
        return key is not None and hmac.compare_digest(
            key.encode(errors="replace"), self._key.encode()
        )

    def _guessed(self, request: web.Request) -> web.Response:
        """Refuse a wrong key. A right one passes however many wrong ones came before.

        Everybody here shares this machine's address, and must not keep its owner out by guessing;
        that many guesses lead nowhere is the key's own doing.
        """
        now = self._clock.now()
        wait = self._guesses.wait(request.remote or "", secrets.token_hex(8), now)
        if wait is None:
            return _shut(request, 403)
        response = _shut(request, 429)
        response.headers["Retry-After"] = str(wait.seconds)
        return response

    def _let_in(self, request: web.Request) -> web.Response:
        here = request.rel_url.without_query_params(PARAMETER)
        # Two slashes at the beginning would lead to another host.
        response = web.Response(status=303, headers={"Location": f"/{str(here).lstrip('/')}"})
        # Lax, not Strict: a terminal or an editor in the browser is another site, and leads here.
        response.set_cookie(
            self._cookie,
            self._key,
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
        )
        return response


def _is_open(request: web.Request) -> bool:
    """Return whether a request asks for what anybody may have; a stream, by all that it follows."""
    resource = request.match_info.route.resource
    if resource is None:
        return False
    followed = request.query.getall("at", []) if resource.canonical == "/live" else []
    all_public = all(each.startswith("/open/live?") for each in followed)
    return resource.canonical in OPEN or (bool(followed) and all_public)


def cookie_of(key: str) -> str:
    """Return the cookie's name: a key's own, since a browser sends all cookies to every port here."""
    return f"plnbot_lobby_{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _shut(request: web.Request, status: int, *, passed_on: bool = False) -> web.Response:
    """Say how the lobby's owner opens it, and nothing about what is behind it."""
    locale = language(request)
    viewer = Viewer(locale=locale, t=Translate(locale))
    if asked_live(request):
        lost = viewer.t(
            "This lobby opens by its address alone. Open that again, then try this again."
        )
        told = {"kind": "shut", "words": plain(lost, viewer.zone, locale)}
        return web.json_response(told, status=status)
    return as_page(render.page("shut.html", viewer, passed_on=passed_on), status)
