"""A second run on every platform: the same chat at another hour, one archive, everybody counted once."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import planned

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PACIFIC = EIGHT + timedelta(hours=3)
SHORT = "Feedback that pupils use\nQ1: What worked?\nQ2: What will you try?"


async def run_again(driver: Driver) -> None:
    """Plan a chat of two questions, and its second run three hours later."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=SHORT, starts="today 8 pm Eastern", plan="quick15")
    await driver.press("maya", "Publish")
    await driver.say("maya", "/pln chat second 8 pm Pacific")
    await driver.submit("maya", starts="8 pm Pacific")
    preview = await driver.alone("maya")
    assert "second run" in preview
    assert "Both come into one archive" in preview
    await driver.press("maya", "Publish")
    await driver.pass_time(timedelta(minutes=1))


@pytest.mark.rows(41)
async def test_the_west_coast_run_is_in_the_same_archive(driver: Driver) -> None:
    """Both runs stand under each question; who was in both is one person; both remind, and are in calendars."""
    await run_again(driver)
    seen = await driver.see("priya")
    assert "There is the second run too" in seen
    assert "There is the first run too" in seen
    assert "Feedback that pupils use (second run)" in await driver.page("priya", "chats")
    for number in (1, 2):
        assert "BEGIN:VEVENT" in await driver.file("priya", f"chat.ics/{number}")
    await driver.press("priya", "Remind me of the second run")
    await driver.pass_time(EIGHT + timedelta(minutes=5))
    await driver.say("priya", "A1 Exit tickets, read the same day")
    await driver.say("sam", "A1 Peer review")
    await driver.pass_time(PACIFIC - timedelta(minutes=1))
    await driver.pass_time(PACIFIC + timedelta(minutes=5))
    await driver.say("luis", "A1 Audio notes")
    await driver.say("priya", "A1 Still exit tickets")
    during = await driver.page("luis", "chat/2")
    assert during.index("Still exit tickets") < during.index("Peer review")
    await driver.pass_time(PACIFIC + timedelta(minutes=16))
    for number in (1, 2):
        page = await driver.page("sam", f"chat/{number}")
        assert "Exit tickets, read the same day" in page
        assert "Audio notes" in page
        told = json.loads(await driver.file("sam", f"chat.json/{number}"))
        assert [each["text"] for each in told["questions"]] == [
            "What worked?",
            "What will you try?",
        ]
        assert [each["run"] for each in told["questions"][0]["answers"]] == [1, 1, 2, 2]
        assert len(told["runs"]) == 2
        assert len(told["people"]) == 3
    seen = await driver.see("sam")
    assert "2 runs of this chat are in it" in seen
    listed = await driver.page("sam", "chats")
    assert "Feedback that pupils use" in listed
    assert "(second run)" not in listed
    assert '"2","Q1"' in await driver.file("sam", "chat.csv/2")


@pytest.mark.rows(41)
async def test_a_second_run_that_cannot_be(driver: Driver) -> None:
    """Before the first, into it in the same room, of a chat that is off: each gets its sentence."""
    await planned(driver, SHORT)
    await driver.say("maya", "/pln chat second")
    await driver.submit("maya", starts="today 7 pm Eastern")
    assert "A second run comes after the first" in await driver.alone("maya")
    await driver.submit("maya", starts="today 8:30 pm Eastern")
    assert "is in this room until" in await driver.alone("maya")
    await driver.say("maya", "/pln chat panel")
    await driver.press("maya", "Call it off")
    await driver.say("maya", "/pln chat second")
    assert "no chat that is to come" in await driver.alone("maya")
