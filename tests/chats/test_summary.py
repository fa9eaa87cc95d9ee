"""What a summary quotes: spread over questions and people, by replies; chosen and ordered by who leads the chat."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats.actions import summarising
from plnbot.chats.model.summary import MOST, Candidate, chosen
from plnbot.chats.store import get_chat
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, Press, Reply, Said, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import Seeded, seeded

WISH = {
    "plan": "classic60",
    "title": "Why",
    "questions": "Q1: Why so?\nQ2: How come?",
    "starts": "today 8 pm Eastern",
}
answers = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 3)), max_size=40
).map(lambda rows: [Candidate(at, *row) for at, row in enumerate(rows)])


@given(answers)
def test_a_draft_is_spread(candidates: list[Candidate]) -> None:
    """No question has two quotes more than one that has answers left; each answer stands at most once."""
    found = chosen(candidates)
    assert len(found) == len(set(found)) == min(MOST, len(candidates))
    by_id = {each.answer: each for each in candidates}
    many = Counter(by_id[each].question for each in found)
    left = Counter(each.question for each in candidates if each.answer not in found)
    assert all(many[one] - many[other] <= 1 for one in many for other in left)


@given(answers)
def test_replies_decide_where_nothing_else_does(candidates: list[Candidate]) -> None:
    """The first quote of a question is an answer to which as many replied as to any."""
    first = chosen(candidates, most=1)
    most = max((each.replies for each in candidates), default=0)
    assert all(each.replies == most for each in candidates if each.answer in first)


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, "America/New_York")


@pytest.fixture
async def over(store: Store, clock: FrozenClock) -> Seeded:
    """Return a chat that is over, with three answers to its first question."""
    made = await seeded(store, clock)
    await made.do("U0MAYA", Submit("chat.new", WISH))
    await made.do("U0MAYA", Press("chat.publish", "1"))
    for _ in ("welcome", "Q1"):
        await made.do("U0MAYA", Press("chat.go_on", "1"))
    for number, user in enumerate(("U0SAM", "U0PRIYA", "U0LUIS"), 1):
        await made.do(user, Said(f"A1 word {number}", f"w{number}"))
    await made.do("U0MAYA", Press("chat.end", "1"))
    return made


async def quotes(room: Seeded) -> list[str]:
    """Return what is quoted now."""
    chat = await room.store.read(lambda tx: get_chat(tx, 1))
    assert chat is not None
    draft = await room.store.read(lambda tx: summarising.draft(tx, chat))
    return [each.words for each in draft.kept]


async def test_kept_dropped_and_ordered(over: Seeded) -> None:
    """From the first touch on it is the coach's choice; left out and let in again, a quote has its place back."""
    assert await quotes(over) == ["word 1", "word 2", "word 3"]
    await over.do("U0MAYA", Press("summary.earlier", "2"))
    assert await quotes(over) == ["word 2", "word 1", "word 3"]
    assert "No quote stands before it" in said(
        await over.do("U0MAYA", Press("summary.earlier", "2"))
    )
    await over.do("U0MAYA", Press("summary.drop", "2"))
    await over.do("U0MAYA", Press("summary.quote", "2"))
    assert await quotes(over) == ["word 1", "word 3", "word 2"]
    await over.do("U0LUIS", Press("chat.leave_out", "1"))
    assert await quotes(over) == ["word 1", "word 2"]
    assert "keeps this answer out" in said(await over.do("U0MAYA", Press("summary.quote", "3")))
    await over.do("U0LUIS", Press("chat.let_in", "1"))
    assert await quotes(over) == ["word 1", "word 3", "word 2"]
    await over.do("U0SAM", Said("A1 better words", "w1", "2"))
    assert await quotes(over) == ["better words", "word 3", "word 2"]
    await over.do("U0SAM", Said("never mind", "w1", "3"))
    assert await quotes(over) == ["word 3", "word 2"]
    assert "another role" in said(await over.do("U0SAM", Press("summary.drop", "3")))


async def test_posted_it_quotes_what_may_be_quoted(over: Seeded) -> None:
    """Each post of it is shown anew when an author leaves out, is forgotten, or edits; with nothing left it says so."""
    for _ in range(2):
        await over.do("U0MAYA", Press("summary.post", "1"))
    await over.do("U0LUIS", Press("chat.leave_out", "1"))
    await over.do("U0SAM", Submit("members.forget", {"answers": "gone"}))
    await over.do("U0PRIYA", Said("A1 other words", "w2", "2"))
    for number in (1, 2):
        key = f"chat/1/summary/{number}"
        sent = [each for each in over.platform.sent if each.key in (key, f"edit/{key}")]
        shown = card_as_text(sent[-1].card, "America/New_York")
        assert "other words" in shown
        assert not any(f"word {each}" in shown for each in (1, 2, 3))
    await over.do("U0PRIYA", Said("never mind", "w2", "3"))
    assert "keeps their answers out" in said(await over.do("U0MAYA", Press("summary.post", "1")))
