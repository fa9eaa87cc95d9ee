"""Plans: templates as data, laid out for the questions there are."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats.model import Moment, MomentKind
from plnbot.chats.paste import read_questions
from plnbot.chats.plans import PLANS, DoesNotFitError, Plan, lay_out, plans
from plnbot.packs import PackError
from plnbot.walltime import instant, local

EASTERN = "America/New_York"
START = instant(datetime(2026, 11, 19, 20, 0), EASTERN)  # noqa: DTZ001 - a wall time
LIVE = [each for each in plans().values() if not each.slow]
ORDER = [
    MomentKind.WELCOME,
    MomentKind.WARM_UP,
    MomentKind.QUESTION,
    MomentKind.CLOSING,
    MomentKind.END,
]
GOOD = """
[[plan]]
id = "mine"
name = { en = "Mine" }
minutes = 30
warm_up = 1
first = 4
gap = 6
closing = 28
least = 4
"""


def minutes_of(moments: tuple[Moment, ...], kind: MomentKind) -> list[int]:
    """Return at which minutes of the chat the moments of a kind are."""
    return [round((each.at - START).total_seconds() / 60) for each in moments if each.kind is kind]


def most_of(plan: str) -> int:
    """Return how many questions fit into a plan."""
    with pytest.raises(DoesNotFitError) as caught:
        lay_out(plans()[plan], START, EASTERN, [None] * 1000, warm_up=False)
    return caught.value.most


def test_the_shipped_plans_load_with_a_name_in_both_languages() -> None:
    """The first is the default; each has an English and a Spanish name of its own."""
    shipped = plans()
    assert next(iter(shipped)) == "classic60"
    assert {"tens60", "short45", "short30", "quick15", "slow_daily", "slow_weekly"} <= set(shipped)
    for plan in shipped.values():
        assert plan.name("en") != plan.name("es")
        assert plan.name("xx") == plan.name("en")


def test_the_classic_hour() -> None:
    """Warm-up at 4, a question every 8 minutes from 10 on, closing at 57."""
    moments = lay_out(plans()["classic60"], START, EASTERN, [None] * 6, warm_up=True)
    assert [minutes_of(moments, kind) for kind in ORDER] == [
        *[[0], [4], [10, 18, 26, 34, 42, 50], [57], [60]]
    ]
    assert [each.number for each in moments] == [0, 0, 1, 2, 3, 4, 5, 6, 0, 0]


@pytest.mark.parametrize("plan", LIVE, ids=lambda plan: plan.id)
def test_any_number_of_questions_that_fits_stays_in_order(plan: Plan) -> None:
    """From one to the most there is order, and each has its least time up to the closing words."""
    for count in range(1, most_of(plan.id) + 1):
        for warm_up in (False, True):
            moments = lay_out(plan, START, EASTERN, [None] * count, warm_up=warm_up)
            times = [each.at for each in moments]
            assert times == sorted(times)
            assert [each.kind for each in moments] == sorted(
                (each.kind for each in moments), key=ORDER.index
            )
            assert times[-1] == START + timedelta(minutes=plan.minutes)
            asked = [*minutes_of(moments, MomentKind.QUESTION), plan.closing]
            assert len(asked) == count + 1
            assert min(later - sooner for sooner, later in pairwise(asked)) >= plan.least


@pytest.mark.parametrize("plan", LIVE, ids=lambda plan: plan.id)
def test_one_question_too_many_says_how_many_fit(plan: Plan) -> None:
    """The error carries a number that does fit."""
    most = most_of(plan.id)
    assert lay_out(plan, START, EASTERN, [None] * most, warm_up=True)
    with pytest.raises(DoesNotFitError, match=f"^{most} questions fit"):
        lay_out(plan, START, EASTERN, [None] * (most + 1), warm_up=True)


@pytest.mark.parametrize("plan", list(plans()))
def test_a_warm_up_without_a_question_is_laid_out(plan: str) -> None:
    """A document may hold a warm-up only; that is said elsewhere, and is no crash here."""
    moments = lay_out(plans()[plan], START, EASTERN, [], warm_up=True)
    assert not minutes_of(moments, MomentKind.QUESTION)
    assert moments[-1].kind is MomentKind.END


@pytest.mark.parametrize("name", ["nctechat-2020-04.txt", "nctechat-2020-09.txt"])
@pytest.mark.parametrize("hour", [8, 20])
def test_the_times_in_a_document_become_the_plan(corpora: Path, name: str, hour: int) -> None:
    """Whatever plan is chosen, real documents run at the times written in them."""
    pasted = read_questions((corpora / "chats" / name).read_text(encoding="utf-8"))
    clocks = [each.clock for each in pasted.questions]
    start = START - timedelta(hours=20 - hour)
    moments = lay_out(
        *(plans()["tens60"], start, EASTERN, clocks),
        warm_up=True,
        warm_up_clock=pasted.warm_up_clock,
    )
    shown = [local(each.at, EASTERN) for each in moments]
    assert [each.minute for each in shown] == [0, 4, 10, 18, 26, 34, 42, 50, 58, 0]
    assert {each.hour for each in shown[:-1]} == {hour}


@pytest.mark.parametrize(
    "clocks",
    [
        [time(20, 10), None],
        [time(20, 20), time(20, 10)],
        [time(20, 10), time(20, 10)],
        [time(20, 10), time(20, 59)],
        [time(23, 0), time(23, 10)],
    ],
)
def test_times_that_cannot_be_the_plan_are_left(clocks: list[time | None]) -> None:
    """A time missing, running backwards, or after the closing words: the plan's own stand."""
    plan = plans()["classic60"]
    without = lay_out(plan, START, EASTERN, [None, None], warm_up=False)
    assert lay_out(plan, START, EASTERN, clocks, warm_up=False) == without


CLOCKS = st.lists(st.one_of(st.none(), st.times()), max_size=9)
STARTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive here


@given(STARTS, CLOCKS, st.sampled_from(sorted(plans())), st.none() | st.times())
def test_whatever_a_document_says_the_plan_is_in_order(
    start: datetime, clocks: list[time | None], plan: str, warm_up: time | None
) -> None:
    """Moments are sorted, every question has one, and the welcome is at the start."""
    shipped = plans()[plan]
    if not shipped.slow:
        clocks = clocks[: most_of(plan)]
    moments = lay_out(
        *(shipped, start, EASTERN, clocks), warm_up=warm_up is not None, warm_up_clock=warm_up
    )
    times = [each.at for each in moments]
    assert times == sorted(times)
    assert times[0] == start
    numbers = [each.number for each in moments if each.kind is MomentKind.QUESTION]
    assert numbers == list(range(1, len(clocks) + 1))


@pytest.mark.parametrize("day", ["2026-03-05", "2026-10-29"])
def test_a_slow_chat_skips_weekends_and_keeps_its_wall_time(day: str) -> None:
    """Thursday, Friday, Monday … at 4 p.m., though the clocks change on the Sunday between."""
    start = instant(datetime.fromisoformat(f"{day}T16:00"), EASTERN)
    moments = lay_out(plans()["slow_daily"], start, EASTERN, [None] * 4, warm_up=False)
    asked = [each.at for each in moments if each.kind is MomentKind.QUESTION]
    assert [f"{local(each, EASTERN):%a %H:%M}" for each in asked] == [
        *["Thu 16:00", "Fri 16:00", "Mon 16:00", "Tue 16:00"]
    ]
    assert asked[2] - asked[1] != timedelta(days=3)


def test_a_slow_chat_that_starts_on_a_weekend_asks_on_monday() -> None:
    """The welcome comes when it was wished for."""
    start = instant(datetime.fromisoformat("2026-11-21T09:00"), EASTERN)
    moments = lay_out(plans()["slow_daily"], start, EASTERN, [None], warm_up=False)
    assert [f"{local(each.at, EASTERN):%a %H:%M}" for each in moments[:2]] == [
        *["Sat 09:00", "Mon 09:00"]
    ]


def test_a_weekly_chat_keeps_its_weekday() -> None:
    """It asks on the weekday it started on, across the end of summer time."""
    start = instant(datetime.fromisoformat("2026-10-21T09:00"), EASTERN)
    moments = lay_out(plans()["slow_weekly"], start, EASTERN, [None] * 3, warm_up=False)
    asked = [local(each.at, EASTERN) for each in moments if each.kind is MomentKind.QUESTION]
    assert [f"{each:%a %d %H:%M}" for each in asked] == [
        *["Wed 21 09:00", "Wed 28 09:00", "Wed 04 09:00"]
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("minutes = 30", 'minutes = "30"', ["mine", "minutes"]),
        ("gap = 6", "gap = 6.5", ["mine", "gap"]),
        ("least = 4", "least = true", ["mine", "least"]),
        ("gap = 6", "gap = 3", ["mine", "gap", "least"]),
        ("closing = 28", "closing = 31", ["mine", "closing"]),
        ("first = 4", "first = -1", ["mine", "first"]),
        ("minutes = 30", "", ["mine", "minutes"]),
        ('{ en = "Mine" }', '{ es = "Mío" }', ["mine", "name"]),
        ('{ en = "Mine" }', "{ en = 3 }", ["mine", "name"]),
        ('{ en = "Mine" }', '"Mine"', ["mine", "name"]),
        ("least = 4", "days = [0, 7]", ["mine", "days"]),
        ("least = 4", 'days = ["Monday"]', ["mine", "days"]),
        ("least = 4", "days = 5", ["mine", "days"]),
        ('id = "mine"', "", ["Mine", "id"]),
        ('id = "mine"', "id = 7", ["Mine", "id"]),
        ("least = 4", f"least = 4\n{GOOD}", ["mine", "id"]),
        ("[[plan]]", "[plan]", ["[[plan]]"]),
        ("[[plan]]", "plan = 3\n[other]", ["[[plan]]"]),
        ("gap = 6", "gap = ", ["TOML"]),
    ],
)
def test_a_broken_pack_names_the_plan_and_the_field(
    was: str, becomes: str, said: list[str]
) -> None:
    """Who wrote it can find the line."""
    assert list(PLANS.parsed(GOOD.encode(), "mine.toml")) == ["mine"]
    with pytest.raises(PackError) as caught:
        PLANS.parsed(GOOD.replace(was, becomes).encode(), "mine.toml")
    assert all(word in str(caught.value) for word in said)
