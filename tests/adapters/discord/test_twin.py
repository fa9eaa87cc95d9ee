"""End to end against a twin of Discord that nobody of us wrote: login to archive, drops in between."""

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.app import DiscordConnection
from adapters.discord.client import Options
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.discord.seen import parts_of, words_of
from tests.adapters.discord.twin import ALICE, BOB, GENERAL, GUILD, TOKEN, Twin, twin

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DIRECT = str(int(ALICE) + 5_000_000)


@pytest.fixture(scope="session")
def discord_twin(peers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    """Yield a running twin."""
    with twin(peers, tmp_path_factory.mktemp("twin")) as running:
        yield running


class Play:
    """A bot at the twin, and its two members."""

    def __init__(self, parts: Parts, clock: FrozenClock, there: Twin) -> None:
        self.parts, self.clock, self.there = parts, clock, there

    async def until(self, look: Callable[[], Awaitable[Any]]) -> Any:
        """Wait until something is there, and return it."""
        async with asyncio.timeout(20):
            while not (found := await look()):  # noqa: ASYNC110 - see below
                # It is a process of its own, and tells nobody when it has something.
                await asyncio.sleep(0.05)
            return found

    async def answer(self, made: dict[str, str]) -> dict[str, Any]:
        """Return the answer to an interaction."""

        async def look() -> Any:
            responses = await self.there.do("responses")
            return next(
                (e for e in responses if e["interactionId"] == made["id"] and e["acknowledged"]),
                None,
            )

        found = await self.until(look)
        await self.parts.runner.run_all_due()
        return {**found, "data": json.loads(found["data"] or "{}")}

    async def slash(self, user: str, *path: str) -> dict[str, Any]:
        """Choose a command."""
        option: dict[str, Any] = {"type": 1, "name": path[-1], "options": []}
        if len(path) > 1:
            option = {"type": 2, "name": path[0], "options": [option]}
        made = await self.there.do(
            "slash", name="pln", channelId=GENERAL, userId=user, options=[option]
        )
        return await self.answer(made)

    async def click(self, user: str, response: dict[str, Any], label: str) -> dict[str, Any]:
        """Press a button of an answer."""
        parts = parts_of(response["data"])
        custom_id = next(each["custom_id"] for each in parts if each.get("label") == label)
        made = await self.there.do(
            "simulateButtonClick",
            channelId=response["channelId"],
            userId=user,
            messageId=response["messageId"],
            customId=custom_id,
        )
        return await self.answer(made)

    async def submit(self, user: str, dialog: dict[str, Any], **values: str) -> dict[str, Any]:
        """Send a dialog."""
        fields = [{"customId": name, "value": value} for name, value in values.items()]
        made = await self.there.do(
            "simulateModalSubmit",
            channelId=GENERAL,
            userId=user,
            customId=dialog["data"]["custom_id"],
            fields=fields,
        )
        return await self.answer(made)

    async def shown(self, words: str, channel: str = GENERAL) -> dict[str, Any]:
        """Wait for a message with these words, and return it."""

        async def look() -> Any:
            await self.parts.runner.run_all_due()
            standing = await self.there.do("messages", channelId=channel)
            return next((each for each in standing if words in words_of(each)), None)

        found: dict[str, Any] = await self.until(look)
        return found


@pytest.fixture
async def play(store: Store, clock: FrozenClock, discord_twin: Twin) -> AsyncIterator[Play]:
    """Yield a bot that is connected to the twin."""
    parts = assembled(
        store, clock, WebOptions(b"0" * 32), lambda _p: "https://pln.example.org", random.Random(1)
    )
    options = Options(
        TOKEN, discord_twin.api, discord_twin.gateway, content=True, members=True, patience=0.2
    )
    connection = DiscordConnection(parts.desk, store, clock, options)
    parts.runner.senders["discord"] = connection.sender
    await connection.start()
    try:
        yield Play(parts, clock, discord_twin)
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await connection.stop()


async def chosen(play: Play) -> None:
    """Choose one's language in a select."""
    started = await play.slash(BOB, "me", "language")
    select = next(each for each in parts_of(started["data"]) if each.get("options"))
    made = await play.there.do(
        "simulateSelectMenu",
        channelId=GENERAL,
        userId=BOB,
        messageId=started["messageId"],
        customId=select["custom_id"],
        values=["en"],
    )
    assert "I speak English" in words_of((await play.answer(made))["data"])


async def planned(play: Play) -> None:
    """Plan a chat in a dialog that has to be mended first."""
    dialog = await play.slash(ALICE, "chat", "new")
    assert dialog["type"] == 9
    wish = {"questions": "Q1: What worked?\nQ2: What next?", "plan": "classic60", "title": ""}
    wrong = await play.submit(ALICE, dialog, starts="soon", **wish)
    again = await play.click(ALICE, wrong, "Mend it")
    assert "What worked?" in words_of(again["data"])
    preview = await play.submit(ALICE, again, starts="today 8 pm Eastern", **wish)
    await play.click(ALICE, preview, "Publish")
    await play.shown("Coming up")


async def told_of(play: Play) -> None:
    """Let the gateway tell of somebody new and of an event of others'."""
    user: dict[str, Any] = {
        "id": "900000000000000012",
        "username": "cara",
        "discriminator": "0",
        "avatar": None,
    }
    joined = {"joined_at": "2026-11-24T01:10:00+00:00", "roles": [], "flags": 0}
    await play.there.do(
        "dispatch", event="GUILD_MEMBER_ADD", data={"guild_id": GUILD, "user": user, **joined}
    )
    cara = MemberRef("discord", GUILD, user["id"])
    assert (await play.until(lambda: play.parts.desk.person(cara))).name == "cara"
    event = {
        "id": "900000000000000077",
        "guild_id": GUILD,
        "name": "A chat",
        "scheduled_start_time": "2026-11-24T01:00:00+00:00",
        "privacy_level": 2,
        "status": 1,
        "entity_type": 3,
        "entity_metadata": {"location": "here"},
    }
    await play.there.do("dispatch", event="GUILD_SCHEDULED_EVENT_CREATE", data=event)
    await play.there.do("dispatch", event="GUILD_SCHEDULED_EVENT_DELETE", data=event)


async def test_a_chat_at_the_twin(play: Play) -> None:
    """Commands, dialogs, buttons, selects, words, threads, direct messages, a drop, raw events."""
    await play.slash(ALICE, "help")  # at the twin everybody may do everything; the first one leads
    await chosen(play)
    await planned(play)
    play.clock.at = EIGHT + timedelta(minutes=10)
    await play.shown("What worked?")
    await play.shown("Moderators only", DIRECT)
    await play.there.do("simulateUserMessage", channelId=GENERAL, userId=BOB, content="A1 Tickets")
    await play.shown("1 answer so far")

    await play.there.do("drop")
    await play.there.do("simulateUserMessage", channelId=GENERAL, userId=ALICE, content="A1 Talk")
    await play.shown("2 answers so far")
    await told_of(play)

    play.clock.at = EIGHT + timedelta(minutes=70)
    await play.parts.runner.run_all_due()  # what was said is looked for before it is published
    play.clock.at += timedelta(seconds=2)
    await play.shown("The archive is ready")
    assert play.there.violations() == []
    used = set(play.there.calls())
    assert ("POST", "/channels/{channel_id}/messages/{message_id}/threads") in used
    assert ("POST", "/guilds/{guild_id}/scheduled-events") in used
    assert ("PUT", "/applications/{application_id}/commands") in used
