"""The work queue, whatever happens in whatever order: lanes stay in order, and nothing is lost."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, select

from plnbot.engine import work
from plnbot.engine.store import work as work_table
from plnbot.engine.work import Item, Urgency, WorkState, beginning
from plnbot.store.database import Tx

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=3)

# As often as a name stands here, so often does it happen.
NAMES = [*["add", "put", "lease"] * 3, "finish", "finish", "again", "cancel", "pass_time"]
happenings = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.integers(0, 5),
        st.integers(-3, 3).map(lambda count: timedelta(minutes=count)),
        st.sampled_from(["a", "a", "b", ""]),
        st.sampled_from([*[Urgency.ORDINARY] * 3, Urgency.TIMED, Urgency.COURTESY]),
    ),
    min_size=10,
    max_size=40,
)


@dataclass(slots=True)
class Held:
    """What one of the workers believes to hold."""

    item: Item
    until: datetime


class Waits(NamedTuple):
    """A row that waits."""

    lane: str
    due: datetime
    run_at: datetime
    urgency: int


@dataclass(slots=True)
class Story:
    """One run of happenings, with everything that any worker was ever given."""

    tx: Tx
    now: datetime = NOON
    given: list[Held] = field(default_factory=list)

    def happens(
        self, name: str, number: int, minutes: timedelta, lane: str, urgency: Urgency
    ) -> None:
        """Let one thing happen and check what must hold then."""
        match name:
            case "add":  # as often late as in time
                at = self.now + minutes
                work.add(self.tx, "kind", f"{number}", at, {}, lane=lane, urgency=urgency)
            case "put":
                at = self.now + minutes
                work.put(self.tx, "kind", f"{number}", at, {}, lane=lane, urgency=urgency)
            case "cancel":
                work.cancel(self.tx, f"{number}", self.now)
            case "lease":
                self.lease(1 + number % 2)
            case "pass_time":
                self.now += abs(minutes)
            case _ if number < len(self.given):
                self.end(name, self.given[-1 - number].item, self.now + abs(minutes))
        self.one_holder_each()

    def lease(self, most: int) -> None:
        """Give work out, and check that each was the first that waited in its lane."""
        waiting = self.pending(WorkState.DUE)
        for item in work.lease(self.tx, self.now, self.now + LEASE, most):
            self.given.append(Held(item, self.now + LEASE))
            assert item.due_at <= self.now
            taken_over = item.id not in waiting
            assert taken_over or not [
                row for row, each in waiting.items() if self._goes_before(item, row, each)
            ]

    def _goes_before(self, item: Item, row: int, each: Waits) -> bool:
        if not item.lane or each.lane != item.lane:
            return False
        if each.urgency == item.urgency:
            return (each.due, row) < (item.due_at, item.id)
        return each.urgency < item.urgency and each.run_at <= self.now

    def end(self, name: str, item: Item, later: datetime) -> None:
        """One worker ends or puts off what it was given; it counts only while it holds it."""
        ours = bool(work.ours(self.tx, [item]))
        if name == "finish":
            assert work.finish(self.tx, item, WorkState.DONE, self.now) == ours
        else:
            assert work.again(self.tx, item, later, "later") == ours

    def one_holder_each(self) -> None:
        """Check that no row, and no lane, has two who may still end their work."""
        leased = select(work_table).where(work_table.c.state == WorkState.LEASED)
        fences = {row.id: row.fence for row in self.tx.execute(leased)}
        held = [
            each.item
            for each in self.given
            if each.until > self.now and fences.get(each.item.id) == each.item.fence
        ]
        rows = [each.id for each in held]
        taken = [each.lane for each in held if each.lane]
        assert len(rows) == len(set(rows))
        assert len(taken) == len(set(taken))

    def ends(self) -> None:
        """Check that everything still planned gets done, and that `next_at` leads there."""
        left = len(self.pending(*work.PENDING))
        for _ in range(left):
            at = work.next_at(self.tx)
            assert at is not None
            self.now = max(self.now, at)
            items = work.lease(self.tx, self.now, self.now + LEASE, 1)
            assert len(items) == 1
            assert work.finish(self.tx, items[0], WorkState.DONE, self.now)
        assert work.next_at(self.tx) is None
        assert self.pending(*work.PENDING) == {}

    def pending(self, *states: WorkState) -> dict[int, Waits]:
        """Return what is known of the rows in these states."""
        rows = self.tx.execute(select(work_table).where(work_table.c.state.in_(states)))
        return {row.id: Waits(row.lane, row.due_at, row.run_at, row.urgency) for row in rows}


_AT_ONCE, _LATER = timedelta(), timedelta(minutes=1)
_BEHIND_ONE_TRIED_LATER = [
    ("add", 0, _AT_ONCE, "a", Urgency.ORDINARY),
    ("add", 1, _AT_ONCE, "a", Urgency.COURTESY),
    ("add", 2, _AT_ONCE, "a", Urgency.ORDINARY),
    ("lease", 0, _AT_ONCE, "a", Urgency.ORDINARY),
    ("again", 0, _LATER, "a", Urgency.ORDINARY),
]
"""What is less urgent need not wait for what waits itself."""


@pytest.mark.parametrize(
    ("first", "looked_at"),
    [(1, 1_000), (1, 2), (2, 2)],
    ids=["few", "more-than-are-looked-at", "more-in-one-lane"],
)
def test_lanes_keep_their_order_whatever_happens(
    database_url: str, first: int, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leasing, ending, cancelling, planning anew and dying workers never break a lane.

    Nor where more is due than is looked at row by row, so that it is found by its lanes.
    """
    monkeypatch.setattr(beginning, "FIRST", first)
    monkeypatch.setattr(beginning, "LOOKED_AT", looked_at)
    engine = create_engine(database_url)

    @settings(max_examples=30 if "postgresql" in database_url else 60)
    @given(happenings)
    @example(_BEHIND_ONE_TRIED_LATER)
    def holds(story: list[tuple[str, int, timedelta, str, Urgency]]) -> None:
        with engine.connect() as connection, connection.begin() as whole:
            connection.execute(delete(work_table))
            told = Story(Tx(connection))
            for happening in story:
                told.happens(*happening)
            told.ends()
            whole.rollback()

    holds()
    engine.dispose()
