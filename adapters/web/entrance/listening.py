"""Accepts connections, keeps them within what there is room for, and ends those whose time is up."""

import asyncio
import contextlib
import errno
import logging
import socket
from collections import Counter
from collections.abc import Iterator
from typing import Final

from aiohttp import web

from adapters.web.entrance.addresses import is_this_machine, source
from adapters.web.entrance.gate import PIECE, Gate, Step
from plnbot.logs import Seldom

log = logging.getLogger(__name__)

_WAITING: Final = 1024
"""How many connections the kernel keeps until they are accepted; more would be tried again late."""
_AT_ONCE: Final = 32
_UNREAD: Final = 128 * 1024
"""How much of an answer the kernel keeps for who does not read; by itself it would take megabytes."""
_LOOK_SECONDS: Final = 1.0
_JUST_COME_SECONDS: Final = 1.0
_AGAIN_SECONDS: Final = 0.5
# In English: nobody's language is known before a head is read.
_FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 52\r\n\r\n"
    b"Too many are here just now. Please try again later.\n"
)
_NOT_HERE: Final = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


class Entrance:
    """Listens for `server`, to which it lets in `most` connections, and half of them of one source.

    Connections from this machine count only together: a proxy passes on everybody's, and `intake`
    counts those by what it says.
    """

    def __init__(self, server: web.Server, most: int) -> None:
        self.piece = bytearray(PIECE)
        self._server, self._most = server, most
        self._listening: list[socket.socket] = []
        self._coming: set[asyncio.Task[None]] = set()
        self._gates: set[Gate] = set()
        # Who waits for their own side, longest first: with a request half here, or with none.
        self._unfinished: dict[Gate, None] = {}
        self._idle: dict[Gate, None] = {}
        self._sources: Counter[str] = Counter()
        self._looking: asyncio.TimerHandle | None = None
        self._seldom = Seldom(log)

    def open(self, host: str, port: int) -> int:
        """Listen; return the port, a free one where it was 0. Raises OSError."""
        loop = asyncio.get_running_loop()
        try:
            for each in _listeners(host, port):
                self._listening.append(each)
        except OSError:
            self.close()
            raise
        for each in self._listening:
            loop.add_reader(each, self._accept, each)
        return int(self._listening[0].getsockname()[1])

    def close(self) -> None:
        """Listen no more. Who is inside stays."""
        loop = asyncio.get_running_loop()
        for each in self._listening:
            loop.remove_reader(each)
            each.close()
        self._listening.clear()

    def stepped(self, gate: Gate) -> None:
        """Note what a connection waits for now."""
        self._unfinished.pop(gate, None)
        self._idle.pop(gate, None)
        if gate not in self._gates:
            return
        if gate.step is Step.IDLE and not gate.unread:
            self._idle[gate] = None
        elif gate.step is not Step.WORK or gate.unread:
            self._unfinished[gate] = None

    def left(self, gate: Gate) -> None:
        """Forget a connection."""
        self._unfinished.pop(gate, None)
        self._idle.pop(gate, None)
        if gate in self._gates:
            self._gates.remove(gate)
            self._sources[gate.source] -= 1
            if not self._sources[gate.source]:
                del self._sources[gate.source]

    def _accept(self, listener: socket.socket) -> None:
        """Take in who waits outside, a few at a time."""
        for _ in range(_AT_ONCE):
            try:
                connection, peer = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                self._wait_to_accept(listener, error)
                return
            connection.settimeout(0)
            self._take(connection, "" if is_this_machine(peer[0]) else source(peer[0], ()))

    def _wait_to_accept(self, listener: socket.socket, error: OSError) -> None:
        """Try again a little later: there are no descriptors, or there is no memory."""
        self._seldom.warning("connections wait outside: %s", error)
        loop = asyncio.get_running_loop()
        loop.remove_reader(listener)

        def again() -> None:
            if listener in self._listening:
                loop.add_reader(listener, self._accept, listener)

        loop.call_later(_AGAIN_SECONDS, again)

    def _take(self, connection: socket.socket, whose: str) -> None:
        """Let a connection in, or refuse it."""
        one_has_most = whose and self._sources[whose] >= self._most // 2
        if one_has_most or (len(self._gates) >= self._most and not self._made_room()):
            _refuse(connection)
            self._seldom.warning("connections are refused: there are as many as there may be")
            return
        gate = Gate(self._server(), self, whose)
        self._gates.add(gate)
        self._sources[whose] += 1
        loop = asyncio.get_running_loop()
        if self._looking is None:
            self._looking = loop.call_later(_LOOK_SECONDS, self._look)
        task = loop.create_task(self._let_in(connection, gate))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    async def _let_in(self, connection: socket.socket, gate: Gate) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(lambda: gate, connection)
        except OSError:  # it has left already
            self.left(gate)
            connection.close()

    def _made_room(self) -> bool:
        """End a connection that waits for its own side; False where there is none."""
        gate = self._longest_waiting()
        if gate is None:
            return False
        gate.end()
        self.left(gate)
        self._seldom.warning("connections that wait for their own side make room for others")
        return True

    def _longest_waiting(self) -> Gate | None:
        """Return who waits longest: with half a request, but not if it has only just come, or none."""
        unfinished = next(iter(self._unfinished), None)
        idle = next(iter(self._idle), None)
        now = asyncio.get_running_loop().time()
        if unfinished is not None and (idle is None or now - unfinished.since > _JUST_COME_SECONDS):
            return unfinished
        return idle

    def _look(self) -> None:
        """End every connection whose time is up."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for gate in tuple(self._gates):
            if gate.look(now):
                self._seldom.info("connections are ended that send or read too slowly")
        self._looking = loop.call_later(_LOOK_SECONDS, self._look) if self._gates else None


def _listeners(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a listening socket for each address of a host, all on one port."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    missing: OSError | None = None
    some = False
    for family, address in dict.fromkeys((each[0], each[4]) for each in found):
        try:
            made = socket.create_server((address[0], port), family=family, backlog=_WAITING)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
            missing = error  # a name may have an address of a kind that this machine has not
            continue
        made.settimeout(0)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNREAD)  # of each that is accepted
        some, port = True, made.getsockname()[1]
        yield made
    if missing is not None and not some:
        raise missing


def _refuse(connection: socket.socket) -> None:
    """Say that there is no room. What was sent is read first, or the answer would be thrown away."""
    with contextlib.suppress(OSError):
        connection.recv(PIECE)
    with contextlib.suppress(OSError):
        connection.send(_FULL)
    connection.close()
