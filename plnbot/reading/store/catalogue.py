"""Entries of catalogues, and what members report of links."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select, update

from plnbot.reading.model.feeds import Audience
from plnbot.reading.model.things import About, Entry, EntryKind, Thing, ThingKind
from plnbot.reading.store.library_tables import entry, report
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_REPORTED = on_both(report, lambda new: new.on_conflict_do_nothing().returning(report.c.member_id))


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry as somebody lists it: where, known by which key, what, and when it goes by itself."""

    link: str
    key: str
    about: About
    ends: datetime | None


def add(tx: Tx, network: int, listing: Listing, now: datetime, *, by: int) -> int:
    """Write an entry down; return its number."""
    values = {"network_id": network, **_values(listing), "added_by": by, "added_at": now}
    return int(tx.execute(insert(entry).values(values).returning(entry.c.id)).scalar_one())


def change(tx: Tx, number: int, listing: Listing) -> None:
    """Say otherwise what an entry is, and where."""
    tx.execute(update(entry).where(entry.c.id == number).values(_values(listing)))


def take_out(tx: Tx, number: int, at: datetime | None) -> None:
    """Take an entry out at an instant, or put it back."""
    tx.execute(update(entry).where(entry.c.id == number).values(removed_at=at))


def get(tx: Tx, number: int) -> Entry | None:
    """Return an entry, one that was taken out too."""
    row = tx.execute(select(entry).where(entry.c.id == number)).one_or_none()
    return None if row is None else as_entry(row)


def of_key(tx: Tx, network: int, key: str, now: datetime) -> Entry | None:
    """Return the entry that is offered under a link, known by its key."""
    found = select(entry).where(entry.c.network_id == network, entry.c.key == key, _offered(now))
    row = tx.execute(found.order_by(entry.c.id).limit(1)).one_or_none()
    return None if row is None else as_entry(row)


def offered(tx: Tx, network: int, now: datetime, *, most: int = 200) -> Sequence[Entry]:
    """Return a network's entries that are offered: what takes place soonest first, then the newest."""
    found = select(entry).where(entry.c.network_id == network, _offered(now))
    rows = tx.execute(
        found.order_by(entry.c.begins_at.is_(None), entry.c.begins_at, entry.c.id.desc()).limit(
            most
        )
    )
    return [as_entry(row) for row in rows]


def add_report(tx: Tx, network: int, thing: Thing, member: int, now: datetime) -> bool:
    """Note that a member found a link dead; False where they said so before."""
    values = {
        "kind": thing.kind.value,
        "row_id": thing.row,
        "member_id": member,
        "network_id": network,
        "at": now,
    }
    return tx.execute(_REPORTED[tx.dialect], values).one_or_none() is not None


def reported(tx: Tx, network: int, *, most: int = 20) -> Sequence[tuple[Thing, int]]:
    """Return what links are reported as dead and by how many, the most first."""
    many = func.count().label("many")
    found = select(report.c.kind, report.c.row_id, many).where(report.c.network_id == network)
    rows = tx.execute(
        found.group_by(report.c.kind, report.c.row_id)
        .order_by(many.desc(), func.min(report.c.at))
        .limit(most)
    )
    return [(Thing(ThingKind(row.kind), row.row_id), row.many) for row in rows]


def is_reported(tx: Tx, thing: Thing) -> bool:
    """Return whether somebody reports a thing's link as dead."""
    mine = (report.c.kind == thing.kind.value) & (report.c.row_id == thing.row)
    return tx.execute(select(report.c.at).where(mine).limit(1)).one_or_none() is not None


def settle_reports(tx: Tx, thing: Thing) -> None:
    """Forget what was reported of a thing."""
    mine = (report.c.kind == thing.kind.value) & (report.c.row_id == thing.row)
    tx.execute(delete(report).where(mine))


def as_entry(row: Row[Any]) -> Entry:
    """Return the entry of a row."""
    about = About(
        kind=EntryKind(row.kind),
        title=row.title,
        provider=row.provider,
        cost=row.cost,
        minutes=row.minutes,
        subjects=tuple(row.subjects),
        grades=tuple(row.grades),
        skills=tuple(row.skills),
        audience=Audience(row.audience),
        note=row.note,
        begins=row.begins_at,
        until=date.fromisoformat(row.until) if row.until else None,
    )
    return Entry(
        row.id, row.network_id, row.link, about, row.added_by, row.added_at, row.ends_at,
        row.removed_at,
    )  # fmt: skip


def _offered(now: datetime) -> Any:  # type: ignore[explicit-any, unused-ignore] # SQLAlchemy's own
    return entry.c.removed_at.is_(None) & or_(entry.c.ends_at.is_(None), entry.c.ends_at > now)


def _values(listing: Listing) -> dict[str, object]:
    about = listing.about
    return {
        "link": listing.link,
        "key": listing.key,
        "ends_at": listing.ends,
        "kind": about.kind.value,
        "title": about.title,
        "provider": about.provider,
        "cost": about.cost,
        "minutes": about.minutes,
        "subjects": list(about.subjects),
        "grades": list(about.grades),
        "skills": list(about.skills),
        "audience": about.audience.value,
        "note": about.note,
        "begins_at": about.begins,
        "until": about.until.isoformat() if about.until else "",
    }
