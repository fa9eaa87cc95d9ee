"""Serves an application behind the entrance."""

import logging
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.web.entrance import descriptors
from adapters.web.entrance.listening import Entrance
from plnbot.logs import Seldom

log = logging.getLogger(__name__)

_IDLE_SECONDS: Final = 180
"""Longer than proxies keep a connection to us, so that none sends into one that is being ended."""
_LINGERS_SECONDS: Final = 2.0
"""How long what comes after a refusal is read and thrown away, so that the refusal is read."""


class Serving:
    """An application that is served from `begin` to `end`."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=2,
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
        """Let nobody in any more, and let what was begun come to its end."""
        if self._entrance is not None:
            self._entrance.close()
        await self._runner.cleanup()


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
