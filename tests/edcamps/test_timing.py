"""The minutes of a session: protocols fill it to the minute, and it ends early."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plnbot.edcamps.model.timing import closes_at, stage_at, timed
from plnbot.edcamps.protocols import protocol_of, protocols

NINE = datetime(2026, 4, 11, 9, tzinfo=UTC)


def lengths(minutes: tuple[int, ...], of: int) -> list[float]:
    """Return how many minutes each stage has in a session of so many."""
    stages = timed(minutes, NINE, NINE + timedelta(minutes=of))
    return [(each.ends - each.begins) / timedelta(minutes=1) for each in stages]


def test_what_so_what_now_what() -> None:
    """In half an hour its stages are the five, five and fifteen minutes of the book; longer ones stretch."""
    what = protocol_of("what")
    closes = closes_at(NINE, NINE + timedelta(minutes=30))
    assert closes == NINE + timedelta(minutes=25)
    assert lengths(what.minutes, 25) == [5, 5, 15]
    assert lengths(what.minutes, 40) == [8, 8, 24]
    assert lengths(what.minutes, 41) == [8, 8, 25]
    assert lengths(what.minutes, 2) == [2 / 3] * 3, "what is too short is parted equally"
    assert closes_at(NINE, NINE + timedelta(minutes=6)) == NINE + timedelta(minutes=3)
    assert protocol_of("a protocol that an operator took away") == what


@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=6).map(tuple),
    st.integers(0, 8 * 3600).map(lambda seconds: timedelta(seconds=seconds)),
)
def test_stages_fill_a_session(minutes: tuple[int, ...], long: timedelta) -> None:
    """One follows the other from begin to end, each is somebody's turn, and longer ones are not shorter."""
    ends = NINE + long
    stages = timed(minutes, NINE, ends)
    assert bool(stages) == (long > timedelta())
    if not stages:
        return
    assert (stages[0].begins, stages[-1].ends) == (NINE, ends)
    assert all(one.ends == other.begins for one, other in pairwise(stages))
    assert all(each.begins < each.ends for each in stages)
    for one in stages[:-1]:
        for other in stages[:-1]:
            if minutes[one.number] > minutes[other.number]:
                assert one.ends - one.begins >= other.ends - other.begins
    assert stage_at(stages, NINE) == stages[0]
    assert stage_at(stages, ends) is None


def test_each_protocol_fits_what_shows_it() -> None:
    """Each that is shipped is said in each language, and none has more stages than minutes in half an hour."""
    for each in protocols().values():
        assert {"en", "es"} <= set(each.title.by_language)
        assert all({"en", "es"} <= set(stage.by_language) for stage in each.stages)
        assert sum(each.minutes) == 25
