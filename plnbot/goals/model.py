"""A goal, by what a change is seen, and which of some lines is which goal: pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from plnbot.likeness import likeness
from plnbot.values import dataclass

MOST = 3
"""So many goals one has at a time."""
LONGEST = 600
LONGEST_OWN = 40
"""Of an indicator in somebody's own word."""
_ALIKE = 0.5
"""From which likeness on, of 1, a line is taken for a goal in other words."""


class Indicator(StrEnum):
    """By what somebody will see that something changes."""

    STUDENT_WORK = "student_work"
    PRACTICE = "practice"
    ENGAGEMENT = "engagement"
    SKILLS = "skills"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a member, as it is worded now; `revision` counts the wordings from 1.

    `since` is when it was set, `worded_at` when it got these words, `ended` when it was given up or
    reached, None while it stands.
    """

    id: int
    network: int
    member: int
    words: str
    place: int
    revision: int
    since: datetime
    worded_at: datetime
    ended: datetime | None = None


def tidy(words: str) -> str:
    """Return a goal's words on one line."""
    return " ".join(words.split())


def matched(before: Sequence[Goal], lines: Sequence[str]) -> Sequence[Goal | None]:
    """Return for each line the goal that it is about; None for one that is new.

    A goal is found once: by the same words first, then by the nearest ones.
    """
    found: dict[int, Goal] = {}
    rest = list(before)
    for at, line in enumerate(lines):
        same = next((each for each in rest if each.words.casefold() == line.casefold()), None)
        if same is not None:
            found[at] = same
            rest.remove(same)
    near = sorted(
        (
            (-how, at, each.place, each)
            for at, line in enumerate(lines)
            for each in rest
            if at not in found and (how := likeness(each.words, line)) >= _ALIKE
        ),
        key=lambda pair: pair[:3],
    )
    for _how, at, _place, each in near:
        if at not in found and each in rest:
            found[at] = each
            rest.remove(each)
    return [found.get(at) for at in range(len(lines))]
