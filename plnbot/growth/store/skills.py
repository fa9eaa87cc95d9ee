"""Which skills an activity touched, as its member tagged it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from plnbot.growth.store.tables import tagged
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_KEPT = on_both(
    tagged,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id", "source_ref"],
        set_={each: new.excluded[each] for each in ("skills", "at")},
    ),
)


def keep(tx: Tx, member: int, source: str, skills: Sequence[str], now: datetime) -> None:
    """Keep which skills what was done in a source touched, none of them too; what was said last counts."""
    values = {"member_id": member, "source_ref": source, "skills": list(skills), "at": now}
    tx.execute(_KEPT[tx.dialect], values)


def of_member(tx: Tx, member: int) -> Mapping[str, tuple[str, ...]]:
    """Return what a member tagged, by source."""
    rows = tx.execute(select(tagged).where(tagged.c.member_id == member))
    return {row.source_ref: tuple(row.skills) for row in rows}
