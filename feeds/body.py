"""A body from a stranger: read, unpacked and measured piece by piece, so that no bomb is ever held."""

import zlib
from collections.abc import Iterator

_BIT = 256 * 1024
_MOST_MEMBERS = 500
_EITHER = 32 + zlib.MAX_WBITS
"""gzip or zlib, as its first bytes say."""


class TooLongError(Exception):
    """There is more than may be taken."""


class UnreadableError(Exception):
    """It is packed in a way that was not asked for, or not packed as it says."""


class Unpacked:
    """Takes a body apart as it comes in. `most` is how many bytes may come out."""

    def __init__(self, encoding: str, most: int) -> None:
        named = [each.strip() for each in encoding.lower().split(",")]
        packed = [each for each in named if each not in {"", "identity"}]
        if len(packed) > 1 or not set(packed) <= {"gzip", "x-gzip", "deflate"}:
            raise UnreadableError("packed in a way that was not asked for")
        self._packing = zlib.decompressobj(_EITHER) if packed else None
        self._raw = packed == ["deflate"]
        self._most = most
        self._members = 1
        self.parts: list[bytes] = []
        self.length = 0

    @property
    def cut(self) -> bytes:
        """What came so far, no longer than it may be."""
        whole = b"".join(self.parts)
        return whole if len(whole) <= self._most else whole[: self._most]

    def add(self, piece: bytes) -> Iterator[int]:
        """Take in a piece, bit by bit, and yield how long the whole is after each bit.

        Raises `TooLongError` where that is too much, `UnreadableError`.
        """
        if self._packing is None:
            yield self._keep(piece)
            return
        if self._packing.eof:
            piece = self._next_member(piece)
        while piece:
            try:
                opened = self._packing.decompress(piece, _BIT)
            except zlib.error as error:
                if not self._raw or self.length:
                    raise UnreadableError("not packed as it says") from error
                # Some send deflate without its frame, as the name might be understood.
                self._raw, self._packing = False, zlib.decompressobj(-zlib.MAX_WBITS)
                continue
            yield self._keep(opened)
            piece = self._packing.unconsumed_tail
            if self._packing.eof:
                piece = self._next_member(self._packing.unused_data)

    def _next_member(self, rest: bytes) -> bytes:
        """Return what comes after the end: another member of a gzip, or nothing that counts."""
        if not rest.startswith(b"\x1f\x8b"):
            return b""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise UnreadableError("packed in too many pieces")
        self._packing = zlib.decompressobj(_EITHER)
        return rest

    def _keep(self, piece: bytes) -> int:
        if piece:
            self.parts.append(piece)
            self.length += len(piece)
        if self.length > self._most:
            raise TooLongError
        return self.length

    def ended(self) -> None:
        """Say that nothing more comes; raises `UnreadableError` where it stops in the middle."""
        if self._packing is not None and self.length and not self._packing.eof:
            raise UnreadableError("it stops in the middle")
