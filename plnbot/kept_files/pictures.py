"""Pictures without what a camera or a program wrote into them: names, places, times. Bytes in, bytes out."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from plnbot.errors import PlnError

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)
_JPEG: Final = b"\xff\xd8"
_MARK, _SCAN, _FIRST_APP, _ADOBE, _LAST_APP, _COMMENT = 0xFF, 0xDA, 0xE0, 0xEE, 0xEF, 0xFE


class NoPictureError(PlnError):
    """It is no PNG or JPEG, or a damaged one."""


def bare(content: bytes) -> tuple[bytes, str]:
    """Return a PNG or JPEG with the picture alone, and its ending; raises `NoPictureError`."""
    try:
        if content.startswith(_PNG):
            return b"".join(_png(content)), "png"
        if content.startswith(_JPEG):
            return b"".join(_jpeg(content)), "jpg"
    except (struct.error, IndexError) as error:
        raise NoPictureError("it is cut short") from error
    raise NoPictureError("it is no PNG and no JPEG")


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if struct.pack(">I", zlib.crc32(chunk[4:-4])) != chunk[-4:]:
            raise NoPictureError("it is damaged")
        if kind in _PNG_KEPT:
            yield chunk
        at += 12 + length


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield _JPEG
    at = len(_JPEG)
    while True:
        if content[at] != _MARK:
            raise NoPictureError("it is damaged")
        kind = content[at + 1]
        (length,) = struct.unpack_from(">H", content, at + 2)
        if at + 2 + length > len(content):
            raise NoPictureError("it is cut short")
        if kind == _SCAN:
            # What follows the end of the picture is not the picture.
            end = content.rfind(b"\xff\xd9")
            yield content[at : end + 2] if end > at else content[at:] + b"\xff\xd9"
            return
        tells = _FIRST_APP < kind <= _LAST_APP and kind != _ADOBE
        if not tells and kind != _COMMENT:
            yield content[at : at + 2 + length]
        at += 2 + length
