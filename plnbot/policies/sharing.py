"""Maxima: who gets what is left under them. Pure numbers."""

from collections.abc import Sequence
from decimal import Decimal

from plnbot.policies.rules import Cap, Per
from plnbot.values import dataclass

_HUNDRED = 100
Taken = list[tuple[Cap, int, int]]
"""By which maximum how many minutes were cut off, and what that maximum is, in minutes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry that would count so many minutes, under these maxima, each of a year or of all (-1)."""

    minutes: int
    caps: tuple[tuple[Cap, int], ...]
    serves: bool = False


def shared(wanted: Sequence[Wanted], needed: int, free: int) -> list[tuple[int, Taken]]:
    """Return for each what counts and what was cut off. They are given in the order of their days.

    `needed` is what maxima in per cent are of; `free` is what counts without standing here.
    """
    given: list[tuple[int, Taken]] = [(each.minutes, []) for each in wanted]
    left: dict[tuple[str, int], int] = {}
    order = sorted(
        range(len(wanted)), key=lambda at: (len(wanted[at].caps), not wanted[at].serves, at)
    )
    for at in order:
        _fit(wanted[at], given, at, left, needed)
    earned = {cap.id: cap for each in wanted for cap, _ in each.caps if cap.of_earned}
    _of_earned(list(earned.values()), wanted, given, free)
    return given


def most(cap: Cap, needed: int) -> int:
    """Return a maximum in minutes; a part of a minute does not count."""
    if cap.minutes is not None:
        return cap.minutes
    return int(Decimal(needed) * (cap.percent or 0) / _HUNDRED)


def _fit(
    wanted: Wanted,
    given: list[tuple[int, Taken]],
    at: int,
    left: dict[tuple[str, int], int],
    needed: int,
) -> None:
    minutes, taken = given[at]
    hard = [(cap, year) for cap, year in wanted.caps if not cap.of_earned]
    for cap, year in hard:
        whole = most(cap, needed)
        room = whole if cap.per is Per.ENTRY else left.setdefault((cap.id, year), whole)
        if minutes > room:
            taken.append((cap, minutes - room, whole))
            minutes = room
    for cap, year in hard:
        if cap.per is not Per.ENTRY:
            left[cap.id, year] -= minutes
    given[at] = (minutes, taken)


def _of_earned(
    caps: Sequence[Cap], wanted: Sequence[Wanted], given: list[tuple[int, Taken]], free: int
) -> None:
    """Cut until no part is more than its per cent of the whole; each cut makes the whole less, so again."""
    changed = True
    while changed:
        changed = False
        for cap in caps:
            under = [at for at, each in enumerate(wanted) if any(c is cap for c, _ in each.caps)]
            there = sum(given[at][0] for at in under)
            others = free + sum(minutes for minutes, _ in given) - there
            share = cap.percent or Decimal(0)
            room = int(Decimal(others) * share / (_HUNDRED - share))
            over = there - room
            for at in reversed(under):
                minutes, taken = given[at]
                cut = min(minutes, over)
                if cut > 0:
                    given[at] = (minutes - cut, [*taken, (cap, cut, room)])
                    over -= cut
                    changed = True
