"""How ready a team sees itself: figures from 0 to 10, the stages they are in, and what moved. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from plnbot.values import dataclass

MOST = 10
"""The highest figure."""
LONGEST_TITLE, LONGEST_WORDS = 80, 600
MOST_IN_TEAM = 25


class Stage(StrEnum):
    """The stages of the framework, in their order."""

    INVESTIGATING = "investigating"
    ENVISIONING = "envisioning"
    PLANNING = "planning"
    STAGING = "staging"


_FROM: Mapping[Stage, int] = {
    Stage.INVESTIGATING: 0,
    Stage.ENVISIONING: 3,
    Stage.PLANNING: 6,
    Stage.STAGING: 9,
}


class State(StrEnum):
    """How far a team is: each alone, together, or agreed."""

    ALONE = "alone"
    TOGETHER = "together"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a team agreed on for an element, and why."""

    figure: int
    words: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How figures of several people lie: the lowest, the one in the middle, the highest."""

    least: int
    middle: int
    most: int


def stage_of(figure: int) -> Stage:
    """Return the stage that a figure is in."""
    return [stage for stage, least in _FROM.items() if figure >= least][-1]


def range_of(stage: Stage) -> tuple[int, int]:
    """Return the lowest and the highest figure of a stage."""
    later = [least for least in _FROM.values() if least > _FROM[stage]]
    return _FROM[stage], min(later, default=MOST + 1) - 1


def spread_of(figures: Sequence[int]) -> Spread | None:
    """Return how figures lie; None where there are none. Of an even number the lower middle counts."""
    ordered = sorted(figures)
    if not ordered:
        return None
    return Spread(ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1])


def opens(rated: int, of: int) -> bool:
    """Return whether everybody has said theirs, so that all may be seen together.

    One alone is no team yet: who began and rates before they invite anybody goes on alone.
    """
    return 1 < of <= rated
