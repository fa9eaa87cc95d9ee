"""Whether a database is a rehearsal: one whose clock runs faster than life, and stays apart from it.

What is done there, or shown as a demo, was never done: nobody has credit from it.
"""

from datetime import datetime

from sqlalchemy import delete, insert, select

from plnbot.engine.clock import RehearsalClock
from plnbot.engine.store import installation
from plnbot.store.database import Tx

_CLOCK = select(installation)


def rehearsal(tx: Tx) -> RehearsalClock | None:
    """Return the clock of this database's rehearsal, as it was set last; None where it is real."""
    row = tx.execute(_CLOCK).one_or_none()
    return None if row is None else RehearsalClock(float(row.rate), row.shown_at, row.real_at)


def set_rehearsal(tx: Tx, rate: float, shown_at: datetime, real_at: datetime) -> None:
    """Make this database a rehearsal's, for good: another time may be set, and never none."""
    tx.execute(delete(installation))
    tx.execute(
        insert(installation).values(id=1, rate=str(rate), shown_at=shown_at, real_at=real_at)
    )
