"""Micro-credentials as they are defined: versions, of which those that were applied for never change."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, insert, select, update

from plnbot.badges.model import Terms, terms_from
from plnbot.badges.store.tables import badge, version
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """A micro-credential by one of its versions."""

    id: int
    network: int
    version: int
    code: str
    terms: Terms
    author: int
    at: datetime
    applied: bool
    closed: bool


_FOUND = select(
    badge.c.id,
    badge.c.network_id,
    badge.c.closed_at,
    version.c.number,
    version.c.code,
    version.c.terms,
    version.c.author_id,
    version.c.at,
    version.c.applied_at,
).join(version, version.c.badge_id == badge.c.id)
_PRESENT = _FOUND.where(version.c.number == badge.c.version)


def topic(network: int) -> str:
    """Return what changes when something of a network's micro-credentials does."""
    return f"badges:{network}"


def add(tx: Tx, network: int, author: int, terms: Terms, now: datetime) -> Badge:
    """Write a new one down."""
    made = insert(badge).values(network_id=network, version=1).returning(badge.c.id)
    number: int = tx.execute(made).scalar_one()
    _write(tx, number, 1, terms, author=author, now=now)
    tx.announce(topic(network))
    return found(tx, number)


def change(tx: Tx, it: Badge, author: int, terms: Terms, now: datetime) -> Badge:
    """Say it otherwise: as a new version where somebody has applied by this one."""
    it = locked(tx, it)
    number = it.version + 1 if it.applied else it.version
    if not it.applied:
        gone = (version.c.badge_id == it.id) & (version.c.number == number)
        tx.execute(delete(version).where(gone))
    _write(tx, it.id, number, terms, author=author, now=now)
    tx.execute(update(badge).where(badge.c.id == it.id).values(version=number))
    tx.announce(topic(it.network))
    return found(tx, it.id)


def _write(
    tx: Tx, number: int, at_version: int, terms: Terms, *, author: int, now: datetime
) -> None:
    tx.execute(
        insert(version).values(
            badge_id=number,
            number=at_version,
            code=str(uuid.uuid4()),
            terms=terms.as_json(),
            author_id=author,
            at=now,
        )
    )


def close(tx: Tx, it: Badge, at: datetime | None) -> None:
    """Take no applications any more, or again where `at` is None."""
    tx.execute(update(badge).where(badge.c.id == it.id).values(closed_at=at))
    tx.announce(topic(it.network))


def applied(tx: Tx, it: Badge, now: datetime) -> None:
    """Note that somebody applied by this version: from now on it stays as it is."""
    these = (version.c.badge_id == it.id) & (version.c.number == it.version)
    tx.execute(update(version).where(these, version.c.applied_at.is_(None)).values(applied_at=now))


def get(tx: Tx, number: int) -> Badge | None:
    """Return one by its present version, or None."""
    row = tx.execute(_PRESENT.where(badge.c.id == number)).one_or_none()
    return None if row is None else _badge(row)


def found(tx: Tx, number: int) -> Badge:
    """Return one that is there, by its present version."""
    return _badge(tx.execute(_PRESENT.where(badge.c.id == number)).one())


def locked(tx: Tx, it: Badge) -> Badge:
    """Return one as it is by now; nobody else changes it or begins to apply until the unit ends."""
    tx.execute(select(badge.c.id).where(badge.c.id == it.id).with_for_update(key_share=True))
    return found(tx, it.id)


def at_version(tx: Tx, number: int, its: int) -> Badge:
    """Return one by the version that somebody applied by."""
    these = _FOUND.where(badge.c.id == number, version.c.number == its)
    return _badge(tx.execute(these).one())


def of_network(tx: Tx, network: int, *, closed: bool = False) -> Sequence[Badge]:
    """Return those of a network, the closed ones only where they are asked for."""
    these = _PRESENT.where(badge.c.network_id == network).order_by(badge.c.id)
    rows = tx.execute(these if closed else these.where(badge.c.closed_at.is_(None)))
    return tuple(map(_badge, rows))


def names(tx: Tx, numbers: Collection[int]) -> Mapping[int, str]:
    """Return what they are called by now."""
    rows = tx.execute(_PRESENT.where(badge.c.id.in_(numbers)))
    return {row.id: str(row.terms["name"]) for row in rows}


def _badge(row: Row[tuple[object, ...]]) -> Badge:
    return Badge(
        row.id,
        row.network_id,
        row.number,
        row.code,
        terms_from(row.terms),
        row.author_id,
        row.at,
        row.applied_at is not None,
        row.closed_at is not None,
    )


def gathered(pairs: Iterable[tuple[int, int]]) -> Mapping[int, frozenset[int]]:
    """Return members by the micro-credential that each is paired with."""
    found: dict[int, set[int]] = {}
    for number, member in pairs:
        found.setdefault(number, set()).add(member)
    return {number: frozenset(members) for number, members in found.items()}
