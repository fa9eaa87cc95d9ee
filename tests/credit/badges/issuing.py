"""A badge such as a network awards, its issuer, its list, and the same spoiled in every field."""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from plnbot.openbadges import keys, status
from plnbot.openbadges.credential import (
    Achievement,
    Alignment,
    Award,
    Criterion,
    Shown,
    credential_of,
    identity_of,
)
from plnbot.openbadges.picture import drawn
from plnbot.openbadges.proof import signed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
AWARDED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
UNTIL = datetime(2999, 3, 1, tzinfo=UTC)
HOST = "https://pln.example.org/open/badges"
LIST = f"{HOST}/list.json"
KEY, NEXT, STRANGER = (keys.Secret(bytes([each]) * 32) for each in (1, 2, 3))
WEB = keys.web_did(HOST)


def badge(
    issuer: str = KEY.public.did, *, until: datetime = UNTIL, index: int = 7
) -> dict[str, Any]:
    """Return a badge, not signed yet."""
    criteria = [
        Criterion(f"urn:uuid:0e984725-c51c-4bf4-9960-e1c80e27aba{at}", name, words)
        for at, (name, words) in enumerate(
            (("Asks first", "Opens with a question."), ("Waits", "Gives ten seconds: “¿Por qué?”"))
        )
    ]
    achievement = Achievement(
        "urn:uuid:c5b1cbd0-9ae5-4b6e-8c0b-3c1a6b9a7d10",
        "Fractions through talk",
        "Leads a number talk about fractions.",
        criteria,
        [Alignment("MP.3 Construct arguments", "https://frameworks.example.org/MP3", "CCSS")],
        "2",
        "data:image/png;base64,iVBORw0KGgo=",
        "A rosette",
    )
    shown = [
        Shown("urn:uuid:6b1c1e0a-1f1c-4d0e-8d7e-6f2f3d0c9b11", "Plan", "Three prompts, in order.")
    ]
    award = Award(
        id="urn:uuid:2f9d2a61-7f3f-4c8b-9b5e-0d9a1f5f2f20",
        issuer=issuer,
        issuer_name="Riverside PLN",
        achievement=achievement,
        identity=identity_of("Sam@District.example", "0f1e2d3c4b5a6978"),
        met=[each.id for each in criteria],
        shown=shown,
        awarded=AWARDED,
        until=until,
        status=status.entry(LIST, index),
    )
    return credential_of(award)


def by(key: keys.Secret, document: Mapping[str, Any], issuer: str = "") -> dict[str, Any]:
    """Return a document signed by a key, for the issuer that it names."""
    did = issuer or key.public.did
    return signed(document, key, keys.method_of(did, key.public), AWARDED)


def listed(key: keys.Secret, withdrawn: Sequence[int] = (), issuer: str = "") -> dict[str, Any]:
    """Return the signed list of what became of badges."""
    did = issuer or key.public.did
    return by(key, status.status_list(LIST, {"id": did}, withdrawn, AWARDED), did)


def spoiled(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the document with each of its words changed, then taken out, by what was done."""
    for path, value in _leaves(document):
        where = "/".join(map(str, path))
        changed = copy.deepcopy(dict(document))
        _at(changed, path[:-1])[path[-1]] = _other(value)
        yield f"{where} changed", changed
        gone = copy.deepcopy(dict(document))
        del _at(gone, path[:-1])[path[-1]]
        yield f"{where} taken out", gone


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _leaves(each, (*path, at))
    else:
        yield path, value


def _at(value: Any, path: Sequence[Any]) -> Any:
    for each in path:
        value = value[each]
    return value


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    text = str(value)
    if text.startswith(("http", "urn:", "did:")):
        return f"{text}0"
    if text[:2] == "20" and text.endswith("Z"):
        return text.replace("-03-", "-04-")
    return f"{text}x"


def as_text(document: Mapping[str, Any]) -> str:
    """Return a document as it lies in a file."""
    return json.dumps(document, ensure_ascii=False)


def picture() -> bytes:
    """Return what is drawn for it."""
    return drawn("Fractions through talk", "A rosette")
