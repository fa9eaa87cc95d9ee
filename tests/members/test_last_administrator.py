"""A network keeps an administrator, whoever takes the role from whom at the same moment."""

import asyncio
import threading

import pytest

from plnbot.capabilities import catalogue, every
from plnbot.engine import roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members import store as members
from plnbot.members.actions.erasing import erase
from plnbot.members.actions.giving_roles import end_role
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Interaction
from plnbot.testing import FrozenClock
from tests.adapters.script import ADDRESS, ANA, NAMES, Script


@pytest.mark.parametrize("erases", [False, True])
async def test_two_administrators_do_not_end_each_other(
    store: Store, clock: FrozenClock, people: list[Person], *, erases: bool
) -> None:
    """Of two who each let the other administer no longer, the second is told that one must stay."""
    ana, bo, *_ = people
    now, network = clock.now(), ana.network.id
    routes = catalogue(every())

    def make(tx: Tx) -> dict[int, int]:
        given = Grant(Role.ADMINISTRATOR)
        made = {
            each.id: roles.grant(tx, network, each.id, given, by=None, now=now)
            for each in (ana, bo)
        }
        return {person: number for person, number in made.items() if number is not None}

    grants = await store.run(make)
    ended, other = threading.Event(), threading.Event()

    def first(tx: Tx) -> None:
        held = roles.held(tx, grants[bo.id])
        assert held is not None
        end_role(tx, held, now, by=ana)
        ended.set()
        other.wait(0.5)  # in vain where the other has to wait for us

    def second(tx: Tx) -> None:
        held = roles.held(tx, grants[ana.id])
        assert held is not None
        if erases:
            erase(tx, routes, ana.id, now, kept=(), by=None)
        else:
            end_role(tx, held, now, by=bo)
        other.set()

    ending = asyncio.create_task(store.run(first))
    await asyncio.to_thread(ended.wait)
    with pytest.raises(Refused):
        await store.run(second)
    await ending
    left = await store.read(lambda tx: roles.holders(tx, network, [Role.ADMINISTRATOR], now=now))
    assert left == (ana.id,)


async def test_who_leads_a_workspace_does_not_take_back_what_was_ended(
    store: Store, clock: FrozenClock
) -> None:
    """Somebody whose role was ended administers again only when given it, or when nobody else does."""
    script = Script(store, clock, "slack", ADDRESS)
    home = await script.parts.desk.settle("slack", script.room.workspace, "Ridgeview Schools")
    ana = MemberRef("slack", script.room.workspace, script.ids[ANA])
    given = Grant(Role.ADMINISTRATOR)

    async def administers(key: str) -> bool:
        does = Interaction(key, ana, script.room, Command("home"), "en", NAMES[ANA], leads=True)
        await script.parts.desk.handle(does)
        person = await script.parts.desk.person(ana)
        assert person is not None
        return given in await store.read(lambda tx: roles.grants_of(tx, person.id, clock.now()))

    def maya(tx: Tx) -> Person:
        members.attach(tx, home.id, "web", "lobby")
        ref = MemberRef("web", "lobby", "maya")
        made = members.new_member(tx, home, ref, "Maya", locale="en", now=clock.now())
        roles.grant(tx, home.id, made.id, given, by=None, now=clock.now())
        return made

    assert await administers("one"), "the first who leads a workspace"
    other = await store.run(maya)

    def end(tx: Tx) -> None:
        found = roles.held_in(tx, home.id, clock.now())
        mine = next(each for each in found if each.given == given and each.person != other.id)
        end_role(tx, mine, clock.now(), by=other)

    await store.run(end)
    assert not await administers("two")
    await store.run(lambda tx: roles.revoke(tx, other.id, given))
    assert await administers("three"), "nobody is left who could give it"
