"""A season on every platform: planned at once from a table, its hosts told and reminded, taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Document, Driver

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTE = timedelta(minutes=1)
THURSDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
TABLE = """| Theme | Host | Hashtag |
|---|---|---|
| Homework nobody copies | Sam Okafor | |
| Feedback that pupils use | @Priya Nair | #fb |
| Calm starts | | |
"""
WISH = {"starts": "every Thursday 8 pm Eastern", "again": "8 pm Pacific", "plan": "classic60"}


async def test_a_season_is_planned_at_once_and_its_hosts_are_reminded(driver: Driver) -> None:
    """Errors come by line; hosts write their questions; who does not is reminded, and then the coach told."""
    for who in ("maya", "priya", "sam"):
        await driver.lets_write(who)
        await driver.say(who, "/pln chat list")
    await driver.say("maya", "/pln chat season")
    await driver.submit("maya", words=TABLE.replace("Sam Okafor", "Nobody Known"), **WISH)
    assert "Line 3: nobody here is called “Nobody Known”" in await driver.alone("maya")
    await driver.submit("maya", words=TABLE, **WISH)
    preview = await driver.alone("maya")
    assert "A season of 3 chats" in preview
    assert "Feedback that pupils use · hosted by Priya Nair · #fb" in preview
    await driver.press("maya", "Plan 3 chats")
    assert "3 chats stand as drafts" in await driver.alone("maya")
    await driver.pass_time(timedelta(hours=4))  # not in class
    assert "asks you to host 1 chat" in await driver.messages("priya")
    assert "Coming up" not in await driver.see("luis")
    await driver.press("priya", "Write questions for Thu, Dec 3")
    await driver.submit("priya", questions="Q1: What worked?\nQ2: What will you try?")
    await driver.press("priya", "Publish")
    await driver.pass_time(MINUTE)
    seen = await driver.see("luis")
    assert "Feedback that pupils use #fb" in seen
    assert "There is the second run too" in seen
    await driver.pass_time(THURSDAY - timedelta(days=1, hours=22))
    assert "no questions yet" in await driver.messages("sam")
    assert "no questions yet" not in await driver.messages("maya")
    await driver.pass_time(THURSDAY - timedelta(hours=10))
    assert "no questions yet from Sam Okafor" in await driver.messages("maya")
    page = await driver.page("maya", "chat_season/1")
    assert "without questions" in page
    await driver.press_on_page("maya", "chat_season/1", "Take it all back")
    assert "thrown away" in await driver.alone("maya")
    assert "called off" in await driver.page("maya", "chat_season/1")


async def test_a_document_stands_for_the_list(driver: Driver) -> None:
    """A spreadsheet saved as CSV is read as well; days that it says are those days."""
    await driver.say("maya", "/pln chat season")
    table = "date,theme,host\n2026-12-03,Rubrics and why,Maya Torres\nDec 10,Exit tickets,\n"
    document = Document("season.csv", table.encode())
    await driver.submit("maya", document=document, starts="8 pm Eastern", plan="classic60")
    preview = await driver.alone("maya")
    assert "A season of 2 chats" in preview
    assert "Thu, Dec 3" in preview
    assert "Rubrics and why · hosted by Maya Torres" in preview
