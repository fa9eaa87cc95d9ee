"""Where answers stand: threads, forums, one channel for all; and the server's own calendar."""

from datetime import timedelta

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.evening import EIGHT, TWO, planned, pressed, titled
from tests.adapters.discord.fake import FORUM, ROOM, Fault
from tests.adapters.discord.seen import words_of
from tests.scenarios.discord import USERS, DiscordDriver
from tests.scenarios.server import StrictDiscord, discord_server

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


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


_NO = {
    "it is archived and locked": (("PATCH", "", 403, 50013), ("POST", "/messages", 400, 50083)),
    "it is closed to the bot": (("POST", "/messages", 403, 50001),),
    "the bot may not write in threads": (("POST", "/messages", 403, 50013),),
    "it is gone": (("POST", "/messages", 404, 10003),),
}


@pytest.mark.parametrize("why", _NO)
async def test_what_a_thread_refuses_the_room_does_not(server: DiscordDriver, why: str) -> None:
    """The answer stands below its question in the channel; the next question comes, nobody is warned."""
    await planned(server, timedelta(minutes=12))
    (question,) = titled(server, "Q1")
    thread = str(question["id"])
    server.discord.faults = [
        Fault(method, f"^/channels/{thread}{path}$", status, {"code": code, "message": "no"}, 99)
        for method, path, status, code in _NO[why]
    ]
    await server.press("luis", "Answer")
    await server.submit("luis", words="Stands in the channel")
    there = server.discord.messages[ROOM]
    (shown,) = [each for each in there if "Stands in the channel" in words_of(each)]
    assert shown["message_reference"]["message_id"] == thread
    await server.pass_time(EIGHT + timedelta(minutes=45))
    assert len(titled(server, "Q2")) == 1
    assert "could not be posted" not in await server.messages("maya")


async def test_one_channel_for_all(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """With threads off by setting, none is opened and answers are replies."""
    async with discord_server(store, clock, discord_proxy, "", threads=False) as server:
        await planned(server, timedelta(minutes=12))
        await server.press("luis", "Answer")
        await server.submit("luis", words="Right here")
        assert server.discord.threads == {}
        standing = [words_of(each) for each in server.discord.messages[ROOM]]
        assert sum("Right here" in each for each in standing) == 1


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
    await server.parts.desk.handle(pressed(server, "chat.discard", "1"))
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
