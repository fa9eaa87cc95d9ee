"""Schedules of prompts, and the rooms in which they ask."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from plnbot.prompts.model import Kind, PromptRoom, PromptSchedule
from plnbot.prompts.store.tables import room, schedule
from plnbot.refs import Place
from plnbot.schedules import Schedule, from_text
from plnbot.store.database import Tx
from plnbot.store.rows import AnyRow
from plnbot.values import dataclass

_BY_ID = select(schedule).where(schedule.c.id == bindparam("schedule"))
_LOCKED = _BY_ID.with_for_update(key_share=True)
_ROOMS = (
    select(room)
    .where(room.c.schedule_id == bindparam("schedule"), room.c.left_at.is_(None))
    .order_by(room.c.id)
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an organiser wants of a schedule."""

    title: str
    schedule: Schedule
    pack: str
    stale_after: timedelta
    answers: Kind | None = None
    anonymous: bool = False
    same_hour: bool = False
    nudge: bool = False
    round_up: bool = True
    fill_ins: bool = False
    shuffled: bool = False


def wish_of(asks: PromptSchedule) -> Wish:
    """Return what is wanted of a schedule as it stands, to change some of it."""
    return Wish(
        asks.title,
        asks.schedule,
        asks.pack,
        asks.stale_after,
        asks.answers,
        asks.anonymous,
        asks.same_hour,
        asks.nudge,
        asks.round_up,
        asks.fill_ins,
        asks.shuffled,
    )


def new_schedule(tx: Tx, network: int, wish: Wish, *, by: int, now: datetime) -> int:
    """Write a schedule down and return its id."""
    values = {
        "network_id": network,
        "runs_since": now,
        "paused_until": None,
        "version": 1,
        "edited_by": by,
        "created_by": by,
        "created_at": now,
        "ended_at": None,
        **_columns(wish),
    }
    made: int = tx.execute(insert(schedule).values(values).returning(schedule.c.id)).scalar_one()
    return made


def change_schedule(
    tx: Tx, was: PromptSchedule, *, by: int, wish: Wish | None = None, **values: object
) -> None:
    """Change a schedule, as its next version."""
    changed = {"version": was.version + 1, "edited_by": by, **values}
    changed |= _columns(wish) if wish else {}
    tx.execute(update(schedule).where(schedule.c.id == was.id).values(changed))


def get_schedule(tx: Tx, number: int) -> PromptSchedule | None:
    """Return a schedule, also one that has ended, or None."""
    row = tx.execute(_BY_ID, {"schedule": number}).one_or_none()
    return None if row is None else as_schedule(row)


def locked_schedule(tx: Tx, number: int) -> PromptSchedule | None:
    """Return a schedule that nobody else changes until this transaction ends."""
    row = tx.execute(_LOCKED, {"schedule": number}).one_or_none()
    return None if row is None else as_schedule(row)


def schedules_of(tx: Tx, network: int, *, most: int = 50) -> tuple[PromptSchedule, ...]:
    """Return the schedules of a network that have not ended, the oldest first."""
    found = select(schedule).where(schedule.c.network_id == network, schedule.c.ended_at.is_(None))
    return tuple(map(as_schedule, tx.execute(found.order_by(schedule.c.id).limit(most))))


def schedules_in(tx: Tx, place: Place) -> tuple[PromptSchedule, ...]:
    """Return the schedules that ask in one room and have not ended, the oldest first."""
    here = select(room.c.schedule_id).where(
        room.c.platform == place.platform,
        room.c.workspace == place.workspace,
        room.c.channel == place.channel,
        room.c.left_at.is_(None),
    )
    found = select(schedule).where(schedule.c.id.in_(here), schedule.c.ended_at.is_(None))
    return tuple(map(as_schedule, tx.execute(found.order_by(schedule.c.id))))


def titles_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, str]:
    """Return what these schedules are called."""
    found = select(schedule.c.id, schedule.c.title).where(schedule.c.id.in_(numbers))
    return {row.id: row.title for row in tx.execute(found)}


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room, the zone of its clocks, and the district whose school calendar counts, if one."""

    place: Place
    zone: str
    district: int | None = None


def add_room(tx: Tx, asks: PromptSchedule, new: NewRoom, now: datetime) -> PromptRoom:
    """Have a schedule ask in a room too, from now on, also where it did before."""
    place = new.place.channel_itself()
    where = {"platform": place.platform, "workspace": place.workspace, "channel": place.channel}
    values = {
        "schedule_id": asks.id,
        "network_id": asks.network,
        "zone": new.zone,
        "district_id": new.district,
        "since": now,
        "refused_at": None,
        "refused_why": "",
        "left_at": None,
    }
    there = select(room.c.id).where(room.c.schedule_id == asks.id).filter_by(**where)
    number: int | None = tx.execute(there).scalar_one_or_none()
    if number is not None:
        tx.execute(update(room).where(room.c.id == number).values(values))
    else:
        number = tx.execute(insert(room).values(values | where).returning(room.c.id)).scalar_one()
    return PromptRoom(number, asks.id, asks.network, place, new.zone, now, new.district)


def take_out(tx: Tx, number: int, now: datetime) -> None:
    """Ask nothing in a room any more; what was asked there stays."""
    tx.execute(update(room).where(room.c.id == number).values(left_at=now))


def note_refused(tx: Tx, number: int, why: str, now: datetime) -> None:
    """Note that a room refused a prompt."""
    values = {"refused_at": now, "refused_why": why[:400]}
    tx.execute(update(room).where(room.c.id == number).values(values))


def rooms_of(tx: Tx, number: int) -> tuple[PromptRoom, ...]:
    """Return the rooms in which a schedule asks, in the order they were added."""
    return tuple(map(as_room, tx.execute(_ROOMS, {"schedule": number})))


def get_room(tx: Tx, number: int) -> PromptRoom | None:
    """Return one room of a schedule, or None."""
    row = tx.execute(select(room).where(room.c.id == number)).one_or_none()
    return None if row is None else as_room(row)


def rooms_on(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return the rooms of a platform in which something is to be asked."""
    rows = tx.execute(
        select(room.c.workspace, room.c.channel)
        .join(schedule, schedule.c.id == room.c.schedule_id)
        .where(
            room.c.platform == platform,
            schedule.c.ended_at.is_(None),
            room.c.left_at.is_(None),
        )
        .distinct()
    )
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "title": wish.title,
        "schedule": wish.schedule.as_text(),
        "pack": wish.pack,
        "answers": wish.answers.value if wish.answers else "",
        "anonymous": wish.anonymous,
        "same_hour": wish.same_hour,
        "nudge": wish.nudge,
        "round_up": wish.round_up,
        "fill_ins": wish.fill_ins,
        "shuffled": wish.shuffled,
        "stale_minutes": int(wish.stale_after.total_seconds() // 60),
    }


def as_schedule(row: AnyRow) -> PromptSchedule:
    """Return a row of the table as a schedule."""
    return PromptSchedule(
        row.id,
        row.network_id,
        row.title,
        from_text(row.schedule),
        row.pack,
        Kind(row.answers) if row.answers else None,
        row.anonymous,
        row.same_hour,
        row.nudge,
        row.round_up,
        timedelta(minutes=row.stale_minutes),
        row.runs_since,
        row.paused_until,
        row.version,
        row.edited_by,
        row.created_by,
        row.created_at,
        row.ended_at,
        row.fill_ins,
        row.shuffled,
    )


def as_room(row: AnyRow) -> PromptRoom:
    """Return a row of the table as a room."""
    return PromptRoom(
        row.id,
        row.schedule_id,
        row.network_id,
        Place(row.platform, row.workspace, row.channel),
        row.zone,
        row.since,
        row.district_id,
        row.refused_at,
        row.refused_why,
    )
