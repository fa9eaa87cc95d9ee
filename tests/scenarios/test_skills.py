"""Skills that chats, prompts and feeds carry, on every platform: said once, and with what one did there."""

from datetime import datetime, timedelta

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.feeds import FEED, Post, Web
from tests.scenarios.test_feeds import add, web
from tests.scenarios.test_prompt_answers import MORNING, asked
from tests.scenarios.test_whole_chat import SIX, eight

__all__ = ["eight", "web"]
# What a database has to do with it is shown in tests/growth, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTES = timedelta(minutes=1)


async def year_of(driver: Driver, who: str) -> str:
    """Return the page of somebody's skills, without what draws its table."""
    page = await driver.page(who, "skills")
    return " ".join(page.replace("|", " ").split())


async def taken_part(driver: Driver, eight: datetime, *people: str) -> None:
    """Let these be in the chat from two minutes past eight to its end."""
    await driver.pass_time(eight + 2 * MINUTES)
    for who in people:
        await driver.press(who, "I am here")
    await driver.pass_time(eight + 61 * MINUTES)


@pytest.mark.rows(130)
async def test_what_i_did_in_a_chat_has_its_skills_by_itself(
    driver: Driver, eight: datetime
) -> None:
    """A line of the document names them, a button changes them; each may say otherwise of their own."""
    document = f"{SIX}\nSkills: critical thinking, Colaboración, teamwork\n"
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=document, starts="today 8 pm Eastern", plan="classic60")
    preview = await driver.alone("maya")
    assert "Critical thinking · Collaboration" in preview
    assert "left them out: teamwork" in preview
    assert "critical thinking, Col" not in preview
    await driver.press("maya", "Skills")
    await driver.submit("maya", skills=["collaboration", "communication"])
    assert "It carries: Collaboration · Communication." in await driver.alone("maya")
    await driver.press_on_page("maya", "chat/1", "Publish")
    assert "Collaboration · Communication" in await driver.page("priya", "chat/1")
    await taken_part(driver, eight, "priya", "luis")
    page = await year_of(driver, "priya")
    assert "Collaboration 1" in page
    assert "From chats: Collaboration 1, Communication 1" in page
    assert "Collaboration · Communication (from chats)" in page
    await driver.press_on_page("priya", "skills", "Change")
    await driver.submit("priya", skills=["communication", "creativity"])
    page = await year_of(driver, "priya")
    assert "Communication · Creativity (from your own word)" in page
    assert "Collaboration 1" not in page
    assert "Collaboration 1" in await year_of(driver, "luis")


@pytest.mark.rows(130)
async def test_a_chat_planned_again_has_the_skills_it_had(driver: Driver, eight: datetime) -> None:
    """Nobody has to say it again; a teacher finds no button, and a chat without skills says nothing."""
    await driver.say("maya", "/pln chat new")
    await driver.submit(
        "maya",
        questions=f"Skills: creativity\n{SIX}",
        starts="today 8 pm Eastern",
        plan="classic60",
    )
    await driver.press("maya", "Publish")
    assert "Creativity" in await driver.page("maya", "chat/1")
    await taken_part(driver, eight, "priya")
    await driver.press_on_page("maya", "chat/1", "Plan this one again")
    assert "Creativity" in await driver.alone("maya")
    await driver.press_on_page("maya", "chat/2", "Skills")
    await driver.submit("maya", skills=[])
    assert "It carries no skills now." in await driver.alone("maya")
    await driver.press_on_page("maya", "chat/2", "Publish")
    assert "Skills" not in await driver.page("priya", "chat/2")
    assert "Creativity" in await driver.page("priya", "chat/1")


@pytest.mark.rows(130)
async def test_what_i_answered_to_a_prompt_has_its_skills(driver: Driver) -> None:
    """Those of the prompt in the bank, and those of all that its schedule asks."""
    await asked(driver)
    await driver.say("maya", "/pln prompt here")
    await driver.press("maya", "Skills")
    await driver.submit("maya", skills=["self_direction"])
    assert "It carries: Self-direction." in await driver.alone("maya")
    await driver.say("maya", "/pln prompt here")
    assert "Self-direction" in await driver.alone("maya")
    await driver.press_on_page("maya", "prompts.bank/used", "Skills")
    await driver.submit("maya", skills=["communication"])
    assert "Skills: Communication" in await driver.page("maya", "prompts.bank/used")
    await driver.say(
        "priya", "That a quiet pupil reads faster than I talk.", under="What did a pupil"
    )
    await driver.pass_time(MORNING)
    assert "Communication · Self-direction" in await driver.page("priya", "prompt/1")
    page = await year_of(driver, "priya")
    assert "Communication · Self-direction (from prompts)" in page
    assert "From prompts: Communication 1, Self-direction 1" in page


@pytest.mark.rows(130)
async def test_what_i_read_has_the_skills_of_its_feed(driver: Driver, web: Web) -> None:
    """A curator says it once of the feed; what is read from it brings them along."""
    await add(driver)
    await driver.press("maya", "See the feed")
    await driver.press("maya", "Skills")
    await driver.submit("maya", skills=["information_media_literacy"])
    await driver.say("maya", "/pln feed list")
    assert "Skills: Information and media literacy" in await driver.page("maya", "reading.feeds")
    web.feed(
        FEED, "Number lines", Post("Zero is a number", "https://blog.example/zero", driver.now())
    )
    await driver.pass_time(timedelta(days=1))
    await driver.say("sam", "/pln find zero number")
    assert "Information and media literacy" in await driver.alone("sam")
    await driver.press("sam", "Save")
    await driver.say("sam", "/pln feed saved")
    await driver.press("sam", "Done")
    await driver.submit("sam", sentence="Zero is a place too.", minutes="12")
    page = await year_of(driver, "sam")
    assert "Information and media literacy 1 12" in page
    assert "From reading: Information and media literacy 1" in page
