"""Issuing: awards written as Open Badges and signed, keys made, lists of what was withdrawn put out.

Signing reads a context and finds a canonical form, and the key lies sealed: so it is outside work, one
piece at a time for a network. `begin` gathers what is to be signed, `do` opens the seal and signs, `end`
writes what came of it, where it is still what was asked for. A network without a key gets one first.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from plnbot.badges.actions.assigning import MADE, tell_teacher
from plnbot.badges.store import applications, awards, definitions
from plnbot.badges.store.awards import Award, Key, StatusList
from plnbot.engine import work
from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Directory
from plnbot.engine.posts import NothingToDo
from plnbot.errors import Refused
from plnbot.openbadges import credential as open_badges
from plnbot.openbadges import keys, picture, proof, status
from plnbot.sealing import Seal, SealedError
from plnbot.store.database import Tx
from plnbot.talk.words import Translate, msg
from plnbot.values import dataclass

SIGN = "badges.sign"
PURPOSE = "badges"
_SALT = 16


@dataclass(frozen=True, slots=True)
class ToSign:
    """What is to be signed: documents, each with the key that signs it and how the key is called."""

    network: int
    sealed: Mapping[str, str]
    awards: Sequence[tuple[int, int, str, str, dict[str, Any]]]
    lists: Sequence[tuple[int, str, str, dict[str, Any]]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of it: texts by the row that has them, or a new key, sealed."""

    network: int
    awards: Sequence[tuple[int, int, str]] = ()
    lists: Sequence[tuple[int, str]] = ()
    key: tuple[str, str] | None = None


def plan(tx: Tx, network: int, now: datetime) -> None:
    """Have signed what is to be, as soon as nothing else of this network is."""
    key = f"{SIGN}/{network}/{secrets.token_hex(6)}"
    work.add(tx, SIGN, key, now, {"network": network}, lane=f"badges/{network}", network=network)


def take_along(
    tx: Tx, it: Award, email: str, *, shows: Sequence[str], name: str, address: str, now: datetime
) -> Award:
    """Have an award written for an address of its owner, of which only a hash is kept."""
    salt = secrets.token_hex(_SALT)
    changed = awards.change(
        tx,
        it,
        identity=open_badges.identity_of(email, salt).digest,
        salt=salt,
        shows=list(shows),
        name=name,
        address=address.rstrip("/"),
        list_id=None,
        asked=it.asked + 1,
    )
    _placed(tx, it.network)
    plan(tx, it.network, now)
    return awards.found(tx, changed.id)


def replace_key(tx: Tx, network: int, now: datetime) -> bool:
    """Have a new key sign from now on; what the old one signed stays good. False without an old one."""
    return awards.replace_key(tx, network, now)


def reseal(tx: Tx, seal: Seal) -> None:
    """Have every key sealed by the present secret; what none of them opens stays, and signs nothing."""
    for each in awards.all_keys(tx):
        with contextlib.suppress(SealedError):
            awards.reseal(tx, each, seal.renewed(PURPOSE, each.sealed))


def withdraw_key(tx: Tx, it: Key, directory: Directory, now: datetime) -> None:
    """Have a key that got lost count for nothing, and sign anew what it had signed and still stands.

    Its lists are written anew too: those of an issuer that is this very key say that nothing counts.
    """
    if it.withdrawn_at is not None:
        raise Refused(msg("This key is withdrawn already."))
    awards.withdraw_key(tx, it, now)
    for each in awards.signed_by(tx, it):
        if not each.stands(now):
            awards.change(tx, each, key_withdrawn_at=now)
            continue
        again = {"asked": each.asked + 1, "signed": 0, "credential": "", "list_id": None}
        awards.change(tx, each, key_withdrawn_at=now, **again)
        key = f"{each.id}/key/{it.id}"
        tell_teacher(tx, each.member, MADE, each.id, key=key, directory=directory, now=now)
    awards.outdate(tx, it.network)
    _placed(tx, it.network)
    plan(tx, it.network, now)


def issuer_of(known: Sequence[Key], address: str) -> str:
    """Return who issues: the network at its address, else its key by itself.

    `known` are its keys, the present one first; the oldest one names its place for good.
    """
    first, present = known[-1], known[0]
    host = urlsplit(address).hostname or ""
    if address.startswith("https://") and "." in host and not host.replace(".", "").isdigit():
        return keys.web_did(f"{address}/open/issuer/{first.public}")
    return f"did:key:{present.public}"


def document_of(known: Sequence[Key], did: str) -> Mapping[str, Any]:
    """Return the document in which an issuer's keys stand: the replaced ones too, and which were withdrawn."""
    stand = [keys.read_multikey(each.public) for each in known if each.withdrawn_at is None]
    gone = [
        (keys.read_multikey(each.public), proof.instant(each.withdrawn_at))
        for each in known
        if each.withdrawn_at is not None
    ]
    return keys.web_document(did, stand, gone)


def _begin(due: Due) -> ToSign | None:
    network = int(str(due.payload["network"]))
    waiting = awards.unsigned(due.tx, network)
    stale = awards.stale_lists(due.tx, network)
    if not waiting and not stale:
        return None
    known = awards.keys(due.tx, network)
    if not known or known[0].replaced_at is not None:
        return ToSign(network, {}, (), (), due.now)
    name = awards.network_name(due.tx, network)
    ready = [each for each in waiting if each.list is not None or not each.address]
    to_sign = [_to_sign(due.tx, each, known, name) for each in ready]
    lists = [_list_to_sign(due.tx, each, known, due.now) for each in stale]
    sealed = {each.public: each.sealed for each in known}
    return ToSign(network, sealed, to_sign, lists, due.now)


def _to_sign(
    tx: Tx, it: Award, known: Sequence[Key], name: str
) -> tuple[int, int, str, str, dict[str, Any]]:
    issuer = issuer_of(known, it.address)
    method = f"{issuer}#{known[0].public}"
    document = open_badges.credential_of(_award(tx, it, issuer, name))
    return it.id, it.asked, known[0].public, method, document


def _award(tx: Tx, it: Award, issuer: str, name: str) -> open_badges.Award:
    badge = definitions.at_version(tx, it.badge, it.version)
    terms = badge.terms
    criteria = [
        open_badges.Criterion(f"urn:uuid:{each.id}", each.name, each.words)
        for each in terms.criteria
    ] or [
        open_badges.Criterion(f"urn:plnbot:badge:{badge.code}:{at}", part, part)
        for at, part in enumerate(definitions.names(tx, terms.parts).values())
    ]
    words = picture_words(Translate(), terms.name)
    drawn = picture.as_address(picture.drawn(terms.name, words))
    achievement = open_badges.Achievement(
        f"urn:uuid:{badge.code}",
        terms.name,
        terms.about,
        criteria,
        [open_badges.Alignment(each, url) for each, url in terms.alignments],
        str(badge.version),
        drawn,
        words,
    )
    found = None
    if it.list is not None:
        found = status.entry(list_address(awards.list_of(tx, it.list)), status.place_of(it.id)[1])
    return open_badges.Award(
        id=f"{it.address}/open/award/{it.code}" if it.address else f"urn:plnbot:award:{it.code}",
        issuer=issuer,
        issuer_name=name,
        achievement=achievement,
        identity=open_badges.Identity(it.identity, it.salt),
        met=[each.id for each in criteria],
        shown=_shown(tx, it, badge.terms.criteria),
        awarded=it.at,
        until=it.until,
        status=found,
    )


def picture_words(t: Translate, name: str) -> str:
    """Return in words what the picture of one shows."""
    return t.words("A round badge with a star, for “{name}”", name=name)


def _shown(tx: Tx, it: Award, criteria: Sequence[Any]) -> Sequence[open_badges.Shown]:
    if it.application is None or not it.shows:
        return ()
    answers = applications.found(tx, it.application).answers
    return [
        open_badges.Shown(f"urn:plnbot:award:{it.code}:{each.id}", each.name, answers[each.id])
        for each in criteria
        if each.id in it.shows and each.id in answers
    ]


def list_address(it: StatusList) -> str:
    """Return where anybody reads a list."""
    return f"{it.address}/open/awards/{it.code}/list.json"


def _list_to_sign(
    tx: Tx, it: StatusList, known: Sequence[Key], now: datetime
) -> tuple[int, str, str, dict[str, Any]]:
    its_own = next(each.public for each in known if each.id == it.key)
    signs = its_own if it.issuer.startswith("did:key:") else known[0].public
    bits = _bits(tx, it)
    document = status.status_list(list_address(it), {"id": it.issuer}, bits, now)
    return it.id, signs, f"{it.issuer}#{signs}", document


def _bits(tx: Tx, it: StatusList) -> Sequence[int]:
    """Return the places in a list of what was withdrawn; all of it where its key was.

    An issuer that is its own key has no document in which it could be taken out.
    """
    own_key = awards.key_of(tx, it.key) if it.issuer.startswith("did:key:") else None
    if own_key is not None and own_key.withdrawn_at is not None:
        return status.EVERY
    places = map(status.place_of, awards.withdrawn(tx, it.network))
    return [index for number, index in places if number == it.number]


async def _do(given: ToSign, outside: Outside) -> Signed:
    return await asyncio.to_thread(_signed, given, outside.seal)


def _signed(given: ToSign, seal: Seal) -> Signed:
    if not given.sealed:
        made = keys.Secret(secrets.token_bytes(32))
        return Signed(given.network, key=(seal.sealed(PURPOSE, made.seed()), made.public.multikey))
    opened = {}
    for public, sealed in given.sealed.items():
        # One that no secret opens any more may be of old: only who has to sign is missed.
        with contextlib.suppress(SealedError):
            opened[public] = keys.Secret(seal.opened(PURPOSE, sealed))

    def text(document: dict[str, Any], public: str, method: str) -> str:
        if public not in opened:
            raise SealedError("the key that signs was sealed by another secret")
        signed = proof.signed(document, opened[public], method, given.at)
        return json.dumps(signed, ensure_ascii=False, indent=1)

    return Signed(
        given.network,
        [
            (row, asked, text(document, public, method))
            for row, asked, public, method, document in given.awards
        ],
        [
            (row, text(document, public, method))
            for row, public, method, document in given.lists
            if public in opened
        ],
    )


def _end(due: Due, found: Signed) -> None:
    if found.key is not None:
        sealed, public = found.key
        awards.add_key(due.tx, found.network, sealed, public, due.now)
    for row, text in found.lists:
        said = json.loads(text)["credentialSubject"]["encodedList"]
        bits = _bits(due.tx, awards.list_of(due.tx, row))
        awards.write_list(due.tx, row, text, stale=said != status.encoded(bits))
    for row, asked, text in found.awards:
        it = awards.get(due.tx, row)
        if it is not None and it.asked == asked:
            awards.change(due.tx, it, credential=text, signed=asked)
    if _placed(due.tx, found.network) or found.key is not None:
        plan(due.tx, found.network, due.now)


def _placed(tx: Tx, network: int) -> bool:
    """Give awards that are to be signed their list, and lists their place; return whether there were any."""
    known = awards.keys(tx, network)
    if not known or known[0].replaced_at is not None:
        return False
    waiting = [each for each in awards.unsigned(tx, network) if each.address and each.list is None]
    for each in waiting:
        issuer = issuer_of(known, each.address)
        number = status.place_of(each.id)[0]
        found = awards.list_for(
            tx, network, known[0].id, issuer=issuer, number=number, address=each.address
        )
        awards.change(tx, each, list_id=found)
    return bool(waiting)


SIGNING: OutsideWork[ToSign, Signed] = OutsideWork(
    kind=SIGN,
    begin=_begin,
    do=_do,
    end=_end,
    given_up=NothingToDo("what is not signed waits, and the page of the award says so"),
    lane="badges",
)
