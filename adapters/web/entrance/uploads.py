"""Bodies that bring files: read only for members, few at a time, in their time, and never beyond the most."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import field
from http import HTTPStatus
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.web.entrance.gate import Step
from adapters.web.entrance.heads import LARGEST_WITH_FILES
from adapters.web.entrance.intake import Refusal, gate_of, step
from plnbot.values import dataclass

AT_ONCE: Final = 4
"""How many are read beside each other: what memory they may take is this many times the most."""
LONGEST_SECONDS: Final = 300.0
WINDOW_SECONDS: Final = 10.0
WINDOW_BYTES: Final = 64 * 1024
"""How much must come in each window, save the last: a phone on a bad line sends twice that."""
_BROKEN: Final = (web.RequestPayloadError, HttpProcessingError)


@dataclass(slots=True)
class Uploads:
    """Reads them. One member sends one at a time."""

    most: int = LARGEST_WITH_FILES
    window: float = WINDOW_SECONDS
    longest: float = LONGEST_SECONDS
    _senders: set[str] = field(default_factory=set)

    async def read(self, request: web.Request, sender: str) -> bytes:
        """Return the whole body of a request that `sender` makes; else raise a 4xx, or 503 when full."""
        with self._counted(sender):
            gate = gate_of(request)
            step(gate, Step.BODY)
            try:
                async with asyncio.timeout(self.longest):
                    body = await self._read(request)
            except TimeoutError:
                raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None
            except _BROKEN:
                raise Refusal(HTTPStatus.BAD_REQUEST) from None
            step(gate, Step.WORK)
            return body

    async def _read(self, request: web.Request) -> bytes:
        """Read window by window; raises `TimeoutError` where too little comes in one."""
        body, ends = bytearray(), False
        while not ends:
            before = len(body)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.window):
                    ends = await self._fill(request, body)
            if not ends and len(body) - before < WINDOW_BYTES:
                raise TimeoutError
        return bytes(body)

    async def _fill(self, request: web.Request, body: bytearray) -> bool:
        """Read until a window's time is up, or to the end; return True then."""
        async for piece in request.content.iter_any():
            if len(body) + len(piece) > self.most:
                raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            body += piece
        return True

    @contextlib.contextmanager
    def _counted(self, sender: str) -> Iterator[None]:
        if sender in self._senders:
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS)
        if len(self._senders) >= AT_ONCE:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        self._senders.add(sender)
        try:
            yield
        finally:
            self._senders.discard(sender)
