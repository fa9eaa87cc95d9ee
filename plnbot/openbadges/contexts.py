"""What the words of a badge mean: the contexts, as files, held to their hashes, and no others."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from plnbot.errors import PlnError

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
_OB = "https://purl.imsglobal.org/spec/ob/v3p0/context"
OPEN_BADGES: Final = f"{_OB}-3.0.3.json"
PINNED: Final[Mapping[str, tuple[str, str]]] = {
    CREDENTIALS: (  # the hash that the recommendation names
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    # What others write. The address without a number is not among them: what lies there may change.
    f"{_OB}-3.0.2.json": (
        "open-badges-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    f"{_OB}-3.0.1.json": (
        "open-badges-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "open-badges-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
}
"""The contexts by their address: a file and the SHA-256 of its bytes."""
_FOLDER = Path(__file__).parent / "pinned"

Contexts = Mapping[str, Any]


def are_a_badges(named: object) -> bool:
    """Return whether these are the contexts of a badge: that of credentials, one of badges, pinned ones."""
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        return False
    return (
        named[:1] == [CREDENTIALS]
        and sum(each.startswith(_OB) for each in named) == 1
        and PINNED.keys() >= set(named)
    )


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
