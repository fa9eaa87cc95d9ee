"""What an operator may do with work: look at it, try it again, park it, cancel it.

Each is a small transaction that holds its row, so it may come from another process beside the
running bot. Work that is being done at that moment is left alone: whether it arrived is about to be
known.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, select, update

from plnbot.engine import audit, outbox
from plnbot.engine.store import work
from plnbot.engine.work.rows import WorkState
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

OPEN = (WorkState.DUE, WorkState.LEASED, WorkState.PARKED)
PARKED_BY_HAND = "parked by an operator"


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece of work as it stands. `payload` may hold what members wrote.

    `holder` is the process that does it at this moment, where several share the work.
    """

    id: int
    key: str
    kind: str
    network: int | None
    state: WorkState
    platform: str
    due_at: datetime
    run_at: datetime
    attempts: int
    holder: str
    reason: str
    payload: object


def listed(
    tx: Tx, states: Collection[WorkState], *, kind: str = "", most: int = 50
) -> tuple[Standing, ...]:
    """Return work in these states, what waits longest first."""
    found = select(work).where(work.c.state.in_([each.value for each in states]))
    if kind:
        found = found.where(work.c.kind.startswith(kind, autoescape=True))
    rows = tx.execute(found.order_by(work.c.run_at, work.c.id).limit(most))
    return tuple(_standing(row) for row in rows)


def one(tx: Tx, number: int) -> Standing:
    """Return one piece of work; raises `Refused` where there is none of this number."""
    row = tx.execute(select(work).where(work.c.id == number).with_for_update()).one_or_none()
    if row is None:
        raise Refused(msg("There is no work of the number {number}.", number=number))
    return _standing(row)


def retry(tx: Tx, number: int, now: datetime) -> Standing:
    """Let it be done now, as if it were due only now; a post is looked for before it is sent."""
    what = _at_rest(tx, number, now)
    renewed = {} if what.state is WorkState.DUE else {"due_at": now}
    return _change(
        tx,
        what,
        now,
        "retried",
        state=WorkState.DUE,
        run_at=now,
        failures=0,
        unsure=what.kind == outbox.POST,
        reason="",
        finished_at=None,
        **renewed,
    )


def park(tx: Tx, number: int, now: datetime) -> Standing:
    """Keep it from being done until somebody says `retry`."""
    what = _at_rest(tx, number, now)
    if what.state is not WorkState.DUE and what.state is not WorkState.LEASED:
        raise Refused(msg("Work {number} does not wait to be done.", number=number))
    return _change(
        tx, what, now, "parked", state=WorkState.PARKED, reason=PARKED_BY_HAND, finished_at=now
    )


def cancel(tx: Tx, number: int, now: datetime) -> Standing:
    """Take it back for good."""
    what = _at_rest(tx, number, now)
    return _change(tx, what, now, "cancelled", state=WorkState.CANCELLED, finished_at=now)


def _at_rest(tx: Tx, number: int, now: datetime) -> Standing:
    what = one(tx, number)
    if what.state is WorkState.LEASED and what.run_at > now:
        raise Refused(
            msg("Work {number} is being done right now. Look again in a moment.", number=number)
        )
    if what.state is WorkState.DONE:
        raise Refused(msg("Work {number} is done already.", number=number))
    return what


def _change(tx: Tx, what: Standing, now: datetime, action: str, **values: object) -> Standing:
    tx.execute(
        update(work)
        .where(work.c.id == what.id)
        .values(fence=work.c.fence + 1, lease_until=None, **values)
    )
    if what.network is not None:
        audit.record(tx, what.network, None, f"work.{action}", f"work:{what.id}", now=now)
    return one(tx, what.id)


def _standing(row: Row[tuple[object, ...]]) -> Standing:
    return Standing(
        row.id,
        row.key,
        row.kind,
        row.network_id,
        WorkState(row.state),
        row.lane.partition("/")[0],
        row.due_at,
        row.run_at,
        row.attempts,
        row.holder if row.state == WorkState.LEASED else "",
        row.reason,
        row.payload,
    )
