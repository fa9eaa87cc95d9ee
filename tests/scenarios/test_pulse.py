"""What a member needs next on every platform: three options with why, a no that is taken, and everybody asked."""

from datetime import datetime, timedelta

import pytest

from tests.scenarios.driver import Driver, Given
from tests.scenarios.test_library import listed
from tests.scenarios.test_peers import opened
from tests.scenarios.test_whole_chat import eight, planned

__all__ = ["eight"]
# What a database has to do with it is shown in tests/pulse, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ROOKIE: dict[str, Given] = {
    "need": ["feedback"],
    "time": "short",
    "experience": "rookie",
    "way": ["one_to_one"],
}
VETERAN: dict[str, Given] = {
    "need": ["feedback"],
    "time": "evening",
    "experience": "veteran",
    "way": ["talk"],
}


async def answers(driver: Driver, who: str, given: dict[str, Given]) -> str:
    """Let somebody answer, and return what they are offered."""
    await driver.say(who, "/pln pulse")
    await driver.press(who, "Answer now")
    await driver.submit(who, **given)
    return await driver.alone(who)


@pytest.mark.rows(7)
async def test_it_offered_three_said_why_and_took_no_for_an_answer(
    driver: Driver, eight: datetime
) -> None:
    """Others for a rookie than for a veteran, each by rules that are named; a no is learned from and undone."""
    await planned(driver)
    await opened(driver)
    for title, minutes in (("Rubrics that help", "12"), ("Calm starts", "90"), ("Maps", "5")):
        await listed(driver, title, minutes=minutes)
    rookie = await answers(driver, "priya", ROOKIE)
    assert "3 things for you" in rookie
    assert "Two counties" in rookie
    assert "in the first years somebody, or a way, at one’s side helps most (25)" in rookie
    assert "it is about what you need next (50)" in rookie
    assert "Calm starts" not in rookie
    veteran = await answers(driver, "sam", VETERAN)
    assert "3 things for you" in veteran
    assert "others would hear what you have found out in ten years (25)" in veteran
    assert veteran.index("Feedback that pupils use") < veteran.index("Rubrics that help")
    assert "Two counties" not in veteran
    await driver.press_on_page("sam", "pulse", "Not this kind")
    page = await driver.page("sam", "pulse")
    assert "is not your kind: I offer nothing of its kind" in page
    assert "Feedback that pupils use" not in page.split("What I learned")[0]
    assert "Rubrics that help" in page.split("What I learned")[0]
    await driver.press_on_page("sam", "pulse", "Take it back")
    page = await driver.page("sam", "pulse")
    assert "Feedback that pupils use" in page
    assert "What I learned" not in page
    await driver.press("sam", "Not now")
    assert "I leave it out for four weeks" in await driver.page("sam", "pulse")
    rules = await driver.page("sam", "pulse.rules")
    assert "There is no other score" in rules
    assert "it is about a goal of yours" in rules
    for private in ("Feedback and assessment", "What I learned"):
        assert private not in await driver.page("luis", "pulse")


@pytest.mark.rows(7)
async def test_asked_twice_a_term_and_answered_twice(driver: Driver, eight: datetime) -> None:
    """On a rhythm that an organiser sets; the later answers count, the earlier stay; nothing to offer is said."""
    await driver.lets_write("priya")
    await driver.say("priya", "/pln home")
    await driver.say("maya", "/pln pulse ask")
    await driver.submit("maya", weeks="6")
    assert "every 6 weeks" in await driver.alone("maya")
    await driver.pass_time(timedelta(days=2))
    assert (await driver.messages("priya")).count("Two minutes:") == 1
    assert "What do you need next?" in await driver.page("priya", "home")
    await driver.press("priya", "Answer now")
    await driver.submit("priya")
    assert "Answer one of the questions at least" in await driver.alone("priya")
    await driver.press("priya", "Answer now")
    await driver.submit("priya", need=["families"])
    assert "Nothing for you just now" in await driver.alone("priya")
    await planned(driver, starts="tomorrow 8 pm Eastern")
    await driver.say("priya", "/pln pulse")
    await driver.press("priya", "Answer again")
    await driver.submit("priya", need=["feedback"], time="evening")
    assert "You answered on" in await driver.see("priya")
    page = await driver.page("priya", "pulse")
    assert "Feedback that pupils use" in page
    now, before = page.split("What you said before")
    assert "Feedback and assessment" in now
    assert "Working with families" in before
    await driver.pass_time(timedelta(days=60))
    assert (await driver.messages("priya")).count("Two minutes:") == 2
    await driver.say("maya", "/pln pulse ask")
    await driver.submit("maya", weeks="0")
    await driver.pass_time(timedelta(days=100))
    assert (await driver.messages("priya")).count("Two minutes:") == 2
