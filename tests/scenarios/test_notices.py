"""What the bot says to one member unasked: when it comes, what they see of it beforehand, and leave."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FOUR = EIGHT - timedelta(hours=4)
CHAT = "Q1: Why do we ask?\nQ2: Who answers?"
KIND = "Change how something comes"


async def planned(driver: Driver, starts: str = "today 8 pm Eastern") -> None:
    """Let Maya plan and publish a chat."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=CHAT, starts=starts, plan="classic60")
    await driver.press("maya", "Publish")


async def shared(driver: Driver, person: str) -> None:
    """Let Maya ask somebody to moderate her chat with her."""
    await driver.say("maya", "/pln chat panel")
    await driver.press("maya", "Add a co-moderator")
    await driver.submit("maya", person=person)


async def chosen(driver: Driver, who: str, kind: str, how: str) -> None:
    """Let somebody choose how a kind of notices comes."""
    await driver.say(who, "/pln me notices")
    await driver.press(who, KIND, choose=kind)
    await driver.press(who, "Let them come otherwise", choose=f"{kind}:{how}")


@pytest.mark.rows(9)
async def test_all_of_the_week_is_to_be_seen_and_chosen(driver: Driver) -> None:
    """What will come is told to the minute; a kind that is switched off is gone from it at once."""
    await planned(driver)
    await driver.say("priya", "/pln me notices")
    assert "Nothing is planned for the next seven days" in await driver.alone("priya")
    await driver.press("priya", "Remind me")
    assert "8:00 PM ET · Chats that you lead" in await driver.page("maya", "notices")
    for shown in (await driver.page("priya", "notices"), await driver.page("priya", "home")):
        assert "7:30 PM" in shown
        assert "Reminders of chats" in shown
    await chosen(driver, "priya", "chats.reminder", "never")
    assert "7:30 PM" not in await driver.page("priya", "notices")
    await driver.pass_time(EIGHT)
    assert "It starts" not in await driver.messages("priya")


async def test_what_one_never_gets_is_not_listed(driver: Driver) -> None:
    """A teacher finds nothing of what only administrators and moderators are told."""
    assert "Workspaces that may join" in await driver.page("maya", "notices")
    page = await driver.page("priya", "notices")
    assert "Reminders of chats" in page
    assert "Workspaces that may join" not in page
    assert "Chats that you lead" not in page


@pytest.mark.rows(9)
async def test_a_muted_kind_is_heard_again(driver: Driver) -> None:
    """Until its moment, what was switched off can be switched on again, and nothing is lost."""
    await planned(driver)
    await driver.press("priya", "Remind me")
    await chosen(driver, "priya", "chats.reminder", "never")
    await chosen(driver, "priya", "chats.reminder", "at_once")
    await driver.pass_time(EIGHT)
    assert "Reminder" in await driver.messages("priya")


@pytest.mark.rows(9)
async def test_the_rest_comes_in_one_message_a_day(driver: Driver) -> None:
    """What was moved there comes in the afternoon, with its button; what is obsolete by then does not."""
    await planned(driver, "Wednesday 8 pm Eastern")
    await driver.lets_write("sam")
    await chosen(driver, "sam", "chats.your_turn", "day")
    await shared(driver, "Sam Okafor")
    assert "You are a moderator" not in await driver.messages("sam")
    assert "4:00 PM" in await driver.page("sam", "notices")
    await driver.pass_time(FOUR + timedelta(minutes=1))
    told = await driver.messages("sam")
    assert "Your message of the day" in told
    assert "You are a moderator" in told
    assert "Open the panel" in told
    assert "You are a moderator" in await driver.page("sam", "notices")


@pytest.mark.rows(9)
async def test_what_is_over_by_then_makes_no_line(driver: Driver) -> None:
    """A chat that is called off before the message of the day is not in it, and nothing else is sent."""
    await planned(driver, "Wednesday 8 pm Eastern")
    await driver.lets_write("sam")
    await chosen(driver, "sam", "chats.your_turn", "day")
    await shared(driver, "Sam Okafor")
    await driver.press_on_page("maya", "panel/1", "Call it off")
    await driver.pass_time(FOUR + timedelta(days=2))
    told = await driver.messages("sam")
    assert "You are a moderator" not in told
    assert "Your message of the day" not in told


@pytest.mark.rows(5)
async def test_nothing_pings_in_class(driver: Driver) -> None:
    """At noon of a school day somebody is asked to moderate; they hear of it after school."""
    await planned(driver, "Wednesday 8 pm Eastern")
    await driver.lets_write("sam")
    await shared(driver, "Sam Okafor")
    assert "You are a moderator" not in await driver.messages("sam")
    await driver.pass_time(FOUR - timedelta(minutes=31))
    assert "You are a moderator" not in await driver.messages("sam")
    await driver.pass_time(FOUR - timedelta(minutes=29))
    assert "You are a moderator" in await driver.messages("sam")


@pytest.mark.rows(22)
async def test_leave_until_a_day(driver: Driver) -> None:
    """Nobody on leave is written to or asked; what waited comes in one message when they are back."""
    await planned(driver, "Wednesday 8 pm Eastern")
    await driver.lets_write("sam")
    await shared(driver, "Sam Okafor")
    await driver.say("sam", "/pln leave until 4 December")
    assert "You are on leave" in await driver.alone("sam")
    assert "Dec 4" in await driver.alone("sam")
    await shared(driver, "Sam Okafor")
    assert "They are on leave then" in await driver.alone("maya")
    await driver.pass_time(FOUR + timedelta(days=1))
    assert "You are a moderator" not in await driver.messages("sam")
    await driver.press_on_page("sam", "notices", "I am back")
    assert "I am back" not in await driver.page("sam", "home")
    await driver.pass_time(timedelta(days=1))
    told = await driver.messages("sam")
    assert "While you were away" in told
    assert "You are a moderator" in told


@pytest.mark.rows(22)
async def test_a_leave_always_has_an_end_to_come(driver: Driver) -> None:
    """One that ends before it begins, has ended, lasts for years or names no day gets its sentence."""
    for words, said in (
        ("from 4 January until 20 December 2026", "A leave ends after it begins"),
        ("until 23 November 2026", "That day has come already"),
        ("until 4 January 2028", "A leave lasts a year at most"),
        ("until later", "Which day is “later”?"),
    ):
        await driver.say("sam", f"/pln me leave {words}")
        assert said in await driver.alone("sam"), words
    await driver.say("sam", "/pln me leave")
    await driver.submit("sam", ends="1 December", begins="4 December")
    assert "A leave ends after it begins" in await driver.alone("sam")
    await driver.submit("sam", ends="9 December", begins="4 December")
    assert "Your leave is planned" in await driver.alone("sam")
    assert "You are on leave from" in await driver.page("sam", "home")


@pytest.mark.rows(9)
async def test_on_discord_nobody_is_written_to_who_did_not_say_so(discord: DiscordDriver) -> None:
    """What is for them waits at their home; who asked for a reminder gets it all the same."""
    await planned(discord)
    await discord.press("sam", "Remind me")
    await discord.pass_time(FOUR)
    await shared(discord, "Sam Okafor")
    assert "You are a moderator" not in await discord.messages("sam")
    assert "You are a moderator" in await discord.page("sam", "home")
    assert "Waiting at home" in await discord.page("sam", "notices")
    await discord.pass_time(EIGHT + timedelta(minutes=1))
    assert "It starts" in await discord.messages("sam")
    assert "Moderators only" not in await discord.messages("sam")
    assert "Moderators only" in await discord.messages("maya")  # who planned it was promised that
    await discord.press_on_page("sam", "home", "I have seen these")
    assert "You are a moderator" not in await discord.page("sam", "home")


@pytest.mark.rows(9)
async def test_on_discord_what_waited_comes_once_they_say_so(discord: DiscordDriver) -> None:
    """Somebody who lets the bot write to them gets what waits at their home."""
    await planned(discord)
    await discord.pass_time(FOUR)
    await shared(discord, "Sam Okafor")
    await discord.lets_write("sam")
    assert "You are a moderator" in await discord.messages("sam")
    assert "You are a moderator" not in await discord.page("sam", "home")
