"""Which of a member's drafts they sent or set aside. A draft itself is made of what they did, whenever it is looked at."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from plnbot.credit.store.tables import draft
from plnbot.engine.ports import Person
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

SENT, ASIDE = "sent", "aside"
_MARKED = on_both(
    draft,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id", "source_ref"],
        set_={"state": new.excluded.state, "at": new.excluded.at},
    ),
)


def mark(tx: Tx, person: Person, source: str, state: str, now: datetime) -> None:
    """Note what became of a draft."""
    values = {
        "network_id": person.network.id,
        "member_id": person.id,
        "source_ref": source,
        "state": state,
        "at": now,
    }
    tx.execute(_MARKED[tx.dialect], values)
    tx.announce(f"member:{person.id}")


def unmark(tx: Tx, member: int, source: str) -> None:
    """Let a draft wait again."""
    tx.execute(delete(draft).where(draft.c.member_id == member, draft.c.source_ref == source))
    tx.announce(f"member:{member}")


def states(tx: Tx, member: int) -> Mapping[str, str]:
    """Return what became of a member's drafts, by what they came from."""
    rows = tx.execute(select(draft).where(draft.c.member_id == member))
    return {row.source_ref: row.state for row in rows}
