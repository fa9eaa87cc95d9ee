"""Programmes of other kinds on every platform: coaching, trios; and two of whom one sits in a chat, one in the lobby."""

import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.web import entering
from adapters.web import store as rooms
from adapters.web.lobby_key import cookie_of
from adapters.web.store import Room
from plnbot.first_start import LOBBY, TEACHERS, let_in
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.discord.seen import words_of as discord_words
from tests.adapters.slack.strict import Strict
from tests.scenarios.discord import USERS as ON_DISCORD
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver, words_of
from tests.scenarios.server import StrictDiscord, discord_server
from tests.scenarios.slack import USERS as ON_SLACK
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_peers import committed, joins, named, opened, teaches
from tests.scenarios.workspace import slack_workspace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.rows(78)
async def test_a_coach_and_a_teacher(driver: Driver) -> None:
    """Offered as coaching, an end that both see, what they agreed on, and minutes that count for both."""
    for who in ("sam", "priya"):
        await teaches(driver, who)
    await opened(driver, aim="coaching", weeks="8")
    await driver.say("sam", "/pln peers join")
    await driver.press("sam", "I would coach others")
    await driver.say("priya", "/pln peers join")
    await driver.press("priya", "I would like a coach")
    assert "2 of 2 (100 %)" in await committed(driver)
    assert named(driver, "priya") in await driver.messages("sam")
    assert named(driver, "sam") in await driver.messages("priya")
    await driver.press("priya", "What we agreed on")
    await driver.submit("priya", goals="Watch one lesson a month.")
    assert "Watch one lesson a month." in await driver.messages("sam")
    await driver.press("priya", "We met")
    await driver.press("priya", "Minutes", choose="45")
    await driver.say("priya", "/pln me did")
    assert "Two counties" in await driver.alone("priya")


@pytest.mark.rows(70, 73)
async def test_trios(driver: Driver) -> None:
    """Three meet because the programme wants that: each reads of both others, and nobody is the odd one."""
    people = ("sam", "priya", "luis")
    for who in people:
        await teaches(driver, who)
    await opened(driver, size="3")
    await driver.say("sam", "/pln peers join")
    assert "You meet in threes" in await driver.alone("sam")
    await joins(driver, *people)
    assert "1, of these 1 of three" in await committed(driver)
    for who in people:
        got = await driver.messages(who)
        assert all(named(driver, each) in got for each in people if each != who)
        assert got.count("Who begins") == 1
        assert "better three than one alone" not in got


@contextlib.asynccontextmanager
async def with_a_lobby(chat: SlackDriver | DiscordDriver) -> AsyncIterator[LobbyDriver]:
    """Yield the lobby of the network that a chat's workspace belongs to, with its people."""
    network = await chat.parts.desk.settle("web", LOBBY, "Our learning network")

    def begin(tx: Tx) -> None:
        rooms.ensure_room(tx, LOBBY, Room("chat-night", "chat-night", ""), 0)
        for each in TEACHERS:
            let_in(tx, network, each, chat.now())

    await chat.store.run(begin)
    key = {cookie_of(LOBBY_KEY): LOBBY_KEY}
    served = chat.browsing.client.server
    assert isinstance(served, TestServer)
    async with TestClient(served, cookies=key) as client:
        yield LobbyDriver(client, chat.parts, chat.store, chat.clock)


async def introduced_across(chat: SlackDriver | DiscordDriver, lobby: LobbyDriver) -> str:
    """Introduce Sam, who is in the chat, and Priya, who is in the lobby; return the room of hers."""
    await teaches(chat, "sam")
    await teaches(lobby, "priya")
    await opened(chat)
    await joins(chat, "sam")
    await joins(lobby, "priya")
    await committed(chat)
    for driver, who in ((chat, "sam"), (lobby, "priya")):
        assert "and each of you can stop at any time" in await driver.messages(who)
        await driver.press(who, "Yes, carry words")
        await driver.pass_time(timedelta(minutes=1))
    hers = MemberRef("web", LOBBY, "priya")
    entered = await chat.store.read(lambda tx: entering.rooms_for(tx, hers))
    return f"/as/priya/room/{next(each.slug for each in entered if each.slug != 'chat-night')}"


async def written(lobby: LobbyDriver, room: str, words: str) -> None:
    """Let Priya write in her end."""
    page = await lobby.markup(room)
    fields = {"csrf": page.split('name="csrf" value="')[1].split('"')[0], "key": words}
    said = await lobby.client.post(
        f"{room}/say", data={**fields, "words": words}, allow_redirects=False
    )
    assert said.status == 303
    await lobby.pass_time(timedelta(minutes=1))


@pytest.mark.rows(79)
async def test_a_teacher_in_slack_and_one_in_the_lobby_of_their_network(
    store: Store, clock: FrozenClock, slack_proxy: Strict
) -> None:
    """Each writes where they are; what is written in the lobby stands below the card in Slack, and back."""
    async with (
        slack_workspace(
            store, clock, slack_proxy, "http://127.0.0.1:1", lobby_key=LOBBY_KEY
        ) as chat,
        with_a_lobby(chat) as lobby,
    ):
        room = await introduced_across(chat, lobby)
        await written(lobby, room, "Hello from the lobby")
        assert "Hello from the lobby" in await chat.messages("sam")
        direct = f"D{ON_SLACK['sam'][1:]}"
        card = next(e for e in reversed(chat.slack.messages[direct]) if not e.thread)
        await chat.event({
            "type": "message", "user": ON_SLACK["sam"], "ts": chat.slack.ts(), "text": "Hello from Slack",
            "channel": direct, "channel_type": "im", "thread_ts": card.ts,
        })  # fmt: skip
        assert "Hello from Slack" in words_of(await lobby.markup(room))
        await written(lobby, room, "stop")
        assert "has ended this" in await chat.messages("sam")


@pytest.mark.rows(79)
async def test_a_teacher_in_discord_and_one_in_the_lobby_of_their_network(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """Each writes where they are: in the direct messages of who asked for them, and in the lobby."""
    async with (
        discord_server(
            store, clock, discord_proxy, "http://127.0.0.1:1", lobby_key=LOBBY_KEY
        ) as chat,
        with_a_lobby(chat) as lobby,
    ):
        room = await introduced_across(chat, lobby)
        await written(lobby, room, "Hello from the lobby")
        direct = f"7{ON_DISCORD['sam']}"
        assert "Hello from the lobby" in discord_words(chat.discord.messages[direct][-1])
        await chat.discord.say(ON_DISCORD["sam"], "Hello from Discord", direct)
        await chat.settle()
        assert "Hello from Discord" in words_of(await lobby.markup(room))
