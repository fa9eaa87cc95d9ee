"""What a district learns on every platform: needs, not names."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from tests.scenarios.driver import Driver, InTime
from tests.scenarios.test_whole_chat import SIX, eight, planned

__all__ = ["eight"]
# What a database has to do with it is shown in tests/growth, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIVE = ("priya", "luis", "emma", "sam", "dwayne")
RESTS = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)


async def told(driver: Driver, who: str) -> None:
    """Let a teacher say where they teach."""
    await driver.say(who, "/pln start")
    given = {
        "subjects": ["science"],
        "years": "7",
        "zone": "Pacific (Los Angeles)",
        "quiet": "none",
    }
    await driver.submit(who, district="Lincoln Unified", state="Ohio", goals="", **given)


@pytest.mark.rows(133)
async def test_i_see_needs_not_names(driver: Driver, eight: datetime) -> None:
    """Five ask for co-teaching and one for families: the district reads of the five, and of nobody."""
    for who in FIVE:
        await told(driver, who)
        await driver.say(who, "/pln insight need Who knows about co-teaching?")
        assert "Nobody sees that it was you" in await driver.alone(who)
    await driver.say("priya", "/pln insight need families")
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=2))
    for who in FIVE:
        await driver.press(who, "I am here")
    await driver.pass_time(RESTS)
    await cast("InTime", driver).parts.runner.tidy()
    await driver.pass_time(timedelta(minutes=1))
    await driver.say("maya", "/pln insight")
    short = await driver.alone("maya")
    assert "Lincoln Unified" in short
    assert "5–9 of 5–9 people took part" in short
    assert "Co-teaching: 5–9 people" in short
    page = await driver.page("maya", "insight")
    assert "5–9 people ask for “Co-teaching”; there is nothing." in page
    assert "Formal: planned, led" in page
    report = await driver.file("maya", "insight.csv/1")
    assert "Chats" in report
    for said in (short, page, report):
        assert "families" not in said.lower()
        for who in ("Priya", "Luis", "Emma", "Sam", "Dwayne"):
            assert who not in said.replace("Sam Okafor", "")
    await driver.say("priya", "/pln insight")
    assert "another role" in await driver.alone("priya")


@pytest.mark.rows(133, 130, 7)
async def test_what_was_tagged_and_answered_in_the_pulse_is_counted(
    driver: Driver, eight: datetime
) -> None:
    """Five tagged by hand what the chat did not carry, four something else; five answered in the pulse."""
    for who in FIVE:
        await told(driver, who)
        await driver.say(who, "/pln pulse")
        await driver.press(who, "Answer now")
        await driver.submit(who, need=["wellbeing"] if who != "sam" else ["wellbeing", "families"])
    await planned(driver, f"{SIX}\nSkills: communication\n")
    await driver.pass_time(eight + timedelta(minutes=2))
    for who in FIVE:
        await driver.press(who, "I am here")
    await driver.pass_time(eight + timedelta(hours=2))
    for who in FIVE:
        await driver.press_on_page(who, "skills", "Change")
        also = ["creativity"] if who != "sam" else []
        await driver.submit(who, skills=["communication", "collaboration", *also])
    await driver.pass_time(RESTS)
    await cast("InTime", driver).parts.runner.tidy()
    await driver.pass_time(timedelta(minutes=1))
    page = await driver.page("maya", "insight")
    for said in ("Well-being", "Communication", "Collaboration"):
        assert said in page
    for said in ("Creativity", "families", "Families"):
        assert said not in page
    await driver.say("maya", "/pln insight me")
    assert "answer in the pulse that you need" in await driver.alone("maya")


READY = {"ownership": "4", "pathways": "5", "skills": "2", "opportunities": "4", "reflection": "3"}
LATER = {**READY, "ownership": "7"}


async def agreed(driver: Driver, number: int, figures: Mapping[str, str]) -> None:
    """Let Maya and Priya rate alone, and Maya write down what they agreed on."""
    for who in ("priya", "maya"):
        await driver.say(who, "/pln insight assess")
        await driver.press(who, "Rate")
        await driver.submit(who, **figures)
    for figure in figures.values():
        await driver.press_on_page("maya", f"assessment/{number}", "Agree on a figure")
        await driver.submit("maya", figure=figure, words="Twenty took part, and lead.")
    await driver.press_on_page("maya", f"assessment/{number}", "That is what we agreed on")


@pytest.mark.rows(134)
async def test_we_moved_from_envisioning_to_planning(driver: Driver) -> None:
    """Alone first, then agreed with words; the next time the page says what moved."""
    await driver.say("priya", "/pln insight assess")
    assert "You are in no team" in await driver.alone("priya")
    await driver.say("maya", "/pln insight assess")
    await driver.press("maya", "Begin one")
    await driver.submit("maya", title="Lincoln, autumn")
    await driver.press("maya", "Invite somebody")
    await driver.submit("maya", member="Priya Nair")
    assert "Rate with your team" in await driver.page("priya", "home")
    await agreed(driver, 1, READY)
    assert "envisioning" in await driver.page("priya", "assessment/1")
    await driver.pass_time(timedelta(days=5))
    await driver.press_on_page("maya", "assessment/1", "Do it again")
    await agreed(driver, 2, LATER)
    page = await driver.page("priya", "assessment/2")
    assert "Shared ownership: you moved from envisioning to planning (4 to 7)." in page
    assert "Twenty took part, and lead." in page
    assert "planning" in await driver.file("priya", "assessment.csv/2")
