"""A chat's decisions, as moderators live them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats import model
from plnbot.chats.model import (
    Ask,
    Begin,
    ChatState,
    Close,
    Effect,
    Event,
    GoOn,
    Hold,
    Impossible,
    Insert,
    Moment,
    MomentKind,
    Outcome,
    PlanMoved,
    Resume,
    Run,
    Skip,
    Tick,
    WarmUp,
    decide,
)
from plnbot.chats.plans import lay_out, plans

START = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)  # a Monday
LIVE_PLANS = [each.id for each in plans().values() if not each.slow]
EXTEND = model.Extend(timedelta(minutes=2))


def at(clock: str, day: int = 0) -> datetime:
    """Return the instant that the clock shows on that day of the chat."""
    hour, minute, *second = map(int, clock.split(":"))
    return START.replace(hour=hour, minute=minute, second=sum(second)) + timedelta(days=day)


def laid_out(
    plan: str, count: int, start: datetime = START, *, warm_up: bool = False
) -> tuple[Moment, ...]:
    """Return a shipped plan's moments, in UTC."""
    return lay_out(plans()[plan], start, "UTC", [None] * count, warm_up=warm_up)


def published(plan: str = "classic60", count: int = 6, *, warm_up: bool = False) -> Run:
    """Return a chat that waits for its start."""
    moments = laid_out(plan, count, warm_up=warm_up)
    return Run(ChatState.SCHEDULED, moments, pace=plans()[plan].pace)


def done(run: Run, event: Event, now: datetime) -> Outcome:
    """Return what came of an event that is possible."""
    outcome = decide(run, event, now)
    assert isinstance(outcome, Outcome), outcome
    return outcome


def ticked(run: Run, *clocks: str) -> Run:
    """Return the chat after ticks at these times."""
    for clock in clocks:
        run = done(run, Tick(), at(clock)).run
    return run


def plan_of(run: Run) -> list[str]:
    """Return what is to come as people would write it."""
    return [
        f"{each.at:%H:%M} {f'Q{each.number}' if each.number else each.kind}" for each in run.moments
    ]


def played(run: Run) -> list[tuple[str, Effect]]:
    """Return what a chat does when the bot is always there, half a second behind."""
    said: list[tuple[str, Effect]] = []
    while run.next_moment is not None:
        due = run.next_moment.at
        outcome = done(run, Tick(), due + timedelta(seconds=0.5))
        said += [(f"{due:%a %H:%M}", effect) for effect in outcome.effects]
        run = outcome.run
    assert run.state is ChatState.ARCHIVED
    return said


def test_a_chat_runs_on_time_and_says_everything_once() -> None:
    """Welcome, warm-up, six questions, closing words and archive come at their minutes."""
    assert [(clock[4:], effect) for clock, effect in played(published(warm_up=True))] == [
        ("20:00", Begin()),
        ("20:04", WarmUp()),
        *((f"20:{10 + 8 * i}", Ask(i + 1)) for i in range(6)),
        ("20:57", Close()),
        ("21:00", model.Archive()),
    ]


@pytest.mark.parametrize("plan", LIVE_PLANS)
@pytest.mark.parametrize("count", [1, 4])
def test_a_bot_on_time_never_moves_the_plan(plan: str, count: int) -> None:
    """The half second a wake-up takes is no reason to move a plan or to tell a moderator."""
    assert PlanMoved() not in [effect for _, effect in played(published(plan, count))]


def test_questions_at_the_least_gap_keep_their_times() -> None:
    """Nine questions in an hour stand five minutes apart, and stay there while the bot is on time."""
    asked = [clock for clock, effect in played(published(count=9)) if isinstance(effect, Ask)]
    assert asked == [f"Mon 20:{minute}" for minute in range(10, 51, 5)]


def test_an_outage_gives_one_late_question_and_keeps_the_end() -> None:
    """Away from 8:20 to 8:31: Q3 comes late, the gaps shrink to no less than five minutes."""
    outcome = done(ticked(published(), "20:00", "20:10", "20:18"), Tick(), at("20:31"))
    assert outcome.effects == (Ask(3, late=True), PlanMoved())
    assert plan_of(outcome.run) == [
        "20:36 Q4",
        "20:43 Q5",
        "20:50 Q6",
        "20:57 closing",
        "21:00 end",
    ]


def test_a_long_outage_moves_the_end_rather_than_rush_a_question() -> None:
    """With too little time left each question still has five minutes; then the end moves."""
    outcome = done(ticked(published(), "20:00", "20:10"), Tick(), at("20:45"))
    assert outcome.effects == (Ask(2, late=True), PlanMoved())
    assert plan_of(outcome.run) == [
        *["20:50 Q3", "20:55 Q4", "21:00 Q5", "21:05 Q6", "21:10 closing", "21:13 end"]
    ]


def test_a_chat_that_was_slept_through_says_so_and_ends() -> None:
    """A bot that comes back after the end says its two lines and makes the archive."""
    outcome = done(published(), Tick(), at("22:00"))
    assert outcome.effects == (Begin(late=True), Close(), model.Archive())
    assert outcome.run.state is ChatState.ARCHIVED


def test_a_missed_warm_up_gives_way_to_the_first_question() -> None:
    """Where the first question is due as well, the warm-up is left out."""
    outcome = done(published(warm_up=True), Tick(), at("20:11"))
    assert outcome.effects == (Begin(late=True), Ask(1, late=True))
    assert plan_of(outcome.run)[0] == "20:18 Q2"


def test_a_held_chat_does_nothing_and_goes_on_where_it_was() -> None:
    """The three minutes left before the hold are left after it."""
    held = done(ticked(published(), "20:00", "20:10"), Hold(), at("20:15")).run
    assert done(held, Tick(), at("20:30")) == Outcome(held)
    assert decide(held, Hold(), at("20:30")) is Impossible.HELD_ALREADY
    going = done(held, Resume(), at("20:20")).run
    assert plan_of(going)[0] == "20:23 Q2"
    assert plan_of(going)[-2:] == ["20:57 closing", "21:00 end"]
    assert decide(going, Resume(), at("20:20")) is Impossible.NOT_HELD


@pytest.mark.parametrize(
    ("event", "coming"),
    [(Resume(), ["20:22 warm_up", "20:27 Q1"]), (GoOn(), ["20:28 Q1", "20:33 Q2"])],
)
def test_a_hold_before_the_warm_up_leaves_it_its_minutes(event: Event, coming: list[str]) -> None:
    """After a hold the first question does not come on the heels of the warm-up, nor push it out."""
    held = done(ticked(published(warm_up=True), "20:00"), Hold(), at("20:02")).run
    assert plan_of(done(held, event, at("20:20")).run)[:2] == coming


def test_two_minutes_more_during_a_hold_are_two_minutes_more() -> None:
    """Time that stands still is not counted twice."""
    held = done(ticked(published(), "20:00", "20:10"), Hold(), at("20:12")).run
    longer = done(held, EXTEND, at("20:22")).run
    assert plan_of(done(longer, Resume(), at("20:23")).run)[0] == "20:31 Q2"


def test_two_minutes_more_move_the_next_question_and_keep_the_end() -> None:
    """+2 min gives the present question its time; the others share what is left."""
    longer = done(ticked(published(), "20:00", "20:10"), EXTEND, at("20:15")).run
    assert plan_of(longer) == [
        *["20:20 Q2", "20:27 Q3", "20:34 Q4", "20:41 Q5", "20:48 Q6", "20:57 closing", "21:00 end"]
    ]


def test_a_skipped_question_can_be_asked_after_all() -> None:
    """The next question takes the skipped one's time; asked after all, it comes last."""
    outcome = done(ticked(published(), "20:00", "20:10"), Skip(), at("20:12"))
    assert outcome.effects == (model.Skipped(2), PlanMoved())
    assert plan_of(outcome.run)[0] == "20:18 Q3"
    again = done(outcome.run, Insert(2), at("20:13")).run
    assert [each.number for each in again.moments] == [3, 4, 5, 6, 2, 0, 0]
    assert again.ends_at == at("21:00")


def test_skipping_the_first_question_keeps_the_warm_up() -> None:
    """A skip moves questions only."""
    going = done(ticked(published(warm_up=True), "20:00"), Skip(), at("20:01")).run
    assert plan_of(going)[:2] == ["20:04 warm_up", "20:10 Q2"]


def test_a_bonus_question_after_the_closing_words_brings_them_again() -> None:
    """A bonus question comes at once when nothing else is to come, and has its five minutes."""
    closing = ticked(published(count=1), "20:00", "20:10", "20:57")
    going = done(closing, Insert(2), at("20:58")).run
    assert plan_of(going) == ["20:58 Q2", "21:03 closing", "21:03 end"]


def test_end_now_closes_and_archives_at_once() -> None:
    """Both effects come in order, and nothing is possible afterwards."""
    outcome = done(ticked(published(), "20:00", "20:10"), model.EndNow(), at("20:12"))
    assert outcome.effects == (Close(), model.Archive())
    assert decide(outcome.run, Tick(), at("20:18")) is Impossible.OVER


def test_going_on_early_leaves_the_others_at_their_times() -> None:
    """A question asked early gains time."""
    outcome = done(ticked(published(), "20:00", "20:10"), GoOn(), at("20:12"))
    assert outcome.effects[0] == Ask(2)
    assert plan_of(outcome.run)[0] == "20:26 Q3"


def test_a_chat_begun_early_comes_earlier_as_a_whole() -> None:
    """Begun five minutes before its time, it ends five minutes before its time."""
    begun = done(published(), GoOn(), at("19:55"))
    assert (begun.effects, begun.run.ends_at) == ((Begin(),), at("20:55"))


def test_what_cannot_be_is_said_plainly() -> None:
    """Each refusal has its own reason."""
    draft = Run()
    assert decide(draft, model.Publish(()), START) is Impossible.NO_PLAN
    assert decide(draft, Tick(), START) is Impossible.NOT_NOW
    assert decide(published(), Hold(), START) is Impossible.NOT_NOW
    last = ticked(published(count=1), "20:00", "20:10")
    assert decide(last, Skip(), at("20:11")) is Impossible.NO_QUESTION_LEFT


def test_a_cancelled_chat_can_be_published_again() -> None:
    """Cancelling calls off what was announced, and is not the end."""
    outcome = done(published(), model.Cancel(), at("19:00"))
    assert outcome.effects == (model.Reword(), model.CallOff())
    again = done(outcome.run, model.Publish(outcome.run.moments), at("19:30"))
    assert (again.run, again.effects) == (published(), (model.Reword(), model.Announce()))


def test_a_draft_thrown_away_is_told_to_nobody_and_comes_back_as_a_draft() -> None:
    """Neither throwing it away nor taking it out again is news."""
    thrown = done(Run(), model.Cancel(), START)
    restored = done(thrown.run, model.Restore(), START)
    assert (thrown.effects, restored.effects, restored.run) == ((), (), Run())


def test_other_words_at_the_same_time_are_no_news() -> None:
    """A scheduled chat that is worded anew puts its announcement right and makes no other."""
    run = published()
    assert done(run, model.Publish(run.moments, news=False), START).effects == (model.Reword(),)


def test_a_slow_chat_asks_at_its_hour_each_school_day() -> None:
    """A late wake-up of half a second moves nothing, day after day."""
    asked = [entry for entry in played(published("slow_daily")) if isinstance(entry[1], Ask)]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Mon"]
    assert asked == [(f"{day} 20:00", Ask(i)) for i, day in enumerate(days, start=1)]


def test_a_slow_chat_skips_and_adds_on_its_own_days() -> None:
    """The times there are are taken over, so that no question falls on a Saturday."""
    begun = ticked(published("slow_daily", 7), "20:00")
    skipped = done(begun, Skip(), at("21:00")).run
    assert [f"{each.at:%a}{each.number}" for each in skipped.moments[:5]] == [
        *["Tue3", "Wed4", "Thu5", "Fri6", "Mon7"]
    ]
    added = done(begun, Insert(8), at("21:00")).run
    assert added.moments[:6] == begun.moments[:6]
    assert added.moments[6] == Moment(MomentKind.QUESTION, at("20:00", 9), 8)


def test_a_slow_chat_late_by_hours_keeps_its_days() -> None:
    """Three hours late on Tuesday, the next question still comes on Wednesday at its hour."""
    begun = ticked(published("slow_daily"), "20:00")
    outcome = done(begun, Tick(), at("23:00", 1))
    assert outcome.effects == (Ask(2, late=True),)
    assert outcome.run.moments[0] == Moment(MomentKind.QUESTION, at("20:00", 2), 3)


EVENTS = st.sampled_from([Tick(), Hold(), Resume(), EXTEND, GoOn(), Skip(), Insert(9)])


@given(st.lists(st.tuples(EVENTS, st.integers(0, 100)), max_size=20))
def test_a_slow_chat_keeps_its_hour_of_the_day(events: list[tuple[Event, int]]) -> None:
    """Whatever a moderator does and however late the bot is, what is to come comes at its hour."""
    run, now = published("slow_daily", 8), START
    for event, hours in events:
        now += timedelta(hours=hours, minutes=7)
        outcome = decide(run, event, now)
        run = outcome.run if isinstance(outcome, Outcome) else run
        if run.state is ChatState.CLOSING:
            break
        assert {each.at.time() for each in run.moments if each.kind is not MomentKind.END} <= {
            START.time()
        }


def heard(run: Run, down: datetime, up: datetime) -> list[tuple[datetime, Effect]]:
    """Return what a room heard, and when, that nothing reached between two instants."""
    arrived: list[tuple[datetime, Effect]] = []
    asked_at: datetime | None = None
    now = START
    while run.next_moment is not None:
        now = max(now, run.next_moment.at)
        told = None if asked_at is None else told_by(now, asked_at, down, up)
        if model.waits(run, told, now):
            now += timedelta(seconds=10)
            continue
        outcome = done(run, Tick(told), now)
        run = outcome.run
        for effect in outcome.effects:
            arrived.append((up if down <= now < up else now, effect))
            asked_at = now if isinstance(effect, Ask) else asked_at
    return arrived


def told_by(now: datetime, asked_at: datetime, down: datetime, up: datetime) -> model.Told:
    """Return how a question that was asked then reached its room by now."""
    if not down <= asked_at < up:
        return model.Told(asked_at, asked_at)
    return model.Told(asked_at, up if now >= up else None)


@given(
    st.sampled_from(LIVE_PLANS),
    st.integers(1, 4),
    st.integers(0, 70 * 60),
    st.integers(0, 90 * 60),
)
def test_a_room_never_gets_two_questions_at_once(
    plan: str, count: int, down: int, length: int
) -> None:
    """However long it was out of reach, each question that it gets has the time it needs."""
    down_at = START + timedelta(seconds=down)
    up_at = down_at + timedelta(seconds=length)
    run = published(plan, count)
    said = heard(run, down_at, up_at)
    asked = [at for at, effect in said if isinstance(effect, Ask)]
    least = run.pace.least - model.GRACE
    assert all(later - earlier >= least for earlier, later in pairwise(asked))
    assert sum(isinstance(effect, model.Archive) for _at, effect in said) == 1


def test_a_room_out_of_reach_is_as_if_we_were_away() -> None:
    """Nothing arrives from 8:20 to 8:31: the same questions at the same times as in an outage of ours."""
    run = ticked(published(), "20:00", "20:10", "20:18", "20:26")
    told = model.Told(at("20:26"), None)
    assert model.waits(run, told, at("20:34"))
    outcome = done(run, Tick(model.Told(at("20:26"), at("20:31"))), at("20:31"))
    assert outcome.effects == (PlanMoved(),)
    away = done(ticked(published(), "20:00", "20:10", "20:18"), Tick(), at("20:31"))
    assert plan_of(outcome.run) == plan_of(away.run)


def test_a_question_heard_late_moves_the_plan_once() -> None:
    """Looked at again, the plan has made its room; a moderator who goes on is not undone."""
    run = ticked(published(), "20:00", "20:10", "20:18", "20:26")
    late = Tick(model.Told(at("20:26"), at("20:31")))
    moved = done(run, late, at("20:31")).run
    assert done(moved, late, at("20:32")) == Outcome(moved)


def test_a_clock_put_back_moves_no_plan() -> None:
    """A question that was heard in an hour from now is no reason to wait for an hour."""
    run = ticked(published(), "20:00", "20:10")
    told = model.Told(at("20:10"), at("21:10"))
    assert done(run, Tick(told), at("20:18")).effects == (Ask(2),)


def test_a_chat_out_of_reach_ends_when_its_end_has_come() -> None:
    """It does not wait for its room any longer than its plan had."""
    run = ticked(published(), "20:00", "20:10")
    told = model.Told(at("20:10"), None)
    assert model.waits(run, told, at("20:59"))
    assert not model.waits(run, told, at("21:00"))
    assert done(run, Tick(told), at("21:00")).effects == (Close(), model.Archive())
