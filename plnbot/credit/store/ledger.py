"""The ledger: add an event to a network's chain, and read what stands.

`lock` comes first in every unit that writes: it holds the chain's end until the unit ends, so that what
is read after it is what stands, and two who decide at once do so one after the other.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from plnbot.credit.model.chain import Head, canonical, hashed, words_hashed
from plnbot.credit.model.entries import IN_QUEUES, Entry, Standing
from plnbot.credit.model.written import entry_of, facts_of, microseconds
from plnbot.credit.store.tables import chain, entry, event, noted_head, words
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

Words = Mapping[str, Any]
NO_WORDS: Words = {}
_BEGUN = on_both(chain, lambda new: new.on_conflict_do_nothing())
_LOCKED = select(chain).where(chain.c.network_id == bindparam("network")).with_for_update()
_MOVED = (
    update(chain)
    .where(chain.c.network_id == bindparam("network"))
    .values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))
)
_INDEXED = (
    update(entry)
    .where(entry.c.id == bindparam("number"))
    .values(
        {
            name: bindparam(f"to_{name}")
            for name in ("standing", "seq", "words_seq", "started", "since", "source_ref")
        }
    )
)
_STANDS = (
    select(entry.c.id, entry.c.network_id, entry.c.member_id, entry.c.seq, entry.c.since)
    .add_columns(event.c.facts, words.c.words)
    .join(event, and_(event.c.network_id == entry.c.network_id, event.c.seq == entry.c.seq))
    .join(
        words,
        and_(words.c.network_id == entry.c.network_id, words.c.seq == entry.c.words_seq),
        isouter=True,
    )
)
_BY_ID = _STANDS.where(entry.c.id == bindparam("entry"))
_BY_MEMBER = _STANDS.where(entry.c.member_id == bindparam("member")).order_by(
    entry.c.started.desc(), entry.c.id.desc()
)
_HISTORY = (
    select(event, words.c.words)
    .join(
        words,
        and_(words.c.network_id == event.c.network_id, words.c.seq == event.c.seq),
        isouter=True,
    )
    .where(event.c.entry_id == bindparam("entry"))
    .order_by(event.c.seq)
)


@dataclass(frozen=True, slots=True)
class Stands:
    """An entry with its words, which are gone where its member is; `since` is when it came to stand so."""

    entry: Entry
    words: Words
    since: datetime

    @property
    def title(self) -> str:
        """What its member calls it."""
        return str(self.words.get("title", ""))


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: what was done to which entry, by whom; `entry` and `member` are 0 where it is about none."""

    seq: int
    at: datetime
    kind: str
    entry: int
    member: int
    actor: int
    facts: Mapping[str, Any]
    words: Words


@dataclass(frozen=True, slots=True)
class New:
    """An event to be added, with the words that lie apart."""

    kind: str
    entry: int
    member: int
    actor: int
    facts: Mapping[str, object]
    words: Words = field(default_factory=dict)


def lock(tx: Tx, network: int) -> Head:
    """Return where a network's chain ends; nobody adds to it until the unit ends."""
    tx.execute(_BEGUN[tx.dialect], {"network_id": network, "seq": 0, "hash": Head().hash})
    row = tx.execute(_LOCKED, {"network": network}).one()
    return Head(row.seq, row.hash)


def head_of(tx: Tx, network: int) -> Head:
    """Return where a network's chain ends."""
    row = tx.execute(select(chain).where(chain.c.network_id == network)).one_or_none()
    return Head() if row is None else Head(row.seq, row.hash)


def append(tx: Tx, network: int, new: New, now: datetime) -> int:
    """Add an event behind a network's last; return its number. `lock` must have been called."""
    head = lock(tx, network)
    seq, facts = head.seq + 1, canonical(new.facts)
    salt, said, said_hash = "", "", ""
    if new.words:
        salt, said = secrets.token_hex(16), canonical(new.words)
        said_hash = words_hashed(salt, said)
    at = microseconds(now)
    row = (network, seq, at, new.kind, new.entry, new.member, new.actor, facts, said_hash)
    its_hash = hashed(head.hash, row)
    tx.execute(
        insert(event).values(
            network_id=network,
            seq=seq,
            at=now,
            kind=new.kind,
            entry_id=new.entry,
            member_id=new.member,
            actor_id=new.actor,
            facts=facts,
            words_hash=said_hash,
            hash=its_hash,
        )
    )
    if new.words:
        tx.execute(
            insert(words).values(
                network_id=network,
                seq=seq,
                member_id=new.member,
                author_id=new.actor,
                entry_id=new.entry,
                salt=salt,
                words=said,
            )
        )
    tx.execute(_MOVED, {"network": network, "to_seq": seq, "to_hash": its_hash})
    return seq


def new_number(tx: Tx, network: int, member: int, now: datetime) -> int:
    """Return the number of a new entry, which stands for nothing until its first event."""
    made = insert(entry).values(
        network_id=network,
        member_id=member,
        standing=Standing.WITHDRAWN.value,
        seq=0,
        words_seq=0,
        started=now,
        since=now,
        source_ref="",
    )
    number: int = tx.execute(made.returning(entry.c.id)).scalar_one()
    return number


def write(
    tx: Tx,
    kind: str,
    after: Entry,
    actor: int,
    now: datetime,
    *,
    said: Words = NO_WORDS,
    note: str = "",
    instead_of: tuple[int, ...] = (),
) -> Entry:
    """Write down that an entry stands so now. `said` are its words anew, `note` words of who decided."""
    seq = lock(tx, after.network).seq + 1
    stands = _with_seq(after, seq, seq if said else after.words)
    its_words = dict(said) | ({"note": note} if note else {})
    facts = {**facts_of(stands), **({"instead_of": sorted(instead_of)} if instead_of else {})}
    append(tx, after.network, New(kind, after.id, after.member, actor, facts, its_words), now)
    tx.execute(
        _INDEXED,
        {
            "number": after.id,
            "to_standing": stands.standing.value,
            "to_seq": seq,
            "to_words_seq": stands.words,
            "to_started": stands.claim.started,
            "to_since": now,
            "to_source_ref": stands.claim.source,
        },
    )
    tx.announce(f"member:{after.member}")
    tx.announce(f"credit:{after.network}")
    return stands


def _with_seq(after: Entry, seq: int, said: int) -> Entry:
    return replace(after, seq=seq, words=said)


def get(tx: Tx, number: int) -> Stands | None:
    """Return an entry as it stands, or None."""
    row = tx.execute(_BY_ID, {"entry": number}).one_or_none()
    return None if row is None else _stands(row)


def of_member(tx: Tx, member: int) -> tuple[Stands, ...]:
    """Return everything that a member sent in, newest first."""
    return tuple(map(_stands, tx.execute(_BY_MEMBER, {"member": member})))


def history(tx: Tx, number: int) -> tuple[Happened, ...]:
    """Return every event of an entry, the first one first."""
    return tuple(
        Happened(
            row.seq,
            row.at,
            row.kind,
            row.entry_id,
            row.member_id,
            row.actor_id,
            json.loads(row.facts),
            _said(row.words),
        )
        for row in tx.execute(_HISTORY, {"entry": number})
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a network for who may decide about these members, but for their own: oldest first."""

    network: int
    members: Select[tuple[int]]
    besides: Collection[int]

    def _where(self) -> ColumnElement[bool]:
        return and_(
            entry.c.network_id == self.network,
            entry.c.standing.in_(sorted(each.value for each in IN_QUEUES)),
            entry.c.member_id.in_(self.members),
            entry.c.member_id.not_in(sorted(self.besides)),
        )

    def count(self, tx: Tx) -> int:
        """Return how many wait."""
        many: int = tx.execute(
            select(func.count()).select_from(entry).where(self._where())
        ).scalar_one()
        return many

    def first(self, tx: Tx, most: int, after: Stands | None = None) -> tuple[Stands, ...]:
        """Return those that wait longest, or that have waited longest after one."""
        found = _STANDS.where(self._where()).order_by(entry.c.since, entry.c.id).limit(most)
        if after is not None:
            later = (entry.c.since > after.since) | (
                (entry.c.since == after.since) & (entry.c.id > after.entry.id)
            )
            found = found.where(later)
        return tuple(map(_stands, tx.execute(found)))


def waiting_longer(tx: Tx, since: datetime, most: int = 1_000) -> tuple[Stands, ...]:
    """Return what waits for a decision since before an instant, in all networks, longest first."""
    states = sorted(each.value for each in IN_QUEUES)
    found = _STANDS.where(entry.c.standing.in_(states), entry.c.since < since)
    return tuple(map(_stands, tx.execute(found.order_by(entry.c.since, entry.c.id).limit(most))))


def decided_between(tx: Tx, network: int, member: int, decider: int, since: datetime) -> bool:
    """Return whether somebody decided about a member's entries since then, whoever's place it was in."""
    found = select(event.c.seq).where(
        event.c.network_id == network,
        event.c.actor_id == decider,
        event.c.member_id == member,
        event.c.kind.in_(DECISIONS),
        event.c.at >= since,
    )
    return tx.execute(found.limit(1)).one_or_none() is not None


DECISIONS = ("approve", "adjust", "return", "deny", "revoke")
RING_ALLOWED = "ring"


def rings_allowed(tx: Tx, network: int, member: int) -> Sequence[Happened]:
    """Return what administrators allowed about who may decide for a member though they decided for them."""
    rows = tx.execute(
        select(event).where(
            event.c.network_id == network,
            event.c.kind == RING_ALLOWED,
            event.c.member_id == member,
        )
    )
    return [
        Happened(
            row.seq, row.at, row.kind, 0, row.member_id, row.actor_id, json.loads(row.facts), {}
        )
        for row in rows
    ]


def network_name(tx: Tx, network: int) -> str:
    """Return what a network is called."""
    found = text("SELECT name FROM network WHERE id = :network")
    return str(tx.execute(found, {"network": network}).scalar_one())


def issued(tx: Tx, network: int, document: int) -> str:
    """Return the digest that the ledger holds of a document; empty where it holds none."""
    found = select(event.c.facts).where(
        event.c.network_id == network,
        event.c.kind == "issue",
        event.c.facts.contains(f'"document":{document},'),
    )
    facts = tx.execute(found.limit(1)).scalar_one_or_none()
    return str(json.loads(facts)["digest"]) if facts else ""


def note_heads(tx: Tx, day: str) -> Mapping[int, Head]:
    """Keep where every chain ends today, as it was first noted; return what is noted."""
    found = {row.network_id: Head(row.seq, row.hash) for row in tx.execute(select(chain))}
    for network, head in found.items():
        values = {"network_id": network, "day": day, "seq": head.seq, "hash": head.hash}
        tx.execute(_NOTED[tx.dialect], values)
    return found


_NOTED = on_both(noted_head, lambda new: new.on_conflict_do_nothing())


def _stands(row: Row[Any]) -> Stands:
    made = entry_of(row.id, row.network_id, row.member_id, row.seq, json.loads(row.facts))
    return Stands(made, _said(row.words), row.since)


def _said(kept: str | None) -> Words:
    found: Words = json.loads(kept) if kept else NO_WORDS
    return found
