"""A row of work: its states, what of it is handed to who does it, and which shard it falls to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from zlib import crc32

from sqlalchemy import ColumnElement, FromClause, Row, bindparam, literal_column, update

from plnbot.engine.store import work
from plnbot.values import dataclass

Payload = Mapping[str, object]
WAKE = "work"
LEASE = timedelta(seconds=60)
SHARDS = 16
"""Parts that processes share the work by; another number needs every row numbered anew."""
UNREADABLE = (TypeError, ValueError, OverflowError)


class WorkState(StrEnum):
    """Where a piece of work stands."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"
    CANCELLED = "cancelled"


class Urgency(IntEnum):
    """What goes first in its lane, of what is due: the lower."""

    TIMED = 0
    """What was promised for an hour: a question, a prompt, the welcome."""
    ORDINARY = 10
    """What somebody has done just now."""
    COURTESY = 20
    """What is nice to have, and no worse for coming a minute later: greetings."""


PENDING = (WorkState.DUE, WorkState.LEASED)
THESE_SET = update(work).where(work.c.id.in_(bindparam("ids", expanding=True)))
HELD_SET = update(work).where(
    work.c.id == bindparam("item"),
    work.c.fence == bindparam("held"),
    work.c.state == bindparam("leased", WorkState.LEASED),
)
PROGRESS = "progress"
"""In the payload of work that says how far it is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One leased piece of work. `fence` proves the lease, which lasts `until`.

    It is to run at `run_at`: when it was due, or for another try later.

    `attempts` counts this one, `failures` those before it that ended in an error of our own.
    `unsure` says that an earlier attempt may have arrived although nobody noted it; the last was
    made at `sent_at`.
    """

    id: int
    key: str
    kind: str
    network: int | None
    lane: str
    due_at: datetime
    run_at: datetime
    payload: Payload
    attempts: int
    failures: int
    unsure: bool
    fence: int
    until: datetime
    sent_at: datetime | None = None
    urgency: Urgency = Urgency.ORDINARY


def shard_of(lane: str, key: str) -> int:
    """Return which part of the work a row belongs to; a lane is never in two."""
    return crc32((lane or key).encode()) % SHARDS


def platform_of(item: Item) -> str:
    """Return the platform that a piece of work waits for, or an empty string."""
    return item.lane.partition("/")[0]


def item_of(row: Row[tuple[object, ...]], run_at: datetime) -> Item:
    """Return what is leased by a row that was planned to run at `run_at`."""
    return Item(
        row.id,
        row.key,
        row.kind,
        row.network_id,
        row.lane,
        row.due_at,
        run_at,
        row.payload,
        row.attempts,
        row.failures,
        row.unsure,
        row.fence,
        row.lease_until,
        row.sent_at,
        Urgency(row.urgency),
    )


def is_(table: FromClause, *states: WorkState) -> ColumnElement[bool]:
    """Return the condition with its states written out: SQLite uses a partial index only then."""
    written: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    return table.c.state == written[0] if len(states) == 1 else table.c.state.in_(written)
