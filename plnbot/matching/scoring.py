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
Small = NDArray[np.int16]
Points = NDArray[np.int32]
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
        # Millions of pairs are looked at: small numbers are read and written faster than large ones.
        self._subject, self._field, self._district = (
            _small(each) for each in (who.subject, who.field, who.district)
        )
        self._lowest, self._highest, self._years, self._likes = (
            each.astype(np.int16) for each in (who.lowest, who.highest, who.years, who.likes)
        )
        self._at_home = who.district >= 0

    def block(self, rows: Numbers, across: Numbers, lowest: Step) -> Numbers:
        """Return the weight of each of `rows` with each of `across`.

        It is 0 where two may not meet, or only below that step of the ladder.
        """
        weights = self.worth(rows, across, lowest)
        weights += self.ties(rows[:, None], across[None, :]) * (weights > 0)
        return weights

    def worth(self, rows: Numbers, across: Numbers, lowest: Step) -> Numbers:
        """Return the weights of a block without what the seed says."""
        one, other = rows[:, None], across[None, :]
        apart = np.maximum(self._lowest[one], self._lowest[other])
        apart -= np.minimum(self._highest[one], self._highest[other])
        step, points = self._steps(one, other, apart), self._points(one, other, apart)
        points += self._weights.new
        for row, column, ago in self._listed(self.who.met, rows, across):
            points[row, column] -= _known(self._weights.new, int(ago), self._gap)
            if ago <= self._gap:
                step[row, column] = max(step[row, column], Step.AGAIN)
        points += self._weights.step * (_STEPS - 1 - step.astype(np.int32))
        weights: Numbers = points.astype(np.int64)
        weights += _WAITED * (self.who.waited[one] + self.who.waited[other]) + 1
        weights <<= TIES
        weights += _KEEPS * (step < Step.AGAIN)
        weights[step > lowest] = 0
        weights[one == other] = 0
        for row, column in self._listed(self.who.avoid, rows, across):
            weights[row, column] = 0
        return weights

    def steps(self, one: Numbers, other: Numbers) -> list[Step]:
        """Return the step of each of `one` with its like of `other`, whether they have met or not."""
        apart = np.maximum(self._lowest[one], self._lowest[other])
        apart -= np.minimum(self._highest[one], self._highest[other])
        return [Step(each) for each in self._steps(one, other, apart).tolist()]

    def _steps(self, one: Numbers, other: Numbers, apart: Small) -> NDArray[np.int8]:
        known = (self._lowest[one] != NO_GRADE) & (self._lowest[other] != NO_GRADE)
        subject = self._subject[one] == self._subject[other]
        step = np.full(subject.shape, Step.ANY, np.int8)
        step[self._field[one] == self._field[other]] = Step.FIELD
        step[subject] = Step.SUBJECT
        step[subject & known & (apart <= _NEAR)] = Step.SUBJECT_AND_GRADE
        if self._other_district:
            alike = self._district[one] == self._district[other]
            step[alike & self._at_home[one]] = Step.SAME_DISTRICT
        return step

    def _points(self, one: Numbers, other: Numbers, apart: Small) -> Points:
        who, weights = self.who, self._weights
        points = _shared(who.topics, one, other, weights.most_topics) * np.int32(weights.topic)
        points += _shared(who.hours, one, other, weights.most_hours) * np.int32(weights.hour)
        points += _shared(who.languages, one, other, 1) * np.int32(weights.language)
        points += (apart <= 0) * np.int32(weights.grade)
        here, there = self._years[one], self._years[other]
        near = np.where(np.abs(here - there) < _SENIOR, np.int16(1), np.int16(-1))
        near *= (here >= 0) & (there >= 0)
        near *= self._likes[one] + self._likes[other]
        points += near * np.int32(weights.experience)
        points += weights.experience * _BOTH
        return points

    def ties(self, one: Numbers, other: Numbers) -> Numbers:
        """Return what the seed says of pairs: the same for both, on every machine."""
        here, there = self.who.ids[one], self.who.ids[other]
        low, high = (
            each.astype(np.uint64) for each in (np.minimum(here, there), np.maximum(here, there))
        )
        with np.errstate(over="ignore"):
            mixed = (low * _MIX[0] + high) * _MIX[1] + self._seed * _MIX[2]
            mixed ^= mixed >> np.uint64(30)
            mixed *= _MIX[1]
            mixed ^= mixed >> np.uint64(27)
            mixed *= _MIX[2]
            mixed ^= mixed >> np.uint64(31)
        mixed >>= np.uint64(64 - TIES)
        return mixed.astype(np.int64)

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


def _known(new: int, ago: int, gap: int) -> int:
    """Return the points that two who have met lack: fewer the longer ago it was, and never less than half.

    So a new face of the same subject comes before a known one of a near grade, as long as there is one.
    """
    return new // 2 + new // 2 * (gap + 1) // max(ago, gap + 1)


def _small(codes: Numbers) -> Points:
    """Return codes as small numbers, alike where they were."""
    return np.unique(codes, return_inverse=True)[1].astype(np.int32)


def _shared(bits: Bits, one: Numbers, other: Numbers, most: int) -> NDArray[np.uint16]:
    """Return how many things two have in common, at most so many."""
    words = (bits[one, word] & bits[other, word] for word in range(bits.shape[1]))
    shared: NDArray[np.uint16] = sum(np.bitwise_count(each).astype(np.uint16) for each in words)
    return np.minimum(shared, np.uint16(most), out=shared)
