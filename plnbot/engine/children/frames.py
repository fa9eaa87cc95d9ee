"""What parent and child say to each other: JSON, each piece with its length before it."""

import json
import struct

from plnbot.engine.heavy import Plain

LENGTH = struct.Struct("!I")
MOST = 64 * 1024 * 1024
"""No piece is longer, so that a child that says anything at all cannot fill its parent's memory."""


class UnreadableError(Exception):
    """What was said is none of this."""


def framed(said: Plain) -> bytes:
    """Return a value as it goes over the line."""
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    if len(written) > MOST:
        raise UnreadableError("too long")
    return LENGTH.pack(len(written)) + written


def length(head: bytes) -> int:
    """Return how long the piece is that this announces."""
    (many,) = LENGTH.unpack(head)
    if many > MOST:
        raise UnreadableError("too long")
    return int(many)


def unframed(written: bytes) -> dict[str, Plain]:
    """Return the object that was said."""
    try:
        said = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no JSON") from error
    if not isinstance(said, dict):
        raise UnreadableError("no object")
    return said
