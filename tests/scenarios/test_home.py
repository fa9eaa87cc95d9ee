"""Home and help: what is next, what waits, what one did, and everything one can do in two taps."""

from datetime import datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import eight

__all__ = ["eight"]

QUESTIONS = "Q1: Why?\nQ2: How?"


async def planned(driver: Driver, *, published: bool = True) -> None:
    """Let Maya plan a chat, and publish it."""
    await driver.say("maya", "/pln chat new")
    title = "Lab talk" if published else "A draft of hers"
    await driver.submit(
        "maya", title=title, questions=QUESTIONS, starts="today 8 pm", plan="classic60"
    )
    if published:
        await driver.press("maya", "Publish")
    await driver.pass_time(timedelta())


@pytest.mark.rows(3)
async def test_home_says_what_is_next(driver: Driver) -> None:
    """The next chat stands there with when, where and what to do; short and whole alike."""
    await planned(driver)
    home = await driver.page("priya", "home")
    for words in ("Next chat", "Lab talk", "When", "8:00", "Where", "How long", "60 minutes"):
        assert words in home, words
    await driver.say("priya", "/pln home")
    short = await driver.alone("priya")
    for words in ("Hello, Priya Nair", "Next chat", "Lab talk", "60 minutes", "Open my home"):
        assert words in short, words
    await driver.press_on_page("priya", "home", "Remind me")
    assert "I will write to you" in await driver.alone("priya")


@pytest.mark.rows(3)
async def test_home_says_what_waits_for_whom(driver: Driver) -> None:
    """Drafts wait for who moderates them, names to be settled for administrators; not for others."""
    await planned(driver, published=False)
    await driver.say("priya", "/pln start")
    await driver.submit(
        "priya", subjects=["science"], district="Columbus City", goals="Better lab talk"
    )
    waits = await driver.page("maya", "home")
    assert "Waits for you" in waits
    assert "1 draft to publish" in waits
    assert "A draft of hers" in waits
    assert "1 name to settle" in waits
    assert "Columbus City" in waits
    await driver.say("maya", "/pln home")
    assert "1 draft to publish, 1 name to settle" in await driver.alone("maya")
    hers = await driver.page("priya", "home")
    assert "Waits for you" not in hers
    assert "Better lab talk" in hers


@pytest.mark.rows(3)
async def test_home_counts_this_month(driver: Driver, eight: datetime) -> None:
    """What one took part in this month is counted, with its minutes, once there is something."""
    await planned(driver)
    assert "This month" not in await driver.page("priya", "home")
    await driver.pass_time(eight + timedelta(minutes=2))
    await driver.press("priya", "I am here")
    await driver.pass_time(eight + timedelta(minutes=30))
    await driver.say("priya", "A1 Because we ask")
    await driver.pass_time(eight + timedelta(minutes=61))
    home = await driver.page("priya", "home")
    assert "This month" in home
    assert "1 activity" in home
    await driver.say("priya", "/pln home")
    assert "This month" in await driver.alone("priya")


@pytest.mark.rows(3, 4)
async def test_everything_is_two_taps_away(driver: Driver) -> None:
    """A part of the help is opened and what stands in it is done; only what is one's own is there."""
    await driver.say("priya", "/pln help")
    await driver.press("priya", "Your home and profile", choose="me zone")
    await driver.submit("priya", zone="Asia/Tokyo")
    assert "you read times in Tokyo" in await driver.alone("priya")
    await driver.say("priya", "/pln help")
    await driver.press("priya", "Meet other teachers", choose="who")
    await driver.submit("priya", person="Luis Herrera")
    assert "Luis Herrera" in await driver.alone("priya")
    assert "Look after the network" not in await driver.page("priya", "home")
    assert "Look after the network" in await driver.page("maya", "home")


@pytest.mark.rows(4)
async def test_help_on_a_word_leads_to_doing_it(driver: Driver) -> None:
    """The one command that a word leads to is done by its button."""
    await driver.say("priya", "/pln help profile")
    await driver.press("priya", "Do it")
    assert "Your profile" in await driver.alone("priya")


@pytest.mark.rows(4)
async def test_help_names_who_administers(driver: Driver) -> None:
    """Whoever may not do something reads whom to ask."""
    await driver.say("priya", "/pln help")
    assert "Ask Maya Torres, who administers this network" in await driver.see("priya")
    assert "Ask Maya Torres" in await driver.page("priya", "help")
