"""The day of an EdCamp on every platform: sessions open, two feet, doors, announcements, the share-out."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine import outbox
from tests.edcamps.days import placed
from tests.scenarios.driver import Driver, InTime

# What a database has to do with it is shown in tests/edcamps, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BOARD = {
    "title": "Autumn EdCamp",
    "day": "Nov 28",
    "slots": "9:00-9:45\n10:00-10:45",
    "rooms": "Library, 2 seats\nGym",
    "phases": "Cards: now\nVotes: no\nRequests: no\nGrid: Friday 8 pm",
}
NINE = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def laid(driver: Driver, phases: str = BOARD["phases"], **cards: str) -> None:
    """Have a board laid, and people put cards on it that they lead themselves."""
    await driver.say("maya", "/pln edcamp new Autumn EdCamp")
    await driver.submit("maya", **{**BOARD, "phases": phases})
    assert "is laid" in await driver.alone("maya")
    for who, words in cards.items():
        await driver.say(who, f"/pln edcamp card {words}")
        await driver.submit(who, words=words, invites="discuss", leads="lead")
        assert "Your card is on the board" in await driver.alone(who)


async def told(driver: Driver, *where: tuple[int, int, int]) -> None:
    """Have the grid made, and everybody told of it, the evening before."""
    assert isinstance(driver, InTime)
    await driver.pass_time(NINE - timedelta(hours=12))
    await driver.store.run(lambda tx: placed(tx, 1, where, driver.now()))
    await driver.pass_time(NINE + MINUTE)


async def stand(driver: Driver, *sessions: int) -> bool:
    """Return whether the cards of these sessions stand in the places that were opened for them."""
    assert isinstance(driver, InTime)
    keys = [f"edcamp/1/session/{each}/edcamps.session" for each in sessions]
    found = await driver.store.read(lambda tx: outbox.standing(tx, keys))
    return found == frozenset(keys)


@pytest.mark.rows(55, 56, 58, 61)
async def test_a_day_from_the_first_session_to_the_share_out(driver: Driver) -> None:
    """The thread opened; we knew how to begin; the timer kept us honest; all notes are on one page."""
    for who in ("priya", "sam"):
        await driver.lets_write(who)
    await laid(driver, priya="Calm starts", luis="Homework nobody copies", emma="Seating plans")
    await told(driver, (1, 1, 1), (2, 1, 2), (3, 2, 1))
    await driver.say("sam", "/pln edcamp now")
    seen = await driver.alone("sam")
    assert "2 sessions are on" in seen
    assert "Whoever wants to take part writes in the thread below" in await driver.see("sam")
    assert await stand(driver, 1, 2), "each has its card in its thread"
    await driver.press("sam", "I am in …", choose="1")
    assert "You are here" in await driver.alone("sam")
    page = await driver.page("sam", "edcamp_session/1")
    assert "Now: What? What do we see in our rooms?" in page
    assert "Facilitator" in page
    await driver.press_on_page("priya", "edcamp_session/1", "I am here")
    await driver.pass_time(NINE + 11 * MINUTE)
    await driver.say("sam", "/pln edcamp now")
    assert "Calm starts" in await driver.alone("sam")
    await driver.press("sam", "Walk over to …", choose="2")
    assert "Homework nobody copies" in await driver.alone("sam")
    await driver.press_on_page("sam", "edcamp_session/2", "Add a note")
    await driver.submit("sam", words="Oral exams, five minutes each")
    assert "Noted" in await driver.alone("sam")
    await driver.pass_time(NINE + 41 * MINUTE)
    page = await driver.page("priya", "edcamp_session/1")
    assert "2 tapped in" in page
    await driver.press_on_page("priya", "edcamp_notes/1", "My takeaway")
    await driver.submit("priya", words="Begin with a question at the door")
    await driver.pass_time(NINE + timedelta(hours=8))
    notes = await driver.page("luis", "edcamp_notes/1")
    assert "Oral exams, five minutes each" in notes
    assert "Begin with a question at the door — Priya" in notes
    recap = await driver.messages("sam") + await driver.page("sam", "home")
    assert "Calm starts · 10 minutes" in recap
    assert "Homework nobody copies · 29 minutes" in recap


@pytest.mark.rows(68)
async def test_a_word_at_the_door_and_a_word_to_all(driver: Driver) -> None:
    """What stands at a door brings one in; lunch moved, and everybody knew within a minute."""
    await laid(driver, priya="Calm starts")
    await told(driver, (1, 1, 2))
    doors = await driver.page("maya", "edcamp_doors/1")
    assert "There is no code here" in doors
    library, gym = re.findall(r"/pln edcamp here (\S+)", doors)
    await driver.say("sam", f"/pln edcamp here {library}")
    assert "Nothing is on in Library now" in await driver.alone("sam")
    await driver.say("sam", f"/pln edcamp here {gym.upper()}")
    assert "You are here" in await driver.alone("sam")
    await driver.say("sam", "/pln edcamp here 2-aaaaa")
    assert "No door has this code" in await driver.alone("sam")
    assert "you are here" in await driver.page("sam", "edcamp_session/1")
    await driver.press_on_page("maya", "edcamp/1", "Tell everybody")
    await driver.submit("maya", words="Lunch is at 12:15 in the hall")
    assert "2 places, the wall" in await driver.alone("maya")
    await driver.pass_time(MINUTE)
    assert "Lunch is at 12:15 in the hall" in await driver.see("luis")
    assert "Lunch is at 12:15 in the hall" in await driver.page("luis", "edcamp_wall/1")
    await driver.pass_time(NINE + timedelta(hours=1))
    activities = await driver.page("sam", "did")
    assert "Calm starts" in activities
    assert "39 minutes" in activities


@pytest.mark.rows(60, 69)
async def test_nobody_came_and_too_many_came(driver: Driver) -> None:
    """An empty session finds a partner or a second chance; a full one a second run; paper has both."""
    for who in ("priya", "luis"):
        await driver.lets_write(who)
    await laid(driver, priya="Calm starts", luis="Homework nobody copies")
    await told(driver, (1, 1, 2), (2, 1, 1))
    for who in ("sam", "emma", "dwayne"):
        await driver.press_on_page(who, "edcamp_session/2", "I am here")
    await driver.pass_time(6 * MINUTE)
    assert "Nobody has tapped that they are with you yet" in await driver.messages("priya")
    await driver.press("priya", "Give it a second chance later")
    again = await driver.alone("priya")
    assert "It is on the board" in again
    assert "10:00 AM" in again
    assert "does not take place" in await driver.page("sam", "edcamp_session/1")
    assert "3 are here, and Library has 2 seats" in await driver.messages("luis")
    await driver.press("luis", "Hold it a second time")
    assert "run 2" in await driver.alone("luis")
    paper = await driver.page("emma", "edcamp_paper/1")
    assert paper.count("Homework nobody copies") == 2
    assert "version 1" in paper
    await driver.pass_time(NINE + 61 * MINUTE)
    await driver.press_on_page("sam", "edcamp_session/3", "I am here")
    await driver.pass_time(NINE + timedelta(hours=3))
    activities = await driver.page("sam", "did")
    assert "Homework nobody copies" in activities
    assert "Calm starts" in activities


@pytest.mark.rows(60)
async def test_a_standing_board_comes_again_every_week(driver: Driver) -> None:
    """Once it is over it is laid anew a week later, blank: its slots, its rooms, nobody's cards."""
    await laid(driver, priya="Calm starts")
    await driver.press_on_page("maya", "edcamp/1", "Let it come every week")
    assert "It comes again every week" in await driver.alone("maya")
    await told(driver, (1, 1, 1))
    assert "Calm starts" in await driver.file("priya", "edcamp.ics/1")
    await driver.pass_time(NINE + timedelta(hours=4))
    again = await driver.page("priya", "edcamp/2")
    assert "Sat, Dec 5, 9:00 AM" in again
    assert "Library" in again
    assert "Calm starts" not in again
    await driver.press_on_page("maya", "edcamp/2", "Let it come no more")
    assert "It comes again no more" in await driver.alone("maya")
