"""A chat with more answers than a page holds: read a page at a time, and whole in its files."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.chats import store as chats
from plnbot.chats.pages.chat import LATEST
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Actions, PageButton
from plnbot.talk.interactions import Press, Submit
from plnbot.talk.pages import File, Page, Quote
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded
from tests.gathering.made import answered

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TWO = "Q1: Why so?\nQ2: Where does it go?"
WISH = {"questions": TWO, "starts": "today 8 pm Eastern", "plan": "classic60", "title": "Why"}
MANY = 130
PRIYA = MemberRef("slack", TEAM, "U0PRIYA")
MAYA = MemberRef("slack", TEAM, "U0MAYA")


@pytest.fixture
async def long(store: Store, clock: FrozenClock) -> Seeded:
    """Return a chat whose first question has many answers, some of one moment."""
    chat = await seeded(store, clock)
    await chat.do("U0MAYA", Submit("chat.new", WISH))
    await chat.do("U0MAYA", Press("chat.publish", "1"))
    await chat.pass_time(EIGHT + timedelta(minutes=11))
    await store.run(lambda tx: said(tx, range(MANY), clock.now()))
    return chat


def said(tx: Tx, numbers: range, now: datetime) -> None:
    """Write down what was answered to the first question, three answers a second."""
    asked, _second = chats.questions_of(tx, 1)
    for number in numbers:
        words = f"answer {number} of many https://example.org/{number}"
        at = now + timedelta(seconds=number // 3)
        answered(tx, asked, words, source=f"m{number}", at=at, author="Priya")


async def page(chat: Seeded, name: str, who: MemberRef = PRIYA) -> Page:
    """Return a page as somebody sees it."""
    name, row = name.split("/")
    found = await chat.parts.desk.page(who, name, row)
    assert isinstance(found, Page)
    return found


def numbers_on(shown: Page) -> list[int]:
    """Return which answers stand on a page, from above."""
    quotes = [each for each in shown.blocks if isinstance(each, Quote)]
    return [int(each.text.bare().split()[1]) for each in quotes]


def earlier(shown: Page) -> Iterator[tuple[str, str]]:
    """Return where the page leads to earlier answers, after what it says."""
    for block in shown.blocks:
        for item in block.items if isinstance(block, Actions) else ():
            if isinstance(item, PageButton) and item.page == "answers":
                yield item.label.bare(), f"answers/{item.row}"


async def test_the_page_shows_the_latest_and_leads_to_the_others(long: Seeded) -> None:
    """Page by page every answer comes up once, in the order they came."""
    shown = await page(long, "chat/1")
    seen = numbers_on(shown)
    assert seen == list(range(MANY - LATEST, MANY))
    said_there = [next(earlier(shown))[0]]
    while (before := next(earlier(shown), None)) is not None:
        shown = await page(long, before[1])
        seen = numbers_on(shown) + seen
        said_there += [label for label, _page in earlier(shown)]
    assert seen == list(range(MANY))
    assert said_there == ["110 earlier answers", "60 earlier answers", "10 earlier answers"]


async def test_what_is_answered_meanwhile_shifts_no_page(long: Seeded) -> None:
    """Who reads back is shown nothing twice because others go on answering."""
    _label, before = next(earlier(await page(long, "chat/1")))
    first = numbers_on(await page(long, before))
    now = long.clock.now()
    await long.store.run(lambda tx: said(tx, range(MANY, MANY + 30), now))
    assert numbers_on(await page(long, before)) == first


async def test_no_page_shows_what_is_hidden_or_left_out(long: Seeded) -> None:
    """Earlier answers are as hidden as the latest."""
    await long.do("U0MAYA", Submit("chat.hide", {"why": "be kind"}, "5"))
    before = next(earlier(await page(long, "chat/1")))[1]
    first = next(earlier(await page(long, before)))[1]
    assert 4 in numbers_on(await page(long, "chat/1", MAYA))
    last = next(earlier(await page(long, first)))[1]
    assert numbers_on(await page(long, last)) == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    await long.do("U0PRIYA", Press("chat.leave_out", "1"))
    assert numbers_on(await page(long, last)) == []
    assert numbers_on(await page(long, "chat/1")) == []


async def test_the_archive_is_whole(long: Seeded) -> None:
    """The page holds a page; the files hold every answer, and say so for the links."""
    await long.do("U0MAYA", Press("chat.end", "1"))
    words = " ".join(str(each) for each in (await page(long, "chat/1")).blocks)
    assert "All of them are in the archive's files." in words
    whole = await long.parts.desk.download(PRIYA, "chat.md", "1")
    assert isinstance(whole, File)
    assert (
        sum(f"answer {number} of many" in whole.content.decode() for number in range(MANY)) == MANY
    )


async def test_a_question_that_was_not_asked_has_no_page(long: Seeded) -> None:
    """What was prepared for it is its author's alone."""
    await long.do("U0PRIYA", Submit("chat.answer", {"words": "on the bus"}, "2"))
    found = await long.parts.desk.page(MAYA, "answers", "2")
    assert not isinstance(found, Page)
