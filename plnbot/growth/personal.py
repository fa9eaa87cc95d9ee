"""What growth keeps of a member: all of it is theirs."""

from sqlalchemy import Table, delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.goals.store import goal
from plnbot.growth.store.tables import plan, reflection, tie
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _plans(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(plan, goal.c.words)
        .join(goal, goal.c.id == plan.c.goal_id)
        .where(plan.c.member_id == whose.id)
        .order_by(plan.c.goal_id)
    )
    return [
        {
            "goal": row.words,
            "indicators": list(row.indicators),
            "own_word": row.own,
            "every_weeks": row.weeks,
            "look_back_at": row.due_at.isoformat() if row.due_at else None,
        }
        for row in rows
    ]


def _ties(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(tie, goal.c.words)
        .join(goal, goal.c.id == tie.c.goal_id)
        .where(tie.c.member_id == whose.id)
        .order_by(tie.c.goal_id, tie.c.source_ref)
    )
    return [
        {"goal": row.words, "activity": row.source_ref, "fed_it": row.fed, "at": row.at.isoformat()}
        for row in rows
    ]


def _reflections(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(reflection, goal.c.words.label("goal"))
        .join(goal, goal.c.id == reflection.c.goal_id)
        .where(reflection.c.member_id == whose.id)
        .order_by(reflection.c.id)
    )
    return [
        {
            "goal": row.goal,
            "at": row.at.isoformat(),
            "words": row.words,
            "changes": dict(row.changes),
            "own_word": row.own,
        }
        for row in rows
    ]


def _forget(tx: Tx, erasure: Erasure, table: Table) -> None:

    tx.execute(delete(table).where(table.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "growth_plans",
            ("growth_plan",),
            msg("By what you see that something changes, and how often you look back"),
            msg("while you are a member"),
            _plans,
            lambda tx, erasure: _forget(tx, erasure, plan),
        ),
        Holding(
            "growth_ties",
            ("growth_tie",),
            msg("Which activities fed which of your goals, as you said"),
            msg("while you are a member"),
            _ties,
            lambda tx, erasure: _forget(tx, erasure, tie),
        ),
        Holding(
            "growth_reflections",
            ("growth_reflection",),
            msg("What you wrote when you looked back on your goals"),
            msg("while you are a member"),
            _reflections,
            lambda tx, erasure: _forget(tx, erasure, reflection),
        ),
    )
)
