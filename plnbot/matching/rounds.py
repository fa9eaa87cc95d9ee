"""One round: pairs by subject, then along the ladder, then trios, each with its reasons."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import combinations

import numpy as np

from plnbot.matching.columns import Columns, Numbers, columns
from plnbot.matching.people import Person, Rules, Step, Weights, ordered
from plnbot.matching.scoring import Scoring
from plnbot.matching.solving import EXACT, Pair, solved
from plnbot.values import dataclass

_NEIGHBOURS = 12
_REPAIRS = 12
_LET_IN = 100
"""So many of those left over are let in at once."""
_SCORED = 2_000_000
"""So many pairs are scored at once."""
_TWO = 2
_TOGETHER = 1250
"""So many of one subject are looked at together: of more, a country's, each has enough who are near."""


class Why(Enum):
    """Why somebody meets nobody this time."""

    ALONE = auto()
    """Nobody else takes part."""
    AVOIDS = auto()
    """Nobody is left whom they do not avoid, or who does not avoid them."""
    RULES = auto()
    """There are others, but none whom a rule lets them meet."""


@dataclass(frozen=True, slots=True)
class Group:
    """Two who meet, or three, by id, and the step of the ladder on which the furthest two of them stand.

    `met` is how many rounds ago two of them met last, None where they never did. The last of three is
    the odd one.
    """

    members: tuple[int, ...]
    step: Step
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """One who meets nobody, and why."""

    id: int
    why: Why


@dataclass(frozen=True, slots=True)
class Round:
    """Who meets whom. The same people, rules, weights and seed make the same round."""

    seed: int
    groups: tuple[Group, ...]
    left: tuple[Left, ...]


def match(
    people: Sequence[Person],
    rules: Rules,
    seed: int,
    *,
    weights: Weights | None = None,
    lowest: Step = Step.SAME_DISTRICT,
    threes: bool = False,
) -> Round:
    """Return who meets whom, in pairs or in `threes`; nobody stands below the step `lowest`."""
    people = sorted(people, key=lambda each: each.id)
    who = columns(people, rules)
    scoring = Scoring(
        who, weights or Weights(), seed, other_district=rules.other_district, gap=rules.gap
    )
    pairs: Sequence[Pair] = _pairs(scoring, who, lowest)
    rest = _unmatched(who, pairs)
    if threes:
        pairs, trios, left = _all_in_threes(scoring, pairs, rest, lowest)
    else:
        trios, left = _trios(scoring, pairs, rest, lowest)
    ids = who.ids.tolist()
    groups = _groups(scoring, sorted(trios.get(pair, pair) for pair in pairs), ids, rules)
    return Round(seed, groups, _reasons(scoring, left, ids))


def _pairs(scoring: Scoring, who: Columns, lowest: Step) -> list[Pair]:
    everybody = np.arange(len(who))
    if len(who) <= EXACT:
        return solved(scoring, everybody, lowest)
    pairs = [
        pair
        for places in _alike(who.subject)
        for part in _by_grade(who, places)
        for pair in solved(scoring, part, min(Step.SUBJECT, lowest))
    ]
    for step in (Step.FIELD, Step.ANY):
        rest = _unmatched(who, pairs)
        for part in (
            [rest] if step is Step.ANY else [rest[each] for each in _alike(who.field[rest])]
        ):
            for some in _by_grade(who, part):
                pairs += solved(scoring, some, min(step, lowest))
    return _repaired(scoring, who, pairs, lowest)


def _by_grade(who: Columns, places: Numbers) -> list[Numbers]:
    """Return places in parts of near grades, where they are too many to look at every pair."""
    order = places[np.argsort(who.lowest[places], kind="stable")]
    return np.array_split(order, max(1, -(-len(order) // _TOGETHER)))


def _repaired(scoring: Scoring, who: Columns, pairs: list[Pair], lowest: Step) -> list[Pair]:
    """Return pairs with more people in them, where taking some apart lets others in.

    Those left over are solved anew, exactly, together with their best partners and whom these had. It is
    done first along the ladder, and only then with rules waived.
    """
    for step in sorted({min(Step.ANY, lowest), lowest}):
        for _ in range(_REPAIRS):
            rest = _unmatched(who, pairs)[:_LET_IN]
            if len(rest) < _TWO:
                return pairs
            near = _neighbourhood(scoring, who, pairs, rest, step)
            inside = set(near.tolist())
            kept = [pair for pair in pairs if pair[0] not in inside]
            anew = kept + solved(scoring, near, step)
            if len(anew) <= len(pairs):
                break
            pairs = anew
    return pairs


def _neighbourhood(
    scoring: Scoring, who: Columns, pairs: Sequence[Pair], rest: Numbers, step: Step
) -> Numbers:
    mates = _mates(pairs)
    everybody, most = np.arange(len(who)), min(_NEIGHBOURS, len(who) - 1)
    found: set[int] = set()
    for rows in np.array_split(rest, -(-len(rest) * len(who) // _SCORED)):
        weights = scoring.block(rows, everybody, step)
        best = np.argpartition(-weights, most, axis=1)[:, :most]
        there = np.take_along_axis(weights, best, axis=1) > 0
        found.update(best[there].tolist())
    found |= {mates[place] for place in found if place in mates}
    return np.array(sorted(found | set(rest.tolist())), np.int64)


def _trios(
    scoring: Scoring, pairs: Sequence[Pair], rest: Numbers, lowest: Step
) -> tuple[Mapping[Pair, tuple[int, ...]], list[int]]:
    """Return the pair that each of those left over joins, and who can join none."""
    trios: dict[Pair, tuple[int, ...]] = {}
    left = []
    for third in rest.tolist():
        free = [pair for pair in pairs if pair not in trios]
        if not free:
            left.append(third)
            continue
        one, other = (np.array(each, np.int64) for each in zip(*free, strict=True))
        alone = np.array([third], np.int64)
        first, second = scoring.block(alone, one, lowest)[0], scoring.block(alone, other, lowest)[0]
        fits = np.where((first > 0) & (second > 0), first + second, 0)
        best = int(fits.argmax())
        if fits[best]:
            trios[free[best]] = (*free[best], third)
        else:
            left.append(third)
    return trios, left


def _all_in_threes(
    scoring: Scoring, pairs: Sequence[Pair], rest: Numbers, lowest: Step
) -> tuple[Sequence[Pair], Mapping[Pair, tuple[int, ...]], list[int]]:
    """Return pairs of which as many as can be have a third: the weakest are taken apart for that.

    Two who were taken apart are together again where not both of them find two others.
    """
    weights = {pair: int(scoring.block(*_alone(pair), lowest)[0, 0]) for pair in pairs}
    apart = sorted(pairs, key=weights.__getitem__)[: (len(pairs) - len(rest)) // 3]
    kept = [pair for pair in pairs if pair not in apart]
    thirds = np.array([*rest.tolist(), *(each for pair in apart for each in pair)], np.int64)
    trios, left = _trios(scoring, kept, thirds, lowest)
    again = [pair for pair in apart if set(pair) & set(left)]
    back = {each for pair in again for each in pair}
    stays = {pair: trio for pair, trio in trios.items() if trio[-1] not in back}
    return [*kept, *again], stays, [each for each in left if each not in back]


def _alone(pair: Pair) -> tuple[Numbers, Numbers]:
    return np.array(pair[:1], np.int64), np.array(pair[1:], np.int64)


def joined(
    people: Sequence[Person],
    rules: Rules,
    seed: int,
    pairs: Sequence[tuple[int, int]],
    *,
    weights: Weights | None = None,
) -> Mapping[int, tuple[int, int]]:
    """Return which of these pairs each of the others joins, by id, as the third of three."""
    who = columns(people, rules)
    scoring = Scoring(
        who, weights or Weights(), seed, other_district=rules.other_district, gap=rules.gap
    )
    place = {each.id: at for at, each in enumerate(people)}
    there = [(place[a], place[b]) for a, b in pairs if a in place and b in place]
    found, _left = _trios(scoring, there, _unmatched(who, there), Step.SAME_DISTRICT)
    return {
        people[trio[-1]].id: (people[pair[0]].id, people[pair[1]].id)
        for pair, trio in found.items()
    }


def _groups(
    scoring: Scoring, made: Sequence[tuple[int, ...]], ids: Sequence[int], rules: Rules
) -> tuple[Group, ...]:
    twos = [(at, pair) for at, each in enumerate(made) for pair in combinations(each, _TWO)]
    if not twos:
        return ()
    one, other = (
        np.array(each, np.int64) for each in zip(*(pair for _, pair in twos), strict=True)
    )
    last: list[tuple[Step, int | None]] = [(Step.SUBJECT_AND_GRADE, None)] * len(made)
    for (at, (a, b)), step in zip(twos, scoring.steps(one, other), strict=True):
        ago = rules.met.get(ordered(ids[a], ids[b]))
        again = Step.AGAIN if ago is not None and ago <= rules.gap else step
        worst, met = last[at]
        last[at] = (
            max(worst, step, again),
            min((each for each in (met, ago) if each is not None), default=None),
        )
    return tuple(
        Group(tuple(ids[place] for place in members), *said)
        for members, said in zip(made, last, strict=True)
    )


def _reasons(scoring: Scoring, left: Sequence[int], ids: Sequence[int]) -> tuple[Left, ...]:
    everybody = np.arange(len(ids))
    found = []
    for place in left:
        weights = scoring.block(np.array([place]), everybody, Step.SAME_DISTRICT)
        alone = Why.ALONE if len(ids) == 1 else Why.AVOIDS
        found.append(Left(ids[place], Why.RULES if weights.any() else alone))
    return tuple(found)


def _alike(codes: Numbers) -> list[Numbers]:
    """Return the places of those that have one code in common."""
    order = np.argsort(codes, kind="stable")
    cuts = np.nonzero(np.diff(codes[order]))[0] + 1
    return [each for each in np.split(order, cuts) if len(each)]


def _unmatched(who: Columns, pairs: Sequence[Pair]) -> Numbers:
    taken = np.zeros(len(who), bool)
    for pair in pairs:
        taken[list(pair)] = True
    return np.nonzero(~taken)[0]


def _mates(pairs: Sequence[Pair]) -> Mapping[int, int]:
    return {a: b for pair in pairs for a, b in (pair, pair[::-1])}
