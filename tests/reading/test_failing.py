"""What is told of feeds that fail, fall silent or say that they moved: when, once, and what never."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.reading.model.asking import next_try
from plnbot.reading.model.failing import Event, has_lasted, is_silent, moving, told_now
from plnbot.reading.model.feeds import Poll

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
BLOG, TUBE = "https://blog.example/feed", "https://www.youtube.com/feeds/videos.xml?channel_id=UC1"
DAY = timedelta(days=1)


def failing(days: float, why: str = "status", status: int = 404, **more: object) -> Poll:
    """Return how polling goes that has failed for so long."""
    return Poll(failing_since=NOW - days * DAY, why=why, status=status, failures=3, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "poll", "told"),
    [
        (BLOG, failing(0.9), None),
        (BLOG, failing(1), Event.FAILING),
        (BLOG, failing(5, told_at=NOW - DAY), None),
        (BLOG, failing(2.9, status=410, told_at=NOW), None),
        (BLOG, failing(3, status=410), Event.GONE),
        (BLOG, failing(30), Event.GONE),
        (BLOG, failing(30, "name", 0), Event.GONE),
        (BLOG, failing(40, "trouble", 503, told_at=NOW), None),
        (BLOG, failing(60, gone_at=NOW - DAY, told_at=NOW - DAY), None),
        (TUBE, failing(6.9), None),
        (TUBE, failing(6.9, status=403), None),
        (TUBE, failing(7), Event.FAILING),
        (TUBE, failing(400, told_at=NOW - DAY), None),
        (TUBE, failing(1, "trouble", 503), Event.FAILING),
        (BLOG, Poll(), None),
    ],
)
def test_what_is_told_and_when(address: str, poll: Poll, told: Event | None) -> None:
    """After a day, once; YouTube's 404 and 403 after a week, and never as gone."""
    assert told_now(address, poll, NOW) is told


@pytest.mark.parametrize(
    ("ages", "silent"),
    [
        ([], False),
        ([61, 68, 75, 82], True),
        ([59, 66, 73], False),
        ([150, 300, 450, 600], False),
        ([451, 600, 750], True),
        ([170], False),
        ([181], True),
    ],
)
def test_silence_is_measured_by_what_is_usual(ages: list[int], *, silent: bool) -> None:
    """A blog of one post a week is silent after two months, one of two a year is not."""
    assert is_silent([NOW - each * DAY for each in ages], NOW) is silent


def test_a_move_counts_once_it_has_lasted() -> None:
    """Another address, or none, begins anew."""
    said = moving(Poll(), "https://a.example", NOW)
    assert not has_lasted(said, NOW + 2 * DAY)
    assert has_lasted(moving(said, "https://a.example", NOW + DAY), NOW + 3 * DAY)
    assert not has_lasted(moving(said, "https://b.example", NOW + DAY), NOW + 3 * DAY)
    assert moving(said, "", NOW).moved_since is None


def test_tries_become_seldom() -> None:
    """Within hours at first, once a day at last, and never before it asks to."""
    waits = [next_try(NOW, n, None) - NOW for n in range(1, 9)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=1)
    assert waits[-1] == DAY
    assert next_try(NOW, 1, 2 * DAY) == NOW + 2 * DAY
