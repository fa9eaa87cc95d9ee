"""What nobody foresaw on the gateway: the bot passes it over, or begins again, and hears on."""

import asyncio
import copy
import itertools
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.discord import app
from adapters.discord.endings import ConnectError, Pauses
from plnbot.chats import archive
from plnbot.chats import store as chats
from plnbot.chats.model import ChatState
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.discord.fake import APPLICATION, BOT, GUILD, LOBBY, ROOM, Fault
from tests.engine.conftest import until
from tests.scenarios.discord import USERS, DiscordDriver
from tests.scenarios.server import StrictDiscord, discord_server

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
Json = dict[str, Any]
STRANGER = {"id": "900000000000000777", "username": "zoe", "discriminator": "0", "avatar": None}
THREAD = "900000000000000555"
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0, "user": STRANGER}


@pytest.fixture
async def server(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DiscordDriver]:
    """Yield a server in whose chat the first question was asked, and a bot without patience."""
    monkeypatch.setattr(app, "AGAIN", 0.05)
    monkeypatch.setattr(Pauses, "delay", lambda _self: 0.01)
    async with discord_server(store, clock, discord_proxy, "") as driver:
        driver.connection.gap.look_again = 0.0
        await driver.command("maya", "chat new")
        await driver.submit(
            "maya", questions="Q1: What worked?", starts="today 8 pm Eastern", plan="classic60"
        )
        await driver.press("maya", "Publish")
        await driver.pass_time(EIGHT + timedelta(minutes=12))
        yield driver


_numbers = itertools.count(1)


async def hears(driver: DiscordDriver) -> None:
    """Let somebody answer, and see that it counts."""
    said = f"still heard {next(_numbers)}"
    await driver.discord.say(USERS["luis"], f"A1 {said}")
    await driver.handled()
    await driver.parts.runner.run_all_due()
    assert said in await counted(driver)


async def counted(driver: DiscordDriver) -> str:
    """Return the words of all answers that count."""
    return await driver.store.read(_counted)


def _counted(tx: Tx) -> str:
    (chat,) = chats.chats_of(tx, 1, tuple(ChatState))
    sections = archive.read(tx, chat).sections
    return "\n".join(each.words for section in sections for each in section.answers)


async def begun_again(driver: DiscordDriver, before: int) -> None:
    """Wait until the bot has a new session, and knows the server."""
    await driver.discord.until(lambda: driver.discord.identified > before)
    await until(lambda: driver.connection.connected and driver.connection.told)


def message(**more: Any) -> Json:
    """Return a message of a stranger as the gateway tells it."""
    return {
        "id": "900000000000000888", "channel_id": ROOM, "guild_id": GUILD, "type": 0, "tts": False,
        "author": STRANGER, "member": MEMBER, "content": "hello", "pinned": False,
        "mention_everyone": False, "mentions": [STRANGER], "mention_roles": [], "embeds": [],
        "attachments": [{"id": "1", "filename": "a.txt", "size": 1, "url": "", "proxy_url": ""}],
        "components": [], "timestamp": "2026-11-24T01:00:00+00:00", "edited_timestamp": None,
        "message_reference": {"channel_id": ROOM, "message_id": "1", "guild_id": GUILD, "type": 0},
        **more,
    }  # fmt: skip


THREAD_TOLD: Json = {
    "id": THREAD, "guild_id": GUILD, "parent_id": ROOM, "owner_id": BOT, "type": 11,
    "name": "a thread", "member_count": 1, "message_count": 0, "rate_limit_per_user": 0,
    "thread_metadata": {
        "archived": False, "auto_archive_duration": 1440, "locked": False,
        "archive_timestamp": "2026-11-24T01:00:00+00:00",
    },
}  # fmt: skip
CHANNEL: Json = {
    "id": "900000000000000556", "type": 0, "name": "x", "position": 1, "guild_id": GUILD,
    "permission_overwrites": [{"id": GUILD, "type": 0, "allow": "0", "deny": "0"}],
}  # fmt: skip
ROLE: Json = {
    "id": "900000000000000557", "name": "r", "permissions": "0", "position": 1, "color": 0,
    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    "hoist": False, "managed": False, "mentionable": False, "flags": 0,
}  # fmt: skip
EVENT: Json = {
    "id": "900000000000000558", "guild_id": GUILD, "channel_id": None, "name": "e",
    "scheduled_start_time": "2026-11-25T01:00:00+00:00", "scheduled_end_time": None,
    "privacy_level": 2, "status": 1, "entity_type": 3, "entity_id": None,
    "entity_metadata": {"location": "x"}, "creator_id": BOT, "user_count": 0,
}  # fmt: skip
PRESS: Json = {
    "id": "900000000000000559", "application_id": APPLICATION, "type": 2, "token": "t",
    "version": 1, "guild_id": GUILD, "channel_id": ROOM, "locale": "en-US",
    "channel": {"id": ROOM, "type": 0}, "entitlements": [], "context": 0,
    "authorizing_integration_owners": {}, "attachment_size_limit": 1, "app_permissions": "0",
    "member": {**MEMBER, "permissions": "2048", "deaf": False, "mute": False},
    "data": {"id": "1", "type": 1, "name": "other", "options": [{"type": 1, "name": "x"}]},
}  # fmt: skip


def events() -> dict[str, Json]:
    """Return every kind of event that the bot is told of, as Discord describes it."""
    gone = {"guild_id": GUILD, "channel_id": ROOM}
    return {
        "MESSAGE_CREATE": message(),
        "MESSAGE_UPDATE": message(edited_timestamp="2026-11-24T01:01:00+00:00"),
        "MESSAGE_DELETE": {**gone, "id": "900000000000000888"},
        "MESSAGE_DELETE_BULK": {**gone, "ids": ["900000000000000888"]},
        "INTERACTION_CREATE": PRESS,
        "GUILD_MEMBER_ADD": {**MEMBER, "guild_id": GUILD},
        "GUILD_MEMBER_UPDATE": {**MEMBER, "guild_id": GUILD, "nick": "Zo"},
        "GUILD_MEMBER_REMOVE": {"guild_id": GUILD, "user": STRANGER},
        "CHANNEL_CREATE": CHANNEL,
        "CHANNEL_UPDATE": CHANNEL,
        "CHANNEL_DELETE": CHANNEL,
        "CHANNEL_PINS_UPDATE": {**gone, "last_pin_timestamp": "2026-11-24T01:00:00+00:00"},
        "THREAD_CREATE": THREAD_TOLD,
        "THREAD_UPDATE": THREAD_TOLD,
        "THREAD_DELETE": {"id": THREAD, "guild_id": GUILD, "parent_id": ROOM, "type": 11},
        "THREAD_LIST_SYNC": {"guild_id": GUILD, "threads": [THREAD_TOLD], "members": []},
        "THREAD_MEMBERS_UPDATE": {"id": THREAD, "guild_id": GUILD, "member_count": 1},
        "GUILD_ROLE_CREATE": {"guild_id": GUILD, "role": ROLE},
        "GUILD_ROLE_UPDATE": {"guild_id": GUILD, "role": ROLE},
        "GUILD_ROLE_DELETE": {"guild_id": GUILD, "role_id": ROLE["id"]},
        "GUILD_SCHEDULED_EVENT_CREATE": EVENT,
        "GUILD_SCHEDULED_EVENT_UPDATE": EVENT,
        "GUILD_SCHEDULED_EVENT_DELETE": EVENT,
        "GUILD_UPDATE": {"id": GUILD, "name": "Ridgeview Schools", "owner_id": USERS["maya"],
                         "system_channel_id": LOBBY, "roles": [ROLE], "emojis": []},
        "GUILD_CREATE": {"id": "900000000000000560", "name": "other", "owner_id": STRANGER["id"],
                         "channels": [CHANNEL], "threads": [THREAD_TOLD], "members": [MEMBER],
                         "roles": [ROLE], "member_count": 1, "unavailable": False},
        "GUILD_DELETE": {"id": "900000000000000560", "unavailable": True},
        "USER_UPDATE": STRANGER,
        "TYPING_START": {**gone, "user_id": STRANGER["id"], "timestamp": 1, "member": MEMBER},
        "MESSAGE_REACTION_ADD": {**gone, "user_id": "1", "message_id": "1",
                                 "emoji": {"id": None, "name": "x"}},
    }  # fmt: skip


ODD: tuple[Any, ...] = (None, "x", -1, [], {}, [None], {"id": "x"}, True)


def spoilt(told: Any, depth: int = 0) -> Iterator[Any]:
    """Yield something with one of its parts gone or odd, at every depth."""
    if isinstance(told, dict) and depth < 4:
        for name in told:
            yield {key: value for key, value in told.items() if key != name}
            for odd in (*spoilt(told[name], depth + 1), *ODD):
                yield {**told, name: odd}
    elif isinstance(told, list) and depth < 4:
        for at, each in enumerate(told):
            for odd in spoilt(each, depth + 1):
                yield [*told[:at], odd, *told[at + 1 :]]


ROWS = [
    ("MESSAGE_CREATE", message(message_reference={"message_id": "1"})),
    ("GUILD_MEMBER_UPDATE", {"guild_id": GUILD, "roles": [], "nick": "Zo"}),
    ("MESSAGE_CREATE", message(embeds=[{"type": "rich", "color": "red"}])),
    ("MESSAGE_CREATE", message(attachments=[{"id": "1"}])),
    ("MESSAGE_CREATE", {}),
    ("INTERACTION_CREATE", {"id": "1"}),
]


@pytest.mark.parametrize(("event", "told"), ROWS)
async def test_an_event_that_cannot_be_read_is_passed_over(
    server: DiscordDriver, event: str, told: Json, caplog: pytest.LogCaptureFixture
) -> None:
    """The session goes on, a line says so once a minute, and holds nothing that anybody wrote."""
    before = server.discord.identified
    for _time in range(3):
        await server.discord.tell(event, told)
    await hears(server)
    assert server.discord.identified == before
    lines = [each.getMessage() for each in caplog.records if event in each.getMessage()]
    assert len(lines) == 1
    assert "hello" not in caplog.text


async def test_an_answer_that_cannot_be_read_is_asked_for(server: DiscordDriver) -> None:
    """What the gateway told in an odd way is read where it stands, and counts."""
    number = await server.discord.say(USERS["emma"], "A1 odd but mine", heard=False)
    odd = message(
        id=number, author=server.discord.members[USERS["emma"]], content="A1 odd but mine"
    )
    await server.discord.tell("MESSAGE_CREATE", {**odd, "message_reference": {}})
    await server.handled()
    await until(lambda: server.connection.gap.since is None)
    await server.parts.runner.run_all_due()
    assert "odd but mine" in await counted(server)


async def test_every_event_may_be_odd(server: DiscordDriver, discord_proxy: StrictDiscord) -> None:
    """Each part of each kind of event gone or of another type: the next good message counts."""
    before = server.discord.identified
    for event, told in events().items():
        tried = list(spoilt(told))
        random.Random(event).shuffle(tried)
        for odd in (*tried[:80], *ODD):
            await server.discord.tell(event, copy.deepcopy(odd))
        await server.handled()
        await server.discord.tell("GUILD_CREATE", server.discord._guild())
        await hears(server)
        assert server.discord.identified == before, event
    discord_proxy.new()  # who came under a number that nobody can have was greeted in vain


@pytest.mark.parametrize(
    "frame",
    [
        "no json",
        "[]",
        '{"op": 10}',
        '{"op": 0, "t": "READY", "s": 1, "d": {}}',
        '{"op": 0, "t": "READY", "s": 1, "d": null}',
        '{"op": 0, "t": "RESUMED", "s": 1, "d": null}',
        '{"op": 7}',
        '{"op": 9, "d": false}',
    ],
)
async def test_a_session_that_cannot_go_on_is_begun_again(
    server: DiscordDriver, frame: str
) -> None:
    """Whatever a frame holds, there is a new session afterwards, and it hears."""
    before = server.discord.identified
    await server.discord.frame(frame)
    await begun_again(server, before)
    await hears(server)


@pytest.mark.parametrize("code", [1000, 1011, 4000, 4009])
async def test_a_connection_that_ends_is_begun_again(server: DiscordDriver, code: int) -> None:
    """However Discord ends it."""
    before = server.discord.identified
    await server.discord.drop(code)
    await begun_again(server, before)
    await hears(server)


async def test_a_gateway_that_refuses_for_long_is_tried_at_our_pauses(
    server: DiscordDriver,
) -> None:
    """Not at the library's, which grow to a quarter of an hour; and then everything is heard."""
    before, server.discord.shut = server.discord.identified, True
    await server.discord.drop()
    await server.discord.until(lambda: server.discord.turned_away > 10)
    assert not server.connection.connected
    server.discord.shut = False
    await begun_again(server, before)
    await hears(server)


@pytest.mark.parametrize(
    ("code", "briefly"),
    [
        (4004, "its token is refused"),
        (4010, "another number of connections is asked for"),
        (4011, "another number of connections is asked for"),
        (4012, "this version is too old for Discord"),
        (4013, "an intent is refused"),
        (4014, "an intent is refused"),
    ],
)
async def test_what_somebody_must_mend_is_said_and_tried_again(
    server: DiscordDriver, code: int, briefly: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not ready and says why, once; as soon as it is mended the bot hears again."""
    before = server.discord.identified
    server.discord.closes_with = code
    await server.discord.drop(code)
    await server.discord.until(lambda: server.discord.identified > before + 2)
    assert not server.connection.connected
    assert server.connection.trouble == briefly
    assert sum("It is tried again" in each.getMessage() for each in caplog.records) == 1
    before, server.discord.closes_with = server.discord.identified, 0
    await begun_again(server, before)
    assert server.connection.trouble == ""
    await hears(server)


async def test_at_the_start_it_ends_with_what_to_mend(server: DiscordDriver) -> None:
    """Who starts a bot whose intent is off reads so, and it does not go on by itself."""
    await server.connection.stop()
    server.discord.closes_with = 4014
    with pytest.raises(ConnectError, match="Switch it on in the developer portal"):
        await server.connection.start()
    server.discord.closes_with = 0
    await server.connection.start()
    await hears(server)


@pytest.mark.parametrize("path", ["/gateway/bot", "/users/@me"])
@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_hiccup_at_the_start_is_waited_out(
    server: DiscordDriver, path: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """A Discord that is not there for a moment ends no process: one line, and then it hears."""
    await server.connection.stop()
    limits = {"retry_after": 0.01} if status == 429 else {}
    server.discord.faults.append(Fault("GET", path, status, limits, times=3))
    await server.connection.start()
    await until(lambda: server.connection.connected)
    assert sum("It is tried again" in each.getMessage() for each in caplog.records) <= 1
    await hears(server)


async def test_it_stops_while_it_waits(
    server: DiscordDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pause ends with the bot."""
    monkeypatch.setattr(app, "AGAIN", 3600.0)
    before = server.discord.identified
    server.discord.closes_with = 4004
    await server.discord.drop(4004)
    await until(lambda: server.connection.trouble != "")
    assert server.discord.identified == before
    async with asyncio.timeout(5):
        await server.connection.stop()
    server.discord.closes_with = 0
    await server.connection.start()
    await hears(server)
