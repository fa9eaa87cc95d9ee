"""How members go about their goals, and how they looked back on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from plnbot.goals.model import Indicator
from plnbot.growth.model import Change, Plan, Reflection
from plnbot.growth.store.tables import plan, reflection
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_KEPT = on_both(
    plan,
    lambda new: new.on_conflict_do_update(
        index_elements=["goal_id"],
        set_={each: new.excluded[each] for each in ("indicators", "own", "weeks", "due_at")},
    ),
)


def keep(tx: Tx, goal: int, member: int, given: Plan) -> None:
    """Keep how a member goes about a goal."""
    values = {
        "goal_id": goal,
        "member_id": member,
        "indicators": [each.value for each in given.indicators],
        "own": given.own,
        "weeks": given.weeks,
        "due_at": given.due,
    }
    tx.execute(_KEPT[tx.dialect], values)


def postpone(tx: Tx, goal: int, due: datetime | None) -> None:
    """Keep when a goal is to be looked back on next."""
    tx.execute(update(plan).where(plan.c.goal_id == goal).values(due_at=due))


def of_goals(tx: Tx, goals: Collection[int]) -> Mapping[int, Plan]:
    """Return how these goals are gone about; a goal of which nothing was said has no place in it."""
    rows = tx.execute(select(plan).where(plan.c.goal_id.in_(goals)))
    return {
        row.goal_id: Plan(tuple(map(Indicator, row.indicators)), row.own, row.weeks, row.due_at)
        for row in rows
    }


def add_reflection(tx: Tx, goal: int, member: int, given: Reflection) -> None:
    """Keep a look back."""
    tx.execute(
        insert(reflection).values(
            goal_id=goal,
            member_id=member,
            at=given.at,
            words=given.words,
            changes={name.value: change.value for name, change in given.changes.items()},
            own=given.own,
        )
    )


def reflections_of(tx: Tx, goals: Collection[int]) -> Mapping[int, Sequence[Reflection]]:
    """Return how these goals were looked back on, the latest first."""
    found: dict[int, list[Reflection]] = {}
    rows = tx.execute(
        select(reflection)
        .where(reflection.c.goal_id.in_(goals))
        .order_by(reflection.c.at.desc(), reflection.c.id.desc())
    )
    for row in rows:
        changes = {Indicator(name): Change(change) for name, change in row.changes.items()}
        found.setdefault(row.goal_id, []).append(Reflection(row.at, row.words, changes, row.own))
    return found
