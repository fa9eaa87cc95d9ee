"""Goals on every platform: set, fed by what one did, looked back on, revised; one's own alone."""

from datetime import datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import eight, planned

__all__ = ["eight"]
# What a database has to do with it is shown in tests/goals and tests/growth, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTES = timedelta(minutes=1)
GOAL, OTHER = "Give feedback that is used", "Calm starts"


async def set_goals(driver: Driver) -> None:
    """Let Priya set two goals in her own words, and one from the pack."""
    await driver.say("priya", "/pln goals")
    assert "Only you see them" in await driver.alone("priya")
    for given in (
        {"words": GOAL, "indicators": ["student_work"], "own": "Redone essays", "weeks": "4"},
        {"words": OTHER, "weeks": "0"},
        {"ready": "families", "weeks": "0"},
    ):
        await driver.press("priya", "Set a goal")
        await driver.submit("priya", **given)
        assert "is set" in await driver.alone("priya")
        await driver.say("priya", "/pln goals")
    assert "Set a goal" not in await driver.alone("priya")


async def chatted(driver: Driver, eight: datetime) -> None:
    """Let Priya take part in a chat about feedback, for 49 minutes."""
    await planned(driver)
    await driver.pass_time(eight + 2 * MINUTES)
    await driver.press("priya", "I am here")
    await driver.pass_time(eight + 51 * MINUTES)
    await driver.say("priya", "A2 exit tickets")
    await driver.pass_time(eight + 61 * MINUTES)


@pytest.mark.rows(6)
async def test_i_set_three_goals_and_see_which_activities_fed_each(
    driver: Driver, eight: datetime
) -> None:
    """Suggested by its words, tied by a tap and never by itself; looked back on in one's rhythm."""
    await driver.lets_write("priya")
    await set_goals(driver)
    await chatted(driver, eight)
    await driver.say("priya", "/pln goals")
    seen = await driver.alone("priya")
    assert f"Did “Feedback that pupils use” feed your goal “{GOAL}”?" in seen
    assert "49 minutes" not in seen
    await driver.press("priya", "Yes, it did")
    assert f"“Feedback that pupils use” fed “{GOAL}”" in await driver.alone("priya")
    home = await driver.page("priya", "home")
    assert f"{GOAL}: 1 activity · 49 minutes" in home
    assert f"{OTHER}: nothing fed it yet" in home
    assert "Did “" not in await driver.page("priya", "goals")
    await driver.pass_time(timedelta(days=27, hours=20))
    assert "Look back on a goal" in await driver.page("priya", "home")
    assert "Time to look back" in await driver.messages("priya")
    await driver.press("priya", "Look back")
    await driver.submit("priya", words="They redo it now", student_work="clearly", own="little")
    assert "Only you see it" in await driver.alone("priya")
    one = await driver.page("priya", "goal/1")
    for said in (
        "Feedback that pupils use",
        "They redo it now",
        "What students hand in: clearly changed · Redone essays: changed a little",
    ):
        assert said in one
    await driver.say("priya", "/pln goals")
    assert "nothing new" in await driver.alone("priya")
    assert GOAL not in await driver.page("luis", "goals")


@pytest.mark.rows(6)
async def test_goals_are_revised_declined_and_ended(driver: Driver, eight: datetime) -> None:
    """Other words keep the history, here and in the profile; a no is not asked again; an end is kept."""
    await driver.say("priya", "/pln goals")
    await driver.press("priya", "Set a goal")
    await driver.submit("priya", words="x" * 10_000, weeks="0")
    assert "This is 10000 characters long; 600 fit here." in await driver.alone("priya")
    await set_goals(driver)
    await chatted(driver, eight)
    await driver.say("priya", "/pln goals")
    await driver.press("priya", "No")
    assert "I do not ask again" in await driver.alone("priya")
    assert "Did “" not in await driver.page("priya", "goals")
    await driver.say("priya", "/pln me start")
    await driver.submit("priya", subjects=["math"], years="", goals=f"Calmer starts\n{GOAL}")
    await driver.press_on_page("priya", "goal/2", "It fed this goal")
    assert "1 activity · 49 minutes" in await driver.page("priya", "goal/2")
    await driver.press_on_page("priya", "goal/2", "Change")
    await driver.submit("priya", words="Calmest starts", weeks="0")
    page = await driver.page("priya", "goal/2")
    assert "1 activity · 49 minutes" in page
    before = page.split("How it was worded before")[1]
    assert before.index("Calmer starts") < before.index(OTHER)
    ended = (await driver.page("priya", "goals")).split("Goals that have ended")[1]
    assert "Write to families" in ended
    await driver.press_on_page("priya", "goal/1", "End it")
    assert GOAL in (await driver.page("priya", "goals")).split("Goals that have ended")[1]


@pytest.mark.rows(130)
async def test_i_see_which_skills_my_year_touched(driver: Driver, eight: datetime) -> None:
    """Tagged with a tap and a choice; counted with its minutes, on a page of one's own."""
    await chatted(driver, eight)
    await driver.say("priya", "/pln goals skills")
    assert "No skill yet" in await driver.alone("priya")
    await driver.press_on_page("priya", "skills", "Tag it")
    await driver.submit("priya", skills=["collaboration", "communication"])
    page = await driver.page("priya", "skills")
    assert "How often each skill was touched" in page
    assert "Collaboration 1 49" in " ".join(page.replace("|", " ").split())
    assert "Feedback that pupils use" not in await driver.page("luis", "skills")
