"""The gate on a real database: whatever is told and set in whatever order, each notice ends once."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import create_engine, select

from plnbot.engine import notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.notices import How, NoticeKind, Telling, Wanted
from plnbot.engine.notices.gate import WORK
from plnbot.engine.notices.settling import settle
from plnbot.engine.notices.store import NoticeState, notice
from plnbot.engine.ports import Network, Person
from plnbot.engine.routes import Routes
from plnbot.engine.store import work as work_table
from plnbot.quiet import Leave, Quiet, Rest
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata
from plnbot.talk.words import msg

# The night before the clocks of the eastern United States go back.
START = datetime(2026, 10, 31, 22, 0, tzinfo=UTC)
WORDS = msg("Notices")


def kind(name: str, **values: Any) -> NoticeKind:
    """Return a kind of notices."""
    return NoticeKind(name=name, title=WORDS, about=WORDS, **values)


KINDS = (
    kind("plain", may_be_muted=True),
    kind("daily", may_be_muted=True, usually=How.IN_DAY),
    kind("needed", may_be_muted=False),
    kind("on", may_be_muted=True, on_now=lambda _tx, _member, _args, _now: True),
)
MINUTES = st.integers(0, 3 * 24 * 60).map(lambda many: timedelta(minutes=many))
QUIET = st.sampled_from(
    [Quiet(), Quiet(None, None), Quiet(None, (time(0, 30), time(1, 45))), Quiet(at_night=None)]
)
ZONES = st.sampled_from(["America/New_York", "UTC", "Pacific/Auckland"])


class Told(RuleBasedStateMachine):
    """One member, and whatever is told them and set by them while time passes."""

    def __init__(self) -> None:
        super().__init__()
        load_tables()
        engine = create_engine("sqlite://")
        metadata.create_all(engine)
        self.connection = engine.connect()
        self.tx, self.now = Tx(self.connection), START
        self.routes = Routes(notices={each.name: each for each in KINDS})
        self.quiet, self.zone = Quiet(), "America/New_York"
        self.count, self.seen = 0, 0
        self.ended: dict[str, str] = {}

    def teardown(self) -> None:
        """Let whoever is awake and back hear everything; then nothing waits."""
        self.quiet = Quiet(None, None)
        notices.set_leave(self.tx, self.person, None, self.now)
        notices.set_direct(self.tx, self.person, self.now, direct=True)
        for each in KINDS:
            notices.set_how(self.tx, self.person, each, How.AT_ONCE, self.now)
        self.passes(timedelta(days=8))
        rows = self.tx.execute(select(notice)).all()
        assert [row.key for row in rows if row.state == NoticeState.WAITING] == []
        for row in rows:
            ends_by_itself = row.until is not None or row.why == "muted"
            assert row.state != NoticeState.DROPPED or ends_by_itself, row
        self.connection.close()

    @property
    def person(self) -> Person:
        """The member."""
        network = Network(1, "N", "en", "UTC")
        return Person(7, network, MemberRef("test", "w", "U7"), "Ana", "en", self.zone)

    @rule(of=st.sampled_from(KINDS), later=MINUTES, lasts=st.none() | MINUTES, asked=st.booleans())
    def tell(
        self, of: NoticeKind, later: timedelta, lasts: timedelta | None, *, asked: bool
    ) -> None:
        """Tell something, which is wanted now or later, and perhaps of no use after a while."""
        self.count += 1
        until = None if lasts is None else self.now + later + lasts
        wanted = Wanted(self.now + later, until)
        told = Telling(of, "card", {}, f"told/{self.count}", wanted, asked)
        notices.tell(self.tx, self.person, told, self.now)
        assert not notices.tell(self.tx, self.person, told, self.now)

    @rule(of=st.sampled_from(KINDS), how=st.sampled_from(How))
    def choose(self, of: NoticeKind, how: How) -> None:
        """Let them choose how a kind comes."""
        notices.set_how(self.tx, self.person, of, how, self.now)

    @rule(direct=st.booleans())
    def allow(self, *, direct: bool) -> None:
        """Let them be written to directly, or not."""
        notices.set_direct(self.tx, self.person, self.now, direct=direct)

    @rule(begins=MINUTES, lasts=MINUTES)
    def take_leave(self, begins: timedelta, lasts: timedelta) -> None:
        """Let them be on leave."""
        leave = Leave(self.now + begins, self.now + begins + lasts)
        notices.set_leave(self.tx, self.person, leave, self.now)

    @rule(quiet=QUIET, zone=ZONES)
    def move(self, quiet: Quiet, zone: str) -> None:
        """Let them have other quiet hours, or live elsewhere."""
        self.quiet, self.zone = quiet, zone
        notices.look_again(self.tx, [7], self.now)

    @rule(of=MINUTES)
    def passes(self, of: timedelta) -> None:
        """Let time pass, and everything due happen at its time."""
        until = self.now + of
        while (at := self._next()) is not None and at <= until:
            self.now = max(self.now, at)
            self._run()
        self.now = until

    @rule(of=MINUTES)
    def is_away(self, of: timedelta) -> None:
        """Let the bot be away for a while, and do afterwards what was due."""
        self.now += of
        while (at := self._next()) is not None and at <= self.now:
            self._run()

    @invariant()
    def each_ends_once(self) -> None:
        """Check that what has ended stays as it ended, and was posted by itself or with others."""
        posted = set(self.tx.execute(select(work_table.c.key).where(_POSTS)).scalars())
        for row in self.tx.execute(select(notice).where(notice.c.state != NoticeState.WAITING)):
            assert self.ended.setdefault(row.key, row.state) == row.state
            assert (row.key in posted) == (row.state == NoticeState.SENT)
            assert row.state != NoticeState.IN_DAY or row.why in posted

    def _next(self) -> datetime | None:
        due = select(work_table.c.run_at).where(work_table.c.kind == WORK, _WAITS)
        return self.tx.execute(due).scalar_one_or_none()

    def _run(self) -> None:
        """Do what is due as the runner does, and look at what was written."""
        assert work.cancel(self.tx, "notices/7", self.now)
        directory: Any = SimpleNamespace(
            by_id=lambda _tx, _member, _platform: self.person,
            quiet_hours=lambda _tx, _member: self.quiet,
        )
        settle(Due(self.tx, self.now, self.now, {"person": 7}, directory, self.routes))
        wish = notices.wish_of(self.tx, 7)
        rest = Rest(self.zone, self.quiet, wish.leave)
        new = self.tx.execute(select(work_table).where(_POSTS, work_table.c.id > self.seen)).all()
        for row in new:
            told = select(notice).where((notice.c.key == row.key) | (notice.c.why == row.key))
            for each in self.tx.execute(told):
                of = self.routes.notices[each.kind]
                assert rest.free(self.now) or of.on_now is not None
                assert wish.direct is not False or each.asked
                assert wish.how.get(of.name) is not How.NEVER or not of.may_be_muted
        self.seen = max((self.seen, *(row.id for row in new)))


_POSTS = work_table.c.kind == outbox.POST
_WAITS = work_table.c.state == work.WorkState.DUE
TestTold = Told.TestCase
TestTold.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
