"""Data Integrity proofs of the suite `eddsa-rdfc-2022`: made, and looked at."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from plnbot.errors import PlnError
from plnbot.openbadges.canonical import Document, canonical
from plnbot.openbadges.contexts import Contexts
from plnbot.openbadges.keys import (
    WITHDRAWN,
    BadKeyError,
    Public,
    Secret,
    base58,
    from_base58,
    is_signed,
    read_multikey,
)

SUITE: Final = "eddsa-rdfc-2022"
PURPOSE: Final = "assertionMethod"
_TERMS: Final = {
    "type",
    "cryptosuite",
    "created",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
}
_LONGEST_SIGNATURE: Final = 100
_DAY: Final = len("2026-11-20")
FindDocument = Callable[[str], Mapping[str, Any] | None]
"""Return the document of a `did:web`, or None where it is not to be had."""


class Flaw(StrEnum):
    """What is wrong with a proof, so that it can be said to a person."""

    CHANGED = "changed"
    """Changed since it was signed, or signed by somebody else in the issuer's name."""
    KIND = "kind"
    """Signed in a way that we do not read, or not at all."""
    STRANGER = "stranger"
    """Signed by somebody else than who issued it, as it says itself."""
    NO_KEY = "no key"
    """Its issuer has no such key, or has it no more."""
    KEY_WITHDRAWN = "key withdrawn"
    """Its issuer withdrew the key; the words are the day, where it says so."""
    AWAY = "away"
    """Its issuer's keys are not to be had for now."""
    UNREADABLE = "unreadable"
    """It has no one canonical form, so that nobody could say."""


class NotSignedError(PlnError):
    """The proof does not hold; the words say why, and `flaw` says it to programs."""

    def __init__(self, why: str, flaw: Flaw = Flaw.CHANGED) -> None:
        super().__init__(why)
        self.flaw = flaw


def instant(at: datetime) -> str:
    """Return a time as credentials write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(
    document: Document,
    key: Secret,
    method: str,
    created: datetime,
    contexts: Contexts | None = None,
) -> dict[str, Any]:
    """Return the document with a proof; raises `NotCanonicalError` rather than sign what is not one form."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": instant(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    said = hashed(document, proof, contexts)
    return {**document, "proof": {**proof, "proofValue": "z" + base58(key.sign(said))}}


def hashed(document: Document, proof: Mapping[str, Any], contexts: Contexts | None = None) -> bytes:
    """Return what is signed: the hash of the proof's statements, then that of the document's."""
    about = {"@context": document["@context"], **proof}
    forms = (canonical(about, contexts), canonical(document, contexts))
    return b"".join(hashlib.sha256(each.encode()).digest() for each in forms)


def check_proof(document: Document, find: FindDocument, contexts: Contexts | None = None) -> Public:
    """Return the key that signed the document; raises `NotSignedError`, or `NotCanonicalError`."""
    proof = proof_of(document)
    key = _key_of(str(proof["verificationMethod"]), issuer_of(document), find)
    bare = {name: each for name, each in document.items() if name != "proof"}
    about = {name: each for name, each in proof.items() if name != "proofValue"}
    value = str(proof["proofValue"])
    try:
        signature = from_base58(value[1:]) if _may_be_signature(value) else b""
    except BadKeyError as error:
        raise NotSignedError("its signature cannot be read") from error
    if not is_signed(key, signature, hashed(bare, about, contexts)):
        raise NotSignedError("it was changed since it was signed, or somebody else signed it")
    return key


def proof_of(document: Document) -> Mapping[str, Any]:
    """Return the proof that we read, also where there are several; raises `NotSignedError`."""
    found = document.get("proof")
    several = found if isinstance(found, list) else [found]
    ours = [
        each for each in several if isinstance(each, Mapping) and each.get("cryptosuite") == SUITE
    ]
    if not ours or ours[0].keys() != _TERMS:
        raise NotSignedError("it has no proof of the kind that badges have", Flaw.KIND)
    if (ours[0]["type"], ours[0]["proofPurpose"]) != ("DataIntegrityProof", PURPOSE):
        raise NotSignedError("its proof is of another kind", Flaw.KIND)
    return ours[0]


def _may_be_signature(value: str) -> bool:
    return value.startswith("z") and len(value) <= _LONGEST_SIGNATURE


def issuer_of(document: Document) -> str:
    """Return the name of who issued it."""
    issuer = document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, Mapping) else str(issuer or "")


def _key_of(method: str, issuer: str, find: FindDocument) -> Public:
    did, _, fragment = method.partition("#")
    if not did.startswith(("did:key:", "did:web:")):
        raise NotSignedError("it names its key in another way", Flaw.KIND)
    if did != issuer:
        raise NotSignedError("it is signed by somebody else than who issued it", Flaw.STRANGER)
    try:
        if did.startswith("did:key:"):
            if did != f"did:key:{fragment}":
                raise NotSignedError("its proof names another key than its issuer's", Flaw.STRANGER)
            return read_multikey(fragment)
        listed = _listed(find(did), did, method)
        return read_multikey(str(listed.get("publicKeyMultibase", "")))
    except BadKeyError as error:
        raise NotSignedError("the key of its issuer cannot be read", Flaw.KIND) from error


def _listed(found: Mapping[str, Any] | None, did: str, method: str) -> Mapping[str, Any]:
    """Return what an issuer's document says of a key that signs for it, by its whole name or a short one."""
    if found is None:
        raise NotSignedError("the keys of its issuer are not to be had", Flaw.AWAY)
    names = (method, method.removeprefix(did))
    signs = _several(found, PURPOSE)
    known = [
        each
        for each in (*signs, *_several(found, "verificationMethod"))
        if isinstance(each, Mapping) and each.get("id") in names and each.get("controller") == did
    ]
    if found.get("id") == did and (since := _revoked(found, known, method)):
        raise NotSignedError(since[:_DAY], Flaw.KEY_WITHDRAWN)
    may_sign = any(each in names or each in known for each in signs)
    if found.get("id") != did or not known or not may_sign:
        raise NotSignedError("its key is none of its issuer's any more", Flaw.NO_KEY)
    return known[0]


def _revoked(
    found: Mapping[str, Any], known: Sequence[Mapping[str, Any]], method: str
) -> str | None:
    """Return since when an issuer says that its key is withdrawn, beside the key or as we say it."""
    ends = (
        each.get("serviceEndpoint") for each in _several(found, "service") if _is_withdrawn(each)
    )
    said = [
        each
        for each in ends
        if isinstance(each, Mapping) and each.get("publicKeyMultibase") == method.partition("#")[2]
    ]
    return next((str(each["revoked"]) for each in (*known, *said) if "revoked" in each), None)


def _is_withdrawn(service: object) -> bool:
    return isinstance(service, Mapping) and service.get("type") == WITHDRAWN


def _several(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []
