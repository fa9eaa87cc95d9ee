"""Calls of Slack's Web API: one try each, with what came of it told apart.

Nothing here tries again: for what is posted, that is the work queue's, which knows what to do when
a reply is lost. A method that Slack told to rest is left alone until then, without holding up the
others.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import field
from datetime import timedelta
from typing import Final, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.payload import Payload, dict_of, text_of
from adapters.slack.text import PLATFORM, Json
from plnbot.errors import PlnError, Unavailable
from plnbot.refs import Place
from plnbot.values import dataclass

_LIMIT = aiohttp.ClientTimeout(total=10)
_OK, _TOO_MANY, _SERVER = 200, 429, 500
_MOST_RESTING = 1000
_POST = "chat.postMessage"
# Slack says of these that some of it may have happened.
_PERHAPS: Final = frozenset({"internal_error", "fatal_error", "request_timeout"})
# No call gets through with such a token, until there is another one.
_TOKEN: Final = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "not_installed",
        "token_expired",
        "token_revoked",
    }
)
_LATER: Final = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})


class Limited(Unavailable):
    """Slack asked to wait; nothing happened."""


class NotReached(Unavailable):
    """Slack was not reached; nothing happened."""


class LostError(Unavailable):
    """The reply was lost: it may have happened or not."""


class TurnedDownError(PlnError):
    """Slack refused, under its own short name for why."""

    def __init__(self, error: str, detail: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.detail = detail


class Tokens(Protocol):
    """What lets us into a workspace."""

    async def token(self, workspace: str) -> str:
        """Return the bot's token; raises `TurnedDownError` where there is none any more."""
        ...


@dataclass(slots=True)
class Calls:
    """Calls methods of the Web API, each once. `open` first and `close` at the end."""

    tokens: Tokens
    base_url: str = "https://slack.com/api/"
    seconds: Callable[[], float] = time.monotonic
    refused: dict[str, str] = field(default_factory=dict)
    """The workspaces that do not take our token any more, and how Slack says so."""
    _session: aiohttp.ClientSession | None = None
    _resting: dict[Place, float] = field(default_factory=dict)
    _rights: dict[str, frozenset[str]] = field(default_factory=dict)
    """What the bot may do in a workspace, as Slack told with the last answer."""

    def open(self) -> aiohttp.ClientSession:
        """Make ready to call; return the connections to Slack."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_LIMIT, trust_env=False)
        return self._session

    async def close(self) -> None:
        """Let go of the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections to Slack."""
        return self.open()

    async def call(self, workspace: str, method: str, **arguments: object) -> Json:
        """Call a method as the bot of a workspace and return its answer.

        Raises `Limited`, `NotReached`, `LostError` or `TurnedDownError`.
        """
        # Posts are counted by channel, all else by workspace.
        channel = str(arguments.get("channel", "")) if method == _POST else ""
        place = Place(PLATFORM, workspace, channel, method)
        left = self._resting.get(place, 0.0) - self.seconds()
        if left > 0:
            raise Limited(f"{method} rests", timedelta(seconds=left))
        try:
            token = await self.tokens.token(workspace)
            answer = await self.call_with(token, method, **arguments)
        except Limited as limited:
            self._rest(place, limited.retry_after or timedelta(seconds=1))
            raise
        except TurnedDownError as no:
            if no.error in _TOKEN:
                self.refused[workspace] = no.error
            raise
        self.refused.pop(workspace, None)
        if told := text_of(answer, "_scopes"):
            self._rights[workspace] = frozenset(each.strip() for each in told.split(","))
        return answer

    async def lacks(self, workspace: str, right: str) -> bool:
        """Return whether the bot has not this right in a workspace, as far as Slack tells."""
        if workspace not in self._rights:
            with contextlib.suppress(PlnError):
                await self.call(workspace, "auth.test")
        return right not in self._rights.get(workspace, {right})

    async def call_with(self, token: str, method: str, **arguments: object) -> Json:
        """Call a method with a token of its own; raises as `call` does."""
        client = AsyncWebClient(
            token or None, base_url=self.base_url, session=self.session, retry_handlers=[]
        )
        form = {name: _packed(value) for name, value in arguments.items() if value != ""}
        try:
            answer = await client.api_call(method, data=form)
        except SlackApiError as error:
            raise _told(method, error) from error
        except aiohttp.ClientConnectorError as error:
            raise NotReached("Slack cannot be reached") from error
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            raise LostError(f"{method}: {type(error).__name__}") from error
        # Slack tells in a header what a token may do.
        scopes = {"_scopes": str(answer.headers.get("x-oauth-scopes", ""))}
        return {**dict_of(answer.data), **scopes}

    async def send_bytes(self, url: str, content: bytes) -> None:
        """Send a file's content where Slack said; raises as `call` does."""
        try:
            async with self.session.post(url, data=content) as response:
                await response.read()
        except aiohttp.ClientError as error:
            raise NotReached("the file could not be sent") from error
        if response.status != _OK:
            raise NotReached(f"the file was answered with {response.status}")

    async def respond(self, url: str, body: Json) -> None:
        """Answer by a response address, which works once or a few times."""
        try:
            async with self.session.post(url, json=body) as response:
                await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise LostError(f"response: {type(error).__name__}") from error
        if response.status != _OK:
            raise TurnedDownError(f"response_{response.status}")

    def _rest(self, place: Place, time_off: timedelta) -> None:
        now = self.seconds()
        if len(self._resting) > _MOST_RESTING:
            self._resting = {each: until for each, until in self._resting.items() if until > now}
        self._resting[place] = now + time_off.total_seconds()


def _packed(value: object) -> str:
    """Return an argument as a form field: words as they are, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(method: str, error: SlackApiError) -> PlnError:
    response = error.response
    status = getattr(response, "status_code", _SERVER)
    data: Payload = dict_of(getattr(response, "data", None))
    name = text_of(data, "error")
    if status == _TOO_MANY or name in {"ratelimited", "rate_limited"}:
        asked = str(response.headers.get("Retry-After", "1"))
        after = int(asked) if asked.isdecimal() else 1
        return Limited(f"{method} asks to wait", timedelta(seconds=after))
    if name in _LATER:
        return NotReached(f"{method}: {name}")
    if status >= _SERVER or not name or name in _PERHAPS:
        return LostError(f"{method}: {name or status}")
    return TurnedDownError(name, text_of(data, "needed"))
