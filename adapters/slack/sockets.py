"""Socket Mode: sockets that Slack refreshes now and then, and that die without a word.

Before one that Slack wants back is gone, the next one is open. A socket that answers no ping for
half a minute is taken for dead. What is not acknowledged comes again on another.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import field

import aiohttp

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import Payload, dict_of, text_of
from adapters.slack.text import Json
from plnbot.errors import PlnError
from plnbot.logs import cause
from plnbot.values import dataclass

log = logging.getLogger(__name__)

HEARTBEAT = 20.0
_LONGEST_WAIT = 15.0
_START_SECONDS = 10.0
_ENDED = frozenset({aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR})
_WHY = {
    "link_disabled": "Socket Mode is turned off in the app's settings at api.slack.com;"
    " turn it on there",
    "too_many_websockets": "ten sockets are open already: another plnbot, or another program, uses"
    " this app's token",
}


@dataclass(slots=True)
class Sockets:
    """Keeps one socket open. `take` returns the payload of an acknowledgement, or None for none.

    `opened` is called when a socket opens after a time without one, in which something was missed, and
    `closed` when such a time begins.
    `trouble` says why Slack gives none, while that is so.
    """

    calls: Calls
    app_token: str
    take: Callable[[Json], Awaitable[Json | None]]
    heartbeat: float = HEARTBEAT
    first_wait: float = 1.0
    opened: Callable[[], None] = lambda: None
    closed: Callable[[], None] = lambda: None
    trouble: str = ""
    _open: set[aiohttp.ClientWebSocketResponse] = field(default_factory=set)
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: bool = False
    _connected: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def connected(self) -> bool:
        """Whether a socket is open."""
        return bool(self._open)

    async def start(self) -> None:
        """Open the first socket; raises `PlnError` where Slack does not let us.

        Where it takes long, this returns, and goes on by itself.
        """
        url = await self._address()
        self._spawn(self._kept(url))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), _START_SECONDS)

    async def stop(self) -> None:
        """Take nothing more in, and close."""
        self._stopping = True
        for socket in list(self._open):
            await socket.close()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _kept(self, url: str) -> None:
        """Keep a socket open until another one has taken over."""
        waits = self._waits()
        while not self._stopping:
            taken_over = False
            try:
                taken_over = await self._listen(url or await self._address())
                waits = self._waits()
            except TurnedDownError as no:
                self._refused(no.error)
            except (PlnError, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("no socket to Slack: %s", cause(error))
            except Exception:
                # Whatever it was, without a socket nothing is heard: there has to be another one.
                log.exception("a socket to Slack ended")
            if taken_over:
                return
            url = ""
            await asyncio.sleep(next(waits))

    async def _listen(self, url: str) -> bool:
        """Listen on one socket until it ends; return whether another one has taken over."""
        taken_over = False
        socket = await self.calls.session.ws_connect(url, heartbeat=self.heartbeat)
        if not self._open:
            self.opened()
        self._open.add(socket)
        self.trouble = ""
        self._connected.set()
        try:
            while (told := await socket.receive()).type not in _ENDED:
                envelope = _envelope(told)
                if envelope.get("type") == "disconnect":
                    why = text_of(envelope, "reason")
                    if why in _WHY:
                        raise TurnedDownError(why)
                    if not taken_over and not self._stopping:
                        taken_over = True
                        self._spawn(self._kept(""))
                elif text_of(envelope, "envelope_id"):
                    self._spawn(self._answered(socket, envelope))
        finally:
            self._open.discard(socket)
            if not self._open:
                self.closed()
            await socket.close()
        return taken_over

    def _refused(self, error: str) -> None:
        """Note why there is no socket, and log it once for as long as it stays so."""
        trouble = f"Slack refuses: {error}"
        if trouble != self.trouble:
            why = _WHY.get(error, "see ./run doctor slack")
            log.warning("Slack refuses a socket (%s): %s", error, why)
        self.trouble = trouble

    async def _answered(self, socket: aiohttp.ClientWebSocketResponse, envelope: Payload) -> None:
        try:
            answer = await self.take(dict_of(envelope.get("payload")))
        except Exception:
            log.exception("what Slack told could not be taken in")
            answer = None
        if answer is None or socket.closed:
            return  # it comes again, and is known then
        acknowledged: Json = {"envelope_id": envelope["envelope_id"]}
        if answer and envelope.get("accepts_response_payload", True):
            acknowledged["payload"] = answer
        try:
            await socket.send_json(acknowledged)
        except (ConnectionError, aiohttp.ClientError):
            log.info("a socket closed before an acknowledgement")

    async def _address(self) -> str:
        opened = await self.calls.call_with(self.app_token, "apps.connections.open")
        return text_of(opened, "url")

    def _waits(self) -> Iterator[float]:
        wait = self.first_wait
        while True:
            yield wait
            wait = min(wait * 2, _LONGEST_WAIT)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


def _envelope(told: aiohttp.WSMessage) -> Payload:
    """Return what Slack told; what cannot be read is nothing, and the next one is another."""
    if told.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        return dict_of(told.json())
    except ValueError:
        log.warning("a frame of Slack's could not be read, and is passed over")
        return {}
