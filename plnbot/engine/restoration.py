"""After a restore: what was due by then may have been done already, by the database that was lost.

Nothing says which of it was. So whatever was due by the moment of the restore, and whatever that
makes due at once, is looked for on its platform before it is sent; where a platform cannot look,
it waits for an operator. A plan that moved asks its next questions later than the lost database
did, so for a day everything is looked for where that is possible.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select, update

from plnbot.engine import outbox
from plnbot.engine.store import restoration, work
from plnbot.engine.work import Item
from plnbot.store.database import Tx

NEVER = datetime.min.replace(tzinfo=UTC)
LOOKED_FOR = timedelta(days=1)
HELD = "may stand already, from before the restore: look, then `work retry` or `work cancel`"


def note(tx: Tx, at: datetime) -> None:
    """Remember that this database was restored at `at`."""
    tx.execute(insert(restoration).values(at=at))


def latest(tx: Tx) -> datetime:
    """Return when this database was last restored from a backup; `NEVER` where it was not."""
    return tx.execute(select(func.max(restoration.c.at))).scalar_one() or NEVER


@contextlib.contextmanager
def followed(tx: Tx, item: Item, now: datetime, restored_at: datetime) -> Iterator[None]:
    """Let what the block plans for now count as due by the restore, where `item` was itself."""
    if item.due_at > restored_at:
        yield
        return
    newest = tx.execute(select(func.max(work.c.id))).scalar_one() or 0
    yield
    _follows_from_before(tx, newest, now, restored_at)


def _follows_from_before(tx: Tx, newer_than: int, now: datetime, restored_at: datetime) -> None:
    tx.execute(
        update(work)
        .where(
            work.c.id > newer_than,
            work.c.due_at <= now,
            work.c.kind != outbox.EDIT,
        )
        .values(due_at=restored_at)
    )
