"""What activities keep of a member: all of it is theirs."""

from sqlalchemy import delete, select

from plnbot.activities.store import activity
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _done(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(activity)
        .where(activity.c.member_id == whose.id)
        .order_by(activity.c.started, activity.c.id)
    )
    return [
        {
            "kind": row.kind,
            "title": row.title,
            "role": row.role,
            "started": row.started.isoformat(),
            "ended": row.ended.isoformat(),
            "minutes": row.minutes,
            "in_person": row.in_person,
            "topics": list(row.topics),
            "skills": list(row.skills),
            "evidence": dict(row.evidence),
            "in_a_rehearsal": row.rehearsal,
            "revision": row.revision,
            "written_at": row.written_at.isoformat(),
        }
        for row in rows
    ]


def _forget_done(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(activity).where(activity.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "activities",
            ("activity",),
            msg("What you did here, such as the chats you took part in, and for how many minutes"),
            msg("while you are a member"),
            _done,
            _forget_done,
        ),
    )
)
