"""What fits a member, and why: decisions alone."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.reading.model.choosing import Because, Choice, Interest, choice, chosen
from plnbot.reading.model.digests import Wish, is_time, next_at
from plnbot.reading.model.things import (
    About,
    EntryKind,
    Thing,
    ThingKind,
    Worth,
    over_at,
    thing_of,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SAM = Interest(
    frozenset({"math"}),
    frozenset({"4", "5"}),
    {"Make feedback quick": frozenset({"feedback", "quick"})},
    {"Dan": 4, "Bad": -3},
    {"science": 1},
)


def worth(row: int = 1, **values: Any) -> Worth:
    """Return a thing."""
    given: dict[str, Any] = {
        "thing": Thing(ThingKind.STORY, row),
        "network": 1,
        "title": "T",
        "link": "https://a.example",
        "what": "article",
        "source": "A blog",
        "came": NOW,
    }
    return Worth(**{**given, **values})


def why(found: Choice | None) -> list[Because]:
    """Return the reasons that are said."""
    return [each.because for each in found.reasons] if found else []


@pytest.mark.parametrize(
    ("values", "stems", "expected"),
    [
        ({"subjects": ("math",)}, (), [Because.SUBJECT]),
        ({"subjects": ("math", "science"), "grades": ("4",)}, (), [Because.SUBJECT, Because.GRADE]),
        ({}, ("quick", "feedback", "x"), [Because.GOAL]),
        ({}, ("feedback",), [Because.NEW]),
        ({"used": 2}, (), [Because.USED]),
        ({"subjects": ("art",)}, (), []),
        ({"grades": ("12",), "subjects": ("math",)}, (), []),
        ({"subjects": ("art",), "source": "Dan"}, (), [Because.LIKED]),
        ({}, (), [Because.NEW]),
    ],
)
def test_each_is_chosen_for_a_reason(
    values: dict[str, Any], stems: tuple[str, ...], expected: list[Because]
) -> None:
    """By subject, grade, goal, source and use; what is for others alone is left out."""
    assert why(choice(worth(**values), stems, SAM, NOW)) == expected


def test_less_like_this_counts() -> None:
    """A source and a subject of which somebody wants less come behind."""
    plain, bad, science = (
        choice(worth(**each), (), SAM, NOW)
        for each in ({}, {"source": "Bad"}, {"subjects": ("math", "science")})
    )
    mine = choice(worth(subjects=("math",)), (), SAM, NOW)
    assert plain
    assert bad
    assert science
    assert mine
    assert bad.score < plain.score
    assert science.score < mine.score


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=20), st.integers(1, 5)
)
def test_no_source_takes_it_all(given: list[tuple[str, int]], most: int) -> None:
    """Of one source two at most, unless nothing else is there; never more than asked for, none twice."""
    every = [
        Choice(worth(row, source=source), score, ()) for row, (source, score) in enumerate(given, 1)
    ]
    found = chosen(every, most)
    assert len(found) == min(most, len(every))
    assert len({each.worth.thing for each in found}) == len(found)
    sources = [each.worth.source for each in found]
    held = sum(min(2, [source for source, _ in given].count(each)) for each in "abc")
    assert all(sources.count(each) <= 2 for each in "abc") or held < most


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["America/New_York", "Europe/Madrid", "Asia/Kolkata", "Pacific/Auckland"]),
    st.integers(0, 2 * 365 * 24 * 60),
)
def test_a_digest_comes_next_on_one_of_its_days(
    days: set[int], at: time, zone: str, minutes: int
) -> None:
    """Always later, within eight days, at a time that is still one of its own."""
    wish, since = Wish(tuple(sorted(days)), at), NOW + timedelta(minutes=minutes)
    found = next_at(wish, zone, since)
    assert since < found <= since + timedelta(days=8)
    assert is_time(wish, zone, found)


def test_who_moves_gets_it_by_the_new_clock() -> None:
    """A time by the old clock is no longer theirs."""
    wish = Wish((4,), time(15))
    at = next_at(wish, "America/New_York", NOW)
    assert at == datetime(2026, 11, 27, 20, tzinfo=UTC)
    assert not is_time(wish, "America/Los_Angeles", at)


def test_when_an_entry_goes_by_itself() -> None:
    """After its last day, or when what takes place once is over; else never."""
    webinar = About(kind=EntryKind.WEBINAR, title="W", begins=NOW, minutes=45)
    assert over_at(webinar, None) == NOW + timedelta(minutes=45)
    assert over_at(webinar, NOW + timedelta(days=9)) == NOW + timedelta(days=9)
    assert over_at(About(kind=EntryKind.BOOK, title="B"), None) is None


@given(st.text())
def test_a_button_names_a_thing_or_nothing(ref: str) -> None:
    """Whatever a client sends."""
    found = thing_of(ref)
    assert found is None or found.row >= 0
    assert thing_of(Thing(ThingKind.ENTRY, 7).ref) == Thing(ThingKind.ENTRY, 7)
