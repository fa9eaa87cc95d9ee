"""What was said while Discord did not reach the bot counts once it does, whatever it answers then."""

from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from plnbot import gathering
from plnbot.engine.desk import TheDesk
from plnbot.errors import Unavailable
from plnbot.refs import Place
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.evening import EIGHT, planned, titled
from tests.adapters.discord.fake import GUILD, ROOM, Fault
from tests.adapters.discord.seen import words_of
from tests.engine.conftest import until
from tests.scenarios.discord import USERS, DiscordDriver
from tests.scenarios.server import StrictDiscord, connected, discord_server

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTE = timedelta(minutes=1)
READS = r"^/channels/[0-9]+/messages$"


@pytest.fixture
async def server(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> AsyncIterator[DiscordDriver]:
    """Yield a server with pages, on which everybody finds what counts."""
    async with discord_server(store, clock, discord_proxy, "http://127.0.0.1:1") as driver:
        yield driver


async def after_a_gap(server: DiscordDriver) -> None:
    """Lose the connection so that what was told meanwhile is lost too, and get another one."""
    before = server.discord.identified
    await server.discord.drop()
    await server.discord.until(lambda: server.discord.identified > before)
    await until(lambda: server.connection.gap.since is None)
    await server.settle()
    await server.settle()


async def begun_anew(
    server: DiscordDriver, store: Store, clock: FrozenClock, proxy: StrictDiscord, at: datetime
) -> None:
    """Stop the bot, and start another process at that time."""
    await server.connection.stop()
    clock.at = at
    server.connection = connected(server.parts, store, clock, proxy)
    server.parts.runner.senders["discord"] = server.connection.sender
    await server.connection.start()
    await server.settle()
    await server.settle()


async def test_a_refused_resume_hears_what_was_missed(server: DiscordDriver) -> None:
    """Answers written while the connection was away count, once each."""
    await planned(server, timedelta(minutes=12))
    await server.say("luis", "A1 before the gap")
    (question,) = titled(server, "Q1")
    await server.discord.say(USERS["emma"], "A1 in the gap", heard=False)
    await server.discord.say(USERS["dwayne"], "in the thread", str(question["id"]), heard=False)
    await after_a_gap(server)
    assert "3 answers so far" in words_of(titled(server, "Q1")[0])


@pytest.mark.parametrize("status", [500, 429, 0])
async def test_it_is_looked_for_until_it_was_read(server: DiscordDriver, status: int) -> None:
    """Discord says no on the way back, or nothing at all: it is asked again, as work."""
    await planned(server, timedelta(minutes=12))
    await server.discord.say(USERS["emma"], "A1 in the gap", heard=False)
    body = {"retry_after": 0.5, "message": "You are being rate limited."} if status == 429 else {}
    server.discord.faults.append(Fault("GET", READS, status, body, times=4))
    await after_a_gap(server)
    assert "answer so far" not in words_of(titled(server, "Q1")[0])
    server.discord.faults.clear()
    await server.pass_time(EIGHT + timedelta(minutes=15))
    assert "1 answer so far" in words_of(titled(server, "Q1")[0])


async def test_an_edit_in_the_gap_is_read_too(server: DiscordDriver) -> None:
    """What was heard before and changed meanwhile has its new words, once."""
    await planned(server, timedelta(minutes=12))
    number = await server.discord.say(USERS["emma"], "A1 the old words")
    await server.settle()
    told = next(each for each in server.discord.messages[ROOM] if each["id"] == number)
    changed = {"content": "A1 the new words", "edited_timestamp": "2026-11-24T01:13:00+00:00"}
    told.update(changed)
    await after_a_gap(server)
    page = await server.page("emma", "chat/1")
    assert "the new words" in page
    assert "the old words" not in page
    await after_a_gap(server)
    assert (await server.page("emma", "chat/1")).count("the new words") == 1
    await server.discord.tell("MESSAGE_UPDATE", {**told, "guild_id": GUILD})
    await server.settle()
    assert (await server.page("emma", "chat/1")).count("the new words") == 1


async def test_what_was_said_before_the_end_counts_after_it(
    server: DiscordDriver, store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """The bot was away over the chat's end; the next process reads what was said until then."""
    await planned(server, timedelta(minutes=12))
    await server.say("luis", "A1 before the gap")
    await server.discord.say(USERS["emma"], "A1 in the gap", heard=False)
    await begun_anew(server, store, clock, discord_proxy, EIGHT + timedelta(hours=3))
    await server.pass_time(EIGHT + timedelta(hours=3, minutes=5))
    found = await store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert [(each.words, each.late) for each in found] == [
        ("before the gap", False),
        ("in the gap", False),
    ]
    assert found[1].at < EIGHT + timedelta(minutes=13), "it stands where it was said"
    await server.connection.stop()


async def test_a_chat_begun_early_is_read_from_its_real_beginning(
    server: DiscordDriver, store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> None:
    """What was said before the planned start of a chat that had begun counts."""
    await planned(server, timedelta(minutes=-40))
    await server.command("maya", "chat panel")
    await server.press("maya", "Begin now")
    await server.pass_time(EIGHT - 28 * MINUTE)
    await server.discord.say(USERS["emma"], "A1 right away", heard=False)
    await begun_anew(server, store, clock, discord_proxy, EIGHT - 27 * MINUTE)
    assert (await server.page("sam", "chat/1")).count("right away") == 1
    await server.connection.stop()


class Away(TheDesk):
    """A desk whose database is away for the next few questions."""

    away = 2

    async def hears(self, where: Place, message: str = "") -> bool:
        """Be away, or look."""
        if Away.away:
            Away.away -= 1
            raise Unavailable("the database does not answer")
        return await super().hears(where, message)


async def test_what_could_not_be_written_down_is_looked_for(server: DiscordDriver) -> None:
    """Discord tells a message once: where that fails on our side, it is read where it stands."""
    await planned(server, timedelta(minutes=12))
    desk = server.parts.desk
    kept = {each.name: getattr(desk, each.name) for each in fields(desk)}
    server.connection.hearing.desk = Away(**kept)
    server.connection.gap.look_again = 0.0
    for words in ("A1 into the void", "A1 once more into it", "A1 heard"):
        await server.discord.say(USERS["emma"], words)
    await server.handled()
    await until(lambda: server.connection.gap.since is None)
    await server.settle()
    assert "3 answers so far" in words_of(titled(server, "Q1")[0])


async def test_a_channel_that_is_gone_is_not_asked_for_ever(server: DiscordDriver) -> None:
    """What will never be read is let go, and the log says so."""
    await planned(server, timedelta(minutes=12))
    refusal = {"code": 50001, "message": "Missing Access"}
    server.discord.faults.append(Fault("GET", READS, 403, refusal, times=99))
    await after_a_gap(server)
    asked = len(server.discord.calls)
    await server.pass_time(EIGHT + timedelta(minutes=15))
    reads = [each for each in server.discord.calls[asked:] if each[0] == "GET"]
    assert reads == []
