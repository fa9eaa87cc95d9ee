"""One story carried by several feeds is one; two episodes are two."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.syndication.likeness import Told, likeness

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Why fractions are hard to teach", "Why Fractions Are Hard to Teach!", True),
        ("Why fractions are hard to teach", "Why fractions are so hard to teach", True),
        ("Cómo enseñar fracciones en primaria", "Como ensenar fracciones en primaria", True),
        ("Why fractions are hard to teach", "Why decimals are easy to teach", False),
        ("Maths podcast, episode 12: halves", "Maths podcast, episode 13: halves", False),
        ("Links", "Links", False),
        ("Weekly round-up", "Weekly round-up", False),
        ("", "", False),
    ],
)
def test_titles(one: str, other: str, *, alike: bool) -> None:
    """Case, marks and a word more make no other story; numbers do, and short titles say nothing."""
    assert (likeness(one, other) >= 90) is alike
    assert (Told([(7, other, NOON)]).most_like(one, NOON) == 7) is alike


@pytest.mark.parametrize(("hours", "within"), [(71, True), (-71, True), (73, False)])
def test_alike_titles_are_one_story_for_three_days(hours: float, *, within: bool) -> None:
    """Next year's post on the same thing is another one."""
    title = "How to start the school year well"
    told = Told([(7, title, NOON + timedelta(hours=hours))])
    assert (told.most_like(title, NOON) is not None) is within


def test_the_most_alike_is_found_among_many() -> None:
    """Of several that are alike, the one that is most."""
    told = Told([(at, f"Teaching the water cycle in grade {at}", NOON) for at in range(1, 500)])
    assert told.most_like("Teaching the water cycle with grade 4", NOON) == 4
    assert told.most_like("Teaching the water cycle with grade 4", NOON, but=4) is None
    assert told.most_like("Nothing of the kind was ever told", NOON) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    """It is a number from 0 to 100, the same in both directions."""
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100


@given(
    st.lists(
        st.sampled_from(
            ["on", "halves", "and", "quarters", "in", "grade", "four", "five", "4", "5"]
        ),
        max_size=9,
    )
)
def test_who_is_found_is_the_same_story(said: list[str]) -> None:
    """What is found among many is what comparing one by one says."""
    one = " ".join(said)
    held = ["on halves and quarters in grade 4", "and quarters in grade five on halves"]
    found = Told([(at, each, NOON) for at, each in enumerate(held, 1)]).most_like(one, NOON)
    assert (found is not None) == any(likeness(one, each) >= 90 for each in held)
