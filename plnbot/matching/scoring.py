"""How well pairs fit, as whole numbers of which no two are alike; 0 where two may not meet."""

import numpy as np
from numpy.typing import NDArray

from plnbot.matching.columns import NO_GRADE, Bits, Columns, Numbers
from plnbot.matching.people import Step, Weights

TIES = 16
"""Bits at the end of a weight that the seed fills."""
_WAITED = 20_000
"""More than all that two can have in common: who waited comes first."""
_KEEPS = 1 << 45
"""More than whole rounds differ by: as few pairs as can be are excused from a rule."""
_STEPS = len(Step)
_NEAR = 1
_BOTH = 2
_SENIOR = 5
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Scoring:
    """Scores pairs of one round. Places are those of the columns."""

    def __init__(
        self, who: Columns, weights: Weights, seed: int, *, other_district: bool, gap: int
    ) -> None:
        self.who, self._weights = who, weights
        self._seed = np.uint64(seed % (1 << 64))
        self._other_district, self._gap = other_district, gap

    def block(self, rows: Numbers, across: Numbers, lowest: Step) -> Numbers:
        """Return the weight of each of `rows` with each of `across`.

        It is 0 where two may not meet, or only below that step of the ladder.
        """
        one, other = rows[:, None], across[None, :]
        step, points = self._steps(one, other), self._points(one, other)
        points += self._weights.new
        for row, column, ago in self._listed(self.who.met, rows, across):
            points[row, column] -= self._weights.new // max(1, int(ago) - self._gap)
            if ago <= self._gap:
                step[row, column] = max(step[row, column], Step.AGAIN)
        points += self._weights.step * (_STEPS - 1 - step.astype(np.int64))
        points += _WAITED * (self.who.waited[one] + self.who.waited[other])
        weights: Numbers = ((points + 1) << TIES) + self._ties(one, other)
        weights += _KEEPS * (step < Step.AGAIN)
        weights[one == other] = 0
        for row, column in self._listed(self.who.avoid, rows, across):
            weights[row, column] = 0
        weights[step > lowest] = 0
        return weights

    def steps(self, one: Numbers, other: Numbers) -> list[Step]:
        """Return the step of each of `one` with its like of `other`, whether they have met or not."""
        return [Step(each) for each in self._steps(one, other).tolist()]

    def _steps(self, one: Numbers, other: Numbers) -> NDArray[np.int8]:
        who = self.who
        apart = np.maximum(who.lowest[one], who.lowest[other]) - np.minimum(
            who.highest[one], who.highest[other]
        )
        known = (who.lowest[one] != NO_GRADE) & (who.lowest[other] != NO_GRADE)
        subject = who.subject[one] == who.subject[other]
        step = np.full(subject.shape, Step.ANY, np.int8)
        step[who.field[one] == who.field[other]] = Step.FIELD
        step[subject] = Step.SUBJECT
        step[subject & known & (apart <= _NEAR)] = Step.SUBJECT_AND_GRADE
        if self._other_district:
            home = who.district[one]
            step[(home == who.district[other]) & (home >= 0)] = Step.SAME_DISTRICT
        return step

    def _points(self, one: Numbers, other: Numbers) -> Numbers:
        who, weights = self.who, self._weights
        points: Numbers = weights.topic * np.minimum(
            _shared(who.topics, one, other), weights.most_topics
        )
        points += weights.hour * np.minimum(_shared(who.hours, one, other), weights.most_hours)
        points += weights.language * (_shared(who.languages, one, other) > 0)
        points += weights.grade * (
            (who.lowest[one] <= who.highest[other]) & (who.lowest[other] <= who.highest[one])
        )
        here, there = who.years[one], who.years[other]
        near = np.where(np.abs(here - there) < _SENIOR, 1, -1) * ((here >= 0) & (there >= 0))
        points += weights.experience * (near * (who.likes[one] + who.likes[other]) + _BOTH)
        return points

    def _ties(self, one: Numbers, other: Numbers) -> Numbers:
        """Return what the seed says of pairs: the same for both, on every machine."""
        here, there = self.who.ids[one], self.who.ids[other]
        low, high = (
            each.astype(np.uint64) for each in (np.minimum(here, there), np.maximum(here, there))
        )
        with np.errstate(over="ignore"):
            mixed = (low * _MIX[0] + high) * _MIX[1] + self._seed * _MIX[2]
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[1]
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[2]
        said: Numbers = ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - TIES)).astype(
            np.int64
        )
        return said

    def _listed(self, pairs: Numbers, rows: Numbers, across: Numbers) -> Numbers:
        """Return the pairs of a list that lie in a block, by their places in it."""
        if not len(pairs):
            return pairs
        at_row, at_column = _places(rows, len(self.who)), _places(across, len(self.who))
        found = pairs.copy()
        found[:, 0], found[:, 1] = at_row[pairs[:, 0]], at_column[pairs[:, 1]]
        inside: Numbers = found[(found[:, 0] >= 0) & (found[:, 1] >= 0)]
        return inside


def points(weight: int) -> int:
    """Return the points in a weight: what two have in common, and how long they waited."""
    return max(0, (weight % _KEEPS) >> TIES)


def _places(of: Numbers, many: int) -> Numbers:
    places = np.full(many, -1, np.int64)
    places[of] = np.arange(len(of))
    return places


def _shared(bits: Bits, one: Numbers, other: Numbers) -> Numbers:
    """Return how many things two have in common."""
    words = (bits[one, word] & bits[other, word] for word in range(bits.shape[1]))
    shared: Numbers = sum(np.bitwise_count(each).astype(np.int64) for each in words)
    return shared
