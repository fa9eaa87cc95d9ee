"""A town on Slack or Discord whose bot can be made deaf in every way, while its people go on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from plnbot.refs import MemberRef
from tests.adapters.discord.fake import APPLICATION, GUILD, Fault
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.slack.fake import BOT, ROOM, TEAM, Message
from tests.engine.conftest import until
from tests.scenarios import discord, slack, workspace
from tests.scenarios import server as servers
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.slack import SlackDriver

_READS = r"^/channels/[0-9]+/messages$"
_HISTORIES = ("conversations.history", "conversations.replies")


class Town(Protocol):
    """What happens to a bot on one platform. While it is `silent`, the bot is told of nothing."""

    @property
    def driver(self) -> SlackDriver | DiscordDriver:
        """The people."""
        ...

    def account(self, who: str) -> MemberRef:
        """Return somebody's account."""
        ...

    def silent(self, *, silent: bool = True) -> None:
        """Let the platform tell the bot nothing, or again everything."""

    async def chatter(self, many: int) -> None:
        """Let somebody who is nobody's member talk to others, untold."""

    async def rename(self, who: str, name: str) -> None:
        """Let somebody be called otherwise, untold."""

    async def leave(self, who: str) -> None:
        """Let somebody leave, untold."""

    async def come(self, name: str) -> MemberRef:
        """Let somebody new come into the room, untold; return who that is."""

    async def lose(self) -> None:
        """Lose the connection and get another one; nothing that was untold is told."""

    async def refuse(self) -> None:
        """Lose the connection, and let the platform refuse another one."""

    async def let_in(self) -> None:
        """Let the platform take connections again, and wait until there is one."""

    async def stop(self) -> None:
        """End the process."""

    async def start(self) -> None:
        """Begin another one."""

    def fail(self, how: str) -> None:
        """Let reading fail: `broken`, `limited`, `lost`; or work again, where it is empty."""

    async def throw_out(self) -> None:
        """Take the bot out of the room."""

    async def invite(self) -> None:
        """Let the bot into the room again."""

    async def replay(self, order: Callable[[list[Any]], list[Any]]) -> None:
        """Tell what was untold, back to back, in an order, and more than once perhaps."""


@dataclass(slots=True)
class SlackTown:
    """A workspace."""

    driver: SlackDriver
    address: str

    def __post_init__(self) -> None:
        """Let messages bear the time of the test, which in a rehearsal is not what the bot's clock shows."""
        clock = self.driver.clock
        self.driver.slack.seconds = lambda: clock.real(clock.now()).timestamp()
        self.driver.connection.sockets.first_wait = 0.01
        self.driver.connection.listening.look_again = 0.0

    def account(self, who: str) -> MemberRef:
        """Return somebody's account."""
        return MemberRef("slack", TEAM, slack.USERS[who])

    def silent(self, *, silent: bool = True) -> None:
        """Let Slack tell the bot nothing, or again everything."""
        self.driver.slack.silent = silent

    async def chatter(self, many: int) -> None:
        """Let somebody who is nobody's member talk to others, untold."""
        fake = self.driver.slack
        fake.messages[ROOM] += [Message(fake.ts(), "U0CHATTY", f"so {n}") for n in range(many)]

    async def rename(self, who: str, name: str) -> None:
        """Let somebody be called otherwise, untold."""
        self.driver.slack.member(slack.USERS[who], name)

    async def leave(self, who: str) -> None:
        """Let somebody's account be deactivated, untold."""
        self.driver.slack.users[slack.USERS[who]]["deleted"] = True

    async def come(self, name: str) -> MemberRef:
        """Let somebody new come into the channel, untold."""
        fake = self.driver.slack
        fake.member("U0NELL", name)
        joined = Message(fake.ts(), "U0NELL", "has joined the channel", subtype="channel_join")
        fake.messages[ROOM].append(joined)
        return MemberRef("slack", TEAM, "U0NELL")

    async def lose(self) -> None:
        """Lose the socket and get another one."""
        first = self.driver.slack.sockets[0]
        await first.close()
        await until(lambda: bool(self.driver.slack.sockets))
        await until(lambda: self.driver.slack.sockets[0] is not first)
        await self.driver.settle()

    async def refuse(self) -> None:
        """Lose the socket, and let Slack give no other."""
        self.driver.slack.refuses["apps.connections.open", ""] = "ratelimited"
        await self.driver.slack.sockets[0].close()
        await until(lambda: not self.driver.connection.connected)

    async def let_in(self) -> None:
        """Let Slack give sockets again."""
        del self.driver.slack.refuses["apps.connections.open", ""]
        await until(lambda: self.driver.connection.connected)
        await self.driver.settle()

    async def stop(self) -> None:
        """End the process."""
        await self.driver.connection.stop()

    async def start(self) -> None:
        """Begin another one."""
        driver = self.driver
        driver.connection = workspace.connected(
            driver.parts, driver.store, driver.clock, self.address
        )
        driver.parts.runner.senders["slack"] = driver.connection.sender
        self.__post_init__()
        await driver.connection.start()
        await driver.settle()

    def fail(self, how: str) -> None:
        """Let histories fail."""
        fake = self.driver.slack
        for each in _HISTORIES:
            fake.refuses.pop((each, ""), None)
        fake.after = lambda _method, _form: ""
        if how == "limited":
            fake.refuses |= {(each, ""): "ratelimited" for each in _HISTORIES}
        elif how:
            told = {"broken": "break", "lost": "lose"}[how]
            fake.after = lambda method, _form: told if method in _HISTORIES else ""

    async def throw_out(self) -> None:
        """Take the bot out of the channel."""
        self.driver.slack.refuses |= {(each, ""): "not_in_channel" for each in _HISTORIES}
        self.silent(silent=False)
        await self.driver.event({"type": "member_left_channel", "user": BOT, "channel": ROOM})
        self.silent()

    async def invite(self) -> None:
        """Let the bot into the channel again."""
        self.fail("")
        await self.driver.event({"type": "member_joined_channel", "user": BOT, "channel": ROOM})

    async def replay(self, order: Callable[[list[Any]], list[Any]]) -> None:
        """Deliver what was untold, all at once."""
        fake = self.driver.slack
        told = [fake.deliver("events_api", each) for each in order(fake.untold)]
        await asyncio.gather(*told)
        await self.driver.settle()


@dataclass(slots=True)
class DiscordTown:
    """A server."""

    driver: DiscordDriver
    proxy: servers.StrictDiscord

    def __post_init__(self) -> None:
        """Have no patience."""
        self.driver.connection.gap.look_again = 0.0

    def account(self, who: str) -> MemberRef:
        """Return somebody's account."""
        return MemberRef("discord", GUILD, discord.USERS[who])

    def silent(self, *, silent: bool = True) -> None:
        """Let Discord tell the bot nothing, or again everything."""
        self.driver.discord.silent = silent

    async def chatter(self, many: int) -> None:
        """Let somebody who is nobody's member talk to others, untold."""
        fake = self.driver.discord
        fake.member("100000000000000088", "Chatty Cat")
        for number in range(many):
            await fake.say("100000000000000088", f"so {number}", heard=False)

    async def rename(self, who: str, name: str) -> None:
        """Let somebody be called otherwise, untold."""
        self.driver.discord.nicks[discord.USERS[who]] = name

    async def leave(self, who: str) -> None:
        """Let somebody leave the server, untold."""
        self.driver.discord.out.add(discord.USERS[who])

    async def come(self, name: str) -> MemberRef:
        """Let somebody new come into the server, untold."""
        fake, user = self.driver.discord, "100000000000000077"
        fake.member(user, name)
        fake.joined[user] = self.driver.clock.now().isoformat()
        return MemberRef("discord", GUILD, user)

    async def lose(self) -> None:
        """Lose the connection so that it cannot be resumed, and get another one."""
        before = self.driver.discord.identified
        await self.driver.discord.drop()
        await self.driver.discord.until(lambda: self.driver.discord.identified > before)
        await self._heard()

    async def refuse(self) -> None:
        """Lose the connection, and let the gateway refuse another one."""
        self.driver.discord.shut = True
        await self.driver.discord.drop()
        turned = self.driver.discord.turned_away
        await self.driver.discord.until(lambda: self.driver.discord.turned_away > turned + 3)

    async def let_in(self) -> None:
        """Let the gateway take connections again."""
        self.driver.discord.shut = False
        await until(lambda: self.driver.connection.connected)
        await self._heard()

    async def stop(self) -> None:
        """End the process."""
        await self.driver.connection.stop()
        self.driver.discord._sockets.clear()

    async def start(self) -> None:
        """Begin another one."""
        driver = self.driver
        driver.connection = servers.connected(driver.parts, driver.store, driver.clock, self.proxy)
        driver.parts.runner.senders["discord"] = driver.connection.sender
        self.__post_init__()
        await driver.connection.start()
        await self._heard()

    def fail(self, how: str) -> None:
        """Let reading messages fail."""
        self.driver.discord.faults.clear()
        if how:
            status = {"broken": 500, "limited": 429, "lost": 0}[how]
            body = {"retry_after": 40.0, "message": "slow"} if status == 429 else {}
            self.driver.discord.faults.append(Fault("GET", _READS, status, body, times=999))

    async def throw_out(self) -> None:
        """Take the right to read away from the bot."""
        self._rights("65536")  # to read what was said
        await self._changed()

    async def _changed(self) -> None:
        fake = self.driver.discord
        await fake.tell("CHANNEL_UPDATE", {**fake.channel(DISCORD_ROOM), "guild_id": GUILD})
        await self.driver.settle()

    def _rights(self, deny: str) -> None:
        overwrite = {"id": APPLICATION, "type": 1, "allow": "0", "deny": deny}
        self.driver.discord.overwrites[DISCORD_ROOM] = [overwrite]
        refusal = {"code": 50001, "message": "Missing Access"}
        if deny == "0":
            self.driver.discord.faults.clear()
        else:
            self.driver.discord.faults.append(Fault("GET", _READS, 403, refusal, times=999))

    async def invite(self) -> None:
        """Let the bot read again."""
        self._rights("0")
        await self._changed()

    async def replay(self, order: Callable[[list[Any]], list[Any]]) -> None:
        """Tell what was untold, back to back, as after a resume."""
        fake = self.driver.discord
        for event, data in order(fake.untold):
            await fake.tell(event, data)
        await self.driver.settle()

    async def _heard(self) -> None:
        await until(lambda: self.driver.connection.gap.since is None)
        await self.driver.settle()
        await self.driver.settle()


def minutes(number: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)


def at_eight(number: float) -> datetime:
    """Return so many minutes after eight, when the chat begins."""
    return datetime.fromisoformat("2026-11-24T01:00:00+00:00") + minutes(number)
