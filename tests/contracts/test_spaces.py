"""The `OpensSpaces` port: what spaces may rely on, run over every platform alike."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestServer

from adapters.discord import spaces as discord_spaces
from adapters.discord.api import Api
from adapters.discord.spaces import DiscordSpaces
from adapters.slack import spaces as slack_spaces
from adapters.slack.calls import Calls
from adapters.slack.spaces import SlackSpaces
from adapters.slack.tokens import OneToken
from adapters.web import entering
from adapters.web.spaces import WebSpaces
from plnbot.engine.ports.looking import Look
from plnbot.engine.ports.spaces import (
    Alone,
    NotOpened,
    Opened,
    OpensSpaces,
    SeenBy,
    Together,
)
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.testing import StubSpaces
from tests.adapters.discord.fake import BOT, GUILD, TOKEN, FakeDiscord
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.discord.fake.server import Fault
from tests.adapters.slack.fake import TEAM, FakeSlack


@dataclass(slots=True)
class Bench:
    """One platform, with a workspace and accounts in it."""

    opens: OpensSpaces
    platform: str
    workspace: str
    users: tuple[str, ...]
    seen_by: SeenBy
    room: Place | None = None

    def accounts(self, most: int) -> tuple[MemberRef, ...]:
        """Return some accounts."""
        return tuple(MemberRef(self.platform, self.workspace, each) for each in self.users[:most])

    def together(self, key: str = "k1", most: int = 2) -> Together:
        """Return a place that is wanted for some of them."""
        return Together(key, self.workspace, self.accounts(most), "Español & más", self.room)

    def alone(self, key: str = "k1") -> Alone:
        """Return an end that is wanted for the first."""
        who = self.accounts(1)[0]
        return Alone(key, self.workspace, who, "Español & más", directly=True, room=self.room)


@dataclass(slots=True)
class OnSlack:
    """Slack's counterpart."""

    bench: Bench
    slack: FakeSlack


@dataclass(slots=True)
class OnDiscord:
    """Discord's counterpart."""

    bench: Bench
    discord: FakeDiscord


@pytest.fixture
async def on_slack() -> AsyncIterator[OnSlack]:
    """Yield Slack's openers before its counterpart."""
    slack = FakeSlack()
    users = tuple(f"U{n:02}" for n in range(12))
    for each in users:
        slack.member(each, each)
    async with TestServer(slack.app()) as server:
        calls = Calls(OneToken("xoxb-test"), f"{str(server.make_url('')).rstrip('/')}/api/")
        bench = Bench(SlackSpaces(calls), "slack", TEAM, users, SeenBy.MEMBERS)
        yield OnSlack(bench, slack)
        await calls.close()


@pytest.fixture
async def on_discord() -> AsyncIterator[OnDiscord]:
    """Yield Discord's openers before its counterpart."""
    discord = FakeDiscord()
    users = tuple(f"4{n:02}" for n in range(12))
    for each in users:
        discord.member(each, each)

    async def looks(_room: Place, user: str) -> Look:
        return Look.OUTSIDE if user == users[-1] else Look.EVERYBODY

    async def bot() -> str:
        return BOT

    async with TestServer(discord.app()) as server:
        api = Api(f"{str(server.make_url('')).rstrip('/')}/api/v10", TOKEN)
        room = Place("discord", GUILD, DISCORD_ROOM)
        opens = DiscordSpaces(api, looks, bot, hears=True)
        yield OnDiscord(Bench(opens, "discord", GUILD, users, SeenBy.MODERATORS, room), discord)
        await api.close()


@pytest.fixture(params=["stub", "lobby", "slack", "discord"])
def bench(request: pytest.FixtureRequest, database_url: str) -> Bench:
    """Return each platform in turn; only what is asked for is set up."""
    assert database_url
    users = tuple(f"u{n:02}" for n in range(12))
    match request.param:
        case "stub":
            return Bench(StubSpaces("test"), "test", "w", users, SeenBy.MEMBERS)
        case "lobby":
            store: Store = request.getfixturevalue("store")
            return Bench(WebSpaces(store), "web", "lobby", users, SeenBy.OPERATOR)
        case _:
            held: OnSlack | OnDiscord = request.getfixturevalue(f"on_{request.param}")
            return held.bench


async def test_a_place_is_made_once_for_its_key(bench: Bench) -> None:
    """An attempt whose reply was lost is found again; it says who may read there."""
    first = await bench.opens.together(bench.together())
    assert isinstance(first, Opened)
    assert (first.place.platform, first.place.workspace) == (bench.platform, bench.workspace)
    assert first.seen_by is bench.seen_by
    assert await bench.opens.together(bench.together()) == first


async def test_other_people_get_another_place(bench: Bench) -> None:
    """Two spaces of other people are never the same place."""
    first = await bench.opens.together(bench.together())
    other = await bench.opens.together(bench.together("k2", 3))
    assert isinstance(first, Opened)
    assert isinstance(other, Opened)
    assert first.place != other.place


async def test_more_than_a_few_have_a_place_too(bench: Bench) -> None:
    """Also where the platform's smallest place takes eight."""
    made = await bench.opens.together(bench.together("many", 11))
    assert isinstance(made, Opened)
    assert await bench.opens.together(bench.together("many", 11)) == made


async def test_an_end_is_where_one_writes(bench: Bench) -> None:
    """The same at every attempt."""
    made = await bench.opens.alone(bench.alone())
    assert isinstance(made, Opened)
    assert await bench.opens.alone(bench.alone()) == made


async def test_closing_twice_harms_nothing(bench: Bench) -> None:
    """What is closed stays so."""
    made = await bench.opens.together(bench.together())
    assert isinstance(made, Opened)
    first = await bench.opens.close(made.place, bench.accounts(2))
    assert await bench.opens.close(made.place, bench.accounts(2)) is first


async def test_letting_out_twice_harms_nothing(bench: Bench) -> None:
    """Nor does letting out who is not in it; others stay."""
    made = await bench.opens.together(bench.together())
    assert isinstance(made, Opened)
    for who in bench.accounts(3)[1:]:
        first = await bench.opens.let_out(made.place, who)
        assert await bench.opens.let_out(made.place, who) is first


async def test_in_slack_a_lost_reply_makes_no_second_channel(on_slack: OnSlack) -> None:
    """A private channel has a name of its own, by which it is found."""
    on_slack.slack.after = lambda method, _form: "lose" if method == "conversations.create" else ""
    with pytest.raises(Unavailable):
        await on_slack.bench.opens.together(on_slack.bench.together("many", 11))
    on_slack.slack.after = lambda _method, _form: ""
    made = await on_slack.bench.opens.together(on_slack.bench.together("many", 11))
    assert isinstance(made, Opened)
    assert len(on_slack.slack.named) == 1
    assert len(on_slack.slack.private[made.place.channel]) == 12
    assert await on_slack.bench.opens.close(made.place, ())


@pytest.mark.parametrize(
    ("method", "error", "most", "said"),
    [
        ("conversations.open", "missing_scope", 2, "A permission is missing in Slack."),
        ("conversations.create", "restricted_action", 11, "restricted"),
        ("conversations.invite", "user_is_restricted", 11, "Guests"),
    ],
)
async def test_what_slack_refuses_is_said(
    on_slack: OnSlack, method: str, error: str, most: int, said: str
) -> None:
    """In words; the next way is tried then."""
    channel = "" if method != "conversations.invite" else "C1PRIVATE"
    on_slack.slack.refuses[method, channel] = error
    found = await on_slack.bench.opens.together(on_slack.bench.together("many", most))
    assert isinstance(found, NotOpened)
    assert said in found.reason


async def test_slack_waits_when_it_is_asked_to(on_slack: OnSlack) -> None:
    """That is no refusal."""
    on_slack.slack.refuses["conversations.open", ""] = "ratelimited"
    with pytest.raises(Unavailable):
        await on_slack.bench.opens.together(on_slack.bench.together())


async def test_in_discord_a_lost_reply_makes_no_second_thread(on_discord: OnDiscord) -> None:
    """A private thread that nobody else is added to, found by its name."""
    threads = f"/channels/{DISCORD_ROOM}/threads$"
    on_discord.discord.faults.append(Fault("POST", threads, 0, {}, 1, after=True))
    with pytest.raises(Unavailable):
        await on_discord.bench.opens.together(on_discord.bench.together())
    made = await on_discord.bench.opens.together(on_discord.bench.together())
    assert isinstance(made, Opened)
    (thread,) = on_discord.discord.threads.values()
    assert thread["type"] == 12
    assert thread["thread_metadata"]["invitable"] is False
    assert made.place == Place("discord", GUILD, str(thread["id"]))
    assert on_discord.discord.inside[made.place.channel] == {"400", "401"}


async def test_who_cannot_look_into_the_room_gets_no_thread_there(on_discord: OnDiscord) -> None:
    """Being added would not be enough."""
    found = await on_discord.bench.opens.together(on_discord.bench.together("k", 12))
    assert found == NotOpened(discord_spaces.NOT_ALL_SEE.source)
    assert on_discord.discord.threads == {}


async def test_what_discord_refuses_is_said(on_discord: OnDiscord) -> None:
    """A right that is missing, and too many threads."""
    for status, code, said in (
        (403, 50013, "Create Private Threads"),
        (400, 160006, "as many active threads"),
    ):
        body = {"code": code, "message": "no"}
        on_discord.discord.faults.append(Fault("POST", "/threads$", status, body, 1))
        found = await on_discord.bench.opens.together(on_discord.bench.together())
        assert isinstance(found, NotOpened)
        assert said in found.reason


async def test_in_discord_nobody_is_written_to_who_did_not_ask(on_discord: OnDiscord) -> None:
    """They get a thread of their own, or nothing."""
    alone = on_discord.bench.alone()
    quiet = Alone("k", GUILD, alone.who, alone.title, directly=False, room=alone.room)
    made = await on_discord.bench.opens.alone(quiet)
    assert isinstance(made, Opened)
    assert not made.direct
    assert made.place.channel in on_discord.discord.threads
    calls = [path for method, path in on_discord.discord.calls if method == "POST"]
    assert "/users/@me/channels" not in calls
    nowhere = Alone("k", GUILD, alone.who, alone.title, directly=False)
    assert await on_discord.bench.opens.alone(nowhere) == NotOpened(discord_spaces.NOT_ASKED.source)


async def test_a_room_of_the_lobby_has_members_and_ends(store: Store) -> None:
    """Nobody else enters it; closed, it is read by them alone."""
    opens, ana = WebSpaces(store), MemberRef("slack", TEAM, "U0ANA")
    made = await opens.together(Together("k", "lobby", (ana,), "Two of us"))
    assert isinstance(made, Opened)
    entered = await store.read(lambda tx: entering.rooms_for(tx, ana))
    assert [each.slug for each in entered] == [made.place.channel]
    other = MemberRef("web", "lobby", "U0ANA")
    assert await store.read(lambda tx: entering.rooms_for(tx, other)) == ()
    await opens.close(made.place, (ana,))
    (ended,) = await store.read(lambda tx: entering.rooms_for(tx, ana))
    assert ended.ended


def test_names_fit_their_platforms() -> None:
    """Whatever a title holds."""
    chance = random.Random(4)
    for _ in range(300):
        title = "".join(chr(chance.choice((32, 45, 241, 233, 0x1F389, 65, 122))) for _ in range(80))
        name = slack_spaces.channel_name(title, title)
        assert 0 < len(name) <= 80
        assert name.isascii()
        assert name == name.lower()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert 0 < len(discord_spaces.thread_name(title, title)) <= 100
