"""What members said that they need, by month and wherever they said it, to be counted among others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, delete, func, select

from plnbot.engine.ports import Person
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant
from plnbot.walltime import local

LONGEST_NAME = 60


class How(StrEnum):
    """Where a need was told: as a wish of its own, or in the pulse."""

    WISH = "wish"
    PULSE = "pulse"


told = Table(
    "need_told",
    metadata,
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("need", String(LONGEST_NAME), primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("how", String(10), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_need_told_month", "month"),
)
_TOLD = on_both(told, lambda new: new.on_conflict_do_nothing())


def month_of(person: Person, now: datetime) -> int:
    """Return the month that it is in somebody's network, such as 202610."""
    here = local(now, person.network.zone)
    return here.year * 100 + here.month


def wish(tx: Tx, person: Person, need: str, now: datetime) -> None:
    """Keep that somebody needs something, once a month."""
    _keep(tx, person, [need], How.WISH, now)


def answered(tx: Tx, person: Person, needs: Sequence[str], now: datetime) -> None:
    """Keep what somebody answers that they need, in place of what they answered in this month before."""
    mine = (told.c.member_id == person.id) & (told.c.month == month_of(person, now))
    tx.execute(delete(told).where(mine, told.c.how == How.PULSE.value))
    _keep(tx, person, needs, How.PULSE, now)


def _keep(tx: Tx, person: Person, needs: Sequence[str], how: How, now: datetime) -> None:
    month = month_of(person, now)
    rows = [
        {"member_id": person.id, "need": each, "month": month, "how": how.value, "at": now}
        for each in needs
    ]
    if rows:
        tx.execute(_TOLD[tx.dialect], rows)


def take_back(tx: Tx, person: Person, need: str) -> None:
    """Forget that somebody said they need something, wherever: no report to come counts it."""
    tx.execute(delete(told).where(told.c.member_id == person.id, told.c.need == need))


def of_member(tx: Tx, person: Person, now: datetime) -> tuple[str, ...]:
    """Return what somebody said this month that they need, in the order they said it."""
    mine = (told.c.member_id == person.id) & (told.c.month == month_of(person, now))
    asked = select(told.c.need).where(mine).group_by(told.c.need)
    return tuple(tx.execute(asked.order_by(func.min(told.c.at), told.c.need)).scalars())


def of_month(tx: Tx, month: int) -> Mapping[str, frozenset[int]]:
    """Return who said in a month that they need what, in whatever network."""
    found: dict[str, set[int]] = {}
    for row in tx.execute(select(told).where(told.c.month == month)):
        found.setdefault(row.need, set()).add(row.member_id)
    return {need: frozenset(who) for need, who in found.items()}


def forget_before(tx: Tx, month: int) -> None:
    """Let go of what was said in the months before this one."""
    tx.execute(delete(told).where(told.c.month < month))
