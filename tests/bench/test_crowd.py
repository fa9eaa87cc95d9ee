"""A crowded hour: whether questions come on time behind counters, greetings and limits.

Three moderators with their panels, an answer a second, 120 newcomers within 20 s, edits limited as the
platforms do and told to rest for 40 s besides. In real time, through the real senders.
"""

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route

from adapters.discord.app import DiscordConnection
from adapters.discord.client import Options
from adapters.slack.calls import Calls
from adapters.slack.sender import SlackSender
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import roles
from plnbot.engine.clock import SystemClock
from plnbot.engine.ports import Sender
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Interaction, Press, Said, Submit, What
from tests.adapters.discord.fake import GUILD, TOKEN, FakeDiscord
from tests.adapters.discord.fake import ROOM as CHANNEL
from tests.adapters.slack.fake import BOT_TOKEN, ROOM, TEAM, FakeSlack
from tests.bench.conftest import Print

pytestmark = pytest.mark.bench
NEWCOMERS, WITHIN, ANSWERS, REST = 120, 20, 60, 40
QUESTIONS = 6
EDITS_A_MINUTE = 50
ASKED_AT = (5, 12, 18, 24, 32, 40)  # seconds: while newcomers come, while edits rest, and after it
MODERATORS = ("maya", "sam", "bo")


@dataclass
class Limits:
    """What a platform lets through: edits a minute, and a rest once; it notes when questions came."""

    asked: dict[int, float] = field(default_factory=dict)
    refused: int = 0
    edits: int = 0
    posts: int = 0
    _times: deque[float] = field(default_factory=deque)
    _rests_until: float = 0.0
    _rested: bool = False

    def posted(self, words: str) -> None:
        """Note a post, and when the question in it came."""
        self.posts += 1
        named = [n for n in range(1, QUESTIONS + 1) if f"What about {n}?" in words]
        if len(named) == 1:  # the announcement names them all
            self.asked.setdefault(named[0], time.monotonic())

    def edit(self) -> int:
        """Return 0 where an edit may pass, else for how many seconds it is to rest."""
        now = time.monotonic()
        while self._times and self._times[0] < now - 60:
            self._times.popleft()
        if not self._rested and self.edits >= 5:
            self._rested, self._rests_until = True, now + REST
        if now < self._rests_until or len(self._times) >= EDITS_A_MINUTE:
            self.refused += 1
            return max(1, round(self._rests_until - now))
        self._times.append(now)
        self.edits += 1
        return 0


class CrowdedSlack(FakeSlack):
    """Slack, which counts edits by workspace."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method == "chat.update" and (rest := self.limits.edit()):
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(rest)})
        answer = await super()._api(request)
        if method == "chat.postMessage":
            self.limits.posted(str(self.calls[-1][1]))
        return answer


class CrowdedDiscord(FakeDiscord):
    """Discord, which counts edits by channel; here all of them are one's."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if request.method == "PATCH" and "/messages/" in path and (rest := self.limits.edit()):
            body = {"message": "You are being rate limited.", "retry_after": rest, "global": False}
            headers = {"Retry-After": str(rest), "X-RateLimit-Scope": "user", "Via": "1.1 here"}
            return web.json_response(body, status=429, headers=headers)
        before = sum(map(len, self.messages.values()))
        answer = await super()._rest(request)
        if request.method == "POST" and sum(map(len, self.messages.values())) > before:
            for standing in list(self.messages.values()):
                self.limits.posted(str(standing[-1]) if standing else "")
        return answer


@dataclass
class Crowd:
    """A chat that goes on, and everybody in it."""

    parts: Parts
    platform: str
    workspace: str
    room: Place
    _numbers: int = 0

    async def does(self, who: str, what: What) -> None:
        """Let somebody do something in the room."""
        self._numbers += 1
        ref = MemberRef(self.platform, self.workspace, who)
        leads = who == "maya"
        key = f"crowd/{self._numbers}"
        done = Interaction(key, ref, self.room, what, "en", who.title(), leads=leads)
        await self.parts.desk.handle(done)

    async def begin(self, store: Store, clock: SystemClock) -> None:
        """Plan the chat, and begin it now, with three who moderate it."""
        asks = [f"Q{n}: What about {n}?" for n in range(1, QUESTIONS + 1)]
        words = "\n".join(["#PLNchat Crowd", *asks])
        values = {"questions": words, "starts": "in 10 minutes", "plan": "classic60", "title": ""}
        await self.does("maya", Command("chat new"))
        await self.does("maya", Submit("chat.new", values))
        await self.does("maya", Press("chat.publish", "1"))
        for who in MODERATORS[1:]:
            await self.does(who, Command("home"))
            ref = MemberRef(self.platform, self.workspace, who)
            await store.run(partial(_moderates, ref=ref, clock=clock))
        await self.does("maya", Press("chat.go_on", "1"))
        for who in MODERATORS:
            await self.does(who, Command("chat panel"))

    async def newcomers(self) -> None:
        """Let newcomers answer for the first time, evenly spread."""
        for number in range(NEWCOMERS):
            await asyncio.sleep(WITHIN / NEWCOMERS)
            await self.does(f"new{number}", Said(f"A1 I am new, {number}.", f"n{number}"))

    async def answers(self, until: float) -> None:
        """Let people answer, one a second."""
        for number in range(ANSWERS):
            if time.monotonic() > until:
                return
            await asyncio.sleep(1)
            said = Said(f"A1 Another thought, {number}.", f"a{number}")
            await self.does(f"new{number % NEWCOMERS}", said)


def _moderates(tx: Tx, ref: MemberRef, clock: SystemClock) -> None:
    person = members.by_ref(tx, ref)
    assert person is not None
    grant = Grant(Role.CO_MODERATOR, "chat:1")
    roles.grant(tx, person.network.id, person.id, grant, by=None, now=clock.now())


@contextlib.asynccontextmanager
async def slack(limits: Limits, _parts: Parts, _store: Store) -> AsyncIterator[Sender]:
    """Yield Slack's sender before a crowded Slack."""
    server = TestServer(CrowdedSlack(limits).app())
    await server.start_server()
    calls = Calls(_Token(), f"{str(server.make_url('')).rstrip('/')}/api/")
    yield SlackSender(calls)
    await calls.close()
    await server.close()


class _Token:
    async def token(self, workspace: str) -> str:
        """Return the bot's token."""
        del workspace
        return BOT_TOKEN


@contextlib.asynccontextmanager
async def discord(limits: Limits, parts: Parts, store: Store) -> AsyncIterator[Sender]:
    """Yield Discord's sender before a crowded Discord."""
    fake = CrowdedDiscord(limits)
    for number in range(NEWCOMERS):
        fake.member(str(number + 1), f"New {number}")
    server = TestServer(fake.app())
    await server.start_server()
    base = str(server.make_url("")).rstrip("/")
    fake.gateway, api = f"{base.replace('http', 'ws')}/gateway", f"{base}/api/v10"
    Route.BASE = api
    connection = DiscordConnection(parts.desk, store, SystemClock(), Options(TOKEN, api))
    client = await connection._logged_in()
    yield connection.sender
    await client.close()
    await connection.stop()
    await server.close()


Platform = Callable[[Limits, Parts, Store], contextlib.AbstractAsyncContextManager[Sender]]


@pytest.mark.parametrize(
    ("name", "workspace", "channel", "platform"),
    [("slack", TEAM, ROOM, slack), ("discord", GUILD, CHANNEL, discord)],
    ids=["slack", "discord"],
)
async def test_crowd(
    name: str, workspace: str, channel: str, platform: Platform, tmp_path: Path, say: Print
) -> None:
    """Print how late each question came."""
    url = f"sqlite:///{tmp_path / 'bench.sqlite3'}"
    migrate(url)
    store, clock, limits = open_store(url), SystemClock(), Limits()
    network = await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", clock.now()))
    await store.run(lambda tx: members.attach(tx, network.id, name, workspace))
    parts = assembled(
        store, clock, WebOptions(b"0" * 32), lambda _p: "", random.Random(1), most_a_minute=0
    )
    async with platform(limits, parts, store) as sender:
        parts.runner.senders[name] = sender
        running = asyncio.create_task(parts.runner.run())
        crowd = Crowd(parts, name, workspace, Place(name, workspace, channel))
        await crowd.begin(store, clock)
        await asyncio.sleep(4)
        began = time.monotonic()
        busy = [
            asyncio.create_task(crowd.newcomers()),
            asyncio.create_task(crowd.answers(began + ASKED_AT[-1] + 5)),
        ]
        wanted: dict[int, float] = {}
        for number, at in enumerate(ASKED_AT, 1):
            await asyncio.sleep(max(0, began + at - time.monotonic()))
            wanted[number] = time.monotonic()
            await crowd.does("maya", Command("chat next"))
        await asyncio.gather(*busy)
        await asyncio.sleep(10)
        parts.runner.stop()
        await running
    await store.close()
    say(f"\n{name}: a crowded hour, questions asked by hand; ms from the press until it stands")
    for number, asked in wanted.items():
        late = limits.asked.get(number)
        say(f"  Q{number} {'never' if late is None else f'{(late - asked) * 1000:8,.0f} ms'}")
    say(f"  {limits.posts} posts, {limits.edits} edits, {limits.refused} edits refused")
