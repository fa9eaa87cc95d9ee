"""What goals keep of a member: all of it is theirs."""

from sqlalchemy import delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.goals.store import goal, goal_words, worded_before
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _goals(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(goal).where(goal.c.member_id == whose.id).order_by(goal.c.id))
    return [
        {
            "words": row.words,
            "since": row.since.isoformat(),
            "ended_at": row.ended_at.isoformat() if row.ended_at else None,
            "worded_before": [
                {"words": each.words, "from": each.at.isoformat()}
                for each in worded_before(tx, row.id)
            ],
        }
        for row in rows.all()
    ]


def _forget_goals(tx: Tx, erasure: Erasure) -> None:
    theirs = select(goal.c.id).where(goal.c.member_id == erasure.whose.id)
    tx.execute(delete(goal_words).where(goal_words.c.goal_id.in_(theirs)))
    tx.execute(delete(goal).where(goal.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "goals",
            ("goal", "goal_words"),
            msg("Your goals, those you ended too, and how they were worded before"),
            msg("while you are a member"),
            _goals,
            _forget_goals,
        ),
    )
)
