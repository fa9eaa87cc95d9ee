"""Badges that others made: read out of any file, compared with their owner, looked at without trust."""

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import pytest

from plnbot.openbadges import foreign, keys
from plnbot.openbadges.foreign import Whose
from plnbot.openbadges.picture import Lack, NoPictureError, baked
from plnbot.openbadges.proof import Flaw
from plnbot.openbadges.verdict import Standing, read, statuses_of
from tests.credit.badges.elsewhere import KEY as THEIRS
from tests.credit.badges.elsewhere import OWNER, SVG, in_png, in_svg, issued
from tests.credit.badges.issuing import (
    HOST,
    KEY,
    LIST,
    NEXT,
    NOW,
    STRANGER,
    WEB,
    as_text,
    badge,
    by,
    listed,
    picture,
)

DID = keys.web_document(WEB, [KEY.public])
BOMB = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


def chunk(kind: bytes) -> bytes:
    """Return an empty chunk of a PNG."""
    return b"\0\0\0\0" + kind + struct.pack(">I", zlib.crc32(kind))


ONCE = baked(picture(), "{}")
TWICE = ONCE[: len(ONCE) - len(picture()) + 33] + ONCE[33:]
OLD = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}


def looked(
    document: Any, issuer: Any = None, lists: Mapping[str, Any] | None = None
) -> tuple[str, str]:
    """Return how a badge stands and its flaw, as a child process says it."""
    given = {
        "document": json.dumps(document),
        "now": NOW.isoformat(),
        "keys": json.dumps(issuer),
        "lists": {each: json.dumps(text) for each, text in (lists or {}).items()},
    }
    found = foreign.look(given, None)
    return found["standing"], found["flaw"]


@pytest.mark.rows(122)
def test_another_programs_badge_is_read_out_of_any_file_and_good() -> None:
    """Made, signed and baked by openbadgeslib, with contexts of its own choice: it is what it was."""
    text = issued()
    found = [read(each) for each in (text.encode(), in_svg(text), in_png(picture(), text))]
    assert found[0] == found[1] == found[2] == json.loads(text)
    assert looked(found[0]) == (Standing.GOOD, "")
    said = foreign.said_by(found[0])
    assert (said.name, said.issuer, said.issuer_id) == (
        "Asks well",
        "Lakeside Teachers",
        THEIRS.public.did,
    )
    assert looked({**found[0], "name": "Asks better"}) == (Standing.CHANGED, Flaw.CHANGED)


@pytest.mark.parametrize(
    ("content", "lack"),
    [
        (b"", Lack.BADGE),
        (b"Thanks for all.", Lack.BADGE),
        (b'{"type": ["VerifiableCredential"]}', Lack.BADGE),
        (b'{"type": {"OpenBadgeCredential": 1}}', Lack.BADGE),
        (b"[" * 60_000, Lack.BADGE),
        (b'{"a":' * 10_000, Lack.BADGE),
        (b'{"type": "OpenBadgeCredential", "n": ' + b"9" * 5_000 + b"}", Lack.BADGE),
        (json.dumps(OLD).encode(), Lack.NEW),
        (b"eyJhbGciOiJFZERTQSJ9.eyJ0eXAiOjF9.c2ln", Lack.PROOF),
        (b"x" * 70_000, Lack.SMALL),
        (picture(), Lack.IN_PICTURE),
        (picture()[:-20], Lack.WHOLE),
        (in_png(picture(), "x" * 70_000), Lack.SMALL),
        (TWICE, Lack.ONE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 5_000_000, Lack.SMALL),
        (picture()[:33] + chunk(b"noNE") * 20_000 + picture()[33:], Lack.SMALL),
        (SVG, Lack.IN_PICTURE),
        (SVG.replace(b"</svg>", b"<a/>" * 50_000 + b"</svg>"), Lack.SMALL),
        (b"<html><p>a badge</p></html>", Lack.BADGE),
        (SVG[:-9], Lack.WHOLE),
        (BOMB + SVG, Lack.WHOLE),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + in_svg("&no;").partition(b"?>")[2], Lack.BADGE),
        (SVG + b" " * 2_000_000, Lack.SMALL),
        (in_svg(issued()).replace(b"</svg>", b"") + in_svg(issued()).partition(b"<circle")[2].partition(b"/>")[2], Lack.ONE),
        (b'<svg><a:assertion xmlns:a="http://openbadges.org" verify="x"/></svg>', Lack.NEW),
    ],
)  # fmt: skip
def test_what_is_no_badge_is_told_apart(content: bytes, lack: Lack) -> None:
    """Each has a name, so that each gets a sentence; none of it takes long, or more than its length."""
    with pytest.raises(NoPictureError) as error:
        read(content)
    assert error.value.lack is lack


def _for(*identities: Mapping[str, Any], of: str = "") -> Mapping[str, Any]:
    subject = {"identifier": list(identities), **({"id": of} if of else {})}
    return {"credentialSubject": subject}


@pytest.mark.parametrize(
    ("document", "stated", "found"),
    [
        (json.loads(issued()), f" {OWNER.title()} ", Whose.THEIRS),
        (json.loads(issued()), "kim@home.example", Whose.ANOTHERS),
        (_for({"hashed": False, "identityHash": "T-1042"}), "t-1042", Whose.THEIRS),
        (_for({"hashed": False, "identityHash": "T-1042"}), "T-1043", Whose.ANOTHERS),
        (_for({"hashed": True, "identityHash": "md5$0cc175b9"}), OWNER, Whose.UNSAID),
        (_for(of=f"mailto:{OWNER}"), OWNER, Whose.THEIRS),
        (_for(of="did:key:z6MkSam"), OWNER, Whose.UNSAID),
        ({"credentialSubject": []}, OWNER, Whose.UNSAID),
        ({"credentialSubject": {"identifier": "sam"}}, OWNER, Whose.UNSAID),
        ({}, OWNER, Whose.UNSAID),
    ],
)
def test_whose_it_is(document: Mapping[str, Any], stated: str, found: Whose) -> None:
    """Theirs by a hash or as it stands there; another's only where it could be theirs; else unsaid."""
    assert foreign.whose(document, stated) is found


WEBBED = by(KEY, badge(WEB), WEB)
LISTS = {LIST: listed(KEY, (), WEB)}
GONE = {
    **DID,
    "assertionMethod": [],
    "verificationMethod": [{**DID["verificationMethod"][0], "revoked": "2026-11-02T08:00:00Z"}],
}
SAID_APART = keys.web_document(WEB, [NEXT.public], [(KEY.public, "2026-11-02T08:00:00Z")])
SHORT = {**DID["verificationMethod"][0], "id": f"#{KEY.public.multikey}"}
TWOFOLD = {**badge(WEB)["credentialStatus"], "statusPurpose": ["revocation", "suspension"]}
SEVERAL = [{"cryptosuite": "ecdsa-rdfc-2019", "proofValue": "z1"}, WEBBED["proof"]]


@pytest.mark.parametrize(
    ("document", "issuer", "found"),
    [
        (WEBBED, DID, (Standing.GOOD, "")),
        ({**WEBBED, "proof": SEVERAL}, DID, (Standing.GOOD, "")),
        (WEBBED, {**DID, "verificationMethod": [SHORT]}, (Standing.GOOD, "")),
        (WEBBED, {"id": WEB, "assertionMethod": [SHORT]}, (Standing.GOOD, "")),
        (WEBBED, None, (Standing.CHANGED, Flaw.AWAY)),
        (WEBBED, [], (Standing.CHANGED, Flaw.AWAY)),
        (WEBBED, GONE, (Standing.CHANGED, Flaw.KEY_WITHDRAWN)),
        (WEBBED, SAID_APART, (Standing.CHANGED, Flaw.KEY_WITHDRAWN)),
        (WEBBED, {**SAID_APART, "service": [7, {"type": keys.WITHDRAWN}]}, (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, keys.web_document(WEB, [NEXT.public]), (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, {**DID, "id": "did:web:other"}, (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, {**DID, "assertionMethod": 7}, (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, {**DID, "assertionMethod": [SHORT | {"id": "#other"}]}, (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, {**DID, "verificationMethod": {}}, (Standing.CHANGED, Flaw.NO_KEY)),
        (WEBBED, {**DID, "verificationMethod": [SHORT | {"publicKeyMultibase": "z" + "9" * 50_000}]}, (Standing.CHANGED, Flaw.KIND)),
        (WEBBED, {**DID, "verificationMethod": [SHORT | {"controller": "did:web:other"}]}, (Standing.CHANGED, Flaw.NO_KEY)),
        (by(STRANGER, badge(WEB), STRANGER.public.did), DID, (Standing.CHANGED, Flaw.STRANGER)),
        (by(STRANGER, badge(WEB), WEB), keys.web_document(WEB, [STRANGER.public]), (Standing.STATUS_UNKNOWN, "")),
        ({**WEBBED, "proof": {**WEBBED["proof"], "cryptosuite": "eddsa-jcs-2022"}}, DID, (Standing.CHANGED, Flaw.KIND)),
        ({**WEBBED, "proof": "yes"}, DID, (Standing.CHANGED, Flaw.KIND)),
        ({**WEBBED, "proof": {**WEBBED["proof"], "proofValue": "z" + "9" * 50_000}}, DID, (Standing.CHANGED, Flaw.CHANGED)),
        ({**WEBBED, "@context": [*WEBBED["@context"], "https://evil.example/c"]}, DID, (Standing.CHANGED, Flaw.UNREADABLE)),
        ({**WEBBED, "@context": {"name": "https://evil.example/n"}}, DID, (Standing.CHANGED, Flaw.UNREADABLE)),
        (by(KEY, {**badge(WEB), "credentialStatus": TWOFOLD}, WEB), DID, (Standing.STATUS_UNKNOWN, "")),
        ("no document", DID, (Standing.CHANGED, Flaw.UNREADABLE)),
    ],
)  # fmt: skip
def test_nothing_of_a_stranger_is_trusted(document: Any, issuer: Any, found: Any) -> None:
    """Neither the badge nor its issuer's document, whatever shape they have; each has its flaw."""
    assert looked(document, issuer, LISTS) == found


def test_where_keys_and_lists_are_fetched() -> None:
    """The issuer's document and three lists at most, by https alone; contexts and pictures never."""
    found = foreign.wanted(WEBBED)
    assert found == foreign.Wanted(f"{HOST}/did.json", [LIST])
    many = [{"statusListCredential": f"https://a.example/{at}"} for at in range(9)]
    spoiled = [*many, 7, {"statusListCredential": "http://a.example"}, {"statusListCredential": {}}]
    assert len(foreign.wanted({**WEBBED, "credentialStatus": spoiled}).lists) == foreign.MOST_LISTS
    assert foreign.wanted({"credentialStatus": "x"}) == foreign.Wanted("", [])
    assert keys.document_address("did:web:a.example") == "https://a.example/.well-known/did.json"
    assert (
        keys.document_address("did:web:a.example%3A8443:b") == "https://a.example:8443/b/did.json"
    )
    for bad in (
        "did:key:z6Mk",
        "did:web:",
        "did:web:a@b.example",
        "did:web:a.example%2Fb",
        "did:web:a.example:..:b",
        "did:web:a.example?x=1",
        "did:web:[::1]",
        "did:web:a.example:" + "b" * 400,
    ):
        with pytest.raises(keys.BadKeyError):
            keys.document_address(bad)


def test_a_list_of_several_and_of_another_kind() -> None:
    """Withdrawn by one of several is withdrawn; a kind that nobody reads is said, not passed over."""
    two = [*statuses_of(badge(WEB)), {"id": "urn:uuid:1", "type": "1EdTechRevocationList"}]
    odd = by(KEY, {**badge(WEB, index=8), "@context": json.loads(issued())["@context"]}, WEB)
    assert looked(odd, DID, LISTS) == (Standing.GOOD, "")
    assert looked(odd, DID, {LIST: listed(KEY, [8], WEB)}) == (Standing.WITHDRAWN, "")
    both = by(KEY, {**badge(WEB), "@context": odd["@context"], "credentialStatus": two}, WEB)
    assert looked(both, DID, LISTS) == (Standing.STATUS_UNKNOWN, "")
    assert looked(both, DID, {LIST: listed(KEY, [7], WEB)}) == (Standing.WITHDRAWN, "")
    assert as_text(both)
