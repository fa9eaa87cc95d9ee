"""What is asked in a room, of all that should have been by now: once each, and one after an outage."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.values import dataclass
from plnbot.walltime import instant, local

LATE = timedelta(minutes=5)
"""From when on what is asked says for when it was meant."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An occurrence that a room has not had, and when it is meant to have it."""

    occurrence: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What a room is asked now, and what it is not asked any more."""

    ask: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()


def settle(slots: Sequence[Slot], stale_after: timedelta, now: datetime) -> Settled:
    """Return what becomes of those slots whose time has come.

    The newest is asked, with whatever was meant for the same instant; what was meant earlier is stale,
    because only an outage leaves several; and so is the newest, where it is too late by its own rule.
    """
    due = [each for each in slots if each.at <= now]
    newest = max((each.at for each in due), default=now)
    fresh = now - newest <= max(stale_after, LATE)
    ask = tuple(each.occurrence for each in due if fresh and each.at == newest)
    return Settled(ask, tuple(each.occurrence for each in due if each.occurrence not in ask))


def room_time(at: datetime, zone: str, room_zone: str) -> datetime:
    """Return the instant at which clocks in a room's zone show what those in `zone` show at `at`."""
    if zone == room_zone:
        return at
    return instant(local(at, zone).replace(tzinfo=None), room_zone)
