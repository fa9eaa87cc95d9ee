"""The guest desk on every platform: asked from the floor, made one, put to the guest, answered in time."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import planned

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SHORT = "Feedback that pupils use\nQ1: What worked?\nQ2: What will you try?"


async def invited(driver: Driver, guest: str, name: str) -> None:
    """Plan a chat of two questions, and invite its guest."""
    for who in ("maya", guest):
        await driver.lets_write(who)
    await driver.say(guest, "/pln chat list")
    await planned(driver, SHORT)
    await driver.say("maya", "/pln chat guest")
    await driver.submit("maya", person=name)
    assert "has been told" in await driver.alone("maya")


@pytest.mark.rows(42)
async def test_three_of_us_asked_it_and_it_was_asked_once(driver: Driver) -> None:
    """Alike questions are one with all askers named; the guest prepares; the answer stands under it in time."""
    await invited(driver, "emma", "Emma Lindqvist")
    await driver.say("priya", "/pln chat ask How did you begin with feedback?")
    await driver.say("luis", "/pln chat ask How did you begin with your feedback?")
    await driver.press("luis", "I ask the same")
    assert "It is asked once" in await driver.alone("luis")
    await driver.say("sam", "/pln chat ask How did you begin with feedback?")
    assert "with both your names" in await driver.alone("sam")
    await driver.say("dwayne", "/pln chat ask Who is your favourite pupil?")
    desk = await driver.page("maya", "guest_desk/1")
    assert "How did you begin with feedback?" in desk
    assert "Priya" in desk
    assert "Luis" in desk
    assert "How did you begin" not in await driver.see("emma")
    await driver.press_on_page("maya", "guest_desk/1", "Put it to the guest")
    await driver.press_on_page("maya", "guest_desk/1", "Not this one")
    assert "Not put to the guest" in await driver.page("maya", "guest_desk/1")
    await driver.pass_time(timedelta(hours=4))  # not in class
    got = await driver.messages("emma")
    assert "A question for you" in got
    assert "3 asked it" in got
    assert "favourite pupil" not in got
    await driver.press("emma", "Prepare my answer")
    await driver.submit("emma", words="With one comment, and time to act on it.")
    assert "An answer is prepared" in await driver.page("maya", "guest_desk/1")
    await driver.pass_time(EIGHT + timedelta(minutes=9))
    assert "one comment, and time" not in await driver.see("priya")
    await driver.pass_time(EIGHT + timedelta(minutes=59))
    seen = await driver.see("priya")
    assert "one comment, and time" in await driver.page("priya", "chat/1")
    assert seen.count("How did you begin with feedback?") >= 1
    assert "asked by" in seen
    told = json.loads(await driver.file("priya", "chat.json/1"))["questions"]
    assert [each["text"] for each in told] == [
        "What worked?",
        "What will you try?",
        "How did you begin with feedback?",
    ]
    assert [each["author"].split()[0] for each in told[2]["answers"]] == ["Emma"]


@pytest.mark.rows(42)
async def test_a_guest_who_never_answers_and_a_question_withdrawn(driver: Driver) -> None:
    """Who withdraws reads that the others still ask; the page and the guest read what was never answered."""
    await invited(driver, "emma", "Emma Lindqvist")
    await driver.say("priya", "/pln chat ask How did you begin with feedback?")
    await driver.say("luis", "/pln chat ask How did you begin with feedback?")
    await driver.press("luis", "Take it back")
    assert "It stays, for 1 other asks it too" in await driver.alone("luis")
    await driver.press_on_page("maya", "guest_desk/1", "Put it to the guest")
    await driver.pass_time(EIGHT + timedelta(minutes=30))
    await driver.press_on_page("priya", "chat/1", "Take it back")
    assert "stays, without your name" in await driver.alone("priya")
    await driver.say("sam", "/pln chat ask What would you never do again?")
    await driver.press_on_page("maya", "guest_desk/1", "Put it to the guest")
    await driver.pass_time(EIGHT + timedelta(hours=14))
    assert "has not answered this yet" in await driver.page("sam", "chat/1")
    assert "still wait for your answer" in await driver.messages("emma")
    await driver.say("sam", "/pln chat ask One more?")
    assert "over" in await driver.alone("sam")
