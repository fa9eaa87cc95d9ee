"""What people see of prompts: `asked` in their rooms, `organisers` for those who set them up."""

from plnbot.prompts.cards.asked import Asking, asked
from plnbot.prompts.cards.organisers import (
    Date,
    Panel,
    date,
    dates,
    done,
    lasting,
    not_posted,
    panel,
    preview_note,
    schedules,
)

__all__ = [
    "Asking",
    "Date",
    "Panel",
    "asked",
    "date",
    "dates",
    "done",
    "lasting",
    "not_posted",
    "panel",
    "preview_note",
    "schedules",
]
