"""A network with four members."""

import pytest

from plnbot.engine.ports import Person
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock

NAMES = ("Ana", "Bo", "Cy", "Di")


@pytest.fixture
async def people(store: Store, clock: FrozenClock) -> list[Person]:
    """Return four members of one network."""

    def make(tx: Tx) -> list[Person]:
        home = members.new_network(tx, "Ours", "en", "UTC", clock.now())
        members.attach(tx, home.id, "web", "w")
        return [
            members.new_member(
                tx, home, MemberRef("web", "w", name), name, locale="en", now=clock.now()
            )
            for name in NAMES
        ]

    return await store.run(make)
