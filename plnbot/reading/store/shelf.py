"""What members saved, did, used in class, or want less of; it outlives what it was about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from plnbot.reading.model.things import Thing, ThingKind, Worth
from plnbot.reading.store.library_tables import shelf
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_KNOWN = on_both(
    shelf, lambda new: new.on_conflict_do_nothing(index_elements=["member_id", "kind", "row_id"])
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a member has of one thing, with the thing as it was when they first did something with it."""

    id: int
    network: int
    member: int
    thing: Thing
    title: str
    link: str
    source: str
    note: str
    subjects: tuple[str, ...]
    saved_at: datetime | None = None
    done_at: datetime | None = None
    minutes: int | None = None
    sentence: str = ""
    used_at: datetime | None = None
    less_at: datetime | None = None


def note(tx: Tx, network: int, member: int, worth: Worth, now: datetime, **values: object) -> Kept:
    """Write down what a member does with a thing, which is kept as it is now if it is new to them."""
    first = {
        "network_id": network,
        "member_id": member,
        "kind": worth.thing.kind.value,
        "row_id": worth.thing.row,
        "title": worth.title,
        "link": worth.link,
        "source": worth.source,
        "note": worth.note,
        "subjects": list(worth.subjects),
        "at": now,
        "sentence": "",
    }
    tx.execute(_KNOWN[tx.dialect], first)
    mine = (shelf.c.member_id == member) & _is(worth.thing)
    if values:
        tx.execute(update(shelf).where(mine).values(values))
    return _kept(tx.execute(select(shelf).where(mine)).one())


def get(tx: Tx, member: int, thing: Thing) -> Kept | None:
    """Return what a member has of a thing."""
    mine = (shelf.c.member_id == member) & _is(thing)
    row = tx.execute(select(shelf).where(mine)).one_or_none()
    return None if row is None else _kept(row)


def saved(tx: Tx, member: int, *, most: int = 100) -> Sequence[Kept]:
    """Return what a member saved and has not done, the newest first."""
    mine = (shelf.c.member_id == member) & shelf.c.saved_at.is_not(None) & shelf.c.done_at.is_(None)
    rows = tx.execute(select(shelf).where(mine).order_by(shelf.c.saved_at.desc()).limit(most))
    return [_kept(row) for row in rows]


def done(tx: Tx, member: int, *, most: int = 100) -> Sequence[Kept]:
    """Return what a member is done with, the latest first."""
    mine = (shelf.c.member_id == member) & shelf.c.done_at.is_not(None)
    rows = tx.execute(select(shelf).where(mine).order_by(shelf.c.done_at.desc()).limit(most))
    return [_kept(row) for row in rows]


def touched(tx: Tx, member: int, since: datetime) -> Sequence[Kept]:
    """Return everything that a member has since then: what is to be proposed to them no more."""
    mine = select(shelf).where(shelf.c.member_id == member, shelf.c.at >= since)
    return [_kept(row) for row in tx.execute(mine)]


def tastes(tx: Tx, member: int, most: int = 500) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how a member took to sources, and of which subjects they want less.

    What they saved counts one, done two, used in class three, "less" three against.
    """
    found = select(shelf).where(
        shelf.c.member_id == member,
        or_(
            shelf.c.saved_at.is_not(None),
            shelf.c.done_at.is_not(None),
            shelf.c.less_at.is_not(None),
        ),
    )
    liked: dict[str, int] = {}
    less: dict[str, int] = {}
    for row in tx.execute(found.order_by(shelf.c.id.desc()).limit(most)):
        kept = _kept(row)
        points = 3 if kept.used_at else 2 if kept.done_at else 1
        if kept.less_at is not None:
            points = -3
            for subject in kept.subjects:
                less[subject] = less.get(subject, 0) + 1
        if kept.source:
            liked[kept.source] = liked.get(kept.source, 0) + points
    return liked, less


def _is(thing: Thing) -> Any:  # type: ignore[explicit-any, unused-ignore] # SQLAlchemy's own
    return (shelf.c.kind == thing.kind.value) & (shelf.c.row_id == thing.row)


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        row.id,
        row.network_id,
        row.member_id,
        Thing(ThingKind(row.kind), row.row_id),
        row.title,
        row.link,
        row.source,
        row.note,
        tuple(row.subjects),
        row.saved_at,
        row.done_at,
        row.minutes,
        row.sentence,
        row.used_at,
        row.less_at,
    )
