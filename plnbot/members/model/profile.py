"""What a member tells of themselves, who sees it, and when they are not to be disturbed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from plnbot.walltime import instant, local

SCHOOL_DAYS = range(5)
_STEP = timedelta(minutes=1)
_HORIZON_DAYS = 8


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
class Quiet:
    """When nothing may notify a member: in class on school days, and at night; None is never."""

    in_class: tuple[time, time] | None = (time(8), time(15, 30))
    at_night: tuple[time, time] | None = (time(21), time(7))


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
    quiet: Quiet = Quiet()
    seen: Mapping[str, Seen] = field(default_factory=lambda: dict(DEFAULT_SEEN))


def shown_to_network(profile: Profile) -> Mapping[str, object]:
    """Return the fields that everybody in the network may see."""
    return {
        name: getattr(profile, name)
        for name in FIELDS
        if profile.seen.get(name, Seen.ME) is Seen.NETWORK
    }


def is_quiet(quiet: Quiet, zone: str, at: datetime) -> bool:
    """Return whether `at` falls into quiet hours, by the member's own clock."""
    there = local(at, zone)
    if quiet.in_class and there.weekday() in SCHOOL_DAYS and _within(quiet.in_class, there.time()):
        return True
    return bool(quiet.at_night and _within(quiet.at_night, there.time()))


def last_free(quiet: Quiet, zone: str, wanted: datetime) -> datetime:
    """Return the last moment, not after `wanted`, outside quiet hours; `wanted` where there is none."""
    if not is_quiet(quiet, zone, wanted):
        return wanted
    begins = [hours[0] for hours in (quiet.in_class, quiet.at_night) if hours]
    today = local(wanted, zone).date()
    edges = sorted(
        (
            instant(datetime.combine(today - timedelta(days=ago), begin), zone) - _STEP
            for ago in range(_HORIZON_DAYS)
            for begin in begins
        ),
        reverse=True,
    )
    free = (edge for edge in edges if edge <= wanted and not is_quiet(quiet, zone, edge))
    return next(free, wanted)


def _within(hours: tuple[time, time], at: time) -> bool:
    begin, end = hours
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end
