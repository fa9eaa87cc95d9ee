"""A moderator and the clock at the same moment, where both have a transaction of their own."""

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from plnbot.chats import actions
from plnbot.chats import store as chats
from plnbot.chats.model import Hold
from plnbot.members.actions import Members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Press, Submit
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {"questions": "Q1: Why?\nQ2: How?", "starts": "today 8 pm Eastern", "plan": "classic60"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_hold_forgets_no_question_just_asked(store: Store, clock: FrozenClock) -> None:
    """The hold was pressed before the first question came and takes effect after: both count."""
    chat = await seeded(store, clock)
    await chat.do("U0MAYA", Submit("chat.new", WISH))
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    await chat.pass_time(EIGHT + timedelta(minutes=9))
    maya = await store.read(lambda tx: Members().known(tx, MemberRef("slack", TEAM, "U0MAYA")))
    assert maya is not None
    looked, asked = Event(), Event()
    now = EIGHT + timedelta(minutes=10)

    def hold(tx: Tx) -> None:
        seen = chats.get_chat(tx, 1)
        assert seen is not None
        looked.set()
        asked.wait(30)
        actions.steer(tx, seen, Hold(), now, by=maya)

    async def ask() -> None:
        await asyncio.to_thread(looked.wait, 30)
        await store.run(lambda tx: actions.tick(tx, 1, now))
        asked.set()

    await asyncio.gather(store.run(hold), ask())
    held = await store.read(lambda tx: chats.get_chat(tx, 1))
    assert held is not None
    assert held.run.held
    assert held.run.current == 1
    assert [each.number for each in held.run.moments if each.number] == [2]
