"""A chat that comes again: planned in words, seen by all, one date left out, and ended."""

from datetime import timedelta

from tests.scenarios.driver import Driver
from tests.scenarios.test_whole_chat import SIX


async def test_every_second_thursday_but_not_in_breaks(driver: Driver) -> None:
    """The room reads when it comes next; the coach leaves one date out, and the others stay."""
    await driver.say("maya", "/pln chat new")
    starts = "every second Thursday 8 pm Eastern, not in breaks"
    await driver.submit("maya", questions=SIX, starts=starts, plan="classic60")
    draft = await driver.alone("maya")
    assert "It comes again: every 2 weeks on Thursday at 8:00 PM, Eastern (New York)" in draft
    assert "Repeating chat" not in await driver.see("priya")
    await driver.press("maya", "Publish")
    await driver.pass_time(timedelta(minutes=1))
    seen = await driver.see("priya")
    assert "Coming up" in seen
    assert "not in breaks" in seen
    listed = await driver.page("priya", "chats")
    assert "every 2 weeks on Thursday" in listed
    assert "Dates of the series" not in listed
    assert "Plan Thu, Dec 10" in await driver.page("maya", "chat_series/1")
    await driver.press_on_page("maya", "chat/2", "Not this time")
    await driver.pass_time(timedelta(minutes=1))
    assert "There is no chat on" in await driver.see("priya")
    await driver.press_on_page("maya", "chat_series/1", "End the series")
    await driver.pass_time(timedelta(minutes=1))
    assert "It comes no more" in await driver.see("priya")
    assert "every 2 weeks on Thursday" not in await driver.page("priya", "chats")
    assert "Coming up" in await driver.see("priya")
