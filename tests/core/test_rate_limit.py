"""How much may come from one source: a flood is held, and nobody in a lively chat ever is."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plnbot.rate_limit import AGAIN, WITHIN, RateLimit, Wait

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
gaps = st.lists(st.floats(0, 90).map(lambda each: timedelta(seconds=each)), max_size=120)


def passed(limit: RateLimit, at: list[datetime]) -> list[datetime]:
    """Return when something passed, of things sent at these moments."""
    return [each for number, each in enumerate(at) if limit.wait("ana", str(number), each) is None]


def moments(apart: list[timedelta]) -> list[datetime]:
    """Return moments that lie so far apart."""
    at = [NOON]
    for gap in apart:
        at.append(at[-1] + gap)
    return at


@given(gaps, st.integers(1, 8))
def test_never_more_than_so_many_within_a_minute(apart: list[timedelta], most: int) -> None:
    """However they are spread, a minute lets no more pass, and holds nothing it need not."""
    at = moments(apart)
    through = passed(RateLimit(most), at)
    assert all(
        later - first >= WITHIN for first, later in zip(through, through[most:], strict=False)
    )
    for held in set(at) - set(through):
        assert len([each for each in through if held - WITHIN < each <= held]) == most


@given(gaps, st.lists(st.sampled_from("abcdefgh"), min_size=121), st.integers(1, 4))
def test_keys_that_are_repeated_open_no_flood(
    apart: list[timedelta], keys: list[str], most: int
) -> None:
    """Whatever is repeated, a minute lets pass a few times of what it would."""
    limit = RateLimit(most)
    told = zip(moments(apart), keys, strict=False)
    through = [at for at, key in told if limit.wait("ana", key, at) is None]
    bound = most * (1 + 2 * AGAIN)
    assert all(
        later - first >= WITHIN for first, later in zip(through, through[bound:], strict=False)
    )


def test_a_lively_chat_is_never_held() -> None:
    """Twenty answers a minute for an hour, and ten pasted within ten seconds, all pass."""
    lively = [NOON + timedelta(seconds=3 * number) for number in range(20 * 60)]
    burst = [NOON + timedelta(minutes=30, seconds=number) for number in range(10)]
    at = sorted(lively + burst)
    assert passed(RateLimit(60), at) == at
    assert passed(RateLimit(30), at) == at


@given(gaps)
def test_whoever_waits_as_told_passes(apart: list[timedelta]) -> None:
    """The seconds that are named are enough, and a second less is not."""
    limit = RateLimit(3)
    for number, at in enumerate(moments(apart)):
        wait = limit.wait("ana", str(number), at)
        if wait is None:
            continue
        early = at + timedelta(seconds=wait.seconds - 1)
        assert wait.seconds == 1 or limit.wait("ana", "early", early) is not None
        assert limit.wait("ana", "late", at + timedelta(seconds=wait.seconds)) is None
        return


def test_the_same_thing_counts_once() -> None:
    """Told again, as platforms do, a thing neither counts nor is held."""
    limit = RateLimit(2)
    assert [limit.wait("ana", key, NOON) for key in ("a", "a", "b", "a", "b")] == [None] * 5
    assert limit.wait("ana", "c", NOON) == Wait(60, said=False)
    assert limit.wait("ana", "d", NOON) == Wait(60, said=True)
    assert limit.wait("bo", "c", NOON) is None


def test_a_key_that_is_repeated_passes_no_limit() -> None:
    """The same thing is told again a few times by platforms; more often it is a flood like any."""
    limit = RateLimit(5)
    told = [limit.wait("ana", "same", NOON) for _ in range(1 + AGAIN + 4 + 1)]
    assert told[:-1] == [None] * (1 + AGAIN + 4)
    assert told[-1] == Wait(60, said=False)
    assert limit.wait("ana", "other", NOON) == Wait(60, said=True)
    later = NOON + WITHIN
    assert limit.wait("ana", "other", later) is None


def test_a_clock_set_back_holds_nobody_up() -> None:
    """What was sent at a time that has not come yet is forgotten."""
    limit = RateLimit(2)
    later = NOON + timedelta(hours=1)
    assert passed(limit, [later, later, later]) == [later, later]
    assert limit.wait("ana", "back", NOON) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 40)), max_size=200))
def test_who_is_quiet_is_not_remembered(things: list[tuple[int, int]]) -> None:
    """Memory holds those of the last minute, however many have been there."""
    limit, at = RateLimit(2), NOON
    for number, (who, gap) in enumerate(things):
        at += timedelta(seconds=gap)
        limit.wait(who, str(number), at)
    at += WITHIN
    limit.wait("last", "last", at)
    assert len(limit) == 1


def test_no_limit() -> None:
    """Nought lets everything pass and remembers nobody."""
    limit = RateLimit(0)
    assert len(passed(limit, [NOON] * 1000)) == 1000
    assert len(limit) == 0
