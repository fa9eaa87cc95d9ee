"""What assessors come to, who is drawn, and what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.badges.actions.defining import criteria_as_typed, read_alignments, read_criteria
from plnbot.badges.model import (
    Criterion,
    Outcome,
    Review,
    Terms,
    come_to,
    drawn,
    looked_at_twice,
    terms_from,
)
from plnbot.talk.words import Sentence

pytestmark = pytest.mark.rows(122)


def look(assessor: int, **met: bool) -> Review:
    """Return what somebody found."""
    return Review(assessor, 1, met, {each: f"{each}!" for each, yes in met.items() if not yes})


@pytest.mark.parametrize(
    ("reviews", "wanted", "others", "outcome"),
    [
        ([], 1, 3, Outcome(more=1)),
        ([look(1, a=True, b=True)], 1, 0, Outcome(frozenset("ab"))),
        ([look(1, a=True, b=False)], 1, 3, Outcome(frozenset("a"), {"b": ["b!"]})),
        ([look(1, a=True, b=True)], 2, 3, Outcome(more=1)),
        ([look(1, a=True, b=True), look(2, a=True, b=True)], 2, 3, Outcome(frozenset("ab"))),
        ([look(1, a=True, b=True), look(2, a=True, b=False)], 2, 3, Outcome(more=1)),
        (
            [look(1, a=True, b=True), look(2, a=True, b=False)],
            2,
            0,
            Outcome(frozenset("a"), {"b": ["b!"]}),
        ),
        (
            [look(1, a=True, b=True), look(2, a=True, b=False), look(3, a=False, b=True)],
            3,
            0,
            Outcome(frozenset("ab")),
        ),
    ],
)
def test_what_assessors_come_to(
    reviews: list[Review], wanted: int, others: int, outcome: Outcome
) -> None:
    """Most decide; where they disagree another looks; where there is nobody else, it is not met yet."""
    assert come_to("ab", reviews, wanted, others) == outcome


@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_nothing_is_met_that_most_did_not_find_met(votes: list[bool]) -> None:
    """However many look, in whatever order."""
    reviews = [look(at, a=vote) for at, vote in enumerate(votes)]
    found = come_to("a", reviews, len(votes), 0)
    assert found == come_to("a", reviews[::-1], len(votes), 0) or found.missing
    assert ("a" in found.met) == (2 * sum(votes) > len(votes))


def test_a_seed_draws_the_same_again() -> None:
    """Who looks, and whether a second one does, can be drawn again by the seed that is kept."""
    assert drawn("s", [3, 1, 2]) == drawn("s", [2, 3, 1])
    assert {tuple(drawn(str(each), [1, 2, 3])) for each in range(60)} == {
        (a, b, c) for a in (1, 2, 3) for b in (1, 2, 3) for c in (1, 2, 3) if len({a, b, c}) == 3
    }
    often = sum(looked_at_twice(str(each), 25) for each in range(1000))
    assert 200 < often < 300
    assert not any(looked_at_twice(str(each), 0) for each in range(100))
    assert all(looked_at_twice(str(each), 100) for each in range(100))


def test_criteria_are_typed_a_line_each() -> None:
    """One of the same name stays the same; what is wrong is said with the line."""
    first = read_criteria("Asks: opens with a question | notes\n\nWaits: ten seconds: at least")
    assert not isinstance(first, Sentence)
    assert [(each.name, each.words, each.wants) for each in first] == [
        ("Asks", "opens with a question", "notes"),
        ("Waits", "ten seconds: at least", ""),
    ]
    again = read_criteria(f"Listens: too\n{criteria_as_typed(first)}", first)
    assert not isinstance(again, Sentence)
    assert [each.id for each in again[1:]] == [each.id for each in first]
    for wrong, why in (
        ("Asks", "a colon"),
        (f"Asks: {'x' * 10_000}", "too long"),
        ("Asks: a\nasks: b", "the same name"),
        ("\n".join(f"C{each}: x" for each in range(9)), "the most"),
    ):
        found = read_criteria(wrong)
        assert isinstance(found, Sentence)
        assert why in found.source
    assert read_alignments("MP.3 Argue https://a.example/3") == (
        ("MP.3 Argue", "https://a.example/3"),
    )
    assert isinstance(read_alignments("MP.3 Argue"), Sentence)


def test_terms_are_kept_as_they_are() -> None:
    """Nothing is lost on the way to the database and back."""
    terms = Terms(
        name="A",
        about="B",
        criteria=(Criterion("1", "C", "D", "E"),),
        alignments=(("F", "https://f.example"),),
        months=3,
        blind=True,
        parts=(4,),
        needed=1,
    )
    assert terms_from(terms.as_json()) == terms
