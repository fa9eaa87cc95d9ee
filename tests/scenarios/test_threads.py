"""Words belong to what they are said below, whatever else goes on in the room; and what is unsaid is gone."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from adapters.slack.text import PLATFORM as SLACK
from plnbot.chats.store.tables import chat as planned_chat
from plnbot.engine import outbox
from plnbot.refs import Place
from tests.adapters.discord.fake import GUILD
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.slack.fake import ROOM as SLACK_ROOM
from tests.adapters.slack.fake import TEAM
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver, InTime
from tests.scenarios.lobby import ROOM as LOBBY_ROOM
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_whole_chat import planned

ENDED = timedelta(minutes=70)
BEGUN = timedelta(minutes=11)


@pytest.fixture
def eight() -> datetime:
    """Return 8 pm Eastern of the clock's day."""
    return datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


async def archive(driver: Driver, chat: int = 1) -> Mapping[str, list[str]]:
    """Return what the archive of the network's nth chat says under each question."""
    assert isinstance(driver, InTime)
    # On PostgreSQL a unit that had to ask and was run again has used up a number.
    rows = await driver.store.read(
        lambda tx: tx.execute(select(planned_chat.c.id).order_by(planned_chat.c.id)).all()
    )
    told = json.loads(await driver.file("maya", f"chat.json/{rows[chat - 1].id}"))
    return {each["label"]: [one["text"] for one in each["answers"]] for each in told["questions"]}


async def another_card(driver: Driver) -> None:
    """Let the bot post a card in the room below which nothing is gathered."""
    assert isinstance(driver, InTime)
    place = {
        SlackDriver: Place(SLACK, TEAM, SLACK_ROOM),
        DiscordDriver: Place("discord", GUILD, DISCORD_ROOM),
    }.get(type(driver), Place("web", "lobby", LOBBY_ROOM))
    args, key = {"chat": 1, "person": 1}, "another card"
    await driver.store.run(
        lambda tx: outbox.Posting(tx, 1, place, driver.now()).post("chats.hello", args, key=key)
    )
    await driver.pass_time(timedelta())


@pytest.mark.rows(35)
async def test_a_thread_belongs_to_the_card_it_hangs_below(driver: Driver, eight: datetime) -> None:
    """Below another card nothing is answered, during a chat and after it; below a question it is."""
    await planned(driver)
    await driver.pass_time(eight + BEGUN)
    await another_card(driver)
    await driver.say("priya", "A1 said elsewhere", under="A new voice")
    await driver.say("luis", "A1 said below", under="Q1 What worked")
    await driver.pass_time(eight + ENDED)
    await driver.say("priya", "A1 said elsewhere, later", under="A new voice")
    await driver.say("luis", "A2 said below the last words", under="That was our last question")
    found = await archive(driver)
    assert found["Q1"] == ["said below"]
    assert found["Q2"] == ["said below the last words"]


async def test_a_thread_below_somebodys_words(driver: Driver, eight: datetime) -> None:
    """Below an answer a mark counts, and talk is talk; below other words neither does."""
    await planned(driver)
    await driver.pass_time(eight + BEGUN)
    await driver.say("priya", "A1 the exit ticket")
    await driver.say("luis", "How do you grade those?", under="A1 the exit ticket")
    await driver.say("luis", "A1 same with us", under="A1 the exit ticket")
    await driver.say("emma", "Good evening, all!")
    await driver.say("luis", "A1 hello, and an answer", under="Good evening, all!")
    assert (await archive(driver))["Q1"] == ["the exit ticket", "same with us"]


async def test_a_thread_of_an_old_chat_stays_its_own(driver: Driver, eight: datetime) -> None:
    """While another chat goes on in the room, words below a question of the last one go there."""
    await planned(driver)
    await driver.pass_time(eight + ENDED)
    await planned(driver, "Q1: What is new?\nQ2: What is next?", "today 10 pm Eastern")
    await driver.pass_time(eight + timedelta(hours=2) + BEGUN)
    await driver.say("luis", "A1 to the old one", under="Q1 What worked")
    await driver.say("luis", "A1 to the new one")
    assert (await archive(driver, 1))["Q1"] == ["to the old one"]
    assert (await archive(driver, 2))["Q1"] == ["to the new one"]
    await driver.pass_time(timedelta(hours=2))


async def test_an_old_answer_is_edited_where_it_stands(driver: Driver, eight: datetime) -> None:
    """What was answered in the room stays with its chat, although another goes on there by now."""
    await planned(driver)
    await driver.pass_time(eight + BEGUN)
    await driver.say("luis", "A1 first words")
    await driver.pass_time(eight + ENDED)
    await planned(driver, "Q1: New?\nQ2: Next?", "today 10 pm Eastern")
    await driver.pass_time(eight + timedelta(hours=2) + BEGUN)
    await driver.edit("luis", "A1 first words", "A1 better words")
    assert (await archive(driver, 1))["Q1"] == ["better words"]
    assert (await archive(driver, 2))["Q1"] == []


@pytest.mark.rows(35)
async def test_words_that_are_gone_for_their_author_are_gone(
    driver: Driver, eight: datetime
) -> None:
    """Deleted with replies below or without, edited to a bare mark, to other words, to nothing."""
    await planned(driver)
    await driver.pass_time(eight + BEGUN)
    await driver.say("priya", "A1 my principal said no")
    await driver.say("luis", "A1 mine too", under="A1 my principal said no")
    await driver.say("emma", "A1 our principal Ms. Doe said no")
    await driver.say("dwayne", "A1 hers did")
    await driver.say("sam", "A1 a regretted word")
    await driver.delete("priya", "A1 my principal said no")
    await driver.edit("emma", "A1 our principal Ms. Doe said no", "A1")
    await driver.edit("dwayne", "A1 hers did", "Never mind")
    await driver.delete("sam", "A1 a regretted word")
    assert (await archive(driver))["Q1"] == ["mine too"]
    page = await driver.page("priya", "chat/1")
    assert "principal" not in page
    await driver.edit("luis", "A1 mine too", "A1 ours as well")
    await driver.edit("emma", "A1", "A1 nobody said no")
    assert (await archive(driver))["Q1"] == ["ours as well", "nobody said no"]


@pytest.mark.rows(31, 35)
async def test_an_answer_to_what_was_skipped_stands_there(driver: Driver, eight: datetime) -> None:
    """What is said aloud to a question that is not asked is in the archive; what was prepared is not."""
    await planned(driver)
    await driver.press_on_page("emma", "chat/1", "Answer Q2")
    await driver.submit("emma", words="prepared in silence")
    await driver.pass_time(eight + BEGUN)
    await driver.say("priya", "A2 before it is skipped")
    await driver.press("maya", "Skip Q2")
    await driver.say("luis", "A2 after it was skipped")
    await driver.pass_time(eight + ENDED)
    await driver.say("dwayne", "A2 after the end")
    found = await archive(driver)
    assert found["Q2"] == ["before it is skipped", "after it was skipped", "after the end"]
    assert "prepared in silence" not in await driver.page("luis", "chat/1")


@pytest.mark.rows(35)
async def test_words_without_a_mark_count_when_chosen_or_as_a_reply(
    discord: DiscordDriver, eight: datetime
) -> None:
    """Chosen, they answer the question being asked; a reply to a question answers that one; talk is talk."""
    await planned(discord)
    await discord.pass_time(eight + BEGUN)
    await discord.say("priya", "the exit ticket")
    await discord.say("emma", "good evening")
    await discord.count("priya", "the exit ticket")
    await discord.reply("luis", "a note home", "Q1 What worked")
    assert (await archive(discord))["Q1"] == ["the exit ticket", "a note home"]
