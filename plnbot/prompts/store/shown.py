"""What the card of a prompt shows, found in one query: a thousand of them are made at one instant."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from plnbot.prompts.model import Occurrence, Prompt, PromptRoom, PromptSchedule
from plnbot.prompts.store.bank import as_prompt
from plnbot.prompts.store.occurrences import as_occurrence
from plnbot.prompts.store.schedules import as_room, as_schedule
from plnbot.prompts.store.tables import occurrence, prompt, room, schedule
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


class Shown(NamedTuple):
    """A prompt as one room is asked it."""

    schedule: PromptSchedule
    occurrence: Occurrence
    room: PromptRoom
    prompt: Prompt


def shown_in(tx: Tx, number: int, room_id: int) -> Shown | None:
    """Return what an occurrence asks in a room; None where it asks nothing any more."""
    row = tx.execute(_SHOWN, {"occurrence": number, "room": room_id}).mappings().one_or_none()
    if row is None:
        return None
    return Shown(
        as_schedule(Part(row, schedule)),
        as_occurrence(Part(row, occurrence)),
        as_room(Part(row, room)),
        as_prompt(Part(row, prompt)),
    )
