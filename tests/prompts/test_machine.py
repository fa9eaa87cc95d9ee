"""A schedule's life: whatever is done to it and whenever, each date is asked once, or it is said why not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine, select

from plnbot.engine import outbox
from plnbot.engine import work as queue
from plnbot.engine.ports import Network, Person
from plnbot.engine.store import work
from plnbot.errors import Refused
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import Occurrence, PromptSchedule, State
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.prompts.store.tables import asked
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata

EASTERN = "America/New_York"
START = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
"""A week before clocks go back."""
FIRST = datetime(2026, 10, 26, 15, 45)  # noqa: DTZ001 - a time on the wall
TIMES = [
    Schedule(rules, FIRST, EASTERN)
    for rules in (
        ("FREQ=DAILY",),
        ("FREQ=WEEKLY;BYDAY=MO,TH",),
        ("FREQ=MONTHLY;BYDAY=1MO",),
        ("FREQ=DAILY;UNTIL=20261120",),
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=17;BYMINUTE=0"),
    )
]
ZONES = {"c1": EASTERN, "c2": "Europe/Madrid", "c3": "Pacific/Auckland"}
STEPS = [timedelta(minutes=each) for each in (1, 30, 600, 1440, 1440, 3 * 1440, 20 * 1440)]
Acts = Callable[[Tx], object]


class Life(RuleBasedStateMachine):
    """One schedule in three towns, an organiser who cannot make up their mind, and an unsteady machine."""

    def __init__(self) -> None:
        super().__init__()
        load_tables()
        engine = create_engine("sqlite://")
        metadata.create_all(engine)
        self.connection = engine.connect()
        self.tx, self.now = Tx(self.connection), START
        self.network = Network(1, "Ours", "en", EASTERN)
        self.maya = Person(1, self.network, MemberRef("t", "w", "maya"), "Maya", "en", EASTERN)
        self.directory: Any = SimpleNamespace(
            network_of=lambda _tx, _place: self.network, by_id=lambda *_: None
        )
        self.number = 0
        self.seen_until = START
        """Until when it was looked at by nobody but a machine that was there, on unchanged times."""

    def teardown(self) -> None:
        """Let go of the database."""
        self.connection.close()

    @initialize(times=st.sampled_from(TIMES), towns=st.integers(1, 3), same_hour=st.booleans())
    def made(self, times: Schedule, towns: int, *, same_hour: bool) -> None:
        """Somebody sets it up."""
        for number in range(30):
            prompts.add_prompt(self.tx, 1, NewPrompt({"en": f"What about {number}?"}), self.now)
        rooms = [NewRoom(Place("t", "w", name), zone) for name, zone in list(ZONES.items())[:towns]]
        wish = Wish("Ours", times, "", timedelta(hours=2), same_hour=same_hour)
        self.number = actions.make(self.tx, wish, rooms, self.now, by=self.maya).id

    @rule(step=st.sampled_from(STEPS))
    def time_passes(self, step: timedelta) -> None:
        """Let time pass, with the machine there or away; then it does what is due."""
        self.now += step
        self._due()

    @rule(minutes=st.integers(1, 3000))
    def clock_goes_back(self, minutes: int) -> None:
        """Somebody sets the clock back; what is due then is due later."""
        self.now = max(START, self.now - timedelta(minutes=minutes))
        self._due()

    @rule()
    def looked_at_twice(self) -> None:
        """Two processes look after the same schedule."""
        actions.tick(self.tx, self.number, self.now, self.directory)
        actions.tick(self.tx, self.number, self.now, self.directory)

    @rule(what=st.sampled_from(["tick", "now"]))
    def dies_in_the_middle(self, what: str) -> None:
        """Nothing of what a process did stands that died before it was done."""
        kept = self.connection.begin_nested()
        if what == "tick":
            actions.tick(self.tx, self.number, self.now, self.directory)
        else:
            self._try(lambda tx: actions.post_now(tx, self.asks, "en", self.now, by=self.maya))
        kept.rollback()

    @rule(
        which=st.integers(0, 7),
        what=st.sampled_from(
            ["skip", "unskip", "move", "move_back", "earlier", "later", "another"]
        ),
    )
    def a_date_is_changed(self, which: int, what: str) -> None:
        """Skipped, moved, exchanged, or back."""
        states = (State.SKIPPED,) if what == "unskip" else (State.PLANNED,)
        dates = prompts.occurrences_of(self.tx, self.number, states)
        if not dates:
            return
        date = dates[which % len(dates)]
        by: dict[str, Any] = {"by": self.maya}
        do: dict[str, Acts] = {
            "skip": lambda tx: actions.skip(tx, date, self.now, **by),
            "unskip": lambda tx: actions.unskip(tx, date, self.now, **by),
            "move": lambda tx: actions.move(tx, date, self.now, **by),
            "move_back": lambda tx: actions.move_back(tx, date, self.now, **by),
            "earlier": lambda tx: actions.swap(tx, date, -1, self.now, **by),
            "later": lambda tx: actions.swap(tx, date, 1, self.now, **by),
            "another": lambda tx: actions.another(tx, date, self.now, **by),
        }
        self._try(do[what])

    @rule(days=st.integers(1, 40))
    def paused(self, days: int) -> None:
        """Paused, until a day."""
        until = self.now + timedelta(days=days)
        actions.pause(self.tx, self.asks, until, self.now, by=self.maya)

    @rule()
    def goes_on(self) -> None:
        """End the pause, or bring it back."""
        if self.asks.ended_at is not None:
            actions.bring_back(self.tx, self.asks, self.now, by=self.maya)
            self.seen_until = self.now
        elif self.asks.paused_until is not None:
            actions.go_on(self.tx, self.asks, self.now, by=self.maya)
            self.seen_until = self.now

    @rule()
    def ended(self) -> None:
        """End it."""
        if self.asks.ended_at is None:
            actions.end(self.tx, self.asks, self.now, by=self.maya)

    @rule(times=st.sampled_from(TIMES))
    def other_times(self, times: Schedule) -> None:
        """Give it other times from now on."""
        if times == self.asks.schedule:
            return
        wish = prompts.wish_of(self.asks)
        wish = Wish(wish.title, times, "", wish.stale_after, same_hour=wish.same_hour)
        actions.change(self.tx, self.asks, wish, self.now, by=self.maya)
        self.seen_until = self.now

    @rule()
    def asked_now(self) -> None:
        """One more is asked at once."""
        ahead = self._ahead()
        self._try(lambda tx: actions.post_now(tx, self.asks, "en", self.now, by=self.maya))
        assert self._ahead() == ahead

    @rule()
    def a_room_refuses(self) -> None:
        """Have a room refuse what it was asked last."""
        room = prompts.rooms_of(self.tx, self.number)[0]
        latest = prompts.latest_in(self.tx, room.id)
        if latest is None:
            return
        key = actions.post_key(latest.id, room.id)
        queue.cancel(self.tx, key, self.now)
        args = {"occurrence": latest.id, "room": room.id}
        actions.not_posted(self.tx, {"args": args}, "It is archived.", self.now)

    @invariant()
    def never_twice(self) -> None:
        """Find one post for each occurrence in each room that was asked, and each date once."""
        if not self.number:
            return
        posted = [
            key
            for key in self.tx.execute(
                select(work.c.key).where(work.c.kind == outbox.POST)
            ).scalars()
            if key.startswith("prompt/")
        ]
        rows = self.tx.execute(select(asked)).all()
        was_asked = {
            actions.post_key(row.occurrence_id, row.room_id)
            for row in rows
            if row.state in (State.POSTED, State.REFUSED)
        }
        assert len(posted) == len(set(posted))
        assert set(posted) == was_asked
        every = self._every()
        assert len({each.due for each in every}) == len(every)

    @invariant()
    def what_is_over_is_explained(self) -> None:
        """Every date that passed while it ran was asked, or it is written down why not."""
        if not self.number:
            return
        asks = self.asks
        paused = asks.paused_until
        since = max(self.seen_until, paused or START)
        if asks.ended_at is not None or since >= self.now:
            return
        there = {each.due: each for each in self._every()}
        for due in asks.schedule.between(since, self.now):
            assert due in there, f"{due} is not explained"
        for each in there.values():
            over = each.at + timedelta(days=1) <= self.now
            assert each.state is not State.PLANNED or not over, f"{each} waits for ever"

    @invariant()
    def what_comes_is_woken_for(self) -> None:
        """As long as something is planned in a running schedule, work waits for it."""
        if self.number and self.asks.ended_at is None and self._ahead():
            key = f"prompt/schedule/{self.number}"
            assert queue.waiting(self.tx, [key])

    @property
    def asks(self) -> PromptSchedule:
        """The schedule as it stands."""
        return actions.again(self.tx, self.number)

    def _due(self) -> None:
        asking, ahead = f"prompt/schedule/{self.number}", f"prompt/ahead/{self.number}"
        for _ in range(80):
            waiting = queue.waiting(self.tx, [asking, ahead])
            if not waiting or min(waiting.values()) > self.now:
                return
            key = min(waiting, key=lambda each: waiting[each])
            queue.cancel(self.tx, key, self.now)
            if key == asking:
                actions.tick(self.tx, self.number, self.now, self.directory)
            else:
                actions.look_ahead(self.tx, self.number, self.now, self.directory)
        raise AssertionError("it wakes for ever")

    def _try(self, do: Acts) -> None:
        try:
            do(self.tx)
        except Refused:
            return

    def _every(self) -> tuple[Occurrence, ...]:
        return prompts.occurrences_of(self.tx, self.number, tuple(State))

    def _ahead(self) -> list[tuple[datetime, int | None]]:
        planned = prompts.occurrences_of(self.tx, self.number)
        return [(each.at, each.prompt) for each in planned]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=30)
