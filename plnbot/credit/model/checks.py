"""What is looked at before a claim is sent in: what cannot be, what was claimed already, what is left. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from plnbot.credit.model.entries import COUNTS, UNDECIDED, Claim, Entry
from plnbot.values import dataclass
from plnbot.walltime import local

MOST_A_DAY = 24 * 60
_WITHOUT_A_TIME = timedelta(hours=22)
"""A claim that lasts so long is of a day, of which nobody said the hour."""
_OLDEST = timedelta(days=366 * 15)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a member claimed before: the entry, and what it is called."""

    entry: Entry
    title: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in the way of a claim: with what, and how many minutes of it could be claimed yet."""

    other: Claimed
    same: bool
    left: int


class Wrong(StrEnum):
    """What a claim cannot have."""

    NO_MINUTES = "no_minutes"
    LONG_DAY = "long_day"
    BACKWARDS = "backwards"
    LONGER = "longer"
    TO_COME = "to_come"
    LONG_AGO = "long_ago"
    SPLIT = "split"
    FULL_DAY = "full_day"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a claim, with the number that its sentence names, and what it clashes with."""

    what: Wrong
    n: int = 0
    clash: Clash | None = None


def cannot_be(claim: Claim, now: datetime, *, planned: bool = False) -> Problem | None:
    """Return what no such claim can have, or None."""
    span = (claim.ended - claim.started) // timedelta(minutes=1)
    wrong = {
        Wrong.NO_MINUTES: claim.minutes < 1,
        Wrong.LONG_DAY: claim.minutes > MOST_A_DAY,
        Wrong.BACKWARDS: claim.ended < claim.started,
        Wrong.LONGER: claim.minutes > max(span, 1),
        Wrong.TO_COME: claim.started > now and not planned,
        Wrong.LONG_AGO: now - claim.started > _OLDEST,
        Wrong.SPLIT: sum(claim.split.values()) > claim.minutes,
    }
    found = next((each for each, holds in wrong.items() if holds), None)
    return None if found is None else Problem(found, span if found is Wrong.LONGER else MOST_A_DAY)


def has_a_time(claim: Claim) -> bool:
    """Return whether it is known when on its day it was: a clock ran, not somebody's memory of a day."""
    return bool(claim.source) and claim.ended - claim.started < _WITHOUT_A_TIME


def clash(
    claim: Claim, title: str, before: Sequence[Claimed], zone: str, *, besides: int = 0
) -> Problem | None:
    """Return what a claim repeats or overlaps of a member's others, the entry `besides` left out.

    Days are those of the member's `zone`.
    """
    others = [
        each
        for each in before
        if each.entry.id != besides and each.entry.standing in {*UNDECIDED, *COUNTS}
    ]
    named = title.casefold()
    for each in others:
        its = each.entry.claim
        again = bool(claim.source) and its.source == claim.source
        twice = (
            _day(its, zone) == _day(claim, zone)
            and each.title.casefold() == named
            and its.kind == claim.kind
        )
        if again or twice:
            return Problem(Wrong.CLASH, clash=Clash(each, same=True, left=0))
    if not has_a_time(claim):
        return None
    near = [each for each in others if has_a_time(each.entry.claim)]
    over = [each for each in near if _shared(claim, each.entry.claim)]
    if not over:
        return None
    left = free_minutes(claim, [each.entry.claim for each in over])
    worst = max(over, key=lambda each: _shared(claim, each.entry.claim))
    if claim.minutes <= left:
        return None
    return Problem(Wrong.CLASH, clash=Clash(worst, same=False, left=left))


def free_minutes(claim: Claim, others: Iterable[Claim]) -> int:
    """Return how many minutes of a claim's times no other takes."""
    free, at = timedelta(), claim.started
    for each in sorted(others, key=lambda other: other.started):
        if each.started > at:
            free += min(each.started, claim.ended) - at
        at = max(at, min(each.ended, claim.ended))
    free += max(claim.ended - at, timedelta())
    return min(claim.minutes, free // timedelta(minutes=1))


def _shared(one: Claim, other: Claim) -> int:
    both = min(one.ended, other.ended) - max(one.started, other.started)
    return max(both // timedelta(minutes=1), 0)


def _day(claim: Claim, zone: str) -> date:
    return local(claim.started, zone).date()


def day_is_full(
    claim: Claim, before: Sequence[Claimed], zone: str, *, besides: int = 0
) -> Problem | None:
    """Return what is wrong where a day would have more hours than any day has."""
    same_day = [
        each.entry.claim.minutes
        for each in before
        if each.entry.id != besides
        and each.entry.standing in {*UNDECIDED, *COUNTS}
        and _day(each.entry.claim, zone) == _day(claim, zone)
    ]
    over = sum(same_day) + claim.minutes - MOST_A_DAY
    return Problem(Wrong.FULL_DAY, max(claim.minutes - over, 0)) if over > 0 else None
