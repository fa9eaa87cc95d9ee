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
from plnbot.members.cards.settling import (
    CONFIRM,
    LANGUAGE,
    LANGUAGES,
    SPEAK,
    ZONE,
    ZONE_CHOSEN,
    in_zone,
    languages,
    seems,
    settled,
    spoken,
    zones,
)
from plnbot.members.cards.roles import held, role_given, role_over, role_words

__all__ = [
    "CONFIRM",
    "FIELD_NAMES",
    "LANGUAGE",
    "LANGUAGES",
    "SPEAK",
    "ZONE",
    "ZONE_CHOSEN",
    "asked_to_join",
    "goals",
    "in_zone",
    "held",
    "joined",
    "languages",
    "nudge",
    "profile",
    "seems",
    "role_given",
    "role_over",
    "role_words",
    "seen_by",
    "seen_by_others",
    "settled",
    "spoken",
    "started",
    "zones",
]
