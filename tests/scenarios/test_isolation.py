"""Networks never see each other: every id of one, at everything there is, as a member of another."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from adapters.web.app import WebOptions
from plnbot import capabilities
from plnbot.app import Parts, assembled
from plnbot.members import actions as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.schema import metadata
from plnbot.talk.codec import pack
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Left,
    Opened,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.talk.pages import File, Missing, Page, markdown
from plnbot.testing import FrozenClock, RecordingSender

CANARY = "CanaryZq"
capabilities.every()
CHAT = metadata.tables["chat"]
MOST = 10_000
ROWS = ("", *map(str, range(1, 9)), "01", "-1", "1 ", "1|", "\u0661", "chat:1", "mine")
NAMES = {"maya": f"{CANARY} Maya", "luis": f"{CANARY} Luis", "eve": "Eve"}
MAYA, LUIS, EVE = (MemberRef("test", "b" if name == "eve" else "a", name) for name in NAMES)
# What belongs to a network that nobody of another may change: not keys of the inbox, nor links.
KEPT = ("chat", "chat_question", "answer", "answer_left_out", "chat_presence", "chat_calendar", "role_grant",
        "member", "account", "audit", "post", "work", "erasure")  # fmt: skip


@dataclass(slots=True)
class Two:
    """Two networks in one house: in `a` a chat goes on; in `b` Eve may do everything."""

    parts: Parts
    store: Store
    clock: FrozenClock
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def does(self, who: MemberRef, what: What, *, elsewhere: bool = False) -> Answer:
        """Let somebody do something in their room, or in that of `a`; who is not Luis leads there."""
        place = Place("test", "a" if elsewhere else who.workspace, "room")
        name, key = NAMES[who.user], f"{next(self._numbers)}"
        given = Interaction(key, who, place, what, "en", name, leads=who != LUIS)
        return await self.parts.desk.handle(given)

    async def kept(self) -> dict[str, list[object]]:
        """Return every row that network `a` has."""
        return await self.store.read(_kept)

    async def after(self, time: timedelta) -> None:
        """Let time pass, and do all that is due then."""
        self.clock.advance(time)
        await self.parts.runner.run_all_due()


def _kept(tx: Tx) -> dict[str, list[object]]:
    chats = tuple(tx.execute(select(CHAT.c.id).where(CHAT.c.network_id == 1)).scalars())
    found: dict[str, list[object]] = {}
    for name in KEPT:
        table = metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        if "network_id" in table.c:
            query = query.where(table.c.network_id == 1)
        elif "chat_id" in table.c:
            query = query.where(table.c.chat_id.in_(chats))
        elif name == "account":
            query = query.where(table.c.workspace == "a")
        found[name] = [tuple(row) for row in tx.execute(query)]
    return found


@pytest.fixture
async def two(store: Store, clock: FrozenClock) -> Two:
    """Build two networks, and let a chat go on in one of them."""
    options = WebOptions(b"0" * 32)
    address = "https://pln.example"
    parts = assembled(
        store, clock, options, lambda _platform: address, Random(1), most_a_minute=MOST
    )
    parts.runner.senders["test"] = RecordingSender()
    now = clock.now()

    def begin(tx: Tx) -> None:
        for name in ("a", "b"):
            made = members.make_network(tx, f"Network {name}", "en", "America/New_York", now)
            members.attach_workspace(tx, made, "test", name)

    await store.run(begin)
    built = Two(parts, store, clock)
    await built.does(EVE, Command("help"))
    await built.does(MAYA, Command("help"))
    await built.does(LUIS, Command("help"))
    questions = "\n".join(f"Q{n}: {CANARY} {n}?" for n in range(1, 5))
    values = {"questions": questions, "starts": "today 8 pm", "plan": "classic60", "title": CANARY}
    for _ in range(2):  # one is published and goes on, one stays a draft
        await built.does(MAYA, Submit("chat.new", values))
    await built.does(MAYA, Press("chat.publish", "1"))
    await built.does(LUIS, Press("chat.remind", "1"))
    await built.after(timedelta(hours=8, minutes=11))
    await built.does(LUIS, Said(f"A1 {CANARY}", "m1"))
    await built.does(LUIS, Submit("chat.answer", {"words": CANARY}, "1"))
    await built.does(MAYA, Command("calendar"))
    await built.after(timedelta(minutes=1))
    return built


def attempts(parts: Parts) -> Iterator[What]:
    """Yield every press, form, view and command there is, with every number."""
    routes = parts.desk.routes
    for row in ROWS:
        yield from (Press(action, row, value) for action in routes.presses for value in ("1", "es"))
        yield from (Submit(name, Everywhere(row, "1"), row) for name in routes.forms)
        yield from (Submit(name, Everywhere("2", "3"), row) for name in routes.forms)
        yield from (Opened(name, row) for name in routes.pages)
        yield from (Command(f"{name} {row}") for name in routes.commands)
    yield from (Command(f"{name} luis") for name in routes.commands)
    yield from (Said("A1 from elsewhere", "m1"), Said("", "m1"), Joined(), Left())


class Everywhere(dict[str, str]):
    """A form in which every field is a number, but for those that are a choice of ours."""

    def __init__(self, number: str, other: str) -> None:
        super().__init__(answers="gone", what="give", role="administrator", plan="classic60")
        self.numbers = {"person": f"row:{number}", "words": other}

    def get(self, name: str, otherwise: object = None) -> str:
        """Return the value of any field."""
        del otherwise
        return super().get(name) or self.numbers.get(name, "1")


def shown(answer: Answer | Page | File | Missing | None) -> str:
    """Return everything that an answer shows."""
    match answer:
        case Reply(card=card, more=more):
            return str(pack((card, *more)))
        case OpenForm(form=form):
            return str(pack(form))
        case OpenPage(card=card):
            return str(pack(card))
        case Handed(card=card, file=file):
            return f"{pack(card)} {file.content!r}"
        case Page():
            return f"{answer} {markdown(answer, 'UTC', 'en')}"
        case File(content=content):
            return repr(content)
        case _:
            return str(answer)


@pytest.mark.rows(142)
async def test_nothing_of_another_network_is_seen_or_changed(two: Two) -> None:
    """An administrator of one network finds no way into the other, whatever the client sends."""
    before = await two.kept()
    assert sum(len(rows) for rows in before.values()) > len(KEPT)
    for what in attempts(two.parts):
        assert CANARY not in shown(await two.does(EVE, what)), what
    words = (*two.parts.desk.routes.commands, "chat bonus Why?", "where")
    said: tuple[What, ...] = (Said("A1 mine", "m1"), Said("", "m1"), Joined())
    for what in (*map(Command, words), *said):
        assert CANARY not in shown(await two.does(EVE, what, elsewhere=True)), what
    assert await two.kept() == before


@pytest.mark.rows(142)
async def test_no_page_or_file_of_another_network_opens(two: Two) -> None:
    """Nor is one of its pages, files and suggestions to be had by its address."""
    desk = two.parts.desk
    for row in ROWS:
        for name in desk.routes.pages:
            assert CANARY not in shown(await desk.page(EVE, name, row)), (name, row)
        for name in (*desk.routes.files, *desk.routes.public_files):
            assert CANARY not in shown(await desk.download(EVE, name, row)), (name, row)
    room = Place("test", "a", "room")
    for name in desk.routes.commands:
        assert CANARY not in str(await desk.suggest(EVE, room, name, ""))
    assert await desk.beside(EVE, room) is None
    assert CANARY in shown(await desk.page(LUIS, "chat", "1")), "there is something to be seen"
