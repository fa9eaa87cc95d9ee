"""What two do with micro-credentials at the same moment, where each has a transaction of its own."""

import asyncio
from collections.abc import Callable
from threading import Event

import pytest

from plnbot.badges.actions import applying, assessing
from plnbot.badges.store import applications, awards, definitions
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit
from tests.badges.test_assigning import BO, CY, DEE, TALK, WORDS, bench, house
from tests.engine.test_platforms import Bench

__all__ = ["bench"]
pytestmark = [
    pytest.mark.rows(122),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]
MET = {"c0": "yes", "c1": "yes"}


async def known(bench: Bench, who: str) -> Person:
    """Return somebody."""
    found = await bench.parts.desk.person(MemberRef("test", "w", who))
    assert found is not None
    return found


async def meanwhile(
    bench: Bench, first: Callable[[Tx], object], then: Callable[[Tx], object]
) -> None:
    """Begin the second while the first has done its part, and has not ended."""
    done, going = Event(), Event()

    def held(tx: Tx) -> None:
        first(tx)
        done.set()
        assert going.wait(30)

    begun = asyncio.ensure_future(bench.store.run(held))
    await asyncio.to_thread(done.wait, 30)
    after = asyncio.ensure_future(bench.store.run(then))
    await asyncio.sleep(0.3)
    going.set()
    await asyncio.gather(begun, after)


async def test_two_parts_decided_make_the_whole(bench: Bench) -> None:
    """Two assessors award a part each: neither sees the other's award, and the whole is awarded once."""
    await house(bench, CY)
    await bench.do("ana", Submit("badges.define", {**TALK, "name": "Two"}))
    await bench.do("ana", Submit("badges.assessor", {"member": f"row:{DEE}"}, "2"))
    whole = {"name": "Whole", "criteria": "", "parts": ("1", "2"), "needed": "2"}
    await bench.do("ana", Submit("badges.define", {**TALK, **whole}))
    await bench.do("bo", Press("badges.apply", "2"))
    await bench.do("bo", Submit("badges.write", WORDS, "2"))
    await bench.do("bo", Press("badges.send", "2"))
    directory, now = bench.parts.desk.directory, bench.clock.now()

    def decides(number: int, by: Person) -> Callable[[Tx], object]:
        def decided(tx: Tx) -> None:
            it = applications.found(tx, number)
            criteria = definitions.at_version(tx, it.badge, it.version).terms.criteria
            met = {each.id: True for each in criteria}
            assessing.assess(tx, it, met, {}, by=by, directory=directory, now=now)

        return decided

    cy, dee = await known(bench, "cy"), await known(bench, "dee")
    await meanwhile(bench, decides(1, cy), decides(2, dee))
    found = await bench.store.read(lambda tx: awards.of_member(tx, BO))
    assert sorted(each.badge for each in found) == [1, 2, 3]


async def test_one_application_however_often_it_is_begun(bench: Bench) -> None:
    """The second tap finds what the first began."""
    await house(bench, CY)
    eve, directory = await known(bench, "eve"), bench.parts.desk.directory

    def begins(tx: Tx) -> None:
        applying.begin(tx, eve, definitions.found(tx, 1), directory, bench.clock.now())

    await meanwhile(bench, begins, begins)
    assert len(await bench.store.read(lambda tx: applications.of_member(tx, eve.id))) == 1


async def test_who_applies_goes_by_what_they_read(bench: Bench) -> None:
    """It is changed while somebody begins to apply: that is another version."""
    await house(bench, CY)
    await bench.do("ana", Submit("badges.define", {**TALK, "name": "Two"}))
    await bench.do("ana", Submit("badges.assessor", {"member": f"row:{CY}"}, "2"))
    eve, ana, directory = (
        await known(bench, "eve"),
        await known(bench, "ana"),
        bench.parts.desk.directory,
    )
    it = await bench.store.read(lambda tx: definitions.found(tx, 2))
    now = bench.clock.now()
    await meanwhile(
        bench,
        lambda tx: applying.begin(tx, eve, it, directory, now),
        lambda tx: definitions.change(tx, it, ana.id, it.terms, now),
    )
    (mine,) = await bench.store.read(lambda tx: applications.of_member(tx, eve.id))
    read = await bench.store.read(lambda tx: definitions.at_version(tx, 2, mine.version))
    assert read.code == it.code
    assert (await bench.store.read(lambda tx: definitions.found(tx, 2))).version == 2


async def test_the_first_reason_stands(bench: Bench) -> None:
    """Two curators withdraw an award: its owner reads the reason of who did so."""
    await house(bench, CY)
    await bench.do("cy", Submit("badges.assess", MET, "1"))
    ana, directory, now = await known(bench, "ana"), bench.parts.desk.directory, bench.clock.now()
    it = await bench.store.read(lambda tx: awards.found(tx, 1))

    def second(tx: Tx) -> None:
        with pytest.raises(Refused):
            assessing.withdraw(tx, it, "Borrowed.", directory, now, by=ana)

    await meanwhile(
        bench,
        lambda tx: assessing.withdraw(tx, it, "Copied.", directory, now, by=ana),
        second,
    )
    assert (await bench.store.read(lambda tx: awards.found(tx, 1))).why == "Copied."
