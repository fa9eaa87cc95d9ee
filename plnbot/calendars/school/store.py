"""School calendars and their days, and which of them count for whom."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    column,
    delete,
    or_,
    select,
    table,
)

from plnbot.calendars.school.model import TERMS, Calendar, Entry, Kind, Reach, Source, Whose
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

school_calendar = Table(
    "school_calendar",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("organisation_id", Id, ForeignKey("organisation.id"), nullable=True),
    Column("name", String(120), nullable=False),
    Column("source", String(10), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("address", String(1000), nullable=False),
    Column("added_by", Id, ForeignKey("member.id"), nullable=True),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant, nullable=True),
    # What an address said last.
    Column("etag", String(300), nullable=False),
    Column("last_modified", String(100), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("read_at", Instant, nullable=True),
    Column("changed_at", Instant, nullable=True),
    Column("failing_since", Instant, nullable=True),
    Column("trouble", String(40), nullable=False),
    Column("change", Json, nullable=False),
)
school_day = Table(
    "school_day",
    metadata,
    Column("id", Id, primary_key=True),
    Column("calendar_id", Id, ForeignKey("school_calendar.id"), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("title", String(200), nullable=False),
    Column("until", String(5), nullable=False),
    Index("ix_school_day_calendar", "calendar_id", "last"),
)
school_kind = Table(
    "school_kind",
    metadata,
    Column("id", Id, primary_key=True),
    Column("calendar_id", Id, ForeignKey("school_calendar.id"), nullable=False),
    Column("folded", String(200), nullable=False),
    Column("kind", String(10), nullable=False),
    UniqueConstraint("calendar_id", "folded"),
)
school_file = Table(
    "school_file",
    metadata,
    Column("calendar_id", Id, ForeignKey("school_calendar.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# These two are the members' own, whose room stands above this one: read here, never written.
_member = table("member", *map(column, ("id", "network_id", "district_id", "school_id")))
_organisation = table(
    "organisation",
    *map(
        column,
        ("id", "network_id", "kind", "name", "state", "district_id", "settled", "merged_into"),
    ),
)

_STANDING = select(school_calendar).where(
    school_calendar.c.network_id == bindparam("network"), school_calendar.c.removed_at.is_(None)
)
_BY_ID = select(school_calendar).where(school_calendar.c.id == bindparam("number"))
_PLACE = select(_organisation).where(_organisation.c.id == bindparam("number"))
_PLACE_OF = select(_member.c.district_id, _member.c.school_id).where(
    _member.c.id == bindparam("member")
)
_MERGED = select(_organisation.c.id, _organisation.c.merged_into).where(
    _organisation.c.network_id == bindparam("network"), _organisation.c.merged_into.is_not(None)
)
_ENTRIES = (
    select(school_day)
    .where(
        school_day.c.calendar_id.in_(bindparam("calendars", expanding=True)),
        school_day.c.kind != Kind.NOTHING.value,
        # Terms, wherever they lie, say what lies between them.
        or_(
            school_day.c.kind.in_(each.value for each in TERMS),
            and_(
                school_day.c.last >= bindparam("since"),
                school_day.c.first <= bindparam("until_day"),
            ),
        ),
    )
    .order_by(school_day.c.first, school_day.c.id)
)
_PLACES = (
    select(_member.c.district_id, _member.c.school_id)
    .where(_member.c.network_id == bindparam("network"))
    .distinct()
)


def get(tx: Tx, number: int) -> Calendar | None:
    """Return a calendar of any network, one that was removed too while it can be brought back."""
    row = tx.execute(_BY_ID, {"number": number}).one_or_none()
    if row is None:
        return None
    merged = {
        each.id: each.merged_into for each in tx.execute(_MERGED, {"network": row.network_id})
    }
    return _calendar(row, merged)


def whose(tx: Tx, number: int) -> Whose | None:
    """Return a district or school that stands, of any network."""
    row = tx.execute(_PLACE, {"number": number}).one_or_none()
    if row is None or row.merged_into is not None:
        return None
    name = f"{row.name} ({row.state})" if row.state else row.name
    return Whose(row.network_id, Reach(row.kind), row.id, name, row.district_id)


def places_with_members(tx: Tx, network: int) -> Sequence[Whose]:
    """Return a network's settled districts in which somebody is, by name."""
    there = select(_member.c.district_id).where(_member.c.network_id == network)
    rows = tx.execute(
        select(_organisation)
        .where(
            _organisation.c.network_id == network,
            _organisation.c.settled,
            _organisation.c.merged_into.is_(None),
            _organisation.c.id.in_(there),
        )
        .order_by(_organisation.c.name, _organisation.c.id)
    )
    return [
        Whose(
            network, Reach(row.kind), row.id, f"{row.name} ({row.state})" if row.state else row.name
        )
        for row in rows
    ]


def place_of(tx: Tx, member: int) -> tuple[int | None, int | None]:
    """Return a member's district and school, each None where they told of none."""
    row = tx.execute(_PLACE_OF, {"member": member}).one_or_none()
    return (None, None) if row is None else (row.district_id, row.school_id)


def calendars_of(tx: Tx, network: int) -> Sequence[Calendar]:
    """Return a network's calendars that stand, each with what its district or school is by now."""
    rows = tx.execute(_STANDING.order_by(school_calendar.c.id), {"network": network}).all()
    if not rows:
        return ()
    merged = {row.id: row.merged_into for row in tx.execute(_MERGED, {"network": network})}
    return tuple(_calendar(row, merged) for row in rows)


def entries_of(
    tx: Tx, calendars: Sequence[int], first: date, last: date
) -> Mapping[int, Sequence[Entry]]:
    """Return what calendars say that reaches into these days, but for what says nothing."""
    found: dict[int, list[Entry]] = {each: [] for each in calendars}
    if calendars:
        asked = {"calendars": list(calendars), "since": first, "until_day": last}
        for row in tx.execute(_ENTRIES, asked):
            found[row.calendar_id].append(entry(row))
    return found


def places_of(tx: Tx, network: int) -> Sequence[tuple[int | None, int | None]]:
    """Return in which districts and schools a network's members are, each pair once."""
    return [(row.district_id, row.school_id) for row in tx.execute(_PLACES, {"network": network})]


def members_in(
    tx: Tx, network: int, places: Sequence[tuple[int | None, int | None]]
) -> frozenset[int]:
    """Return the members of a network who are in one of these districts and schools."""
    if not places:
        return frozenset()
    of_two = [
        _member.c.district_id.is_not_distinct_from(district)
        & _member.c.school_id.is_not_distinct_from(school)
        for district, school in places
    ]
    found = select(_member.c.id).where(_member.c.network_id == network, or_(*of_two))
    return frozenset(tx.execute(found).scalars())


def forget_removed(tx: Tx, before: datetime) -> None:
    """Take away for good what was removed before then."""
    gone = select(school_calendar.c.id).where(school_calendar.c.removed_at < before)
    numbers = tuple(tx.execute(gone).scalars())
    for each in (school_day, school_kind, school_file):
        tx.execute(delete(each).where(each.c.calendar_id.in_(numbers)))
    tx.execute(delete(school_calendar).where(school_calendar.c.id.in_(numbers)))


def entry(row: Row[Any]) -> Entry:
    """Return what stands in a row of days."""
    return Entry(row.first, row.last, Kind(row.kind), row.title, row.until)


def _calendar(row: Row[Any], merged: Mapping[int, int]) -> Calendar:
    organisation = row.organisation_id
    while organisation in merged:
        organisation = merged[organisation]
    return Calendar(
        row.id,
        row.network_id,
        organisation,
        row.name,
        Source(row.source),
        row.zone,
        row.address,
        row.added_by,
        row.removed_at,
    )
