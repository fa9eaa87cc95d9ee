"""Installing the app in many workspaces: OAuth v2, its state signed and bound to the browser."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from adapters.slack import store
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.manifest import SCOPES
from adapters.slack.payload import dict_of, text_of
from adapters.slack.store import Installation
from adapters.slack.text import PLATFORM
from adapters.slack.tokens import TokenSeal, ends_at
from plnbot.engine.ports import Clock, Desk
from plnbot.errors import Unavailable
from plnbot.refs import Place
from plnbot.store.database import Store
from plnbot.talk.words import Translate, nearest_locale
from plnbot.values import dataclass

_COOKIE: Final = "plnbot_slack"
_LASTS = timedelta(minutes=10)
_LONGEST = 80
_LONGEST_SECONDS = 12
"""More digits than any instant has that can be shown."""


@dataclass(frozen=True, slots=True)
class Client:
    """The app as Slack knows it, and where people come from and go to."""

    id: str
    secret: str
    authorize_url: str
    public_url: str

    @property
    def redirect(self) -> str:
        """Where Slack sends people back to."""
        return f"{self.public_url}/slack/oauth_redirect"


@dataclass(frozen=True, slots=True)
class Installs:
    """The two pages of an install. `page` shows a sentence as a page."""

    client: Client
    calls: Calls
    seal: TokenSeal
    key: bytes
    desk: Desk
    store: Store
    clock: Clock
    page: Callable[[str, str, int], web.Response]

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return the addresses."""
        return (
            web.get("/slack/install", self.begin),
            web.get("/slack/oauth_redirect", self.come_back),
        )

    async def begin(self, _request: web.Request) -> web.Response:
        """Send somebody to Slack, with a state that only their browser can bring back."""
        nonce = secrets.token_urlsafe(24)
        until = int((self.clock.now() + _LASTS).timestamp())
        asked = {
            "client_id": self.client.id,
            "scope": ",".join(SCOPES),
            "redirect_uri": self.client.redirect,
            "state": f"{until}.{self._signature(nonce, until)}",
        }
        there = web.HTTPFound(f"{self.client.authorize_url}?{urlencode(asked)}")
        there.set_cookie(
            _COOKIE,
            nonce,
            max_age=int(_LASTS.total_seconds()),
            httponly=True,
            samesite="Lax",
            secure=self.client.public_url.startswith("https:"),
            path="/slack",
        )
        raise there

    async def come_back(self, request: web.Request) -> web.Response:
        """Take the installation in."""
        t = Translate(nearest_locale(request.headers.get("Accept-Language", "")[:20]))
        if not self._is_ours(request):
            said = t("This link is too old or was begun in another browser. Please begin again.")
            return self.page(t.words("Not installed"), said.bare(), 400)
        if "code" not in request.query:
            said = t("Nothing was installed. You can begin again at any time.")
            return self.page(t.words("Not installed"), said.bare(), 200)
        try:
            name = await self._installed(request.query["code"])
        except (TurnedDownError, Unavailable):
            said = t("Slack did not confirm the installation. Please begin again.")
            return self.page(t.words("Not installed"), said.bare(), 502)
        said = t(
            "plnbot is in {name} now. Type `/pln` there, and invite it into a channel for chats.",
            name=name,
        )
        return self.page(t.words("Installed"), said.bare(), 200)

    async def _installed(self, code: str) -> str:
        answer = await self.calls.call_with(
            "",
            "oauth.v2.access",
            client_id=self.client.id,
            client_secret=self.client.secret,
            code=code,
            redirect_uri=self.client.redirect,
        )
        team, now = dict_of(answer.get("team")), self.clock.now()
        workspace = text_of(team, "id")
        if not workspace:
            raise TurnedDownError("org_install")  # a whole organisation is not one network
        name = text_of(team, "name")[:_LONGEST] or workspace
        made = Installation(
            workspace,
            name,
            text_of(answer, "bot_user_id"),
            self.seal.sealed(text_of(answer, "access_token")),
            self.seal.sealed(text_of(answer, "refresh_token")),
            ends_at(answer, now),
            now,
        )
        await self.store.run(lambda tx: store.install(tx, made))
        # Whoever administers it would administer the operator's own network.
        await self.desk.settle(PLATFORM, workspace, name, joins=False)
        # One that comes back may have gone on while there was no token.
        await self.desk.gaps.over_in(Place(PLATFORM, workspace, ""), self.clock.now())
        return name

    def _signature(self, nonce: str, until: int) -> str:
        return hmac.new(
            self.key, f"slack install|{nonce}|{until}".encode(), hashlib.sha256
        ).hexdigest()

    def _is_ours(self, request: web.Request) -> bool:
        until, _, signature = request.query.get("state", "").partition(".")
        nonce = request.cookies.get(_COOKIE, "")
        if not nonce or not until.isdecimal() or len(until) > _LONGEST_SECONDS:
            return False
        expected = self._signature(nonce, int(until))
        ours = hmac.compare_digest(signature.encode(), expected.encode())
        return ours and datetime.fromtimestamp(int(until), UTC) >= self.clock.now()
