"""A badge that somebody else made: what it says, whose it is, what has to be fetched, and whether it holds.

Nothing in it is believed before it was looked at, and what takes long with a document that is meant to
take long is done in a child process (`look`). What is fetched is the document of its issuer's keys and
the lists that it names, never a context and never anything else that it has an address of.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from plnbot.openbadges import verdict as verdicts
from plnbot.openbadges.canonical import Document
from plnbot.openbadges.contexts import are_a_badges
from plnbot.openbadges.credential import is_of
from plnbot.openbadges.keys import BadKeyError, document_address
from plnbot.openbadges.proof import Flaw, NotSignedError, issuer_of, proof_of
from plnbot.openbadges.verdict import statuses_of
from plnbot.values import dataclass

MOST_LISTS: Final = 3
_HASH: Final = "sha256$"


class Whose(StrEnum):
    """What came of comparing whom a badge is for with what somebody said of themselves."""

    THEIRS = "theirs"
    ANOTHERS = "another's"
    UNSAID = "unsaid"
    """It names nobody in a way that could be compared."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a badge says, in its own words: none of it cleaned, all of it bounded."""

    name: str
    about: str
    criteria: str
    issuer: str
    issuer_id: str
    awarded: datetime | None
    until: datetime | None


def said_by(document: Document) -> Said:
    """Return what a badge says; what it says in another shape is empty."""
    subject = _mapping(_first(document.get("credentialSubject")))
    achievement = _mapping(_first(subject.get("achievement")))
    issuer = _mapping(document.get("issuer"))
    return Said(
        _words(achievement.get("name") or document.get("name"), 200),
        _words(achievement.get("description"), 1000),
        _words(_mapping(achievement.get("criteria")).get("narrative"), 2000),
        _words(issuer.get("name"), 200),
        issuer_of(document)[:300],
        _instant(document.get("awardedDate") or document.get("validFrom")),
        _instant(document.get("validUntil")),
    )


def whose(document: Document, stated: str) -> Whose:
    """Return whether a badge is for whom somebody says they are: an address of e-mail or another name."""
    subject, stated = _mapping(_first(document.get("credentialSubject"))), stated.strip()
    named = subject.get("identifier")
    several = [each for each in _list(named) if isinstance(each, Mapping)]
    if any(is_of(each, stated) for each in several):
        return Whose.THEIRS
    if str(subject.get("id", "")).removeprefix("mailto:") in {stated, stated.lower()}:
        return Whose.THEIRS
    comparable = [each for each in several if not each.get("hashed") or _is_sha256(each)]
    return Whose.ANOTHERS if comparable else Whose.UNSAID


def unread(document: Document) -> Flaw | None:
    """Return why nobody needs to look any further, None where it is to be looked at whole."""
    try:
        proof_of(document)
    except NotSignedError as error:
        return error.flaw
    return None if are_a_badges(document.get("@context")) else Flaw.UNREADABLE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be fetched before a badge can be looked at: its issuer's keys, and its lists."""

    keys: str
    lists: Sequence[str]


def wanted(document: Document) -> Wanted:
    """Return the addresses of what has to be fetched; none for keys where its issuer is its own key."""
    issuer = issuer_of(document)
    try:
        keys = document_address(issuer) if issuer.startswith("did:web:") else ""
    except BadKeyError:
        keys = ""
    lists = (_mapping(each).get("statusListCredential") for each in statuses_of(document))
    named = [each for each in lists if isinstance(each, str) and each.startswith("https://")]
    return Wanted(keys, list(dict.fromkeys(named))[:MOST_LISTS])


def look(given: Mapping[str, Any], _tell: object) -> Mapping[str, str]:
    """Return how a badge stands, for a child process: `document`, `now`, and texts of `keys` and `lists`."""
    lists = {address: document_in(text) for address, text in given["lists"].items()}
    found = verdicts.verdict(
        document_in(given["document"]) or {},
        datetime.fromisoformat(given["now"]),
        lambda _did: document_in(given["keys"]),
        lists.get,
    )
    return {"standing": found.standing.value, "flaw": found.flaw or "", "why": found.why[:200]}


def document_in(text: str) -> Document | None:
    """Return a document that was fetched, None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_sha256(identity: Mapping[str, Any]) -> bool:
    return str(identity.get("identityHash", "")).lower().startswith(_HASH)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: object, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def _instant(value: object) -> datetime | None:
    try:
        return verdicts.instant_in(str(value)) if value is not None else None
    except ValueError:
        return None
