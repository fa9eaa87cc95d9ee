"""REST: what the bot may ask of Discord, or tell it to do."""

import json
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from tests.adapters.discord.fake.gateway import Gateway
from tests.adapters.discord.fake.server import BOT, GUILD, MEMBER, Fault, Json


class Rest(Gateway):
    """The server's side of every call."""

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

    def _done(self, method: str, path: str, body: Any, request: web.Request) -> tuple[int, Any]:
        parts = path.strip("/").split("/")
        done = {
            "channels": self._in_a_channel,
            "guilds": self._in_a_guild,
            "interactions": self._answered,
            "webhooks": self._answered,
        }.get(parts[0], self._about_the_bot)
        answer = done(method, parts, body, request.query)
        return answer or (404, {"code": 0, "message": f"the counterpart has no {method} {path}"})

    def _in_a_channel(
        self, method: str, parts: list[str], body: Any, query: Mapping[str, str]
    ) -> tuple[int, Any] | None:
        match method, parts:
            case "POST", ["channels", channel, "messages"]:
                return self._posted(channel, body)
            case "GET", ["channels", channel, "messages"]:
                after, most = (
                    int(query.get("after", "0")),
                    int(query.get("limit", 50)),
                )
                found = [each for each in self.messages[channel] if int(each["id"]) > after]
                if "after" in query:
                    return 200, list(reversed(found[:most]))
                return 200, list(reversed(found[-most:]))
            case "GET", ["channels", channel, "messages", number]:
                found = [each for each in self.messages[channel] if each["id"] == number]
                gone = {"code": 10008, "message": "Unknown Message"}
                return (200, found[0]) if found else (404, gone)
            case "PATCH", ["channels", channel, "messages", number]:
                return self._changed(channel, number, body)
            case "PATCH", ["channels", channel]:
                change = self.archived.add if body.get("archived") else self.archived.discard
                change(channel)
                return 200, self.channel(channel)
            case "GET", ["channels", channel]:
                return 200, self.channel(channel)
            case "POST", ["channels", channel, "messages", number, "threads"]:
                return self._threaded(channel, number, body)
            case "POST", ["channels", channel, "threads"] if body.get("type") != 12:
                message = self._message(channel, body["message"], self._bot())
                self.messages[channel].remove(message)
                self.messages[message["id"]].append({**message, "channel_id": message["id"]})
                return self._threaded(channel, message["id"], body)
            case _:
                return self._private(method, parts, body) or self._marked(method, parts)

    def _private(self, method: str, parts: list[str], body: Any) -> tuple[int, Any] | None:
        """Answer what is about private threads and who is in them."""
        match method, parts:
            case "POST", ["channels", channel, "threads"] if body.get("type") == 12:
                return self._private_thread(channel, body)
            case "PUT", ["channels", channel, "thread-members", user]:
                self.inside[channel].add(user)
                return 204, None
            case "GET", ["channels", channel, "thread-members", user]:
                known = user in self.inside[channel]
                gone = {"code": 10007, "message": "Unknown Member"}
                return (200, {"id": channel, "user_id": user, "flags": 0}) if known else (404, gone)
            case _:
                return None

    def _marked(self, method: str, parts: list[str]) -> tuple[int, Any] | None:
        match method, parts:
            case "PUT", ["channels", _channel, "messages", number, "reactions", _mark, "@me"]:
                self.marked.add(number)
            case "DELETE", ["channels", _channel, "messages", number, "reactions", _mark, "@me"]:
                self.marked.discard(number)
            case "DELETE", ["channels", channel, "messages", number]:
                standing = self.messages[channel]
                self.messages[channel] = [each for each in standing if each["id"] != number]
            case _:
                return None
        return 204, None

    def _in_a_guild(
        self, method: str, parts: list[str], body: Any, query: Mapping[str, str]
    ) -> tuple[int, Any] | None:
        match method, parts:
            case "POST", ["guilds", _guild, "scheduled-events"]:
                number = self.id()
                self.events[number] = body
                return 200, {"id": number}
            case "PATCH", ["guilds", _guild, "scheduled-events", number]:
                self.events[number] = {**self.events[number], **body}
                return 200, {"id": number}
            case "GET", ["guilds", guild, "members", user]:
                return self._membership(guild, user)
            case "GET", ["guilds", guild, "members"] if guild == GUILD:
                after = int(query.get("after", "0"))
                there = sorted(int(each) for each in self.members if each not in self.out)
                found = [each for each in there if each > after][: int(query.get("limit", 1))]
                return 200, [self._there(str(each)) for each in found]
            case "GET", ["guilds", _guild]:
                return 200, self._guild()
            case "GET", ["guilds", _guild, "threads", "active"]:
                active = [each for each in self.threads.values() if each["id"] not in self.archived]
                return 200, {"threads": active, "members": []}
            case "GET", ["guilds", _guild, "channels"]:
                return 200, [self.channel(each) for each in self.channels]
            case _:
                return None

    def _about_the_bot(
        self, method: str, parts: list[str], body: Any, query: Mapping[str, str]
    ) -> tuple[int, Any] | None:
        match method, parts:
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
            case "GET", ["users", "@me", "guilds"]:
                return 200, [{"id": GUILD, "name": "Ridgeview Schools"}]
            case _:
                return None

    def _answered(
        self, method: str, parts: list[str], body: Any, query: Mapping[str, str]
    ) -> tuple[int, Any] | None:
        match method, parts:
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
            case _:
                return None

    def _membership(self, guild: str, user: str) -> tuple[int, Json]:
        if guild != GUILD:
            return 404, {"code": 10004, "message": "Unknown Guild"}
        if user != BOT and (user not in self.members or user in self.out):
            return 404, {"code": 10007, "message": "Unknown Member"}
        return 200, self._there(user)

    def _there(self, user: str) -> Json:
        told = {**MEMBER, "user": self.members.get(user, self._bot()), "nick": self.nicks.get(user)}
        return {**told, "joined_at": self.joined.get(user, MEMBER["joined_at"])}

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

    def _private_thread(self, channel: str, body: Json) -> tuple[int, Json]:
        if self.channels.get(channel) != 0:  # only text channels have private threads
            return 400, {"code": 50035, "message": "Invalid Form Body"}
        _status, made = self._threaded(channel, self.id(), {"name": body["name"]})
        made |= {"type": 12}
        made["thread_metadata"] |= {
            "invitable": body.get("invitable", True),
            "auto_archive_duration": body["auto_archive_duration"],
        }
        return 201, made

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


def _json(answer: Any, status: int) -> web.Response:
    # Without a charset, as Discord says it; its library looks for exactly that.
    raw = json.dumps(answer).encode()
    return web.Response(body=raw, status=status, content_type="application/json")
