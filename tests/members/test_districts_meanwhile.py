"""Districts that changed meanwhile: nobody and no name is lost between two who change them."""

import asyncio
import threading
from functools import partial

import pytest

from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.model.district_files import District
from plnbot.members.store import organisations
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Interaction, Press, Submit, What
from plnbot.testing import FrozenClock
from tests.adapters.script import ADDRESS, ANA, NAMES, Script
from tests.members.test_districts import tells, where
from tests.scenarios.two_networks import shown


async def test_settling_never_takes_a_name_from_another(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Moved to a state where a name of it leads elsewhere, a proposal stays as it is, and it is said."""
    ana, bo, *_ = people

    def make(tx: Tx) -> Organisation:
        now, network = clock.now(), ana.network.id
        home = Organisation(0, network, OrganisationKind.DISTRICT, "Lincoln Unified", "California")
        there = districts.added(tx, home, now, by=bo)
        districts.named_also(tx, there, "Lincoln USD", now, by=bo)
        tells(tx, ana, now, "Lincoln USD", "CA")
        found = organisations.get(tx, where(tx, ana)[0] or 0, network=network)
        assert found is not None
        return found

    proposed = await store.run(make)
    for called in ("Lincoln School District", "lincoln unified"):
        settled = proposed.called(called, "california")
        with pytest.raises(Refused, match="already"):
            await store.run(partial(districts.settled, row=settled, now=clock.now(), by=bo))
    read = [District(2, "Lincoln School District", "California", ("Lincoln USD",))]

    def imports(tx: Tx) -> None:
        districts.imported(tx, ana.network.id, read, clock.now())
        tells(tx, bo, clock.now(), "Lincoln USD", "California")
        assert where(tx, ana)[0] == proposed.id
        assert where(tx, bo)[0] != proposed.id

    await store.run(imports)


async def test_merges_are_taken_back_last_first(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """What is part of a part stays so until that stands by itself; then all of it goes back."""
    ana, bo, *_ = people

    def act(tx: Tx) -> None:
        now, network = clock.now(), ana.network.id
        one, two, three = (
            districts.added(
                tx, Organisation(0, network, OrganisationKind.DISTRICT, name), now, by=ana
            )
            for name in ("One", "Two", "Three")
        )
        tells(tx, bo, now, "One")
        districts.merge(tx, one.id, two.id, now, by=ana)
        districts.merge(tx, two.id, three.id, now, by=ana)
        with pytest.raises(Refused, match="Take that back first"):
            districts.unmerge(tx, one.id, now, by=ana)
        districts.unmerge(tx, two.id, now, by=ana)
        districts.unmerge(tx, one.id, now, by=ana)
        assert where(tx, bo)[0] == one.id
        (found,) = organisations.named(tx, network, OrganisationKind.DISTRICT, "One")
        assert found.id == one.id

    await store.run(act)


async def test_who_tells_of_a_district_while_it_is_merged_is_in_the_one_that_stays(
    store: Store, clock: FrozenClock, people: list[Person]
) -> None:
    """Nobody is led to a row that has become part of another a moment ago."""
    ana, bo, *_ = people

    def make(tx: Tx) -> list[int]:
        made = (
            districts.added(
                tx,
                Organisation(0, ana.network.id, OrganisationKind.DISTRICT, name),
                clock.now(),
                by=ana,
            )
            for name in ("One", "Two")
        )
        return [each.id for each in made]

    goes, stays = await store.run(make)
    merged, told = threading.Event(), threading.Event()

    def merge(tx: Tx) -> None:
        districts.merge(tx, goes, stays, clock.now(), by=ana)
        merged.set()
        told.wait(0.5)  # in vain where the other has to wait for us

    def tell(tx: Tx) -> None:
        tells(tx, bo, clock.now(), "One")
        told.set()

    merging = asyncio.create_task(store.run(merge))
    await asyncio.to_thread(merged.wait)
    await asyncio.gather(merging, store.run(tell))
    assert (await store.read(lambda tx: where(tx, bo)))[0] == stays


async def test_old_buttons_of_what_was_merged_lead_nowhere(
    store: Store, clock: FrozenClock
) -> None:
    """A name given to a row that is part of another by now would lead people to where nobody looks."""
    script = Script(store, clock, "slack", ADDRESS)
    await script.parts.desk.settle("slack", script.room.workspace, "Ridgeview Schools")
    who = MemberRef("slack", script.room.workspace, script.ids[ANA])

    async def does(what: What, key: str) -> str:
        given = Interaction(key, who, script.room, what, "en", NAMES[ANA], leads=True)
        return shown(await script.parts.desk.handle(given))

    await does(Command("home"), "home")
    for number, name in ((1, "Lincoln"), (2, "Lincoln USD")):
        assert name in await does(
            Submit("members.settle", {"name": name, "state": "Ohio"}), f"add{number}"
        )
    assert "is part of" in await does(Press("members.merge_now", "1-2"), "merge")
    late: tuple[What, ...] = (
        Press("members.settle", "1"),
        Submit("members.settle", {"name": "LUSD", "state": "Ohio"}, "1"),
        Press("members.name_also", "1"),
        Submit("members.name_also", {"name": "LUSD"}, "1"),
        Press("members.merge", "1"),
        Press("members.merge_now", "2-1"),
    )
    for number, what in enumerate(late):
        assert "no longer there" in await does(what, f"late{number}")
    assert "by itself again" in await does(Press("members.unmerge", "1"), "undo")
