"""One connection: bytes in small pieces, each step within its time, ended where it is not."""

import asyncio
from enum import Enum
from typing import Final, Protocol, cast

PIECE: Final = 16 * 1024
"""How many bytes of one connection are taken before others have their turn."""
ARRIVES_SECONDS: Final = 10.0
"""How long a head may take, and then a body."""
READ_SECONDS: Final = 20.0
_READ_BYTES: Final = 20 * 1024
"""How much of an answer must be read in that time: 1 KB a second, as on a very bad line."""
_LONGEST_HEAD: Final = 64 * 1024


class Step(Enum):
    """What a connection waits for."""

    HEAD = "the rest of a head"
    BODY = "the rest of a body"
    WORK = "us"
    IDLE = "another request"


class House(Protocol):
    """What keeps the connections; `piece` is where the bytes of each are put in turn."""

    piece: bytearray

    def stepped(self, gate: "Gate") -> None:
        """Note that a connection waits for something else now."""

    def left(self, gate: "Gate") -> None:
        """Note that a connection is gone."""


class Gate(asyncio.BufferedProtocol):
    """Stands between a connection and aiohttp's own handling of it. `source` is who it counts for."""

    def __init__(self, inner: asyncio.Protocol, house: House, source: str) -> None:
        self.source = source
        self.step, self.unread = Step.HEAD, False
        self._inner, self._house = inner, house
        self._transport: asyncio.Transport | None = None
        self._time = asyncio.get_running_loop().time
        self.since, self._came = self._time(), 0
        self._left, self._left_since = 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # as any socket's is
        self._house.stepped(self)
        self._inner.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._house.left(self)
        self._inner.connection_lost(exc)

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 - as asyncio calls it
        """Return where the next bytes go: the loop fills it and hands them on in one step."""
        return self._house.piece

    def buffer_updated(self, nbytes: int) -> None:
        """Pass on what came."""
        if self.step is Step.IDLE:
            self.steps(Step.HEAD)
        if self.step is Step.HEAD:
            self._came += nbytes
            if self._came > _LONGEST_HEAD:
                self.end()
                return
        self._inner.data_received(bytes(self._house.piece[:nbytes]))

    def eof_received(self) -> bool | None:
        """Pass it on."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """Note that an answer is not read as fast as it is written."""
        self.unread = True
        self._house.stepped(self)
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Note that it is read."""
        self.unread = False
        self._house.stepped(self)
        self._inner.resume_writing()

    def steps(self, step: Step) -> None:
        """Note what is waited for from now on."""
        self.step, self.since, self._came = step, self._time(), 0
        self._house.stepped(self)

    def look(self, now: float) -> bool:
        """End the connection if its time is up; return whether it was."""
        late = self.step is Step.HEAD and now - self.since > ARRIVES_SECONDS
        if late or self._is_not_read(now):
            self.end()
            return True
        return False

    def end(self) -> None:
        """End the connection at once, whatever is still to be read."""
        if self._transport is not None:
            self._transport.abort()

    def _is_not_read(self, now: float) -> bool:
        """Return whether too little of an answer was read in the time that there was."""
        left = self._transport.get_write_buffer_size() if self._transport is not None else 0
        if not left or not self._left:
            self._left, self._left_since = left, now
            return False
        if now - self._left_since <= READ_SECONDS:
            return False
        enough = left <= max(0, self._left - _READ_BYTES)
        self._left, self._left_since = left, now
        return not enough
