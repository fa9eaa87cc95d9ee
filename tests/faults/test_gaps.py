"""Every kind of gap, with everything that people do in one: nothing is lost or doubled, what is gone is gone."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.discord import api, app
from adapters.discord.endings import Pauses
from plnbot import gathering
from plnbot.engine import unheard
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.slack.strict import Strict
from tests.faults.conftest import LONG, Row
from tests.faults.evenings import BELOW_WHAT_IS_GONE, Evening
from tests.faults.letters import Letters
from tests.faults.towns import DiscordTown, SlackTown, Town, at_eight, minutes
from tests.scenarios.conftest import discord_proxy, slack_proxy
from tests.scenarios.server import StrictDiscord, discord_server
from tests.scenarios.test_prompt_answers import ASKED
from tests.scenarios.workspace import slack_workspace

__all__ = ["discord_proxy", "slack_proxy"]
pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


Gap = Callable[[Evening | Letters], Awaitable[None]]


async def connection_lost(evening: Evening | Letters) -> None:
    """Lose the connection, and get another one."""
    town = evening.town
    town.silent()
    await evening.goes_on()
    town.silent(silent=False)
    await town.lose()


async def process_ended(evening: Evening | Letters) -> None:
    """Be killed, and begun again some minutes later."""
    town = evening.town
    await town.stop()
    town.silent()
    await evening.goes_on()
    town.driver.clock.advance(minutes(3))
    town.silent(silent=False)
    await town.start()


async def over_the_end(evening: Evening | Letters) -> None:
    """Be away when it ends."""
    town, evening.lives = evening.town, False
    if evening.kind == "chat":
        await town.driver.pass_time(at_eight(56))
    else:
        await town.driver.pass_time(ASKED + minutes(9 * 60))
    await town.stop()
    town.silent()
    await evening.goes_on()
    town.driver.clock.advance(minutes(60 if evening.kind == "chat" else 12 * 60))
    town.silent(silent=False)
    await town.start()


async def late_answers(evening: Evening | Letters) -> None:
    """Be away when late answers come."""
    town, evening.lives = evening.town, False
    await town.driver.pass_time(at_eight(100) if evening.kind == "chat" else ASKED + minutes(1440))
    await process_ended(evening)


async def long_room(evening: Evening | Letters) -> None:
    """Have hundreds of messages between what counts."""
    town = evening.town
    await town.chatter(230)
    await town.stop()
    town.silent()
    await town.chatter(120)
    await evening.goes_on()
    await town.chatter(120)
    town.silent(silent=False)
    await town.start()


async def failed_reads(evening: Evening | Letters, how: str) -> None:
    """Be refused what was said, for minutes, and end meanwhile."""
    town = evening.town
    town.silent()
    await evening.goes_on()
    town.silent(silent=False)
    town.fail(how)
    await town.lose()
    await town.driver.pass_time(minutes(3))
    await town.stop()
    await town.start()
    await town.driver.pass_time(minutes(3))
    town.fail("")


async def broken(evening: Evening | Letters) -> None:
    """Get a 500 for each read."""
    await failed_reads(evening, "broken")


async def limited(evening: Evening | Letters) -> None:
    """Get a 429 for each read."""
    await failed_reads(evening, "limited")


async def lost(evening: Evening | Letters) -> None:
    """Get no answer for each read."""
    await failed_reads(evening, "lost")


async def out_of_the_room(evening: Evening | Letters) -> None:
    """Be taken out, end, begin again, and be invited."""
    town = evening.town
    town.silent()
    await town.throw_out()
    await evening.goes_on()
    await town.driver.pass_time(minutes(2))
    town.silent(silent=False)
    await town.invite()
    await town.lose()  # who is in it, and what they are called, a room does not tell


async def replays(evening: Evening | Letters) -> None:
    """Be told everything back to back, twice, in any order."""
    town = evening.town
    town.silent()
    await evening.goes_on()
    town.silent(silent=False)

    def shuffled(events: list[Any]) -> list[Any]:
        found = [*events, *events]
        random.Random(len(found)).shuffle(found)
        return found

    await town.replay(shuffled)
    await town.lose()


async def refused_gateway(evening: Evening | Letters) -> None:
    """Get no connection for minutes."""
    town = evening.town
    town.silent()
    await town.refuse()
    await evening.goes_on()
    town.driver.clock.advance(minutes(2))
    town.silent(silent=False)
    await town.let_in()


async def unnoticed(evening: Evening | Letters) -> None:
    """Hear nothing, and notice nothing: what is published at the end is right all the same."""
    town, evening.lives, evening.came = evening.town, False, None
    town.silent()
    await evening.goes_on()
    evening.came = None
    town.silent(silent=False)
    await town.driver.pass_time(at_eight(75) if evening.kind == "chat" else ASKED + minutes(1440))


GAPS: Mapping[str, Gap] = {
    "the connection is lost": connection_lost,
    "the process ends": process_ended,
    "away over the end": over_the_end,
    "away when late answers come": late_answers,
    "a room with hundreds of messages": long_room,
    "reads that fail with 500": broken,
    "reads that fail with 429": limited,
    "reads without an answer": lost,
    "out of the room": out_of_the_room,
    "events back to back, twice, in any order": replays,
    "no connection for minutes": refused_gateway,
    "a gap that nobody notices": unnoticed,
}
CARRIED = tuple(each for each in GAPS if not each.startswith(("a ", "away")))
"""Those for words that are carried between two: nothing of theirs is published, and it has no end."""
ALWAYS = ("away over the end", "out of the room", "a gap that nobody notices")
"""The short form, which is part of every run of the tests."""
AHEAD = timedelta(days=5)


class Ahead(FrozenClock):
    """A rehearsal's clock: it shows another day than the platforms do."""

    def real(self, shown: datetime) -> datetime:
        """Return what the platforms' clocks show."""
        return shown - AHEAD

    def shown(self, real: datetime) -> datetime:
        """Return what it shows itself."""
        return real + AHEAD


@pytest.fixture
def clock(request: pytest.FixtureRequest, clock: FrozenClock) -> FrozenClock:
    """Return the clock of life, or a rehearsal's."""
    return Ahead(clock.at) if getattr(request, "param", "") == "rehearsal" else clock


@pytest.fixture(params=["slack", "discord"])
async def town(
    request: pytest.FixtureRequest,
    store: Store,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Town]:
    """Yield each platform in turn."""
    address = "http://127.0.0.1:1"
    if request.param == "slack":
        proxy: Strict = request.getfixturevalue("slack_proxy")
        async with slack_workspace(store, clock, proxy, address) as driver:
            yield (here := SlackTown(driver, proxy.address))
            await here.stop()
        return
    monkeypatch.setattr(app, "AGAIN", 0.05)
    monkeypatch.setattr(Pauses, "delay", lambda _self: 0.01)
    # For how long Discord asks to wait passes as all time does here.
    monkeypatch.setattr(api, "_now", lambda: clock.now().timestamp())
    before: StrictDiscord = request.getfixturevalue("discord_proxy")
    async with discord_server(store, clock, before, address) as there:
        yield (at := DiscordTown(there, before))
        await at.stop()


@pytest.mark.parametrize("kind", ["chat", "prompt"])
@pytest.mark.parametrize("gap", GAPS if LONG else ALWAYS)
async def test_gaps(town: Town, gap: str, kind: str, tally: Callable[[Row], None]) -> None:
    """Whatever the bot missed, and however: everything that counts stands there once."""
    evening = Evening(town, kind)
    await evening.begin()
    await GAPS[gap](evening)
    await stands(evening, gap, tally)


@pytest.mark.parametrize("clock", ["rehearsal"], indirect=True)
@pytest.mark.parametrize("gap", GAPS if LONG else ("the connection is lost",))
async def test_a_rehearsal_hears_gaps_like_life(
    town: Town, gap: str, tally: Callable[[Row], None]
) -> None:
    """Platforms number messages by their own clocks, days away from what a rehearsal's shows."""
    evening = Evening(town, "chat")
    await evening.begin()
    await GAPS[gap](evening)
    await stands(evening, f"{gap}, in a rehearsal", tally)


@pytest.mark.parametrize("town", ["slack", "discord"], indirect=True)
async def test_begun_early(town: Town, tally: Callable[[Row], None]) -> None:
    """What is said in a chat that was begun early counts from its real beginning."""
    evening = Evening(town, "chat", begins_early=True)
    await evening.begin()
    await process_ended(evening)
    await stands(evening, "begun early", tally)


@pytest.mark.parametrize("kind", ["chat", "prompt"])
async def test_what_cannot_be_read_is_said(town: Town, kind: str) -> None:
    """To who leads it, once, and where it is read; until it was read after all."""
    evening, driver = Evening(town, kind), town.driver
    page = "chat/1" if kind == "chat" else "prompt/1"
    if kind == "chat":
        await driver.lets_write("maya")
    await evening.begin()
    town.silent()
    await town.throw_out()
    await driver.pass_time(minutes(2))
    await evening.goes_on()
    town.silent(silent=False)
    await town.stop()
    await town.start()
    await driver.pass_time(minutes(2))
    assert (await driver.messages("maya")).count("Something was not heard") == 1
    assert "could not be read: this room does not let me" in await driver.page("sam", page)
    if kind == "chat":
        await driver.pass_time(at_eight(75))
        assert "Some of what was said could not be read" in await driver.see("sam")
        assert "could not be read" in await driver.file("sam", "chat.md/1")
        assert '"not_heard": []' not in await driver.file("sam", "chat.json/1")
        assert "(not heard until" in await driver.file("sam", "chat.csv/1")
    await town.invite()
    await driver.pass_time(minutes(2))
    assert "could not be read" not in await driver.page("sam", page)
    assert "in the gap" in await driver.page("sam", page)
    await driver.pass_time(minutes(90))
    assert (await driver.messages("maya")).count("Something was not heard") == 1


@pytest.mark.parametrize("town", ["slack"], indirect=True)
async def test_one_page_a_minute(town: Town, tally: Callable[[Row], None]) -> None:
    """An app that may read 15 messages a minute reads all of them in the end, and posts on time."""
    assert isinstance(town, SlackTown)
    evening, driver = Evening(town, "chat"), town.driver
    await evening.begin()
    await town.chatter(60)
    driver.slack.one_page_a_minute = True
    await process_ended(evening)
    await driver.pass_time(at_eight(75))
    seen = await driver.see("sam")
    assert "The archive is ready" in seen
    assert all(f"Q{number} " in seen for number in range(1, 7))
    await driver.pass_time(minutes(60))
    await stands(evening, "one page of 15 messages a minute", tally)


@pytest.mark.parametrize("gap", CARRIED if LONG else ("the process ends",))
async def test_relayed_words(town: Town, gap: str, tally: Callable[[Row], None]) -> None:
    """What two wrote to each other meanwhile is carried, once; what they changed or took back is so there."""
    letters, driver = Letters(town), town.driver
    await letters.begin()
    await GAPS[gap](letters)
    for _time in range(2):
        await driver.settle()
        await driver.pass_time(minutes(61))  # where it was closed to us, it is tried again by then
    lost_words, more = await letters.came_out()
    platform = "Slack" if isinstance(town, SlackTown) else "Discord"
    tally(Row(f"{gap} ({platform})", 7, len(lost_words), more))
    assert (lost_words, more) == ([], 0)
    assert await driver.store.read(unheard.everything) == ()


async def stands(evening: Evening, gap: str, tally: Callable[[Row], None]) -> None:
    """Let some time pass, and see that all is there, once; and what is gone is gone."""
    town, driver = evening.town, evening.town.driver
    for _time in range(3):
        await driver.settle()
        await driver.pass_time(minutes(4))
    given = await driver.store.read(lambda tx: gathering.of_whole(tx, evening.kind, 1))
    words = [each.words for each in given]
    lost_words = [each for each in evening.expected if each not in words]
    known = {*evening.expected, BELOW_WHAT_IS_GONE}
    more = [each for each in words if each not in known or words.count(each) > 1]
    tried = 11 if evening.kind == "chat" else 8
    platform = "Slack" if isinstance(town, SlackTown) else "Discord"
    tally(Row(f"{gap} ({platform})", tried, len(lost_words), len(more)))
    assert (lost_words, more) == ([], [])
    assert await driver.store.read(unheard.everything) == ()
    if gap.startswith("a gap that nobody notices"):
        return
    (kept,) = [each for each in given if each.words == "kept"]
    assert kept.author == "Priya Sharma-Nair"
    assert await driver.parts.desk.person(town.account("emma")) is None
    if evening.lives and evening.kind == "chat" and evening.came is not None:
        assert await driver.parts.desk.person(evening.came) is not None
