"""A badge's parts: its picture, its identity, its list, what it refuses to sign."""

import json
import struct
import zlib
from typing import Any

import pytest

from plnbot.openbadges import contexts, keys, picture, status
from plnbot.openbadges.canonical import NotCanonicalError, canonical
from plnbot.openbadges.credential import identity_of, is_of
from plnbot.openbadges.verdict import Standing, read, verdict
from tests.credit.badges.issuing import KEY, LIST, NOW, as_text, badge, by, listed, spoiled
from tests.credit.badges.issuing import picture as drawn


def test_each_word_is_signed() -> None:
    """Whatever is changed or taken out, it is not good any more; put in, neither."""
    good = by(KEY, badge())
    documents = {LIST: listed(KEY)}

    def found(document: Any) -> Standing:
        return verdict(document, NOW, lambda _did: None, documents.get).standing

    assert found(good) is Standing.GOOD
    still_good = [
        what for what, document in spoiled(good) if found(document) is not Standing.CHANGED
    ]
    assert still_good == []
    assert found({**good, "validFrom": "2999-01-01T00:00:00Z"}) is Standing.CHANGED
    early = by(KEY, {**badge(), "validFrom": "2998-01-01T00:00:00Z"})
    assert found(early) is Standing.TOO_EARLY


@pytest.mark.parametrize(
    "change",
    [
        {"endorsedBy": "everybody"},
        {"name": "with a bell\x07"},
        {"name": "delete\x7f"},
        {"id": "no-address"},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Unheard"]},
        {"@graph": []},
        {"evidence": [{"type": ["Evidence"], "name": "A"}, {"type": ["Evidence"], "name": "A"}]},
        {"evidence": [{"id": "_:b0", "type": ["Evidence"]}]},
        {"description": "x" * 70_000},
        {"name": 1.5},
        {"@context": [contexts.CREDENTIALS, "https://elsewhere.example/context"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_not_signed(change: dict[str, Any]) -> None:
    """What could be read in two ways, or would drop out of what is signed, is refused before."""
    with pytest.raises(NotCanonicalError):
        canonical({**badge(), **change})


def test_letters_that_break_lines_elsewhere() -> None:
    """U+0085 and U+2028 inside a word end no line; both libraries agree."""
    assert 'a\x85b\u2028c"' in canonical({**badge(), "name": "a\x85b\u2028c"})


def test_contexts_are_the_pinned_ones(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A context that was changed is noticed before it means anything."""
    for name, _ in contexts.PINNED.values():
        (tmp_path / name).write_text('{"@context": {}}')
    monkeypatch.setattr(contexts, "_FOLDER", tmp_path)
    contexts.pinned.cache_clear()
    with pytest.raises(contexts.ContextError):
        contexts.pinned()
    monkeypatch.undo()
    assert contexts.pinned()


def test_a_list_says_only_what_is_withdrawn() -> None:
    """As long as the least that is allowed, the first bit leftmost, no two badges in one place."""
    made = status.encoded([0, 9, status.BITS - 1])
    assert [at for at in (0, 1, 8, 9, status.BITS - 1) if status.is_set(made, at)] == [
        0,
        9,
        status.BITS - 1,
    ]
    assert len(made) < 200
    assert (
        len({status.place_of(each) for each in range(status.BITS, 2 * status.BITS)}) == status.BITS
    )
    for bad in ("", "x", made[1:], "u!!", "u" + "A" * 20):
        with pytest.raises(status.NoListError):
            status.is_set(bad, 0)
    with pytest.raises(status.NoListError):
        status.is_set(made, status.BITS)


@pytest.mark.parametrize(
    ("listed_by", "why"),
    [
        (None, "not to be had"),
        (listed(keys.Secret(b"\x09" * 32)), "somebody else's"),
        ({**listed(KEY), "validFrom": "2020-01-01T00:00:00Z"}, "changed"),
    ],
)
def test_a_list_that_cannot_be_believed(listed_by: Any, why: str) -> None:
    """Then nobody says "good"."""
    found = verdict(by(KEY, badge()), NOW, lambda _did: None, lambda _address: listed_by)
    assert found.standing is Standing.STATUS_UNKNOWN
    assert why in found.why


def test_an_identity_is_a_hash() -> None:
    """Who knows the address finds it is theirs; the file does not say it."""
    subject = badge()["credentialSubject"]["identifier"][0]
    assert "sam" not in as_text(badge()).lower()
    assert is_of(subject, " sam@district.example")
    assert not is_of(subject, "kim@district.example")
    assert identity_of("a@b", "1").digest != identity_of("a@b", "2").digest


def test_a_picture_carries_its_badge() -> None:
    """The credential goes in once, comes out as it was; words for who does not see it lie beside."""
    text = as_text(by(KEY, badge()))
    once = picture.baked(drawn(), text)
    assert json.loads(picture.unbaked(once)) == read(once)
    assert picture.baked(picture.baked(drawn(), "{}"), text) == once
    assert b"Description\0\0\0\0\0A rosette" in once
    assert drawn() == drawn(), "the same again for the same"
    packed = b"openbadgecredential\0\1\0\0\0" + zlib.compress(text.encode())
    chunk = (
        struct.pack(">I", len(packed))
        + b"iTXt"
        + packed
        + struct.pack(">I", zlib.crc32(b"iTXt" + packed))
    )
    assert picture.unbaked(drawn()[:33] + chunk + drawn()[33:]) == text, "another's, compressed"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b'{"type": ["OpenBadgeCredential"], "type": ["OpenBadgeCredential"]}',
        b'["OpenBadgeCredential"]',
        b"[" * 9_000,
        drawn(),
        drawn()[:-20],
        drawn()[:200] + b"x" + drawn()[201:],
        picture.baked(drawn(), '{"type": "Other"}'),
    ],
)
def test_what_is_no_badge(content: bytes) -> None:
    """It is said so, whatever it is."""
    with pytest.raises(picture.NoPictureError):
        read(content)


def test_a_key_is_never_shown() -> None:
    """Neither by its representation nor in what it signs; people compare its fingerprint."""
    seed = b"\x01" * 32
    shown = repr(KEY) + str(KEY) + as_text(by(KEY, badge())) + KEY.public.fingerprint
    assert keys.base58(seed) not in shown
    assert seed.hex() not in shown.replace(" ", "")
    assert len(KEY.public.fingerprint.split()) == 16


def test_names_of_issuers() -> None:
    """A `did:web` is where its document lies; what has no https address has none."""
    assert keys.web_did("https://pln.example.org") == "did:web:pln.example.org"
    assert (
        keys.web_did("https://pln.example.org:8443/open/b")
        == "did:web:pln.example.org%3A8443:open:b"
    )
    for bad in ("http://pln.example.org", "https://", "https://pln.example.org/?x=1"):
        with pytest.raises(keys.BadKeyError):
            keys.web_did(bad)
    for bad in ("", "z", "zOl", "z6Mk", "uAAAA"):
        with pytest.raises(keys.BadKeyError):
            keys.read_multikey(bad)
