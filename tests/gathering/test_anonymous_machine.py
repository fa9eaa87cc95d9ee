"""Whatever people do and in whatever order: who gave is known, what is whose is not, and few are never shown."""

from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import create_engine, select

from plnbot.errors import Refused
from plnbot.gathering import actions, anonymous, store
from plnbot.gathering.store.tables import gave, unnamed
from plnbot.singling_out import FEWEST
from plnbot.store.database import Tx
from plnbot.store.migrations import load_tables
from plnbot.store.schema import metadata
from tests.gathering.tenant import HIDING, SIDES, CountedOnce
from tests.gathering.test_anonymous import givers, person

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KIND = CountedOnce.kind
MEMBERS = st.integers(1, 30)
UNDERS = st.sampled_from([SIDES[0], SIDES[2]])  # the third side is late


class Unnamed(RuleBasedStateMachine):
    """Thirty members and two things to answer, of which one is past its time."""

    def __init__(self) -> None:
        super().__init__()
        load_tables()
        engine = create_engine("sqlite://")
        metadata.create_all(engine)
        self.connection = engine.connect()
        self.tx = Tx(self.connection)
        self.gave: dict[int, set[int]] = {each: set() for each in SIDES}
        self.named: dict[int, set[int]] = {each: set() for each in SIDES}
        self.said: dict[int, set[str]] = {each: set() for each in SIDES}
        self.hidden: set[str] = set()
        self.shown: dict[int, set[str]] = {each: set() for each in SIDES}
        self.count = 0

    def teardown(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def subject(self) -> CountedOnce:
        """Return the note as it stands."""
        return CountedOnce(self.tx, NOW)

    @rule(member=MEMBERS, under=UNDERS)
    def give(self, member: int, under: int) -> None:
        """Let somebody answer without a name, who may have answered before."""
        self.count += 1
        words = f"said {self.count}"
        if member in self.gave[under] | self.named[under]:
            with pytest.raises(Refused):
                anonymous.give(self.subject(), under, person(member), words)
            return
        anonymous.give(self.subject(), under, person(member), words)
        self.gave[under].add(member)
        self.said[under].add(words)

    @rule(member=MEMBERS, under=UNDERS)
    def give_by_name(self, member: int, under: int) -> None:
        """Let somebody answer by name, in the room, where nobody can be kept from it."""
        actions.give(self.subject(), under, person(member), words="by name")
        self.named[under].add(member)

    @rule(under=UNDERS)
    def show(self, under: int) -> None:
        """Let it be the moment at which answers are shown, if there are enough."""
        anonymous.show(self.subject(), under)

    @rule(under=UNDERS, which=st.integers(0, 50), hide=st.booleans())
    def hide(self, under: int, which: int, *, hide: bool) -> None:
        """Let a moderator hide one, or show it again."""
        found = store.shown_unnamed(self.tx, KIND, under)
        if found:
            this = found[which % len(found)]
            if hide:
                anonymous.hide(self.subject(), HIDING, this, "because", by=person(1))
                self.hidden.add(this.words)
            else:
                anonymous.show_again(self.subject(), HIDING, this, by=person(1))
                self.hidden.discard(this.words)

    @rule(member=MEMBERS)
    def erase(self, member: int) -> None:
        """Let somebody be erased; whoever has their number afterwards is nobody."""
        store.forget_giver(self.tx, member)
        for each in self.gave.values():
            each.discard(member)

    @invariant()
    def few_are_never_shown(self) -> None:
        """Show five or more at one time, or none; and what is shown stays so."""
        for under in SIDES:
            now = {each.words for each in store.shown_unnamed(self.tx, KIND, under)}
            new = now - self.shown[under]
            assert self.shown[under] <= now <= self.said[under]
            assert not new or len(new) >= FEWEST
            assert store.tally(self.tx, KIND, under).unnamed == len(now)
            readable = {each.words for each in store.readable_unnamed(self.tx, KIND, under)}
            assert readable == now - self.hidden
            self.shown[under] = now
        late = SIDES[2]
        assert len(self.said[late] - self.shown[late]) < FEWEST, "late ones do not wait in vain"

    @invariant()
    def who_gave_is_known_and_nothing_else(self) -> None:
        """One row each in either table, and no number in both."""
        for under in SIDES:
            assert givers(self.tx, under) == self.gave[under]
        rows = self.tx.execute(select(unnamed.c.id, unnamed.c.words)).all()
        assert {row.words for row in rows} == set().union(*self.said.values())
        numbers = set(self.tx.execute(select(gave.c.id)).scalars())
        assert numbers.isdisjoint(row.id for row in rows)


TestUnnamed = Unnamed.TestCase
TestUnnamed.settings = settings(max_examples=30, stateful_step_count=60)
