"""A web on this machine: names of its own, and servers that say whatever bytes a test gives them."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp.abc import AbstractResolver, ResolveResult

from feeds.fetch import USUAL, Caps, GuardedFetcher

AGENT = "plnbot (+someone@example.org)"
Says = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
"""Gets the head of a request and writes what it likes; the line is kept unless it closes it."""


@dataclass
class TestNames(AbstractResolver):
    """Names as a test has them. Numbers in every spelling are read by the system, as in real life.

    Each name leads to its addresses, or to a list of lookups that follow each other.
    """

    __test__ = False
    table: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lookups: dict[str, list[Sequence[str]]] = field(default_factory=dict)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name; raises OSError."""
        if self.lookups.get(host):
            found = self.lookups[host].pop(0)
        elif host.rstrip(".").lower().endswith(("localhost", "localdomain")):
            found = ["127.0.0.1", "::1"]
        else:
            found = self.table.get(host.rstrip("."), [host])
        results = []
        for each in found:
            flags = socket.AI_NUMERICHOST
            for kind, _type, protocol, _name, where in socket.getaddrinfo(
                each, port, family, socket.SOCK_STREAM, 0, flags
            ):
                results.append(
                    ResolveResult(
                        hostname=host,
                        host=str(where[0]),
                        port=port,
                        family=kind,
                        proto=protocol,
                        flags=flags,
                    )
                )
        return results

    async def close(self) -> None:
        """Let go of nothing."""


@dataclass
class Server:
    """A server on every address of this machine. `asked` are the heads of the requests it got."""

    says: Says
    port: int = 0
    connections: int = 0
    asked: list[bytes] = field(default_factory=list)
    answering: set[asyncio.Task[None]] = field(default_factory=set)

    def taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one connection."""
        self.connections += 1
        self.answering.add(asyncio.create_task(self._answered(reader, writer)))

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer it, request after request, until the line or the test ends."""
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                self.asked.append(head)
                await self.says(head, writer)
                await writer.drain()
        writer.transport.abort()


def answer(
    body: bytes = b"", status: str = "200 OK", *, length: bool = True, **headers: str
) -> bytes:
    """Return a whole answer; a header's name is written with `_`."""
    lines = [f"{name.replace('_', '-').title()}: {said}" for name, said in headers.items()]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


def path_of(head: bytes) -> str:
    """Return the path that a request asks for."""
    return head.split(b" ", 2)[1].decode()


@contextlib.asynccontextmanager
async def serving(says: Says) -> AsyncIterator[Server]:
    """Yield a server that runs inside the block."""
    server = Server(says)
    four = socket.create_server(("", 0))
    server.port = four.getsockname()[1]
    listening = [await asyncio.start_server(server.taken, sock=four)]
    if socket.has_ipv6:
        with contextlib.suppress(OSError):
            six = socket.create_server(("::", server.port), family=socket.AF_INET6)
            listening.append(await asyncio.start_server(server.taken, sock=six))
    try:
        yield server
    finally:
        for each in listening:
            each.close()
        for task in server.answering:
            task.cancel()
        await asyncio.gather(*server.answering)
        await asyncio.sleep(0)  # lines that were cut are let go of in the next round


@contextlib.asynccontextmanager
async def fetching(
    *allowed: str, names: TestNames | None = None, caps: Caps = USUAL
) -> AsyncIterator[GuardedFetcher]:
    """Yield what fetches from this web; hosts that are `allowed` may be on this machine."""
    web = GuardedFetcher(AGENT, frozenset(allowed), caps, names or TestNames())
    try:
        yield web
    finally:
        await web.close()
