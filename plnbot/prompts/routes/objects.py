"""What a button, form or page of prompts is about."""

from plnbot.engine.objects import Object
from plnbot.prompts import actions, store
from plnbot.prompts.model import Occurrence, Prompt, PromptRoom, PromptSchedule
from plnbot.refs import row_number
from plnbot.talk.words import msg

A_SCHEDULE: Object[PromptSchedule] = Object(
    "prompt schedule",
    load=lambda tx, row: store.get_schedule(tx, row_number(row.partition(".")[0])),
    network=lambda asks: asks.network,
    scope=lambda asks: str(asks.id),
    gone=msg("These prompts are no longer there."),
)
A_DATE: Object[Occurrence] = Object(
    "prompt date",
    load=lambda tx, row: store.get_occurrence(tx, row_number(row)),
    network=lambda found: found.network,
    scope=lambda found: str(found.schedule),
    gone=msg("That date is no longer planned: the schedule has other times now."),
)


A_ROOM: Object[PromptRoom] = Object(
    "prompt room",
    load=lambda tx, row: store.get_room(tx, row_number(row)),
    network=lambda room: room.network,
    scope=lambda room: str(room.schedule),
    gone=msg("This room is not asked any more."),
)


A_PROMPT: Object[Prompt] = Object(
    "prompt",
    load=lambda tx, row: store.get_prompt(tx, row_number(row)),
    network=lambda prompt: prompt.network,
    scope=lambda prompt: str(prompt.id),
    gone=actions.GONE,
)


def version_in(row: str) -> int:
    """Return the version of a schedule that a row was made with; 0 where it says none."""
    return row_number(row.partition(".")[2])
