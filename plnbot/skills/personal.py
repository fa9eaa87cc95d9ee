"""What is kept of skills of a member: what they said of what they did."""

from sqlalchemy import delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.skills.store import tagged
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _tagged(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(tagged).where(tagged.c.member_id == whose.id).order_by(tagged.c.id))
    return [
        {"activity": row.source_ref, "skills": list(row.skills), "at": row.at.isoformat()}
        for row in rows
    ]


def _forget(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(tagged).where(tagged.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "skills",
            ("skills_tagged",),
            msg("Which skills your activities touched, as you said"),
            msg("while you are a member"),
            _tagged,
            _forget,
        ),
    ),
    {"skills_carried": "which skills chats, prompts and feeds touch: they are the network's"},
)
