"""Who left themselves out of what districts learn."""

from datetime import datetime

from sqlalchemy import delete, select

from plnbot.insight.store.tables import left_out
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_LEFT_OUT = on_both(left_out, lambda new: new.on_conflict_do_nothing())


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
