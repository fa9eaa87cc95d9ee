"""The table of activities and its port: write, correct, read.

`write` and `correct` belong in the unit of work in which the thing itself ends, so that either both
are there or neither. Nothing here changes or deletes a row; an erasure does (`personal`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    select,
    tuple_,
)

from plnbot.activities.model import Done, Role
from plnbot.engine.rehearsing import rehearsal
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.talk.words import msg
from plnbot.values import dataclass

LONGEST_TITLE = 200
MOST = 10_000
activity = Table(
    "activity",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("role", String(12), nullable=False),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant, nullable=False),
    Column("minutes", Integer, nullable=True),
    Column("in_person", Boolean, nullable=False),
    Column("topics", Json, nullable=False),
    Column("skills", Json, nullable=False),
    Column("source_ref", String(80), nullable=False),
    Column("evidence", Json, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("written_at", Instant, nullable=False),
    UniqueConstraint("source_ref", "member_id", "revision"),
    Index("ix_activity_member", "member_id", "started"),
    # A number that somebody noted must not come to mean another activity after an erasure.
    sqlite_autoincrement=True,
)
_WRITTEN = on_both(activity, lambda new: new.on_conflict_do_nothing().returning(activity.c.id))
_newer = activity.alias("newer")
_STANDS = ~exists().where(
    _newer.c.source_ref == activity.c.source_ref,
    _newer.c.member_id == activity.c.member_id,
    _newer.c.revision > activity.c.revision,
)
_STANDING = select(activity).where(_STANDS)
_BY_ID = _STANDING.where(activity.c.id == bindparam("activity"))
_THEIRS = (
    _STANDING.where(activity.c.member_id == bindparam("member"))
    .order_by(activity.c.started.desc(), activity.c.id.desc())
    .limit(bindparam("most"))
)
_THEIRS_BEFORE = _THEIRS.where(
    tuple_(activity.c.started, activity.c.id)
    < tuple_(bindparam("started", type_=activity.c.started.type), bindparam("before"))
)
_OF_SOURCES = _STANDING.where(
    activity.c.member_id == bindparam("member"),
    activity.c.source_ref.in_(bindparam("sources", expanding=True)),
).order_by(activity.c.started.desc(), activity.c.id.desc())

_AFTER = (
    select(activity)
    .where(activity.c.id > bindparam("after"))
    .order_by(activity.c.id)
    .limit(bindparam("most"))
)
_BEFORE = (
    select(activity)
    .where(
        activity.c.source_ref == bindparam("source"),
        activity.c.member_id == bindparam("member"),
        activity.c.revision < bindparam("revision"),
    )
    .order_by(activity.c.revision.desc())
    .limit(1)
)
_AT = (
    select(activity)
    .where(
        activity.c.source_ref == bindparam("source"),
        activity.c.member_id == bindparam("member"),
        activity.c.id <= bindparam("upto"),
    )
    .order_by(activity.c.revision.desc())
    .limit(1)
)
_SINCE = select(func.count().label("many"), func.sum(activity.c.minutes).label("minutes")).where(
    _STANDS,
    activity.c.member_id == bindparam("member"),
    activity.c.started >= bindparam("since", type_=activity.c.started.type),
    activity.c.rehearsal.is_(False),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """What stands of something that was done. In a `rehearsal`, nobody did it."""

    id: int
    done: Done
    rehearsal: bool
    revision: int
    written_at: datetime


def write(tx: Tx, done: Sequence[Done], now: datetime) -> int:
    """Write down what members did; return how many of it were new.

    For one source and member, what stands there already stays as it is: to write the same end again
    does nothing. Titles are cut to `LONGEST_TITLE`. Whoever shows a member their own is told.
    """
    shown = rehearsal(tx) is not None
    made = [
        each
        for each in done
        if tx.execute(_WRITTEN[tx.dialect], _row(each, 1, now, shown=shown)).one_or_none()
    ]
    for each in made:
        tx.announce(f"member:{each.member}")
    return len(made)


def correct(tx: Tx, standing: Activity, to: Done, now: datetime) -> int:
    """Let `to` stand in place of what stands now; return the number of the new row.

    `to` has the same network, member and source, or `ValueError` is raised. Raises `Refused` where
    somebody has corrected it meanwhile.
    """
    before = standing.done
    if (to.network, to.member, to.source) != (before.network, before.member, before.source):
        raise ValueError("a correction is of the same member's same activity")
    row = _row(to, standing.revision + 1, now, shown=standing.rehearsal)
    made: int | None = tx.execute(_WRITTEN[tx.dialect], row).scalar_one_or_none()
    if made is None:
        raise Refused(msg("Somebody has changed this meanwhile. Please look again."))
    tx.announce(f"member:{to.member}")
    return made


def get_activity(tx: Tx, activity_id: int) -> Activity | None:
    """Return an activity that stands; None where there is none, or it is superseded."""
    row = tx.execute(_BY_ID, {"activity": activity_id}).one_or_none()
    return None if row is None else _activity(row)


def activities_of(
    tx: Tx, member: int, most: int = MOST, *, before: Activity | None = None
) -> tuple[Activity, ...]:
    """Return what a member did, newest first: the latest `most`, or the `most` before one of them."""
    where: dict[str, object] = {"member": member, "most": most}
    query: Select[tuple[object, ...]] = _THEIRS
    if before is not None:
        query = _THEIRS_BEFORE
        where |= {"started": before.done.started, "before": before.id}
    return tuple(map(_activity, tx.execute(query, where)))


def activities_in(tx: Tx, member: int, sources: Collection[str]) -> tuple[Activity, ...]:
    """Return what a member did in these sources, newest first, as it stands."""
    found = tx.execute(_OF_SOURCES, {"member": member, "sources": list(sources)}) if sources else ()
    return tuple(map(_activity, found))


def written_after(tx: Tx, after: int, most: int) -> tuple[Activity, ...]:
    """Return what was written down behind a row, in its order: corrections too, and what they replaced."""
    return tuple(map(_activity, tx.execute(_AFTER, {"after": after, "most": most})))


def before(tx: Tx, correction: Activity) -> Activity | None:
    """Return what stood before a correction; None where it is the first, or that is gone."""
    if correction.revision == 1:
        return None
    done = correction.done
    asked = {"source": done.source, "member": done.member, "revision": correction.revision}
    row = tx.execute(_BEFORE, asked).one_or_none()
    return None if row is None else _activity(row)


def stood_at(tx: Tx, member: int, source: str, upto: int) -> Activity | None:
    """Return what stood of what a member did in a source when no row behind this one was written."""
    row = tx.execute(_AT, {"member": member, "source": source, "upto": upto}).one_or_none()
    return None if row is None else _activity(row)


def members_since(tx: Tx, since: datetime) -> tuple[int, ...]:
    """Return of whom something was written down since then; rehearsals do not count."""
    found = select(activity.c.member_id).where(
        activity.c.written_at >= since, activity.c.rehearsal.is_(False)
    )
    return tuple(tx.execute(found.distinct().order_by(activity.c.member_id)).scalars())


def in_time(tx: Tx, member: int, since: datetime) -> tuple[int, int]:
    """Return how many things a member did since then, and their minutes; rehearsals do not count."""
    row = tx.execute(_SINCE, {"member": member, "since": since}).one()
    return row.many, row.minutes or 0


def _row(done: Done, revision: int, now: datetime, *, shown: bool) -> dict[str, object]:
    return {
        "network_id": done.network,
        "member_id": done.member,
        "kind": done.kind,
        "role": done.role.value,
        "title": done.title[:LONGEST_TITLE],
        "started": done.started,
        "ended": done.ended,
        "minutes": done.minutes,
        "in_person": done.in_person,
        "topics": list(done.topics),
        "skills": list(done.skills),
        "source_ref": done.source,
        "evidence": dict(done.evidence),
        "rehearsal": shown,
        "revision": revision,
        "written_at": now,
    }


def _activity(row: Row[tuple[object, ...]]) -> Activity:
    done = Done(
        row.network_id,
        row.member_id,
        row.kind,
        Role(row.role),
        row.title,
        row.started,
        row.ended,
        row.minutes,
        row.source_ref,
        row.in_person,
        tuple(row.topics),
        tuple(row.skills),
        row.evidence,
    )
    return Activity(row.id, done, row.rehearsal, row.revision, row.written_at)
