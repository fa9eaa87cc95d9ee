"""A skip, and that it was a mistake."""

import pytest

from plnbot.chats.model import GoOn, PutBack, Skip
from tests.chats.test_model import EXTEND, at, done, published, ticked


@pytest.mark.parametrize(
    ("plan", "clocks"), [("classic60", ("20:00", "20:10")), ("slow_daily", ("20:00",))]
)
def test_a_skip_is_undone(plan: str, clocks: tuple[str, ...]) -> None:
    """Put back at once, the plan is what it was; once a later question was asked, it comes last."""
    going = ticked(published(plan), *clocks)
    skipped = done(going, Skip(), at("20:12")).run
    assert done(skipped, PutBack(2, going.moments), at("20:13")).run == going
    extended = done(skipped, EXTEND, at("20:12")).run
    again = done(extended, PutBack(2, going.moments), at("20:13")).run
    assert [each.number for each in again.moments][:2] == [2, 3]
    later = done(skipped, GoOn(), at("20:14")).run
    assert [
        each.number for each in done(later, PutBack(2, going.moments), at("20:15")).run.moments
    ][-3:] == [
        2,
        0,
        0,
    ]
