"""Who accompanies whom, where some take several: the same matching, each place of theirs for itself."""

from collections.abc import Sequence

import numpy as np

from plnbot.matching.columns import columns
from plnbot.matching.people import Person, Rules, Step, Weights
from plnbot.matching.scoring import TIES, Scoring
from plnbot.matching.solving import best_pairs
from plnbot.values import dataclass

_SPREAD = 250
"""Points that a place costs for each that its owner has taken already: not always the same few carry everyone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who accompanies others: a mentor or a coach, and for how many there is room still."""

    person: Person
    room: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Who accompanies whom, by id, and the step of the ladder on which the two stand."""

    mentor: int
    mentee: int
    step: Step


def ties(
    offers: Sequence[Offer],
    mentees: Sequence[Person],
    rules: Rules,
    seed: int,
    *,
    weights: Weights | None = None,
    lowest: Step = Step.SAME_DISTRICT,
) -> tuple[Tie, ...]:
    """Return as many ties as there can be, and of those the best; nobody has more than there is room for."""
    offers = sorted((each for each in offers if each.room > 0), key=lambda each: each.person.id)
    mentees = sorted(mentees, key=lambda each: each.id)
    if not offers or not mentees:
        return ()
    who = columns([*(each.person for each in offers), *mentees], rules)
    scoring = Scoring(
        who, weights or Weights(), seed, other_district=rules.other_district, gap=rules.gap
    )
    here, there = np.arange(len(offers)), np.arange(len(offers), len(who))
    fits = scoring.block(here, there, lowest)
    owners = np.repeat(here, [each.room for each in offers])
    nth = np.concatenate([np.arange(each.room) for each in offers])
    row, column = np.nonzero(fits[owners])
    worth = fits[owners[row], column] - (_SPREAD * nth[row] << TIES)
    found = best_pairs(len(owners) + len(mentees), row, column + len(owners), worth)
    if not found:
        return ()
    taken = np.array([(owners[a], b - len(owners) + len(offers)) for a, b in found], np.int64)
    steps = scoring.steps(taken[:, 0], taken[:, 1])
    pairs = zip(who.ids[taken].tolist(), steps, strict=True)
    made = [Tie(mentor, mentee, step) for (mentor, mentee), step in pairs]
    return tuple(sorted(made, key=_by_mentor))


def _by_mentor(tie: Tie) -> tuple[int, int]:
    return tie.mentor, tie.mentee
