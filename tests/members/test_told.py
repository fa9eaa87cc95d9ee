"""What members told of themselves, as capabilities get it: filtered, for many at once, in reach."""

from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event

from plnbot.engine.ports import Belongs, Person, Told
from plnbot.engine.roles import Grant, Role, needs, reach
from plnbot.goals import store as goals
from plnbot.members import store as members
from plnbot.members.actions import Members, districts
from plnbot.members.model import FIELDS, Organisation, OrganisationKind, Profile
from plnbot.members.store import organisations
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from plnbot.visibility import Seen

DIRECTORY = Members()
WHOLE = Profile(
    subjects=("math",),
    grades=("7",),
    languages=("es", "en"),
    district="Columbus City",
    state="Ohio",
    school="Oak Middle",
    years=7,
    goals=("Better lab talk",),
)


def people(tx: Tx, now: datetime, *names: str) -> list[Person]:
    """Make members of one network, the district Columbus and a school of it."""
    home = members.new_network(tx, "Ours", "en", "UTC", now)
    columbus = Organisation(
        0, home.id, OrganisationKind.DISTRICT, "Columbus City", "Ohio", settled=True
    )
    organisations.add(tx, columbus, now)
    return [
        members.new_member(tx, home, MemberRef("web", "w", each), each, locale="en", now=now)
        for each in names
    ]


def tells(tx: Tx, who: Person, profile: Profile, now: datetime) -> None:
    """Let somebody tell all of it."""
    members.save_profile(tx, who.id, profile)
    goals.keep(tx, who.network.id, who.id, profile.goals, now)
    districts.told(tx, who, now, told=profile)


@pytest.mark.parametrize(("seen", "purpose"), list(product(Seen, Seen)))
def test_what_serves_a_purpose(seen: Seen, purpose: Seen) -> None:
    """What everybody may see serves all, what is for matching serves that and oneself."""
    asked = {Seen.ME: 0, Seen.MATCHING: 1, Seen.NETWORK: 2}
    assert seen.serves(purpose) is (asked[seen] >= asked[purpose])


async def test_every_field_is_filtered(store: Store, clock: FrozenClock) -> None:
    """A field is told where its member lets it serve the purpose, and else as if it were empty."""

    def act(tx: Tx) -> None:
        (ana,) = people(tx, clock.now(), "Ana")
        for name, seen, purpose in product(FIELDS, Seen, Seen):
            profile = replace(WHOLE, seen={**WHOLE.seen, name: seen})
            tells(tx, ana, profile, clock.now())
            told = DIRECTORY.told(tx, [ana.id], seen_by=purpose)[ana.id]
            hidden = getattr(told, name) == getattr(Told(), name)
            assert hidden is not seen.serves(purpose), (name, seen, purpose)

    await store.run(act)


async def test_a_settled_row_comes_with_its_name(store: Store, clock: FrozenClock) -> None:
    """However it was typed; what nobody has settled has no row, and the words that were typed."""

    def act(tx: Tx) -> None:
        (ana,) = people(tx, clock.now(), "Ana")
        typed = Profile(district="COLUMBUS city", state="Ohio", school="Oak Middle")
        tells(tx, ana, typed, clock.now())
        told = DIRECTORY.told(tx, [ana.id], seen_by=Seen.ME)[ana.id]
        (row,) = organisations.named(tx, ana.network.id, OrganisationKind.DISTRICT, "Columbus City")
        assert told.district == Belongs(row.id, "Columbus City")
        assert told.school == Belongs(None, "Oak Middle")

    await store.run(act)


async def test_many_are_one_query(store: Store, clock: FrozenClock) -> None:
    """Whoever matches a thousand asks once; who told nothing is there, who is unknown is not."""

    def act(tx: Tx) -> None:
        there = people(tx, clock.now(), *(f"n{at}" for at in range(40)))
        for each in there[:20]:
            tells(tx, each, WHOLE, clock.now())
        asked: list[str] = []

        def note(*given: object) -> None:
            asked.append(str(given[2]))

        event.listen(tx.conn, "before_cursor_execute", note)
        told = DIRECTORY.told(tx, [*(each.id for each in there), 0], seen_by=Seen.NETWORK)
        event.remove(tx.conn, "before_cursor_execute", note)
        assert len(asked) == 1
        assert set(told) == {each.id for each in there}
        assert [told[each.id].languages for each in (there[0], there[-1])] == [("es", "en"), ()]

    await store.run(act)


scopes = st.sampled_from(["", "district:1", "district:2", "school:1", "school:2", "chat:1"])
belongs = st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]))


def test_who_is_in_reach(database_url: str, clock: FrozenClock) -> None:
    """A query finds exactly those whose places a role covers: its district's schools too."""
    engine = create_engine(database_url)
    now = clock.now()

    @settings(max_examples=25)
    @given(st.sets(scopes), st.lists(belongs, min_size=1, max_size=4))
    def holds(held: set[str], where: list[tuple[int | None, int | None]]) -> None:
        with engine.connect() as connection, connection.begin() as whole:
            tx = Tx(connection)
            there = people(tx, now, *(f"n{at}" for at in range(len(where))))
            network = there[0].network.id
            districts_of = {at: _add(tx, network, f"D{at}", now) for at in (1, 2)}
            schools_of = {
                at: _add(tx, network, f"S{at}", now, district=districts_of[at]) for at in (1, 2)
            }
            numbers = {"district": districts_of, "school": schools_of, "chat": {1: 1}}
            for each, (district, school) in zip(there, where, strict=True):
                organisations.belong(
                    tx,
                    each.id,
                    district=districts_of.get(district or 0),
                    school=schools_of.get(school or 0),
                )
            grants = [_given(each, numbers) for each in held]
            covered = reach(grants, needs(Role.MENTOR, local=True))
            found = set(tx.execute(DIRECTORY.within(network, covered)).scalars())
            lies = DIRECTORY.lies_in(tx, [each.id for each in there])
            assert found == {each.id for each in there if covered.covers(lies[each.id])}
            expected = {
                each.id
                for each, (district, school) in zip(there, where, strict=True)
                if "" in held
                or {f"district:{district}", f"school:{school}", f"district:{school}"} & held
            }
            assert found == expected
            whole.rollback()

    holds()
    engine.dispose()


def _given(scope: str, numbers: dict[str, dict[int, int]]) -> Grant:
    kind, _, number = scope.partition(":")
    return Grant(Role.MENTOR, f"{kind}:{numbers[kind][int(number)]}" if kind else "")


def _add(tx: Tx, network: int, name: str, now: datetime, district: int | None = None) -> int:
    kind = OrganisationKind.SCHOOL if district else OrganisationKind.DISTRICT
    made = organisations.add(
        tx, Organisation(0, network, kind, name, "", district, settled=True), now
    )
    assert made is not None
    return made.id
