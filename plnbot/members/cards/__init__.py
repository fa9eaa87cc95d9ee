"""What people see of themselves, of what they can do, and of workspaces that may join."""

from plnbot.members.cards.joining import asked_to_join, joined
from plnbot.members.cards.profile import (
    FIELD_NAMES,
    goals,
    nudge,
    profile,
    seen_by,
    seen_by_others,
    started,
)

__all__ = [
    "FIELD_NAMES",
    "asked_to_join",
    "goals",
    "joined",
    "nudge",
    "profile",
    "seen_by",
    "seen_by_others",
    "started",
]
