"""What a request may be, by its head alone: pure."""

import re
from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Final

from multidict import MultiMapping

FORM: Final = frozenset({"application/x-www-form-urlencoded"})
"""What our own pages send. None of them sends a file, so multipart is not read at all."""
LARGEST: Final = 256 * 1024
"""How many bytes a body may have."""
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
    return None if chunked else _too_long(lengths)


def _is_taken(kinds: Sequence[str], takes: Collection[str]) -> bool:
    """Return whether there is one type, which the route takes, in UTF-8 or silent about that."""
    if len(kinds) != 1:
        return False
    kind, _, parameters = kinds[0].partition(";")
    in_utf_8 = not parameters.strip() or _UTF_8.fullmatch(parameters) is not None
    return in_utf_8 and kind.strip().lower() in takes


def _too_long(lengths: Sequence[str]) -> HTTPStatus | None:
    if len(lengths) != 1 or not lengths[0].isdecimal():
        return HTTPStatus.BAD_REQUEST
    digits = lengths[0].lstrip("0")  # counted first: a number may be given in thousands of them
    fits = len(digits) <= len(str(LARGEST)) and int(digits or "0") <= LARGEST
    return None if fits else HTTPStatus.REQUEST_ENTITY_TOO_LARGE
