"""What is kept of questions that were taken out, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from plnbot.chats import store as chats
from plnbot.chats.store.tables import former
from plnbot.gathering.store.tables import answer
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Answer, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {"starts": "today 8 pm Eastern", "plan": "classic60", "title": "Why"}
THREE = "Q1: Why so?\nQ2: Where does it go?\nQ3: How come?"
TWO = "Q1: Why so?\nQ2: How come?"


@pytest.fixture
async def changed(store: Store, clock: FrozenClock) -> Seeded:
    """Return a published chat; for the question that was taken out of it, an answer was prepared."""
    chat = await seeded(store, clock)
    await chat.do("U0MAYA", Submit("chat.new", {**WISH, "questions": THREE}))
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    await chat.do("U0PRIYA", Submit("chat.answer", {"words": "in the bin"}, "2"))
    told = await chat.do("U0MAYA", Submit("chat.new", {**WISH, "questions": TWO}, "1"))
    assert "Out Q2 Where does it go?" in said(told)
    told = await chat.do("U0MAYA", Press("chat.change_now", "1"))
    assert "Taken out, with 1 answer that was prepared: Q2 Where does it go?" in said(told)
    return chat


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply)
    return card_as_text(answered.card)


def asked(tx: Tx) -> list[str]:
    """Return what the chat asks."""
    return [each.words for each in chats.questions_of(tx, 1)]


async def test_pressed_twice_it_is_taken_back_once(changed: Seeded) -> None:
    """The second press of the same button does not bring the mistake back."""
    await changed.do("U0MAYA", Press("chat.take_back", "1"))
    assert await changed.store.read(asked) == ["Why so?", "Where does it go?", "How come?"]
    assert "nothing to take back" in said(await changed.do("U0MAYA", Press("chat.take_back", "1")))
    assert await changed.store.read(asked) == ["Why so?", "Where does it go?", "How come?"]


async def test_only_moderators_take_a_change_back(changed: Seeded) -> None:
    """A teacher who finds the button changes nothing."""
    told = said(await changed.do("U0PRIYA", Press("chat.take_back", "1")))
    assert "for its moderators" in told
    assert await changed.store.read(asked) == ["Why so?", "How come?"]


async def test_who_prepared_is_not_let_answer_what_is_not_asked(changed: Seeded) -> None:
    """An old button says that the question is no longer there."""
    told = said(await changed.do("U0LUIS", Press("chat.answer", "2")))
    assert "This question is no longer there." in told


async def test_what_was_taken_out_is_gone_when_the_chat_begins(changed: Seeded) -> None:
    """Nobody can have it back then, so neither question nor answer is kept."""
    await changed.pass_time(EIGHT + timedelta(minutes=1))

    def kept(tx: Tx) -> tuple[int, int, int]:
        answers = tx.execute(select(answer.c.id)).all()
        versions = tx.execute(select(former.c.id)).all()
        return len(answers), len(versions), len(chats.taken_out(tx, 1))

    assert await changed.store.read(kept) == (0, 0, 0)


async def test_the_plan_comes_back_as_it_was(changed: Seeded) -> None:
    """Not only the question: every moment of the plan stands where it stood."""
    await changed.do("U0MAYA", Press("chat.take_back", "1"))
    chat = await changed.store.read(lambda tx: chats.get_chat(tx, 1))
    assert chat is not None
    times = [(each.at - EIGHT) // timedelta(minutes=1) for each in chat.run.moments]
    assert times == [0, 10, 25, 40, 57, 60]
