"""What is told of one message at the same moment, where each has a transaction of its own."""

import asyncio
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from plnbot import gathering
from plnbot.engine.context import Context
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Press, Said, Submit
from plnbot.talk.words import Translate
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {"questions": "Q1: Why?\nQ2: How?", "starts": "today 8 pm Eastern", "plan": "classic60"}
PRIYA = MemberRef("slack", TEAM, "U0PRIYA")
ROOM = Place("slack", TEAM, "C0CHAT")
MESSAGE = "1795482000.000900"


@pytest.fixture
async def chat(store: Store, clock: FrozenClock) -> Seeded:
    """Return a chat at its first question."""
    chat = await seeded(store, clock)
    await chat.do("U0MAYA", Submit("chat.new", WISH))
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    await chat.pass_time(EIGHT + timedelta(minutes=11))
    return chat


def heard(chat: Seeded, tx: Tx, words: str, version: str = "") -> None:
    """Take in what Priya said in the room."""
    desk = chat.parts.desk
    person = desk.directory.known(tx, PRIYA)
    assert person is not None
    now, routes = chat.clock.now(), desk.routes
    context = Context(
        tx,
        now,
        person,
        frozenset(),
        ROOM,
        Translate(),
        desk.directory,
        routes,
        desk.sign_ins,
        desk.looks,
    )
    for ears in routes.ears:
        ears.heard(context, Said(words, MESSAGE, version))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("gone", [True, False])
async def test_the_last_of_it_stands(chat: Seeded, store: Store, *, gone: bool) -> None:
    """While a message is being taken in, it is deleted, or edited into an answer to another question."""
    taken, going = Event(), Event()

    def first(tx: Tx) -> None:
        heard(chat, tx, "A1 first words")
        taken.set()
        assert going.wait(30)

    def then(tx: Tx) -> None:
        if gone:
            for ears in chat.parts.desk.routes.ears:
                ears.deleted(tx, ROOM, [MESSAGE], chat.clock.now())
        else:
            heard(chat, tx, "A2 better words", "2")

    begun = asyncio.ensure_future(store.run(first))
    await asyncio.to_thread(taken.wait, 30)
    after = asyncio.ensure_future(store.run(then))
    await asyncio.sleep(0.3)
    going.set()
    await asyncio.gather(begun, after)
    found = await store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert [each.words for each in found] == ([] if gone else ["better words"])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_reply_to_what_is_being_deleted(chat: Seeded, store: Store) -> None:
    """It waits for the deletion and then replies to nothing; nobody is told that something broke."""
    await chat.do("U0PRIYA", Said("A1 first words", MESSAGE))
    taken, going = Event(), Event()

    def first(tx: Tx) -> None:
        for ears in chat.parts.desk.routes.ears:
            ears.deleted(tx, ROOM, [MESSAGE], chat.clock.now())
        taken.set()
        assert going.wait(30)

    begun = asyncio.ensure_future(store.run(first))
    await asyncio.to_thread(taken.wait, 30)
    after = asyncio.ensure_future(chat.do("U0SAM", Said("How so?", "other", reply_to=MESSAGE)))
    await asyncio.sleep(0.3)
    going.set()
    _done, told = await asyncio.gather(begun, after)
    assert "went wrong" not in str(told)
    assert await store.read(lambda tx: gathering.many_replies(tx, "chat", 1)) == {}
