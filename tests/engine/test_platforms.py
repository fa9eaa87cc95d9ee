"""What the engine does alike for every platform that is no lobby: pages, files, panels."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import roles
from plnbot.engine.ports import Outgoing, Rejected
from plnbot.engine.roles import Grant, Role
from plnbot.engine.routes import CommandRoute
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Left,
    Opened,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.talk.pages import Missing
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender

ROOM = Place("test", "w", "room")
DOCUMENT = "Q1: What worked?\nQ2: What next?"


class Bench:
    """A whole bot whose one platform keeps what it is sent."""

    def __init__(self, store: Store, clock: FrozenClock, address: str = "") -> None:
        self.store, self.clock, self.platform = store, clock, RecordingSender()
        self.parts: Parts = assembled(
            store, clock, WebOptions(b"0" * 32), lambda _platform: address, Random(1)
        )
        self.parts.runner.senders["test"] = self.platform
        self._count = 0

    async def do(self, user: str, what: What, *, leads: bool = False) -> Answer:
        """Let somebody do something in the room."""
        self._count += 1
        who = MemberRef("test", "w", user)
        given = Interaction(f"k{self._count}", who, ROOM, what, name=user.title(), leads=leads)
        answer = await self.parts.desk.handle(given)
        await self.parts.runner.run_all_due()
        return answer

    async def plan(self) -> None:
        """Let Ana, who administers the workspace, publish a chat for tonight."""
        form = await self.do("ana", Command("chat new"), leads=True)
        assert isinstance(form, OpenForm)
        values = {"questions": DOCUMENT, "starts": "today 8 pm Eastern", "plan": "classic60"}
        await self.do("ana", Submit("chat.new", values))
        await self.do("ana", Press("chat.publish", "1"))

    async def until(self, at: datetime) -> None:
        """Let it become `at`, with what is due by then."""
        self.clock.at = at
        await self.parts.runner.run_all_due()

    def shown(self, title: str) -> list[Outgoing]:
        """Return what was sent whose title or label holds these words."""
        return [
            each for each in self.platform.sent
            if title in f"{each.card.label.bare()} {each.card.title.bare()}"
        ]  # fmt: skip


class LookedUp(dict[str, CommandRoute]):
    """Commands that keep what was looked for among them."""

    def __init__(self, commands: Mapping[str, CommandRoute]) -> None:
        super().__init__(commands)
        self.asked: list[str] = []

    def __contains__(self, name: object) -> bool:
        """Look, and keep it."""
        self.asked.append(str(name))
        return super().__contains__(name)


@pytest.fixture
async def bench(store: Store, clock: FrozenClock) -> Bench:
    """Return a bot without a public address, its workspace connected for the first time."""
    made = Bench(store, clock)
    await made.parts.desk.settle("test", "w", "Ridgeview Schools")
    return made


EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


async def test_the_first_workspace_of_a_platform_joins_the_first_network(
    store: Store, clock: FrozenClock
) -> None:
    """A second workspace of the same platform gets a network of its own: nobody said they mix."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "Ours", "es", "Europe/Madrid", now))

    async def settled(platform: str, workspace: str) -> tuple[str, str, str]:
        made = await store.run(
            lambda tx: Members().settle(tx, platform, workspace, "Lakeside", now)
        )
        return made.name, made.locale, made.zone

    assert await settled("slack", "T1") == ("Ours", "es", "Europe/Madrid")
    assert await settled("discord", "G1") == ("Ours", "es", "Europe/Madrid")
    assert await settled("slack", "T2") == ("Lakeside", "es", "Europe/Madrid")
    assert await settled("slack", "T1") == ("Ours", "es", "Europe/Madrid")


async def test_who_administers_the_workspace_administers_the_network_once(bench: Bench) -> None:
    """The first workspace administrator gets the roles; a second one does not take them."""
    await bench.do("ana", Command("help"), leads=True)
    await bench.do("bo", Command("help"), leads=True)

    async def held(user: str) -> frozenset[Grant]:
        person = await bench.parts.desk.person(MemberRef("test", "w", user))
        assert person is not None
        return await bench.store.read(lambda tx: roles.grants_of(tx, person.id, bench.clock.now()))

    both = frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.MODERATOR)})
    assert await held("ana") == both
    assert await held("bo") == frozenset()


async def test_a_zone_the_platform_knows_is_taken_over(bench: Bench) -> None:
    """Somebody new reads times in the zone their platform reports; nonsense is not believed."""
    for user, zone, expected in (
        ("ana", "America/Denver", "America/Denver"),
        ("bo", "Mars/Olympus", "UTC"),
    ):
        who = MemberRef("test", "w", user)
        given = Interaction(user, who, ROOM, Command("help"), zone=zone)
        await bench.parts.desk.handle(given)
        person = await bench.parts.desk.person(who)
        assert person is not None
        assert person.zone == expected


async def test_without_an_address_pages_come_as_cards_or_files(bench: Bench) -> None:
    """The home view comes as its cards, what is for reading as a file, and the archive too."""
    await bench.plan()
    home = await bench.do("bo", Opened("home"))
    assert isinstance(home, Reply)
    await bench.until(EIGHT + timedelta(minutes=70))
    chat = await bench.do("bo", Opened("chat", "1"))
    assert isinstance(chat, Handed)
    assert "What worked?" in chat.file.content.decode()
    (archived,) = bench.shown("The archive is ready")
    assert archived.file is not None
    assert "What next?" in archived.file.content.decode()


async def test_what_are_too_many_cards_is_whole_in_a_file(bench: Bench) -> None:
    """Of seven chats the first five come as cards, and a file names all of them."""
    await bench.plan()
    titles = [f"Evening {number}" for number in range(6)]
    for number, title in enumerate(titles, 2):
        values = {"questions": DOCUMENT, "starts": "today 8 pm Eastern", "title": title}
        await bench.do("ana", Submit("chat.new", {**values, "plan": "classic60"}))
        await bench.do("ana", Press("chat.publish", str(number)))
    shown = await bench.do("bo", Opened("chats"))
    assert isinstance(shown, Handed)
    assert len(shown.more) == 5
    words = shown.file.content.decode()
    assert [each for each in titles if f"### {each}" not in words] == []


async def test_with_an_address_pages_come_as_a_personal_link(
    store: Store, clock: FrozenClock
) -> None:
    """A page opens through a one-time link, and the archive needs no file."""
    bench = Bench(store, clock, "https://pln.example.org")
    await bench.parts.desk.settle("test", "w", "Ridgeview Schools")
    await bench.plan()
    link = await bench.do("bo", Opened("chat", "1"))
    assert isinstance(link, OpenPage)
    assert link.url.startswith("https://pln.example.org/signin/")
    found = await bench.parts.desk.sign_in(link.url.rpartition("/")[2], lambda _tx, _who: None)
    assert found == (MemberRef("test", "w", "bo"), "/page/chat/1")
    await bench.until(EIGHT + timedelta(minutes=70))
    (archived,) = bench.shown("The archive is ready")
    assert archived.file is None


async def test_the_panel_comes_to_the_moderator_and_stays_current(bench: Bench) -> None:
    """When the chat begins its moderator gets the panel directly; it follows what happens."""
    await bench.plan()
    await bench.do("bo", Command("help"))
    assert not bench.shown("Moderators only")
    await bench.until(EIGHT)
    first = bench.shown("Moderators only")[0]
    assert first.to == MemberRef("test", "w", "ana")
    assert first.beside
    await bench.until(EIGHT + timedelta(minutes=10))
    await bench.do("ana", Press("chat.hold", "1"))
    newest = bench.shown("Moderators only")[-1]
    assert newest.edits
    assert "on hold" in newest.card.label.bare()
    bo = await bench.parts.desk.person(MemberRef("test", "w", "bo"))
    assert bo is not None
    asked = await bench.do("ana", Press("chat.hand_over", "1"))
    assert isinstance(asked, OpenForm)
    # She administers the network, so the panel stays hers, and the form does not say otherwise.
    assert "You can go on too" in asked.form.intro.bare()
    await bench.do("ana", Submit("chat.hand_over", {"person": f"row:{bo.id}"}, "1"))
    assert [each.to for each in bench.shown("Moderators only") if not each.edits][-1] == bo.ref
    ana = await bench.parts.desk.person(MemberRef("test", "w", "ana"))
    assert ana is not None
    asked = await bench.do("bo", Press("chat.hand_over", "1"))
    assert isinstance(asked, OpenForm)
    assert "It is no longer yours" in asked.form.intro.bare()
    await bench.do("bo", Submit("chat.hand_over", {"person": f"row:{ana.id}"}, "1"))
    assert [each.to for each in bench.shown("You no longer moderate")] == [bo.ref]


async def test_thanks_are_no_command(bench: Bench) -> None:
    """What is no command and like none gets one sentence and a way to help, not all of help."""
    thanked = await bench.do("bo", Command("thank you so much"))
    assert isinstance(thanked, Reply)
    said = card_as_text(thanked.card)
    assert "I only know commands" in said
    assert "What can I do?" in said
    assert (len(said) < 200, thanked.more) == (True, ())


async def test_a_question_names_its_thread(bench: Bench) -> None:
    """A platform whose threads must be opened is told what to call a question's."""
    await bench.plan()
    await bench.until(EIGHT + timedelta(minutes=10))
    (asked,) = [each for each in bench.platform.sent if each.thread and not each.edits]
    assert asked.thread == "Q1 What worked?"


async def test_commands_are_offered_with_what_may_follow(bench: Bench) -> None:
    """Menus list every command; what may follow is suggested to who may type it, and no further."""
    offers = {each.name: each for each in bench.parts.desk.offers()}
    assert "chat new" in offers
    assert offers["help"].suggests
    assert offers["who"].argument is not None
    await bench.do("bo", Command("help"))
    bo = MemberRef("test", "w", "bo")
    found = await bench.parts.desk.suggest(bo, ROOM, "help", "w")
    assert "where" in [each.value for each in found]
    assert "role" not in [
        each.value for each in await bench.parts.desk.suggest(bo, ROOM, "help", "")
    ]
    assert await bench.parts.desk.suggest(bo, ROOM, "where", "x") == []


async def test_a_member_is_found_by_the_platforms_own_id(bench: Bench) -> None:
    """Platforms name members by id; the same command takes it."""
    await bench.do("u17", Command("help"))
    answer = await bench.do("bo", Command("who u17"))
    assert isinstance(answer, Reply)
    assert "U17" in answer.card.title.bare()


async def test_where_words_count_is_known(bench: Bench) -> None:
    """While a chat goes on its room and its questions' threads are named, and after it none."""
    assert not await bench.parts.desk.hears(ROOM)
    await bench.plan()
    assert await bench.parts.desk.ongoing("test") == []
    assert await bench.parts.desk.hears(ROOM), "what is prepared before the start counts"
    await bench.until(EIGHT + timedelta(minutes=10))
    found = await bench.parts.desk.ongoing("test")
    assert [each.place.thread != "" for each in found] == [False, True]
    await bench.until(EIGHT + timedelta(minutes=90))
    assert await bench.parts.desk.ongoing("test") == []
    assert await bench.parts.desk.hears(ROOM), "late answers count"
    assert not await bench.parts.desk.hears(Place("test", "w", "lounge"))


async def test_a_refused_post_is_told_to_the_moderator_once(bench: Bench) -> None:
    """What the room cannot get is said to who moderates, in words, once for each reason."""
    await bench.plan()
    bench.platform.answer = lambda out: (
        Rejected("I may not write in this room.") if out.to == ROOM else None
    )
    await bench.until(EIGHT + timedelta(minutes=30))
    told = bench.shown("Something was not posted")
    assert [each.to for each in told] == [MemberRef("test", "w", "ana")]
    assert "I may not write in this room." in card_as_text(told[0].card)


async def test_an_announcement_says_what_a_calendar_may_hold(bench: Bench) -> None:
    """A chat that is announced, and called off, comes with its times for the platform's calendar."""
    await bench.plan()
    (coming,) = bench.shown("Coming up")
    assert coming.happening is not None
    assert coming.happening.starts_at == EIGHT
    assert coming.happening.ends_at == EIGHT + timedelta(hours=1)
    await bench.do("ana", Press("chat.discard", "1"))
    put_right, off = sorted(bench.shown("Called off"), key=lambda each: not each.edits)
    assert put_right.edits
    assert off.happening is not None
    assert off.happening.off
    assert off.happening.key == coming.happening.key


async def test_a_command_is_looked_for_in_the_first_words_alone(bench: Bench) -> None:
    """A message as long as a platform allows is no command of thousands of words."""
    commands = LookedUp(bench.parts.desk.routes.commands)
    desk = replace(bench.parts.desk, routes=replace(bench.parts.desk.routes, commands=commands))
    who = MemberRef("test", "w", "bo")
    for number, words in enumerate(("a " * 20_000, f"chat new {'a ' * 20_000}")):
        await desk.handle(Interaction(f"long{number}", who, ROOM, Command(words)))
    assert 2 <= max(len(each.split()) for each in commands.asked) <= 3


async def test_who_leaves_a_workspace_is_let_in_nowhere_until_back(
    store: Store, clock: FrozenClock
) -> None:
    """Who left is nobody here and no page opens any more; back again, they are who they were."""
    bench = Bench(store, clock, "https://pln.example.org")
    await bench.parts.desk.settle("test", "w", "Ridgeview Schools")
    bo = MemberRef("test", "w", "bo")
    await bench.do("bo", Command("help"))
    before = await bench.parts.desk.person(bo)
    left_room = Interaction("left/room", bo, ROOM, Left())
    await bench.parts.desk.handle(left_room)
    assert await bench.parts.desk.person(bo) == before
    await bench.parts.desk.handle(Interaction("left", bo, Place("test", "w", ""), Left()))
    assert await bench.parts.desk.person(bo) is None
    assert not await bench.parts.desk.people("test", "w")
    assert isinstance(await bench.parts.desk.page(bo, "home", ""), Missing)
    await bench.do("bo", Command("help"))
    assert await bench.parts.desk.person(bo) == before


async def test_nobody_is_made_known_for_leaving(bench: Bench) -> None:
    """A stranger's leaving leaves nothing behind."""
    await bench.do("eve", Left())
    assert await bench.parts.desk.person(MemberRef("test", "w", "eve")) is None
