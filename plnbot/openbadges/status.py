"""What became of badges since: a list of bits at an address, in which nobody sees whose is whose."""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from plnbot.errors import PlnError
from plnbot.openbadges.contexts import CREDENTIALS
from plnbot.openbadges.proof import instant

BITS: Final = 131_072
"""The least that a list may have: so many that a badge cannot be told by being asked about."""
EVERY: Final = range(BITS)
"""All places of a list."""
_STEP: Final = 74_383  # odd, so that every number has a place of its own
_LARGEST: Final = BITS // 8 * 64


class NoListError(PlnError):
    """That is no list of what became of badges."""


def place_of(number: int) -> tuple[int, int]:
    """Return the list of a badge and its place there; neighbours do not lie together."""
    return number // BITS, number % BITS * _STEP % BITS


def entry(address: str, index: int) -> Mapping[str, Any]:
    """Return what a badge says of where its bit is."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def status_list(
    address: str, issuer: Mapping[str, Any], withdrawn: Iterable[int], now: datetime
) -> dict[str, Any]:
    """Return a list as a credential, not signed yet."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer["id"],
        "validFrom": instant(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(withdrawn),
        },
    }


def encoded(withdrawn: Iterable[int]) -> str:
    """Return a list with these bits set, the first bit leftmost."""
    if withdrawn is EVERY:
        bits = bytearray(b"\xff" * (BITS // 8))
    else:
        bits = bytearray(BITS // 8)
        for each in withdrawn:
            bits[each // 8] |= 0x80 >> each % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def is_set(text: str, index: int) -> bool:
    """Return the bit at a place of a list; raises `NoListError`."""
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        bits = zlib.decompressobj(31).decompress(packed, _LARGEST) if text[:1] == "u" else b""
    except (ValueError, zlib.error) as error:
        raise NoListError("the list cannot be read") from error
    if len(bits) < BITS // 8 or not 0 <= index < len(bits) * 8:
        raise NoListError("the list is too short")
    return bool(bits[index // 8] & 0x80 >> index % 8)
