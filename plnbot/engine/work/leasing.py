"""Leasing work: what may begin now, whose lease holds, and what becomes of a lease left behind."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    or_,
    select,
    text,
    tuple_,
    update,
)

from plnbot.engine.store import work
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


def next_at(
    tx: Tx, *, without: Collection[str] = (), shards: Collection[int] | None = None
) -> datetime | None:
    """Return when the next piece of work is to run, or its lease to be taken over.

    What waits for the platforms in `without` does not count; nor other shards, where some are given.
    """
    found = tx.execute(_soonest(frozenset(without), sharded=shards is not None), _these(shards))
    return found.scalar_one_or_none()


def busy_shards(tx: Tx, by: datetime, shards: Collection[int] | None = None) -> frozenset[int]:
    """Return which shards have work that is to run by then, of these where some are given."""
    found = select(work.c.shard).where(is_(work, *PENDING), work.c.run_at <= by, *_in(shards))
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
    due = _due(frozenset(without), sharded=shards is not None)
    found = tx.execute(due, {"by": now, "most": most, **_these(shards)})
    planned = {row.id: row.run_at for row in found}
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


@cache
def _soonest(without: frozenset[str], *, sharded: bool) -> Select[tuple[datetime]]:
    # Where something more urgent is there besides, it is found instead when it comes to leasing.
    first = select(work.c.run_at).where(*_may_begin(without, sharded=sharded))
    return first.order_by(work.c.run_at).limit(1)


@cache
def _due(without: frozenset[str], *, sharded: bool) -> Select[tuple[int, datetime]]:
    """Return what is to run by `by`, at most `most`, which nobody else takes meanwhile."""
    due = select(work.c.id, work.c.run_at).where(
        work.c.run_at <= bindparam("by"),
        *_may_begin(without, sharded=sharded),
        or_(work.c.lane == "", ~_more_urgent().exists()),
    )
    ordered = due.order_by(work.c.run_at, work.c.id).limit(bindparam("most"))
    return ordered.with_for_update(skip_locked=True)


def _may_begin(without: frozenset[str], *, sharded: bool) -> Iterator[ColumnElement[bool]]:
    yield is_(work, *PENDING)
    yield _is_first_of_its_lane()
    if sharded:
        yield work.c.shard.in_(bindparam("shards", expanding=True))
    for platform in sorted(without):
        yield ~work.c.lane.startswith(f"{platform}/", autoescape=True)


def _these(shards: Collection[int] | None) -> dict[str, object]:
    return {} if shards is None else {"shards": sorted(shards)}


def _in(shards: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if shards is None else (work.c.shard.in_(shards),)


def _is_first_of_its_lane() -> ColumnElement[bool]:
    """Nothing in its lane runs, unless it is this, left by somebody; nothing as urgent is earlier.

    What is as urgent and was due earlier keeps its place, whenever it is tried next. Two questions, so
    that each is one step in an index however much waits in the lane.
    """
    ahead = work.alias("ahead")
    is_earlier = tuple_(ahead.c.due_at, ahead.c.id) < tuple_(work.c.due_at, work.c.id)
    in_lane = select(ahead.c.id).where(ahead.c.lane == work.c.lane)
    runs = in_lane.where(
        is_(ahead, WorkState.LEASED), or_(work.c.state == WorkState.DUE, is_earlier)
    )
    waits = in_lane.where(
        is_(ahead, WorkState.DUE),
        ahead.c.urgency == work.c.urgency,
        is_earlier,
        work.c.state == WorkState.DUE,
    )
    return or_(work.c.lane == "", and_(~runs.exists(), ~waits.exists()))


def _more_urgent() -> Select[tuple[int]]:
    """Return what goes before a row in its lane although it was due later: it may begin by `by`, too."""
    ahead = work.alias("urgent")
    return select(ahead.c.id).where(
        ahead.c.lane == work.c.lane,
        is_(ahead, WorkState.DUE),
        ahead.c.urgency < work.c.urgency,
        ahead.c.run_at <= bindparam("by"),
        work.c.state == WorkState.DUE,
    )
