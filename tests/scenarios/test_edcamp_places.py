"""Where sessions are held in Slack and Discord, and what becomes of one whose own place cannot be opened."""

import re
from dataclasses import replace

import pytest

from plnbot.edcamps.model import RoomKind
from plnbot.edcamps.store import boards
from plnbot.edcamps.store.tables import board as board_table
from plnbot.engine import outbox
from plnbot.refs import Place
from plnbot.store.database import Tx
from tests.adapters.discord.fake import FORUM, GUILD, Fault
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.discord.seen import words_of
from tests.adapters.slack.fake import ROOM as SLACK_ROOM
from tests.adapters.slack.fake import TEAM
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_edcamp_day import MINUTE, NINE, laid, told

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SLACK_DEN, DISCORD_DEN = "C0DEN", "200000000000000077"
OnPlatform = SlackDriver | DiscordDriver
SESSION = "edcamp/1/session/1/edcamps.session"


async def in_the_den(driver: OnPlatform, den: Place) -> None:
    """Have a board whose first room is a channel of its own, the evening before."""
    await laid(driver, priya="Calm starts")

    def own(tx: Tx) -> None:
        board = boards.get(tx, 1)
        assert board is not None
        library = boards.rooms_of(tx, board)[0]
        boards.change_room(tx, library.id, replace(library, kind=RoomKind.CHANNEL, place=den))

    await driver.store.run(own)


async def stands_at(driver: OnPlatform, key: str = SESSION) -> Place | None:
    """Return where a post stands, None where it stands nowhere."""
    if not await driver.store.read(lambda tx: outbox.standing(tx, [key])):
        return None
    post = await driver.store.read(lambda tx: outbox.by_key(tx, key))
    return post.to if post is not None and isinstance(post.to, Place) else None


async def goes_on(driver: OnPlatform) -> None:
    """See that people are in the session, note something, and have its minutes."""
    await driver.press_on_page("sam", "edcamp_session/1", "I am here")
    await driver.press_on_page("sam", "edcamp_session/1", "Add a note")
    await driver.submit("sam", words="Begin with a question at the door")
    assert "Noted" in await driver.alone("sam")
    await driver.pass_time(NINE + 41 * MINUTE)
    assert "1 tapped in" in await driver.page("priya", "edcamp_session/1")
    assert "Calm starts" in await driver.page("sam", "did")


@pytest.mark.rows(55)
@pytest.mark.parametrize("why", ["is_archived", "missing_scope"])
async def test_a_channel_of_slack_that_refuses_its_session(slack: SlackDriver, why: str) -> None:
    """It gets a thread in the board's room instead, and goes on there."""
    await in_the_den(slack, Place("slack", TEAM, SLACK_DEN))
    slack.slack.refuses["chat.postMessage", SLACK_DEN] = why
    await told(slack, (1, 1, 1))
    await slack.pass_time(5 * MINUTE)
    at = await stands_at(slack)
    assert at is not None
    assert (at.channel, bool(at.thread)) == (SLACK_ROOM, True)
    assert slack.slack.messages[SLACK_DEN] == []
    await goes_on(slack)


@pytest.mark.rows(55)
@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10003)])
async def test_a_channel_of_discord_that_refuses_its_session(
    discord: DiscordDriver, status: int, code: int
) -> None:
    """It gets a thread in the board's room instead, and goes on there."""
    await in_the_den(discord, Place("discord", GUILD, DISCORD_DEN))
    no = {"code": code, "message": "no"}
    path = f"^/channels/{DISCORD_DEN}/"
    discord.discord.faults = [Fault("POST", path, status, no, 99)]
    await told(discord, (1, 1, 1))
    await discord.pass_time(5 * MINUTE)
    at = await stands_at(discord)
    assert at is not None
    assert at.channel == DISCORD_ROOM
    assert discord.discord.threads[at.thread]["name"] == "Calm starts"
    assert "Calm starts" in words_of(discord.discord.messages[at.thread][0])
    await goes_on(discord)


@pytest.mark.rows(55)
async def test_a_room_of_slack_that_takes_no_thread(slack: SlackDriver) -> None:
    """Its page says so and takes what would have been written there."""
    await laid(slack, priya="Calm starts")
    slack.slack.refuses["chat.postMessage", SLACK_ROOM] = "restricted_action"
    await told(slack, (1, 1, 1))
    await slack.pass_time(5 * MINUTE)
    assert await stands_at(slack) is None
    page = await slack.page("sam", "edcamp_session/1")
    assert "Its thread could not be opened: write your notes here." in page
    await goes_on(slack)


@pytest.mark.rows(55)
async def test_a_room_of_discord_that_takes_no_thread(discord: DiscordDriver) -> None:
    """Its page says so and takes what would have been written there."""
    await laid(discord, priya="Calm starts")
    no = {"code": 50013, "message": "Missing Permissions"}
    discord.discord.faults = [Fault("POST", f"^/channels/{DISCORD_ROOM}/", 403, no, 99)]
    await told(discord, (1, 1, 1))
    await discord.pass_time(5 * MINUTE)
    assert await stands_at(discord) is None
    page = await discord.page("sam", "edcamp_session/1")
    assert "Its thread could not be opened: write your notes here." in page
    await goes_on(discord)


@pytest.mark.rows(55)
@pytest.mark.parametrize(("status", "code"), [(400, 160006), (403, 50013)])
async def test_no_thread_more_fits_in_discord(
    discord: DiscordDriver, status: int, code: int
) -> None:
    """At the limit of threads a session's card stands in the channel, below the one that calls to it."""
    await laid(discord, priya="Calm starts")
    no = {"code": code, "message": "no"}
    discord.discord.faults = [Fault("POST", r"/messages/\d+/threads$", status, no, 99)]
    await told(discord, (1, 1, 1))
    shown = discord.discord.messages[DISCORD_ROOM]
    (call,) = [each for each in shown if "writes in the thread" in words_of(each)]
    (card,) = [each for each in shown if "Facilitator" in words_of(each)]
    assert card["message_reference"]["message_id"] == call["id"]
    await goes_on(discord)


@pytest.mark.rows(55)
async def test_in_a_forum_each_session_is_a_post(discord: DiscordDriver) -> None:
    """With its card in it; two of one name are two posts, and nothing is asked that a forum refuses."""
    await laid(discord, priya="Calm starts", luis="Calm starts")
    await discord.store.run(lambda tx: tx.execute(board_table.update().values(channel=FORUM)))
    await told(discord, (1, 1, 1), (2, 1, 2))
    posts = [
        number
        for number, each in discord.discord.threads.items()
        if each["parent_id"] == FORUM and each["name"] == "Calm starts"
    ]
    assert len(posts) == 2
    for each in posts:
        call, card = map(words_of, discord.discord.messages[each])
        assert "Whoever wants to take part writes" in call
        assert "Facilitator" in card
    asked = [path for method, path in discord.discord.calls if method == "POST"]
    assert not [path for path in asked if re.search(rf"/{FORUM}/messages/\d+/threads", path)]
    await goes_on(discord)
