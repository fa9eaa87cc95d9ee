"""Roles in districts, schools and single things, and their ends, against a simple model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, delete, select

from plnbot.engine import roles, work
from plnbot.engine.roles import ANYONE, ENDS, Grant, Needs, Reach, Role, needs, parted
from plnbot.engine.store import role_grant
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock

HELD = (Role.APPROVER, Role.MENTOR, Role.ADMINISTRATOR)
SCOPES = ("", "district:1", "district:2", "school:1", "chat:1", "chat:2")
ASKED = (
    needs(Role.APPROVER),
    needs(Role.APPROVER, local=True),
    needs(Role.APPROVER, Role.MENTOR, within="chat"),
    needs(Role.MENTOR, within="chat", local=True),
    ANYONE,
)
grants = st.builds(Grant, st.sampled_from(HELD), st.sampled_from(SCOPES))
places = st.sets(st.sampled_from(("district:1", "district:2", "school:1", "school:2")))
BEGIN = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
NETWORK = 7


@given(st.sampled_from(ASKED), st.sets(grants), places, st.sampled_from(["1", "2", "3"]))
def test_what_is_reached_is_what_is_allowed(
    required: Needs, held: set[Grant], lies_in: set[str], row: str
) -> None:
    """A queue holds a thing exactly where its button would be obeyed."""
    allowed = required.met_by(held, row, lies_in)
    kinds = {f"{required.within}:{row}"} if required.within else set()
    # What a network's roles alone count for says nothing of where things lie.
    seen = roles.reach(held, required).covers({*kinds, *lies_in})
    assert seen is allowed


@given(st.sampled_from(ASKED[:4]), st.sets(grants), places, st.sampled_from(["1", "2"]))
def test_what_is_allowed_follows_from_the_roles(
    required: Needs, held: set[Grant], lies_in: set[str], row: str
) -> None:
    """Said once more, by cases: network-wide, in the thing itself, in a place it lies in."""

    def does(each: Grant) -> bool:
        if each.role not in {*required.roles, Role.ADMINISTRATOR}:
            return False
        kind, _number = parted(each.scope)
        if not kind:
            return True
        if kind == "chat":
            return required.within == "chat" and each.scope == f"chat:{row}"
        return required.local and each.scope in lies_in

    assert required.met_by(held, row, lies_in) is any(map(does, held))


@pytest.mark.parametrize("scope", ["", "district", "district:", "district:x", "district:-1"])
def test_a_scope_that_names_nothing(scope: str) -> None:
    """What is no number leads to no row."""
    assert parted(scope)[1] == 0


def test_queries_find_what_is_reached() -> None:
    """The whole network, some of it by its columns, or nothing."""
    made = Table("thing", MetaData(), Column("district", Integer), Column("school", Integer))
    columns = {"district": made.c.district, "school": made.c.school}

    def where(reach: Reach) -> str:
        said = select(made.c.school).where(reach.where(**columns))
        return str(said.compile(compile_kwargs={"literal_binds": True})).partition("WHERE ")[2]

    assert where(Reach(everywhere=True)) in {"", "true", "1 = 1"}
    assert where(Reach()) in {"false", "0 = 1"}
    some = where(Reach(within={"district": frozenset({2, 1}), "chat": frozenset({3})}))
    assert some == "thing.district IN (1, 2)"


@dataclass(slots=True)
class Model:
    """Who has which role where until when, as anybody would write it down."""

    held: dict[tuple[int, Grant], datetime | None] = field(default_factory=dict)

    def now(self, person: int, at: datetime) -> set[Grant]:
        """Return what somebody has at a moment."""
        return {
            each
            for (who, each), ends in self.held.items()
            if who == person and (ends is None or ends > at)
        }


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("give"),
            st.integers(1, 2),
            grants,
            st.one_of(st.none(), st.integers(1, 6)),
        ),
        st.tuples(st.just("take"), st.integers(1, 2), grants, st.none()),
        st.tuples(st.just("wait"), st.integers(1, 3), grants, st.none()),
    ),
    max_size=12,
)


@pytest.fixture
def tx(database_url: str) -> Iterator[Tx]:
    """Return a transaction that is taken back, for many examples one after the other."""
    engine = create_engine(database_url)
    with engine.connect() as connection, connection.begin() as whole:
        yield Tx(connection)
        whole.rollback()
    engine.dispose()


def _look(tx: Tx, model: Model, now: datetime) -> None:
    for person in (1, 2):
        assert roles.grants_of(tx, person, now) == model.now(person, now)
    for each in {Grant(role, scope) for role in HELD for scope in SCOPES}:
        there = roles.holders(tx, NETWORK, [each.role], each.scope, now=now)
        assert set(there) == {who for who in (1, 2) if each in model.now(who, now)}
    many = sum(len(model.now(who, now)) for who in (1, 2))
    assert len(roles.held_in(tx, NETWORK, now)) == many


def test_roles_end_as_written_down(tx: Tx) -> None:
    """Given, given again with another end, taken, and as time passes: both say the same."""

    @settings(max_examples=25)
    @given(steps)
    def play(played: list[tuple[str, int, Grant, int | None]]) -> None:
        tx.execute(delete(role_grant))
        model, now = Model(), BEGIN
        for what, number, one, hours in played:
            if what == "wait":
                now += timedelta(hours=number)
            elif what == "give":
                ends = None if hours is None else now + timedelta(hours=hours)
                roles.grant(tx, NETWORK, number, one, by=None, now=now, ends=ends)
                model.held[number, one] = ends
            else:
                had = model.held.pop((number, one), "none") != "none"
                assert roles.revoke(tx, number, one) is had
            _look(tx, model, now)

    play()


async def test_an_end_is_noted_in_time(store: Store, clock: FrozenClock) -> None:
    """Work that is due at the end names the grant; without an end there is none."""
    now = clock.now()

    def act(tx: Tx) -> tuple[int | None, Mapping[str, datetime]]:
        roles.grant(tx, NETWORK, 1, Grant(Role.MENTOR), by=None, now=now)
        assert work.next_at(tx) is None
        ends = now + timedelta(days=1)
        number = roles.grant(
            tx, NETWORK, 1, Grant(Role.MENTOR, "district:1"), by=None, now=now, ends=ends
        )
        return number, work.waiting(tx, [f"role/{number}/ends/{ends.timestamp()}"])

    number, waiting = await store.run(act)
    assert ENDS == "role.ends"
    assert number is not None
    assert list(waiting.values()) == [now + timedelta(days=1)]


later = st.one_of(st.none(), st.integers(1, 5))
both = st.tuples(st.integers(1, 3), st.sampled_from(["district:1", "district:2"]))


def test_roles_go_along_and_back(tx: Tx) -> None:
    """Who approved in either approves in both, for as long as either lasted; undone, as before."""

    def stands() -> set[tuple[int, Grant, datetime | None]]:
        return {(each.id, each.given, each.ends) for each in roles.held_in(tx, NETWORK, BEGIN)}

    @settings(max_examples=40)
    @given(st.dictionaries(both, later))
    def move(there: dict[tuple[int, str], int | None]) -> None:
        tx.execute(delete(role_grant))
        for (person, scope), days in there.items():
            ends = None if days is None else BEGIN + timedelta(days=days)
            one = Grant(Role.APPROVER, scope)
            roles.grant(tx, NETWORK, person, one, by=None, now=BEGIN, ends=ends)
        before = stands()
        moved = roles.move(tx, "district:1", "district:2")
        for person, hours in product((1, 2, 3), (0, 36, 60, 84, 108, 132)):
            days_in = [there.get((person, f"district:{each}"), 0) for each in (1, 2)]
            lasts = any(days is None or days * 24 > hours for days in days_in)
            held = roles.grants_of(tx, person, BEGIN + timedelta(hours=hours))
            assert (Grant(Role.APPROVER, "district:2") in held) is lasts
        roles.move_back(tx, moved, "district:1", "district:2")
        assert stands() == before

    move()
