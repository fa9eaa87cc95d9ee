"""Occurrences: when schedules ask, what they ask then, and in which rooms they did."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update

from plnbot.prompts.model import Occurrence, State, Turn
from plnbot.prompts.store.schedules import rooms_of
from plnbot.prompts.store.tables import asked, occurrence
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.rows import AnyRow

_LONGEST_DAY = timedelta(hours=50)
"""From the first place on earth where it is eight to the last: a prompt may be on its way that long."""
_ADDED = on_both(
    occurrence,
    lambda new: new.on_conflict_do_nothing(index_elements=["schedule_id", "due"]).returning(
        occurrence.c.id
    ),
)
_ASKED = on_both(
    asked,
    lambda new: new.on_conflict_do_nothing(index_elements=["occurrence_id", "room_id"]).returning(
        asked.c.room_id
    ),
)
_BY_ID = select(occurrence).where(occurrence.c.id == bindparam("occurrence"))
_OF = (
    select(occurrence)
    .where(
        occurrence.c.schedule_id == bindparam("schedule"),
        occurrence.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(func.coalesce(occurrence.c.moved_to, occurrence.c.due), occurrence.c.id)
)
_OPEN = select(occurrence).where(
    occurrence.c.schedule_id == bindparam("schedule"),
    or_(
        occurrence.c.state == State.PLANNED.value,
        (occurrence.c.state == State.POSTED.value) & (occurrence.c.asked_at > bindparam("since")),
    ),
)
_HAD = select(asked.c.occurrence_id, asked.c.room_id).where(
    asked.c.occurrence_id.in_(bindparam("occurrences", expanding=True))
)
_LATEST = select(func.max(occurrence.c.due)).where(
    occurrence.c.schedule_id == bindparam("schedule"),
    occurrence.c.extra.is_(False),
    occurrence.c.due <= bindparam("now"),
)


def add_occurrence(
    tx: Tx,
    schedule: int,
    network: int,
    due: datetime,
    prompt: int | None,
    *,
    extra: bool = False,
) -> int | None:
    """Plan to ask at an instant; None where the schedule has that one already."""
    values = {
        "schedule_id": schedule,
        "network_id": network,
        "due": due,
        "moved_to": None,
        "prompt_id": prompt,
        "state": State.PLANNED.value,
        "asked_at": None,
        "extra": extra,
    }
    made: int | None = tx.execute(_ADDED[tx.dialect], values).scalar_one_or_none()
    return made


def change_occurrence(tx: Tx, number: int, **values: object) -> None:
    """Change columns of an occurrence: `prompt_id`, `state`, `moved_to` or `asked_at`."""
    tx.execute(update(occurrence).where(occurrence.c.id == number).values(values))


def drop_planned(tx: Tx, numbers: Collection[int]) -> None:
    """Take planned occurrences out, because their schedule has other times now."""
    tx.execute(delete(asked).where(asked.c.occurrence_id.in_(numbers)))
    tx.execute(delete(occurrence).where(occurrence.c.id.in_(numbers)))


def forget_prompts_ahead(tx: Tx, schedule: int) -> None:
    """Forget which prompts are planned, because the schedule draws from elsewhere now."""
    ahead = (occurrence.c.schedule_id == schedule) & (occurrence.c.state == State.PLANNED.value)
    tx.execute(update(occurrence).where(ahead).values(prompt_id=None))


def last_extra(tx: Tx, schedule: int) -> datetime | None:
    """Return when a schedule asked last besides its dates."""
    found = select(func.max(occurrence.c.due)).where(
        occurrence.c.schedule_id == schedule, occurrence.c.extra.is_(True)
    )
    latest: datetime | None = tx.execute(found).scalar_one()
    return latest


def get_occurrence(tx: Tx, number: int) -> Occurrence | None:
    """Return an occurrence, or None."""
    row = tx.execute(_BY_ID, {"occurrence": number}).one_or_none()
    return None if row is None else as_occurrence(row)


def occurrences_of(
    tx: Tx, schedule: int, states: Collection[State] = (State.PLANNED,)
) -> tuple[Occurrence, ...]:
    """Return the occurrences of a schedule in these states, in the order they are asked."""
    these = {"schedule": schedule, "states": [each.value for each in states]}
    return tuple(map(as_occurrence, tx.execute(_OF, these)))


def latest_due(tx: Tx, schedule: int, now: datetime) -> datetime | None:
    """Return the last instant until now for which a schedule has an occurrence, whatever became of it."""
    known = {"schedule": schedule, "now": now}
    latest: datetime | None = tx.execute(_LATEST, known).scalar_one()
    return latest


def open_turns(tx: Tx, schedule: int, now: datetime) -> Sequence[Turn]:
    """Return each occurrence that may be asked still, with each room that has not had it."""
    found = tx.execute(_OPEN, {"schedule": schedule, "since": now - _LONGEST_DAY})
    there = [as_occurrence(row) for row in found]
    had = {
        (row.occurrence_id, row.room_id)
        for row in tx.execute(_HAD, {"occurrences": [each.id for each in there]})
    }
    rooms = rooms_of(tx, schedule)
    return [Turn(each, one) for each in there for one in rooms if (each.id, one.id) not in had]


def note_asked(tx: Tx, number: int, room_id: int, state: State, now: datetime) -> bool:
    """Note what became of an occurrence in one room; False where that is known already."""
    values = {"occurrence_id": number, "room_id": room_id, "at": now, "state": state.value}
    return tx.execute(_ASKED[tx.dialect], values).scalar_one_or_none() is not None


def forget_asked(tx: Tx, number: int) -> None:
    """Forget that an occurrence was handed to rooms."""
    tx.execute(delete(asked).where(asked.c.occurrence_id == number))


def asked_in(tx: Tx, number: int) -> Mapping[int, State]:
    """Return what became of an occurrence, by the rooms that had their turn."""
    rows = tx.execute(select(asked).where(asked.c.occurrence_id == number))
    return {row.room_id: State(row.state) for row in rows}


def change_asked(tx: Tx, number: int, room_id: int, state: State) -> None:
    """Note that something else became of an occurrence in one room."""
    this = (asked.c.occurrence_id == number) & (asked.c.room_id == room_id)
    tx.execute(update(asked).where(this).values(state=state.value))


def latest_in(tx: Tx, room_id: int) -> Occurrence | None:
    """Return the occurrence that a room was asked last, whether or not it took it."""
    found = (
        select(occurrence)
        .join(asked, asked.c.occurrence_id == occurrence.c.id)
        .where(asked.c.room_id == room_id, asked.c.state == State.POSTED.value)
        .order_by(asked.c.at.desc(), occurrence.c.id.desc())
        .limit(1)
    )
    row = tx.execute(found).one_or_none()
    return None if row is None else as_occurrence(row)


def as_occurrence(row: AnyRow) -> Occurrence:
    """Return a row of the table as an occurrence."""
    return Occurrence(
        row.id,
        row.schedule_id,
        row.network_id,
        row.due,
        row.moved_to,
        row.prompt_id,
        State(row.state),
        row.asked_at,
        row.extra,
    )
