"""Nobody unheard, on every platform: who is silent, what got no reply, thanked and replied to in one tap."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.lobby import ROOM, LobbyDriver, words_of
from tests.scenarios.test_whole_chat import planned

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BEGUN = EIGHT + timedelta(minutes=11)
SHORT = "Feedback that pupils use\nQ1: What worked?\nQ2: What will you try?"


async def with_threads(driver: Driver, who: str) -> str:
    """Return what somebody sees of the room, with what stands below its messages."""
    await driver.pass_time(timedelta(seconds=2))
    seen = await driver.see(who)
    if isinstance(driver, LobbyDriver):
        room = f"/as/{who}/room/{ROOM}"
        for number in re.findall(r'id="m(\d+)"', await driver.markup(room)):
            seen += words_of(await driver.markup(f"{room}/thread/{number}"))
    return seen


@pytest.mark.rows(43)
async def test_i_saw_who_had_no_reply_and_answered(driver: Driver) -> None:
    """The panel names who is silent and what got no reply; a thread, a tap and a few words change that."""
    for who in ("maya", "dwayne"):
        await driver.lets_write(who)
    await planned(driver, SHORT)
    await driver.pass_time(BEGUN)
    await driver.say("priya", "A1 the exit ticket")
    await driver.say("luis", "A1 one comment each")
    await driver.say("sam", "A1 peers first")
    await driver.say("dwayne", "Good evening, all!")
    panel = await driver.page("maya", "panel/1")
    assert "3 answers have no reply." in panel
    assert "the exit ticket" in panel
    assert "1 is here and has not answered" in panel
    assert "Dwayne" in panel
    assert "no reply" not in await driver.page("priya", "chat/1")

    await driver.say("emma", "How do you collect them?", under="A1 the exit ticket")
    await driver.say("luis", "I said that myself", under="A1 one comment each")
    panel = await driver.page("maya", "panel/1")
    assert "2 answers have no reply." in panel
    assert "Emma" not in panel, "who replied is not silent"
    await driver.press("maya", "Thank Luis Herrera")
    assert "It stands below their answer" in await driver.alone("maya")
    assert "Thank you for this answer." in await with_threads(driver, "luis")
    await driver.press("maya", "Reply to Sam Okafor")
    await driver.submit("maya", words="Which peers go first?")
    assert "Which peers go first?" in await with_threads(driver, "sam")
    await driver.press("maya", "Greet Dwayne Carter")
    assert "glad that you are here" in await driver.messages("dwayne")
    assert "greeted" in await driver.page("maya", "unheard/1")
    await driver.say("dwayne", "A1 nothing yet")
    await driver.say("maya", "/pln chat unheard")
    await driver.press("maya", "Thank Dwayne Carter")
    await driver.say("maya", "/pln chat unheard")
    assert "has answered" in await driver.alone("maya")


@pytest.mark.rows(43)
async def test_afterwards_a_list_for_the_coach(driver: Driver) -> None:
    """Some minutes after the end the coach reads who went unheard, and still replies; a reply taken back counts no more."""
    for who in ("maya", "priya"):
        await driver.lets_write(who)
    await planned(driver, SHORT)
    await driver.pass_time(BEGUN)
    await driver.say("priya", "A1 the exit ticket")
    await driver.say("luis", "A1 one comment each")
    await driver.say("sam", "agreed", under="A1 one comment each")
    await driver.delete("sam", "agreed")
    await driver.pass_time(EIGHT + timedelta(hours=14))
    assert "2 answers have no reply" in await driver.messages("maya")
    await driver.press("maya", "Thank Priya Nair")
    assert "1 answer has no reply" not in await driver.page("maya", "chat/1")
    assert "Thank you for this answer" in await with_threads(driver, "priya")
    await driver.press("maya", "Take it back")
    assert "reply was taken back" in await with_threads(driver, "priya")
    await driver.press_on_page("luis", "chat/1", "Leave my answers out")
    page = await driver.page("maya", "unheard/1")
    assert "the exit ticket" in page
    assert "one comment each" not in page
