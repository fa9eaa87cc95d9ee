"""Channels that do not take what is posted, until they do."""

import asyncio
from datetime import timedelta

import pytest

from adapters.slack.text import Json
from tests.adapters.slack.fake import BOT, ROOM, TEAM
from tests.adapters.slack.told import EIGHT, MAYA, begun, room
from tests.scenarios.slack import SlackDriver
from tests.scenarios.test_whole_chat import planned

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_channel_without_the_bot_is_told_to_its_moderator_once(slack: SlackDriver) -> None:
    """The announcement cannot be posted: its moderator learns it in one sentence, once."""
    for error in ("not_in_channel", "is_archived"):
        slack.slack.refuses[("chat.postMessage", ROOM)] = error
        await planned(slack)
    before = len(slack.slack.calls)
    await slack.pass_time(timedelta(hours=6))
    told = await slack.messages("maya")
    assert told.count("/invite @plnbot") == 1
    assert told.count("That channel is archived") == 1
    retried = [1 for method, f in slack.slack.calls[before:] if f.get("channel") == ROOM]
    assert retried == [], "a refusal is not tried again"


POST = ("chat.postMessage", ROOM)
INVITED: Json = {"type": "member_joined_channel", "user": BOT, "channel": ROOM, "team": TEAM}
ONE, TWO = "What worked this week", "Where does feedback go to die"


async def test_once_invited_it_posts_where_the_chat_is(slack: SlackDriver) -> None:
    """A channel that the bot comes into gets the question it is at, its answers, and nothing past."""
    slack.slack.refuses[POST] = "not_in_channel"
    await planned(slack)
    await slack.pass_time(EIGHT + timedelta(minutes=19))
    assert (await slack.messages("maya")).count("/invite @plnbot") == 1
    await slack.come("luis")
    await slack.command("luis", "where")
    await slack.press("luis", "Answer Q2")
    await slack.submit("luis", words="Written meanwhile")
    assert room(slack) == []
    del slack.slack.refuses[POST]
    await slack.event(INVITED)
    await slack.event({**INVITED, "event_ts": "9.9"})
    question, answer = room(slack)
    assert TWO in question
    assert "Written meanwhile" in answer
    await slack.pass_time(EIGHT + timedelta(minutes=27))
    assert len(room(slack)) == 3
    assert (await slack.messages("maya")).count("Something was not posted") == 1


async def test_an_archive_waits_for_its_channel(slack: SlackDriver) -> None:
    """What a chat came to while its channel was archived is posted when it is there again, once."""
    await begun(slack)
    slack.slack.refuses[POST] = "is_archived"
    await slack.pass_time(EIGHT + timedelta(minutes=70))
    before = room(slack)
    del slack.slack.refuses[POST]
    for _time in range(2):
        await slack.event({"type": "channel_unarchive", "channel": ROOM, "user": MAYA})
    await slack.pass_time(timedelta(seconds=5))  # what was said is read first
    added = room(slack)[len(before) :]
    assert len(added) == 1
    assert "archive is ready" in added[0]


async def test_a_moderator_has_it_tried_again(slack: SlackDriver) -> None:
    """Where no event tells, a button does it; it says so where the room still refuses."""
    await planned(slack)
    slack.slack.refuses[POST] = "restricted_action"
    await slack.pass_time(EIGHT + timedelta(minutes=11))
    assert (await slack.messages("maya")).count("Posting in that channel is restricted") == 1
    await slack.press("maya", "Try again")
    assert "I am posting it now" in await slack.alone("maya")
    assert (await slack.messages("maya")).count("Posting in that channel is restricted") == 2
    del slack.slack.refuses[POST]
    before = len(room(slack))
    await slack.press("maya", "Try again")
    assert [ONE in each for each in room(slack)[before:]] == [True]
    await slack.press("maya", "Try again")
    assert "Nothing waits to be posted" in await slack.alone("maya")
    assert (await slack.messages("maya")).count("Something was not posted") == 2


async def test_who_is_refused_anew_says_so_anew(slack: SlackDriver) -> None:
    """A room that accepted again meanwhile and refuses a second time is news to its moderators."""
    await planned(slack)
    for minute in (11, 27):
        slack.slack.refuses[POST] = "not_in_channel"
        await slack.pass_time(EIGHT + timedelta(minutes=minute))
        del slack.slack.refuses[POST]
        await slack.pass_time(EIGHT + timedelta(minutes=minute + 9))
    assert (await slack.messages("maya")).count("/invite @plnbot") == 2


async def test_an_invitation_that_was_not_heard_counts(slack: SlackDriver) -> None:
    """Invited while no socket was open, the bot finds out when it is back, and posts."""
    await planned(slack)
    slack.slack.refuses[POST] = "not_in_channel"
    await slack.pass_time(EIGHT + timedelta(minutes=11))
    before = len(room(slack))
    first = slack.slack.sockets[0]
    del slack.slack.refuses[POST]
    await first.close()
    async with asyncio.timeout(10):
        while not slack.slack.sockets or slack.slack.sockets[0] is first:  # noqa: ASYNC110 - theirs
            await asyncio.sleep(0.01)
    await slack.settle()
    assert [ONE in each for each in room(slack)[before:]] == [True]
