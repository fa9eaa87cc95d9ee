"""How long somebody was there, from what they did."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.activities.model import Done, Role, Session, time_in

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
minutes = st.integers(0, 90).map(lambda n: timedelta(minutes=n))
moments = st.integers(-20 * 60, 110 * 60).map(lambda n: EIGHT + timedelta(seconds=n))


def at(minute: float) -> datetime:
    """Return so many minutes after the begin."""
    return EIGHT + timedelta(minutes=minute)


CHAT = Session(EIGHT, at(60), 60, (at(10), at(18), at(26)))


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((2, 51), (2, 51, 49)),  # from the first to the last
        ((51, 2, 30), (2, 51, 49)),  # in whatever order
        ((12,), (12, 18, 6)),  # a single act: to the end of its question
        ((12, 13), (12, 18, 6)),  # two in one question are no less than one
        ((2,), (2, 10, 8)),  # before the first question: until it comes
        ((40,), (40, 60, 20)),  # in the last one: to the end
        ((60,), (60, 60, 0)),
        ((0, 60), (0, 60, 60)),
        ((2, 51.9), (2, 51.9, 49)),  # whole minutes
        ((-30, 12), (12, 18, 6)),  # prepared on the bus: not there yet
        ((12, 70), (12, 18, 6)),  # late, after the end: not there any more
    ],
)
def test_minutes(acts: tuple[float, ...], expected: tuple[float, float, int]) -> None:
    """Each rule, by example."""
    span = time_in(CHAT, [at(each) for each in acts])
    assert span is not None
    assert (span.started, span.ended, span.minutes) == (
        at(expected[0]),
        at(expected[1]),
        expected[2],
    )


@pytest.mark.parametrize("acts", [(), (-1,), (61, 70)])
def test_nobody_was_there(acts: tuple[float, ...]) -> None:
    """Who did nothing between begin and end was not there."""
    assert time_in(CHAT, [at(each) for each in acts]) is None


def test_a_session_that_nobody_ended_does_not_grow() -> None:
    """A chat on hold until the next morning was planned for an hour."""
    forgotten = Session(EIGHT, EIGHT + timedelta(hours=14), 60)
    span = time_in(forgotten, [at(5), at(800)])
    assert span is not None
    assert span.minutes == 60


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Draw sessions, some of no length, with parts in and out of them."""
    begins = EIGHT + draw(minutes)
    parts = draw(st.lists(moments, max_size=8).map(sorted))
    return Session(begins, begins + draw(minutes), draw(st.integers(0, 90)), tuple(parts))


@given(sessions(), st.lists(moments, max_size=12))
def test_never_negative_never_more_than_the_session(session: Session, acts: list[datetime]) -> None:
    """Whatever happened, the time lies within the session and within the plan."""
    span = time_in(session, acts)
    if span is None:
        assert not any(session.begins <= each <= session.ends for each in acts)
        return
    assert session.begins <= span.started <= span.ended <= session.ends
    assert 0 <= span.minutes <= session.most
    assert timedelta(minutes=span.minutes) <= session.ends - session.begins
    Done(1, 1, "chat", Role.ATTENDED, "A", span.started, span.ended, span.minutes, "chat:1")


@given(sessions(), st.lists(moments, min_size=1, max_size=8), st.data())
def test_order_and_later_acts(session: Session, acts: list[datetime], data: st.DataObject) -> None:
    """The order does not matter, nor what was done twice; one more act, later, is never less."""
    span = time_in(session, acts)
    assert time_in(session, data.draw(st.permutations(acts * 2))) == span
    later = max(acts) + data.draw(minutes)
    more = time_in(session, [*acts, later])
    if span is not None:
        assert more is not None
        assert more.started == span.started
        assert more.minutes >= span.minutes


@pytest.mark.parametrize(
    ("started", "ended", "counted"),
    [
        (at(0), at(-1), 0),
        (at(0), at(10), 11),
        (at(0), at(10), -1),
        (at(0).replace(tzinfo=None), at(10), 5),
        (at(0), at(10).replace(tzinfo=None), None),
    ],
)
def test_what_cannot_be_is_not_written(
    started: datetime, ended: datetime, counted: int | None
) -> None:
    """A capability that reckons wrongly fails where it does so, not in somebody's transcript."""
    with pytest.raises(ValueError, match="an activity"):
        Done(1, 1, "chat", Role.ATTENDED, "A", started, ended, counted, "chat:1")
