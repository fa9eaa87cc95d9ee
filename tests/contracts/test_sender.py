"""The `Sender` port: what the engine may rely on, run over every sender alike.

A new adapter adds a `Bench` of its own to `bench`.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Protocol

import pytest
from aiohttp.test_utils import TestServer

from adapters.discord.api import Api
from adapters.discord.sender import DiscordSender
from adapters.slack.calls import Calls
from adapters.slack.pace import Pace
from adapters.slack.sender import SlackSender
from adapters.slack.tokens import OneToken
from adapters.web import store as rooms
from adapters.web.sender import WebSender
from adapters.web.store import DIRECT
from plnbot.engine.ports import Outgoing, Rejected, Sender, Sent
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Actions, Button, Card, Paragraph
from plnbot.talk.plain import card_as_text
from plnbot.talk.text import verbatim
from plnbot.testing import FrozenClock, RecordingSender
from tests.adapters.discord.fake import BOT, GUILD, TOKEN, FakeDiscord
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.discord.seen import words_of as discord_words
from tests.adapters.slack.fake import ROOM, TEAM, FakeSlack
from tests.adapters.slack.seen import words_of


class Bench(Protocol):
    """A sender with a room and a member, and how to see what stands there."""

    room: Place
    member: MemberRef
    nowhere: Place | None

    @property
    def sender(self) -> Sender:
        """What is tested."""

    async def in_room(self) -> list[str]:
        """Return the words of each message in the room, threads included."""

    async def in_thread(self, ref: str) -> list[str]:
        """Return the words of each message below one."""

    async def direct(self) -> list[str]:
        """Return the words of each message to the member."""


@dataclass(slots=True)
class Recording:
    """The shipped fake."""

    sender: RecordingSender
    room: Place = Place("test", "w", "room")  # noqa: RUF009 - frozen
    member: MemberRef = MemberRef("test", "w", "ana")  # noqa: RUF009 - frozen
    nowhere: Place | None = None  # it takes everything

    async def in_room(self) -> list[str]:
        """Return what was sent to the room, as it stands now."""
        return self._standing(lambda each: isinstance(each.to, Place))

    async def in_thread(self, ref: str) -> list[str]:
        """Return what was sent below a message."""
        return self._standing(lambda each: isinstance(each.to, Place) and each.to.thread == ref)

    async def direct(self) -> list[str]:
        """Return what was sent to the member."""
        return self._standing(lambda each: each.to == self.member)

    def _standing(self, wanted: "Callable[[Outgoing], bool]") -> list[str]:
        standing: dict[str, str] = {}
        for each in filter(wanted, self.sender.sent):
            standing[each.edits or self.sender._refs[each.key]] = card_as_text(each.card)
        return list(standing.values())


@dataclass(slots=True)
class Lobby:
    """The lobby on a real database."""

    sender: WebSender
    store: Store
    room: Place = Place("web", "lobby", "chat")  # noqa: RUF009 - frozen
    member: MemberRef = MemberRef("web", "lobby", "ana")  # noqa: RUF009 - frozen
    nowhere: Place | None = Place("web", "lobby", "nowhere")  # noqa: RUF009 - frozen

    async def in_room(self) -> list[str]:
        """Return the room's cards."""
        return await self._cards("chat", None) + [
            words
            for each in await self._messages("chat", None)
            for words in await self._cards("chat", each.id)
        ]

    async def in_thread(self, ref: str) -> list[str]:
        """Return a thread's cards."""
        return await self._cards("chat", int(ref))

    async def direct(self) -> list[str]:
        """Return the member's own room's cards."""
        return await self._cards(DIRECT + "ana", None)

    async def _messages(self, slug: str, thread: int | None) -> tuple[rooms.Message, ...]:
        return await self.store.read(lambda tx: rooms.latest(tx, "lobby", slug, thread, 99))

    async def _cards(self, slug: str, thread: int | None) -> list[str]:
        found = await self._messages(slug, thread)
        return [card_as_text(each.card) for each in found if each.card is not None]


@dataclass(slots=True)
class Slack:
    """Slack's counterpart on this machine."""

    sender: SlackSender
    slack: FakeSlack
    room: Place = Place("slack", TEAM, ROOM)  # noqa: RUF009 - frozen
    member: MemberRef = MemberRef("slack", TEAM, "U0ANA")  # noqa: RUF009 - frozen
    nowhere: Place | None = Place("slack", TEAM, "C0NOWHERE")  # noqa: RUF009 - frozen

    async def in_room(self) -> list[str]:
        """Return the channel's messages."""
        return [words_of(each.told(metadata=False)) for each in self.slack.messages[ROOM]]

    async def in_thread(self, ref: str) -> list[str]:
        """Return a thread's messages."""
        below = [each for each in self.slack.messages[ROOM] if each.thread == ref]
        return [words_of(each.told(metadata=False)) for each in below]

    async def direct(self) -> list[str]:
        """Return the member's direct messages."""
        return [words_of(each.told(metadata=False)) for each in self.slack.messages["D0ANA"]]


@pytest.fixture
async def slack_bench() -> AsyncIterator[Slack]:
    """Yield Slack's sender beside its counterpart."""
    slack = FakeSlack()
    async with TestServer(slack.app()) as server:
        slack.own = str(server.make_url("")).rstrip("/")
        slack.refuses[("chat.postMessage", "C0NOWHERE")] = "channel_not_found"
        calls = Calls(OneToken("xoxb-test"), f"{slack.own}/api/")
        yield Slack(SlackSender(calls, Pace(gap=0)), slack)
        await calls.close()


@dataclass(slots=True)
class Discord:
    """Discord's counterpart on this machine; it is its own list of servers."""

    sender: DiscordSender
    discord: FakeDiscord
    room: Place = Place("discord", GUILD, DISCORD_ROOM)  # noqa: RUF009 - frozen
    member: MemberRef = MemberRef("discord", GUILD, "42")  # noqa: RUF009 - frozen
    nowhere: Place | None = Place("discord", GUILD, "999")  # noqa: RUF009 - frozen

    async def in_room(self) -> list[str]:
        """Return the channel's messages and those of its threads."""
        places = (DISCORD_ROOM, *self.discord.threads)
        return [discord_words(each) for place in places for each in self.discord.messages[place]]

    async def in_thread(self, ref: str) -> list[str]:
        """Return a thread's messages, or those that reply to its message."""
        below = [
            each
            for each in self.discord.messages[DISCORD_ROOM]
            if each.get("message_reference", {}).get("message_id") == ref
        ]
        return [discord_words(each) for each in (*below, *self.discord.messages[ref])]

    async def direct(self) -> list[str]:
        """Return the member's direct messages."""
        return [discord_words(each) for each in self.discord.messages["742"]]


class OneServer:
    """The bot is in one server, which is there."""

    told = True

    def there(self, _guild: str) -> bool:
        """Return True."""
        return True

    def away(self, _guild: str) -> bool:
        """Return False."""
        return False

    def lobby(self, _guild: str) -> str:
        """Return the channel for all."""
        return DISCORD_ROOM


@pytest.fixture
async def discord_bench(store: Store, clock: FrozenClock) -> AsyncIterator[Discord]:
    """Yield Discord's sender beside its counterpart."""
    discord = FakeDiscord()
    discord.member("42", "Ana")
    async with TestServer(discord.app()) as server:
        api = Api(f"{str(server.make_url('')).rstrip('/')}/api/v10", TOKEN)
        yield Discord(DiscordSender(api, store, clock, OneServer(), bot=BOT), discord)
        await api.close()


@pytest.fixture
async def lobby_bench(store: Store, clock: FrozenClock) -> Lobby:
    """Return the lobby's sender on a database with one room."""
    await store.run(lambda tx: rooms.ensure_room(tx, "lobby", rooms.Room("chat", "chat", "")))
    return Lobby(WebSender(store, clock), store)


@pytest.fixture(params=["recording", "lobby", "slack", "discord"])
def bench(request: pytest.FixtureRequest, database_url: str) -> Bench:
    """Return each sender in turn, with what it posts to."""
    if request.param == "recording":
        return Recording(RecordingSender())
    chosen: Bench = request.getfixturevalue(f"{request.param}_bench")
    return chosen


def outgoing(bench: Bench, key: str = "k1", title: str = "First", **parts: object) -> Outgoing:
    """Return a card on its way to the room, unless `to` says otherwise."""
    row = Actions((Button(verbatim("Answer"), "chat.answer", "1"),))
    card = Card(verbatim(title), (Paragraph(verbatim("words & <words>")), row))
    made = Outgoing(key, bench.room, card, "en", "UTC")
    return replace(made, **parts)  # type: ignore[arg-type]


async def sent(bench: Bench, card: Outgoing) -> str:
    """Send a card that arrives and return where it stands."""
    delivery = await bench.sender.send(card)
    assert isinstance(delivery, Sent)
    assert len(delivery.ref) <= 80, "the outbox keeps no longer reference"
    return delivery.ref


async def test_a_post_stands_and_is_found_by_its_key(bench: Bench) -> None:
    """What was sent stands there once, and is found under its key alone."""
    first = outgoing(bench)
    assert not isinstance(await bench.sender.find(first), Sent)
    ref = await sent(bench, first)
    assert await bench.sender.find(first) == Sent(ref)
    assert not isinstance(await bench.sender.find(outgoing(bench, "k2")), Sent)
    (words,) = await bench.in_room()
    assert "First" in words
    assert "words & <words>" in words


async def test_an_edit_replaces(bench: Bench) -> None:
    """A message that is edited keeps its place, and nothing stands beside it."""
    ref = await sent(bench, outgoing(bench))
    changed = outgoing(bench, "edit/k1", "Second", edits=ref)
    assert await bench.sender.send(changed) == Sent(ref)
    assert await bench.sender.send(changed) == Sent(ref)
    (words,) = await bench.in_room()
    assert "Second" in words
    assert "First" not in words


async def test_a_thread_hangs_under_its_message(bench: Bench) -> None:
    """A post under another one stands there, and is found there."""
    above = await sent(bench, outgoing(bench))
    below = outgoing(bench, "k2", "Below", to=bench.room.in_thread(above))
    ref = await sent(bench, below)
    assert await bench.sender.find(below) == Sent(ref)
    (words,) = await bench.in_thread(above)
    assert "Below" in words


async def test_a_member_is_written_to_directly(bench: Bench) -> None:
    """A card to a member is theirs alone, and is edited there."""
    card = outgoing(bench, "k1", "For you", to=bench.member)
    ref = await sent(bench, card)
    assert await bench.sender.find(card) == Sent(ref)
    await bench.sender.send(outgoing(bench, "edit/k1", "Still yours", to=bench.member, edits=ref))
    (words,) = await bench.direct()
    assert "Still yours" in words
    assert await bench.in_room() == []


async def test_what_stands_beside_a_room_needs_no_message(bench: Bench) -> None:
    """A card beside a room is either shown by the platform itself, or posted and then kept up."""
    delivery = await bench.sender.send(outgoing(bench, to=bench.member, beside=True))
    assert isinstance(delivery, Sent)
    assert bool(delivery.ref) == bool(await bench.direct())


async def test_a_place_that_is_not_there_is_refused_for_good(bench: Bench) -> None:
    """Posting nowhere is refused in a sentence, at once, and leaves nothing behind."""
    if bench.nowhere is None:
        return
    delivery = await bench.sender.send(outgoing(bench, to=bench.nowhere))
    assert isinstance(delivery, Rejected)
    assert " " in delivery.reason
    assert await bench.in_room() == []


async def test_it_says_which_platform_it_is(bench: Bench) -> None:
    """A sender is found by the platform that places and members name."""
    assert bench.sender.platform == bench.room.platform == bench.member.platform
    assert bench.sender.finds in {True, False}
