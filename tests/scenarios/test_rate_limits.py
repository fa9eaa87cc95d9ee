"""A flood in a live chat, on every platform: held in words, and what was typed is kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine.rate_limits import MOST_A_MINUTE
from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import planned

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Q1_IS_ASKED = datetime(2026, 11, 24, 1, 11, tzinfo=UTC)


async def test_a_flood_is_held_and_the_form_kept(driver: Driver) -> None:
    """Whoever floods a chat is asked to wait; their form stays, and counts when they have waited."""
    await planned(driver)
    await driver.pass_time(Q1_IS_ASKED)
    for number in range(MOST_A_MINUTE):
        await driver.say("priya", f"A1 thought {number}")
    assert "That was quick" not in await driver.see("priya")
    await driver.say("priya", "A1 one too many")
    assert "That was quick: wait 60 seconds, then send it again." in await driver.see("priya")
    await driver.press("priya", "Answer")
    await driver.submit("priya", words="From the form")
    assert "That was quick" in await driver.alone("priya")
    await driver.pass_time(timedelta(seconds=60))
    await driver.submit("priya", words="From the form")
    told = json.loads(await driver.file("priya", "chat.json/1"))
    said = [each["text"] for each in told["questions"][0]["answers"]]
    assert len(said) == MOST_A_MINUTE + 1
    assert said[-1] == "From the form"
