"""A network keeps an administrator, whoever takes the role from whom at the same moment."""

import asyncio
import threading

import pytest

from plnbot.capabilities import catalogue, every
from plnbot.engine import roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.members.actions.erasing import erase
from plnbot.members.actions.giving_roles import end_role
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock


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
