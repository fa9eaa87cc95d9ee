"""Which answers got a reply: from a thread, from a reply to a message or to a card, and what goes with what."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from plnbot import gathering
from plnbot.chats.store import KIND
from plnbot.chats.store.tables import question
from plnbot.engine import outbox
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, Press, Reply, Said, Submit
from plnbot.talk.pages import File
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded

WISH = {
    "plan": "classic60",
    "title": "Why",
    "questions": "Q1: Why so?\nQ2: How come?",
    "starts": "today 8 pm Eastern",
}


@pytest.fixture
async def room(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room in which a chat has begun, with an answer in the room and one from the form."""
    made = await seeded(store, clock)
    await made.do("U0MAYA", Submit("chat.new", WISH))
    await made.do("U0MAYA", Press("chat.publish", "1"))
    for _ in ("welcome", "Q1", "Q2"):
        await made.do("U0MAYA", Press("chat.go_on", "1"))
    await made.do("U0SAM", Said("A1 because", "w1"))
    asked = await made.store.read(
        lambda tx: tx.execute(question.select().order_by(question.c.id)).first()
    )
    assert asked is not None
    await made.do("U0PRIYA", Submit("chat.answer", {"words": "for a reason"}, str(asked.id)))
    return made


async def waiting(room: Seeded) -> list[str]:
    """Return the answers without a reply."""
    found = await room.store.read(lambda tx: gathering.without_reply(tx, KIND, 1))
    return [each.words for each in found]


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, "America/New_York")


async def taken_out(room: Seeded, user: str) -> str:
    """Return what somebody takes out."""
    me = MemberRef("slack", TEAM, user)
    file = await room.parts.desk.download(me, "members.export", "mine")
    assert isinstance(file, File)
    with ZipFile(BytesIO(file.content)) as files:
        return "".join(files.read(each).decode() for each in files.namelist())


async def test_a_reply_to_a_message_and_to_a_card(room: Seeded) -> None:
    """A reply counts once however often it is told, edited or not; deleted, or said to oneself, it does not."""
    assert await waiting(room) == ["because", "for a reason"]
    await room.do("U0SAM", Said("as I said", "w2", reply_to="w1"))
    assert await waiting(room) == ["because", "for a reason"]
    for version in ("", "2", "3"):
        await room.do("U0LUIS", Said("How so?", "w3", version, reply_to="w1"))
    assert await waiting(room) == ["for a reason"]
    post = await room.store.read(lambda tx: outbox.by_key(tx, "chat/answer/2"))
    assert post is not None
    await room.do("U0LUIS", Said("Which one?", "w4", reply_to=post.ref))
    assert await waiting(room) == []
    await room.do("U0LUIS", Said("", "w4", "2"))
    assert await waiting(room) == ["for a reason"]
    await room.do("U0LUIS", Said("Which one?", "w4", "1", reply_to=post.ref))
    assert await waiting(room) == ["for a reason"], "what is told late changes nothing"


async def test_an_answer_that_is_edited_keeps_its_reply_and_takes_it_along(room: Seeded) -> None:
    """To other words or to another question it keeps it; taken back, the reply goes too."""
    await room.do("U0LUIS", Said("How so?", "w3", reply_to="w1"))
    await room.do("U0SAM", Said("A1 because of it", "w1", "2"))
    await room.do("U0SAM", Said("A2 because of it", "w1", "3"))
    assert await waiting(room) == ["for a reason"]
    assert len(await room.store.read(lambda tx: gathering.many_replies(tx, KIND, 1))) == 1
    await room.do("U0SAM", Said("never mind", "w1", "4"))
    assert await room.store.read(lambda tx: gathering.many_replies(tx, KIND, 1)) == {}


async def test_thanked_once_replied_once(room: Seeded) -> None:
    """Thanks become a reply where both are given; nobody thanks themselves, or for what nobody may read."""
    assert "You thanked" in said(await room.do("U0MAYA", Press("chat.thank", "1")))
    await room.do("U0MAYA", Submit("chat.reply", {"words": "Tell us more"}, "1"))
    posts = await room.store.read(lambda tx: outbox.standing_under(tx, "chat/answer/1/reply/"))
    assert len(posts) == 1
    await room.do("U0MAYA", Said("A1 my own", "w5"))
    assert "your own" in said(await room.do("U0MAYA", Press("chat.thank", "3")))
    await room.do("U0PRIYA", Press("chat.leave_out", "1"))
    assert "shown to nobody" in said(await room.do("U0MAYA", Press("chat.thank", "2")))
    assert "another role" in said(await room.do("U0LUIS", Press("chat.thank", "1")))
    assert "They were not in" in said(await room.do("U0MAYA", Press("chat.greet", "1.4")))


async def test_a_reply_is_its_members_own(room: Seeded) -> None:
    """It stands in their export, with words only where we posted them; erased, the answer waits again."""
    await room.do("U0LUIS", Said("How so?", "w3", reply_to="w1"))
    await room.do("U0MAYA", Submit("chat.reply", {"words": "Tell us more"}, "2"))
    told = await taken_out(room, "U0LUIS")
    assert "replied_at" in told
    assert "How so?" not in told
    assert "Tell us more" in await taken_out(room, "U0MAYA")
    await room.do("U0LUIS", Submit("members.forget", {"answers": "gone"}))
    assert await waiting(room) == ["because"]
