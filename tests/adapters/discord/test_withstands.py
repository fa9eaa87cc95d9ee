"""What Discord and its network do to a bot, and what a moderator and members notice of it."""

import asyncio
import random
import re
from datetime import timedelta

import pytest

from adapters.discord.api import REFUSALS, ApiError, TooSoonError
from adapters.discord.codes import Permission
from adapters.discord.endings import ConnectError
from adapters.discord.sender import OUTSIDE, nonce_of
from adapters.web.app import WebOptions
from plnbot import gathering
from plnbot.app import assembled
from plnbot.engine.ports import Outgoing, Retry, Sent, Unknown
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.text import verbatim
from plnbot.testing import FrozenClock
from tests.adapters.discord.evening import EIGHT, planned, titled
from tests.adapters.discord.fake import BOT, GUILD, ROOM, Fault
from tests.adapters.discord.seen import words_of
from tests.engine.conftest import until
from tests.scenarios.discord import USERS, DiscordDriver
from tests.scenarios.server import StrictDiscord, connected, discord_server, fake_discord

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTS = rf"^/channels/{ROOM}/messages$"
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}


async def test_every_post_has_a_nonce_and_pings_nobody(server: DiscordDriver) -> None:
    """Whatever members write, no message of the bot can call a crowd or be made twice."""
    await planned(server, timedelta(minutes=10))
    await server.press("luis", "Answer")
    await server.submit("luis", words="@everyone <@&1> **look**")
    await server.pass_time(EIGHT + timedelta(minutes=70))
    ours = [
        each
        for channel in list(server.discord.messages.values())
        for each in channel
        if each["author"]["id"] == BOT
    ]
    assert len(ours) > 8
    for each in ours:
        assert each["enforce_nonce"]
        assert len(each["nonce"]) <= 25
        assert each["allowed_mentions"]["parse"] == []
    assert len({each["nonce"] for each in ours}) == len(ours)
    shown = next(each for each in ours if "Luis Herrera on Q1" in words_of(each))
    assert "@everyone" not in shown["embeds"][0]["description"]


@pytest.mark.parametrize("status", [500, 502, 0])
@pytest.mark.parametrize("after", [False, True])
async def test_a_lost_reply_makes_no_second_message(
    server: DiscordDriver, status: int, *, after: bool
) -> None:
    """The call is tried once and repeated by the work queue; the question stands exactly once."""
    await planned(server, timedelta(minutes=9))
    server.discord.faults = [Fault("POST", POSTS, status, {"message": "?"}, 1, after)]
    await server.pass_time(EIGHT + timedelta(minutes=12))
    assert server.discord.faults == []
    assert len(titled(server, "Q1")) == 1


async def test_a_copied_nonce_means_nothing(server: DiscordDriver) -> None:
    """A post whose reply is lost is not taken for a member's message that bears its number."""
    hello = Outgoing("k", Place("discord", GUILD, ROOM), Card(verbatim("Hello")), "en", "UTC")
    sender = server.connection.sender
    number = await server.discord.say(USERS["luis"], "copied", heard=False)
    message = next(each for each in server.discord.messages[ROOM] if each["id"] == number)
    message["nonce"] = nonce_of("k")
    await server.discord.tell("MESSAGE_CREATE", {**message, "guild_id": GUILD, "member": MEMBER})
    await server.handled()
    assert isinstance(await sender.find(hello), Unknown)
    sent = await sender.send(hello)
    assert isinstance(sent, Sent)
    assert await sender.find(hello) == sent
    assert sent.ref != number


async def test_too_many_requests_are_waited_for(server: DiscordDriver) -> None:
    """When Discord says how long to wait, that long is waited, and the order stays."""
    await planned(server, timedelta(minutes=9))
    slow = {"message": "slow down", "retry_after": 0.6, "global": False}
    server.discord.faults = [Fault("POST", POSTS, 429, slow, 2)]
    await server.pass_time(EIGHT + timedelta(minutes=70))
    titles = [each["embeds"][0]["title"] for each in server.discord.messages[ROOM]]
    wanted = [each for each in titles if re.match(r"Q\d|Closing|The archive", each)]
    assert wanted == ["Q1", "Q2", "Closing", "The archive is ready"]


@pytest.mark.parametrize(
    ("public", "owner", "network"),
    [
        (False, "maya", "Our learning network"),
        (True, "maya", "Ridgeview Schools"),
        (True, "", "Our learning network"),
    ],
)
async def test_whoever_invites_a_public_bot_gets_a_network_of_their_own(
    store: Store,
    clock: FrozenClock,
    discord_proxy: StrictDiscord,
    *,
    public: bool,
    owner: str,
    network: str,
) -> None:
    """Only a server that is surely the operator's joins theirs: anybody may invite a public bot."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "Our learning network", "en", "UTC", now))
    address = WebOptions(b"0" * 32)
    parts = assembled(store, clock, address, lambda _platform: "", random.Random(1))
    async with fake_discord(discord_proxy) as discord:
        discord.public, discord.owner = public, USERS.get(owner, "")
        connection = connected(parts, store, clock, discord_proxy)
        await connection.start()
        found = await store.read(lambda tx: members.network_of(tx, "discord", GUILD))
        await connection.stop()
    assert found is not None
    assert found.name == network
    assert discord_proxy.violations() == []


async def test_an_outage_loses_nothing(server: DiscordDriver) -> None:
    """A server that Discord loses for a while gets its question when it is back."""
    await planned(server, timedelta(minutes=9))
    await server.discord.tell("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    await server.settle()
    await server.pass_time(EIGHT + timedelta(minutes=12))
    assert titled(server, "Q1") == []
    await server.discord.say(USERS["emma"], "A1 in the outage", heard=False)
    await server.discord.tell("GUILD_CREATE", server.discord._guild())
    await server.settle()
    assert len(titled(server, "Q1")) == 1, "at once"
    await server.pass_time(EIGHT + timedelta(minutes=15))
    (answer,) = await server.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert answer.words == "in the outage"
    assert await server.parts.desk.person(MemberRef("discord", GUILD, USERS["maya"])) is not None


async def test_kicked_and_invited_again(server: DiscordDriver) -> None:
    """Who throws the bot out and invites it again finds everybody and everything as it was."""
    await planned(server, timedelta(minutes=9))
    await server.discord.tell("GUILD_DELETE", {"id": GUILD})
    await server.settle()
    await server.pass_time(EIGHT + timedelta(minutes=12))
    assert titled(server, "Q1") == []
    await server.discord.tell("GUILD_CREATE", server.discord._guild())
    await server.settle()
    assert len(titled(server, "Q1")) == 1, "at once"
    await server.command("maya", "chat panel")
    assert "Moderators only" in await server.alone("maya")


async def test_a_right_taken_away_is_told_in_words(server: DiscordDriver) -> None:
    """The moderator reads which right is missing, once; nobody is asked in vain meanwhile."""
    await planned(server, timedelta(minutes=9))
    missing = {"code": 50013, "message": "Missing Permissions"}
    server.discord.faults = [Fault("*", rf"^/channels/{ROOM}/", 403, missing, 1000)]
    await server.pass_time(EIGHT + timedelta(minutes=11))
    told = await server.messages("maya")
    assert told.count("Something was not posted") == 1
    assert "I may not write in that channel any more. Give me “Send Messages”" in told
    posts = ("POST", f"/channels/{ROOM}/messages")
    before = server.discord.calls.count(posts)
    deny = {"id": GUILD, "type": 0, "allow": "0", "deny": str(int(Permission.SEND_MESSAGES))}
    server.discord.overwrites = {ROOM: [deny]}
    await server.discord.tell("CHANNEL_UPDATE", server.discord.channel(ROOM))
    await server.settle()
    assert server.discord.calls.count(posts) == before, "it still may not, and knows"
    server.discord.faults = []
    server.discord.overwrites = {}
    await server.discord.tell("CHANNEL_UPDATE", server.discord.channel(ROOM))
    await server.settle()
    assert len(titled(server, "Q1")) == 1
    assert titled(server, "Welcome to PLNchat") == []
    await server.pass_time(EIGHT + timedelta(minutes=70))
    assert (await server.messages("maya")).count("Something was not posted") == 1
    assert len(titled(server, "Closing")) == 1


async def test_closed_direct_messages_get_a_nudge_and_no_more(server: DiscordDriver) -> None:
    """A moderator who cannot be written to is called in the channel, once, without the content."""
    server.discord.closed.add(USERS["maya"])
    await planned(server, timedelta(minutes=25))
    nudges = [
        each
        for each in server.discord.messages[ROOM]
        if str(each.get("content", "")).startswith(f"<@{USERS['maya']}>")
    ]
    assert len(nudges) == 1
    assert nudges[0]["allowed_mentions"] == {"parse": [], "users": [USERS["maya"]]}
    assert nudges[0]["embeds"] == []
    assert "Moderators only" not in await server.see("luis")


async def test_buttons_work_after_a_restart(
    server: DiscordDriver, store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """A new process answers to the buttons and half-filled forms of the one before."""
    await planned(server, timedelta(minutes=12))
    await server.press("luis", "Answer")
    open_form = server._alone["luis"]
    await server.connection.stop()
    server.connection = connected(server.parts, store, clock, discord_proxy)
    server.parts.runner.senders["discord"] = server.connection.sender
    await server.connection.start()
    server._alone["luis"] = open_form
    await server.submit("luis", words="Across the restart")
    assert "Thank you" in await server.alone("luis")
    await server.press("emma", "Answer")
    await server.submit("emma", words="After it")
    assert "2 answers so far" in words_of(titled(server, "Q1")[0])
    await server.connection.stop()


async def test_who_stands_by_posts_and_then_listens(server: DiscordDriver) -> None:
    """A process that hears nothing posts all the same, waits where it was thrown out, and comes in."""
    await planned(server, timedelta(minutes=12))
    await server.connection.stop()
    no_access = {"code": 50001, "message": "Missing Access"}
    server.discord.faults = [
        Fault("POST", POSTS, 403, no_access), Fault("GET", f"^/guilds/{GUILD}$", 403, no_access)
    ]  # fmt: skip
    hello = Outgoing("k", Place("discord", GUILD, ROOM), Card(verbatim("Hello")), "en", "UTC")
    thrown_out = await server.connection.sender.send(hello)
    assert thrown_out == Retry("the bot is not in this server", OUTSIDE)
    await server.pass_time(EIGHT + timedelta(minutes=45))
    assert len(titled(server, "Q2")) == 1
    await server.connection.start()
    assert server.connection.connected
    await server.press("luis", "Answer")
    await server.submit("luis", words="I was heard")
    assert "Thank you" in await server.alone("luis")


async def name_of(server: DiscordDriver, who: str) -> str:
    """Return what the bot calls somebody."""
    person = await server.parts.desk.person(MemberRef("discord", GUILD, USERS[who]))
    assert person is not None
    return person.name


async def test_a_new_name_is_taken_over(server: DiscordDriver) -> None:
    """Who is shown otherwise in the server is called so, with whatever they do there next."""
    await planned(server, timedelta(minutes=12))
    await server.say("luis", "A1 Exit tickets")
    luis = USERS["luis"]
    server.discord.nicks[luis] = "Luis (7th grade)"
    await server.command("luis", "where")
    assert await name_of(server, "luis") == "Luis (7th grade)"
    (answer,) = await server.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert answer.author == "Luis (7th grade)"
    number = await server.discord.say(luis, "A1 once more")
    told = next(each for each in server.discord.messages[ROOM] if each["id"] == number)
    at = {"edited_timestamp": "2026-11-24T01:13:00+00:00", "guild_id": GUILD}
    await server.discord.tell("MESSAGE_UPDATE", {**told, **at, "content": "A1 edited"})
    await server.settle()
    direct = {"custom_id": f"o|home||{GUILD}", "component_type": 2}
    await server.discord.act(luis, 3, direct, channel=f"7{luis}")
    await server.settle()
    await server.discord.say(luis, "A1 in the gap", heard=False)
    server.connection.gap.ends()
    await server.connection.gap.over()
    await server.settle()
    assert await name_of(server, "luis") == "Luis (7th grade)", (
        "none of these tells the server's name"
    )


async def test_a_member_who_changed_is_called_so(server: DiscordDriver) -> None:
    """With the members' intent Discord tells of a change itself; nobody becomes a member by it."""
    for user, nick in ((USERS["emma"], "Emma L."), ("100000000000000099", "Zoe")):
        server.discord.member(user, "Emma Lindqvist")
        changed = {**MEMBER, "guild_id": GUILD, "user": server.discord.members[user], "nick": nick}
        await server.discord.tell("GUILD_MEMBER_UPDATE", changed)
        await server.settle()
    assert await name_of(server, "emma") == "Emma L."
    assert await server.parts.desk.person(MemberRef("discord", GUILD, "100000000000000099")) is None


async def test_as_many_connections_as_discord_asks_for(
    server: DiscordDriver, store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """When the gateway recommends two shards there are two, and a chat goes on over them."""
    await server.connection.stop()
    server.discord.shards = 2
    server.discord._sockets.clear()
    before = server.discord.identified
    connection = connected(server.parts, store, clock, discord_proxy)
    await connection.start()
    assert server.discord.identified == before + 2
    server.connection = connection
    server.parts.runner.senders["discord"] = connection.sender
    await planned(server, timedelta(minutes=12))
    assert len(titled(server, "Q1")) == 1
    await connection.stop()


async def test_refusals_stop_calls_long_before_discord_does(
    server: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """After five hundred refusals in ten minutes nothing is asked for a while, and that is said."""
    api = server.connection._api
    missing = {"code": 50013, "message": "Missing Permissions"}
    server.discord.faults = [Fault("GET", "^/channels/", 403, missing, 10_000)]
    api._refusals.extend([asyncio.get_running_loop().time()] * (REFUSALS - 3))
    for channel in range(1, 4):
        with pytest.raises(ApiError):
            await api.get(f"/channels/{channel}000000")
    calls = len(server.discord.calls)
    with pytest.raises(TooSoonError) as stopped:
        await api.get("/channels/9000000")
    assert len(server.discord.calls) == calls
    assert stopped.value.after > timedelta(minutes=9)
    assert not server.connection.connected
    assert server.connection.trouble == "Discord refused too much"
    assert caplog.text.count("none is made now") == 1


async def test_a_token_that_is_wrong_is_said(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """A mistake at the start is a sentence that says where to mend it."""
    async with discord_server(store, clock, discord_proxy, "") as server:
        connection = connected(server.parts, store, clock, discord_proxy)
        server.discord.faults = [Fault("GET", "^/gateway/bot$", 401, {"code": 0}, 1)]
        with pytest.raises(ConnectError, match="PLNBOT_DISCORD_TOKEN"):
            await connection.start()
        assert connection.trouble == "its token is refused"
        await connection.start()
        assert (connection.connected, connection.trouble) == (True, "")
        await connection.stop()


async def test_a_token_reset_meanwhile_is_said(
    server: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the gateway ends the connection for good, the log says once what to mend."""
    with caplog.at_level("ERROR", "adapters.discord.app"):
        await server.discord.drop(4004)
        await until(lambda: server.connection.trouble != "")
    assert not server.connection.connected
    assert server.connection.trouble == "its token is refused"
    assert caplog.text.count("PLNBOT_DISCORD_TOKEN") == 1
