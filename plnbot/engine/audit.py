"""The audit log: who changed what, and when. Only ever added to."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Row, insert, select

from plnbot.engine.store import audit
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `person` is None where the bot acted by itself."""

    at: datetime
    person: int | None
    action: str
    subject: str
    detail: Mapping[str, object]


def number_of(entry: Entry) -> int:
    """Return the number of what a line is about, as in `chat:5`."""
    return int(entry.subject.partition(":")[2])


def record(
    tx: Tx,
    network: int,
    person: int | None,
    action: str,
    subject: str,
    *,
    now: datetime,
    **detail: str | int | bool,
) -> None:
    """Write one line, in the transaction that does what it tells of."""
    tx.execute(
        insert(audit).values(
            network_id=network,
            at=now,
            person_id=person,
            action=action,
            subject=subject,
            detail=detail,
        )
    )


def about(tx: Tx, network: int, subject: str, actions: Collection[str]) -> tuple[Entry, ...]:
    """Return the lines of these actions that are about one subject, newest first."""
    rows = tx.execute(
        select(audit)
        .where(
            audit.c.network_id == network,
            audit.c.subject == subject,
            audit.c.action.in_(sorted(actions)),
        )
        .order_by(audit.c.id.desc())
    )
    return tuple(map(_entry, rows))


def entries(tx: Tx, network: int, *, most: int | None = None) -> tuple[Entry, ...]:
    """Return the newest lines of one network, all unless `most`, newest first."""
    rows = tx.execute(
        select(audit).where(audit.c.network_id == network).order_by(audit.c.id.desc()).limit(most)
    )
    return tuple(map(_entry, rows))


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(row.at, row.person_id, row.action, row.subject, row.detail)
