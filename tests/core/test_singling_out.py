"""What is shown of groups singles nobody out, whatever a reader adds and subtracts."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from plnbot.singling_out import FEWEST, count, enough, parts, renewed, share

PEOPLE = st.integers(0, 30)
TABLES = st.dictionaries(st.sampled_from("abcdef"), PEOPLE, min_size=1)


def singles_out(people: int) -> bool:
    """Return whether so many are somebody, and fewer than five."""
    return 0 < people < FEWEST


@given(PEOPLE)
def test_a_number_below_five_is_not_said(people: int) -> None:
    """Nobody may be said to be nobody."""
    assert count(people) == (None if singles_out(people) else people)
    assert enough(people) == (people >= FEWEST)


@given(TABLES)
def test_the_rest_of_a_total_is_never_a_few(people: Mapping[str, int]) -> None:
    """What is held back together is nobody, or five and more in more than one part."""
    shown = parts(people)
    assert not any(many is not None and singles_out(many) for many in shown.values())
    held = [people[name] for name, many in shown.items() if many is None]
    assert not singles_out(sum(held)) or all(many is None for many in shown.values())
    assert len(held) != 1 or len(people) == 1
    assert all(many in (None, people[name]) for name, many in shown.items())


def test_who_knows_the_rule_and_the_total_finds_no_few() -> None:
    """Among all small tables, nothing that is shown fits only tables in which one part is the same few."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for table in product(range(FEWEST * 2 + 2), repeat=3):
        shown = parts(dict(enumerate(table)))
        # Where a total itself is small it is not shown either.
        alike[(*shown.values(), count(sum(table)))].append(table)
    for seen, tables in alike.items():
        for place in range(3):
            found = {table[place] for table in tables}
            assert not (len(found) == 1 and singles_out(*found)), f"{seen} gives {found} away"


@given(PEOPLE, PEOPLE)
def test_a_share_hides_its_complement(having: int, lacking: int) -> None:
    """Nineteen of twenty would name the one who is not among them."""
    said = share(having, having + lacking)
    assert said == (None if singles_out(having) or singles_out(lacking) else having)


@given(st.lists(PEOPLE))
def test_from_one_number_to_the_next_at_least_five_came_or_went(over_time: list[int]) -> None:
    """Who looks every minute does not see one person come."""
    shown = 0
    for people in over_time:
        now = renewed(shown, people)
        assert now in (shown, people)
        assert not singles_out(now)
        assert not singles_out(abs(now - shown))
        shown = now


def test_every_part_small_shows_nothing() -> None:
    """Where not even together they are five, no part stands; a lone part stands for itself."""
    assert parts({"a": 1, "b": 2, "c": 0}) == {"a": None, "b": None, "c": None}
    assert parts({"a": 9, "b": 1}) == {"a": None, "b": None}
    assert parts({"a": 9, "b": 6, "c": 1}) == {"a": 9, "b": None, "c": None}
    assert parts({"a": 6, "b": 6, "c": 1}) == dict.fromkeys("abc"), (
        "else it would tell which is the few"
    )
    assert parts({"a": 9}) == {"a": 9}
