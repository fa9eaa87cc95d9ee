"""Two feet as arithmetic: whoever walks takes their minutes along, and nobody is in two places."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plnbot.edcamps.model.presence import Held, Move, presences

NINE = datetime(2026, 4, 11, 9, tzinfo=UTC)


def at(minute: int) -> datetime:
    """Return so many minutes after nine."""
    return NINE + timedelta(minutes=minute)


ONE, TWO = Held(1, at(0), at(40)), Held(2, at(0), at(40))
LATER = Held(3, at(50), at(90))


def test_checked_in_time_follows() -> None:
    """Somebody comes early, walks over, walks back and stays: each session has its minutes of theirs."""
    moves = [Move(1, at(-5)), Move(2, at(12)), Move(1, at(30))]
    found = presences(moves, [ONE, TWO, LATER])
    assert found[1].minutes == 12 + 10
    assert (found[1].started, found[1].ended) == (at(0), at(40))
    assert (found[2].minutes, found[2].started, found[2].ended) == (18, at(12), at(30))
    assert 3 not in found


def test_who_leaves_or_never_came() -> None:
    """Nowhere is a place too; a session that nobody checked in to has nobody's minutes."""
    assert presences([Move(1, at(5)), Move(None, at(20))], [ONE])[1].minutes == 15
    assert presences([], [ONE]) == {}
    assert presences([Move(1, at(41))], [ONE]) == {}


@given(
    st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.integers(-30, 120)), max_size=12).map(
        lambda found: [
            Move(session, at(minute)) for session, minute in sorted(found, key=lambda each: each[1])
        ]
    )
)
def test_nobody_is_in_two_places(moves: list[Move]) -> None:
    """All minutes of a member together are no more than there were; each lies within its session."""
    found = presences(moves, [ONE, TWO, LATER])
    together = sum(found[each].minutes for each in (1, 2) if each in found)
    assert together <= 40
    for each in (ONE, TWO, LATER):
        if (was := found.get(each.session)) is not None:
            assert each.begins <= was.started < was.ended <= each.ends
            assert 0 <= was.minutes <= (was.ended - was.started) // timedelta(minutes=1)
            assert any(move.session == each.session for move in moves)
