"""Serves an application behind the entrance."""

import asyncio
import logging
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.web.entrance import descriptors
from adapters.web.entrance.intake import Handler
from adapters.web.entrance.listening import Entrance
from plnbot.logs import Seldom

log = logging.getLogger(__name__)

_IDLE_SECONDS: Final = 180
"""Longer than proxies keep a connection to us, so that none sends into one that is being ended."""
_LINGERS_SECONDS: Final = 2.0
"""How long what comes after a refusal is read and thrown away, so that the refusal is read."""
_ENDS_SECONDS: Final = 2.0
"""How long what was begun may take to come to its end, before it is broken off."""


class Serving:
    """An application that is served from `begin` to `end`."""

    def __init__(self, app: web.Application) -> None:
        self._under_way: set[asyncio.Task[object]] = set()
        app.middlewares.insert(0, self._attend)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=_ENDS_SECONDS,
            logger=_Faults(),
            keepalive_timeout=_IDLE_SECONDS,
            lingering_time=_LINGERS_SECONDS,
            auto_decompress=False,
        )
        self._entrance: Entrance | None = None

    async def begin(self, host: str, port: int) -> int:
        """Serve from now on; return the port. Raises OSError where it cannot be used."""
        await self._runner.setup()
        server = self._runner.server
        if server is None:
            raise AssertionError  # it is there from `setup` on
        self._entrance = Entrance(server, descriptors.connections())
        return self._entrance.open(host, port)

    async def end(self) -> None:
        """Let nobody in any more, and let what was begun come to its end, or break it off.

        aiohttp breaks nothing off whose connection was lost, and waits for nothing that it breaks off: it would
        read in a database that is closed by then.
        """
        if self._entrance is not None:
            self._entrance.close()
        await self._runner.cleanup()
        for each in self._under_way:
            each.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_ENDS_SECONDS)

    @web.middleware
    async def _attend(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Know of a request until it was handled."""
        task = asyncio.current_task()
        if task is None:
            raise AssertionError  # handlers are asynchronous
        self._under_way.add(task)
        try:
            return await handler(request)
        finally:
            self._under_way.discard(task)


class _Faults:
    """Where aiohttp reports what went wrong outside our handlers: most of it is no fault of ours."""

    def __init__(self) -> None:
        self._seldom = Seldom(log)

    def exception(self, *_told: object, exc_info: BaseException | None = None) -> None:
        """Write what went wrong."""
        if exc_info is None or isinstance(exc_info, HttpProcessingError | ConnectionError):
            self._seldom.info("requests are refused that are not HTTP as we speak it")
        else:
            self._seldom.exception("a request failed outside its handler", exc_info)

    def warning(self, *_told: object) -> None:
        """Write what aiohttp warns of."""
        self._seldom.warning("aiohttp warns of how it is used")

    def debug(self, *_told: object, exc_info: BaseException | None = None) -> None:
        """Leave it out."""
