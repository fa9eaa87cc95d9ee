"""A chat's decisions under everything that moderators and time can do, in any order."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plnbot.chats import model
from plnbot.chats.model import (
    Ask,
    ChatState,
    Effect,
    Event,
    Impossible,
    MomentKind,
    Outcome,
    Run,
    decide,
)
from plnbot.chats.plans import lay_out, plans

START = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)
CALLED_OFF = (ChatState.CANCELLED, ChatState.THROWN_AWAY)
ENDED = (ChatState.ARCHIVED, *CALLED_OFF)
FORWARD = {
    ChatState.DRAFT: 0,
    ChatState.SCHEDULED: 1,
    ChatState.OPEN: 2,
    ChatState.ASKING: 3,
    ChatState.CLOSING: 3,  # a bonus question leads back from here
    ChatState.ARCHIVED: 4,
    ChatState.CANCELLED: 4,
    ChatState.THROWN_AWAY: 4,
}
STEPS = st.one_of(
    st.just(timedelta()),
    st.integers(1, 90).map(lambda n: timedelta(seconds=n)),
    st.integers(1, 40).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 60).map(lambda n: timedelta(hours=n)),
)
# How long the room took to hear the last question: at once, an outage, or not yet. More than time
# has passed since: by a clock that was put back.
HEARD = st.one_of(st.just(timedelta()), st.just(timedelta()), STEPS, st.none())
SELDOM = st.sampled_from([False, False, False, False, True])


class AnyChat(RuleBasedStateMachine):
    """One chat, and a ledger of all that it did since it was last published."""

    run = Run()
    now = START
    bonus = 100
    before: tuple[model.Moment, ...] = ()

    def clear_ledger(self) -> None:
        """Begin to count anew."""
        self.effects: Counter[type[Effect]] = Counter()
        self.asked: Counter[int] = Counter()
        self.skipped: Counter[int] = Counter()
        self.inserted: Counter[int] = Counter()
        self.planned: set[int] = set()
        self.last_asked: datetime | None = None
        self.asked_at: datetime | None = None

    @initialize(plan=st.sampled_from(sorted(plans())))
    def draft(self, plan: str) -> None:
        """Start with a draft of any plan."""
        self.plan = plans()[plan]
        self.run = Run(pace=self.plan.pace)
        self.clear_ledger()

    def happens(self, event: Event) -> tuple[Effect, ...] | None:
        """Let an event happen; return its effects, or None where it is impossible."""
        before = self.run
        outcome = decide(before, event, self.now)
        if isinstance(outcome, Impossible):
            if before.state is ChatState.ARCHIVED:
                assert outcome is Impossible.OVER
            return None
        self.run = outcome.run
        assert before.state is not ChatState.ARCHIVED
        if isinstance(event, model.Publish):
            assert self.run.state is ChatState.SCHEDULED
        else:
            assert before.state not in CALLED_OFF
            assert FORWARD[self.run.state] >= FORWARD[before.state]
        self.write_down(outcome, event)
        return outcome.effects

    def write_down(self, outcome: Outcome, event: Event) -> None:
        """Enter the effects into the ledger."""
        for effect in outcome.effects:
            self.effects[type(effect)] += 1
            if isinstance(effect, Ask):
                assert self.effects[model.Begin] == 1
                self.asked[effect.number] += 1
                self.enough_room_before(event)
                self.last_asked = self.asked_at = self.now
                assert self.run.current == effect.number
            elif isinstance(effect, model.Close):
                self.enough_room_before(event)
            elif isinstance(effect, model.Skipped):
                self.skipped[effect.number] += 1

    def told(self, heard: timedelta | None) -> model.Told | None:
        """Return what the room was told last."""
        if self.asked_at is None:
            return None
        return model.Told(self.asked_at, None if heard is None else self.asked_at + heard)

    def enough_room_before(self, event: Event) -> None:
        """Expect the bot never to cut a question short by itself, but for its own grace."""
        if isinstance(event, model.Tick) and self.last_asked is not None and not self.plan.slow:
            assert self.now - self.last_asked >= self.plan.pace.least - model.GRACE

    @rule(count=st.integers(1, 4), warm_up=st.booleans(), ahead=STEPS, really=SELDOM)
    def publish(self, count: int, ahead: timedelta, *, warm_up: bool, really: bool) -> None:
        """Publish a plan, for the first time or (seldom) anew."""
        if not really and self.run.state not in (ChatState.DRAFT, *CALLED_OFF):
            return
        moments = lay_out(self.plan, self.now + ahead, "UTC", [None] * count, warm_up=warm_up)
        if self.happens(model.Publish(moments)) is not None:
            self.clear_ledger()
            self.planned = {each.number for each in moments if each.number}

    @precondition(lambda self: self.run.state in CALLED_OFF and self.run.moments)
    @rule()
    def publish_again(self) -> None:
        """Publish what was cancelled with the plan it has."""
        moments = self.run.moments
        self.happens(model.Publish(moments))
        inserted = Counter(each.number for each in moments if each.number)
        self.clear_ledger()
        self.planned = set(inserted)
        self.inserted = inserted - Counter(self.planned)

    @rule(ahead=STEPS)
    def time_passes(self, ahead: timedelta) -> None:
        """Let time pass without the bot: events may come late."""
        self.now += ahead

    @rule(late=STEPS, times=st.integers(1, 2), heard=HEARD)
    def tick(self, late: timedelta, times: int, heard: timedelta | None) -> None:
        """Wake up for the next moment, on time or late, once or twice, its room reached or not."""
        following = self.run.next_moment
        self.now = max(self.now, following.at if following else self.now) + late
        for _ in range(times):
            before = self.run
            told = self.told(heard)
            if model.waits(before, told, self.now):
                assert heard is None
                assert any(each.at > self.now for each in before.moments)
                return
            self.happens(model.Tick(told))
            if before.held:
                assert self.run == before
            elif self.run.next_moment is not None and self.run.state not in ENDED:
                assert self.run.next_moment.at > self.now or self.run.state is ChatState.DRAFT

    @rule(times=st.integers(1, 2))
    def hold(self, times: int) -> None:
        """Hold, perhaps twice."""
        for _ in range(times):
            self.happens(model.Hold())

    @rule(times=st.integers(1, 2))
    def resume(self, times: int) -> None:
        """Go on after a hold, perhaps twice; nothing is overdue then."""
        for _ in range(times):
            if self.happens(model.Resume()) is not None:
                assert self.run.next_moment is not None
                assert self.run.next_moment.at >= self.now

    @rule(minutes=st.integers(1, 10))
    def extend(self, minutes: int) -> None:
        """Give the present question more time, and no less than asked for."""
        was = self.run.next_moment
        if self.happens(model.Extend(timedelta(minutes=minutes))) is not None:
            assert was is not None
            assert self.run.next_moment is not None
            assert self.run.next_moment.at - was.at >= timedelta(minutes=minutes)

    @rule()
    def go_on(self) -> None:
        """Do what comes next now: exactly that."""
        following = self.run.next_moment
        effects = self.happens(model.GoOn())
        if effects is not None and following is not None and following.number:
            assert effects[0] == Ask(following.number)

    @rule()
    def skip(self) -> None:
        """Leave the next question out."""
        self.before = self.run.moments
        self.happens(model.Skip())

    @rule(again=st.booleans())
    def insert(self, *, again: bool) -> None:
        """Add a bonus question, or one that was skipped."""
        left_out = [n for n in self.skipped if not self.coming[n]]
        number = left_out[0] if again and left_out else self.bonus
        alone = not any(self.coming.values())
        if self.happens(model.Insert(number)) is not None:
            self.bonus += 1
            self.inserted[number] += 1
            if alone:
                # With nothing else to come the moderator wants it now.
                self.last_asked = None

    @rule()
    def put_back(self) -> None:
        """Undo a skip: the question comes before all that stood behind it, or last where it is past."""
        left_out = [n for n in self.skipped if not self.coming[n]]
        alone = not any(self.coming.values())
        number = left_out[-1] if left_out else self.bonus
        later = [each for each in self.coming if each > number]
        if self.happens(model.PutBack(number, self.before)) is not None:
            self.bonus += 1
            self.inserted[number] += 1
            order = [each.number for each in self.run.moments if each.number]
            if later and number >= self.run.current:
                assert order.index(number) < min(map(order.index, later))
            if alone:
                self.last_asked = None

    @rule(really=SELDOM)
    def end_now(self, *, really: bool) -> None:
        """Close and archive at once, seldom, so that most chats live long enough."""
        if really:
            self.happens(model.EndNow())

    @rule(really=SELDOM)
    def cancel(self, *, really: bool) -> None:
        """Call it off, seldom as well."""
        if really:
            self.happens(model.Cancel())

    @property
    def coming(self) -> Counter[int]:
        """How often each question is to come."""
        return Counter(each.number for each in self.run.moments if each.number)

    @invariant()
    def every_question_is_accounted_for(self) -> None:
        """Asked, skipped or to come, once for each time it was planned; gone only with the chat."""
        for number in self.planned | set(self.inserted):
            wanted = (number in self.planned) + self.inserted[number]
            had = self.asked[number] + self.skipped[number] + self.coming[number]
            assert had <= wanted
            assert had == wanted or self.run.state is ChatState.ARCHIVED

    @invariant()
    def the_plan_is_in_order(self) -> None:
        """Moments are sorted by time, the end is last, and a live chat has one."""
        times = [each.at for each in self.run.moments]
        assert times == sorted(times)
        kinds = [each.kind for each in self.run.moments]
        if self.run.state in model.LIVE:
            assert kinds[-1] is MomentKind.END
            assert kinds.count(MomentKind.END) == 1
            if self.run.state is not ChatState.CLOSING:
                assert kinds.count(MomentKind.CLOSING) == 1
        elif self.run.state is ChatState.ARCHIVED:
            assert not kinds

    @invariant()
    def only_a_live_chat_is_held(self) -> None:
        """Hold nothing that has not begun or is over."""
        assert not self.run.held or self.run.state in model.LIVE

    @invariant()
    def once_a_run(self) -> None:
        """Begin, warm-up and archive come once; closing words again only after a bonus question."""
        done = self.effects
        assert max(done[model.Begin], done[model.WarmUp], done[model.Archive]) <= 1
        assert done[model.Close] <= 1 + sum(self.inserted.values())
        assert done[model.Archive] == (self.run.state is ChatState.ARCHIVED)


TestAnyChat = AnyChat.TestCase
TestAnyChat.settings = settings(max_examples=200, stateful_step_count=40)
