"""Names to addresses, asked in threads of our own: one that waits for a dead server holds up nobody."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

_AT_ONCE = 24
_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Names(AbstractResolver):
    """Asks the system, in at most so many threads."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return every address of a name; raises OSError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _asked, host, port, family)

    async def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _asked(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    try:
        found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    except UnicodeError as error:  # a label that is too long, or empty
        raise OSError("no name") from error
    return [
        ResolveResult(
            hostname=host,
            host=str(where[0]),
            port=port,
            family=kind,
            proto=protocol,
            flags=_NUMERIC,
        )
        for kind, _type, protocol, _name, where in found
    ]
