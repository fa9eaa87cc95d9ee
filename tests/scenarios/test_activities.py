"""What a member did in a chat is theirs to see afterwards: what, for how long, and nobody else's."""

from datetime import datetime, timedelta

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import eight, planned

__all__ = ["eight"]


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


async def test_i_am_here(driver: Driver, eight: datetime) -> None:
    """One tap counts from now, is told privately, and ends as minutes on the home and a page."""
    await planned(driver)
    await driver.pass_time(eight + minutes(2))
    await driver.press("priya", "I am here")
    told = await driver.alone("priya")
    assert "You are here" in told
    assert "counts from 8:02 PM ET" in told
    assert "You are here" not in await driver.see("luis")
    await driver.pass_time(eight + minutes(11))
    await driver.say("luis", "A1 exit tickets")
    await driver.say("maya", "A1 I begin")
    await driver.say("emma", "where are we?")
    assert "I am here" in await driver.alone("emma")
    await driver.say("priya", "where are we?")
    assert "I am here" not in await driver.alone("priya")
    await driver.pass_time(eight + minutes(51))
    await driver.say("priya", "A2 the last thing")
    await driver.pass_time(eight + minutes(61))
    done = await driver.page("priya", "did")
    assert "2026" in done
    assert "Feedback that pupils use · 49 minutes" in done.replace("  ", " ")
    assert "What I did" in await driver.page("priya", "home")
    await driver.say("priya", "/pln me did")
    assert "49 minutes" in await driver.alone("priya")
    assert "49 minutes" not in await driver.page("luis", "did")
    assert "you led it" in await driver.page("maya", "did")
    assert "you led it" not in await driver.page("luis", "did")
    assert "Nothing yet" in await driver.page("emma", "did")
    assert "What I did" not in await driver.page("emma", "home")


async def test_i_am_not_here(driver: Driver, eight: datetime) -> None:
    """A tap is undone by a tap, and what comes after the end is too late to have been there."""
    await planned(driver)
    await driver.pass_time(eight + minutes(2))
    await driver.press("priya", "I am here")
    await driver.press("priya", "I am not here")
    assert "is taken back" in await driver.alone("priya")
    await driver.pass_time(eight + minutes(61))
    await driver.say("priya", "A1 late, but here it is")
    await driver.press("luis", "I am here")
    assert "This chat is over" in await driver.alone("luis")
    for each in ("priya", "luis"):
        assert "Nothing yet" in await driver.page(each, "did")
