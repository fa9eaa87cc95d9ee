"""School calendars on every platform: one district is on break, and next door there is school."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_districts import TOLD

OWN = "\n".join(f"What worked in lesson {n}, and how do you know?" for n in range(1, 31))
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


async def two_districts(driver: Driver) -> None:
    """Let Priya teach in Lincoln and Luis next door."""
    for who, name in (("priya", "Lincoln USD"), ("luis", "Next Door Schools")):
        await driver.say("maya", "/pln network districts")
        await driver.press_on_page("maya", "districts", "Add a district")
        await driver.submit("maya", name=name, state="Ohio")
        await driver.say(who, "/pln me start")
        await driver.submit(who, district=name, state="Ohio", **TOLD)
        assert "Welcome" in await driver.alone(who)


async def asked(driver: Driver) -> int:
    """Return how often the room was asked."""
    return (await driver.see("sam")).count("and how do you know?")


@pytest.mark.rows(13)
async def test_silent_in_our_spring_break_live_next_door(driver: Driver) -> None:
    """A district's break is its own; the room is silent only once all of its districts are out."""
    await driver.say("maya", "/pln prompt new")
    await driver.submit(
        "maya", when="every weekday 8 am", pack="own", own=OWN, days="quiet", title="Daily"
    )
    await two_districts(driver)
    await driver.press_on_page("maya", "school-calendars", "Lincoln USD (Ohio)")
    await driver.submit("maya", days="fall break 30 November – 11 December\nwhenever", address="")
    said = await driver.alone("maya")
    assert "Mon, Nov 30 – Fri, Dec 11, 2026" in said
    assert "“whenever”: I find no day in it" in said
    assert "fall break" in await driver.page("priya", "school-year")
    assert "fall break" not in await driver.page("luis", "school-year")
    await driver.say("priya", "/pln calendar school")
    assert "fall break" in await driver.alone("priya")
    await driver.pass_time(FRIDAY)
    before = await asked(driver)
    await driver.pass_time(WEEK)
    assert await asked(driver) == before + 5, "next door there is school"
    await driver.press_on_page("maya", "school-calendars", "Next Door Schools (Ohio)")
    await driver.submit("maya", days="closed 7–11 December", address="")
    await driver.pass_time(WEEK)
    assert await asked(driver) == before + 5, "all are out"
    await driver.pass_time(WEEK)
    assert await asked(driver) == before + 10


@pytest.mark.rows(13)
async def test_a_calendar_is_removed_and_brought_back(driver: Driver) -> None:
    """By who keeps it, from its page; everybody else may look."""
    await driver.say("maya", "/pln calendar add")
    await driver.submit("maya", days="spring break 15–19 March", address="")
    await driver.press_on_page("maya", "school-calendar/1", "Remove")
    assert "30 days" in await driver.alone("maya")
    assert "spring break" not in await driver.page("sam", "school-year")
    await driver.submit("maya")  # the button below: bring it back
    assert "counts again" in await driver.alone("maya")
    assert "spring break" in await driver.page("sam", "school-year")
    await driver.say("sam", "/pln calendar add")
    assert "another role" in await driver.alone("sam")
