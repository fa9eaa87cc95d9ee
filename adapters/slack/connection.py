"""Slack, connected: everything of the adapter put together, begun and ended."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web

from adapters.slack import http
from adapters.slack.app import SlackApp
from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.files import SlackFiles
from adapters.slack.looking import Looking
from adapters.slack.missed import Missed
from adapters.slack.oauth import Client, Installs
from adapters.slack.pace import Pace
from adapters.slack.payload import text_of
from adapters.slack.sender import SlackSender
from adapters.slack.sockets import Sockets
from adapters.slack.spaces import SlackSpaces
from adapters.slack.text import PLATFORM, Json
from adapters.slack.tokens import InstalledTokens, Keys, OneToken, seal_of
from plnbot.engine.listening import Listening
from plnbot.engine.ports import Clock, Desk
from plnbot.errors import PlnError, Unavailable
from plnbot.logs import cause
from plnbot.store.database import Store
from plnbot.values import dataclass

log = logging.getLogger(__name__)
_AGAIN_SECONDS = 5.0
_FINISH_SECONDS = 5.0
_TRIED_FOR = timedelta(minutes=10)
"""What Slack could not deliver it tries again for less than that."""


class SlackError(PlnError):
    """Slack cannot be connected; the words say what to mend."""


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """How Slack is connected. `secrets` are the installation's, the present one first."""

    api_url: str
    secrets: Sequence[bytes]
    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    client: Client | None = None


class SlackConnection:
    """The engine's `Connection` for Slack: one workspace, or those that installed the app."""

    def __init__(
        self,
        options: SlackOptions,
        desk: Desk,
        store: Store,
        clock: Clock,
        page: Callable[[str, str, int], web.Response],
        *,
        pace: Pace | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._desk = desk
        self._installed: InstalledTokens | None = None
        keys: Keys = OneToken(options.bot_token)
        seal = seal_of(options.secrets)
        if options.client is not None:
            client = options.client
            keys = self._installed = InstalledTokens(store, clock, seal, client.id, client.secret)
        self.calls = Calls(keys, options.api_url, seconds)
        if self._installed is not None:
            self._installed.calls = self.calls
        self._clock = clock
        self.listening = Listening(desk.gaps, PLATFORM, clock)
        self.app = SlackApp(desk, store, clock, self.calls, keys, self.listening)
        self.missed = Missed(desk, self.calls, clock, self.app.take, self.listening)
        desk.gaps.read_by(PLATFORM, self.missed.read, self.missed.people)
        desk.files_in.read_by(PLATFORM, SlackFiles(self.calls).read)
        self.looking = Looking(self.calls, seconds)
        desk.looks.asked_of(PLATFORM, self.looking.room, self.looking.there)
        desk.spaces.opened_by(PLATFORM, SlackSpaces(self.calls))
        self.sockets = Sockets(
            self.calls,
            options.app_token,
            self._taken_from_socket,
            opened=lambda: self.app.later(self.missed.catch_up),
            closed=self.listening.ends,
        )
        self._sender = SlackSender(self.calls, pace or Pace())
        self._installs = options.client and Installs(
            options.client, self.calls, seal, options.secrets[0], desk, store, clock, page
        )
        self._later: asyncio.Task[None] | None = None
        self._leave: Callable[[], None] = lambda: None
        self._begun = False
        self._trouble = ""

    @property
    def sender(self) -> SlackSender:
        """What posts in Slack."""
        return self._sender

    @property
    def connected(self) -> bool:
        """Whether Slack reaches us: by a socket, or by our address once we begun; and takes our token."""
        if self._refused:
            return False
        return self.sockets.connected if self._options.app_token else self._begun

    @property
    def trouble(self) -> str:
        """Why Slack was not let in the last time, or an empty string."""
        return self._trouble or self._refused or self.sockets.trouble

    @property
    def _refused(self) -> str:
        """Why nothing can be read or said in the one workspace there is, if that is so."""
        refused = "" if self._installed else next(iter(self.calls.refused.values()), "")
        return f"Slack refuses its token: {refused}" if refused else ""

    def routes(self) -> tuple[web.RouteDef, ...]:
        """Return the addresses that Slack and installing people come to."""
        found: tuple[web.RouteDef, ...] = self._installs.routes() if self._installs else ()
        if self._options.signing_secret and not self._options.app_token:
            secret, taken = self._options.signing_secret, self.app.dispatch
            found += (http.events(secret, taken, again=self._delivered_again),)
        return found

    async def start(self) -> None:
        """Begin to take in; where Slack is not reached now, that is tried again until it is."""
        self._leave = self._desk.follow(self.app.changed)
        try:
            await self._start()
        except Unavailable as error:
            log.warning("Slack is not reached yet: %s", cause(error))
            self._trouble = "it cannot be reached"
            self._later = asyncio.create_task(self._start_later())

    async def stop(self) -> None:
        """Take in nothing new, and finish what was begun."""
        self._leave()
        if self._later is not None:
            self._later.cancel()
        await self.sockets.stop()
        await self.app.marking.stop()
        await self.listening.stop()
        await self.app.finish(_FINISH_SECONDS)
        await self.calls.close()

    async def _start(self) -> None:
        self.calls.open()
        await self.listening.begins()
        try:
            if self._installed is not None:
                await self._installed.renew_seals()
            else:
                await self._settle()
            if self._options.app_token:
                await self.sockets.start()
            else:
                self.app.later(self.missed.catch_up)
        except TurnedDownError as no:
            self._trouble = f"Slack refuses: {no.error}"
            raise SlackError(
                f"Slack does not let plnbot in ({no.error}). `./run doctor slack` says what to mend."
            ) from no
        self._begun, self._trouble = True, ""

    async def _start_later(self) -> None:
        while True:
            await asyncio.sleep(_AGAIN_SECONDS)
            try:
                await self._start()
            except Unavailable:
                continue
            except PlnError as error:
                log.error("%s", error)  # noqa: TRY400 - a sentence of ours, and where it comes from is plain
            return

    async def _settle(self) -> None:
        told = await self.calls.call_with(self._options.bot_token, "auth.test")
        await self._desk.settle(PLATFORM, text_of(told, "team_id"), text_of(told, "team"))

    def _delivered_again(self) -> None:
        """Note that Slack did not reach us for minutes: it gives up what it tried three times."""
        self.listening.missed(self._clock.now() - self._clock.passing(_TRIED_FOR))

    async def _taken_from_socket(self, payload: Json) -> Json | None:
        answer = await self.app.dispatch(payload, "socket_mode")
        if answer.status != HTTPStatus.OK:
            return None
        return _json_of(answer.body)


def _json_of(body: str) -> Json:

    told = json.loads(body) if body.startswith("{") else {}
    return told if isinstance(told, dict) else {}
