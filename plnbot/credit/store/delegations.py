"""Who decides in whose place while they are away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, insert, select, update

from plnbot.credit.store.tables import delegation
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Delegation:
    """That one decides in the place of another until an instant, in these scopes."""

    id: int
    network: int
    member: int
    to: int
    scopes: tuple[str, ...]
    ends: datetime


def add(tx: Tx, new: Delegation) -> int:
    """Write a delegation down; return its number."""
    made: int = tx.execute(
        insert(delegation)
        .values(
            network_id=new.network,
            member_id=new.member,
            to_id=new.to,
            scopes=list(new.scopes),
            ends=new.ends,
        )
        .returning(delegation.c.id)
    ).scalar_one()
    return made


def get(tx: Tx, number: int) -> Delegation | None:
    """Return a delegation that has not been ended."""
    row = tx.execute(
        select(delegation).where(delegation.c.id == number, delegation.c.ended_at.is_(None))
    ).one_or_none()
    return None if row is None else _delegation(row)


def of_member(tx: Tx, member: int, now: datetime) -> Sequence[Delegation]:
    """Return who decides in a member's place now."""
    return _found(tx, now, delegation.c.member_id == member)


def to_member(tx: Tx, member: int, now: datetime) -> Sequence[Delegation]:
    """Return by what a member decides in others' place now."""
    return _found(tx, now, delegation.c.to_id == member)


def stands_in_for(tx: Tx, member: int, now: datetime) -> tuple[int, ...]:
    """Return in whose place somebody decides now: all of them."""
    return tuple(dict.fromkeys(each.member for each in to_member(tx, member, now)))


def end(tx: Tx, number: int, now: datetime) -> None:
    """End a delegation."""
    tx.execute(update(delegation).where(delegation.c.id == number).values(ended_at=now))


def _found(tx: Tx, now: datetime, which: ColumnElement[bool]) -> Sequence[Delegation]:
    rows = tx.execute(
        select(delegation)
        .where(which, delegation.c.ended_at.is_(None), delegation.c.ends > now)
        .order_by(delegation.c.id)
    )
    return [_delegation(row) for row in rows]


def _delegation(row: Row[tuple[object, ...]]) -> Delegation:
    return Delegation(row.id, row.network_id, row.member_id, row.to_id, tuple(row.scopes), row.ends)
