"""Licences: what rules ask about who holds them, by time, on every platform."""

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_credit import logs, school
from tests.scenarios.test_roles import in_days


@pytest.mark.rows(113)
async def test_a_time_without_work(driver: Driver) -> None:
    """From … to …, not employed: South Carolina takes self-study of the employed alone; taken back, it counts again."""
    await school(driver)
    await driver.say("sam", "/pln credit licences")
    await driver.press("sam", "Add a licence")
    issued = {"issued": "2024-07-01", "expires": "", "number": "", "classes": ""}
    await driver.submit("sam", policy="South Carolina", **issued)
    await logs(driver, what_kind="self_study", provider="self", minutes="120")
    await driver.say("sam", "/pln credit licences")
    await driver.press("sam", "Employed otherwise for a time")
    away = {"since": in_days(driver, -9), "until": in_days(driver, -1)}
    await driver.submit("sam", employment="not_employed", **away)
    said = await driver.alone("sam")
    assert f"From {away['since']} to {away['until']}: not employed" in said
    page = await driver.page("sam", "credit.licence/1")
    assert "How you were employed" in page
    assert "rule only-for-the-employed" in page
    await driver.press_on_page("sam", "credit.licence/1", "Employed otherwise for a time")
    await driver.submit("sam", employment="usual", **away)
    assert "rule only-for-the-employed" not in await driver.page("sam", "credit.licence/1")
