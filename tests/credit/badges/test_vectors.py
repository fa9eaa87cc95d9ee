"""The vectors of the recommendation "Data Integrity EdDSA Cryptosuites v1.0" (B.1), byte for byte."""

import hashlib
from datetime import UTC, datetime

import pytest

from plnbot.openbadges import keys
from plnbot.openbadges.canonical import canonical
from plnbot.openbadges.contexts import pinned
from plnbot.openbadges.proof import check_proof, hashed, signed

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CONTEXTS = {
    **pinned(),
    EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}},
}
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHOD = f"did:key:{PUBLIC}#{PUBLIC}"
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
DOCUMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
LINES = """\
<did:example:abcdefgh> <https://www.w3.org/ns/credentials/examples#alumniOf> "The School of Examples" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/examples#AlumniCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/description> "A minimum viable example of an Alumni Credential." .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/name> "Alumni Credential" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#credentialSubject> <did:example:abcdefgh> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#issuer> <https://vc.example/issuers/5678> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#validFrom> "2023-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
"""
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
PROOF_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
SIGNATURE = (
    "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
)
RAW = (
    "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef85"
    "78cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffda4e6553cd1ed50d"
)


@pytest.mark.rows(122)
def test_the_recommendations_vectors() -> None:
    """Canonical form, hashes, signature and its spelling are those that are printed there."""
    key = keys.Secret(keys.from_base58(SECRET[1:])[2:])
    assert key.public.multikey == PUBLIC
    assert keys.read_multikey(PUBLIC) == key.public
    made = signed(DOCUMENT, key, METHOD, CREATED, CONTEXTS)
    proof = {name: each for name, each in made["proof"].items() if name != "proofValue"}
    assert canonical(DOCUMENT, CONTEXTS) == LINES
    assert hashlib.sha256(LINES.encode()).hexdigest() == DOCUMENT_HASH
    assert hashed(DOCUMENT, proof, CONTEXTS).hex() == PROOF_HASH + DOCUMENT_HASH
    assert made["proof"]["proofValue"] == SIGNATURE
    assert keys.from_base58(SIGNATURE[1:]).hex() == RAW


def test_their_issuer_is_named_by_another_key() -> None:
    """The vector's issuer is no `did:key`; as ours it would be refused, with its own name it holds."""
    key = keys.Secret(keys.from_base58(SECRET[1:])[2:])
    made = signed({**DOCUMENT, "issuer": key.public.did}, key, METHOD, CREATED, CONTEXTS)
    assert check_proof(made, lambda _did: None, CONTEXTS) == key.public
