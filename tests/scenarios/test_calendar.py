"""The calendar's address, and a new one in its place."""

import re

from plnbot.app import Parts
from plnbot.refs import MemberRef
from plnbot.talk.pages import File
from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import planned

NEWS = "The calendar has a new address"


async def address(driver: Driver, who: str) -> str:
    """Return the secret part of the address that somebody is shown."""
    found = re.search(r"/calendar/([\w-]+)\.ics", await driver.alone(who))
    assert found is not None
    return found[1]


async def shows(driver: Driver, token: str) -> bool:
    """Return whether a calendar program finds the chats there."""
    parts: Parts = driver.parts  # type: ignore[attr-defined]
    found = await parts.desk.download(MemberRef("web", "lobby", ""), "calendar", token)
    return isinstance(found, File) and b"BEGIN:VEVENT" in found.content


async def test_the_address_is_renewed(driver: Driver) -> None:
    """A moderator is told what it means and asked once more; whoever knew the old one learns of it."""
    await planned(driver)
    for who in ("maya", "priya"):
        await driver.say(who, "/pln calendar")
    first = await address(driver, "priya")
    assert await shows(driver, first)
    assert NEWS not in await driver.page("priya", "home")
    await driver.say("maya", "/pln calendar new")
    assert "at once and for good" in await driver.alone("maya")
    assert await shows(driver, first), "asking changes nothing"
    await driver.press("maya", "Renew the address")
    second = await address(driver, "maya")
    assert second != first
    assert (await shows(driver, first), await shows(driver, second)) == (False, True)
    assert NEWS not in await driver.page("maya", "home"), "who has seen it knows"
    assert NEWS not in await driver.page("luis", "home"), "who never asked is not told"
    assert NEWS in await driver.page("priya", "home")
    await driver.press_on_page("priya", "home", "Show the new address")
    assert await address(driver, "priya") == second
    assert NEWS not in await driver.page("priya", "home")


async def test_who_does_not_use_it_says_so(driver: Driver) -> None:
    """And is told no more of it."""
    await driver.say("priya", "/pln calendar")
    await driver.say("maya", "/pln calendar new")
    await driver.press("maya", "Renew the address")
    await driver.press_on_page("priya", "home", "I do not use it")
    assert NEWS not in await driver.page("priya", "home")


async def test_only_moderators_renew_it(driver: Driver) -> None:
    """A teacher has no button for it, and the command says whose it is."""
    await driver.say("priya", "/pln calendar")
    assert "Renew the address" not in await driver.alone("priya")
    await driver.say("priya", "/pln calendar new")
    assert "another role" in await driver.alone("priya")
