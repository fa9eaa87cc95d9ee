"""Made-up teachers, small and by the thousand."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import strategies as st

from plnbot.matching import Likes, Person, Round, Rules, Step, Weights, match
from plnbot.matching.columns import Numbers, columns
from plnbot.matching.people import ordered
from plnbot.matching.scoring import _KEEPS, TIES, Scoring, points

GRADES = 13
HOURS = 60
_GIVES_WAY = 200
"""How often prices give way."""
TWO = 2


def teachers(many: int, seed: int, *, subjects: int = 40, districts: int = 500) -> list[Person]:
    """Return teachers as a state has them: few subjects of many, and many of few."""
    chance = random.Random(seed)
    topics = [f"topic {each}" for each in range(30)]
    found = []
    for number in range(many):
        subject = min(int(chance.expovariate(1 / 8)), subjects - 1)
        grade = chance.randrange(GRADES)
        person = Person(
            number,
            district=chance.randrange(districts),
            subject=f"subject {subject}",
            field=f"field {subject // 6}",
            grades=frozenset({grade, min(grade + 1, GRADES - 1)}),
            topics=frozenset(chance.sample(topics, 3)),
            languages=frozenset({"en", "es"} if chance.random() < 0.2 else {"en"}),
            years=chance.randrange(35),
            likes=chance.choice(list(Likes)),
            free=frozenset(chance.sample(range(HOURS), 4)),
        )
        found.append(person)
    return found


@st.composite
def small(draw: st.DrawFn) -> tuple[list[Person], Rules]:
    """Draw a few people, and rules that bite."""
    number = st.integers(0, 3)
    some = st.builds(
        Person,
        id=st.just(0),
        district=number | st.none(),
        subject=st.sampled_from(["", "band", "latin", "physics"]),
        field=st.sampled_from(["", "arts", "science"]),
        grades=st.frozensets(st.integers(0, 4), max_size=2),
        topics=st.frozensets(st.sampled_from("abc")),
        languages=st.frozensets(st.sampled_from(["en", "es"])),
        years=number | st.none(),
        likes=st.sampled_from(Likes),
        free=st.frozensets(st.integers(0, 3), max_size=2),
        waited=st.integers(0, 2),
        odd=st.booleans(),
    )
    people = [
        Person(number, *(getattr(each, name) for name in Person.__match_args__[1:]))
        for number, each in enumerate(draw(st.lists(some, max_size=9)), 1)
    ]
    if len(people) < TWO:
        return people, Rules()
    ids = st.integers(1, len(people))
    pair = st.tuples(ids, ids).filter(lambda two: two[0] != two[1]).map(lambda two: ordered(*two))
    met: Mapping[tuple[int, int], int] = draw(st.dictionaries(pair, st.integers(1, 4), max_size=12))
    avoid = draw(st.frozensets(pair, max_size=10))
    return people, Rules(draw(st.booleans()), draw(st.integers(0, 3)), avoid, met)


class Fits:
    """How well rounds of the same people fit, in points."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._places = {each.id: at for at, each in enumerate(people)}
        self._who = who = columns(people, Rules())
        self._scoring = Scoring(who, Weights(), 0, other_district=True, gap=0)

    def of(self, made: Round) -> int:
        """Return the points of a round of pairs, without what only says that rules were kept."""
        pairs = [[self._places[each] for each in group.members] for group in made.groups]
        weights = [
            int(self._scoring.block(np.array([one]), np.array([other]), Step.SAME_DISTRICT)[0, 0])
            for one, other in pairs
        ]
        return sum(points(each) for each in weights)

    def most(self) -> float:
        """Return points that no round can pass: the sum of prices of which no two come to less than their pair.

        First half of everybody's best partner. Then prices of one subject give way to each other, which keeps
        that so among them; and last they rise where somebody of another subject would pay more.
        """
        everybody = np.arange(len(self._places))
        prices = self._best(everybody, np.zeros(len(everybody))) / 2
        for code in np.unique(self._who.subject):
            alike = np.nonzero(self._who.subject == code)[0]
            worth = self._worth(alike, alike)
            for _time in range(_GIVES_WAY if len(alike) > 1 else 0):
                asked = (worth - prices[alike][None, :]).max(axis=1)
                prices[alike] = (prices[alike] + np.maximum(asked, 0)) / 2
        missing = np.maximum(self._best(everybody, prices) - prices, 0)
        return float((prices + missing).sum())

    def _best(self, everybody: Numbers, prices: Any) -> Any:
        blocks = (everybody[at : at + 200] for at in range(0, len(everybody), 200))
        found = [(self._worth(rows, everybody) - prices[None, :]).max(axis=1) for rows in blocks]
        return np.concatenate(found)

    def _worth(self, rows: Numbers, across: Numbers) -> Any:
        weights = self._scoring.block(rows, across, Step.ANY)
        return np.where(weights > 0, np.maximum(0, (weights % _KEEPS) >> TIES), -1e12)


@dataclass(slots=True)
class Season:
    """How often each was left out, the odd one, twice running, with a repeat within the gap, or of another subject."""

    left: Counter[int] = field(default_factory=Counter)
    odd: Counter[int] = field(default_factory=Counter)
    odd_twice: Counter[int] = field(default_factory=Counter)
    again: Counter[int] = field(default_factory=Counter)
    other_subject: Counter[int] = field(default_factory=Counter)


def season(people: Sequence[Person], rounds: int) -> Season:
    """Play rounds one after the other."""
    met: dict[tuple[int, int], int] = {}
    odd: frozenset[int] = frozenset()
    played = Season()
    for seed in range(rounds):
        asked = [replace(each, odd=each.id in odd) for each in people]
        made = match(asked, Rules(gap=8, met=met), seed)
        third = frozenset(group.members[TWO] for group in made.groups if len(group.members) > TWO)
        played.left.update(each.id for each in made.left)
        played.odd.update(third)
        played.odd_twice.update(third & odd)
        for group in made.groups:
            played.again.update(group.members if group.step is Step.AGAIN else ())
            played.other_subject.update(group.members if group.step > Step.SUBJECT else ())
        met = {pair: ago + 1 for pair, ago in met.items()}
        met |= {
            ordered(*two): 1 for group in made.groups for two in combinations(group.members, TWO)
        }
        odd = third
    return played
