"""One story carried by several feeds is one; two episodes are two."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.addresses import key
from plnbot.syndication.likeness import Story, first_told, likeness, same_story

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def story(title: str, link: str = "", hours: float = 0) -> Story:
    """Return a story that came so many hours after noon."""
    return Story(title, key(link) if link else "", NOON + timedelta(hours=hours))


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
    assert same_story(story(one), story(other)) is alike


def test_the_same_page_is_the_same_story_however_late() -> None:
    """An address says it, whatever the titles are."""
    one, other = (
        story("A", "https://a.example/1"),
        story("B", "http://www.a.example/1/?utm_id=2", 999),
    )
    assert same_story(one, other)
    assert first_told(other, [story("C"), one]) == one


@pytest.mark.parametrize(("hours", "within"), [(71, True), (-71, True), (73, False)])
def test_alike_titles_are_one_story_for_three_days(hours: float, *, within: bool) -> None:
    """Next year's post on the same thing is another one."""
    title = "How to start the school year well"
    assert same_story(story(title), story(title, hours=hours)) is within
    assert (first_told(story(title), [story(title, hours=hours)]) is not None) is within


def test_the_most_alike_is_found_among_many() -> None:
    """Of several that are alike, the one that is most."""
    told = [story(f"Teaching the water cycle in grade {at}") for at in range(500)]
    near = story("Teaching the water cycle with grade 4")
    assert first_told(near, told) == told[4]
    assert first_told(story("Nothing of the kind was ever told"), told) is None


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
    one = story(" ".join(said))
    held = [
        story("on halves and quarters in grade 4"),
        story("and quarters in grade five on halves"),
    ]
    found = first_told(one, held)
    assert (found is not None) == any(same_story(one, each) for each in held)
