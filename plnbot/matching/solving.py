"""As many pairs as there can be, and of those the best: Edmonds' blossoms, by rustworkx.

Up to `EXACT` people, every pair is looked at. Of more, blossoms get only the pairs that may matter. Which these
are is said by prices: each asks one, two whose prices come to less than what they have in common ask for more,
and others for less. What two have in common beyond their prices is then nearly nothing for the pairs of a best
round, and a few for each suffice, of whom everybody has some, also who fits nobody very well.
"""

import numpy as np
import rustworkx
from numpy.typing import NDArray

from plnbot.matching.columns import Numbers
from plnbot.matching.people import Step
from plnbot.matching.scoring import TIES, Scoring

EXACT = 300
"""Up to so many people every pair is looked at; of more, the best partners of each."""
_BEST = 6
_SURE = 2 << TIES
"""Two who are each other's best by so much are a pair, and blossoms need not look at them."""
_NEVER = -(2.0**60)
"""Less than any two could have in common."""
_GIVES_WAY = 12
"""How often prices give way to each other."""
_ROWS = 128
"""So many rows are scored at once: what is worked out on the way stays near the processor."""
_TABLE = 3000
"""Of up to so many, a table of all pairs is small beside the rest."""
_TWO = 2
Pair = tuple[int, int]
Worth = NDArray[np.float64]
Asked = tuple[list[Pair], Numbers, Numbers]
"""Pairs that are there already, and between whom others may be."""


def solved(scoring: Scoring, places: Numbers, lowest: Step) -> list[Pair]:
    """Return the best pairs among these places, none below a step of the ladder."""
    if len(places) < _TWO:
        return []
    worth = np.empty((len(places), len(places)))  # whole numbers below 2^53, which it holds exactly
    for begin in range(0, len(places), _ROWS):
        rows = slice(begin, begin + _ROWS)
        worth[rows] = scoring.worth(places[rows], places, lowest)
    sure, one, other = _all(worth) if len(places) <= EXACT else _promising(scoring, places, worth)
    weight = worth[one, other].astype(np.int64) + scoring.ties(places[one], places[other])
    found = [*sure, *best_pairs(len(places), one, other, weight)]
    return [(int(places[a]), int(places[b])) for a, b in sorted(found)]


def best_pairs(many: int, one: Numbers, other: Numbers, weight: Numbers) -> list[Pair]:
    """Return a matching of `many` nodes: as large as there can be, and of those the heaviest."""
    if many <= _TABLE:
        table = np.zeros((many, many))
        table[one, other] = table[other, one] = weight
        graph = rustworkx.PyGraph.from_adjacency_matrix(table, 0.0)
    else:
        graph = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(many))
        graph.add_edges_from(list(zip(one.tolist(), other.tolist(), weight.tolist(), strict=True)))
    matched = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(a, b), max(a, b)) for a, b in matched)


def _all(worth: Worth) -> Asked:
    one, other = np.nonzero(np.triu(worth))
    return [], one, other


def _promising(scoring: Scoring, places: Numbers, worth: Worth) -> Asked:
    """Return pairs that are sure, and of the others those that have most in common beyond the prices of both."""
    beyond = np.where(worth > 0, worth, _NEVER)
    prices = np.maximum(beyond.max(axis=1), 0) / 2
    for _time in range(_GIVES_WAY):
        asked = (beyond - prices).max(axis=1)
        prices = (prices + np.maximum(asked, 0)) / 2
    beyond -= prices
    lots = scoring.ties(places, places)
    beyond += (
        lots[:, None] ^ lots[None, :]
    )  # no two alike: whichever machine looks, it takes the same
    everybody = np.arange(len(places))
    near = np.argpartition(-beyond, _BEST, axis=1)[:, :_BEST]
    ranked = np.take_along_axis(beyond, near, axis=1)
    best = near[everybody, ranked.argmax(axis=1)]
    first, second = np.sort(ranked, axis=1)[:, :-3:-1].T
    sure = (best[best] == everybody) & (worth[everybody, best] > 0) & (first - second >= _SURE)
    sure &= sure[best]
    one, other = np.repeat(everybody, _BEST), near.ravel()
    there = (worth[one, other] > 0) & ~sure[one] & ~sure[other]
    pairs = [(a, b) for a, b in enumerate(best.tolist()) if sure[a] and a < b]
    return pairs, one[there], other[there]
