"""The grid of an EdCamp on every platform: suggested, arranged by hand, published, and told once."""

from datetime import timedelta

import pytest

from plnbot.edcamps.store import gridding, sessions
from plnbot.testing import HeavyHere
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_edcamp import CARDS, GRID, MINUTE, VOTES, laid, posted

# What a database has to do with it is shown in tests/edcamps, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAGE = "edcamp.grid/1"
HOURS = timedelta(hours=10)  # past what is quiet
FOUR = (("luis", "Robots"), ("sam", "Calm starts"), ("emma", "Choir"), ("dwayne", "Fractions"))


WISHES = {
    "priya": ("Robots", "Choir"),
    "sam": ("Robots", "Choir"),
    "emma": ("Robots",),
    "dwayne": ("Robots", "Calm starts"),
}


async def voted(driver: Driver) -> None:
    """Have a board with four cards, of which Luis leads two, and votes on them."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    driver.parts.runner.tools.heavy = HeavyHere()
    for who in ("maya", "luis", *WISHES):
        await driver.lets_write(who)
    await laid(driver)
    await driver.pass_time(CARDS + MINUTE)
    for who, words in FOUR:
        needs = "projector, no steps" if words == "Choir" else ""
        await posted(driver, who, words, invites="share", leads="lead", needs=needs)
    await driver.press_on_page(
        "luis", "edcamp/1", "I lead it with them"
    )  # the first not his: Calm starts
    await driver.pass_time(VOTES + MINUTE)
    for who, wanted in WISHES.items():
        await driver.say(who, "/pln edcamp vote")
        while "Would you go there?" in (told := await driver.alone(who)):
            asked = max((words for _who, words in FOUR), key=told.rfind)
            await driver.press(who, "Interested" if asked in wanted else "Skip")
    await driver.pass_time(GRID + MINUTE)


async def suggested(driver: Driver) -> str:
    """Have Maya ask for a grid; return her page of it."""
    await driver.say("maya", "/pln edcamp grid")
    await driver.press("maya", "Suggest a grid")
    assert "A grid is being made" in await driver.alone("maya")
    await driver.pass_time(MINUTE)
    return await driver.page("maya", PAGE)


async def places(driver: Driver) -> dict[str, tuple[int, int]]:
    """Return the slot and the room of each card."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    there = await driver.store.read(lambda tx: sessions.of_board(tx, 1))
    return {FOUR[each.card - 1][1]: (each.slot, each.room) for each in there}


async def moved(driver: Driver, who: str, words: str, slot: int, room: int) -> str:
    """Have an organiser look at what a move costs, and do it; return what they read before."""
    card = [each for _who, each in FOUR].index(words) + 1
    asked = await driver.page(who, f"edcamp.piece/1.{card}")
    seen = await last_step(driver)
    name = f"edcamp.place/1.{card}.{slot}.{room}.{seen}"
    costs = await driver.page(who, name)
    await driver.press_on_page(who, name, "Move it there")
    return asked + costs


async def last_step(driver: Driver) -> int:
    """Return the number of the grid's last step."""
    assert isinstance(driver, LobbyDriver | SlackDriver | DiscordDriver)
    last = await driver.store.read(lambda tx: gridding.last_step(tx, 1))
    return last.id if last else 0


@pytest.mark.rows(54, 62, 66)
async def test_a_grid_is_suggested_that_loses_the_fewest_wishes(driver: Driver) -> None:
    """Never at their hour, in the room that has what it needs, with reasons; then everybody sees it."""
    await voted(driver)
    page = await suggested(driver)
    assert "10 of 12 wishes are kept: 83 %." in page
    assert "No other room has what it needs." in page
    assert "wants something else too at this time" in page
    assert "will come" in page
    there = await places(driver)
    assert there["Robots"][0] == there["Fractions"][0]
    assert there["Choir"][1] == 1
    assert "The grid is there" not in await driver.see("priya")
    assert "You lead" not in await driver.messages("emma")
    await driver.press_on_page("maya", PAGE, "Publish it")
    await driver.pass_time(MINUTE)
    assert "4 sessions have a time and a room" in await driver.see("priya")
    assert "by hand" not in await driver.page("maya", PAGE)
    await driver.pass_time(HOURS)
    told = await driver.messages("emma")
    assert "You lead “Choir”" in told
    assert "will come." in told
    assert "You lead" not in await driver.messages("priya")


@pytest.mark.rows(57, 63, 64)
async def test_five_moves_are_one_notice(driver: Driver) -> None:
    """What a move costs is read before it, a place that cannot be says why, and each is told once, and first."""
    await voted(driver)
    await suggested(driver)
    await driver.press_on_page("maya", PAGE, "Publish it")
    await driver.pass_time(MINUTE)
    there = await places(driver)
    calm, choir = there["Calm starts"], there["Choir"]
    costs = await moved(driver, "maya", "Robots", *calm)
    assert "3 who want to come would clash." in costs
    assert "It changes places with “Calm starts”." in costs
    assert "leads “Calm starts” then." in costs
    for words, to in (("Robots", there["Robots"]), ("Robots", calm)):
        await moved(driver, "maya", words, *to)
    fractions = (await places(driver))["Fractions"]
    asked = await moved(driver, "maya", "Fractions", fractions[0], 3 - fractions[1])
    assert "The room has no" not in asked
    await moved(driver, "maya", "Fractions", *fractions)
    await driver.press_on_page("maya", PAGE, "Publish it")
    await driver.pass_time(HOURS)
    assert (await driver.messages("priya")).count("what is where now") == 1
    assert "“Robots” is" in await driver.messages("priya")
    assert "what is where now" not in await driver.messages("maya")
    assert choir == (await places(driver))["Choir"]
    await driver.press_on_page("maya", "edcamp.piece/1.1", "Call it off")
    await driver.pass_time(HOURS)
    assert "“Robots” does not take place." in await driver.messages("priya")
    assert "does not take place" not in await driver.messages("maya")


@pytest.mark.rows(65)
async def test_two_organisers_at_once(driver: Driver) -> None:
    """Both move something: nothing is lost, and who comes second for the same card reads whose move it was."""
    await voted(driver)
    await driver.say("maya", "/pln network role priya")
    await driver.submit("maya", role="organiser", until="")
    await suggested(driver)
    seen, there = await last_step(driver), await places(driver)
    robots, fractions = there["Robots"], there["Fractions"]
    await moved(driver, "priya", "Robots", *fractions)
    stale = f"edcamp.place/1.1.{there['Choir'][0]}.{there['Calm starts'][1]}.{seen}"
    await driver.press_on_page("maya", stale, "Move it there")
    assert "has moved this meanwhile" in await driver.alone("maya")
    calm, choir = there["Calm starts"], there["Choir"]
    await driver.press_on_page(
        "maya", f"edcamp.place/1.2.{choir[0]}.{choir[1]}.{seen}", "Move it there"
    )
    now = await places(driver)
    assert (now["Robots"], now["Fractions"]) == (fractions, robots)
    assert (now["Calm starts"], now["Choir"]) == (choir, calm)
    assert "Undo what Maya" in await driver.page("priya", PAGE)
    await driver.press_on_page("maya", PAGE, "Undo")
    assert (await places(driver))["Choir"] == choir
