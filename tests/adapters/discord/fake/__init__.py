"""A counterpart of Discord on this machine: REST and gateway, as much of it as the bot uses.

It keeps what it is sent and lets a test play members. `faults` make calls fail the way Discord does.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from tests.adapters.discord.fake.rest import Rest
from tests.adapters.discord.fake.server import (
    APPLICATION,
    BOT,
    EVERYTHING,
    FORUM,
    GUILD,
    LOBBY,
    MEMBER,
    ROOM,
    TOKEN,
    Fault,
    Json,
)
from tests.scenarios.driver import Document

__all__ = [
    "APPLICATION",
    "BOT",
    "FORUM",
    "GUILD",
    "LOBBY",
    "ROOM",
    "TOKEN",
    "FakeDiscord",
    "Fault",
]


class FakeDiscord(Rest):
    """One server with its channels, its members, and everything the bot did there."""

    def member(self, user: str, name: str) -> None:
        """Let somebody be in the server."""
        self.members[user] = {
            "id": user,
            "username": name.split(maxsplit=1)[0].lower(),
            "discriminator": "0",
            "global_name": name,
            "avatar": None,
        }

    async def say(
        self, user: str, words: str, channel: str = ROOM, *, heard: bool = True, reply_to: str = ""
    ) -> str:
        """Let a member write; without `heard`, while the bot is away."""
        message = self._message(channel, {"content": words}, self.members[user])
        if reply_to:
            above = {"type": 0, "message_id": reply_to, "channel_id": channel, "guild_id": GUILD}
            message |= {"type": 19, "message_reference": above}
        mentions_bot = f"<@{BOT}>" in words
        if heard:
            told = {
                **message,
                "guild_id": GUILD,
                "member": {**MEMBER, "nick": self.nicks.get(user)},
                "mentions": [self._bot()] if mentions_bot else [],
            }
            if channel.startswith("7"):  # to the bot alone, which Discord tells of no server
                told = {**message, "mentions": []}
            await self.tell("MESSAGE_CREATE", told)
        return str(message["id"])

    def keep(self, document: Document) -> Json:
        """Let somebody upload a file with a dialog; return how Discord tells of it."""
        number = self.id()
        self.uploads[number] = document.content
        url = f"{self.own}/attachments/{number}/{quote(document.name, safe='')}?ex=1&is=2&hm=3"
        size = len(document.content)
        return {"id": number, "filename": document.name, "size": size, "url": url,
                "proxy_url": url, "ephemeral": True}  # fmt: skip

    async def _attachment(self, request: web.Request) -> web.Response:
        assert "Authorization" not in request.headers, "the token is for the API alone"
        content = self.uploads.get(request.match_info["number"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def open_thread(self, number: str, name: str) -> None:
        """Let a member open a thread below a message of the room."""
        _status, thread = self._threaded(ROOM, number, {"name": name})
        await self.tell("THREAD_CREATE", {**thread, "newly_created": True})

    async def act(self, user: str, kind: int, data: Json, **more: Any) -> str:
        """Let a member do something that the bot has to answer; return the interaction's number."""
        channel = more.pop("channel", ROOM)
        direct = self.channel(channel)["type"] == 1
        number = self.id()
        who = self.members[user]
        payload = {
            "id": number,
            "application_id": APPLICATION,
            "type": kind,
            "token": f"token-{number}",
            "version": 1,
            "data": data,
            "channel_id": channel,
            "channel": self.channel(channel),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 1 if direct else 0,
            "attachment_size_limit": 26214400,
            "app_permissions": EVERYTHING,
            **more,
        }
        if direct:
            payload["user"] = who
        else:
            permissions = EVERYTHING if user == self.owner else "2048"
            payload["guild_id"] = GUILD
            payload["guild_locale"] = "en-US"
            payload["member"] = {
                **MEMBER,
                "user": who,
                "nick": self.nicks.get(user),
                "permissions": permissions,
                "deaf": False,
                "mute": False,
            }
        await self.tell("INTERACTION_CREATE", payload)
        return number

    async def answered(self, number: str) -> Json:
        """Wait for the answer to an interaction and return it."""
        async with asyncio.timeout(10):
            while number not in self.callbacks:
                self._told.clear()
                await self._told.wait()
        return self.callbacks[number]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something about what the bot did holds."""
        async with asyncio.timeout(10):
            while not holds():
                self._told.clear()
                await self._told.wait()

    def app(self) -> web.Application:
        """Return the server; the caller runs it."""
        app = web.Application(client_max_size=2**25)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/attachments/{number}/{name}", self._attachment)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        return app
