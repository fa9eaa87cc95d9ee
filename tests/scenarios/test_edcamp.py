"""An EdCamp on every platform: a blank board, requests first, cards made one, votes in secret."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver

# What a database has to do with it is shown in tests/edcamps, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTE = timedelta(minutes=1)
BOARD = {
    "title": "Spring EdCamp",
    "day": "Dec 5",
    "slots": "9:00–9:45\n10:00–10:45",
    "rooms": "Library, 30 seats, projector, no steps\nGym",
    "phases": "Cards: Dec 1 8 am\nVotes: Dec 3 8 am\nGrid: Dec 4 8 pm",
}
CARDS = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
VOTES = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
GRID = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)
CARD = {"invites": "learn", "leads": "ask"}


async def laid(driver: Driver, **otherwise: str) -> None:
    """Have Maya lay a board."""
    await driver.say("maya", "/pln edcamp new")
    await driver.submit("maya", **{**BOARD, **otherwise})
    assert "is laid" in await driver.alone("maya")


async def posted(driver: Driver, who: str, words: str, **otherwise: str) -> str:
    """Have somebody put a card on the board; return what they are told."""
    await driver.say(who, f"/pln edcamp card {words}")
    await driver.submit(who, words=words, **{**CARD, **otherwise})
    return await driver.alone(who)


@pytest.mark.rows(50, 51, 52)
async def test_requests_come_first_and_somebody_else_leads(driver: Driver) -> None:
    """One card each while requests come first; what one asked for another leads, and both know."""
    await driver.lets_write("priya")
    await laid(driver)
    assert "What would you like to learn?" in await driver.see("sam")
    assert "on the board" in await posted(driver, "priya", "Feedback without grades")
    await driver.say("sam", "/pln edcamp card Robots in maths")
    assert "Requests come first: until" in await driver.alone("sam")
    assert "Everybody has one card until" in await posted(driver, "priya", "Calm starts")
    await driver.pass_time(CARDS + MINUTE)
    assert "What shall we talk about?" in await driver.see("sam")
    told = await posted(driver, "sam", "Robots in maths", invites="share", leads="lead")
    assert "Can share · Robots in maths · led by Sam" in told
    assert "nobody leads it yet" in await driver.page("sam", "edcamp/1")
    await driver.press_on_page("dwayne", "edcamp/1", "I lead it")
    await driver.pass_time(timedelta(hours=10))  # not in class
    assert "leads what you asked for: “Feedback without grades”" in await driver.messages("priya")
    assert "led by Dwayne" in await driver.page("priya", "edcamp/1")
    assert "30 seats · projector · no steps" in await driver.page("priya", "edcamp/1")


@pytest.mark.rows(53)
async def test_votes_are_secret_and_what_is_alike_is_made_one(driver: Driver) -> None:
    """Four cards become three with all their people; only how many voted is told until the vote ends."""
    await laid(driver)
    await posted(driver, "priya", "Feedback without grades")
    told = await posted(driver, "luis", "Feedback without any grades")
    assert "Alike: Want to learn · Feedback without grades" in told
    await driver.press("luis", "It is the same as this one")
    assert "They are one card now" in await driver.alone("luis")
    await driver.press("luis", "Take them apart again")
    assert "It stands by itself again" in await driver.alone("luis")
    assert "Make them one" in await driver.page("maya", "edcamp.alike/1")
    await driver.press_on_page("maya", "edcamp.alike/1", "Make them one")
    assert "Luis" in await driver.page("maya", "edcamp/1")
    await posted(driver, "sam", "Calm starts")
    await driver.say("emma", "/pln edcamp vote")
    assert "Voting begins" in await driver.alone("emma")
    await driver.pass_time(VOTES + MINUTE)
    assert "Where would you go?" in await driver.see("priya")
    await driver.say("emma", "/pln edcamp vote")
    assert "2 cards left" in await driver.alone("emma")
    await driver.press("emma", "Interested")
    assert "1 card left" in await driver.alone("emma")
    await driver.press("emma", "Interested")
    assert "You have voted on every card" in await driver.alone("emma")
    await driver.press_on_page("priya", "edcamp/1", "Maybe")
    assert "2 have voted so far" in await driver.see("maya")
    hidden = await driver.see("maya") + await driver.page("maya", "edcamp/1")
    assert "interested" not in hidden.replace("Interested", "")
    await driver.pass_time(GRID + MINUTE)
    assert "1 is interested" in await driver.page("priya", "edcamp/1")
    await driver.say("sam", "/pln edcamp vote")
    assert "Voting ended" in await driver.alone("sam")


@pytest.mark.rows(65)
async def test_two_organisers_change_one_board(driver: Driver) -> None:
    """Both had the form open; different fields both stand, and of the same one the second saw her name."""
    await laid(driver)
    await driver.press_on_page("maya", "edcamp/1", "Organise it together")
    await driver.submit("maya", person="Sam")
    assert "looks after “Spring EdCamp” with you" in await driver.alone("maya")
    await driver.press_on_page("maya", "edcamp/1", "Change the board")
    await driver.press_on_page("sam", "edcamp/1", "Change the board")
    await driver.submit("maya", title="Winter EdCamp", rooms="Library\nGym\nCafé")
    assert "Changed" in await driver.alone("maya")
    await driver.submit("sam", about="Bring a mug", rooms="Library\nGym\nHall, 200")
    told = await driver.alone("sam")
    assert "You both changed this" in told
    assert "Maya" in told
    assert "wrote “Library · Gym · Café” meanwhile" in told
    page = await driver.page("priya", "edcamp/1")
    assert "Winter EdCamp" in page
    assert "Bring a mug" in page
    assert "Café" in page
    assert "Take mine: Rooms" in told
    assert "changed the board last" in await driver.page("maya", "edcamp/1")


async def test_next_year_is_a_copy_without_people(driver: Driver) -> None:
    """Slots and rooms are there, cards are not; what no room has and too many hosts are seen in time."""
    await laid(driver)
    await posted(driver, "priya", "Clay animals", needs="kiln")
    assert "“Clay animals” needs kiln, and no room has that." in await driver.page(
        "maya", "edcamp/1"
    )
    await driver.press_on_page("dwayne", "edcamp/1", "I lead it")
    await driver.press_on_page("emma", "edcamp/1", "I lead it with them")
    assert "somebody may sit alone" in await driver.page("maya", "edcamp/1")
    await driver.press_on_page("maya", "edcamp/1", "Call it off")
    await driver.press_on_page("maya", "edcamp/1", "Lay another like it")
    await driver.submit("maya", title="Next EdCamp", day="Dec 12")
    assert "is laid" in await driver.alone("maya")
    page = await driver.page("priya", "edcamp/2")
    assert "30 seats · projector · no steps" in page
    assert "The board is blank" in page
    await posted(driver, "priya", "Clay again")
    assert "New here" not in await driver.page("maya", "edcamp/2")
    await posted(driver, "luis", "Drama for shy people")
    assert "New here" in await driver.page("maya", "edcamp/2")
