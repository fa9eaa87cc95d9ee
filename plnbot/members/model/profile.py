"""What a member tells of themselves, and who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plnbot.quiet import Quiet


class Seen(StrEnum):
    """Who sees a field of a profile."""

    ME = "me"
    MATCHING = "matching"
    NETWORK = "network"


FIELDS = ("subjects", "grades", "district", "state", "school", "years")
DEFAULT_SEEN: Mapping[str, Seen] = {
    "subjects": Seen.NETWORK,
    "grades": Seen.NETWORK,
    "district": Seen.MATCHING,
    "state": Seen.NETWORK,
    "school": Seen.ME,
    "years": Seen.ME,
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
    quiet: Quiet = field(default_factory=Quiet)
    seen: Mapping[str, Seen] = field(default_factory=lambda: dict(DEFAULT_SEEN))


def shown_to_network(profile: Profile) -> Mapping[str, object]:
    """Return the fields that everybody in the network may see."""
    return {
        name: getattr(profile, name)
        for name in FIELDS
        if profile.seen.get(name, Seen.ME) is Seen.NETWORK
    }
