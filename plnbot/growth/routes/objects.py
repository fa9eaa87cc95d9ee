"""What people act on: a goal of theirs, and a goal with something that they did."""

from plnbot.activities.store import Activity, get_activity
from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.goals.model import Goal
from plnbot.goals.store import get_goal
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_GONE = msg("This goal is not there. `/pln goals` shows yours.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A goal and something that was done."""

    goal: Goal
    activity: Activity


def _not_mine(context: Context, goal: Goal) -> Sentence | None:
    return None if goal.member == context.person.id else _GONE


def _pair(tx: Tx, row: str) -> Pair | None:
    first, _, second = row.partition("-")
    goal, activity = get_goal(tx, row_number(first)), get_activity(tx, row_number(second))
    return Pair(goal, activity) if goal and activity else None


def _pair_not_mine(context: Context, pair: Pair) -> Sentence | None:
    me = context.person.id
    return None if pair.goal.member == me == pair.activity.done.member else _GONE


MY_GOAL: Object[Goal] = Object(
    "goal",
    load=lambda tx, row: get_goal(tx, row_number(row)),
    network=lambda goal: goal.network,
    scope=lambda goal: f"goal:{goal.id}",
    gone=_GONE,
    closed=_not_mine,
)
MY_PAIR: Object[Pair] = Object(
    "goal and activity",
    load=_pair,
    network=lambda pair: pair.goal.network,
    scope=lambda pair: f"goal:{pair.goal.id}",
    gone=_GONE,
    closed=_pair_not_mine,
)
