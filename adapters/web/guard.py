"""Stands before every handler: what comes in is checked, what goes out is headed."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

from adapters.web import hosts, inbound, render, watched
from adapters.web.answers import as_page
from adapters.web.inbound import BadRequestError
from adapters.web.lobby_key import LobbyKey
from adapters.web.render import Viewer
from adapters.web.site import Site, WebOptions
from plnbot.errors import PlnError
from plnbot.logs import Seldom, cause

log = logging.getLogger(__name__)

HEADERS = {
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

_A_YEAR = 365 * 24 * 60 * 60


def headers(options: WebOptions) -> Mapping[str, str]:
    """Return what every answer is headed with: behind TLS, never to be asked for without it."""
    if not options.secure:
        return HEADERS
    return {**HEADERS, "Strict-Transport-Security": f"max-age={_A_YEAR}"}


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Guard:
    """The middleware, for a site that stands as its options say."""

    def __init__(self, site: Site) -> None:
        self._options = site.options
        self._headers = headers(site.options)
        self._lobby = LobbyKey(site)
        self._seldom = Seldom(log)
        self._error_pages: dict[tuple[int, bool], str] = {}

    @web.middleware
    async def stand(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check what comes in, head every answer, and turn errors into plain pages."""
        inside = False
        try:
            self._check_host(request)
            response = self._lobby.answer(request)
            if response is None:
                inside = True
                self._check(request)
                response = await handler(request)
        except web.HTTPException as error:
            if error.status < HTTPStatus.BAD_REQUEST:  # a redirect is an answer
                error.headers.update(self._headers)
                raise
            response = self._error(error.status, error.headers.get("Retry-After"), inside=inside)
        except BadRequestError:
            response = self._error(400, inside=inside)
        except PlnError as error:
            self._seldom.warning("unavailable: %s", cause(error))
            response = self._error(503, inside=inside)
        except ConnectionResetError:
            response = web.Response()  # nobody is there to read it, and nothing is wrong
        except Exception as error:  # noqa: BLE001 - the last line of defence, and it is written down
            self._seldom.exception("a request failed", error)
            response = self._error(500, inside=inside)
        if not response.prepared:
            response.headers.update(self._headers)
            if not request.path.startswith("/static/"):
                response.headers["Cache-Control"] = "no-store"
            _packed(request, response)
        return response

    def _check(self, request: web.Request) -> None:
        _check_words(request)
        if request.method == "POST":
            self._check_origin(request)

    def _check_host(self, request: web.Request) -> None:
        """Refuse names that are not ours: another site's name may point at this address."""
        if request.path in watched.ADDRESSES:  # these have names of their own besides
            return
        public = urlsplit(self._options.public_url).hostname or ""
        if not (hosts.calls_this_machine(request.host) or hosts.calls(request.host, {public})):
            raise web.HTTPMisdirectedRequest

    def _check_origin(self, request: web.Request) -> None:
        """Refuse other sites' forms; a proxy may call us by another name than browsers do."""
        ours = {request.host, urlsplit(self._options.public_url.lower()).netloc} - {""}
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2].lower() not in ours:
            raise web.HTTPForbidden

    def _error(self, status: int, after: str | None = None, *, inside: bool) -> web.Response:
        """Return the page of an error, which tells strangers to the lobby nothing of it.

        It is rendered once: they can ask for it without end.
        """
        known = inside or not self._options.lobby
        page = self._error_pages.get((status, known))
        if page is None:
            viewer = Viewer(lobby=self._options.lobby, network=self._options.network)
            page = render.page("error.html", viewer if known else Viewer(), status=status)
            self._error_pages[status, known] = page
        response = as_page(page, status=status)
        if after is not None:
            response.headers["Retry-After"] = after
        return response


def _packed(request: web.Request, response: web.StreamResponse) -> None:
    """Let a browser have a page smaller, where nothing in it is of the address.

    Who could put words beside a form's mark, and see how long the answer is, would learn the mark.
    """
    if response.content_type == "text/html" and not request.query_string:
        response.enable_compression()


def _check_words(request: web.Request) -> None:
    """Refuse addresses and cookies that no browser of ours sends and no database holds."""
    for words in (request.path, request.query_string, *request.cookies.values()):
        if not inbound.storable(words):
            raise BadRequestError
