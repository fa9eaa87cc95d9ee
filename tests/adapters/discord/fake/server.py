"""What a server is and has: its channels, threads, members and messages, as Discord describes them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]

GUILD, ROOM, FORUM, LOBBY = "900000000000000001", "900000000000000002", "900000000000000004", (
    "900000000000000003"
)  # fmt: skip
BOT, APPLICATION = "900000000000000020", "900000000000000020"
TOKEN = "OTAwMDAwMDAwMDAwMDAwMDIw.fake.token"
EVERYTHING = "562949953421311"
MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
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


class Server:
    """One server: what there is in it, and how Discord describes that."""

    def __init__(self) -> None:
        self.messages: defaultdict[str, list[Json]] = defaultdict(list)
        self.commands: list[Json] = []
        self.callbacks: dict[str, Json] = {}
        self.edited: dict[str, Json] = {}
        self.follows: defaultdict[str, list[Json]] = defaultdict(list)
        self.files: list[bytes] = []
        self.uploads: dict[str, bytes] = {}
        self.own = ""  # where this server itself is reached
        self.events: dict[str, Json] = {}
        self.calls: list[tuple[str, str]] = []
        self.threads: dict[str, Json] = {}
        self.marked: set[str] = set()
        self.archived: set[str] = set()
        self.inside: dict[str, set[str]] = defaultdict(set)  # who is in which private thread
        self.overwrites: dict[str, list[Json]] = {}
        self.members: dict[str, Json] = {}
        self.nicks: dict[str, str] = {}
        self.owner = ""
        self.closed: set[str] = set()
        self.out: set[str] = set()
        self.joined: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.identified = 0
        self.closes_with = 0
        self.silent = False  # what members do is not told, but kept in `untold`
        self.untold: list[tuple[str, Json]] = []
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
            **({"recipients": [self.members[channel[1:]]]} if channel[1:] in self.members else {}),
        }

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
            "permissions": str(int(EVERYTHING) & ~8),
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
            "members": [{**MEMBER, "user": self._bot()}],
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
