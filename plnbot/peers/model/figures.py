"""What a round comes to, in numbers: from what was given to the matching and what it made. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from plnbot.peers.model import TWO, Introduction, Said
from plnbot.values import dataclass

STEPS = ("SUBJECT_AND_GRADE", "SUBJECT", "FIELD", "ANY", "AGAIN", "SAME_DISTRICT")
"""The steps of the ladder, the best first, by name."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a round comes to. `across` of `known` pairs are of two districts."""

    people: int
    introduced: int
    groups: int
    trios: int
    repeats: int
    across: int
    known: int
    steps: tuple[tuple[str, int], ...]
    left: tuple[tuple[int, str], ...]
    out: tuple[tuple[str, int], ...]
    supplies: tuple[tuple[str, int, int, int, int], ...]


def figures(given: Mapping[str, Any], made: Mapping[str, Any]) -> Figures:
    """Return what a round comes to, with those who meet again because both want to."""
    home = {each["id"]: each["district"] for each in given["people"]}
    groups: Sequence[Sequence[Any]] = [*made["groups"], *made["standing"]]
    pairs = [two for group in groups for two in combinations(group[0], 2)]
    known = [
        (home.get(a), home.get(b))
        for a, b in pairs
        if home.get(a) is not None and home.get(b) is not None
    ]
    steps = Counter(str(group[1]) for group in groups)
    introduced = len({each for group in groups for each in group[0]})  # a guide may be in several
    return Figures(
        people=introduced + len(made["left"]),
        introduced=introduced,
        groups=len(groups),
        trios=sum(len(group[0]) > TWO for group in groups),
        repeats=sum(group[2] is not None for group in made["groups"]),
        across=sum(a != b for a, b in known),
        known=len(known),
        steps=tuple((name, steps[name]) for name in STEPS if steps[name]),
        left=tuple((one, why) for one, why in made["left"]),
        out=tuple(sorted(Counter(why for _one, why in made["out"]).items())),
        supplies=tuple(tuple(each) for each in made["supplies"]),
    )


@dataclass(frozen=True, slots=True)
class Went:
    """How introductions went: of `answered` people so many `met`, of all `groups` so many were repeats."""

    groups: int
    seats: int
    answered: int
    met: int
    repeats: int
    minutes: int


def went(introductions: Sequence[Introduction]) -> Went:
    """Return how introductions went, as their people say."""
    seats = [seat for each in introductions for seat in each.seats]
    return Went(
        groups=len(introductions),
        seats=len(seats),
        answered=sum(each.answer is not None for each in seats),
        met=sum(each.answer is Said.MET for each in seats),
        repeats=sum(each.met is not None for each in introductions),
        minutes=sum(each.minutes or 0 for each in seats),
    )


def percent(part: int, whole: int) -> int:
    """Return a share in whole per cent, 0 of nothing."""
    return round(100 * part / whole) if whole else 0
