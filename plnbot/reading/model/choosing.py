"""What a digest chooses for a member, and why: pure. Nothing is chosen without a reason that is said.

A thing fits by what the member told (subjects, grades, the words of their goals), by what they did with
others of its source before (saved, done, used in class, "less like this"), and by how many used it in
class. What is for other subjects or grades alone is left out, unless its source has proved itself.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from plnbot.reading.model.things import Worth
from plnbot.values import dataclass

_SUBJECT, _GRADE, _GOAL, _USED, _NOTE = 3.0, 1.5, 2.5, 1.0, 0.5
_MOST_LIKED, _LIKED = 3, 1.0
_MOST_OF_ONE = 2
"""So many of one source are chosen at once, where there are others."""
_WEEK = 7.0


class Because(StrEnum):
    """Why a thing is shown to a member."""

    SUBJECT = "subject"
    GRADE = "grade"
    GOAL = "goal"
    LIKED = "liked"
    USED = "used"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with what it speaks of: ids of subjects or grades, a goal's words, a source, a number."""

    because: Because
    value: str = ""


@dataclass(frozen=True, slots=True)
class Interest:
    """What is known of a member: what they told, and how they took to sources and subjects before.

    `goals` are the goals as they wrote them, with the stems that tell them apart. `liked` counts, for
    each source, what they saved and did, less what they want less of; `less` are the subjects of those.
    """

    subjects: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    goals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    liked: Mapping[str, int] = field(default_factory=dict)
    less: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that was chosen, how well it fits, and why."""

    worth: Worth
    score: float
    reasons: tuple[Reason, ...]


def choice(
    worth: Worth, stems: Collection[str], interest: Interest, now: datetime
) -> Choice | None:
    """Return how well a thing fits a member, and why; None where it is not for them."""
    found: list[tuple[float, Reason]] = []
    own = sorted(interest.subjects.intersection(worth.subjects))
    if own:
        found.append((_SUBJECT, Reason(Because.SUBJECT, ",".join(own))))
    taught = [each for each in worth.grades if each in interest.grades]
    if taught:
        found.append((_GRADE, Reason(Because.GRADE, ",".join(taught))))
    for goal, words in interest.goals.items():
        if words and len(words.intersection(stems)) >= min(2, len(words)):
            found.append((_GOAL, Reason(Because.GOAL, goal)))
            break
    liked = interest.liked.get(worth.source, 0)
    if liked > 0:
        found.append((_LIKED * min(liked, _MOST_LIKED), Reason(Because.LIKED, worth.source)))
    if worth.used:
        found.append((_USED * min(worth.used, 3), Reason(Because.USED, str(worth.used))))
    strange = (worth.subjects and interest.subjects and not own) or (
        worth.grades and interest.grades and not taught
    )
    if strange and liked <= 0:
        return None
    total = sum(weight for weight, _ in found) + (_NOTE if worth.note else 0)
    total += min(liked, 0) * _LIKED - sum(interest.less.get(each, 0) for each in worth.subjects)
    if worth.came is not None:
        total -= min((now - worth.came).total_seconds() / 86400 / _WEEK, 2.0)
    reasons = tuple(each for _, each in sorted(found, key=lambda pair: -pair[0]))
    return Choice(worth, total, reasons or (Reason(Because.NEW, worth.source),))


def chosen(choices: Sequence[Choice], most: int) -> Sequence[Choice]:
    """Return the best of what fits, of one source no more than two where there are others."""
    best = sorted(choices, key=lambda each: (-each.score, -each.worth.thing.row))
    of_source: Counter[str] = Counter()
    first: list[Choice] = []
    rest: list[Choice] = []
    for each in best:
        of_source[each.worth.source] += 1
        few = of_source[each.worth.source] <= _MOST_OF_ONE
        (first if few else rest).append(each)
    return [*first, *rest][:most]
