"""A chat of an evening in a Discord server: planned, and what stands in its rooms."""

from datetime import UTC, datetime, timedelta

from plnbot.refs import MemberRef, Place
from plnbot.talk.interactions import Interaction, Press
from tests.adapters.discord.fake import GUILD, ROOM
from tests.adapters.discord.seen import Json
from tests.scenarios.discord import USERS, DiscordDriver

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TWO = "Q1: What worked?\nQ2: What next?"


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


def pressed(server: DiscordDriver, action: str, row: str) -> Interaction:
    """Return a press of Maya's that no button offers her, straight for the desk."""
    who = MemberRef("discord", GUILD, USERS["maya"])
    return Interaction("direct", who, Place("discord", GUILD, ROOM), Press(action, row))
