"""What people see of themselves, of what they can do, and of workspaces that may join."""

from plnbot.members.cards.home import figures, home, waiting
from plnbot.members.cards.joining import asked_to_join, joined
from plnbot.members.cards.profile import (
    FIELD_NAMES,
    nudge,
    profile,
    seen_by,
    seen_by_others,
    started,
)
from plnbot.members.cards.roles import held, last_day, role_given, role_over, role_words
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

__all__ = [
    "CONFIRM",
    "FIELD_NAMES",
    "LANGUAGE",
    "LANGUAGES",
    "SPEAK",
    "ZONE",
    "ZONE_CHOSEN",
    "asked_to_join",
    "figures",
    "held",
    "home",
    "in_zone",
    "joined",
    "languages",
    "last_day",
    "nudge",
    "profile",
    "role_given",
    "role_over",
    "role_words",
    "seems",
    "seen_by",
    "seen_by_others",
    "settled",
    "spoken",
    "started",
    "waiting",
    "zones",
]
