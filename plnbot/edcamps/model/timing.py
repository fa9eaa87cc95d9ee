"""The minutes of a session: it ends five minutes early, and a protocol's stages fill what is left. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.values import dataclass

EARLY = timedelta(minutes=5)
"""So long before the end of its slot a session ends, so that people have time to walk."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a protocol as it is timed, by its number from 0."""

    number: int
    begins: datetime
    ends: datetime


def closes_at(begins: datetime, ends: datetime) -> datetime:
    """Return when a session ends in a slot; in a very short one half of the time is its own."""
    return max(ends - EARLY, begins + (ends - begins) / 2)


def timed(minutes: Sequence[int], begins: datetime, ends: datetime) -> tuple[Stage, ...]:
    """Return stages that were written with these minutes, scaled to fill the time between two instants.

    Each has whole minutes, at least one, and together they have all of it; where there are not minutes
    enough, they have equal parts. None where there is no time.
    """
    left, many = ends - begins, len(minutes)
    if not many or left <= timedelta():
        return ()
    whole = left // _MINUTE
    lengths = [left / many] * many if whole < many else _shares(minutes, whole)
    found: list[Stage] = []
    at = begins
    for number, length in enumerate(lengths):
        until = ends if number == many - 1 else at + length
        found.append(Stage(number, at, until))
        at = until
    return tuple(found)


def stage_at(stages: Sequence[Stage], now: datetime) -> Stage | None:
    """Return the stage that goes on now."""
    return next((each for each in stages if each.begins <= now < each.ends), None)


def _shares(minutes: Sequence[int], whole: int) -> list[timedelta]:
    """Share whole minutes as these stand to each other: each next one goes where most is missing."""
    total, found = sum(minutes), [1] * len(minutes)
    for _ in range(whole - len(minutes)):
        missing = [whole * each - total * has for each, has in zip(minutes, found, strict=True)]
        found[missing.index(max(missing))] += 1
    return [each * _MINUTE for each in found]
