"""What the card of a prompt shows, found in one query: a thousand of them are made at one instant."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import RowMapping, bindparam, select

from plnbot.prompts.model import Occurrence, Prompt, PromptRoom, PromptSchedule, State
from plnbot.prompts.store.answering import closing
from plnbot.prompts.store.bank import as_prompt
from plnbot.prompts.store.occurrences import as_occurrence
from plnbot.prompts.store.schedules import as_room, as_schedule
from plnbot.prompts.store.tables import asked, occurrence, prompt, room, schedule
from plnbot.store.database import Tx
from plnbot.store.rows import Part

_SHOWN = (
    select(schedule, occurrence, room, prompt)
    .select_from(
        occurrence.join(schedule, schedule.c.id == occurrence.c.schedule_id).join(
            prompt, prompt.c.id == occurrence.c.prompt_id
        )
    )
    .join(room, room.c.id == bindparam("room"))
    .where(occurrence.c.id == bindparam("occurrence"))
)
_MOST_OPEN = 200
_OPEN = (
    select(schedule, occurrence, room, prompt)
    .select_from(
        asked.join(occurrence, occurrence.c.id == asked.c.occurrence_id)
        .join(closing, closing.c.occurrence_id == asked.c.occurrence_id)
        .join(schedule, schedule.c.id == occurrence.c.schedule_id)
        .join(prompt, prompt.c.id == occurrence.c.prompt_id)
        .join(room, room.c.id == asked.c.room_id)
    )
    .where(
        occurrence.c.network_id == bindparam("network"),
        asked.c.state == State.POSTED.value,
        closing.c.closed_at.is_(None),
    )
    .order_by(asked.c.at.desc(), asked.c.occurrence_id, asked.c.room_id)
    .limit(_MOST_OPEN)
)


class Shown(NamedTuple):
    """A prompt as one room is asked it."""

    schedule: PromptSchedule
    occurrence: Occurrence
    room: PromptRoom
    prompt: Prompt


def shown_in(tx: Tx, number: int, room_id: int) -> Shown | None:
    """Return what an occurrence asks in a room; None where it asks nothing any more."""
    row = tx.execute(_SHOWN, {"occurrence": number, "room": room_id}).mappings().one_or_none()
    return None if row is None else _shown(row)


def open_in(tx: Tx, network: int) -> Sequence[Shown]:
    """Return what a network was asked and is not closed, the newest first, room by room."""
    return [_shown(row) for row in tx.execute(_OPEN, {"network": network}).mappings()]


def _shown(row: RowMapping) -> Shown:
    return Shown(
        as_schedule(Part(row, schedule)),
        as_occurrence(Part(row, occurrence)),
        as_room(Part(row, room)),
        as_prompt(Part(row, prompt)),
    )
