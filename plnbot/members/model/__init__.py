"""What members tell of themselves, and whether a workspace joins: the decisions, and no more."""

from plnbot.members.model.joining import (
    Change,
    Impossible,
    Question,
    Said,
    Side,
    Word,
    asked_again,
    decide,
)
from plnbot.members.model.profile import (
    DEFAULT_SEEN,
    FIELDS,
    SCHOOL_DAYS,
    Profile,
    Quiet,
    Seen,
    is_quiet,
    last_free,
    shown_to_network,
)

__all__ = [
    "DEFAULT_SEEN",
    "FIELDS",
    "SCHOOL_DAYS",
    "Change",
    "Impossible",
    "Profile",
    "Question",
    "Quiet",
    "Said",
    "Seen",
    "Side",
    "Word",
    "asked_again",
    "decide",
    "is_quiet",
    "last_free",
    "shown_to_network",
]
