"""Writing school calendars: adding, their days, as what they are taken, what reading them brought."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.calendars.school.model import (
    Calendar,
    Day,
    Entry,
    Kind,
    Reading,
    Source,
    Trouble,
    Whose,
)
from plnbot.calendars.school.store import (
    entry,
    get,
    school_calendar,
    school_day,
    school_file,
    school_kind,
)
from plnbot.calendars.school.taken import plain
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_TAKEN = on_both(
    school_kind,
    lambda new: new.on_conflict_do_update(
        index_elements=["calendar_id", "folded"], set_={"kind": new.excluded.kind}
    ),
)
_IN_JSON = ("added", "gone", "broken", "often", "more")
_MOST_NAMED = 20


def add(
    tx: Tx,
    whose: Whose,
    source: Source,
    now: datetime,
    *,
    by: int,
    zone: str,
    name: str = "",
    address: str = "",
) -> Calendar:
    """Write a calendar down, without days."""
    values = {
        "network_id": whose.network,
        "organisation_id": whose.number,
        "name": name,
        "source": source.value,
        "zone": zone,
        "address": address,
        "added_by": by,
        "added_at": now,
        **_packed(Reading()),
    }
    number = tx.execute(
        insert(school_calendar).values(values).returning(school_calendar.c.id)
    ).scalar_one()
    made = get(tx, number)
    if made is None:
        raise LookupError(number)
    return made


def name(tx: Tx, calendar: int, called: str, zone: str) -> None:
    """Call a calendar as it calls itself, by its own clock."""
    _update(tx, calendar, name=called, zone=zone)


def remove(tx: Tx, calendar: int, now: datetime | None) -> None:
    """Take a calendar away, or bring it back with None."""
    _update(tx, calendar, removed_at=now)


def reading_of(tx: Tx, calendar: int) -> Reading:
    """Return what is known of reading a calendar."""
    row = tx.execute(select(school_calendar).where(school_calendar.c.id == calendar)).one()
    known: dict[str, Any] = {**row.change}
    return Reading(
        row.etag,
        row.last_modified,
        row.digest,
        row.read_at,
        row.changed_at,
        row.failing_since,
        Trouble(row.trouble) if row.trouble else None,
        tuple(known.get("added", ())),
        tuple(known.get("gone", ())),
        known.get("broken", 0),
        known.get("often", 0),
        known.get("more", False),
    )


def note(tx: Tx, calendar: int, reading: Reading) -> None:
    """Keep what is known of reading a calendar."""
    _update(tx, calendar, **_packed(reading))


def days_of(tx: Tx, calendar: int) -> Sequence[Day]:
    """Return everything in a calendar, what says nothing too, in order."""
    rows = tx.execute(
        select(school_day)
        .where(school_day.c.calendar_id == calendar)
        .order_by(school_day.c.first, school_day.c.id)
    )
    return [_day(row) for row in rows]


def day(tx: Tx, number: int) -> Day | None:
    """Return one day, or days, of any calendar."""
    row = tx.execute(select(school_day).where(school_day.c.id == number)).one_or_none()
    return None if row is None else _day(row)


def put_in(tx: Tx, calendar: int, entries: Sequence[Entry]) -> None:
    """Add days, each taken as people take days of its title there."""
    taken = _kinds(tx, calendar)
    rows = [
        {
            "calendar_id": calendar,
            "first": each.first,
            "last": each.last,
            "kind": taken.get(plain(each.title)[:200], each.kind).value,
            "title": each.title,
            "until": each.until,
        }
        for each in entries
    ]
    if rows:
        tx.execute(insert(school_day), rows)


def take_out(tx: Tx, calendar: int, days: Sequence[int]) -> int:
    """Take days out of a calendar; return how many were there."""
    gone = delete(school_day).where(
        school_day.c.calendar_id == calendar, school_day.c.id.in_(list(days))
    )
    return tx.execute(gone).rowcount


def take_as(tx: Tx, of: Day, kind: Kind) -> int:
    """Take everything of one title in a calendar as a kind, now and when it is read again."""
    folded = plain(of.entry.title)[:200]
    values = {"calendar_id": of.calendar, "folded": folded, "kind": kind.value}
    tx.execute(_TAKEN[tx.dialect], values)
    same = [each.id for each in days_of(tx, of.calendar) if plain(each.entry.title)[:200] == folded]
    tx.execute(update(school_day).where(school_day.c.id.in_(same)).values(kind=kind.value))
    return len(same)


def last_day(tx: Tx, calendar: int) -> date | None:
    """Return the last day of which a calendar says anything."""
    found = select(func.max(school_day.c.last)).where(
        school_day.c.calendar_id == calendar, school_day.c.kind != Kind.NOTHING.value
    )
    return tx.execute(found).scalar_one_or_none()


def keep_file(tx: Tx, calendar: int, content: bytes) -> None:
    """Keep a file until it is read."""
    tx.execute(insert(school_file).values(calendar_id=calendar, content=content))


def file_of(tx: Tx, calendar: int) -> bytes | None:
    """Return a file that waits to be read."""
    found = select(school_file.c.content).where(school_file.c.calendar_id == calendar)
    content: bytes | None = tx.execute(found).scalar_one_or_none()
    return None if content is None else bytes(content)


def forget_file(tx: Tx, calendar: int) -> None:
    """Let go of a file that was read."""
    tx.execute(delete(school_file).where(school_file.c.calendar_id == calendar))


def give(tx: Tx, goes: int, stays: int) -> None:
    """Let another member answer for the calendars of one."""
    mine = update(school_calendar).where(school_calendar.c.added_by == goes)
    tx.execute(mine.values(added_by=stays))


def _kinds(tx: Tx, calendar: int) -> Mapping[str, Kind]:
    rows = tx.execute(select(school_kind).where(school_kind.c.calendar_id == calendar))
    return {row.folded: Kind(row.kind) for row in rows}


def _day(row: Row[Any]) -> Day:
    return Day(row.id, row.calendar_id, entry(row))


def _update(tx: Tx, calendar: int, **values: object) -> None:
    tx.execute(update(school_calendar).where(school_calendar.c.id == calendar).values(**values))


def _packed(reading: Reading) -> dict[str, object]:
    known = asdict(reading)
    change = {each: known.pop(each) for each in _IN_JSON}
    for each in ("added", "gone"):
        change[each] = list(change[each])[:_MOST_NAMED]
    return {**known, "trouble": reading.trouble.value if reading.trouble else "", "change": change}
