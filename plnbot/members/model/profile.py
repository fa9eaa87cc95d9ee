"""What a member tells of themselves, and who sees it."""

from collections.abc import Mapping
from dataclasses import field

from plnbot.quiet import Quiet
from plnbot.values import dataclass
from plnbot.visibility import Seen

FIELDS = ("subjects", "grades", "languages", "district", "state", "school", "years", "goals")
DEFAULT_SEEN: Mapping[str, Seen] = {
    "subjects": Seen.NETWORK,
    "grades": Seen.NETWORK,
    "languages": Seen.NETWORK,
    "district": Seen.MATCHING,
    "state": Seen.NETWORK,
    "school": Seen.ME,
    "years": Seen.ME,
    "goals": Seen.ME,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member told; empty where they said nothing. `years` are years of experience."""

    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    district: str = ""
    state: str = ""
    school: str = ""
    years: int | None = None
    goals: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    quiet: Quiet = field(default_factory=Quiet)
    seen: Mapping[str, Seen] = field(default_factory=lambda: dict(DEFAULT_SEEN))


def shown_for(profile: Profile, purpose: Seen) -> Mapping[str, object]:
    """Return the fields that may be used for a purpose, such as showing them to the network."""
    return {
        name: getattr(profile, name)
        for name in FIELDS
        if profile.seen.get(name, Seen.ME).serves(purpose)
    }
