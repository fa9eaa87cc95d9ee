"""Data Integrity proofs of the suite `eddsa-rdfc-2022`: made, and looked at."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from plnbot.errors import PlnError
from plnbot.openbadges.canonical import Document, canonical
from plnbot.openbadges.contexts import Contexts
from plnbot.openbadges.keys import (
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
FindDocument = Callable[[str], Mapping[str, Any] | None]
"""Return the document of a `did:web`, or None where it is not to be had."""


class NotSignedError(PlnError):
    """The proof does not hold; the words say why."""


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
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or proof.keys() != _TERMS:
        raise NotSignedError("it has no proof of the kind that badges have")
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != (
        "DataIntegrityProof",
        SUITE,
        PURPOSE,
    ):
        raise NotSignedError("its proof is of another kind")
    key = _key_of(str(proof["verificationMethod"]), issuer_of(document), find)
    bare = {name: each for name, each in document.items() if name != "proof"}
    about = {name: each for name, each in proof.items() if name != "proofValue"}
    value = str(proof["proofValue"])
    try:
        signature = from_base58(value[1:]) if value.startswith("z") else b""
    except BadKeyError as error:
        raise NotSignedError("its signature cannot be read") from error
    if not is_signed(key, signature, hashed(bare, about, contexts)):
        raise NotSignedError("it was changed since it was signed, or somebody else signed it")
    return key


def issuer_of(document: Document) -> str:
    """Return the name of who issued it."""
    issuer = document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, Mapping) else str(issuer or "")


def _key_of(method: str, issuer: str, find: FindDocument) -> Public:
    did, _, fragment = method.partition("#")
    if did != issuer:
        raise NotSignedError("it is signed by somebody else than who issued it")
    try:
        if did.startswith("did:key:"):
            if did != f"did:key:{fragment}":
                raise NotSignedError("its proof names another key than its issuer's")
            return read_multikey(fragment)
        listed = _listed(find(did), did, method)
        return read_multikey(str(listed.get("publicKeyMultibase", "")))
    except BadKeyError as error:
        raise NotSignedError("the key of its issuer cannot be read") from error


def _listed(found: Mapping[str, Any] | None, did: str, method: str) -> Mapping[str, Any]:
    if found is None:
        raise NotSignedError("the keys of its issuer are not to be had")
    if found.get("id") != did or method not in found.get(PURPOSE, ()):
        raise NotSignedError("its key is none of its issuer's any more")
    for each in found.get("verificationMethod", ()):
        if isinstance(each, Mapping) and each.get("id") == method and each.get("controller") == did:
            return each
    raise NotSignedError("its key is none of its issuer's any more")
