"""A summary of quotes alone, on every platform: chosen, edited, posted, taken along; nobody left out is quoted."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import planned

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BEGUN = datetime(2026, 11, 24, 1, 11, tzinfo=UTC)
ENDED = BEGUN + timedelta(minutes=55)
SHORT = "Feedback that pupils use\nQ1: What worked?\nQ2: What will you try?"


@pytest.mark.rows(45)
async def test_nothing_was_invented(driver: Driver) -> None:
    """Every line quoted is somebody's answer; the coach chooses, the room reads; who leaves out is out of it."""
    await planned(driver, SHORT)
    await driver.pass_time(BEGUN)
    said = {"priya": "the exit ticket", "luis": "one comment each", "sam": "peers go first"}
    for who, words in said.items():
        await driver.say(who, f"A1 {words}")
    await driver.say("priya", "A2 fewer marks")
    await driver.say("maya", "/pln chat summary")
    assert "not over yet" in await driver.alone("maya")
    await driver.say("emma", "How do you find the time?", under="A1 one comment each")
    await driver.pass_time(ENDED)
    await driver.say("maya", "/pln chat summary")
    draft = await driver.alone("maya")
    assert "4 quotes from 3 people" in draft
    assert draft.index("one comment each") < draft.index("the exit ticket"), "replied to is first"
    assert "How do you find" not in draft
    await driver.press_on_page("maya", "summary_draft/1", "Earlier")
    await driver.press_on_page("maya", "summary_draft/1", "Do not quote it")
    assert "4 quotes" not in await driver.page("maya", "summary_draft/1")
    assert not await driver.file("priya", "summary.md/1"), "it is the coach's until it is posted"
    await driver.say("maya", "/pln chat summary")
    await driver.press("maya", "Post it in the room")
    await driver.pass_time(timedelta(seconds=2))
    seen = await driver.see("sam")
    assert "Every word is from an answer" in seen
    lines = (await driver.file("sam", "summary.md/1")).splitlines()
    quoted = {each[2:] for each in lines if each.startswith("> ") and "—" not in each}
    assert len(quoted) == 3
    assert all("in the archive" in each for each in lines if each.startswith("> —"))
    assert quoted < {*said.values(), "fewer marks"}
    out = next(who for who, words in said.items() if words in quoted and who != "priya")
    await driver.press_on_page(out, "chat/1", "Leave my answers out")
    await driver.pass_time(timedelta(minutes=2))
    assert said[out] not in await driver.page("emma", "summary/1")
    assert said[out] not in await driver.file("emma", "summary.md/1")
    await driver.say("maya", "/pln chat summary")
    assert said[out] not in await driver.alone("maya")


@pytest.mark.rows(45)
async def test_a_chat_in_which_nobody_is_to_be_quoted(driver: Driver) -> None:
    """Nobody spoke, or everybody keeps out: the coach reads which, and nothing is posted."""
    await planned(driver, SHORT)
    await driver.pass_time(ENDED)
    await driver.say("maya", "/pln chat summary")
    assert "Nobody answered in this chat" in await driver.alone("maya")
    await driver.say("priya", "A1 the exit ticket, late")
    await driver.press_on_page("priya", "chat/1", "Leave my answers out")
    await driver.say("maya", "/pln chat summary")
    assert "Everybody who answered keeps their answers out" in await driver.alone("maya")
