"""How much stands under one thing, counted where it lies: its card is shown anew with each new answer."""

from collections.abc import Mapping

from sqlalchemy import bindparam, func, literal, select, union_all

from plnbot.gathering.store.answers import OF_WHOLE
from plnbot.gathering.store.reading import READABLE
from plnbot.gathering.store.tables import answer, unnamed
from plnbot.store.database import Tx
from plnbot.values import dataclass

_UNDER_IT = (unnamed.c.kind == bindparam("kind"), unnamed.c.under_id == bindparam("whole"))
_TALLY = union_all(
    select(literal(value=True).label("named"), answer.c.choice, func.count().label("many"))
    .where(*OF_WHOLE, *READABLE)
    .group_by(answer.c.choice),
    select(literal(value=False), literal(""), func.count()).where(*_UNDER_IT, unnamed.c.shown),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers everybody may read by name and without one, and how often each option was chosen.

    Who answers without a name is not counted in `chosen`; what moderators hid is, in `unnamed`.
    """

    named: int
    unnamed: int
    chosen: Mapping[str, int]


def tally(tx: Tx, kind: str, whole: int) -> Tally:
    """Return how much stands under a thing that is answered as a whole."""
    rows = tx.execute(_TALLY, {"kind": kind, "whole": whole}).all()
    named = {row.choice: row.many for row in rows if row.named}
    unnamed_too = sum(row.many for row in rows if not row.named)
    chosen = {choice: many for choice, many in named.items() if choice}
    return Tally(sum(named.values()), unnamed_too, chosen)
