"""Maxima: who gets what is left under them. Pure numbers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from plnbot.policies.rules import Cap, Per

_HUNDRED = 100
Taken = list[tuple[Cap, int, int]]
"""By which maximum how many minutes were cut off, and what that maximum is, in minutes."""
_NOTHING: Taken = []


class Under(NamedTuple):
    """Under which maxima alike entries stand: with their key, what they let through, and per entry or not.

    Those with a lower `rank` come first. `only` is the one maximum, where it is one of what is required and over several.
    """

    rank: int
    hard: tuple[tuple[Cap, tuple[str, int], int, bool], ...]
    earned: tuple[Cap, ...]
    only: tuple[Cap, tuple[str, int], int] | None


def under(caps: Sequence[tuple[Cap, int]], needed: int, *, serves: bool) -> Under:
    """Return under which maxima entries stand, each of a year or of all (-1); `serves`: they meet a requirement."""
    hard = tuple(
        (cap, (cap.id, year), most(cap, needed), cap.per is Per.ENTRY)
        for cap, year in caps
        if not cap.of_earned
    )
    earned = tuple(cap for cap, _ in caps if cap.of_earned)
    only = hard[0][:3] if len(hard) == 1 and not hard[0][3] else None
    return Under(2 * len(caps) + (not serves), hard, earned, only)


def shared(
    wanted: Sequence[int],
    stands: Sequence[Under],
    free: int,
    left: dict[tuple[str, int], int],
    decided: Mapping[str, int],
) -> list[Taken]:
    """Return for each what is cut off. They are given in the order of their days: their minutes, and where they stand.

    `free` is what counts already, whatever is cut off here; `decided` what of that stands under a maximum of what is
    earned, by its id; `left` is what is left under each other one.
    """
    given: list[Taken] = [_NOTHING] * len(wanted)
    ranks = [each.rank for each in stands]
    order = range(len(wanted))
    for at in sorted(order, key=ranks.__getitem__) if len(set(ranks)) > 1 else order:
        minutes, only = wanted[at], stands[at].only
        if only is None:
            given[at] = _fit(minutes, stands[at], left)
            continue
        cap, key, whole = only
        room = left.get(key, whole) - minutes
        if room < 0:
            given[at] = [(cap, -room, whole)]
            room = 0
        left[key] = room
    earned = {cap.id: cap for each in stands for cap in each.earned}
    if earned:
        _of_earned(list(earned.values()), (wanted, stands), given, (free, decided))
    return given


def most(cap: Cap, needed: int) -> int:
    """Return a maximum in minutes; a part of a minute does not count."""
    if cap.minutes is not None:
        return cap.minutes
    return int(Decimal(needed) * (cap.percent or 0) / _HUNDRED)


def _fit(minutes: int, stands: Under, left: dict[tuple[str, int], int]) -> Taken:
    """Return what is cut off of one entry, and take what is not from what is left."""
    taken: Taken = []
    for cap, key, whole, alone in stands.hard:
        room = whole if alone else left.setdefault(key, whole)
        if minutes > room:
            taken.append((cap, minutes - room, whole))
            minutes = room
    for _, key, _, alone in stands.hard:
        if not alone:
            left[key] -= minutes
    return taken


def _of_earned(
    caps: Sequence[Cap],
    rivals: tuple[Sequence[int], Sequence[Under]],
    given: list[Taken],
    before: tuple[int, Mapping[str, int]],
) -> None:
    """Cut until no part is more than its per cent of the whole; each cut makes the whole less, so again."""
    wanted, stands = rivals
    counts = [
        minutes - sum(cut for _, cut, _ in taken)
        for minutes, taken in zip(wanted, given, strict=True)
    ]
    free, decided = before
    changed = True
    while changed:
        changed = False
        for cap in caps:
            ours = [at for at, each in enumerate(stands) if cap in each.earned]
            there = sum(counts[at] for at in ours) + decided.get(cap.id, 0)
            share = cap.percent or Decimal(0)
            room = int(Decimal(free + sum(counts) - there) * share / (_HUNDRED - share))
            over = there - room
            for at in reversed(ours):
                cut = min(counts[at], over)
                if cut > 0:
                    given[at] = [*given[at], (cap, cut, room)]
                    counts[at] -= cut
                    over -= cut
                    changed = True
