"""Words on Discord: told in any order, chosen as an answer, replied, edited while nobody listened."""

import itertools
from datetime import timedelta

import pytest

from plnbot import gathering
from tests.adapters.discord.evening import EIGHT, planned
from tests.adapters.discord.fake import GUILD, ROOM
from tests.adapters.discord.seen import Json
from tests.scenarios.discord import USERS, DiscordDriver

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BEGUN = timedelta(minutes=12)
LATER = "2026-11-24T01:13:00.000000+00:00"


async def standing(server: DiscordDriver) -> list[str]:
    """Return what stands of the chat's answers, in order."""
    found = await server.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    return [each.words for each in found]


@pytest.mark.parametrize(
    "order", list(itertools.permutations(("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE")))
)
@pytest.mark.parametrize("gone", [True, False])
async def test_one_message_told_in_any_order(
    server: DiscordDriver, order: tuple[str, ...], *, gone: bool
) -> None:
    """Written, edited and deleted back to back: however it comes, the last of it stands."""
    await planned(server, BEGUN)
    await server.come("luis")
    number = await server.discord.say(USERS["luis"], "A1 first words", heard=False)
    said: Json = server.discord.messages[ROOM][-1]
    whole = {**said, "guild_id": GUILD, "member": {"roles": [], "flags": 0, "joined_at": LATER}}
    told = {
        "MESSAGE_CREATE": whole,
        "MESSAGE_UPDATE": {**whole, "content": "A1 better words", "edited_timestamp": LATER},
        "MESSAGE_DELETE": {"id": number, "channel_id": ROOM, "guild_id": GUILD},
    }
    for event in order:
        if gone or event != "MESSAGE_DELETE":
            await server.discord.tell(event, told[event])
            await server.settle()
    assert await standing(server) == ([] if gone else ["better words"])


async def test_what_somebody_calls_an_answer_counts(server: DiscordDriver) -> None:
    """Without a mark it answers the question that is being asked, and they are told which."""
    await planned(server)
    await server.say("luis", "before it began")
    await server.count("luis", "before it began")
    assert "Nothing is asked where this message stands" in await server.alone("luis")
    await server.pass_time(EIGHT + timedelta(minutes=2))
    await server.count("luis", "before it began")
    assert "No question has been asked yet" in await server.alone("luis")
    await server.pass_time(EIGHT + BEGUN)
    await server.say("luis", "An exit ticket")
    await server.count("luis", "An exit ticket")
    assert "Your answer stands under Q1" in await server.alone("luis")
    await server.count("luis", "An exit ticket")
    assert "Your answer stands under Q1" in await server.alone("luis")
    await server.say("emma", "A2 prepared")
    await server.count("emma", "A2 prepared")
    assert await standing(server) == ["An exit ticket", "prepared"]
    found = await server.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert all(each.edited_at is None for each in found), "said once more, it says nothing else"


async def test_what_counts_shows_so_and_a_note_goes_once_it_is_mended(
    server: DiscordDriver,
) -> None:
    """A mark beside what counts; a direct message of what does not, until its author has mended it."""
    await planned(server, BEGUN)
    server.connection.hearing.marking.gap = 0
    await server.say("luis", "A9 maps")
    await server.say("luis", "A1")
    assert "no words behind your mark" in await server.messages("luis")
    await server.say("luis", "hello all")
    assert "no words behind your mark" in await server.messages("luis")
    assert server.discord.marked == set()
    await server.say("luis", "A2 maps")
    assert "no words behind your mark" not in await server.messages("luis")
    assert "no question 9" not in await server.messages("luis")
    number = next(e["id"] for e in server.discord.messages[ROOM] if e["content"] == "A2 maps")
    assert server.discord.marked == {number}
    await server.edit("luis", "A2 maps", "never mind")
    assert server.discord.marked == set()


async def test_a_reply_to_a_question_is_an_answer_to_it(server: DiscordDriver) -> None:
    """A reply to the question counts, without a mark; a reply to somebody's answer is talk."""
    await planned(server, BEGUN)
    await server.reply("luis", "By asking them", to="What worked?")
    await server.reply("emma", "How?", to="By asking them")
    await server.reply("emma", "A1 we do too", to="By asking them")
    assert await standing(server) == ["By asking them", "we do too"]


async def test_an_edit_that_was_missed_is_read(server: DiscordDriver) -> None:
    """What was heard before a gap and edited in it says what it says now."""
    await planned(server, BEGUN)
    await server.say("luis", "A1 first words")
    said = server._own("luis", "A1 first words")
    said |= {"content": "A1 better words", "edited_timestamp": LATER}
    server.connection.gap.ends()
    await server.connection.gap.over()
    await server.settle()
    assert await standing(server) == ["better words"]
