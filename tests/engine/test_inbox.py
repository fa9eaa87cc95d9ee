"""The inbox: an event counts once, however often and from however many sides it is delivered."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from plnbot.engine import inbox
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Interaction
from plnbot.testing import FrozenClock


def event(key: str, platform: str = "test", workspace: str = "w") -> Interaction:
    """Return an event as a platform would deliver it."""
    who = MemberRef(platform, workspace, "u")
    return Interaction(key, who, Place(platform, workspace, "c"), Command("home"))


async def first(store: Store, clock: FrozenClock, *events: Interaction) -> list[bool]:
    """Take events in, one unit of work each, and return which counted."""
    now = clock.now()
    units = [store.run(partial(inbox.first_time, interaction=each, now=now)) for each in events]
    return list(await asyncio.gather(*units))


async def test_a_delivery_counts_once(store: Store, clock: FrozenClock) -> None:
    """The same event again, at any later time, is not new."""
    assert await first(store, clock, event("1")) == [True]
    clock.advance(timedelta(days=1))
    assert await first(store, clock, event("1")) == [False]
    assert await first(store, clock, event("2")) == [True]


async def test_keys_belong_to_their_workspace(store: Store, clock: FrozenClock) -> None:
    """Two platforms, or two workspaces of one, may give out the same key."""
    everywhere = [event("1", platform, name) for platform in "pq" for name in "vw"]
    assert await first(store, clock, *everywhere) == [True] * 4
    assert await first(store, clock, *everywhere) == [False] * 4


async def test_simultaneous_deliveries_count_once(store: Store, clock: FrozenClock) -> None:
    """Of twenty deliveries of one event at the same moment, exactly one counts."""
    assert sum(await first(store, clock, *[event("1")] * 20)) == 1


async def test_an_event_whose_unit_failed_counts_again(store: Store, clock: FrozenClock) -> None:
    """The note is part of the unit of work: what was rolled back may be delivered again."""
    now = clock.now()

    def fails(tx: Tx) -> None:
        assert inbox.first_time(tx, event("1"), now)
        raise KeyError("our bug")

    with pytest.raises(KeyError, match="our bug"):
        await store.run(fails)
    assert await first(store, clock, event("1")) == [True]


async def test_old_keys_are_forgotten(store: Store, clock: FrozenClock) -> None:
    """Keys older than a given time go, younger ones stay."""
    await first(store, clock, event("old"))
    later = clock.advance(timedelta(days=8))
    await first(store, clock, event("young"))
    assert await store.run(lambda tx: inbox.forget(tx, later)) == 1
    assert await first(store, clock, event("old"), event("young")) == [True, False]
