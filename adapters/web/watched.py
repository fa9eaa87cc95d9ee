"""Addresses for whoever watches over the bot: is it alive, is it ready, what has it done.

Only this machine may read them, and the networks that a setting names. A request that came through
a proxy is not from this machine, whatever its last step was; nor is one by a name that is not ours,
which a page elsewhere may have pointed at this machine.
"""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from aiohttp import web

from adapters.web import hosts
from plnbot.engine.ports import Watch
from plnbot.errors import PlnError
from plnbot.values import dataclass

ADDRESSES = ("/healthz", "/readyz", "/metrics")
_METRICS = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Watched:
    """The handlers. `readers` are networks beside this machine that may read; `names` call it too."""

    watch: Watch
    readers: Sequence[IPv4Network | IPv6Network] = ()
    names: frozenset[str] = frozenset()

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        handlers = (self.alive, self.ready, self.metrics)
        return [web.get(path, each) for path, each in zip(ADDRESSES, handlers, strict=True)]

    async def alive(self, request: web.Request) -> web.Response:
        """Answer, which is all there is to say."""
        self._check(request)
        return web.Response(text="ok\n")

    async def ready(self, request: web.Request) -> web.Response:
        """Say how each part is, and what was not heard; 503 unless all parts are well."""
        self._check(request)
        parts = await self.watch.ready()
        well = all(each == "ok" for each in parts.values())
        told = {"ready": well, "parts": dict(parts), "unheard": dict(await self.watch.unheard())}
        return web.json_response(told, status=200 if well else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Give the counts, in Prometheus' text form."""
        self._check(request)
        try:
            counts = await self.watch.metrics()
        except PlnError as error:
            raise web.HTTPServiceUnavailable from error
        return web.Response(body=counts, headers={"Content-Type": _METRICS})

    def _check(self, request: web.Request) -> None:
        """Let only those read who may; to others there is no such page."""
        try:
            peer = ip_address((request.remote or "").partition("%")[0])
        except ValueError:
            raise web.HTTPNotFound from None
        peer = getattr(peer, "ipv4_mapped", None) or peer
        near = peer.is_loopback or any(peer in each for each in self.readers)
        ours = hosts.calls_us(request, self.names)
        if hosts.passed_on(request) or not (near and ours):
            raise web.HTTPNotFound
