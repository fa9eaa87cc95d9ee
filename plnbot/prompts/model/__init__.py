"""What prompts are, and what is decided about them; pure.

`kept` says what is kept, `settling` what is asked when something is due, `staleness` when it is too late.
"""

from plnbot.prompts.model.kept import (
    AHEAD,
    OPEN_STATUSES,
    Act,
    Kind,
    Occurrence,
    Prompt,
    PromptRoom,
    PromptSchedule,
    State,
    Status,
    Turn,
)
from plnbot.prompts.model.settling import LATE, Settled, Slot, room_time, settle
from plnbot.prompts.model.staleness import usual_staleness

__all__ = [
    "AHEAD",
    "LATE",
    "OPEN_STATUSES",
    "Act",
    "Kind",
    "Occurrence",
    "Prompt",
    "PromptRoom",
    "PromptSchedule",
    "Settled",
    "Slot",
    "State",
    "Status",
    "Turn",
    "room_time",
    "settle",
    "usual_staleness",
]
