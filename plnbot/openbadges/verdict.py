"""Whether a badge is good, now: whole, of whom it says, begun, not ended, not withdrawn."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from plnbot.openbadges.canonical import Document, NotCanonicalError
from plnbot.openbadges.contexts import CREDENTIALS, OPEN_BADGES
from plnbot.openbadges.picture import NoPictureError, unbaked
from plnbot.openbadges.proof import FindDocument, NotSignedError, check_proof, issuer_of
from plnbot.openbadges.status import NoListError, is_set
from plnbot.values import dataclass

FindList = Callable[[str], Document | None]
"""Return the list at an address, or None where it is not to be had."""


class Standing(StrEnum):
    """What was found."""

    GOOD = "good"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    TOO_EARLY = "too early"
    STATUS_UNKNOWN = "status unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and why, in a few words for a log or a developer."""

    standing: Standing
    why: str = ""


def read(content: bytes) -> Document:
    """Return the credential in a file, JSON or a baked PNG; raises `NoPictureError` where there is none."""
    text = (
        unbaked(content) if content.startswith(b"\x89PNG") else content.decode("utf-8", "replace")
    )
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NoPictureError("that is no badge") from error
    if not isinstance(found, dict) or "OpenBadgeCredential" not in found.get("type", ()):
        raise NoPictureError("that is no badge")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a word that stands twice: readers differ about which one holds."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def verdict(document: Document, now: datetime, find: FindDocument, list_at: FindList) -> Verdict:
    """Return how a badge stands."""
    if document.get("@context") != [CREDENTIALS, OPEN_BADGES]:
        return Verdict(Standing.CHANGED, "its contexts are others")
    try:
        check_proof(document, find)
        begins, ends = _time(document, "validFrom"), _time(document, "validUntil")
    except (NotSignedError, NotCanonicalError, ValueError) as error:
        return Verdict(Standing.CHANGED, str(error))
    if begins is not None and now < begins:
        return Verdict(Standing.TOO_EARLY)
    status = document.get("credentialStatus")
    if status is not None:
        found = _withdrawn(status, document, find, list_at)
        if found is not None:
            return found
    if ends is not None and now > ends:
        return Verdict(Standing.EXPIRED)
    return Verdict(Standing.GOOD)


def _time(document: Document, name: str) -> datetime | None:
    if name not in document:
        return None
    found = datetime.fromisoformat(str(document[name]))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _withdrawn(
    status: object, document: Document, find: FindDocument, list_at: FindList
) -> Verdict | None:
    """Return what the list says, None where it says nothing bad."""
    if not isinstance(status, Mapping) or status.get("statusPurpose") != "revocation":
        return Verdict(Standing.STATUS_UNKNOWN, "its status is of another kind")
    address = str(status.get("statusListCredential", ""))
    listed = list_at(address)
    if listed is None:
        return Verdict(Standing.STATUS_UNKNOWN, "its list is not to be had")
    try:
        check_proof(listed, find)
        bits = _bits_of(listed, address, issuer_of(document))
        withdrawn = is_set(bits, int(str(status.get("statusListIndex"))))
    except (NotSignedError, NotCanonicalError, NoListError, ValueError) as error:
        return Verdict(Standing.STATUS_UNKNOWN, str(error))
    return Verdict(Standing.WITHDRAWN) if withdrawn else None


def _bits_of(listed: Document, address: str, issuer: str) -> str:
    subject = listed.get("credentialSubject")
    if listed.get("id") != address or issuer_of(listed) != issuer:
        raise NoListError("the list is somebody else's")
    if not isinstance(subject, Mapping) or subject.get("statusPurpose") != "revocation":
        raise NoListError("the list is of another kind")
    return str(subject.get("encodedList", ""))
