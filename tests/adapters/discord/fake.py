"""A counterpart of Discord on this machine: REST and gateway, as much of it as the bot uses.

It keeps what it is sent and lets a test play members. `faults` make calls fail the way Discord does.
"""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, WSMsgType, web

Json = dict[str, Any]

GUILD, ROOM, FORUM, LOBBY = "900000000000000001", "900000000000000002", "900000000000000004", (
    "900000000000000003"
)  # fmt: skip
BOT, APPLICATION = "900000000000000020", "900000000000000020"
TOKEN = "OTAwMDAwMDAwMDAwMDAwMDIw.fake.token"
_EVERYTHING = "562949953421311"
_MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
_EPOCH = 1_420_070_400_000


@dataclass(frozen=True, slots=True)
class Fault:
    """A call of this method and path fails so, instead of being done; or, `after`, once it is done."""

    method: str
    path: str
    status: int = 500
    body: Json = field(default_factory=dict)
    times: int = 1
    after: bool = False


class FakeDiscord:
    """One server with its channels, its members, and everything the bot did there."""

    def __init__(self) -> None:
        self.messages: defaultdict[str, list[Json]] = defaultdict(list)
        self.commands: list[Json] = []
        self.callbacks: dict[str, Json] = {}
        self.edited: dict[str, Json] = {}
        self.follows: defaultdict[str, list[Json]] = defaultdict(list)
        self.files: list[bytes] = []
        self.events: dict[str, Json] = {}
        self.calls: list[tuple[str, str]] = []
        self.threads: dict[str, Json] = {}
        self.archived: set[str] = set()
        self.overwrites: dict[str, list[Json]] = {}
        self.members: dict[str, Json] = {}
        self.nicks: dict[str, str] = {}
        self.owner = ""
        self.closed: set[str] = set()
        self.out: set[str] = set()
        self.faults: list[Fault] = []
        self.identified = 0
        self.closes_with = 0
        self.shut = False
        self.turned_away = 0
        self.gateway = ""
        self.shards = 1
        self.public = False
        self.channels = {ROOM: 0, LOBBY: 0, FORUM: 15}
        self.clock: Callable[[], int] = lambda: 1_795_000_000_000
        self._sockets: list[web.WebSocketResponse] = []
        self._sequence = 0
        self._last = 0
        self._told = asyncio.Event()

    # ------------------------------------------------------------------------------- the members

    def member(self, user: str, name: str) -> None:
        """Let somebody be in the server."""
        self.members[user] = {
            "id": user,
            "username": name.split(maxsplit=1)[0].lower(),
            "discriminator": "0",
            "global_name": name,
            "avatar": None,
        }

    def id(self) -> str:
        """Return a new number, later than all before it."""
        self._last = max(self._last + 1, (self.clock() - _EPOCH) << 22)
        return str(self._last)

    def channel(self, channel: str) -> Json:
        """Return a channel or thread as Discord describes it."""
        if channel in self.threads:
            return self.threads[channel]
        kind = self.channels.get(channel, 1)
        return {
            "id": channel,
            "type": kind,
            "name": f"room-{channel[-1]}",
            "position": 0,
            "permission_overwrites": self.overwrites.get(channel, []),
            **({"guild_id": GUILD} if kind != 1 else {}),
        }

    async def tell(self, event: str, data: Json) -> None:
        """Let the gateway tell something."""
        for socket in self._sockets[:1] if self.shards > 1 else self._sockets:
            await self._told_to(socket, event, data)

    async def frame(self, words: str) -> None:
        """Let the gateway send anything."""
        for socket in self._sockets:
            await socket.send_str(words)

    async def drop(self, code: int = 4000) -> None:
        """Close every connection of the gateway."""
        for socket in list(self._sockets):
            await socket.close(code=code)
        self._sockets.clear()

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
                "member": {**_MEMBER, "nick": self.nicks.get(user)},
                "mentions": [self._bot()] if mentions_bot else [],
            }
            await self.tell("MESSAGE_CREATE", told)
        return str(message["id"])

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
            "app_permissions": _EVERYTHING,
            **more,
        }
        if direct:
            payload["user"] = who
        else:
            permissions = _EVERYTHING if user == self.owner else "2048"
            payload["guild_id"] = GUILD
            payload["guild_locale"] = "en-US"
            payload["member"] = {
                **_MEMBER,
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

    # ---------------------------------------------------------------------------------- the server

    def app(self) -> web.Application:
        """Return the server; the caller runs it."""
        app = web.Application(client_max_size=2**25)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        return app

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, method = "/" + request.match_info["path"], request.method
        body = await self._body(request)
        self.calls.append((method, path))
        fault = self._fault(method, path)
        if fault is not None and not fault.after:
            return self._failed(request, fault)
        status, answer = self._done(method, path, body, request)
        self._told.set()
        if fault is not None:
            return self._failed(request, fault)
        await self._mirrored(method, path, answer)
        if status == 204:
            return web.Response(status=204)
        return _json(answer, status)

    def _fault(self, method: str, path: str) -> Fault | None:
        for at, each in enumerate(self.faults):
            if each.method in ("*", method) and re.search(each.path, path):
                left = Fault(
                    each.method, each.path, each.status, each.body, each.times - 1, each.after
                )
                self.faults[at : at + 1] = [left] if left.times else []
                return each
        return None

    def _failed(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.status == 0:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return _json(fault.body, fault.status)

    async def _body(self, request: web.Request) -> Any:
        if request.content_type.startswith("multipart/"):
            found: Any = None
            async for part in await request.multipart():
                assert isinstance(part, BodyPartReader)
                raw = await part.read()
                if part.name == "payload_json":
                    found = json.loads(raw)
                else:
                    self.files.append(bytes(raw))
            return found
        raw = await request.read()
        return json.loads(raw) if raw else None

    async def _mirrored(self, method: str, path: str, answer: Any) -> None:
        """Tell over the gateway what the bot wrote, as Discord does."""
        if method == "POST" and re.fullmatch(r"/channels/\d+/messages", path) and "id" in answer:
            direct = self.channel(answer["channel_id"])["type"] == 1
            await self.tell("MESSAGE_CREATE", answer if direct else {**answer, "guild_id": GUILD})
        elif method == "POST" and path.endswith("/threads") and answer.get("type") == 11:
            await self.tell("THREAD_CREATE", {**answer, "newly_created": True})

    def _done(  # noqa: C901, PLR0911, PLR0912 - one line a route
        self, method: str, path: str, body: Any, request: web.Request
    ) -> tuple[int, Any]:
        match method, path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return 200, {**self._bot(), "bot": True}
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return 200, self._application()
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
                shards = self.shards
                return 200, {"url": self.gateway, "shards": shards, "session_start_limit": limit}
            case "PUT", ["applications", _, "commands"]:
                self.commands = body
                return 200, []
            case "GET", ["applications", _, "guilds", _guild, "commands"]:
                return 200, []
            case "GET", ["applications", _, "commands"]:
                return 200, self.commands
            case "POST", ["users", "@me", "channels"]:
                user = str(body["recipient_id"])
                if user not in self.members:
                    return 400, {"code": 50035, "message": "Invalid Form Body"}
                return 200, {"id": f"7{user}", "type": 1, "recipients": [self.members[user]]}
            case "POST", ["channels", channel, "messages"]:
                return self._posted(channel, body)
            case "GET", ["channels", channel, "messages"]:
                after, most = (
                    int(request.query.get("after", "0")),
                    int(request.query.get("limit", 50)),
                )
                found = [each for each in self.messages[channel] if int(each["id"]) > after]
                if "after" in request.query:
                    return 200, list(reversed(found[:most]))
                return 200, list(reversed(found[-most:]))
            case "PATCH", ["channels", channel, "messages", number]:
                return self._changed(channel, number, body)
            case "PATCH", ["channels", channel]:
                self.archived.discard(channel)
                return 200, self.channel(channel)
            case "GET", ["channels", channel]:
                return 200, self.channel(channel)
            case "POST", ["channels", channel, "messages", number, "threads"]:
                return self._threaded(channel, number, body)
            case "POST", ["channels", channel, "threads"]:
                message = self._message(channel, body["message"], self._bot())
                self.messages[channel].remove(message)
                self.messages[message["id"]].append({**message, "channel_id": message["id"]})
                return self._threaded(channel, message["id"], body)
            case "POST", ["interactions", number, _token, "callback"]:
                if number in self.callbacks:
                    return 400, {"code": 40060, "message": "already acknowledged"}
                self.callbacks[number] = body
                return 204, None
            case "POST", ["webhooks", _application, token]:
                self.follows[token.removeprefix("token-")].append(body)
                return 200, {"id": self.id()}
            case "PATCH", ["webhooks", _application, token, "messages", "@original"]:
                self.edited[token.removeprefix("token-")] = body
                return 200, {"id": self.id()}
            case "POST", ["guilds", _guild, "scheduled-events"]:
                number = self.id()
                self.events[number] = body
                return 200, {"id": number}
            case "PATCH", ["guilds", _guild, "scheduled-events", number]:
                self.events[number] = {**self.events[number], **body}
                return 200, {"id": number}
            case "GET", ["guilds", guild, "members", user]:
                return self._membership(guild, user)
            case "GET", ["guilds", _guild]:
                return 200, self._guild()
            case "GET", ["guilds", _guild, "channels"]:
                return 200, [self.channel(each) for each in self.channels]
            case "GET", ["users", "@me", "guilds"]:
                return 200, [{"id": GUILD, "name": "Ridgeview Schools"}]
            case _:
                return 404, {"code": 0, "message": f"the counterpart has no {method} {path}"}

    def _membership(self, guild: str, user: str) -> tuple[int, Json]:
        if guild != GUILD:
            return 404, {"code": 10004, "message": "Unknown Guild"}
        if user != BOT and (user not in self.members or user in self.out):
            return 404, {"code": 10007, "message": "Unknown Member"}
        return 200, {"user": self.members.get(user, self._bot()), "roles": []}

    def _posted(self, channel: str, body: Json) -> tuple[int, Json]:
        if channel in self.archived:
            return 400, {"code": 50083, "message": "Thread is archived"}
        if channel.startswith("7") and channel[1:] in self.closed:
            return 403, {"code": 50007, "message": "Cannot send messages to this user"}
        known = channel in self.channels or channel in self.threads or channel.startswith("7")
        if not known:
            return 404, {"code": 10003, "message": "Unknown Channel"}
        if self.channels.get(channel) == 15:
            return 400, {"code": 50008, "message": "Cannot send messages in a non-text channel"}
        for each in self.messages[channel]:
            ours = each["author"]["id"] == BOT and each.get("nonce") == body.get("nonce")
            if body.get("enforce_nonce") and ours:
                return 200, each
        return 200, self._message(channel, body, self._bot())

    def _changed(self, channel: str, number: str, body: Json) -> tuple[int, Json]:
        if channel in self.archived:
            return 400, {"code": 50083, "message": "Thread is archived"}
        found = next((each for each in self.messages[channel] if each["id"] == number), None)
        if found is None:
            return 404, {"code": 10008, "message": "Unknown Message"}
        found.update(body)
        return 200, found

    def _threaded(self, channel: str, number: str, body: Json) -> tuple[int, Json]:
        if number in self.threads:
            return 400, {"code": 160004, "message": "A thread has already been created"}
        self.threads[number] = {
            "id": number,
            "type": 11,
            "guild_id": GUILD,
            "parent_id": channel,
            "owner_id": BOT,
            "name": body["name"],
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2026-01-01T00:00:00+00:00",
                "locked": False,
            },
        }
        return 200, self.threads[number]

    def _message(self, channel: str, body: Json, author: Json) -> Json:
        message = {
            "type": 0,
            "tts": False,
            "pinned": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "content": "",
            "edited_timestamp": None,
            **body,
            "id": self.id(),
            "channel_id": channel,
            "author": author,
            "timestamp": "2026-11-24T01:00:00+00:00",
        }
        message["attachments"] = [
            {**each, "size": 1, "url": "https://cdn.example.org/f", "proxy_url": ""}
            for each in message["attachments"]
        ]
        self.messages[channel].append(message)
        return message

    def _bot(self) -> Json:
        return {"id": BOT, "username": "plnbot", "discriminator": "0", "avatar": None, "bot": True}

    def _application(self) -> Json:
        return {
            "id": APPLICATION,
            "name": "plnbot",
            "icon": None,
            "description": "",
            "bot_public": self.public,
            "bot_require_code_grant": False,
            "verify_key": "",
            "flags": 0,
            "owner": {**self._bot(), "bot": False},
        }

    def _guild(self) -> Json:
        everyone = {
            "id": GUILD,
            "name": "@everyone",
            "permissions": str(int(_EVERYTHING) & ~8),
            "position": 0,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        return {
            "id": GUILD,
            "name": "Ridgeview Schools",
            "owner_id": self.owner or BOT,
            "system_channel_id": LOBBY,
            "roles": [everyone],
            "channels": [self.channel(each) for each in self.channels],
            "threads": [],
            "emojis": [],
            "features": [],
            "members": [{**_MEMBER, "user": self._bot()}],
            "member_count": len(self.members) + 1,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "premium_tier": 0,
            "nsfw_level": 0,
            "preferred_locale": "en-US",
            "afk_timeout": 0,
            "system_channel_flags": 0,
            "guild_scheduled_events": [],
            "unavailable": False,
        }

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.shut:
            self.turned_away += 1
            self._told.set()
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41250}}))
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._heard(socket, json.loads(message.data))
        return socket

    async def _told_to(self, socket: web.WebSocketResponse, event: str, data: Json) -> None:
        self._sequence += 1
        if not socket.closed:
            words = {"op": 0, "t": event, "s": self._sequence, "d": data}
            await socket.send_str(json.dumps(words))

    async def _heard(self, socket: web.WebSocketResponse, said: Json) -> None:
        match said["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11}))
            case 2 if self.closes_with:
                self.identified += 1
                self._told.set()
                await socket.close(code=self.closes_with)
            case 2:
                self.identified += 1
                self._told.set()
                self._sockets.append(socket)
                ready = {
                    "v": 10,
                    "user": self._bot(),
                    "guilds": [{"id": GUILD, "unavailable": True}],
                    "session_id": f"s{self.identified}",
                    "resume_gateway_url": self.gateway,
                    "application": {"id": APPLICATION, "flags": 0},
                    "shard": said["d"].get("shard", [0, 1]),
                }
                first = ready["shard"][0] == 0  # the server is told of on one connection alone
                ready["guilds"] = ready["guilds"] if first else []
                await self._told_to(socket, "READY", ready)
                if first:
                    await self._told_to(socket, "GUILD_CREATE", self._guild())
            case 6:  # every resume is refused
                await socket.send_str(json.dumps({"op": 9, "d": False}))
            case _:
                pass


def _json(answer: Any, status: int) -> web.Response:
    # Without a charset, as Discord says it; its library looks for exactly that.
    raw = json.dumps(answer).encode()
    return web.Response(body=raw, status=status, content_type="application/json")
