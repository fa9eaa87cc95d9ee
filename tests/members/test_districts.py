"""Districts and schools: one row however it is written, settled by people, merged with care."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members import store as members
from plnbot.members.actions import districts
from plnbot.members.model import (
    Approving,
    Merge,
    NoMerge,
    Organisation,
    OrganisationKind,
    Profile,
    folded,
    matches,
    may_merge,
)
from plnbot.members.store import organisations
from plnbot.members.store.tables import member
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock


def tells(
    tx: Tx, who: Person, now: datetime, district: str, state: str = "", school: str = ""
) -> None:
    """Let somebody say where they belong."""
    profile = Profile(district=district, state=state, school=school)
    districts.told(tx, who, now, told=profile)


def where(tx: Tx, who: Person) -> tuple[int | None, int | None]:
    """Return the numbers of somebody's district and school."""
    row = tx.execute(select(member).where(member.c.id == who.id)).one()
    return row.district_id, row.school_id


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lincoln USD", "lincoln  u.s.d.", True),
        ("Cañon City", "Canon City", True),
        ("Parks & Rec", "Parks and Rec", True),
        ("St. Mary’s", "St Marys", True),
        ("Lincoln USD", "Lincoln Unified", False),
    ],
)
def test_names_are_compared_folded(one: str, other: str, *, same: bool) -> None:
    """Case, accents, dots, apostrophes and blanks make no other name; other words do."""
    assert (folded(one) == folded(other)) is same


@given(st.text(max_size=130))
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    """Folding again changes nothing, and what comes of it fits its column."""
    once = folded(name)
    assert folded(once) == once
    assert len(once) <= 120


def test_typing_finds_words_in_any_order() -> None:
    """Each word typed begins a word of the name; what begins like the name is first."""
    names = ["Lincoln Unified", "New Lincoln", "Lincoln", "Columbus City"]
    found = sorted((how, each) for each in names if (how := matches("linc", each)) is not None)
    assert [each for _how, each in found] == ["Lincoln", "Lincoln Unified", "New Lincoln"]
    assert matches("uni lin", "Lincoln Unified") is not None
    assert matches("incoln", "Lincoln") is None


async def test_what_members_type_leads_to_one_row(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """However it is written it is one district; another state's of that name is another."""
    ana, bo, cy, di = people

    def tell(tx: Tx) -> list[tuple[int | None, int | None]]:
        tells(tx, ana, clock.now(), "Lincoln USD", "Ohio", "Oak Middle")
        tells(tx, bo, clock.now(), "LINCOLN U.S.D.", "ohio", "oak middle")
        tells(tx, cy, clock.now(), "Lincoln USD", "Utah", "Oak Middle")
        tells(tx, di, clock.now(), "")
        return [where(tx, each) for each in people]

    one, two, other, nowhere = await store.run(tell)
    assert one == two
    assert other[0] not in (None, one[0])
    assert other[1] not in (None, one[1])
    assert nowhere == (None, None)


async def test_a_proposal_is_settled_and_found(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Until it is accepted nobody finds it by typing; then under each of its names."""
    ana, bo, *_ = people

    def propose(tx: Tx) -> Organisation:
        tells(tx, ana, clock.now(), "Lincoln USD", "Ohio")
        assert districts.find(tx, ana.network.id, OrganisationKind.DISTRICT, "linc") == ()
        (listed,) = organisations.listed(tx, ana.network.id, OrganisationKind.DISTRICT)
        assert (listed.members, listed.row.settled) == (1, False)
        return listed.row

    row = await store.run(propose)

    def settle(tx: Tx) -> None:
        called = replace(row, name="Lincoln Unified School District")
        districts.settled(tx, called, clock.now(), by=bo)
        districts.named_also(tx, called, "LUSD", clock.now(), by=bo)
        for typed in ("lincoln usd", "uni", "lusd"):
            assert [
                each.id
                for each in districts.find(tx, row.network, OrganisationKind.DISTRICT, typed)
            ] == [row.id]
        tells(tx, bo, clock.now(), "lusd", "Ohio")
        assert where(tx, bo) == where(tx, ana)
        lines = [each.action for each in audit.entries(tx, row.network)]
        assert lines == ["organisation.named", "organisation.settled"]

    await store.run(settle)


async def test_a_merge_moves_all_and_can_be_taken_back(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Names, members and schools go along, as the preview said; undone, all stands as before."""
    ana, bo, cy, _di = people

    def act(tx: Tx) -> None:
        now, network = clock.now(), ana.network.id
        tells(tx, ana, now, "Lincoln USD", "Ohio", "Oak Middle")
        stays = districts.added(
            tx,
            Organisation(0, network, OrganisationKind.DISTRICT, "Lincoln Unified", "Ohio"),
            now,
            by=bo,
        )
        tells(tx, cy, now, "Lincoln Unified")
        before = where(tx, ana)
        goes = before[0]
        assert goes is not None
        found = organisations.get(tx, goes, network=network)
        assert found is not None
        shown = districts.preview(tx, found, stays, now)
        assert (shown.members, shown.schools, shown.names) == (1, 1, ("Lincoln USD",))
        districts.merge(tx, goes, stays.id, now, by=bo)
        assert where(tx, ana) == (stays.id, before[1])
        assert where(tx, cy)[0] == stays.id
        tells(tx, bo, now, "lincoln usd")
        assert where(tx, bo)[0] == stays.id
        districts.unmerge(tx, goes, now, by=bo)
        assert where(tx, ana) == before
        assert where(tx, bo)[0] == stays.id
        assert [
            each.id
            for each in organisations.named(tx, network, OrganisationKind.DISTRICT, "Lincoln USD")
        ] == [goes]

    await store.run(act)


async def test_roles_in_a_district_go_along(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Who has a role in a district that becomes part of another has it there, and undone as before."""
    ana, bo, cy, di = people

    def act(tx: Tx) -> None:
        now, network = clock.now(), ana.network.id
        one, two = (
            districts.added(
                tx, Organisation(0, network, OrganisationKind.DISTRICT, name), now, by=ana
            )
            for name in ("One", "Two")
        )
        mine, theirs = (Grant(Role.MENTOR, f"district:{each.id}") for each in (one, two))
        soon = now + timedelta(days=1)
        roles.grant(tx, network, bo.id, mine, by=None, now=now)
        roles.grant(tx, network, bo.id, theirs, by=None, now=now, ends=soon)
        roles.grant(tx, network, cy.id, mine, by=None, now=now)
        roles.grant(tx, network, di.id, mine, by=None, now=now - timedelta(days=2), ends=now)
        before = roles.held_in(tx, network, now)
        assert districts.preview(tx, one, two, now).roles == 2
        districts.merge(tx, one.id, two.id, now, by=ana)
        for each in (bo, cy):
            assert theirs in roles.grants_of(tx, each.id, soon)
        assert roles.grants_of(tx, di.id, now) == frozenset()
        districts.unmerge(tx, one.id, now, by=ana)
        assert roles.held_in(tx, network, now) == before

    await store.run(act)


async def test_a_name_that_is_taken_is_said(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """A second district of one name in one state is refused; in another state it is not."""
    ana = people[0]
    lincoln = Organisation(0, ana.network.id, OrganisationKind.DISTRICT, "Lincoln", "Ohio")
    await store.run(lambda tx: districts.added(tx, lincoln, clock.now(), by=ana))
    again = replace(lincoln, name="LINCOLN")
    with pytest.raises(Refused, match="already"):
        await store.run(lambda tx: districts.added(tx, again, clock.now(), by=ana))
    elsewhere = replace(lincoln, state="Utah")
    await store.run(lambda tx: districts.added(tx, elsewhere, clock.now(), by=ana))


async def test_nothing_of_another_network_is_merged(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """A number of another network's district leads nowhere."""
    ana = people[0]

    def elsewhere(tx: Tx) -> tuple[int, int]:
        other = members.new_network(tx, "Theirs", "en", "UTC", clock.now())
        mine = Organisation(0, ana.network.id, OrganisationKind.DISTRICT, "Lincoln")
        theirs = replace(mine, network=other.id)
        made = [organisations.add(tx, each, clock.now()) for each in (mine, theirs)]
        return tuple(each.id for each in made if each)  # type: ignore[return-value] # two

    mine, theirs = await store.run(elsewhere)
    for goes, stays in ((mine, theirs), (theirs, mine)):
        merge = partial(districts.merge, goes=goes, stays=stays, now=clock.now(), by=ana)
        with pytest.raises(Refused, match="no longer there"):
            await store.run(merge)


async def test_two_merges_at_once(store: Store, clock: FrozenClock, people: list[Person]) -> None:
    """Of two administrators who merge the same two the other way round, one is told."""
    ana, bo, *_ = people

    def make(tx: Tx) -> tuple[int, int]:
        made = [
            districts.added(
                tx,
                Organisation(0, ana.network.id, OrganisationKind.DISTRICT, name),
                clock.now(),
                by=ana,
            )
            for name in ("Lincoln", "Lincoln USD")
        ]
        return made[0].id, made[1].id

    one, two = await store.run(make)
    ended = await asyncio.gather(
        store.run(lambda tx: districts.merge(tx, one, two, clock.now(), by=ana)),
        store.run(lambda tx: districts.merge(tx, two, one, clock.now(), by=bo)),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in ended) == ["Preview", "Refused"]
    standing = await store.read(
        lambda tx: organisations.listed(tx, ana.network.id, OrganisationKind.DISTRICT)
    )
    assert len(standing) == 1


async def test_nobody_becomes_their_own_approver(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Who would be alone in approving what they hand in is named, and nothing moves."""
    ana, bo, cy, _di = people

    def act(tx: Tx) -> None:
        now, network = clock.now(), ana.network.id
        one = districts.added(
            tx, Organisation(0, network, OrganisationKind.DISTRICT, "One"), now, by=ana
        )
        two = districts.added(
            tx, Organisation(0, network, OrganisationKind.DISTRICT, "Two"), now, by=ana
        )
        tells(tx, bo, now, "One")
        roles.grant(
            tx, network, bo.id, Grant(Role.APPROVER, f"district:{two.id}"), by=ana.id, now=now
        )
        with pytest.raises(Refused, match="would be the only one"):
            districts.merge(tx, one.id, two.id, now, by=ana)
        assert where(tx, bo)[0] == one.id
        roles.grant(tx, network, cy.id, Grant(Role.APPROVER), by=ana.id, now=now)
        districts.merge(tx, one.id, two.id, now, by=ana)

    await store.run(act)


numbers = st.sets(st.integers(1, 4), max_size=3)


@given(numbers, numbers, numbers, numbers, numbers)
def test_whoever_is_alone_is_found(
    here: set[int], there: set[int], everywhere: set[int], in_one: set[int], in_other: set[int]
) -> None:
    """It is refused exactly where a member of either would have nobody else, and had before."""
    goes = Organisation(1, 1, OrganisationKind.DISTRICT, "One", settled=True)
    stays = Organisation(2, 1, OrganisationKind.DISTRICT, "Two", settled=True)
    approving = Approving(here, there, everywhere, in_one, in_other - in_one)
    after = here | there | everywhere
    bad = {
        each
        for each in after
        if after == {each}
        and (
            (each in in_one and here | everywhere != {each})
            or (each in in_other - in_one and there | everywhere != {each})
        )
    }
    expected = NoMerge.OWN_APPROVER if bad else None
    assert may_merge(Merge(goes, stays), approving) is expected


@pytest.mark.parametrize(
    ("stays", "why"),
    [
        (Organisation(1, 1, OrganisationKind.DISTRICT, "One"), NoMerge.ITSELF),
        (Organisation(2, 1, OrganisationKind.DISTRICT, "Two", merged_into=3), NoMerge.GONE),
        (Organisation(2, 1, OrganisationKind.SCHOOL, "Two"), NoMerge.OTHER_KIND),
        (
            Organisation(2, 1, OrganisationKind.DISTRICT, "Two", "Utah"),
            NoMerge.OTHER_STATE_OR_DISTRICT,
        ),
        (Organisation(2, 1, OrganisationKind.DISTRICT, "Two"), None),
    ],
)
def test_what_cannot_become_one(stays: Organisation, why: NoMerge | None) -> None:
    """Itself, what is gone, another kind, and what stands in another state."""
    goes = Organisation(1, 1, OrganisationKind.DISTRICT, "One", "Ohio", settled=True)
    assert may_merge(Merge(goes, stays), Approving()) is why
