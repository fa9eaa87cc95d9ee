"""The work queue: durable rows that say what is to be done later, or outside.

A row goes `due → leased → done | refused | parked`, or back to `due` for another try; a planned one
may be `cancelled`. A lease carries a fencing number: whoever finishes an item must still hold it.
Rows of one lane run one after another, in the order they were due; one that arrives late waits for
what runs already.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from zlib import crc32

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)

from plnbot.engine.store import work
from plnbot.store.database import Tx
from plnbot.store.inserts import Insert, on_both

Payload = Mapping[str, object]
WAKE = "work"
LEASE = timedelta(seconds=60)
_LOCK = 0x706C6E
_ONE_AT_A_TIME = text(
    "SELECT pg_advisory_xact_lock(:lock, shard) FROM unnest(cast(:shards AS int[])) AS shard"
)
SHARDS = 16
"""Parts that processes share the work by; another number needs every row numbered anew."""
_UNREADABLE = (TypeError, ValueError, OverflowError)


class State(StrEnum):
    """Where a piece of work stands."""

    DUE = "due"
    LEASED = "leased"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"
    CANCELLED = "cancelled"


PENDING = (State.DUE, State.LEASED)


def _put_anew(new: Insert) -> Executable:
    renewed: dict[str, object] = {
        each.name: each for each in new.excluded if each.name not in {"id", "key", "fence"}
    }
    renewed["fence"] = work.c.fence + 1
    return new.on_conflict_do_update(index_elements=["key"], set_=renewed)


# What happens with every interaction and every post is said once: to say it costs more than to do it.
_ADDED = on_both(
    work, lambda new: new.on_conflict_do_nothing(index_elements=["key"]).returning(work.c.id)
)
_PUT = on_both(work, _put_anew)
_HELD = select(work.c.id, work.c.fence).where(
    work.c.id.in_(bindparam("ids", expanding=True)), work.c.state == State.LEASED
)
# In one order, so that two who end many at once do not wait for each other.
_HELD_AND_KEPT = _HELD.order_by(work.c.id).with_for_update()
_THESE_SET = update(work).where(work.c.id.in_(bindparam("ids", expanding=True)))
_HELD_SET = update(work).where(
    work.c.id == bindparam("item"),
    work.c.fence == bindparam("held"),
    work.c.state == bindparam("leased", State.LEASED),
)
_LEASED = (
    update(work)
    .where(work.c.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=work.c.attempts + 1, fence=work.c.fence + 1)
    .returning(work)
)
_BEGUN = (
    select(work.c.lane, work.c.network_id, work.c.state, work.c.attempts)
    .where(work.c.key == bindparam("key"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Item:
    """One leased piece of work. `fence` proves the lease, which lasts `until`.

    It is to run at `run_at`: when it was due, or for another try later.

    `attempts` counts this one, `failures` those before it that ended in an error of our own.
    `unsure` says that an earlier attempt may have arrived although nobody noted it.
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


def shard_of(lane: str, key: str) -> int:
    """Return which part of the work a row belongs to; a lane is never in two."""
    return crc32((lane or key).encode()) % SHARDS


def add(  # noqa: PLR0913 - the parts of a work row
    tx: Tx,
    kind: str,
    key: str,
    at: datetime,
    payload: Payload,
    *,
    lane: str = "",
    network: int | None = None,
) -> bool:
    """Plan work once: a key that was ever used before is left as it is, and False returned."""
    values = _new(kind, key, at, payload, lane, network)
    added = tx.execute(_ADDED[tx.dialect], values).one_or_none()
    _wake(tx, shard_of(lane, key), at)
    return added is not None


def put(  # noqa: PLR0913 - the parts of a work row
    tx: Tx,
    kind: str,
    key: str,
    at: datetime,
    payload: Payload,
    *,
    lane: str = "",
    network: int | None = None,
) -> None:
    """Plan work, or plan it anew: one row a key, whatever became of it before.

    A run of the old plan that is still going on loses its lease.
    """
    tx.execute(_PUT[tx.dialect], _new(kind, key, at, payload, lane, network))
    _wake(tx, shard_of(lane, key), at)


def cancel(tx: Tx, key: str, now: datetime) -> bool:
    """Take planned work back; return False when there is none waiting under this key."""
    ended = {"state": State.CANCELLED, "finished_at": now, "lease_until": None}
    return tx.execute(_TAKEN_BACK, {"named": key, **ended}).rowcount > 0


def next_at(
    tx: Tx, *, without: Collection[str] = (), shards: Collection[int] | None = None
) -> datetime | None:
    """Return when the next piece of work is to run, or its lease to be taken over.

    What waits for the platforms in `without` does not count; nor other shards, where some are given.
    """
    found = tx.execute(_soonest(frozenset(without), sharded=shards is not None), _these(shards))
    return found.scalar_one_or_none()


def platform_of(item: Item) -> str:
    """Return the platform that a piece of work waits for, or an empty string."""
    return item.lane.partition("/")[0]


def lease(  # noqa: PLR0913 - which work, for how long
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
    leased = {"state": State.LEASED, "lease_until": until, "run_at": until, "holder": holder}
    rows = tx.execute(_LEASED, {"ids": tuple(planned), **leased})
    try:
        items = [_item(row, planned[row.id]) for row in rows]
    except _UNREADABLE:
        items = _readable(tx, planned, now)
    return tuple(sorted(items, key=lambda item: (item.due_at, item.id)))


def taken_before(tx: Tx, items: Collection[Item]) -> tuple[Item, ...]:
    """Return which of these were leased by an earlier run of the same unit of work.

    A unit runs again when the reply to its commit was lost: then its leases stand.
    """
    ours = {(item.id, item.fence, item.until): item for item in items}
    stand = tx.execute(
        select(work.c.id, work.c.fence, work.c.lease_until).where(
            work.c.id.in_([item.id for item in items]), work.c.state == State.LEASED
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
    tx: Tx, items: Sequence[Item], until: datetime, *, unsure: bool
) -> frozenset[int]:
    """Note, before sending, that they may arrive; return the ids of those whose lease held.

    The lease begins anew: whatever came before the sending, there is time for all of it.
    """
    held = ours(tx, items, keep=True) if items else frozenset()
    if held:
        noted = {"unsure": unsure, "lease_until": until, "run_at": until}
        tx.execute(_THESE_SET, {"ids": tuple(held), **noted})
    return held


def finish_all(
    tx: Tx, items: Sequence[Item], state: State, now: datetime, reason: str = ""
) -> frozenset[int]:
    """End many pieces of work alike; return the ids of those whose lease held."""
    ids = ours(tx, items, keep=True)
    if ids:
        ended = {"state": state, "reason": reason, "finished_at": now, "lease_until": None}
        tx.execute(_THESE_SET, {"ids": tuple(ids), **ended})
        tx.announce(WAKE)  # the next of their lanes may go on
    return ids


def finish(tx: Tx, item: Item, state: State, now: datetime, reason: str = "") -> bool:
    """End a piece of work; return False when the lease was lost to someone else."""
    return _settle(tx, item, state=state, reason=reason, finished_at=now)


def again(  # noqa: PLR0913 - how an attempt may have ended
    tx: Tx,
    item: Item,
    at: datetime,
    reason: str,
    *,
    tried: bool = True,
    failed: bool = False,
    unsure: bool = True,
) -> bool:
    """Plan another try at `at`; return False when the lease was lost.

    Not `tried`: it was not begun. `failed`: by an error of our own, of which there may not be many.
    Not `unsure`: it certainly has not arrived.
    """
    values = {"attempts": item.attempts - (not tried), "failures": item.failures + failed}
    if not unsure:
        values["unsure"] = False
    return _settle(tx, item, state=State.DUE, run_at=at, reason=reason, **values)


def give_back(tx: Tx, items: Collection[Item], at: datetime) -> None:
    """Let go of leases that are still held; whoever is there takes the work on from `at`."""
    for item in items:
        again(tx, item, at, "given back")


def take_over(tx: Tx, now: datetime, *, but_of: Select[str] | None = None) -> int:
    """End every lease, but those of the holders given; returns how many there were.

    For a process that knows that nobody else is at it. Who was after all has lost the fence. Where
    holders are given, a lease of nobody's runs out by itself, and one that begins meanwhile stands.
    """
    ended = update(work).where(_is(work, State.LEASED))
    if but_of is not None:
        ended = ended.where(work.c.id.in_(_left_behind(tx, but_of)))
    ended = ended.values(state=State.DUE, run_at=now, fence=work.c.fence + 1, lease_until=None)
    taken = tx.execute(ended).rowcount
    if taken:
        tx.announce(WAKE)
    return taken


def forget_finished(tx: Tx, before: datetime) -> int:
    """Delete what ended before `before`, but not what is parked for an operator."""
    gone = tx.execute(
        delete(work).where(
            work.c.finished_at < before,
            work.c.state.in_((State.DONE, State.CANCELLED, State.REFUSED)),
        )
    )
    return gone.rowcount


def backlog(tx: Tx) -> Mapping[str, int]:
    """Return how many rows stand in each state."""
    rows = tx.execute(select(work.c.state, func.count().label("rows")).group_by(work.c.state))
    return {row.state: row.rows for row in rows}


def planned_for(tx: Tx, key: str) -> datetime | None:
    """Return when work of this key was due the last time, or None where there was none."""
    return tx.execute(select(work.c.due_at).where(work.c.key == key)).scalar_one_or_none()


def waiting(tx: Tx, keys: Collection[str]) -> Mapping[str, datetime]:
    """Return when each of these keys is planned to run, for those that are."""
    rows = tx.execute(
        select(work.c.key, work.c.run_at).where(work.c.key.in_(keys), _is(work, *PENDING))
    )
    return {row.key: row.run_at for row in rows}


def begun(tx: Tx, key: str) -> tuple[str, int | None] | None:
    """Return lane and network of work that was tried and has not ended, or None.

    Nobody begins or ends it until this transaction has.
    """
    row = tx.execute(_BEGUN, {"key": key}).one_or_none()
    if row is None or row.state not in PENDING or row.attempts == 0:
        return None
    return row.lane, row.network_id


def _item(row: Row[tuple[object, ...]], run_at: datetime) -> Item:
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
    )


def _readable(tx: Tx, planned: Mapping[int, datetime], now: datetime) -> list[Item]:
    """Return those of these rows that can be read; the others are parked, and hold up nobody."""
    items = []
    for row_id, run_at in planned.items():
        try:
            row = tx.execute(select(work).where(work.c.id == row_id)).one()
            items.append(_item(row, run_at))
        except _UNREADABLE:
            tx.execute(
                update(work)
                .where(work.c.id == row_id)
                .values(
                    state=State.PARKED,
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
    seen = select(work.c.id, work.c.fence).where(_is(work, State.LEASED), theirs)
    found = [tuple(row) for row in tx.execute(seen)]
    if not found:
        return ()
    still = select(work.c.id).where(tuple_(work.c.id, work.c.fence).in_(found))
    return tuple(tx.execute(still.with_for_update(skip_locked=True)).scalars())


@cache
def _soonest(without: frozenset[str], *, sharded: bool) -> Select[tuple[datetime]]:
    first = select(work.c.run_at).where(*_may_begin(without, sharded=sharded))
    return first.order_by(work.c.run_at).limit(1)


@cache
def _due(without: frozenset[str], *, sharded: bool) -> Select[tuple[int, datetime]]:
    """Return what is to run by `by`, at most `most`, which nobody else takes meanwhile."""
    due = select(work.c.id, work.c.run_at).where(
        work.c.run_at <= bindparam("by"), *_may_begin(without, sharded=sharded)
    )
    ordered = due.order_by(work.c.run_at, work.c.id).limit(bindparam("most"))
    return ordered.with_for_update(skip_locked=True)


def _may_begin(without: frozenset[str], *, sharded: bool) -> Iterator[ColumnElement[bool]]:
    yield _is(work, *PENDING)
    yield _is_first_of_its_lane()
    if sharded:
        yield work.c.shard.in_(bindparam("shards", expanding=True))
    for platform in sorted(without):
        yield ~work.c.lane.startswith(f"{platform}/", autoescape=True)


def _these(shards: Collection[int] | None) -> dict[str, object]:
    return {} if shards is None else {"shards": sorted(shards)}


def busy_shards(tx: Tx, by: datetime, shards: Collection[int] | None = None) -> frozenset[int]:
    """Return which shards have work that is to run by then, of these where some are given."""
    found = select(work.c.shard).where(_is(work, *PENDING), work.c.run_at <= by, *_in(shards))
    return frozenset(tx.execute(found.distinct()).scalars())


def _in(shards: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if shards is None else (work.c.shard.in_(shards),)


def _wake(tx: Tx, shard: int, at: datetime) -> None:
    tx.announce(WAKE)
    tx.soonest[shard] = min(at, tx.soonest.get(shard, at))


def _is_first_of_its_lane() -> ColumnElement[bool]:
    """Nothing in its lane runs, unless it is this, left by somebody; nothing that waits is earlier.

    Two questions, so that each is one step in an index however much waits in the lane.
    """
    ahead = work.alias("ahead")
    is_earlier = tuple_(ahead.c.due_at, ahead.c.id) < tuple_(work.c.due_at, work.c.id)
    in_lane = select(ahead.c.id).where(ahead.c.lane == work.c.lane)
    runs = in_lane.where(_is(ahead, State.LEASED), or_(work.c.state == State.DUE, is_earlier))
    waits = in_lane.where(_is(ahead, State.DUE), is_earlier, work.c.state == State.DUE)
    return or_(work.c.lane == "", and_(~runs.exists(), ~waits.exists()))


def _is(table: FromClause, *states: State) -> ColumnElement[bool]:
    """Return the condition with its states written out: SQLite uses a partial index only then."""
    written: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    return table.c.state == written[0] if len(states) == 1 else table.c.state.in_(written)


_TAKEN_BACK = (
    update(work)
    .where(work.c.key == bindparam("named"), _is(work, *PENDING))
    .values(fence=work.c.fence + 1)
)


def _new(  # noqa: PLR0913 - the parts of a work row
    kind: str, key: str, at: datetime, payload: Payload, lane: str, network: int | None
) -> dict[str, object]:
    return {
        "key": key,
        "kind": kind,
        "network_id": network,
        "lane": lane,
        "shard": shard_of(lane, key),
        "due_at": at,
        "run_at": at,
        "payload": dict(payload),
        "state": State.DUE.value,
        "attempts": 0,
        "failures": 0,
        "unsure": False,
        "fence": 0,
        "lease_until": None,
        "holder": "",
        "reason": "",
        "finished_at": None,
    }


def _settle(tx: Tx, item: Item, **values: object) -> bool:
    held = {"item": item.id, "held": item.fence}
    settled = tx.execute(_HELD_SET, {**held, "lease_until": None, **values})
    tx.announce(WAKE)  # the next of its lane may go on
    return settled.rowcount > 0
