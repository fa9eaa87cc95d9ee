"""What the gate keeps of members: what they are to be told, and how they want that."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from plnbot.engine.notices.gate import work_key
from plnbot.engine.notices.store import notice, notice_wish
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.engine.store import work
from plnbot.store.database import Tx
from plnbot.talk.words import msg

KEPT = timedelta(days=30)


def _notices(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(notice).where(notice.c.member_id == whose.id).order_by(notice.c.id))
    return [
        {
            "kind": row.kind,
            "about": dict(row.args),
            "wanted_at": row.wanted_at.isoformat(),
            "state": row.state,
            "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        }
        for row in rows
    ]


def _forget_notices(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(notice).where(notice.c.member_id == erasure.whose.id))
    tx.execute(delete(work).where(work.c.key == work_key(erasure.whose.id)))


def _forget_ended(tx: Tx, now: datetime) -> None:
    tx.execute(delete(notice).where(notice.c.ended_at < now - KEPT))


def _wishes(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(notice_wish).where(notice_wish.c.member_id == whose.id))
    return [
        {
            "how": dict(row.how),
            "directly": row.direct,
            "leave_from": row.leave_begins.isoformat() if row.leave_begins else None,
            "leave_until": row.leave_ends.isoformat() if row.leave_ends else None,
        }
        for row in rows
    ]


def _forget_wishes(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(notice_wish).where(notice_wish.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "notices",
            ("notice",),
            msg("What I am to tell you, such as reminders you asked for, and how that ended"),
            msg("until 30 days after it ended"),
            _notices,
            _forget_notices,
            expire=_forget_ended,
        ),
        Holding(
            "notice_wishes",
            ("notice_wish",),
            msg("How you want to be told things, and your leave"),
            msg("while you are a member"),
            _wishes,
            _forget_wishes,
        ),
    )
)
