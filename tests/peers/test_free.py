"""Free times: what people write of their week, and what suits two of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.peers.model.free import (
    MEETING,
    NotFreeError,
    Span,
    common_times,
    hours_of,
    read_free,
)
from plnbot.walltime import local

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""A Monday."""
EASTERN, PACIFIC = "America/New_York", "America/Los_Angeles"


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("Tuesdays after 3", [(1, 900, 1260)]),
        ("Mon and Wed 10:05-10:55", [(0, 605, 655), (2, 605, 655)]),
        ("weekdays 15:30 to 17", [(day, 930, 1020) for day in range(5)]),
        ("martes después de las 3", [(1, 900, 1260)]),
        ("lunes y jueves de 15:30 a 17:00", [(0, 930, 1020), (3, 930, 1020)]),
        ("period 3: 10:05-10:55\nTuesday period 3", [(1, 605, 655)]),
        ("3rd period: 9.10 - 10.00; Thu 3rd period", [(3, 550, 600)]),
        ("hora 2: 9:00-9:50\nviernes hora 2", [(4, 540, 590)]),
        ("Fri 3-4pm", [(4, 900, 960)]),
        ("Saturday mornings", [(5, 420, 720)]),
        ("Wednesday", [(2, 420, 1260)]),
        ("", []),
    ],
)
def test_a_week_in_words(words: str, spans: list[tuple[int, int, int]]) -> None:
    """Days and times, and a bell schedule whose periods are named."""
    assert read_free(words) == tuple(Span(*each) for each in spans)


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "when the bell rings",
        "Tuesday period 9",
        "period 1: hello",
        "Mon 25:00-26:00",
        "Monday 3",
        "Monday 10:75-11",
        "x" * 1001,
    ],
)
def test_a_bell_schedule_that_is_none(words: str) -> None:
    """What is no time is refused with the line that is none."""
    with pytest.raises(NotFreeError) as refused:
        read_free(words)
    assert refused.value.line


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_refused(words: str) -> None:
    """Nothing else comes of it, and every span lies within its day."""
    try:
        spans = read_free(words)
    except NotFreeError:
        return
    assert all(0 <= each.day < 7 and 0 <= each.begins < each.ends <= 1440 for each in spans)


SPANS = st.lists(
    st.builds(
        lambda day, begins, length: Span(day, begins, min(1440, begins + length)),
        st.integers(0, 6),
        st.integers(0, 1409),
        st.integers(30, 600),
    ),
    min_size=1,
    max_size=4,
)


@given(SPANS, SPANS)
def test_what_suits_both_suits_each(mine: list[Span], yours: list[Span]) -> None:
    """Up to three times, none within hours, on different days, each in the free time of both."""
    found = common_times([(mine, EASTERN), (yours, PACIFIC)], NOW)
    assert len(found) <= 3
    assert len({local(each, EASTERN).date() for each in found}) == len(found)
    for at in found:
        assert at > NOW + timedelta(hours=20)
        for spans, zone in ((mine, EASTERN), (yours, PACIFIC)):
            wall = local(at, zone)
            begins = wall.hour * 60 + wall.minute
            length = MEETING.total_seconds() / 60
            assert any(
                each.day == wall.weekday() and each.begins <= begins <= each.ends - length
                for each in spans
            )


def test_each_in_their_own_zone() -> None:
    """3 to 5 in New York and noon to 1 in California meet at 3 eastern."""
    two = [(read_free("Tue 3-5pm"), EASTERN), (read_free("Tue 12-1"), PACIFIC)]
    first = common_times(two, NOW)[0]
    assert local(first, EASTERN).strftime("%a %H:%M") == "Tue 15:00"
    assert hours_of(two[0][0], EASTERN, NOW) & hours_of(two[1][0], PACIFIC, NOW)
