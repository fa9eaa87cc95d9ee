"""A badge as a credential: who awarded what to whom, by which criteria, on what evidence."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plnbot.openbadges.contexts import CREDENTIALS, OPEN_BADGES
from plnbot.openbadges.proof import instant
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Alignment:
    """What an achievement goes with in a framework of others: a name and its address there."""

    name: str
    url: str
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that had to be shown."""

    id: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """What is awarded, in the words in which it was defined."""

    id: str
    name: str
    description: str
    criteria: Sequence[Criterion]
    alignments: Sequence[Alignment] = ()
    version: str = ""
    picture: str = ""
    picture_words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown for it, as far as its owner wishes that others read it."""

    id: str
    name: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose it is, as a hash: who knows the address and the salt can look, nobody else."""

    digest: str
    salt: str
    kind: str = "emailAddress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """An achievement that somebody was awarded."""

    id: str
    issuer: str
    issuer_name: str
    achievement: Achievement
    identity: Identity
    met: Sequence[str]
    shown: Sequence[Shown] = ()
    awarded: datetime
    until: datetime | None = None
    status: Mapping[str, Any] | None = None


def identity_of(address: str, salt: str) -> Identity:
    """Return an address of electronic mail as a hash; how it is spelled makes no difference."""
    said = (address.strip().lower() + salt).encode()
    return Identity(f"sha256${hashlib.sha256(said).hexdigest()}", salt)


def is_of(identity: Mapping[str, Any], stated: str) -> bool:
    """Return whether a badge's identity is that of a stated address, or of another name, hashed or not."""
    salt, said = str(identity.get("salt", "")), str(identity.get("identityHash", ""))
    spelled = {stated.strip(), stated.strip().lower()}
    if not identity.get("hashed"):
        return said.strip().lower() in spelled
    hashes = {f"sha256${hashlib.sha256((each + salt).encode()).hexdigest()}" for each in spelled}
    return said.lower() in hashes


def credential_of(award: Award) -> dict[str, Any]:
    """Return an award as an OpenBadgeCredential, not signed yet."""
    found: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.achievement.name,
        "issuer": {"id": award.issuer, "type": ["Profile"], "name": award.issuer_name},
        "validFrom": instant(award.awarded),
        "awardedDate": instant(award.awarded),
        "credentialSubject": _subject(award),
    }
    if award.until is not None:
        found["validUntil"] = instant(award.until)
    if award.shown:
        found["evidence"] = [_shown(each) for each in award.shown]
    if award.status is not None:
        found["credentialStatus"] = dict(award.status)
    return found


def _subject(award: Award) -> Mapping[str, Any]:
    identity = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": award.identity.digest,
        "identityType": award.identity.kind,
        "salt": award.identity.salt,
    }
    met = [
        {"type": ["Result"], "resultDescription": each, "status": "Completed"} for each in award.met
    ]
    return {
        "type": ["AchievementSubject"],
        "identifier": [identity],
        "achievement": _achievement(award.achievement),
        **({"result": met} if met else {}),
    }


def _achievement(it: Achievement) -> Mapping[str, Any]:
    narrative = "\n\n".join(f"{each.name}: {each.words}" for each in it.criteria)
    found: dict[str, Any] = {
        "id": it.id,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": it.name,
        "description": it.description,
        "criteria": {"narrative": narrative},
        "resultDescription": [
            {
                "id": each.id,
                "type": ["ResultDescription"],
                "name": each.name,
                "resultType": "Status",
            }
            for each in it.criteria
        ],
    }
    if it.version:
        found["version"] = it.version
    if it.picture:
        found["image"] = {"id": it.picture, "type": "Image", "caption": it.picture_words}
    if it.alignments:
        found["alignment"] = [_alignment(each) for each in it.alignments]
    return found


def _alignment(it: Alignment) -> Mapping[str, Any]:
    found = {"type": ["Alignment"], "targetName": it.name, "targetUrl": it.url}
    return {**found, **({"targetFramework": it.framework} if it.framework else {})}


def _shown(it: Shown) -> Mapping[str, Any]:
    found = {"id": it.url or it.id, "type": ["Evidence"], "name": it.name, "narrative": it.words}
    return {name: each for name, each in found.items() if each}
