"""What a request may be, by its head alone: pure."""

import re
from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Final

from multidict import MultiMapping

from plnbot.talk import limits

FORM: Final = frozenset({"application/x-www-form-urlencoded"})
"""What our own pages send, unless a form takes files."""
FILES: Final = frozenset({"multipart/form-data"})
"""What forms send that take files; no other route reads it at all."""
LARGEST: Final = 256 * 1024
"""How many bytes a body may have."""
LARGEST_WITH_FILES: Final = limits.FILE_BYTES + LARGEST
"""How many bytes a body may have that brings files."""
_BOUNDARY = re.compile(
    r"""\s*boundary\s*=\s*(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+.-]{1,70}))\s*""", re.ASCII
)
_UTF_8 = re.compile(r'\s*charset\s*=\s*(utf-8|"utf-8")\s*', re.IGNORECASE)


def refused(method: str, headers: MultiMapping[str], takes: Collection[str]) -> HTTPStatus | None:
    """Return why a request is not taken, or None; `takes` are the media types of its route."""
    lengths = headers.getall("Content-Length", [])
    chunked = "Transfer-Encoding" in headers
    if not chunked and lengths in ([], ["0"]):
        return None
    if method != "POST":
        return HTTPStatus.BAD_REQUEST
    if "Content-Encoding" in headers or not _is_taken(headers.getall("Content-Type", []), takes):
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return (
        None if chunked else _too_long(lengths, LARGEST_WITH_FILES if takes == FILES else LARGEST)
    )


def boundary(kind: str) -> bytes:
    """Return what parts a body of this media type that brings files; empty where it names nothing."""
    found = _BOUNDARY.fullmatch(kind.partition(";")[2])
    return (found[1] or found[2]).encode() if found else b""


def _is_taken(kinds: Sequence[str], takes: Collection[str]) -> bool:
    """Return whether there is one type, which the route takes, in UTF-8 or silent about that."""
    if len(kinds) != 1:
        return False
    kind, _, parameters = kinds[0].partition(";")
    if takes == FILES:
        as_it_should_be = bool(boundary(kinds[0]))
    else:
        as_it_should_be = not parameters.strip() or _UTF_8.fullmatch(parameters) is not None
    return as_it_should_be and kind.strip().lower() in takes


def _too_long(lengths: Sequence[str], most: int) -> HTTPStatus | None:
    if len(lengths) != 1 or not lengths[0].isdecimal():
        return HTTPStatus.BAD_REQUEST
    digits = lengths[0].lstrip("0")  # counted first: a number may be given in thousands of them
    fits = len(digits) <= len(str(most)) and int(digits or "0") <= most
    return None if fits else HTTPStatus.REQUEST_ENTITY_TOO_LARGE
