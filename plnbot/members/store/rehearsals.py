"""Whether this database is a rehearsal's, and how its clock stands."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from plnbot.members.store.tables import installation
from plnbot.store.database import Tx


def rehearsal(tx: Tx) -> tuple[float, datetime, datetime] | None:
    """Return the rate and the two times of this database's rehearsal clock, if it is one."""
    row = tx.execute(select(installation)).one_or_none()
    return None if row is None else (float(row.rate), row.shown_at, row.real_at)


def set_rehearsal(tx: Tx, rate: float, shown_at: datetime, real_at: datetime) -> None:
    """Make this database a rehearsal's."""
    tx.execute(delete(installation))
    tx.execute(
        insert(installation).values(id=1, rate=str(rate), shown_at=shown_at, real_at=real_at)
    )
