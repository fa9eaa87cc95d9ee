"""The guest desk: one more question in a plan, their order, and who may not."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats import store as chats
from plnbot.chats.model import MomentKind
from plnbot.chats.model.pacing import added_last
from plnbot.chats.plans import DoesNotFitError, lay_out, plans
from plnbot.chats.store import guests, suggestions
from plnbot.chats.store.suggestions import Kind
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, Command, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {
    "plan": "classic60",
    "title": "Why",
    "questions": "Q1: Why so?\nQ2: How come?",
    "starts": "today 8 pm Eastern",
}


@given(st.sampled_from(sorted(plans())), st.integers(1, 5), st.integers(1, 4))
def test_one_more_question_comes_last_and_in_order(plan: str, asked: int, more: int) -> None:
    """Whatever the plan, times stay in order, and every question has its room before the closing words."""
    made = plans()[plan]
    try:
        moments = lay_out(made, EIGHT, "America/New_York", [None] * asked, warm_up=False)
    except DoesNotFitError as error:  # as many as it holds
        fit = [None] * error.most
        asked, moments = error.most, lay_out(made, EIGHT, "America/New_York", fit, warm_up=False)
    for number in range(asked + 1, asked + more + 1):
        moments = added_last(moments, number, made.pace)
    assert list(moments) == sorted(moments, key=lambda each: each.at)
    questions = [each for each in moments if each.kind is MomentKind.QUESTION]
    assert [each.number for each in questions] == list(range(1, asked + more + 1))
    gaps = [later.at - one.at for one, later in pairwise(questions)]
    assert all(gap >= made.pace.least for gap in gaps)
    assert moments[-1].kind is MomentKind.END


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, "America/New_York")


@pytest.fixture
async def room(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room with a chat, its guest, and three questions for them."""
    made = await seeded(store, clock)
    await made.do("U0MAYA", Submit("chat.new", WISH))
    await made.do("U0MAYA", Press("chat.publish", "1"))
    assert "no guest" in said(await made.do("U0SAM", Command("chat ask How so?")))
    await made.do("U0MAYA", Submit("chat.guest", {"person": "row:2"}, "1"))
    for words in ("What was hardest?", "Who helped you on that way?", "Which book would you give?"):
        await made.do("U0SAM", Command(f"chat ask {words}"))
    return made


async def words(room: Seeded) -> list[tuple[str, str]]:
    """Return the chat's questions by name."""
    found = await room.store.read(lambda tx: chats.questions_of(tx, 1))
    return [(each.name, each.words) for each in found]


async def test_taken_in_their_order(room: Seeded) -> None:
    """Taken, they are asked after the others; one goes before another, and keeps what was prepared for it."""
    await room.do("U0MAYA", Press("ask.approve", "1"))
    await room.do("U0MAYA", Press("ask.approve", "2"))
    await room.do("U0MAYA", Press("ask.decline", "3"))
    assert (await words(room))[2:] == [
        ("Q3", "What was hardest?"),
        ("Q4", "Who helped you on that way?"),
    ]
    await room.do("U0MAYA", Press("ask.earlier", "2"))
    assert (await words(room))[2:] == [
        ("Q3", "Who helped you on that way?"),
        ("Q4", "What was hardest?"),
    ]
    assert "comes before it" in said(await room.do("U0MAYA", Press("ask.earlier", "2")))
    assert "already" in said(await room.do("U0MAYA", Press("ask.approve", "1")))
    await room.do("U0MAYA", Press("ask.reconsider", "3"))
    await room.pass_time(EIGHT + timedelta(minutes=20))
    await room.do("U0MAYA", Press("ask.approve", "3"))
    await room.pass_time(EIGHT + timedelta(minutes=90))
    found = await room.store.read(lambda tx: chats.questions_of(tx, 1))
    asked = [each for each in found if each.asked_at is not None]
    assert [each.name for each in sorted(asked, key=lambda each: each.number)] == [
        "Q1", "Q2", "Q3", "Q4", "Q5",
    ]  # fmt: skip


async def test_who_may_not(room: Seeded) -> None:
    """Who only takes part puts nothing to the guest, merges nothing of others, and invites nobody."""
    before = await words(room)
    for press in (
        Press("ask.approve", "1"),
        Press("ask.decline", "1"),
        Press("ask.merge", "1", "2"),
        Press("ask.same", "1.2"),
        Press("ask.take_back", "1"),
        Press("chat.guest", "1"),
        Press("chat.guest_off", "1.2"),
        Press("chat.guest_no", "1"),
    ):
        await room.do("U0PRIYA", press)
    await room.do("U0PRIYA", Submit("chat.guest", {"person": "row:1"}, "1"))
    assert await words(room) == before
    waiting = await room.store.read(lambda tx: suggestions.of_chat(tx, 1, Kind.QUESTION))
    assert [(each.words, len(each.authors)) for each in waiting] == [
        ("What was hardest?", 1),
        ("Who helped you on that way?", 1),
        ("Which book would you give?", 1),
    ]
    assert len(await room.store.read(lambda tx: guests.of_chat(tx, 1))) == 1
