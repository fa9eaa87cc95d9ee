"""Goals with everything of them, read in a few queries."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.activities.store import Activity, activities_in, activities_of
from plnbot.goals.model import Goal
from plnbot.growth.model import Plan, Reflection
from plnbot.growth.store import plans, ties
from plnbot.store.database import Tx
from plnbot.values import dataclass

_LATELY = 100
"""So many of the latest activities are offered to be tied to a goal."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An activity that may have fed a goal."""

    goal: Goal
    activity: Activity


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal with everything of it: how it is gone about, what fed it, and looking back."""

    goal: Goal
    plan: Plan
    fed: Sequence[Activity]
    reflections: Sequence[Reflection]

    @property
    def since(self) -> datetime | None:
        """When it was looked back on last."""
        return self.reflections[0].at if self.reflections else None

    @property
    def fed_since(self) -> Sequence[Activity]:
        """What fed it since then."""
        since = self.since
        return [each for each in self.fed if since is None or each.done.ended > since]


def standing(tx: Tx, of: Sequence[Goal]) -> Sequence[Standing]:
    """Return everything of goals of one member."""
    if not of:
        return ()
    said = ties.of_member(tx, of[0].member)
    sources = {source for (_goal, source), fed in said.items() if fed}
    done = activities_in(tx, of[0].member, sources)
    numbers = [each.id for each in of]
    planned, looked_back = plans.of_goals(tx, numbers), plans.reflections_of(tx, numbers)
    return [
        Standing(
            each,
            planned.get(each.id, Plan()),
            [one for one in done if said.get((each.id, one.done.source))],
            looked_back.get(each.id, ()),
        )
        for each in of
    ]


def untied(tx: Tx, goal: Goal) -> Sequence[Activity]:
    """Return what its member did lately that is not tied to a goal, whatever they said of it."""
    said = ties.of_member(tx, goal.member)
    lately = activities_of(tx, goal.member, _LATELY)
    return [each for each in lately if not said.get((goal.id, each.done.source))]
