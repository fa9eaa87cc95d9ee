"""Stands before every handler: judges a request by its head, then has its whole body ready."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator
from http import HTTPStatus
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.web.entrance import heads
from adapters.web.entrance.addresses import is_this_machine, source
from adapters.web.entrance.gate import ARRIVES_SECONDS, Gate, Step
from plnbot.logs import Seldom

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
TAKES: Final = web.AppKey("takes", dict[str, Collection[str]])
"""By the address of a route, the media types that it takes, where those are not a form's."""
_PIPELINED_SECONDS: Final = 0.5
_BROKEN: Final = (web.RequestPayloadError, HttpProcessingError)


@web.middleware
async def attended(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Stand before everything: from here on a connection waits for us, until it has its answer.

    A request that was sent before the one before it was answered, as no browser and no proxy does,
    has to wait: a few bytes for each would otherwise keep us as busy as a thousand readers.
    """
    gate = gate_of(request)
    if gate is not None and gate.step is Step.IDLE:  # no byte has come since
        gate.steps(Step.HEAD)
        await asyncio.sleep(_PIPELINED_SECONDS)
    step(gate, Step.WORK)
    try:
        return await handler(request)
    finally:
        step(gate, Step.IDLE)


class Intake:
    """The middleware that lets requests in, `from_one` address so many at once.

    Open pages that follow what happens are among them: a whole school may have one address.
    """

    def __init__(self, from_one: int) -> None:
        self._from_one = from_one
        self._under_way: Counter[str] = Counter()
        self._seldom = Seldom(log)

    @web.middleware
    async def stand(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Hand a request on that is as its route takes it, with its body read; else raise a 4xx."""
        with self._counted(request):
            try:
                await self._read(request)
            except ConnectionError:
                return web.Response(status=400)  # to nobody: who asked has left
            return await handler(request)

    async def _read(self, request: web.Request) -> None:
        route = request.match_info.route.resource
        takes = request.app.get(TAKES, {}).get(route.canonical if route else "", heads.FORM)
        refused = heads.refused(request.method, request.headers, takes)
        if refused is not None:
            self._seldom.info("requests are refused by their heads, such as with %d", refused)
            raise Refusal(refused)
        if not request.body_exists or takes == heads.FILES:  # those are read by `uploads`
            return
        gate = gate_of(request)
        step(gate, Step.BODY)
        try:
            async with asyncio.timeout(ARRIVES_SECONDS):
                await request.read()
            step(gate, Step.WORK)
        except TimeoutError:
            raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None
        except _BROKEN:
            raise Refusal(HTTPStatus.BAD_REQUEST) from None

    @contextlib.contextmanager
    def _counted(self, request: web.Request) -> Iterator[None]:
        """Count one more request of its address within the block; raises 429 at too many."""
        whose = address(request)
        if is_this_machine(whose):  # whoever sits here, or a proxy that does not say for whom
            yield
            return
        if self._under_way[whose] >= self._from_one:
            self._seldom.warning("requests are refused: one address has too many under way")
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS)
        self._under_way[whose] += 1
        try:
            yield
        finally:
            self._under_way[whose] -= 1
            if not self._under_way[whose]:
                del self._under_way[whose]


class Refusal(web.HTTPClientError):
    """A refusal of any status."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status_code = status  # read by the class above
        super().__init__()


def address(request: web.Request) -> str:
    """Return the address that a request is counted under."""
    return source(request.remote or "", request.headers.getall("X-Forwarded-For", ()))


def gate_of(request: web.Request) -> Gate | None:
    """Return the connection's gate; None where the application is served without an entrance."""
    gate = request.transport.get_protocol() if request.transport is not None else None
    return gate if isinstance(gate, Gate) else None


def step(gate: Gate | None, waits: Step) -> None:
    """Note what a connection waits for."""
    if gate is not None:
        gate.steps(waits)
