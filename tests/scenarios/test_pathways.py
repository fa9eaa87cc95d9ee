"""Pathways on every platform: two of five in one's own order, required with a choice of form, left and come back to."""

from datetime import timedelta

import pytest

from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.store.database import Tx
from tests.scenarios.driver import Driver, InTime
from tests.scenarios.test_credit import _workspace
from tests.scenarios.test_library import listed

# What a database has to do with it is shown in tests/pathways, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MENU = """Required: Keep everybody safe
- Safeguarding: https://safe.example.org/ | Talk it through with your head of year
Choose 2: Try something
- Exit tickets: https://exit-tickets.example.org/
- Visit a colleague
- Wait longer
- Peer feedback
- Number talks"""


async def laid(driver: Driver, title: str = "First year", menu: str = MENU) -> str:
    """Let Priya, a curator, lay a pathway, and return what she is told."""
    await driver.say("priya", "/pln pathways new")
    await driver.submit("priya", title=title, about="For who begins.", menu=menu)
    return await driver.alone("priya")


async def curates(driver: Driver) -> None:
    """Make Priya a curator."""
    assert isinstance(driver, InTime)
    for who in ("maya", "sam", "priya"):
        await driver.say(who, "/pln home")

    def give(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        for person in driver.parts.desk.directory.in_workspace(tx, *_workspace(driver, tx)):
            if person.name.startswith("Priya"):
                grant = Grant(Role.CURATOR)
                roles.grant(tx, home.id, person.id, grant, by=None, now=driver.now())

    await driver.store.run(give)


@pytest.mark.rows(132)
async def test_i_chose_two_of_five_in_my_order(driver: Driver) -> None:
    """Chosen in one's own order; done by what one did, in a way that one chooses, or by saying so; left, come back."""
    await curates(driver)
    await listed(driver, "Exit tickets", minutes="12")
    assert "on offer to everybody" in await laid(driver)
    await driver.say("sam", "/pln pathways")
    await driver.press("sam", "Look at one …", choose="1")
    assert "Try something: 2 of 5, in any order" in await driver.alone("sam")
    await driver.press("sam", "Take this pathway")
    for step in ("5", "4"):
        await driver.press("sam", "I choose …", choose=step)
    await driver.say("sam", "/pln find exit tickets")
    await driver.press("sam", "Save")
    await driver.say("sam", "/pln feed saved")
    await driver.press("sam", "Done")
    await driver.submit("sam", sentence="I ask one question, not five.", **{"class": "3"})
    assert "It is among what you did" in await driver.alone("sam")
    assert "1 of 3 steps done" in await driver.page("sam", "pathway/1")
    page = await driver.page("sam", "pathway/1")
    order = [page.index(each) for each in ("Peer feedback", "Wait longer", "Exit tickets")]
    assert order == sorted(order)
    await driver.press_on_page("sam", "pathway/1", "I did it")
    await driver.submit("sam", way="1")
    page = await driver.page("sam", "pathway/1")
    assert "You did it so: Talk it through with your head of year" in page
    assert "2 of 3 steps done" in await driver.page("sam", "pathway/1")
    await driver.press_on_page("sam", "pathway/1", "Leave it")
    assert "First year" not in await driver.page("sam", "home")
    await driver.pass_time(timedelta(days=1))
    await driver.press_on_page("sam", "pathway/1", "Come back")
    assert "First year: 2 of 3 steps done" in await driver.page("sam", "home")
    await driver.press_on_page("sam", "pathway/1", "I did it")
    await driver.submit("sam", own="With Ana’s class")
    assert "complete: 3 of 3 steps" in await driver.page("sam", "pathway/1")
    for who in ("luis", "priya"):
        assert "With Ana’s class" not in await driver.page(who, "pathway/1")


@pytest.mark.rows(132)
async def test_a_menu_that_cannot_be_is_told(driver: Driver) -> None:
    """Line by line, and nothing typed is lost; a pathway that asks for itself gets its sentence."""
    await curates(driver)
    said = await laid(driver, menu="- A step\nTwo of these\nChoose 3: Try\n- One")
    for each in (
        "Line 1: “A step” stands below no heading",
        "Line 2: “Two of these” is neither a heading",
        "Line 3: “Try” asks for more steps than stand below it",
    ):
        assert each in said
    assert "on offer" in await laid(driver, "First", "Required: All\n- One")
    assert "on offer" in await laid(driver, "Second", "Required: All\n- Begin: pathway 1")
    await driver.say("priya", "/pln pathways")
    await driver.press("priya", "Look at one …", choose="1")
    await driver.press("priya", "Change")
    await driver.submit("priya", title="First", menu="Required: All\n- On: pathway 2")
    said = await driver.alone("priya")
    assert "would ask for itself: “First” → “Second” → “First”" in said
    assert "There is no pathway 9 here" in await laid(driver, menu="Required: All\n- On: pathway 9")
