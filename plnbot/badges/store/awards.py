"""Awards, the keys that sign them, and the lists of what became of them."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, text, true, update

from plnbot.badges.store.definitions import gathered, topic
from plnbot.badges.store.tables import award, key, status_list
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Award:
    """What somebody was awarded. `asked` counts how often they had it written, `signed` which is there.

    `shows` are the criteria whose evidence anybody may read who has it, `name` stands on its page;
    both only as its owner chose. `key_withdrawn_at` is when a key was withdrawn that had signed it.
    """

    id: int
    network: int
    badge: int
    version: int
    member: int
    application: int | None
    code: str
    at: datetime
    until: datetime | None
    identity: str
    salt: str
    shows: tuple[str, ...]
    name: str
    address: str
    asked: int
    signed: int
    list: int | None
    credential: str
    key_withdrawn_at: datetime | None
    withdrawn_at: datetime | None
    why: str

    def stands(self, now: datetime) -> bool:
        """Return whether it is neither withdrawn nor over."""
        return self.withdrawn_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Key:
    """A network's key: sealed as it lies in the database, and its public half.

    What a replaced key signed stays good; of one that was withdrawn, nothing does.
    """

    id: int
    network: int
    sealed: str
    public: str
    at: datetime
    replaced_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list of what became of awards, at its address, by one issuer."""

    id: int
    network: int
    key: int
    issuer: str
    number: int
    address: str
    code: str
    text: str


def add(tx: Tx, new: Award) -> Award:
    """Write an award down; its application can have no other."""
    made = insert(award).values(
        network_id=new.network,
        badge_id=new.badge,
        version=new.version,
        member_id=new.member,
        application_id=new.application,
        code=new.code,
        at=new.at,
        until=new.until,
        identity="",
        salt="",
        shows=[],
        name="",
        address="",
        asked=0,
        signed=0,
        credential="",
        why="",
    )
    number: int = tx.execute(made.returning(award.c.id)).scalar_one()
    tx.announce(f"member:{new.member}")
    return found(tx, number)


def change(tx: Tx, it: Award, **values: Any) -> Award:
    """Write some of it anew, and return it as it is then."""
    tx.execute(update(award).where(award.c.id == it.id).values(values))
    tx.announce(f"member:{it.member}")
    tx.announce(topic(it.network))
    tx.announce(open_topic(it.code))
    return found(tx, it.id)


def who_have(tx: Tx, network: int, now: datetime) -> Mapping[int, frozenset[int]]:
    """Return who was awarded which of a network's micro-credentials and has it still, by its number."""
    lasts = award.c.until.is_(None) | (award.c.until > now)
    found = select(award.c.badge_id, award.c.member_id).where(
        award.c.network_id == network, award.c.withdrawn_at.is_(None), lasts
    )
    return gathered((row.badge_id, row.member_id) for row in tx.execute(found))


def open_topic(code: str) -> str:
    """Return what changes when an award's public page does."""
    return f"open:badge:{code}"


def get(tx: Tx, number: int) -> Award | None:
    """Return an award, or None."""
    row = tx.execute(select(award).where(award.c.id == number)).one_or_none()
    return None if row is None else _award(row)


def found(tx: Tx, number: int) -> Award:
    """Return an award that is there."""
    return _award(tx.execute(select(award).where(award.c.id == number)).one())


def locked(tx: Tx, it: Award) -> Award:
    """Return an award as it is by now; nobody else changes it until the unit ends."""
    these = select(award).where(award.c.id == it.id).with_for_update(key_share=True)
    return _award(tx.execute(these).one())


def by_code(tx: Tx, code: str) -> Award | None:
    """Return an award by what its address has."""
    row = tx.execute(select(award).where(award.c.code == code)).one_or_none()
    return None if row is None else _award(row)


def of_member(tx: Tx, member: int) -> Sequence[Award]:
    """Return a member's awards, the latest first."""
    return _awards(tx, award.c.member_id == member)


def of_badge(tx: Tx, badge: int) -> Sequence[Award]:
    """Return all awards of a micro-credential, the latest first."""
    return _awards(tx, award.c.badge_id == badge)


def unsigned(tx: Tx, network: int) -> Sequence[Award]:
    """Return awards of a network that are to be written and signed."""
    return _awards(tx, (award.c.network_id == network) & (award.c.asked > award.c.signed))


def withdrawn(tx: Tx, network: int) -> Sequence[int]:
    """Return the numbers of a network's awards that were withdrawn."""
    gone = award.c.withdrawn_at.is_not(None) & (award.c.network_id == network)
    return tuple(tx.execute(select(award.c.id).where(gone).order_by(award.c.id)).scalars())


def _awards(tx: Tx, where: ColumnElement[bool]) -> Sequence[Award]:
    rows = tx.execute(select(award).where(where).order_by(award.c.id.desc()))
    return tuple(map(_award, rows))


def keys(tx: Tx, network: int) -> Sequence[Key]:
    """Return a network's keys, the one that signs now first."""
    return _keys(tx, key.c.network_id == network)


def all_keys(tx: Tx) -> Sequence[Key]:
    """Return the keys of every network."""
    return _keys(tx, true())


def _keys(tx: Tx, where: ColumnElement[bool]) -> Sequence[Key]:
    rows = tx.execute(select(key).where(where).order_by(key.c.id.desc()))
    return tuple(map(_key, rows))


def _key(row: Row[Any]) -> Key:
    return Key(
        row.id,
        row.network_id,
        row.sealed,
        row.public,
        row.at,
        row.replaced_at,
        row.withdrawn_at,
    )


def key_of(tx: Tx, number: int) -> Key | None:
    """Return a key, or None."""
    row = tx.execute(select(key).where(key.c.id == number)).one_or_none()
    return None if row is None else _key(row)


def reseal(tx: Tx, it: Key, sealed: str) -> None:
    """Keep a key sealed otherwise."""
    if sealed != it.sealed:
        tx.execute(update(key).where(key.c.id == it.id).values(sealed=sealed))


def keys_at(tx: Tx, public: str) -> Sequence[Key]:
    """Return the keys of the network that a key names the place of, its oldest one; else nothing."""
    found = tx.execute(select(key.c.network_id).where(key.c.public == public)).scalar_one_or_none()
    known = keys(tx, int(found)) if found is not None else ()
    return known if known and known[-1].public == public else ()


def address_of(tx: Tx, public: str) -> str:
    """Return the latest address at which the network of a key has awards; empty where there is none."""
    these = (
        select(award.c.address)
        .join(key, key.c.network_id == award.c.network_id)
        .where(key.c.public == public, award.c.address != "")
    )
    return str(tx.execute(these.order_by(award.c.id.desc()).limit(1)).scalar_one_or_none() or "")


def add_key(tx: Tx, network: int, sealed: str, public: str, now: datetime) -> int:
    """Keep a key, sealed, as the one that signs from now on."""
    made = insert(key).values(network_id=network, sealed=sealed, public=public, at=now)
    return int(tx.execute(made.returning(key.c.id)).scalar_one())


def replace_key(tx: Tx, network: int, now: datetime) -> bool:
    """Have the present key sign nothing more; False where there is none."""
    present = (key.c.network_id == network) & key.c.replaced_at.is_(None)
    return tx.execute(update(key).where(present).values(replaced_at=now)).rowcount > 0


def withdraw_key(tx: Tx, it: Key, now: datetime) -> None:
    """Have a key count for nothing from now on, also what it signed."""
    values = {"withdrawn_at": now, "replaced_at": it.replaced_at or now}
    tx.execute(update(key).where(key.c.id == it.id).values(values))
    tx.announce(topic(it.network))


def signed_by(tx: Tx, it: Key) -> Sequence[Award]:
    """Return the awards whose present file a key signed, by how its proof names the key."""
    # Read through all of a network's: that is once in years, and no index is worth it.
    named = award.c.credential.contains(f'#{it.public}"', autoescape=True)
    return _awards(tx, (award.c.network_id == it.network) & named)


def list_for(tx: Tx, network: int, key_id: int, *, issuer: str, number: int, address: str) -> int:
    """Return the list of an issuer in which awards of this number stand, begun where there is none."""
    its = (network, issuer, number, address)
    columns = (
        status_list.c.network_id,
        status_list.c.issuer,
        status_list.c.number,
        status_list.c.address,
    )
    where = [column == value for column, value in zip(columns, its, strict=True)]
    there = tx.execute(select(status_list.c.id).where(*where)).scalar_one_or_none()
    if there is not None:
        return int(there)
    made = insert(status_list).values(
        network_id=network,
        key_id=key_id,
        issuer=issuer,
        number=number,
        address=address,
        code=secrets.token_hex(10),
        text="",
        stale=True,
    )
    return int(tx.execute(made.returning(status_list.c.id)).scalar_one())


def list_at(tx: Tx, code: str) -> StatusList | None:
    """Return a list by what its address has."""
    row = tx.execute(select(status_list).where(status_list.c.code == code)).one_or_none()
    return None if row is None else _list(row)


def list_of(tx: Tx, number: int) -> StatusList:
    """Return a list that is there."""
    return _list(tx.execute(select(status_list).where(status_list.c.id == number)).one())


def stale_lists(tx: Tx, network: int) -> Sequence[StatusList]:
    """Return lists that say less than is known."""
    these = (status_list.c.network_id == network) & status_list.c.stale
    return tuple(map(_list, tx.execute(select(status_list).where(these))))


def outdate(tx: Tx, network: int) -> None:
    """Note that a network's lists say less than is known."""
    these = status_list.c.network_id == network
    tx.execute(update(status_list).where(these).values(stale=True))


def write_list(tx: Tx, list_id: int, content: str, *, stale: bool) -> None:
    """Put a list out."""
    values = {"text": content, "stale": stale}
    tx.execute(update(status_list).where(status_list.c.id == list_id).values(values))


def network_name(tx: Tx, network: int) -> str:
    """Return what a network is called: it issues its badges by that name."""
    its_name = text("SELECT name FROM network WHERE id = :id")
    return str(tx.execute(its_name, {"id": network}).scalar_one())


def _list(row: Row[Any]) -> StatusList:
    return StatusList(
        row.id, row.network_id, row.key_id, row.issuer, row.number, row.address, row.code, row.text
    )


def _award(row: Row[Any]) -> Award:
    return Award(
        row.id,
        row.network_id,
        row.badge_id,
        row.version,
        row.member_id,
        row.application_id,
        row.code,
        row.at,
        row.until,
        row.identity,
        row.salt,
        tuple(row.shows),
        row.name,
        row.address,
        row.asked,
        row.signed,
        row.list_id,
        row.credential,
        row.key_withdrawn_at,
        row.withdrawn_at,
        row.why,
    )
