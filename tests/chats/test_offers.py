"""What chats have on offer for others to suggest, and how an idea from elsewhere becomes a chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.chats import store as chats
from plnbot.engine.offers import Idea, OnOffer
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import TextInput
from plnbot.talk.interactions import Answer, OpenForm, Press, Reply, Submit
from plnbot.testing import FrozenClock
from tests.chats.workspace import ROOM, TEAM, Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {
    "questions": "Q1: Why?",
    "starts": "today 8 pm Eastern",
    "plan": "classic60",
    "title": "Feedback",
}


async def on_offer(chat: Seeded) -> list[OnOffer]:
    """Return what the first network can take part in now."""
    routes, now = chat.parts.desk.routes, chat.clock.now()
    return await chat.store.read(
        lambda tx: [each for find in routes.on_offer for each in find(tx, 1, now)]
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_chat_is_on_offer_from_its_announcement_to_its_end(
    store: Store, clock: FrozenClock
) -> None:
    """With its time and length; a draft is not, nor what is over or another network's."""
    chat = await seeded(store, clock)
    await chat.do("U0MAYA", Submit("chat.new", WISH))
    assert await on_offer(chat) == []
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    (coming,) = await on_offer(chat)
    assert (coming.kind, coming.page, coming.at, coming.minutes) == ("chat", "chat/1", EIGHT, 60)
    await chat.pass_time(EIGHT + timedelta(minutes=5))
    assert [each.page for each in await on_offer(chat)] == ["chat/1"]
    await chat.do("U0MAYA", Press("chat.end", "1"))
    assert await on_offer(chat) == []
    routes = chat.parts.desk.routes
    elsewhere = await store.read(
        lambda tx: [each for find in routes.on_offer for each in find(tx, 99, EIGHT)]
    )
    assert elsewhere == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_idea_becomes_the_first_question(store: Store, clock: FrozenClock) -> None:
    """Who may plan gets the form with the idea in it, and nothing is planned before they send it."""
    chat = await seeded(store, clock)
    desk, idea = chat.parts.desk, Idea("What worked this week?", "Monday's question")

    def take(tx: Tx) -> Answer:
        person = desk.directory.known(tx, MemberRef("slack", TEAM, "U0MAYA"))
        assert person is not None
        context = desk._context(tx, person, Place("slack", TEAM, ROOM), clock.now())
        return desk.routes.takes_over["chats"].take(context, idea)

    answer = await store.run(take)
    assert isinstance(answer, OpenForm)
    questions = next(each for each in answer.form.inputs if each.name == "questions")
    assert isinstance(questions, TextInput)
    assert "Q1: What worked this week?" in questions.value
    assert await on_offer(chat) == []


@pytest.mark.rows(21)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_idea_with_a_room_is_a_draft_at_once(store: Store, clock: FrozenClock) -> None:
    """A week from now in its room, with the way to what was said before; nobody is told yet."""
    chat = await seeded(store, clock)
    place = Place("slack", TEAM, ROOM)
    desk = chat.parts.desk
    idea = Idea("What worked this week?", "Monday's question", "prompt/7", place)

    def take(tx: Tx) -> Answer:
        person = desk.directory.known(tx, MemberRef("slack", TEAM, "U0MAYA"))
        assert person is not None
        elsewhere = replace(place, channel="")
        context = desk._context(tx, person, elsewhere, clock.now())
        return desk.routes.takes_over["chats"].take(context, idea)

    assert isinstance(await store.run(take), Reply)
    made = await store.read(lambda tx: chats.get_chat(tx, 1))
    assert made is not None
    assert (made.grew_from, made.place, made.untold) == ("prompt/7", place, True)
    assert made.starts_at == EIGHT + timedelta(days=7)
    assert await on_offer(chat) == []
