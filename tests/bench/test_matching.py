"""How long a round takes to match, beside exact matching by networkx and a greedy one."""

import resource
import time
from collections.abc import Sequence

import networkx as nx
import numpy as np
import pytest

from plnbot.matching import Person, Round, Rules, Step, Weights, match
from plnbot.matching.columns import columns
from plnbot.matching.scoring import Scoring
from tests.bench.conftest import Print
from tests.matching.worlds import Fits, season, teachers

pytestmark = pytest.mark.bench


def timed(people: Sequence[Person]) -> tuple[Round, float]:
    """Return a round and the processor seconds it took, the least of some."""
    made, taken = match(people, Rules(), 1), []
    for seed in range(1 if len(people) > 20_000 else 3):
        began = time.process_time()
        made = match(people, Rules(), seed)
        taken.append(time.process_time() - began)
    return made, min(taken)


def test_a_thousand_beside_others(say: Print) -> None:
    """All pairs of a thousand teachers: ours, networkx's exact one, and the best pair first."""
    people = teachers(1000, 1)
    made, seconds = timed(people)
    who = columns(people, Rules())
    everybody = np.arange(len(people))
    weights = Scoring(who, Weights(), 1, other_district=True, gap=0).block(
        everybody, everybody, Step.SUBJECT
    )
    one, other = np.nonzero(np.triu(weights))
    edges = list(zip(one.tolist(), other.tolist(), weights[one, other].tolist(), strict=True))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(edges)
    began = time.process_time()
    exact = nx.max_weight_matching(graph, maxcardinality=True)
    theirs = time.process_time() - began
    began, taken, greedy = time.process_time(), set[int](), 0
    for a, b, _weight in sorted(edges, key=lambda edge: -edge[2]):
        if not {a, b} & taken:
            taken |= {a, b}
            greedy += 1
    say(
        f"1,000: {seconds * 1000:.0f} ms, {len(made.groups)} pairs; networkx within subjects {theirs * 1000:,.0f} ms"
        f" ({theirs / seconds:.0f} x), {len(exact)} pairs; greedy {(time.process_time() - began) * 1000:.0f} ms,"
        f" {greedy} pairs"
    )
    assert len(made.groups) >= len(exact) >= greedy


@pytest.mark.parametrize("many", [10_000, 100_000])
def test_many(many: int, say: Print) -> None:
    """A state, and a country; how far from points that no round can pass."""
    people = teachers(many, 2)
    made, seconds = timed(people)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lost = ""
    if many <= 10_000:
        fits = Fits(people)
        lost = f", {100 * (1 - fits.of(made) / fits.most()):.2f} % from the upper bound"
    say(
        f"{many:,}: {seconds:.2f} s, {len(made.groups):,} groups, {len(made.left)} left, {memory:.0f} MB{lost}"
    )
    assert not made.left


@pytest.mark.parametrize(("many", "districts"), [(61, 12), (301, 12), (301, 3)])
def test_fair_over_twenty_rounds(many: int, districts: int, say: Print) -> None:
    """How often the unluckiest of all was the third, met somebody again soon, or one of another subject."""
    rounds = 20
    played = season(teachers(many, 5, subjects=8, districts=districts), rounds)
    told = {
        "left out": played.left,
        "odd": played.odd,
        "odd twice running": played.odd_twice,
        "with a repeat": played.again,
        "with another subject": played.other_subject,
    }
    worst = {name: max(each.values(), default=0) for name, each in told.items()}
    said = ", ".join(f"{name} {times}" for name, times in worst.items())
    say(
        f"{many} teachers of {districts} districts, {rounds} rounds; at most, for one of them: {said}"
    )
    assert worst["left out"] == worst["odd twice running"] == 0
    assert max(worst["odd"], worst["with a repeat"]) < rounds
