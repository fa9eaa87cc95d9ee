"""What people act on: a pathway, and a step of one that they walk."""

from plnbot.engine.context import Context
from plnbot.engine.objects import Object
from plnbot.engine.roles import Role, needs
from plnbot.pathways import store
from plnbot.pathways.model import Step, steps_of
from plnbot.pathways.store import Pathway
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

LAYS = needs(Role.CURATOR)
_GONE = msg("This pathway is not there. `/pln pathways` shows which are.")
_NOT_ON_IT = msg("Take the pathway first: then you can choose its steps.")


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step with its pathway."""

    pathway: Pathway
    step: Step


def _step(tx: Tx, row: str) -> StepOf | None:
    first, _, second = row.partition("-")
    one = store.get(tx, row_number(first))
    if one is None:
        return None
    found = next((each for each in steps_of(one.menu) if each.id == row_number(second)), None)
    return StepOf(one, found) if found else None


def _not_walking(context: Context, of: StepOf) -> Sentence | None:
    walk = store.walks_of(context.tx, context.person.id).get(of.pathway.id)
    return _NOT_ON_IT if walk is None or walk.left else None


A_PATHWAY: Object[Pathway] = Object(
    "pathway",
    load=lambda tx, row: store.get(tx, row_number(row)),
    network=lambda one: one.network,
    scope=lambda one: f"pathway:{one.id}",
    gone=_GONE,
)
A_STEP: Object[StepOf] = Object(
    "step of a pathway",
    load=_step,
    network=lambda of: of.pathway.network,
    scope=lambda of: f"pathway:{of.pathway.id}",
    gone=_GONE,
    closed=_not_walking,
)
