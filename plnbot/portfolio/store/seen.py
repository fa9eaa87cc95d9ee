"""Exemplars with everything of them, read in a few queries."""

from collections.abc import Mapping, Sequence

from plnbot import kept_files
from plnbot.goals import store as goals
from plnbot.kept_files import KeptFile
from plnbot.portfolio.model import Evidence, Exemplar, Question, Version
from plnbot.portfolio.store import exemplars, shares
from plnbot.portfolio.store.exemplars import TENANT
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One exemplar with everything of it; `goal` is its goal's words as they are now, empty without one."""

    it: Exemplar
    goal: str
    versions: Sequence[Version]
    evidence: Sequence[Evidence]
    files: Mapping[int, KeptFile]
    questions: Sequence[Question]


def seen(tx: Tx, of: Sequence[Exemplar]) -> Sequence[Seen]:
    """Return everything of these exemplars, those of one goal together, in the order of their goals."""
    numbers = [each.id for each in of]
    versions, evidence = exemplars.versions_of(tx, numbers), exemplars.evidence_of(tx, numbers)
    files = {each.id: each for each in kept_files.of_rows(tx, TENANT, numbers)}
    questions = shares.questions_of(tx, numbers)
    words = _goals(tx, {each.told.goal for each in of if each.told.goal is not None})
    found = [
        Seen(
            each,
            words.get(each.told.goal or 0, ""),
            versions.get(each.id, ()),
            evidence.get(each.id, ()),
            files,
            [one for one in questions if one.exemplar == each.id],
        )
        for each in of
    ]
    return sorted(found, key=lambda each: (each.goal == "", each.it.told.goal or 0))


def _goals(tx: Tx, numbers: set[int]) -> Mapping[int, str]:
    found = {number: goals.get_goal(tx, number) for number in numbers}
    return {number: each.words for number, each in found.items() if each is not None}
