"""What members said that they need, and who left themselves out."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from plnbot.insight.model import Month
from plnbot.insight.store.tables import left_out, wish
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_WISHED = on_both(wish, lambda new: new.on_conflict_do_nothing())
_LEFT_OUT = on_both(left_out, lambda new: new.on_conflict_do_nothing())


def keep(tx: Tx, member: int, need: str, month: Month, now: datetime) -> None:
    """Keep that a member needs something, once a month."""
    values = {"member_id": member, "need": need, "month": month.number, "at": now}
    tx.execute(_WISHED[tx.dialect], values)


def take_back(tx: Tx, member: int, need: str) -> None:
    """Forget that a member said they need something."""
    tx.execute(delete(wish).where(wish.c.member_id == member, wish.c.need == need))


def of_member(tx: Tx, member: int, month: Month) -> tuple[str, ...]:
    """Return what a member said in a month that they need, in the order they said it."""
    asked = select(wish.c.need).where(wish.c.member_id == member, wish.c.month == month.number)
    return tuple(tx.execute(asked.order_by(wish.c.at, wish.c.need)).scalars())


def of_month(tx: Tx, month: Month) -> Mapping[str, frozenset[int]]:
    """Return who said in a month that they need what, in whatever network."""
    found: dict[str, set[int]] = {}
    for row in tx.execute(select(wish).where(wish.c.month == month.number)):
        found.setdefault(row.need, set()).add(row.member_id)
    return {need: frozenset(who) for need, who in found.items()}


def forget_before(tx: Tx, month: Month) -> None:
    """Let go of the wishes of months before this one."""
    tx.execute(delete(wish).where(wish.c.month < month.number))


def leave_out(tx: Tx, member: int, now: datetime, *, out: bool) -> None:
    """Leave a member out of every report to come, or count them again."""
    if out:
        tx.execute(_LEFT_OUT[tx.dialect], {"member_id": member, "at": now})
    else:
        tx.execute(delete(left_out).where(left_out.c.member_id == member))


def is_out(tx: Tx, member: int) -> bool:
    """Return whether a member left themselves out."""
    asked = select(left_out.c.member_id).where(left_out.c.member_id == member)
    return tx.execute(asked).one_or_none() is not None


def all_out(tx: Tx) -> frozenset[int]:
    """Return who left themselves out."""
    return frozenset(tx.execute(select(left_out.c.member_id)).scalars())
