"""Which work may begin: what is due, and nothing of its lane runs or goes before it.

**In order.** Rows are looked at by when they are to run, and each is asked whether it is the first of its
lane. As long as few wait, that is all.

**Fifty thousand in one lane.** A round of introductions waits for a platform that makes fifty places a
minute: all but one of them are due, and none but the first may begin. Whoever asks each of them whether
it is the first asks for nothing, every time that anything ends, and the chat beside them is late. So only
the first `LOOKED_AT` are asked, and not even those where they are of a handful of lanes. Where there are
more, and too few of those may begin, the others are found by their lanes: the first row of each, which is
one step in an index a lane, however much waits in it; what has no lane, by when it is to run; and what
somebody left behind. Each of these is asked the same questions as any row.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from plnbot.engine.store import work
from plnbot.engine.work.rows import PENDING, Urgency, WorkState, is_
from plnbot.store.database import Tx
from plnbot.store.types import Instant
from plnbot.values import dataclass

FIRST, LOOKED_AT = 20, 1_000
"""So many rows are asked one by one whether they may begin: first a few, at most so many."""


def next_at(
    tx: Tx, *, without: Collection[str] = (), shards: Collection[int] | None = None
) -> datetime | None:
    """Return when the next piece of work is to run, or its lease to be taken over.

    What waits for the platforms in `without` does not count; nor other shards, where some are given.
    """
    of, given = _Of(frozenset(without), shards is not None), _these(shards)
    for size in _sizes(tx, 1, None):
        found = tx.execute(_soonest(of, many=size is not None), {**given, **_sized(size)})
        soonest: datetime | None = found.scalar_one_or_none()
        if soonest is not None or size is None:
            return soonest
    return tx.execute(_soonest_of_lanes(of), given).scalar_one_or_none()


def may_begin(
    tx: Tx, by: datetime, most: int, *, without: Collection[str], shards: Collection[int] | None
) -> Mapping[int, datetime]:
    """Return up to `most` rows that are to run by then and may, with when each is to.

    Nobody else takes them until this transaction ends.
    """
    of, given = _Of(frozenset(without), shards is not None), {"by": by, **_these(shards)}
    found: dict[int, datetime] = {}
    for size in _sizes(tx, most, by):
        rows = tx.execute(_due(of, many=size is not None), {**given, **_sized(size), "most": most})
        found |= {row.id: row.run_at for row in rows}  # what was found before is among them
        if len(found) >= most or size is None:
            break
    else:
        rows = tx.execute(_due_of_lanes(of), {**given, "most": most})
        found |= {row.id: row.run_at for row in rows}
    return dict(list(found.items())[:most])


def of_shards(shards: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that work is of these shards; none where all are meant."""
    return () if shards is None else (work.c.shard.in_(shards),)


def _these(shards: Collection[int] | None) -> dict[str, object]:
    return {} if shards is None else {"shards": sorted(shards)}


@dataclass(frozen=True, slots=True)
class _Of:
    """Of which work: not for these platforms, and of some shards alone or of all."""

    without: frozenset[str]
    sharded: bool


def _sizes(tx: Tx, most: int, by: datetime | None) -> Iterator[int | None]:
    """Yield how many rows to ask one by one: a few, which mostly is enough, then more; None for all.

    Where it ends without None, what was not asked is to be found by its lanes.
    """
    when = {} if by is None else {"by": by}
    for size in (max(FIRST, 2 * most), LOOKED_AT):
        if size > LOOKED_AT:
            continue
        if tx.execute(_one_more(by=by is not None), {**_sized(size), **when}).one_or_none() is None:
            yield None
            return
        if size == LOOKED_AT:
            lanes = tx.execute(_lanes_of_first(by=by is not None), {**_sized(size), **when})
            if lanes.scalar_one() < FIRST:
                return
        yield size


def _sized(size: int | None) -> dict[str, object]:
    return {} if size is None else {"size": size}


@cache
def _lanes_of_first(*, by: bool) -> Select[Any]:
    """Return the question of how many lanes the first rows are; no more than that many may begin."""
    first = select(work.c.lane, case((work.c.lane == "", work.c.id)).label("alone"))
    first = first.where(is_(work, *PENDING), *_by(work, by=by))
    each = first.order_by(work.c.run_at, work.c.id).limit(bindparam("size")).subquery()
    return select(func.count(each.c.lane.distinct()) + func.count(each.c.alone))


@cache
def _one_more(*, by: bool) -> Select[Any]:
    another = select(work.c.id).where(is_(work, *PENDING), *_by(work, by=by))
    another = another.order_by(work.c.run_at, work.c.id)
    return another.limit(1).offset(bindparam("size"))


@cache
def _soonest(of: _Of, *, many: bool) -> Select[Any]:
    first = _looked_at(select(work.c.run_at), many=many, by=False).where(*_may_begin(of))
    # Where something more urgent is there besides, it is found instead when it comes to leasing.
    return first.order_by(work.c.run_at).limit(1)


@cache
def _soonest_of_lanes(of: _Of) -> Select[Any]:
    first = _of_leading(of, select(work.c.run_at), by=False)
    return first.order_by(work.c.run_at).limit(1)


@cache
def _due(of: _Of, *, many: bool) -> Select[Any]:
    due = _looked_at(select(work.c.id, work.c.run_at), many=many, by=True)
    return _taken(due.where(*_may_begin(of), _nothing_is_more_urgent()))


@cache
def _due_of_lanes(of: _Of) -> Select[Any]:
    due = _of_leading(of, select(work.c.id, work.c.run_at), by=True)
    return _taken(due.where(_nothing_is_more_urgent()))


_URGENT = sorted(Urgency)[:-1]
"""What something else may have to wait for."""
_SHARDS: BindParameter[int] = bindparam("shards", expanding=True)


def _by(rows: FromClause, *, by: bool) -> tuple[ColumnElement[bool], ...]:
    return (rows.c.run_at <= bindparam("by", type_=Instant),) if by else ()


def _looked_at(chosen: Select[Any], *, many: bool, by: bool) -> Select[Any]:
    """Return what is chosen of pending rows: of all, or where they are many of the first `size`."""
    if not many:
        return chosen.where(is_(work, *PENDING), *_by(work, by=by))
    each = work.alias("each")
    first = select(each.c.id).where(is_(each, *PENDING), *_by(each, by=by))
    first = first.order_by(each.c.run_at, each.c.id).limit(bindparam("size"))
    return _of_these(chosen, first.subquery("looked_at"), by=by)


def _of_these(chosen: Select[Any], rows: FromClause, *, by: bool) -> Select[Any]:
    """Return what is chosen of rows that were found, as far as they are still pending when it is theirs.

    They are not joined: SQLite would go through the whole table for a filter of what to join.

    Where somebody took one meanwhile, PostgreSQL asks the conditions again of the row as it is by then. They
    are put so that no index leads to them: a planner would take it, and walk through all that waits.
    """
    state, run_at = func.coalesce(work.c.state, ""), func.coalesce(work.c.run_at, work.c.due_at)
    found = chosen.where(work.c.id.in_(select(rows.c.id)), state.in_(PENDING))
    return found.where(run_at <= bindparam("by")) if by else found


def _taken(due: Select[Any]) -> Select[Any]:
    """Return at most `most` of them, which nobody else takes meanwhile."""
    ordered = due.order_by(work.c.run_at, work.c.id).limit(bindparam("most"))
    return ordered.with_for_update(skip_locked=True, of=work)


def _of_leading(of: _Of, chosen: Select[Any], *, by: bool) -> Select[Any]:
    """Return what is chosen of rows that are the first of a lane, have none, or were left, and may begin."""
    heads, alone, left = _heads(), work.alias("alone"), work.alias("left")
    without_lane = select(alone.c.id).where(
        is_(alone, *PENDING), alone.c.lane == "", *_by(alone, by=by)
    )
    if of.sharded:
        without_lane = without_lane.where(alone.c.shard.in_(_SHARDS))
    soonest = without_lane.order_by(alone.c.run_at, alone.c.id).limit(LOOKED_AT).subquery()
    leased = select(left.c.id).where(is_(left, WorkState.LEASED))
    leading = union_all(select(heads.c.id), select(soonest.c.id), leased).subquery()
    return _of_these(chosen, leading, by=by).where(*_may_begin(of))


def _heads() -> CTE:
    """Return the first row that waits in each lane, of each urgency; one step in an index for each."""
    order = (work.c.lane, work.c.urgency, work.c.due_at, work.c.id)
    first = select(work.c.id, work.c.lane, work.c.urgency)
    first = first.where(is_(work, WorkState.DUE), work.c.lane > "").order_by(*order).limit(1)
    heads = select(first.subquery()).cte("heads", recursive=True)
    after, head = work.alias("after"), work.alias("head")
    waits = select(after.c.id).where(is_(after, WorkState.DUE)).limit(1)
    waits = waits.order_by(after.c.lane, after.c.urgency, after.c.due_at, after.c.id)
    # Two questions: of both at once SQLite would walk through the lane.
    same, other = after.c.lane == heads.c.lane, after.c.lane > heads.c.lane
    following = func.coalesce(
        waits.where(same, after.c.urgency > heads.c.urgency).scalar_subquery(),
        waits.where(other).scalar_subquery(),
    )
    return heads.union_all(
        select(head.c.id, head.c.lane, head.c.urgency).join(heads, head.c.id == following)
    )


def _may_begin(of: _Of) -> Iterator[ColumnElement[bool]]:
    yield _is_first_of_its_lane()
    if of.sharded:
        yield work.c.shard.in_(_SHARDS)
    for platform in sorted(of.without):
        yield ~work.c.lane.startswith(f"{platform}/", autoescape=True)


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
    return or_(work.c.lane == "", and_(~runs.exists(), _is_none(waits, ahead)))


def _nothing_is_more_urgent() -> ColumnElement[bool]:
    """Nothing that may begin by `by` goes before it in its lane although it was due later.

    Of each urgency that is the first: what waits behind one that is tried later may not begin either.
    """
    return or_(work.c.lane == "", work.c.state != WorkState.DUE, and_(*map(_is_later, _URGENT)))


def _is_later(urgency: Urgency) -> ColumnElement[bool]:
    """Return that the first of an urgency in a row's lane, if there is one, is to run later, or no more urgent."""
    ahead = work.alias("urgent")
    first = select(ahead.c.id, ahead.c.run_at).where(
        ahead.c.lane == work.c.lane, is_(ahead, WorkState.DUE), ahead.c.urgency == urgency.value
    )
    first = first.order_by(ahead.c.lane, ahead.c.urgency, ahead.c.due_at, ahead.c.id).limit(1)
    found = first.correlate(work).subquery()
    now = select(found.c.id).where(found.c.run_at <= bindparam("by"))
    return or_(work.c.urgency <= urgency.value, ~now.exists())


def _is_none(waits: Select[Any], rows: FromClause) -> ColumnElement[bool]:
    """Return that nothing waits there. The first is asked for in the order of an index.

    Of one lane that holds nearly every row PostgreSQL would otherwise think that any row is as good as
    another, and go through the table.
    """
    first = waits.order_by(rows.c.lane, rows.c.urgency, rows.c.due_at, rows.c.id).limit(1)
    return first.scalar_subquery().is_(None)
