"""Who keeps their answers out of what."""

from sqlalchemy import bindparam, delete, select

from plnbot.gathering.store.tables import left_out
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_OUT = on_both(left_out, lambda new: new.on_conflict_do_nothing())
_IS_OUT = select(left_out.c.member_id).where(
    left_out.c.kind == bindparam("kind"),
    left_out.c.whole_id == bindparam("whole"),
    left_out.c.member_id == bindparam("member"),
)


def leave_out(tx: Tx, kind: str, whole: int, member: int, *, out: bool) -> None:
    """Keep a member's answers, also those to come, out of what everybody reads, or let them in."""
    values = {"kind": kind, "whole_id": whole, "member_id": member}
    if out:
        tx.execute(_OUT[tx.dialect], values)
        return
    tx.execute(
        delete(left_out).where(
            left_out.c.kind == kind, left_out.c.whole_id == whole, left_out.c.member_id == member
        )
    )


def is_left_out(tx: Tx, kind: str, whole: int, member: int) -> bool:
    """Return whether a member keeps out of this."""
    where = {"kind": kind, "whole": whole, "member": member}
    return tx.execute(_IS_OUT, where).one_or_none() is not None
