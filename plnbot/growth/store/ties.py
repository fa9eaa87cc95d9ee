"""Which activities fed which goals, as their member said."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from plnbot.growth.store.tables import tie
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

Ties = Mapping[tuple[int, str], bool]
_SAID = on_both(
    tie,
    lambda new: new.on_conflict_do_update(
        index_elements=["goal_id", "source_ref"],
        set_={each: new.excluded[each] for each in ("fed", "at")},
    ),
)


def say(tx: Tx, goal: int, source: str, member: int, now: datetime, *, fed: bool) -> None:
    """Keep whether what was done in a source fed a goal; what was said last counts."""
    values = {"goal_id": goal, "source_ref": source, "member_id": member, "fed": fed, "at": now}
    tx.execute(_SAID[tx.dialect], values)


def take_off(tx: Tx, goal: int, source: str) -> None:
    """Forget what was said of a source and a goal."""
    tx.execute(delete(tie).where(tie.c.goal_id == goal, tie.c.source_ref == source))


def of_member(tx: Tx, member: int) -> Ties:
    """Return what a member said, by goal and source."""
    rows = tx.execute(select(tie).where(tie.c.member_id == member))
    return {(row.goal_id, row.source_ref): row.fed for row in rows}
