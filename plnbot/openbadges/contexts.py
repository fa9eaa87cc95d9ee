"""What the words of a badge mean: the contexts, as files, held to their hashes, and no others."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from plnbot.errors import PlnError

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PINNED: Final[Mapping[str, tuple[str, str]]] = {
    CREDENTIALS: (  # the hash that the recommendation names
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}
"""The contexts by their address: a file and the SHA-256 of its bytes."""
_FOLDER = Path(__file__).parent / "pinned"

Contexts = Mapping[str, Any]


class ContextError(PlnError):
    """A context is not the one that was pinned, or is none of ours."""


@cache
def pinned() -> Contexts:
    """Return the contexts by their address; raises `ContextError` where a file is another."""
    return {address: _read(*file) for address, file in PINNED.items()}


def _read(name: str, digest: str) -> Any:
    content = (_FOLDER / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ContextError(f"{name} is not the context that was pinned")
    return json.loads(content)
