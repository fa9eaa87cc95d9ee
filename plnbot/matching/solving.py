"""As many pairs as there can be, and of those the best: Edmonds' blossoms, by rustworkx."""

from collections.abc import Iterator

import numpy as np
import rustworkx

from plnbot.matching.columns import Numbers
from plnbot.matching.people import Step
from plnbot.matching.scoring import Scoring

EXACT = 300
"""Up to so many people every pair is looked at; of more, the best partners of each."""
_BEST = 16
_ROWS = 512
_TWO = 2
Pair = tuple[int, int]


def solved(scoring: Scoring, places: Numbers, lowest: Step) -> list[Pair]:
    """Return the best pairs among these places, none below a step of the ladder."""
    if len(places) < _TWO:
        return []
    found = list(_edges(scoring, places, lowest))
    one, other, weight = (np.concatenate(each) for each in zip(*found, strict=True))
    return [
        (int(places[a]), int(places[b])) for a, b in best_pairs(len(places), one, other, weight)
    ]


def best_pairs(many: int, one: Numbers, other: Numbers, weight: Numbers) -> list[Pair]:
    """Return a matching of `many` nodes: as large as there can be, and of those the heaviest."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(many))
    graph.add_edges_from(list(zip(one.tolist(), other.tolist(), weight.tolist(), strict=True)))
    matched = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(a, b), max(a, b)) for a, b in matched)


def _edges(
    scoring: Scoring, places: Numbers, lowest: Step
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    many = len(places)
    for begin in range(0, many, _ROWS):
        rows = np.arange(begin, min(begin + _ROWS, many))
        weights = scoring.block(places[rows], places, lowest)
        if many <= EXACT:
            row, column = np.nonzero(weights)
            after = rows[row] < column
            row, column = row[after], column[after]
        else:
            row = np.repeat(np.arange(len(rows)), _BEST)
            column = np.argpartition(-weights, _BEST, axis=1)[:, :_BEST].ravel()
            there = weights[row, column] > 0
            row, column = row[there], column[there]
        yield rows[row], column, weights[row, column]
