"""Prompts from the organiser's side: set up in words, read back, seen ahead, changed one by one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.text import PLATFORM as SLACK
from plnbot.engine import outbox
from plnbot.prompts.actions import post_key
from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Interaction, Said, Submit, What
from tests.adapters.discord.fake import GUILD
from tests.adapters.discord.fake import LOBBY as DISCORD_OTHER
from tests.adapters.slack.fake import TEAM
from tests.scenarios import discord, slack
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver, InTime
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

OWN = "\n".join(f"What worked in lesson {n}, and how do you know?" for n in range(1, 9))
FIRST_MONDAY = "first Monday 3:45 pm until May"
DECEMBER = datetime(2026, 12, 7, 20, 45, tzinfo=UTC)
"""3:45 pm in New York on the first Monday of December."""
TUESDAYS = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
OTHER_ROOMS: Mapping[type, tuple[Place, Callable[[str], MemberRef]]] = {
    SlackDriver: (
        Place(SLACK, TEAM, "C0WEST"),
        lambda who: MemberRef(SLACK, TEAM, slack.USERS[who]),
    ),
    DiscordDriver: (
        Place("discord", GUILD, DISCORD_OTHER),
        lambda who: MemberRef("discord", GUILD, discord.USERS[who]),
    ),
    LobbyDriver: (Place("web", "lobby", "lounge"), lambda who: MemberRef("web", "lobby", who)),
}
"""A second room of each platform, and how its people are named."""


async def set_up(driver: Driver, when: str = FIRST_MONDAY, *, days: str = "quiet") -> None:
    """Have the room asked Maya's own prompts."""
    await driver.say("maya", "/pln prompt new")
    await driver.submit("maya", when=when, pack="own", own=OWN, days=days, title="Monday question")


@pytest.mark.rows(10, 29)
async def test_in_words_and_read_back(driver: Driver) -> None:
    """First Monday, 3:45 pm, until May: it says the zone by its name, and the next three times."""
    await set_up(driver)
    said = await driver.alone("maya")
    assert "until May" in said
    assert "Eastern (New York)" in said
    assert "Dec 7, 3:45 PM" in said
    assert "Jan 4, 2027, 3:45 PM" in said
    assert "Feb 1, 2027, 3:45 PM" in said
    await driver.pass_time(DECEMBER - timedelta(minutes=1))
    assert "What worked in lesson" not in await driver.see("sam")
    await driver.pass_time(timedelta(minutes=1))
    assert "What worked in lesson 1" in await driver.see("sam")
    await driver.pass_time(timedelta(days=300))
    seen = await driver.see("sam")
    assert sum(seen.count(f"lesson {n},") for n in range(1, 9)) == 6, "December to May"


@pytest.mark.rows(14)
async def test_preview_skip_pause_and_now(driver: Driver) -> None:
    """The preview is the card; a date is skipped and asked after all; a pause ends by itself."""
    await set_up(driver, "every Tuesday 8 am")
    await driver.press("maya", "Preview")
    seen = await driver.see("maya")
    assert "What worked in lesson 1, and how do you know?" in seen
    assert "Nobody else sees it now." in seen
    assert "lesson 1" not in await driver.see("sam")
    await driver.say("maya", "/pln prompt skip")
    await driver.press("maya", "Ask on this day after all")
    await driver.say("maya", "/pln prompt skip")
    await driver.pass_time(TUESDAYS + timedelta(hours=1))
    assert "What worked in lesson" not in await driver.see("sam")
    await driver.say("maya", "/pln prompt here")
    await driver.press("maya", "Pause")
    await driver.submit("maya", until="yesterday")
    await driver.submit("maya", until="14 December")
    assert "It goes on by itself" in await driver.alone("maya")
    await driver.pass_time(TUESDAYS + 2 * WEEK + timedelta(hours=1))
    assert "What worked in lesson" not in await driver.see("sam")
    await driver.pass_time(WEEK)
    assert (await driver.see("sam")).count("and how do you know?") == 1
    await driver.say("maya", "/pln prompt here")
    await driver.press("maya", "Ask one now")
    assert (await driver.see("sam")).count("and how do you know?") == 2
    await driver.pass_time(WEEK)
    assert (await driver.see("sam")).count("and how do you know?") == 3


@pytest.mark.rows(15)
async def test_the_next_six_and_their_order(driver: Driver) -> None:
    """What comes is seen with its prompts; one comes earlier, one a week later, none twice."""
    await set_up(driver, "every Tuesday 8 am")
    await driver.press("maya", "The next six")
    listed = await driver.see("maya")
    assert all(f"lesson {n}" in listed for n in range(1, 7))
    await driver.press("maya", "Change one of them", choose="2")
    await driver.press("maya", "Ask it one date earlier")
    await driver.pass_time(TUESDAYS)
    seen = await driver.see("sam")
    assert "lesson 2" in seen
    assert "lesson 1" not in seen
    await driver.say("maya", "/pln prompt here")
    await driver.press("maya", "The next six")
    await driver.press("maya", "Change one of them", choose="2")
    await driver.press("maya", "A week later")
    await driver.pass_time(TUESDAYS + WEEK)
    assert (await driver.see("sam")).count("and how do you know?") == 1
    await driver.pass_time(TUESDAYS + 2 * WEEK)
    seen = await driver.see("sam")
    assert "lesson 1" in seen
    assert "lesson 3" in seen
    await driver.pass_time(TUESDAYS + 7 * WEEK)
    seen = await driver.see("sam")
    assert [seen.count(f"lesson {n},") for n in range(1, 9)] == [1] * 8


async def test_two_who_change_it_at_once(driver: Driver) -> None:
    """Who comes second is told by whom, and nothing of either is lost."""
    await driver.say("maya", "/pln network role priya")
    await driver.submit("maya", role="organiser", until="")
    await set_up(driver, "every Tuesday 8 am")
    await driver.press("maya", "Change")
    await driver.say("priya", "/pln prompt here")
    await driver.press("priya", "Change")
    changed = {"pack": "own", "own": "", "days": "quiet", "title": "Monday question"}
    await driver.submit("priya", when="every Wednesday 8 am", **changed)
    await driver.submit("maya", when="every Friday 8 am", **changed)
    assert "Priya" in await driver.alone("maya")
    await driver.pass_time(TUESDAYS + timedelta(days=1))
    assert "lesson 1" in await driver.see("sam")
    await driver.say("maya", "/pln prompt here")
    await driver.press("priya", "Change")
    await driver.submit("priya", when="every Thursday 8 am", **changed)
    await driver.press("maya", "End it")
    assert "has changed this since you looked" in await driver.alone("maya")
    await driver.press("maya", "End it")
    await driver.press("maya", "Bring it back")
    await driver.press("maya", "End it")
    assert "Ended." in await driver.alone("maya")


@pytest.mark.rows(11)
async def test_eight_eastern_all_year(driver: Driver) -> None:
    """Clocks change, 8 pm Eastern stays; who lives elsewhere reads it in their own time."""
    await set_up(driver, "every Tuesday 8 pm Eastern from March 1", days="any")
    winter = datetime(2027, 3, 10, 1, 0, tzinfo=UTC)
    await driver.pass_time(winter - timedelta(minutes=1))
    before = (await driver.see("sam")).count("and how do you know?")
    await driver.pass_time(timedelta(minutes=1))
    assert (await driver.see("sam")).count("and how do you know?") == before + 1
    summer = winter + WEEK - timedelta(hours=1)
    await driver.pass_time(summer - timedelta(minutes=1))
    assert (await driver.see("sam")).count("and how do you know?") == before + 1
    await driver.pass_time(timedelta(minutes=1))
    assert (await driver.see("sam")).count("and how do you know?") == before + 2


@pytest.mark.rows(12)
async def test_one_late_prompt_after_an_outage(driver: Driver) -> None:
    """Five days nobody was there: one comes, dated, and no other; too late by its rule, none."""
    await set_up(driver, "every day 8 am", days="any")
    await driver.pass_time(TUESDAYS)
    driver.be_away(TUESDAYS + timedelta(days=5, hours=1))
    await driver.pass_time(timedelta(minutes=1))
    seen = await driver.see("sam")
    assert seen.count("and how do you know?") == 2
    assert seen.count("this comes late") == 1
    driver.be_away(TUESDAYS + timedelta(days=8, hours=3))
    await driver.pass_time(timedelta(minutes=1))
    assert (await driver.see("sam")).count("and how do you know?") == 2


@pytest.mark.rows(26)
async def test_eight_in_each_town(driver: Driver) -> None:
    """Each room is asked at eight on its own clocks, and all answers come together on one page."""
    assert isinstance(driver, InTime)
    west, ref = OTHER_ROOMS.get(type(driver), OTHER_ROOMS[LobbyDriver])

    async def there(who: str, what: What, where: Place = west) -> None:
        does = Interaction(f"west/{what}", ref(who), where, what, "en", leads=who == "maya")
        await driver.parts.desk.handle(does)

    await set_up(driver, "every Tuesday 8 am")
    also = {"asks": "1", "zone": "row:America/Los_Angeles", "hour": "same", "district": ""}
    await there("maya", Submit("prompts.also", also))
    await driver.pass_time(TUESDAYS)
    assert "lesson 1" in await driver.see("sam")
    stands = await driver.store.read(lambda tx: outbox.by_key(tx, post_key(1, 2)))
    assert stands is None, "it is five in the morning there"
    await driver.pass_time(timedelta(hours=3))
    stands = await driver.store.read(lambda tx: outbox.by_key(tx, post_key(1, 2)))
    assert stands is not None
    assert stands.to == west
    await driver.say("priya", "Eastern words", under="What worked in lesson 1")
    await there("sam", Said("Pacific words", "west1"), west.in_thread(stands.ref))
    page = await driver.page("maya", "prompt/1")
    assert "Eastern words" in page
    assert "Pacific words" in page
