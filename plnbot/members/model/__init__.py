"""What members tell of themselves and where they belong, and whether a workspace joins: decisions."""

from plnbot.members.model.districts import (
    Organisation,
    OrganisationKind,
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
    Profile,
    shown_for,
)
from plnbot.visibility import Seen

__all__ = [
    "DEFAULT_SEEN",
    "FIELDS",
    "Approving",
    "Change",
    "Impossible",
    "Merge",
    "NoMerge",
    "Organisation",
    "OrganisationKind",
    "Profile",
    "Question",
    "Said",
    "Seen",
    "Side",
    "Word",
    "asked_again",
    "decide",
    "folded",
    "matches",
    "may_merge",
    "shown_for",
    "within",
]
