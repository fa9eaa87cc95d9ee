"""What members tell of themselves and where they belong, and whether a workspace joins: decisions."""

from plnbot.members.model.districts import (
    Kind,
    Organisation,
    folded,
    matches,
    within,
)
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
from plnbot.members.model.merging import Approving, Merge, NoMerge, may_merge
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
    "Approving",
    "Change",
    "Impossible",
    "Kind",
    "Merge",
    "NoMerge",
    "Organisation",
    "Profile",
    "Question",
    "Quiet",
    "Said",
    "Seen",
    "Side",
    "Word",
    "asked_again",
    "decide",
    "folded",
    "is_quiet",
    "last_free",
    "matches",
    "may_merge",
    "shown_to_network",
    "within",
]
