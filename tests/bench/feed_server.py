"""A server of feeds in a process of its own: as little work as can be, so that readers are measured."""

import asyncio
import sys

from tests.bench.feed_documents import blog

ETAG = '"1"'
_SAME = f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n".encode()


class Serving(asyncio.Protocol):
    """One line: a 304 to who asks with a condition, a small feed to who does not."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        body = blog(10, 1)
        head = f"HTTP/1.1 200 OK\r\nETag: {ETAG}\r\nContent-Type: application/rss+xml\r\n"
        self._whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that has come whole."""
        *whole, self._held = (self._held + data).split(b"\r\n\r\n")
        for each in whole:
            same = b"if-none-match" in each.lower()
            self.transport.write(_SAME if same else self._whole)


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Serving, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
