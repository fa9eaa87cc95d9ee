"""Finishing work: how a piece of it ended, by whoever still holds its lease."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from plnbot.engine.store import work
from plnbot.engine.work.leasing import ours
from plnbot.engine.work.rows import HELD_SET, THESE_SET, WAKE, Item, WorkState
from plnbot.store.database import Tx


def finish_all(
    tx: Tx, items: Sequence[Item], state: WorkState, now: datetime, reason: str = ""
) -> frozenset[int]:
    """End many pieces of work alike; return the ids of those whose lease held."""
    ids = ours(tx, items, keep=True)
    if ids:
        ended = {"state": state, "reason": reason, "finished_at": now, "lease_until": None}
        tx.execute(THESE_SET, {"ids": tuple(ids), **ended})
        tx.announce(WAKE)  # the next of their lanes may go on
    return ids


def finish(tx: Tx, item: Item, state: WorkState, now: datetime, reason: str = "") -> bool:
    """End a piece of work; return False when the lease was lost to someone else."""
    return _settle(tx, item, state=state, reason=reason, finished_at=now)


def again(
    tx: Tx,
    item: Item,
    at: datetime,
    reason: str,
    *,
    tried: bool = True,
    failed: bool = False,
    unsure: bool = True,
    sent_at: datetime | None = None,
) -> bool:
    """Plan another try at `at`; return False when the lease was lost.

    Not `tried`: it was not begun. `failed`: by an error of our own, of which there may not be many.
    Not `unsure`: it certainly has not arrived. `sent_at` is given where it was sent just now.
    """
    values: dict[str, object] = {
        "attempts": item.attempts - (not tried),
        "failures": item.failures + failed,
    }
    if not unsure:
        values["unsure"] = False
    if sent_at is not None:
        values["sent_at"] = sent_at
    return _settle(tx, item, state=WorkState.DUE, run_at=at, reason=reason, **values)


def give_back(tx: Tx, items: Collection[Item], at: datetime) -> None:
    """Let go of leases that are still held; whoever is there takes the work on from `at`."""
    for item in items:
        again(tx, item, at, "given back")


def forget_finished(tx: Tx, before: datetime) -> int:
    """Delete what ended before `before`, but not what is parked for an operator."""
    gone = tx.execute(
        delete(work).where(
            work.c.finished_at < before,
            work.c.state.in_((WorkState.DONE, WorkState.CANCELLED, WorkState.REFUSED)),
        )
    )
    return gone.rowcount


def backlog(tx: Tx) -> Mapping[str, int]:
    """Return how many rows stand in each state."""
    rows = tx.execute(select(work.c.state, func.count().label("rows")).group_by(work.c.state))
    return {row.state: row.rows for row in rows}


def _settle(tx: Tx, item: Item, **values: object) -> bool:
    held = {"item": item.id, "held": item.fence}
    settled = tx.execute(HELD_SET, {**held, "lease_until": None, **values})
    tx.announce(WAKE)  # the next of its lane may go on
    return settled.rowcount > 0
