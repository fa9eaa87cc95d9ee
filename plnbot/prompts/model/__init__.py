"""What prompts are, and what is decided about them; pure.

`answering` says how prompts are answered, `kept` says what is kept, `settling` what is asked when something is due, `staleness` when it is too late.
"""

from plnbot.prompts.model.answering import (
    LISTENS,
    LOOK_BACK_DAYS,
    MINUTES,
    NUDGE_AFTER,
    SELDOM,
    TELLING,
    choices,
    chosen,
    closes_at,
    is_pass,
    newest_members_first,
)
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
    "LISTENS",
    "LOOK_BACK_DAYS",
    "MINUTES",
    "NUDGE_AFTER",
    "OPEN_STATUSES",
    "SELDOM",
    "TELLING",
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
    "choices",
    "chosen",
    "closes_at",
    "is_pass",
    "newest_members_first",
    "room_time",
    "settle",
    "usual_staleness",
]
