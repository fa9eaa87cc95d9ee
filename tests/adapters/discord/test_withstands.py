"""What Discord and its network do to a bot, and what a moderator and members notice of it."""

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord import store as kept
from adapters.discord.api import REFUSALS, Api, ApiError, TooSoonError
from adapters.discord.codes import Permission
from adapters.discord.endings import ConnectError
from adapters.discord.membership import HOLDS_SECONDS
from adapters.discord.sender import OUTSIDE, nonce_of
from adapters.web.app import WebOptions
from plnbot import gathering
from plnbot.app import assembled
from plnbot.engine.ports import Outgoing, Retry, Sent, Unknown
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.interactions import Interaction, Press
from plnbot.talk.text import verbatim
from plnbot.testing import FrozenClock
from tests.adapters.discord.fake import BOT, FORUM, GUILD, LOBBY, ROOM, TOKEN, Fault
from tests.adapters.discord.seen import Json, parts_of, words_of
from tests.engine.conftest import until
from tests.scenarios.discord import USERS, DiscordDriver, _standing
from tests.scenarios.server import StrictDiscord, connected, discord_server, fake_discord

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
POSTS = rf"^/channels/{ROOM}/messages$"
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
TWO = "Q1: What worked?\nQ2: What next?"


@pytest.fixture
async def server(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> AsyncIterator[DiscordDriver]:
    """Yield a server whose pages have no address."""
    async with discord_server(store, clock, discord_proxy, "") as driver:
        yield driver


async def planned(driver: DiscordDriver, until: timedelta = timedelta()) -> None:
    """Let Maya publish a chat for tonight, and let it become some time after its start."""
    await driver.command("maya", "chat new")
    await driver.submit("maya", questions=TWO, starts="today 8 pm Eastern", plan="classic60")
    await driver.press("maya", "Publish")
    if until:
        await driver.pass_time(EIGHT + until)


def titled(driver: DiscordDriver, title: str, channel: str = ROOM) -> list[Json]:
    """Return the messages of the bot with this title."""
    return [
        each
        for each in driver.discord.messages[channel]
        if any(embed.get("title") == title for embed in each["embeds"])
    ]


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
    await server.discord.tell("GUILD_CREATE", server.discord._guild())
    await server.settle()
    await server.pass_time(EIGHT + timedelta(minutes=15))
    assert len(titled(server, "Q1")) == 1
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
    await server.pass_time(EIGHT + timedelta(minutes=25))
    assert len(titled(server, "Q1")) == 1
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


async def test_an_interaction_counts_once(server: DiscordDriver) -> None:
    """The same event twice, as a gateway may tell it, is one doing."""
    await planned(server, timedelta(minutes=12))
    told: list[Json] = []
    tell = server.discord.tell

    async def twice(event: str, data: Json) -> None:
        await tell(event, data)
        if event == "INTERACTION_CREATE":
            told.append(data)
            await tell(event, data)

    server.discord.tell = twice  # type: ignore[method-assign] # this gateway stutters
    await server.press("maya", "+2 minutes")
    server.discord.tell = tell  # type: ignore[method-assign] # and no longer
    await server.settle()
    assert len(told) == 1
    where = await server.parts.desk.ongoing("discord")
    assert where
    await server.command("maya", "chat panel")
    assert "8:35 PM" in await server.alone("maya")


async def test_a_slow_answer_is_announced_in_time(server: DiscordDriver) -> None:
    """What takes longer than Discord waits is deferred, and a form then waits behind a button."""
    server.connection.intake.soon = 0.0
    number = await server.discord.act(USERS["priya"], 2, server._chosen("where") or {})
    assert (await server.discord.answered(number))["type"] == 5
    await server.discord.until(lambda: number in server.discord.edited)
    assert "No chat is going on" in words_of(server.discord.edited[number])
    number = await server.discord.act(USERS["priya"], 2, server._chosen("start") or {})
    await server.discord.until(lambda: number in server.discord.edited)
    body = server.discord.edited[number]
    assert "The form is behind the button." in words_of(body)
    server.connection.intake.soon = 2.0
    server._alone["priya"] = body
    await server.press("priya", "Go on")
    assert "What do you teach?" in await server.alone("priya")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (r"/messages/\d+/threads$", 400, 160006),
        (r"/messages/\d+/threads$", 403, 50013),
    ],
)
async def test_without_a_thread_answers_stand_below_the_question(
    server: DiscordDriver, path: str, status: int, code: int
) -> None:
    """Where no thread can be opened the chat goes on in the channel, as replies."""
    server.discord.faults = [Fault("POST", path, status, {"code": code, "message": "no"}, 99)]
    await planned(server, timedelta(minutes=12))
    await server.press("luis", "Answer")
    await server.submit("luis", words="Below it")
    (question,) = titled(server, "Q1")
    shown = next(each for each in server.discord.messages[ROOM] if "Below it" in words_of(each))
    assert shown["message_reference"]["message_id"] == question["id"]


async def test_an_archived_thread_is_opened_and_a_locked_one_left(server: DiscordDriver) -> None:
    """An old thread is woken up; one that somebody locked stays locked, and the answer is seen."""
    await planned(server, timedelta(minutes=12))
    (question,) = titled(server, "Q1")
    thread = str(question["id"])
    server.discord.archived.add(thread)
    await server.press("luis", "Answer")
    await server.submit("luis", words="Wakes it up")
    assert "Wakes it up" in words_of(server.discord.messages[thread][-1])
    locked = {"code": 160005, "message": "Thread is locked"}
    server.discord.faults = [Fault("POST", f"^/channels/{thread}/messages$", 403, locked, 99)]
    await server.press("emma", "Answer")
    await server.submit("emma", words="Past the lock")
    assert "Past the lock" in words_of(server.discord.messages[ROOM][-1])


async def test_one_channel_for_all(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """With threads off by setting, none is opened and answers are replies."""
    async with discord_server(store, clock, discord_proxy, "", threads=False) as server:
        await planned(server, timedelta(minutes=12))
        await server.press("luis", "Answer")
        await server.submit("luis", words="Right here")
        assert server.discord.threads == {}
        assert "Right here" in words_of(server.discord.messages[ROOM][-1])


async def test_a_forum_gets_a_post_for_each_question(server: DiscordDriver) -> None:
    """In a forum every question is a post of its own, and words in it are its answers."""
    data = server._chosen("chat new") or {}
    number = await server.discord.act(USERS["maya"], 2, data, channel=FORUM)
    dialog = (await server.discord.answered(number))["data"]
    wish = {"questions": TWO, "starts": "today 8 pm Eastern", "plan": "classic60", "title": ""}
    sent = [
        {"type": 18, "component": {"type": 4, "custom_id": name, "value": value}}
        for name, value in wish.items()
    ]
    form = {"custom_id": dialog["custom_id"], "components": sent}
    number = await server.discord.act(USERS["maya"], 5, form, channel=FORUM)
    server._alone["maya"] = (await server.discord.answered(number))["data"]
    await server.press("maya", "Publish")
    await server.pass_time(EIGHT + timedelta(minutes=12))
    post = next(each for each in server.discord.threads.values() if each["name"].startswith("Q1"))
    assert post["parent_id"] == FORUM
    thread = server.discord.channel(post["id"])
    await server.discord.tell("THREAD_CREATE", thread)
    await server.discord.say(USERS["luis"], "In the forum", post["id"])
    await server.settle()
    assert "1 answer so far" in words_of(server.discord.messages[post["id"]][0])


async def test_chats_are_scheduled_events(server: DiscordDriver) -> None:
    """A published chat stands in the server's calendar; called off, it is cancelled there."""
    await planned(server)
    (event,) = server.discord.events.values()
    assert event["scheduled_start_time"] == "2026-11-24T01:00:00Z"
    assert event["entity_metadata"] == {"location": f"<#{ROOM}>"}
    await server.parts.desk.handle(_press(server, "chat.discard", "1"))
    await server.settle()
    (event,) = server.discord.events.values()
    assert event["status"] == 4


async def test_an_event_that_may_not_be_made_stops_nothing(server: DiscordDriver) -> None:
    """Without the right to make events the announcement stands all the same."""
    missing = {"code": 50013, "message": "Missing Permissions"}
    server.discord.faults = [Fault("POST", "scheduled-events", 403, missing, 9)]
    await planned(server)
    assert "Coming up" in await server.see("luis")
    assert server.discord.events == {}


async def test_without_the_intent_mentions_count(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """Without the content of messages, words to the bot count, and other words are not looked at."""
    async with discord_server(store, clock, discord_proxy, "", content=False) as server:
        assert "reads no messages" in server.connection.standing()
        await planned(server, timedelta(minutes=12))
        await server.say("luis", "A1 not for the bot")
        await server.say("emma", f"<@{BOT}> A1 for the bot")
        assert "1 answer so far" in words_of(titled(server, "Q1")[0])
        message = {"id": "555", "content": "A1 by the menu", "author": {"id": USERS["luis"]}}
        menu = {
            "id": "1", "type": 3, "name": "Count as my answer", "target_id": "555",
            "resolved": {"messages": {"555": {**_standing({}), **message}}},
        }  # fmt: skip
        number = await server.discord.act(USERS["luis"], 2, menu)
        assert "stands under Q1" in words_of((await server.discord.answered(number))["data"])
        await server.settle()
        assert "2 answers so far" in words_of(titled(server, "Q1")[0])


async def test_the_panel_works_in_direct_messages(server: DiscordDriver) -> None:
    """The panel's buttons know which server they are about, also where there is none."""
    await planned(server, timedelta(minutes=12))
    direct = f"7{USERS['maya']}"
    panel = next(
        each for each in server.discord.messages[direct] if "Moderators only" in words_of(each)
    )
    hold = next(part for part in parts_of(panel) if part.get("label") == "Hold")
    data = {"custom_id": hold["custom_id"], "component_type": 2}
    number = await server.discord.act(USERS["maya"], 3, data, channel=direct)
    assert "On hold" in words_of((await server.discord.answered(number))["data"])
    await server.settle()
    assert "on hold" in words_of(panel)


async def test_who_was_thrown_out_steers_nothing(server: DiscordDriver) -> None:
    """Buttons of long ago, in direct messages, are no way back into the server."""
    await planned(server, timedelta(minutes=12))
    direct, maya = f"7{USERS['maya']}", MemberRef("discord", GUILD, USERS["maya"])
    panel = next(
        each for each in server.discord.messages[direct] if "Moderators only" in words_of(each)
    )
    hold = next(part for part in parts_of(panel) if part.get("label") == "Hold")
    server.discord.out.add(maya.user)
    gone = {"guild_id": GUILD, "user": server.discord.members[maya.user]}
    await server.discord.tell("GUILD_MEMBER_REMOVE", gone)
    await server.settle()
    data = {"custom_id": hold["custom_id"], "component_type": 2}
    number = await server.discord.act(maya.user, 3, data, channel=direct)
    assert "a server that I am in" in words_of((await server.discord.answered(number))["data"])
    await server.settle()
    assert "on hold" not in words_of(panel)
    assert await server.parts.desk.person(maya) is None
    server.discord.out.clear()
    number = await server.discord.act(maya.user, 3, data, channel=direct)
    assert "On hold" in words_of((await server.discord.answered(number))["data"])


async def test_of_whom_discord_tells_nothing_is_asked(server: DiscordDriver) -> None:
    """Without the intent nobody hears of those who are thrown out, so Discord is asked, later on."""
    await planned(server)
    maya = MemberRef("discord", GUILD, USERS["maya"])
    server.discord.out.add(maya.user)
    server.connection.membership.seconds = lambda: time.monotonic() + HOLDS_SECONDS
    typed = {"id": "1", "type": 1, "name": "pln", "options": [{"type": 1, "name": "home"}]}
    number = await server.discord.act(maya.user, 2, typed, channel=f"7{maya.user}")
    assert "a server that I am in" in words_of((await server.discord.answered(number))["data"])
    await server.settle()
    assert await server.parts.desk.person(maya) is None


async def test_a_bot_that_is_out_itself_throws_out_nobody(server: DiscordDriver) -> None:
    """While the bot is not in the server, what comes directly counts nothing, and all is kept."""
    await planned(server)
    maya = MemberRef("discord", GUILD, USERS["maya"])
    server.connection.membership.forget(maya)
    outside = {"code": 10004, "message": "Unknown Guild"}
    server.discord.faults = [Fault("GET", rf"^/guilds/{GUILD}/members/", 404, outside)]
    typed = {"id": "1", "type": 1, "name": "pln", "options": [{"type": 1, "name": "home"}]}
    number = await server.discord.act(maya.user, 2, typed, channel=f"7{maya.user}")
    assert "a server that I am in" in words_of((await server.discord.answered(number))["data"])
    await server.settle()
    assert await server.parts.desk.person(maya) is not None


async def test_a_form_is_no_way_back_either(server: DiscordDriver) -> None:
    """A form that was half filled in belongs to its server, wherever it is sent from."""
    await server.command("luis", "start")
    luis = MemberRef("discord", GUILD, USERS["luis"])
    dialog = server._alone["luis"]
    server.discord.out.add(luis.user)
    server.connection.membership.forget(luis)
    elsewhere = MemberRef("discord", "900000000000000999", luis.user)
    server.connection.membership.seen(elsewhere)
    later = server.clock.now() + timedelta(hours=1)
    await server.store.run(lambda tx: kept.note_account(tx, elsewhere, ROOM, later))
    sent = {"custom_id": dialog["custom_id"], "components": []}
    number = await server.discord.act(luis.user, 5, sent, channel=f"7{luis.user}")
    assert "a server that I am in" in words_of((await server.discord.answered(number))["data"])


async def test_a_forged_button_makes_no_member(
    server: DiscordDriver, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever writes another server's number into a button gets nothing of that server."""
    await planned(server, timedelta(minutes=12))
    stranger, direct = "100000000000000099", "7100000000000000099"
    server.discord.member(stranger, "Zoe")
    server.discord.out.add(stranger)
    for name in ("p|chat.where|1", "o|chat|1", "p|chat.answer|1", "n|x|1", "f|x|²", "n|x|-1"):
        for guild in (GUILD, "../../users/@me", "1", "٣", "x" * 60):
            data = {"custom_id": f"{name}|{guild}"[:100], "component_type": 2}
            number = await server.discord.act(stranger, 3, data, channel=direct)
            shown = words_of((await server.discord.answered(number))["data"])
            assert "What worked?" not in shown
    await server.settle()
    assert await server.parts.desk.person(MemberRef("discord", GUILD, stranger)) is None
    assert not [each for each in caplog.records if each.exc_info]


async def test_deleted_and_edited_words_follow(server: DiscordDriver) -> None:
    """An answer that is edited changes, and one that is deleted is gone."""
    await planned(server, timedelta(minutes=12))
    number = await server.discord.say(USERS["luis"], "A1 first words")
    await server.settle()
    assert "1 answer so far" in words_of(titled(server, "Q1")[0])
    told = next(each for each in server.discord.messages[ROOM] if each["id"] == number)
    edited = {
        **told,
        "content": "no answer at all",
        "edited_timestamp": "2026-11-24T01:13:00+00:00",
    }
    await server.discord.tell("MESSAGE_UPDATE", {**edited, "guild_id": GUILD})
    await server.settle()
    assert "answer so far" not in words_of(titled(server, "Q1")[0])
    number = await server.discord.say(USERS["luis"], "A1 again")
    await server.settle()
    gone = {"id": number, "channel_id": ROOM, "guild_id": GUILD}
    await server.discord.tell("MESSAGE_DELETE", gone)
    await server.settle()
    assert "answer so far" not in words_of(titled(server, "Q1")[0])


async def test_a_message_of_before_a_restart_takes_its_answer_with_it(
    server: DiscordDriver, store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """A new process does not know whose the messages were, nor an old thread; the answers go."""
    await planned(server, timedelta(minutes=12))
    (question,) = titled(server, "Q1")
    thread = str(question["id"])
    words = (("luis", "A1 in the room", ROOM), ("emma", "A1 too", ROOM), ("sam", "below", thread))
    rows = [await server.discord.say(USERS[who], said, at) for who, said, at in words]
    await server.settle()
    assert "3 answers so far" in words_of(question)
    await server.connection.stop()
    server.connection = connected(server.parts, store, clock, discord_proxy)
    server.parts.runner.senders["discord"] = server.connection.sender
    await server.connection.start()
    gone = {"channel_id": thread, "guild_id": GUILD}
    await server.discord.tell("MESSAGE_DELETE", {**gone, "id": rows[2]})
    await server.settle()
    assert "2 answers so far" in words_of(question)
    bulk = {"channel_id": ROOM, "guild_id": GUILD, "ids": rows[:2]}
    await server.discord.tell("MESSAGE_DELETE_BULK", bulk)
    await server.settle()
    assert "answer so far" not in words_of(question)
    assert "answers so far" not in words_of(question)
    await server.connection.stop()


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
    await server.connection.gap.catch_up()
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


async def test_what_may_follow_is_suggested(server: DiscordDriver) -> None:
    """While somebody types, the commands they may use are offered."""
    options = [{"type": 1, "name": "help", "options": [
        {"type": 3, "name": "command", "value": "wh", "focused": True}
    ]}]  # fmt: skip
    typed = {"id": "1", "type": 1, "name": "pln", "options": options}
    number = await server.discord.act(USERS["luis"], 4, typed)
    answer = await server.discord.answered(number)
    assert answer["type"] == 8
    assert "where" in [each["value"] for each in answer["data"]["choices"]]


async def test_nobody_becomes_a_member_by_talking_to_others(server: DiscordDriver) -> None:
    """Where no chat is, words and newcomers are left alone: nothing is kept and nothing is said."""
    server.discord.member("100000000000000099", "Zoe")
    user = server.discord.members["100000000000000099"]
    joined = {"joined_at": "2026-11-20T00:00:00+00:00", "roles": [], "flags": 0}
    await server.discord.tell("GUILD_MEMBER_ADD", {"guild_id": GUILD, "user": user, **joined})
    await server.discord.say(user["id"], "Hello everybody", LOBBY)
    await server.settle()
    assert await server.parts.desk.person(MemberRef("discord", GUILD, user["id"])) is None
    assert server.discord.messages[f"7{user['id']}"] == []


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
    server: DiscordDriver, discord_proxy: StrictDiscord
) -> None:
    """After five hundred refusals in ten minutes nothing is asked any more for a while."""
    api = Api(discord_proxy.api, TOKEN)
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
    await api.close()


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


def _press(server: DiscordDriver, action: str, row: str) -> Interaction:
    who = MemberRef("discord", GUILD, USERS["maya"])
    return Interaction("direct", who, Place("discord", GUILD, ROOM), Press(action, row))
