"""Whether a badge is good, now: whole, of whom it says, begun, not ended, not withdrawn."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from plnbot.openbadges import vector
from plnbot.openbadges.canonical import LARGEST, Document, NotCanonicalError
from plnbot.openbadges.contexts import are_a_badges
from plnbot.openbadges.picture import Lack, NoPictureError, unbaked
from plnbot.openbadges.proof import FindDocument, Flaw, NotSignedError, check_proof, issuer_of
from plnbot.openbadges.status import NoListError, is_set
from plnbot.openbadges.vector import is_vector
from plnbot.values import dataclass

_JWT = re.compile(r"[\w-]{10,}\.[\w-]+\.[\w-]+", re.ASCII)
_KINDS = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_PURPOSES = frozenset({"revocation", "suspension"})
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
    """What was found, and why, in a few words for a log or a developer; where it is bad, its `flaw`."""

    standing: Standing
    why: str = ""
    flaw: Flaw | None = None


def read(content: bytes) -> Document:
    """Return the credential in a file: JSON, a baked PNG or SVG; raises `NoPictureError` where there is none."""
    text = _text(content).strip()
    if len(text) > LARGEST:
        raise NoPictureError("the badge is too long", Lack.SMALL)
    if _JWT.fullmatch(text):
        raise NoPictureError("it is signed as a whole text", Lack.PROOF)
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NoPictureError("that is no badge") from error
    if not isinstance(found, dict):
        raise NoPictureError("that is no badge")
    if not _KINDS & set(_names(found.get("type"))):
        is_old = "https://w3id.org/openbadges/" in str(found.get("@context"))[:200]
        raise NoPictureError("that is no badge", Lack.NEW if is_old else Lack.BADGE)
    return found


def _text(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return unbaked(content)
    if is_vector(content):
        return vector.unbaked(content)
    if len(content) > LARGEST:
        raise NoPictureError("the badge is too long", Lack.SMALL)
    return content.decode("utf-8-sig", "replace")


def _names(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a word that stands twice: readers differ about which one holds."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def verdict(document: Document, now: datetime, find: FindDocument, list_at: FindList) -> Verdict:
    """Return how a badge stands."""
    if not are_a_badges(document.get("@context")):
        return Verdict(Standing.CHANGED, "its contexts are others", Flaw.UNREADABLE)
    try:
        check_proof(document, find)
        begins, ends = _time(document, "validFrom"), _time(document, "validUntil")
    except NotSignedError as error:
        return Verdict(Standing.CHANGED, str(error), error.flaw)
    except (NotCanonicalError, ValueError) as error:
        return Verdict(Standing.CHANGED, str(error), Flaw.UNREADABLE)
    if begins is not None and now < begins:
        return Verdict(Standing.TOO_EARLY)
    unknown = None
    for status in statuses_of(document):
        found = _withdrawn(status, document, find, list_at)
        if found is not None and found.standing is Standing.WITHDRAWN:
            return found
        unknown = unknown or found
    if ends is not None and now > ends:
        return Verdict(Standing.EXPIRED)
    return unknown or Verdict(Standing.GOOD)


def statuses_of(document: Document) -> list[Any]:
    """Return what a badge says of where it stands whether it was withdrawn, in one place or several."""
    found = document.get("credentialStatus")
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def _time(document: Document, name: str) -> datetime | None:
    return instant_in(str(document[name])) if name in document else None


def instant_in(words: str) -> datetime:
    """Return a time as badges say it; raises `ValueError`."""
    found = datetime.fromisoformat(words)
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError("it is no time that there is") from error


def _withdrawn(
    status: object, document: Document, find: FindDocument, list_at: FindList
) -> Verdict | None:
    """Return what the list says, None where it says nothing bad."""
    purpose = str(status.get("statusPurpose")) if isinstance(status, Mapping) else ""
    if not isinstance(status, Mapping) or purpose not in _PURPOSES:
        return Verdict(Standing.STATUS_UNKNOWN, "its status is of another kind")
    address = str(status.get("statusListCredential", ""))
    listed = list_at(address)
    if listed is None:
        return Verdict(Standing.STATUS_UNKNOWN, "its list is not to be had")
    try:
        check_proof(listed, find)
        bits = _bits_of(listed, address, issuer_of(document), purpose)
        withdrawn = is_set(bits, int(str(status.get("statusListIndex"))))
    except (NotSignedError, NotCanonicalError, NoListError, ValueError) as error:
        return Verdict(Standing.STATUS_UNKNOWN, str(error))
    return Verdict(Standing.WITHDRAWN) if withdrawn else None


def _bits_of(listed: Document, address: str, issuer: str, purpose: str) -> str:
    subject = listed.get("credentialSubject")
    if listed.get("id") != address or issuer_of(listed) != issuer:
        raise NoListError("the list is somebody else's")
    if not isinstance(subject, Mapping) or subject.get("statusPurpose") != purpose:
        raise NoListError("the list is of another kind")
    return str(subject.get("encodedList", ""))
