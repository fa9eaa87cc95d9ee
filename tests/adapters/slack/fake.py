"""A counterpart of Slack on this machine: Web API, Socket Mode, events and interactivity.

It keeps what a workspace would show, and can be told to fail. It checks nothing of what it is sent:
that is the strict proxy's part, which stands before it.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from adapters.slack.text import Json
from tests.adapters.slack.fake_places import BOT, Places, SlackRefusesError
from tests.scenarios.driver import Document

TEAM, ROOM = "T0PLN", "C0CHAT"
__all__ = [
    "APP_TOKEN",
    "BOT",
    "BOT_TOKEN",
    "ROOM",
    "TEAM",
    "FakeSlack",
    "Message",
    "SlackRefusesError",
]
BOT_TOKEN, APP_TOKEN = "xoxb-test", "xapp-test"


@dataclass(slots=True)
class Message:
    """A message that stands somewhere."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread: str = ""
    metadata: Json = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    edited: str = ""
    bot: str = ""
    subtype: str = ""
    latest_reply: str = ""

    def told(self, *, metadata: bool) -> Json:
        """Return it as Slack's history does."""
        told: Json = {
            "type": "message",
            "ts": self.ts,
            "user": self.user,
            "text": self.text,
            "blocks": self.blocks,
            **({"bot_id": self.bot or "B0PLN"} if self.bot or self.user == BOT else {}),
            **({"edited": {"user": self.user, "ts": self.edited}} if self.edited else {}),
            **({"thread_ts": self.thread} if self.thread else {}),
            **({"files": self.files} if self.files else {}),
            **({"subtype": self.subtype} if self.subtype else {}),
            **({"latest_reply": self.latest_reply} if self.latest_reply else {}),
        }
        return {**told, "metadata": self.metadata} if metadata and self.metadata else told


class FakeSlack(Places):
    """One workspace. `after` may do something to a call once it took effect, such as lose it."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[str, list[Message]] = defaultdict(list)
        self.shown: dict[str, Json] = {}  # the newest thing that one person alone sees
        self.homes: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.theirs: dict[str, Json] = {}  # files that people have here, by number
        self.gives: Callable[[Json], web.Response | None] = lambda _file: None
        self.calls: list[tuple[str, Json]] = []
        self.refuses: dict[tuple[str, str], str] = {}
        self.thread_refuses = ""
        self.unloadable: set[str] = set()  # pictures
        self.after: Callable[[str, Json], str] = lambda _method, _form: ""
        self.marked: set[str] = set()
        self.scopes = ""
        self.token = ""  # with which the latest call came
        self.address = ""  # where the Web API is reached, and sockets with it
        self.own = ""  # where this server itself is reached
        self.sockets: list[web.WebSocketResponse] = []
        self.reached = asyncio.Event()
        self.acks: dict[str, asyncio.Future[Json]] = {}
        self.silent = False  # what happens is not told, but kept in `untold`
        self.untold: list[Json] = []
        self.seconds: Callable[[], float] = lambda: 1795482000.0
        self.one_page_a_minute = False
        self._read_at = float("-inf")
        self.dead = False  # sockets opened now stay open and say nothing, not even to pings
        self._tick = itertools.count(100)
        self._responds: dict[str, str] = {}

    def app(self) -> web.Application:
        """Return it as an application to serve."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/respond/{token}", self._respond)
        app.router.add_get("/socket", self._socket)
        app.router.add_get("/files-pri/{file}", self._download)
        return app

    def member(self, user: str, name: str, **more: object) -> None:
        """Let somebody be in the workspace."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "name": name.lower().split()[0],
            "real_name": name,
            "tz": "America/New_York",
            "locale": "en-US",
            "profile": {"display_name": name},
            **more,
        }

    def stands(self, event: Json) -> None:
        """Let the channel show what an event tells of a message: it is there, changed, or gone."""
        channel, kind = str(event.get("channel", "")), event.get("subtype", "")
        told = event.get("message") if kind == "message_changed" else event
        before = event.get("previous_message") or {}
        # What is written to the bot itself is kept where it stands below a card.
        beside = event.get("channel_type") == "im" and not {**before, **event}.get("thread_ts")
        if event.get("type") != "message" or beside:
            return
        ts = str(event.get("deleted_ts") or before.get("ts") or "")
        standing = self.messages[channel]
        if kind == "message_deleted":
            self.messages[channel] = [each for each in standing if each.ts != ts]
        elif isinstance(told, dict) and told.get("ts"):
            found = next((each for each in standing if each.ts == told["ts"]), None)
            if found is None:
                made = Message(
                    str(told["ts"]), str(told.get("user", "")), str(told.get("text", ""))
                )
                made.thread, made.bot = str(told.get("thread_ts", "")), str(told.get("bot_id", ""))
                made.blocks = told.get("blocks", [])
                standing.append(found := made)
                for above in (each for each in standing if made.thread == each.ts):
                    above.latest_reply = made.ts
            elif kind == "message_changed":
                found.text, found.blocks = str(told.get("text", "")), told.get("blocks", [])
            if kind == "message_changed":
                found.edited = str(event.get("event_ts") or event.get("ts") or "")
                found.subtype = str(told.get("subtype", ""))

    def ts(self) -> str:
        """Return the next message's id."""
        return f"{self.seconds():.0f}.{next(self._tick):06d}"

    def respond_url(self, user: str) -> str:
        """Return an address at which this person can be answered."""
        token = f"r{next(self._numbers)}"
        self._responds[token] = user
        return f"{self.own}/respond/{token}"

    def keep(self, user: str, document: Document) -> Json:
        """Let somebody upload a file; return how a form tells of it."""
        file = f"F{next(self._numbers)}"
        told = {"id": file, "name": document.name, "size": len(document.content), "user": user}
        self.theirs[file] = {**told, "content": document.content}
        return told

    async def _download(self, request: web.Request) -> web.Response:
        file = self.theirs[request.match_info["file"]]
        if instead := self.gives(file):
            return instead
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=file["content"])

    async def deliver(self, kind: str, payload: Json) -> Json:
        """Send an envelope by the newest socket and return the payload of its acknowledgement."""
        envelope = f"e{next(self._numbers)}"
        self.acks[envelope] = asyncio.get_running_loop().create_future()
        accepts = kind in {"slash_commands", "interactive"}
        body = {
            "envelope_id": envelope,
            "type": kind,
            "accepts_response_payload": accepts,
            "payload": payload,
        }
        await asyncio.wait_for(self.reached.wait(), 10)
        await self.sockets[-1].send_json(body)
        return await asyncio.wait_for(self.acks[envelope], 10)

    async def disconnect(self, reason: str) -> None:
        """Tell the oldest socket that it is to go."""
        await self.sockets[0].send_json({"type": "disconnect", "reason": reason})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        dead = self.dead
        socket = web.WebSocketResponse(autoping=not dead)
        await socket.prepare(request)
        self.sockets.append(socket)
        self.reached.set()
        if not dead:
            await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
        async for told in socket:
            if told.type is WSMsgType.TEXT:
                answer = json.loads(told.data)
                waiting = self.acks.pop(answer["envelope_id"], None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer.get("payload", {}))
        self.sockets.remove(socket)
        return socket

    async def _upload(self, request: web.Request) -> web.Response:
        self.files[request.match_info["file"]]["content"] = await request.read()
        return web.Response(text="OK - 1")

    async def _respond(self, request: web.Request) -> web.Response:
        user = self._responds.get(request.match_info["token"])
        if user is None:
            return web.Response(status=404)
        self.shown[user] = await request.json()
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = {name: _unpacked(str(value)) for name, value in (await request.post()).items()}
        self.calls.append((method, form))
        self.token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        refused = self.refuses.get((method, str(form.get("channel", ""))))
        of_the_bot = "" if method.startswith("apps.") else "*"
        refused = refused or self.refuses.get((method, "")) or self.refuses.get((of_the_bot, ""))
        threaded = form.get("thread_ts") or (method == "conversations.replies")
        refused = refused or (self.thread_refuses if threaded else "")
        if any(each in str(form.get("blocks", "")) for each in self.unloadable):
            refused = "invalid_blocks"
        if refused == "ratelimited" or self._reads_too_soon(method):
            body = {"ok": False, "error": "ratelimited"}
            after = "5" if refused else "60"
            return web.json_response(body, status=429, headers={"Retry-After": after})
        if refused:
            return web.json_response({"ok": False, "error": refused, "needed": "some:scope"})
        try:
            answer = getattr(self, f"_{method.replace('.', '_')}")(form)
        except SlackRefusesError as no:
            return web.json_response({"ok": False, "error": str(no)})
        match self.after(method, form):
            case "lose":
                assert request.transport is not None
                request.transport.close()
            case "break":
                return web.Response(status=503, text="down")
        headers = {"x-oauth-scopes": self.scopes} if self.scopes else {}
        return web.json_response({"ok": True, **answer}, headers=headers)

    def _reads_too_soon(self, method: str) -> bool:
        """Tell whether an app that many workspaces buy would have to wait: a page a minute, by method."""
        if not self.one_page_a_minute or not method.startswith(
            ("conversations.h", "conversations.r")
        ):
            return False
        if self.seconds() - self._read_at < 60:
            return True
        self._read_at = self.seconds()
        return False

    def _auth_test(self, _form: Json) -> Json:
        return {"team_id": TEAM, "team": "Ridgeview Schools", "user_id": BOT, "bot_id": "B0PLN"}

    def _apps_connections_open(self, _form: Json) -> Json:
        return {"url": self.address.replace("http", "ws") + "/socket"}

    def _users_info(self, form: Json) -> Json:
        if form["user"] not in self.users:
            raise SlackRefusesError("user_not_found")
        return {"user": self.users[form["user"]]}

    def _users_list(self, _form: Json) -> Json:
        return {"members": list(self.users.values())}

    def _users_conversations(self, form: Json) -> Json:
        if form.get("types") == "private_channel":
            return {"channels": [{"id": each, "name": name} for each, name in self.named.items()]}
        return {"channels": [{"id": ROOM, "name": "chat-night", "is_member": True}]}

    def _conversations_info(self, form: Json) -> Json:
        channel = {"id": form["channel"], "name": "chat-night", "is_member": True}
        told = {**channel, "is_mpim": form["channel"] in self.groups}
        return {"channel": {**told, "is_private": form["channel"] in self.private}}

    def _conversations_members(self, form: Json) -> Json:
        return {"members": sorted(self.private[form["channel"]])}

    def _conversations_history(self, form: Json) -> Json:
        inside = [each for each in self.messages[form["channel"]] if not each.thread]
        return self._told(list(reversed(inside)), form)

    def _conversations_replies(self, form: Json) -> Json:
        standing = self.messages[form["channel"]]
        return self._told([e for e in standing if form["ts"] in {e.ts, e.thread}], form)

    def _told(self, found: list[Message], form: Json) -> Json:
        limit, start = min(int(form.get("limit", 100)), 15), int(form.get("cursor", 0) or 0)
        found = [each for each in found if each.ts >= str(form.get("oldest", ""))]
        after = start + limit
        metadata = bool(form.get("include_all_metadata"))
        return {
            "messages": [each.told(metadata=metadata) for each in found[start:after]],
            "response_metadata": {"next_cursor": str(after) if after < len(found) else ""},
        }

    def _chat_postMessage(self, form: Json) -> Json:  # noqa: N802 - the method's own name
        made = Message(
            self.ts(),
            BOT,
            form["text"],
            form.get("blocks", []),
            str(form.get("thread_ts", "")),
            form.get("metadata", {}),
        )
        self.messages[form["channel"]].append(made)
        return {"ts": made.ts, "channel": form["channel"]}

    def _chat_update(self, form: Json) -> Json:
        for each in self.messages[form["channel"]]:
            if each.ts == str(form["ts"]):
                each.text, each.blocks = form["text"], form["blocks"]
                return {"ts": each.ts}
        raise SlackRefusesError("message_not_found")

    def _chat_postEphemeral(self, form: Json) -> Json:  # noqa: N802 - the method's own name
        self.shown[form["user"]] = form
        return {"message_ts": self.ts()}

    def _reactions_add(self, form: Json) -> Json:
        if str(form["timestamp"]) in self.marked:
            raise SlackRefusesError("already_reacted")
        self.marked.add(str(form["timestamp"]))
        return {}

    def _reactions_remove(self, form: Json) -> Json:
        self.marked.remove(str(form["timestamp"]))
        return {}

    def _views_open(self, form: Json) -> Json:
        user = str(form["trigger_id"]).partition(".")[0]
        view = {**form["view"], "id": f"V{next(self._numbers)}"}
        self.views[user] = self.shown[user] = view
        return {"view": view}

    def _views_update(self, form: Json) -> Json:
        for user, view in self.views.items():
            if view["id"] == form["view_id"]:
                self.views[user] = self.shown[user] = {**form["view"], "id": view["id"]}
                return {"view": self.views[user]}
        raise SlackRefusesError("not_found")

    def _views_publish(self, form: Json) -> Json:
        self.homes[form["user_id"]] = {**form["view"], "id": f"H{form['user_id']}"}
        return {"view": self.homes[form["user_id"]]}

    def _files_info(self, form: Json) -> Json:
        if form["file"] not in self.theirs:
            raise SlackRefusesError("file_not_found")
        told = {k: v for k, v in self.theirs[form["file"]].items() if k != "content"}
        return {"file": {"url_private_download": f"{self.address}/files-pri/{told['id']}", **told}}

    def _files_getUploadURLExternal(self, form: Json) -> Json:  # noqa: N802 - the method's own name
        file = f"F{next(self._numbers)}"
        self.files[file] = {"id": file, "name": form["filename"], "content": b""}
        return {"upload_url": f"{self.own}/upload/{file}", "file_id": file}

    def _files_completeUploadExternal(self, form: Json) -> Json:  # noqa: N802 - the method's own name
        held = [self.files[each["id"]] for each in form["files"]]
        made = Message(self.ts(), BOT, str(form.get("initial_comment", "")), files=[
            {"id": each["id"], "name": each["name"]} for each in held
        ])  # fmt: skip
        self.messages[form["channel_id"]].append(made)
        return {"files": form["files"]}


def _unpacked(value: str) -> object:
    if value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
