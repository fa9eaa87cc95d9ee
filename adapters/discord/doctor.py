"""Looks at Discord's side of the set-up and says how to mend what is not well."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import field
from typing import Any

from adapters.discord import commands, rights
from adapters.discord.api import Api, ApiError, LostError, TooSoonError
from adapters.discord.rights import (
    BETTER_WITH,
    FOR_THREADS,
    IN_A_ROOM,
    IN_THE_SERVER,
    in_channel,
    in_server,
)
from plnbot.findings import Finding
from plnbot.refs import Place
from plnbot.values import dataclass

_PORTAL = "https://discord.com/developers/applications"
_TOKEN = "PLNBOT_DISCORD_TOKEN"  # noqa: S105 - a setting's name
_CONTENT = (1 << 18) | (1 << 19)
_MEMBERS = (1 << 14) | (1 << 15)
_ROOMS = {0, 5, 15}
_MOST_GUILDS = 25


@dataclass(slots=True)
class Doctor:
    """Examines one set-up. `rooms` are the channels that chats are planned in."""

    api: Api
    content: bool = False
    members: bool = False
    threads: bool = True
    rooms: Sequence[Place] = ()
    _bot: str = field(default="")
    _row: str = field(default="")

    async def examined(self) -> AsyncIterator[Finding]:
        """Yield what there is to say."""
        try:
            async for each in self._examined():
                yield each
        except (LostError, TooSoonError) as error:
            yield Finding(
                f"Discord does not answer: {error}",
                "Check that this machine reaches discord.com, then try again.",
            )
        except ApiError as error:
            yield Finding(
                f"Discord refuses to tell more ({error.status}, {error.code})",
                "Try again; if it stays so, invite the bot anew.",
            )
        finally:
            await self.api.close()

    async def _examined(self) -> AsyncIterator[Finding]:
        try:
            me = await self.api.get("/users/@me")
        except ApiError:
            yield Finding(
                "Discord does not know this token",
                f"Open {_PORTAL}, your application, Bot, Reset Token, and put the new one into"
                f" {_TOKEN}.",
            )
            return
        self._bot = str(me["id"])
        yield Finding(f"the token is that of {me['username']}")
        application = await self.api.get("/applications/@me")
        for each in self._intents(application):
            yield each
        yield _openness(public=bool(application.get("bot_public")))
        guilds = await self.api.get("/users/@me/guilds")
        row = self._row = str(application["id"])
        if not guilds:
            yield Finding(
                "the bot is in no server yet",
                f"Open this as somebody who may manage the server: {rights.invitation(row)}",
            )
        for guild in guilds[:_MOST_GUILDS]:
            async for each in self._server(str(guild["id"]), row):
                yield each
        if len(guilds) > _MOST_GUILDS:
            yield Finding(f"{len(guilds) - _MOST_GUILDS} more servers were not looked at")

    def _intents(self, application: dict[str, Any]) -> list[Finding]:
        flags = int(application.get("flags") or 0)
        found = [
            _intent(
                "message content",
                "Message Content Intent",
                "MESSAGE_CONTENT",
                wanted=self.content,
                given=bool(flags & _CONTENT),
            ),
            _intent(
                "server members",
                "Server Members Intent",
                "MEMBERS",
                wanted=self.members,
                given=bool(flags & _MEMBERS),
            ),
        ]
        endpoint = application.get("interactions_endpoint_url")
        if endpoint:
            found.append(
                Finding(
                    "commands and buttons go to another address than this bot",
                    f"Open {_PORTAL}, your application, General Information, and empty"
                    " “Interactions Endpoint URL”.",
                )
            )
        return found

    async def _server(self, row: str, application: str) -> AsyncIterator[Finding]:
        guild = await self.api.get(f"/guilds/{row}")
        member = await self.api.get(f"/guilds/{row}/members/{self._bot}")
        name = str(guild.get("name") or row)
        yield await self._commands(row, name, application)
        held = in_server(guild, member)
        for what, wanted in (
            ("the server's calendar", IN_THE_SERVER),
            ("quiet marks, and private places for a few", BETTER_WITH),
        ):
            lacking = " and ".join(rights.missing(held, [wanted]))
            yield Finding(
                f"{name}: {what}",
                lacking
                and f"Give the bot {lacking} in Server Settings, Roles; everything else works"
                " without it.",
            )
        for each in self._channels(
            await self.api.get(f"/guilds/{row}/channels"), guild, member, name
        ):
            yield each

    async def _commands(self, guild: str, name: str, application: str) -> Finding:
        try:
            await self.api.get(f"/applications/{application}/guilds/{guild}/commands")
            known = await self.api.get(f"/applications/{application}/commands")
        except ApiError:
            return Finding(
                f"{name}: `/pln` is not allowed here",
                "Invite the bot again with the scope applications.commands:"
                f" {rights.invitation(application)}",
            )
        if commands.MAIN not in {each["name"] for each in known}:
            return Finding(
                f"{name}: `/pln` is not registered yet",
                "Start the bot once with ./run; it registers its commands.",
            )
        return Finding(f"{name}: `/pln` is registered and allowed")

    def _channels(
        self,
        channels: list[dict[str, Any]],
        guild: dict[str, Any],
        member: dict[str, Any],
        name: str,
    ) -> list[Finding]:
        planned = {each.channel for each in self.rooms if each.workspace == str(guild["id"])}
        wanted = [IN_A_ROOM, FOR_THREADS] if self.threads else [IN_A_ROOM]
        found: list[Finding] = []
        fits = 0
        for channel in channels:
            if channel["type"] not in _ROOMS:
                continue
            held = in_channel(channel, guild, member, self._bot)
            lacking = rights.missing(held, wanted)
            fits += not lacking
            where = f"{name}: #{channel.get('name', channel['id'])}"
            if not lacking:
                found.append(Finding(f"{where}: chats can take place here"))
            elif str(channel["id"]) in planned:
                mend = f"Edit the channel, Permissions, and give the bot {', '.join(lacking)}."
                found.append(Finding(f"{where}: a chat is planned here", mend))
            else:
                found.append(Finding(f"{where}: no chats here; missing {', '.join(lacking)}"))
        gone = planned - {str(each["id"]) for each in channels}
        found += [
            Finding(
                f"{name}: a chat is planned in a channel that is gone or hidden",
                "Plan it anew in another channel, or give the bot “View Channel” there.",
            )
            for _each in gone
        ]
        if not fits:
            found.append(
                Finding(
                    f"{name}: no channel has all the rights",
                    f"Invite the bot again: {rights.invitation(self._row)}",
                )
            )
        return found


def _openness(*, public: bool) -> Finding:
    if not public:
        return Finding("nobody else can invite this bot")
    return Finding(
        "anybody may invite this bot (Bot, “Public Bot”): a server that does not belong to the"
        " application's owner gets a network of its own, and you are asked whether it is yours"
    )


def _intent(what: str, switch: str, setting: str, *, wanted: bool, given: bool) -> Finding:
    variable = f"PLNBOT_DISCORD_{setting}"
    if wanted and not given:
        return Finding(
            f"{variable} is on, and Discord does not give the {what} intent",
            f"Open {_PORTAL}, your application, Bot, and switch “{switch}” on; or set"
            f" {variable}=off.",
        )
    if wanted:
        return Finding(f"the {what} intent is on, and used")
    return Finding(f"the {what} intent is not used ({variable}=off)")
