"""When a feed is asked again: by its pace, by what it asks for, spread, and never in hours it skips."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.syndication.interval import LONGEST, SHORTEST, Asks, next_time, pace

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LENGTHS = st.none() | st.timedeltas(min_value=-DAY, max_value=400 * DAY)
ASKS = st.builds(
    Asks,
    ttl=LENGTHS,
    period=LENGTHS,
    fresh=LENGTHS,
    retry_after=st.none() | st.timedeltas(min_value=timedelta(), max_value=7 * DAY),
    skip_hours=st.frozensets(st.integers(0, 23)),
    skip_days=st.frozensets(st.integers(0, 6)),
)
POSTED = st.lists(st.timedeltas(-60 * DAY, 9 * DAY).map(lambda each: NOW + each))


def every(hours: float, weeks: int = 4) -> list[datetime]:
    """Return posts that came so many hours apart."""
    return [NOW - hours * HOUR * at for at in range(int(weeks * 7 * 24 / hours))]


@pytest.mark.parametrize(
    ("posted", "length"),
    [
        ([], DAY),
        (every(24 * 7), DAY),
        (every(24), 6 * HOUR),
        (every(6), 1.5 * HOUR),
        (every(0.25), SHORTEST),
        ([NOW - 60 * DAY] * 500, DAY),
        ([NOW + DAY] * 500, DAY),
    ],
)
def test_the_pace_of_a_feed(posted: list[datetime], length: timedelta) -> None:
    """Four looks a post, between a quarter of an hour and a day."""
    assert pace(posted, NOW) == length


@given(POSTED, ASKS, st.integers(0, 500), st.text())
def test_what_holds_always(posted: list[datetime], asks: Asks, failures: int, seed: str) -> None:
    """Never sooner than the pace or a wait that was asked for; never in a skipped hour; always the same."""
    at = next_time(NOW, posted, asks, failures=failures, seed=seed)
    assert at == next_time(NOW, posted, asks, failures=failures, seed=seed)
    assert at >= NOW + pace(posted, NOW) >= NOW + SHORTEST
    for asked in (asks.ttl, asks.period, asks.fresh):
        assert asked is None or at >= NOW + min(asked, LONGEST)
    assert asks.retry_after is None or at >= NOW + asks.retry_after
    assert at <= NOW + 16 * DAY
    if len(asks.skip_hours) < 24 and len(asks.skip_days) < 7:
        assert at.hour not in asks.skip_hours
        assert at.weekday() not in asks.skip_days


def test_an_hour_that_is_skipped() -> None:
    """It waits for the first hour that is not, on a day that is not."""
    asks = Asks(skip_hours=frozenset(range(12, 20)), skip_days=frozenset({0}))
    at = next_time(NOW, every(0.25), asks)
    assert (at.date(), at.hour) == ((NOW + DAY).date(), 0)


def test_a_feed_that_fails_is_asked_ever_more_seldom() -> None:
    """Twice as long each time, and once a day for good."""
    waits = [next_time(NOW, every(0.25), Asks(), failures=count) - NOW for count in range(12)]
    assert waits == sorted(waits)
    assert waits[0] < 20 * timedelta(minutes=1)
    assert DAY <= waits[-1] <= DAY + HOUR


def test_many_of_one_pace_are_spread() -> None:
    """Five hundred feeds that were added at one moment are not asked at one."""
    times = {next_time(NOW, [], Asks(), seed=str(at)) for at in range(500)}
    assert len(times) == 500
    assert max(times) - min(times) > timedelta(minutes=15)
    skipping = Asks(skip_hours=frozenset({12, 13}))
    assert len({next_time(NOW, [], skipping, seed=str(at)) for at in range(500)}) == 500
