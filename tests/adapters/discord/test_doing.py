"""What members of a server do, and who may: each counts once, and only for who is there."""

import time
from datetime import timedelta

import pytest

from adapters.discord import store as kept
from adapters.discord.membership import HOLDS_SECONDS
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.evening import planned, titled
from tests.adapters.discord.fake import BOT, GUILD, LOBBY, ROOM, Fault
from tests.adapters.discord.seen import Json, parts_of, words_of
from tests.scenarios.discord import USERS, DiscordDriver, _standing
from tests.scenarios.server import StrictDiscord, connected, discord_server

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


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


async def test_a_chat_is_planned_from_a_message(server: DiscordDriver) -> None:
    """Whoever wrote it: its questions are in the form already."""
    row = await server.discord.say(USERS["emma"], "Q1: Why read?\nQ2: What next?")
    told = next(each for each in server.discord.messages[ROOM] if each["id"] == row)
    data = {"id": "1", "type": 3, "name": "Plan a chat from this", "target_id": row,
            "resolved": {"messages": {row: told}}}  # fmt: skip
    number = await server.discord.act(USERS["maya"], 2, data)
    answer = await server.discord.answered(number)
    assert "Q1: Why read?" in words_of(answer["data"])
