"""Whatever two sides do in whatever order, they join by the standing word of both, and only then."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plnbot.members.model import Change, Impossible, Question, Side, Word, asked_again, decide
from plnbot.members.model.joining import LASTS

BEGAN = datetime(2026, 11, 24, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(st.sampled_from(Side), st.sampled_from(Change), st.integers(0, 20).map(timedelta)),
    max_size=12,
)


@given(STEPS)
def test_both_have_said_yes_in_time_and_neither_has_taken_it_back(
    steps: list[tuple[Side, Change, timedelta]],
) -> None:
    """Told again by hand: each side's last word that was taken, and the day of the question."""
    asked, now = Question(BEGAN), BEGAN
    words: dict[Side, Word | None] = dict.fromkeys(Side)
    for side, change, later in steps:
        now += later
        said = decide(asked, side, change, now, by=1)
        if isinstance(said, Impossible):
            continue
        words[side] = {Change.YES: Word.YES, Change.NO: Word.NO}.get(change)
        asked = said
        assert {each: asked.word_of(each) for each in Side} == words
        if asked.agreed:
            assert set(words.values()) == {Word.YES}
            assert change is Change.YES
            assert now < BEGAN + LASTS
            return
    assert set(words.values()) != {Word.YES}


@given(STEPS)
def test_a_no_stands_until_its_own_side_takes_it_back(
    steps: list[tuple[Side, Change, timedelta]],
) -> None:
    """The other side cannot say yes meanwhile, nor ask anew, however long it waits."""
    asked, now = Question(BEGAN), BEGAN
    for side, change, later in steps:
        now += later
        if asked.word_of(side.other) is Word.NO:
            assert asked_again(asked, now) is None
            if change is Change.YES:
                assert isinstance(decide(asked, side, change, now, by=1), Impossible)
        said = decide(asked, side, change, now, by=1)
        if not isinstance(said, Impossible):
            assert said.word_of(side.other) is asked.word_of(side.other)
            asked = said
        if asked.agreed:
            return


def test_asked_anew_nothing_of_before_counts() -> None:
    """A yes of last month joins nothing."""
    once = decide(Question(BEGAN), Side.HOST, Change.YES, BEGAN, by=1)
    assert isinstance(once, Question)
    assert asked_again(once, BEGAN + LASTS - timedelta(seconds=1)) is None
    again = asked_again(once, BEGAN + LASTS)
    assert again == Question(BEGAN + LASTS, 2)
