"""A badge as a picture that carries its credential (PNG, `iTXt` `openbadgecredential`), drawn by us."""

import base64
import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from plnbot.errors import PlnError
from plnbot.openbadges.canonical import LARGEST as LONGEST

KEYWORD: Final = "openbadgecredential"
SIZE: Final = 256
"""Points of a picture's side."""
_START: Final = b"\x89PNG\r\n\x1a\n"
_FINER: Final = 3
_DISC: Final = 0.80
_INK, _PAPER = (38, 42, 51), (255, 255, 255)
_COLOURS: Final = (
    (16, 94, 128),
    (128, 62, 16),
    (61, 90, 40),
    (105, 45, 112),
    (138, 36, 56),
    (34, 83, 74),
)
_OLD: Final = b"openbadges"
_LARGEST: Final = 4 * 1024 * 1024
_MOST_CHUNKS: Final = 4_000


class Lack(StrEnum):
    """What is missing in a file that is to be a badge, so that it can be said to a person."""

    BADGE = "badge"
    """It is none."""
    IN_PICTURE = "in picture"
    """It is a picture that carries none."""
    WHOLE = "whole"
    """It is a picture that is damaged."""
    ONE = "one"
    """It is a picture that carries several."""
    SMALL = "small"
    """It is larger than what is looked at."""
    NEW = "new"
    """It is one of Open Badges 1 or 2, which carry no signature of theirs that we read."""
    PROOF = "proof"
    """It is signed as a whole text (JWT), in which we do not look."""


class NoPictureError(PlnError):
    """That is no PNG, or none that carries a badge; the words say which, and `lack` to programs."""

    def __init__(self, why: str, lack: Lack = Lack.BADGE) -> None:
        super().__init__(why)
        self.lack = lack


@lru_cache(maxsize=64)
def drawn(of: str, words: str) -> bytes:
    """Return a rosette as PNG, its colour and its points by `of`, with `words` for who does not see it."""
    seed = hashlib.sha256(of.encode()).digest()
    colour, points = _COLOURS[seed[0] % len(_COLOURS)], 5 + seed[1] % 4
    palette, rows = _painted(colour, points)
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 3, 0, 0, 0)
    lines = b"".join(b"\0" + each for each in rows)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"tRNS", bytes(range(0, 256, 16)) + b"\xff" * 32),
        (b"iTXt", _text("Description", words)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return _START + b"".join(_chunk(*each) for each in chunks)


def as_address(content: bytes) -> str:
    """Return a picture as an address that holds all of it."""
    return "data:image/png;base64," + base64.b64encode(content).decode()


def _painted(colour: Sequence[int], points: int) -> tuple[bytes, list[bytes]]:
    """Return a palette and the rows in it: ink from clear to full, colour to ink, paper to colour."""
    import numpy as np

    side = SIZE * _FINER
    y, x = (np.mgrid[0:side, 0:side] + 0.5) / side * 2 - 1
    far, angle = np.hypot(x, y), np.arctan2(x, -y)
    wave = 0.90 + 0.06 * np.cos(angle * 16)
    star = 0.34 + 0.20 * (2 / np.pi) * np.arcsin(np.cos(angle * points))
    layers = (far < wave, far < _DISC, far < star)

    def share(of: Any) -> Any:
        return of.reshape(SIZE, _FINER, SIZE, _FINER).mean(axis=(1, 3))

    outer, disc, inner = map(share, layers)
    steps = 15
    rows = np.round(outer * steps).astype(np.uint8)
    rows = np.where(disc > 0, 16 + np.round(disc * steps), rows).astype(np.uint8)
    rows = np.where(inner > 0, 32 + np.round(inner * steps), rows).astype(np.uint8)
    palette = [
        *(_INK for _ in range(16)),
        *(_between(_INK, colour, each / steps) for each in range(16)),
        *(_between(colour, _PAPER, each / steps) for each in range(16)),
    ]
    return bytes(value for each in palette for value in each), [bytes(each) for each in rows]


def _between(one: Sequence[int], other: Sequence[int], share: float) -> Sequence[int]:
    return [round(a + (b - a) * share) for a, b in zip(one, other, strict=True)]


def baked(picture: bytes, credential: str) -> bytes:
    """Return the picture with a credential in it, in place of one that it carried."""
    made = [_START]
    for kind, content in _chunks(picture):
        if kind == b"iTXt" and content.startswith(KEYWORD.encode() + b"\0"):
            continue
        made.append(_chunk(kind, content))
        if kind == b"IHDR":
            made.append(_chunk(b"iTXt", _text(KEYWORD, credential)))
    return b"".join(made)


def unbaked(picture: bytes) -> str:
    """Return the credential that a picture carries; raises `NoPictureError`."""
    chunks = [each for each in _chunks(picture) if each[0] in {b"iTXt", b"tEXt"}]
    mark = KEYWORD.encode() + b"\0"
    found = [content for kind, content in chunks if kind == b"iTXt" and content.startswith(mark)]
    if not found and any(content.startswith(_OLD + b"\0") for _kind, content in chunks):
        raise NoPictureError("the picture carries a badge of before 3.0", Lack.NEW)
    if not found:
        raise NoPictureError("the picture carries no badge", Lack.IN_PICTURE)
    if len(found) > 1:
        raise NoPictureError("the picture carries several badges", Lack.ONE)
    return _read_text(found[0][len(mark) :])


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(_START):
        raise NoPictureError("that is no PNG")
    if len(picture) > _LARGEST:
        raise NoPictureError("the picture is too large", Lack.SMALL)
    at, kind, left = len(_START), b"", _MOST_CHUNKS
    while at + 12 <= len(picture) and kind != b"IEND":
        left -= 1
        if not left:
            # Each takes its time: a picture of nothing but chunks is meant to take long.
            raise NoPictureError("the picture has too many chunks", Lack.SMALL)
        length, kind = struct.unpack_from(">I4s", picture, at)
        content = picture[at + 8 : at + 8 + length]
        if picture[at : at + 12 + length] != _chunk(kind, content):
            raise NoPictureError("the picture is damaged", Lack.WHOLE)
        yield kind, content
        at += 12 + length
    if kind != b"IEND":
        raise NoPictureError("the picture is cut short", Lack.WHOLE)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _text(keyword: str, words: str) -> bytes:
    return keyword.encode() + b"\0\0\0\0\0" + words.encode()


def _read_text(content: bytes) -> str:
    packed, rest = content[:1] == b"\1", content[2:]
    words = rest.split(b"\0", 2)
    try:
        found = words[2]
        if packed:
            found = zlib.decompressobj().decompress(found, LONGEST + 1)
        return found.decode()
    except (IndexError, ValueError, zlib.error) as error:
        raise NoPictureError("what the picture carries cannot be read", Lack.WHOLE) from error
