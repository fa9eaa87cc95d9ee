"""Who meets whom: what holds of every round, checked against all ways there are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.matching import Group, Person, Rules, Step, Why, match, rounds, solving
from plnbot.matching.people import ordered
from tests.matching.worlds import Fits, season, small, teachers

seeds = st.integers(0, 2**63)
HELD = [(1, 5), (2, 3), (4, 7), (6, 8, 0)]


def may_meet(one: Person, other: Person, rules: Rules, *, waived: bool) -> bool:
    """Tell whether two may meet, with rules waived that can be."""
    pair = ordered(one.id, other.id)
    if pair in rules.avoid:
        return False
    home = rules.other_district and one.district is not None and one.district == other.district
    return waived or not (home or rules.met.get(pair, rules.gap + 1) <= rules.gap)


def most_pairs(people: Sequence[Person], rules: Rules, *, waived: bool) -> int:
    """Return how many pairs there can be at most, by trying all."""
    if len(people) < 2:
        return 0
    first, rest = people[0], people[1:]
    with_first = (
        1 + most_pairs([*rest[:at], *rest[at + 1 :]], rules, waived=waived)
        for at, each in enumerate(rest)
        if may_meet(first, each, rules, waived=waived)
    )
    return max([most_pairs(rest, rules, waived=waived), *with_first])


def twos(group: Group) -> Iterator[tuple[int, int]]:
    """Give the pairs of a group."""
    return (ordered(a, b) for a, b in combinations(group.members, 2))


@given(small(), seeds)
def test_hard_rules_hold_and_everybody_has_one_place(
    given_: tuple[list[Person], Rules], seed: int
) -> None:
    """Nobody meets whom they avoid, nobody is in two groups, and nobody is forgotten."""
    people, rules = given_
    made = match(people, rules, seed)
    placed = [each for group in made.groups for each in group.members]
    assert sorted([*placed, *(each.id for each in made.left)]) == [each.id for each in people]
    assert not rules.avoid.intersection(pair for group in made.groups for pair in twos(group))
    assert all(len(group.members) in {2, 3} for group in made.groups)


@given(small(), seeds)
def test_as_many_as_can_be_are_matched(given_: tuple[list[Person], Rules], seed: int) -> None:
    """No other way has more pairs, and none that has as many waives a rule for fewer."""
    people, rules = given_
    made = match(people, rules, seed)
    assert len(made.groups) == most_pairs(people, rules, waived=True)
    kept = match(people, rules, seed, lowest=Step.ANY)
    assert len(kept.groups) == most_pairs(people, rules, waived=False)
    if len(kept.groups) == len(made.groups):
        pairs = [group for group in made.groups if len(group.members) == 2]
        assert all(group.step < Step.AGAIN for group in pairs)


@given(small(), seeds)
def test_what_is_waived_is_said(given_: tuple[list[Person], Rules], seed: int) -> None:
    """A group of one district, or who met a short while ago, stands on the step that says so."""
    people, rules = given_
    by_id = {each.id: each for each in people}
    for group in match(people, rules, seed).groups:
        fine = all(may_meet(by_id[a], by_id[b], rules, waived=False) for a, b in twos(group))
        assert fine == (group.step < Step.AGAIN)
        ago = [rules.met[pair] for pair in twos(group) if pair in rules.met]
        assert group.met == min(ago, default=None)


@given(small(), seeds)
def test_trios_only_where_somebody_would_be_left(
    given_: tuple[list[Person], Rules], seed: int
) -> None:
    """As few as there can be; who is left over could not have joined any pair that is still one."""
    people, rules = given_
    made = match(people, rules, seed)
    trios = [group for group in made.groups if len(group.members) == 3]
    over = len(people) - 2 * len(made.groups)
    assert len(trios) == over - len(made.left)
    for left in made.left:
        for group in made.groups:
            joined = {ordered(left.id, each) for each in group.members}
            assert len(group.members) == 3 or rules.avoid & joined
        assert left.why is not Why.ALONE or len(people) == 1


@given(small(), seeds)
def test_one_seed_makes_one_round(given_: tuple[list[Person], Rules], seed: int) -> None:
    """In whatever order people come; another seed may make another."""
    people, rules = given_
    assert match(people, rules, seed) == match(people[::-1], rules, seed)


def test_a_round_is_the_same_on_every_machine() -> None:
    """What a seed made once is held fast here."""
    made = match(teachers(9, 1, subjects=3, districts=4), Rules(), 2026)
    assert [group.members for group in made.groups] == HELD


def test_who_waited_comes_first() -> None:
    """The odd one of three is not odd the next time, whoever else fits better."""
    people = [Person(number, number, "band") for number in range(3)]
    odd: Counter[int] = Counter()
    before = None
    for seed in range(30):
        asked = [Person(each.id, each.district, "band", odd=each.id == before) for each in people]
        (group,) = match(asked, Rules(), seed).groups
        assert group.members[-1] != before
        before = group.members[-1]
        odd[before] += 1
    assert min(odd.values()) >= 5


def test_twenty_rounds_are_fair() -> None:
    """Nobody is left out or twice running odd, and faces are new while there are any."""
    played = season(teachers(61, 5, subjects=6, districts=12), 20)
    assert not any((played.left, played.odd_twice, played.again))


def test_one_district_alone() -> None:
    """Where all are of one district, they meet, and it is said."""
    made = match([Person(1, 7, "band"), Person(2, 7, "band")], Rules(), 1)
    assert made.groups == (Group((1, 2), Step.SAME_DISTRICT),)
    strict = match([Person(1, 7, "band"), Person(2, 7, "band")], Rules(), 1, lowest=Step.ANY)
    assert [each.why for each in strict.left] == [Why.RULES, Why.RULES]


def test_everybody_avoids_everybody() -> None:
    """Nobody meets, and each is told why."""
    people = [Person(number, number) for number in range(4)]
    every = frozenset(combinations(range(4), 2))
    made = match(people, Rules(avoid=every), 1)
    assert made.groups == ()
    assert {each.why for each in made.left} == {Why.AVOIDS}
    assert [each.why for each in match(people[:1], Rules(), 1).left] == [Why.ALONE]


def test_many_are_matched_as_well_as_if_every_pair_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By subjects, best partners and repairs: nobody is left, and next to nothing is lost."""
    people = teachers(800, 3, subjects=9, districts=6)
    quick = match(people, Rules(), 11)
    monkeypatch.setattr(rounds, "EXACT", len(people))
    monkeypatch.setattr(solving, "EXACT", len(people))
    exact = match(people, Rules(), 11)
    assert len(quick.groups) == len(exact.groups) == len(people) // 2
    fits = Fits(people)
    assert fits.of(quick) >= 0.998 * fits.of(exact)


def test_leftovers_are_let_in_by_taking_a_pair_apart() -> None:
    """Two of one district, left over in a crowd, both meet somebody of another, and no rule is waived."""
    crowd = [Person(number, number % 2, f"subject {number // 2 % 200}") for number in range(400)]
    odd = [Person(1000, 5, "latin"), Person(1001, 5, "greek")]
    made = match([*crowd, *odd], Rules(), 3)
    assert not made.left
    assert all(group.step < Step.AGAIN for group in made.groups)
