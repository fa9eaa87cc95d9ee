"""Leasing work: what may begin now, whose lease holds, and what becomes of a lease left behind."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    select,
    text,
    tuple_,
    update,
)

from plnbot.engine.store import work
from plnbot.engine.work.beginning import may_begin, of_shards
from plnbot.engine.work.rows import (
    HELD_SET,
    PENDING,
    PROGRESS,
    THESE_SET,
    UNREADABLE,
    WAKE,
    Item,
    WorkState,
    is_,
    item_of,
)
from plnbot.store.database import Tx
from plnbot.store.types import Instant

_LOCK = 0x706C6E
_ONE_AT_A_TIME = text(
    "SELECT pg_advisory_xact_lock(:lock, shard) FROM unnest(cast(:shards AS int[])) AS shard"
)
_HELD = select(work.c.id, work.c.fence).where(
    work.c.id.in_(bindparam("ids", expanding=True)), work.c.state == WorkState.LEASED
)
# In one order, so that two who end many at once do not wait for each other.
_HELD_AND_KEPT = _HELD.order_by(work.c.id).with_for_update()
_SENDING = (
    update(work)
    .where(work.c.id.in_(bindparam("ids", expanding=True)))
    .values(sent_at=case((work.c.unsure, work.c.sent_at), else_=bindparam("now", type_=Instant)))
)
_LEASED = (
    update(work)
    .where(work.c.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=work.c.attempts + 1, fence=work.c.fence + 1)
    .returning(work)
)


def busy_shards(tx: Tx, by: datetime, shards: Collection[int] | None = None) -> frozenset[int]:
    """Return which shards have work that is to run by then, of these where some are given."""
    found = select(work.c.shard).where(is_(work, *PENDING), work.c.run_at <= by, *of_shards(shards))
    return frozenset(tx.execute(found.distinct()).scalars())


def lease(
    tx: Tx,
    now: datetime,
    until: datetime,
    most: int,
    *,
    without: Collection[str] = (),
    shards: Collection[int] | None = None,
    holder: str = "",
) -> tuple[Item, ...]:
    """Take up to `most` pieces of work that are to run by `now`, each the first of its lane.

    Nothing is taken for the platforms in `without`, and only of `shards` where some are given.
    `holder` is the process that takes it, where there are several.

    A leased row's `run_at` is the end of its lease, so that one index finds both the due and the
    abandoned.
    """
    if tx.dialect == "postgresql" and shards:
        # One at a time for a lane: two who look at the same moment may find a different first.
        tx.execute(_ONE_AT_A_TIME, {"lock": _LOCK, "shards": sorted(shards)})
    planned = may_begin(tx, now, most, without=without, shards=shards)
    if not planned:
        return ()
    leased = {"state": WorkState.LEASED, "lease_until": until, "run_at": until, "holder": holder}
    rows = tx.execute(_LEASED, {"ids": tuple(planned), **leased})
    try:
        items = [item_of(row, planned[row.id]) for row in rows]
    except UNREADABLE:
        items = _readable(tx, planned, now)
    return tuple(sorted(items, key=lambda item: (item.due_at, item.id)))


def taken_before(tx: Tx, items: Collection[Item]) -> tuple[Item, ...]:
    """Return which of these were leased by an earlier run of the same unit of work.

    A unit runs again when the reply to its commit was lost: then its leases stand.
    """
    ours = {(item.id, item.fence, item.until): item for item in items}
    stand = tx.execute(
        select(work.c.id, work.c.fence, work.c.lease_until).where(
            work.c.id.in_([item.id for item in items]), work.c.state == WorkState.LEASED
        )
    )
    found = (ours.get((row.id, row.fence, row.lease_until)) for row in stand)
    return tuple(item for item in found if item is not None)


def ours(tx: Tx, items: Sequence[Item], *, keep: bool = False) -> frozenset[int]:
    """Return the ids of those whose lease holds at this moment.

    With `keep`, nobody takes or ends them until this transaction has.
    """
    fences = {item.id: item.fence for item in items}
    held = tx.execute(_HELD_AND_KEPT if keep else _HELD, {"ids": tuple(fences)})
    return frozenset(row.id for row in held if row.fence == fences[row.id])


def about_to_send(
    tx: Tx, items: Sequence[Item], now: datetime, until: datetime, *, unsure: bool
) -> frozenset[int]:
    """Note, before sending, that they may arrive; return the ids of those whose lease held.

    Where an earlier attempt may have arrived, the instant of that one stays: it is looked for first.

    The lease begins anew: whatever came before the sending, there is time for all of it.
    """
    held = ours(tx, items, keep=True) if items else frozenset()
    if held:
        noted = {"unsure": unsure, "lease_until": until, "run_at": until}
        ids = {"ids": tuple(held)}
        if unsure:
            tx.execute(_SENDING, {**ids, **noted, "now": now})
        else:
            tx.execute(THESE_SET, {**ids, **noted})
    return held


def renew(tx: Tx, items: Sequence[Item], until: datetime) -> frozenset[int]:
    """Let leases last until then; return the ids of those that held."""
    held = ours(tx, items, keep=True)
    if held:
        tx.execute(THESE_SET, {"ids": tuple(held), "lease_until": until, "run_at": until})
    return held


def note_progress(tx: Tx, item: Item, done: int, of: int) -> bool:
    """Note how far a leased piece of work is; return False when the lease was lost."""
    held = {"item": item.id, "held": item.fence}
    payload = {**item.payload, PROGRESS: [done, of]}
    return tx.execute(HELD_SET, {**held, "payload": payload}).rowcount > 0


def take_over(tx: Tx, now: datetime, *, but_of: Select[str] | None = None) -> int:
    """End every lease, but those of the holders given; returns how many there were.

    For a process that knows that nobody else is at it. Who was after all has lost the fence. Where
    holders are given, a lease of nobody's runs out by itself, and one that begins meanwhile stands.
    """
    ended = update(work).where(is_(work, WorkState.LEASED))
    if but_of is not None:
        ended = ended.where(work.c.id.in_(_left_behind(tx, but_of)))
    ended = ended.values(state=WorkState.DUE, run_at=now, fence=work.c.fence + 1, lease_until=None)
    taken = tx.execute(ended).rowcount
    if taken:
        tx.announce(WAKE)
    return taken


def _readable(tx: Tx, planned: Mapping[int, datetime], now: datetime) -> list[Item]:
    """Return those of these rows that can be read; the others are parked, and hold up nobody."""
    items = []
    for row_id, run_at in planned.items():
        try:
            row = tx.execute(select(work).where(work.c.id == row_id)).one()
            items.append(item_of(row, run_at))
        except UNREADABLE:
            tx.execute(
                update(work)
                .where(work.c.id == row_id)
                .values(
                    state=WorkState.PARKED,
                    reason="what is written in its row cannot be read",
                    lease_until=None,
                    finished_at=now,
                )
            )
    return items


def _left_behind(tx: Tx, living: Select[str]) -> tuple[int, ...]:
    """Return the leases of holders that do not live, without those that somebody is at right now.

    Looked at twice, by their fences: a row that is taken between the two is somebody's who lives.
    """
    theirs = and_(work.c.holder != "", work.c.holder.not_in(living))
    seen = select(work.c.id, work.c.fence).where(is_(work, WorkState.LEASED), theirs)
    found = [tuple(row) for row in tx.execute(seen)]
    if not found:
        return ()
    still = select(work.c.id).where(tuple_(work.c.id, work.c.fence).in_(found))
    return tuple(tx.execute(still.with_for_update(skip_locked=True)).scalars())
