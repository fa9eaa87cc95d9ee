"""How a goal is gone about, what may have fed it, and when to look back: pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from plnbot.goals.model import Indicator
from plnbot.values import dataclass
from plnbot.walltime import same_wall_time_later

RHYTHMS = (2, 4, 6)
"""Every how many weeks one may want to look back; 0 is never."""
MOST_FED = 500
"""So many activities can be tied to one goal."""


class Change(StrEnum):
    """How much something has changed, as whoever looks back sees it."""

    NONE = "none"
    LITTLE = "little"
    CLEARLY = "clearly"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a member goes about a goal.

    `own` is the indicator in their own word, empty without `Indicator.OWN`. `weeks` is their rhythm,
    0 for none, and `due` when they mean to look back next.
    """

    indicators: tuple[Indicator, ...] = ()
    own: str = ""
    weeks: int = 0
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reflection:
    """A look back on a goal; `own` is what the indicator in their own word was called then."""

    at: datetime
    words: str
    changes: Mapping[Indicator, Change] = field(default_factory=dict)
    own: str = ""


def next_due(now: datetime, zone: str, weeks: int) -> datetime | None:
    """Return when to look back next: so many weeks later, at the same time by the member's clock."""
    return same_wall_time_later(now, zone, 7 * weeks) if weeks else None


def nearest_goal(goals: Mapping[int, Collection[str]], about: Collection[str]) -> int | None:
    """Return which goal shares most words with what an activity is about; None where none does.

    All are stems. Of two that share as many, it is the first.
    """
    shared = {number: len(set(stems).intersection(about)) for number, stems in goals.items()}
    best = max(shared, key=lambda number: shared[number], default=None)
    return best if best is not None and shared[best] else None


OWN_WORD = "own"
"""Where a skill is from that a member tagged; else it is from what they did, by its kind."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A skill, how many activities touched it, their minutes, and how many of them say so by where from."""

    skill: str
    many: int
    minutes: int
    sources: Mapping[str, int] = field(default_factory=dict)


def touched(done: Iterable[tuple[Collection[str], int, str]]) -> Sequence[Touched]:
    """Return the skills that activities touched, the most touched first.

    Each activity is given as its skills, its minutes, which count for each of them, and where they are from.
    """
    many, minutes = Counter[str](), Counter[str]()
    sources: dict[str, Counter[str]] = {}
    for skills, took, source in done:
        for each in set(skills):
            many[each] += 1
            minutes[each] += took
            sources.setdefault(each, Counter())[source] += 1
    found = (Touched(each, many[each], minutes[each], sources[each]) for each in many)
    return sorted(found, key=lambda each: (-each.many, -each.minutes, each.skill))
