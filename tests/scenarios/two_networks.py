"""Two networks in one house: one in which everything was done that can be, and one with Eve alone.

What the first does is the script that every capability adds its part to (`tests/adapters/script`), so
a new capability is in this world as soon as its cards are. Eve may do everything in her own network.
"""

import itertools
import os
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, select

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine.objects import Guarded, Object
from plnbot.engine.posts import NothingToDo
from plnbot.engine.routes import Routes
from plnbot.members import actions as members
from plnbot.operate.backup import copy
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.opening import open_store
from plnbot.store.schema import metadata
from plnbot.talk.cards import Actions, Button, Select
from plnbot.talk.codec import pack
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Opened,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.talk.pages import File, Missing, Page, markdown
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender
from tests.adapters.script import ADDRESS, EIGHT, NAMES, Script, played_by

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PLATFORM, HERS = "slack", "T0EVE"
EVE = MemberRef(PLATFORM, HERS, "U0EVE")
THEIRS, HER_NETWORK = 1, 2
"""The numbers of the network in which everything was done, and of Eve's."""
MOST = 100_000
ON_BUTTONS: set[str] = set()
ROWS = (
    *map(str, range(1, 40)),
    *(f"{one}-{other}" for one, other in itertools.permutations(range(1, 7), 2)),
    *(f"{kind}:{number}" for kind in ("network", "district", "school") for number in range(1, 4)),
    "1.1-1",
    "1-skills",
    "1.1.1.1.0",
    *(f"{number}.2" for number in range(1, 30)),
)
"""What rows may be called: a number, or two of them, a place, or what was typed into a calendar."""
NEVER = "987654321"
"""A row that no kind of thing ever had."""
_TELLING = {"name", "title", "words", "author", "token", "hashtag"}
_LEAST_TELLING = 6
PHASES = ("before", "during", "after")
"""What is played, and after which the house is kept; Eve comes after the first."""
TOLD = {
    "subjects": ("science",),
    "district": "Evetown",
    "school": "Eve's school",
    "zone": "America/New_York",
    "quiet": "none",
}
_TODAY = r"[A-Z][a-z]+ \d{1,2}, \d{4}"
VARIES = re.compile(
    r"(?<=signin/)[-\w]{20,}|(?<=calendar/)[-\w]{20,}|(?<='row': ')\d+(?=')"
    rf"|(?<=about=Text\(spans=\(Plain\(text='){_TODAY}(?='\),\)\), facts)"
    rf"|(?<=Hello, Eve\n\n){_TODAY}"
    r"|(?<=No report yet. That of ).{0,300}?(?=, for each district)"
)
"""What is different each time: secrets, the row of what she makes by asking, and which day it is."""
_numbers = itertools.count()
# Not a network's: what a platform or the machine is told, and what goes with an account.
NOBODYS = {
    "closed_room",
    "inbox",
    "sign_in",
    "process",
    "restoration",
    "installation",
    "heard_message",
    "unheard",
    "kept_form",  # goes with a member
    "credit_file",  # contents by what they are; whose they are stands beside
    "file_content",  # the same, of files in portfolios and lessons
    "credit_policy",  # what rules of licences said
    "insight_mark",  # how far activities of all are counted
}


def scoped() -> Mapping[str, str]:
    """Return every table of which each row is one network's, and the column that leads there.

    That is a table with a network's number, or with that of a row in such a table.
    """
    found = {"network": "id"}
    tables = list(metadata.tables.values())
    while True:
        more = {
            table.name: column
            for table in tables
            if table.name not in found and (column := _leads(table, found))
        }
        if not more:
            return found
        found |= more


def _leads(table: Table, known: Mapping[str, str]) -> str:
    if "network_id" in table.c:
        return "network_id"
    return next(
        (
            column.name
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name in known
        ),
        "",
    )


def kept(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that the first network has."""
    leading = scoped()
    ids: dict[str, set[object]] = {}
    found: dict[str, list[tuple[object, ...]]] = {}
    for name, column in leading.items():
        table = metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        referred = next((key.column for key in table.c[column].foreign_keys), None)
        if name == "network" or column == "network_id":
            query = query.where(table.c[column] == THEIRS)
        elif referred is not None:
            query = query.where(table.c[column].in_(ids.get(referred.table.name, set())))
        rows = tx.execute(query).all()
        found[name] = [tuple(row) for row in rows]
        ids[name] = {row.id for row in rows} if "id" in table.c else set()
    return found


def words(rows: Mapping[str, Sequence[Sequence[object]]]) -> frozenset[str]:
    """Return what is theirs alone in these rows: what they wrote and are called, and what is secret."""
    found = set(NAMES.values())
    for name, held in rows.items():
        columns = [column.name for column in metadata.tables[name].columns]
        for row in held:
            for column, value in zip(columns, row, strict=True):
                texts = {each.strip() for each in _strings(value)}
                found |= {each for each in texts if column in _TELLING or " " in each}
    return frozenset(each for each in found if len(each) >= _LEAST_TELLING)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


@dataclass(slots=True)
class House:
    """The house as Eve meets it."""

    parts: Parts
    store: Store
    clock: FrozenClock
    who: MemberRef = EVE
    leads: bool = True

    @property
    def room(self) -> Place:
        """Where she stands: for Eve a room that is called like theirs, in her workspace."""
        return Place(PLATFORM, self.who.workspace, "C0CHAT" if self.who == EVE else "C0HALL")

    async def does(self, what: What, *, elsewhere: bool = False) -> Answer:
        """Let Eve do something in her room, or as if she stood in theirs."""
        place = Place(PLATFORM, "T0PLN", "C0CHAT") if elsewhere else self.room
        # A house that another process played knows what she did there by its numbers.
        key = f"eve{os.getpid()}.{next(_numbers)}"
        given = Interaction(key, self.who, place, what, "en", "Eve", leads=self.leads)
        answer = await self.parts.desk.handle(given)
        assert "That was quick" not in shown(answer), "what is not tried shows nothing"
        return answer

    async def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row that the first network has."""
        return await self.store.read(kept)


def moved_in(store: Store, clock: FrozenClock) -> House:
    """Return a house on this database."""
    parts = assembled(
        store,
        clock,
        WebOptions(b"0" * 32),
        lambda _: ADDRESS,
        Random(1),
        most_a_minute=MOST,
        presses_a_minute=MOST,
    )
    parts.runner.tools.heavy = HeavyHere()  # no process that somebody would have to end
    parts.runner.senders[PLATFORM] = RecordingSender(PLATFORM)
    return House(parts, store, clock)


async def playing(store: Store, clock: FrozenClock) -> AsyncIterator[tuple[str, House]]:
    """Yield the house after each phase."""
    script = Script(store, clock, PLATFORM, ADDRESS)
    await script.parts.desk.settle(PLATFORM, script.room.workspace, "Ridgeview Schools")
    for phase in ("begin", "before"):
        for play in played_by(phase):
            await play(script)
    now = clock.now()

    def begin(tx: Tx) -> None:
        made = members.make_network(tx, "Eve's network", "en", "America/New_York", now)
        members.attach_workspace(tx, made, PLATFORM, HERS)

    await store.run(begin)
    house = moved_in(store, clock)
    # Whatever a form may pick of theirs is to be picked for something of her own.
    await house.does(Submit("members.start", TOLD))
    ON_BUTTONS.update(_rows_shown(script))
    yield "before", house
    for phase in PHASES[1:]:
        if phase == "during":
            await script.until(EIGHT + timedelta(minutes=11))
        for play in played_by(phase):
            await play(script)
        ON_BUTTONS.update(_rows_shown(script))
        yield phase, house


def _rows_shown(script: Script) -> Iterator[str]:
    """Yield the rows of all buttons that were shown: not every row is a number."""
    for card in script.shown.cards.values():
        for block in card.blocks:
            if isinstance(block, Actions):
                yield from (each.row for each in block.items if isinstance(each, Button | Select))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A SQLite database of the house after a phase, and when that was."""

    file: Path
    at: datetime

    @asynccontextmanager
    async def lived_in(self, folder: Path) -> AsyncIterator[House]:
        """Yield a house on a copy of it."""
        live = folder / self.file.name
        copy(self.file, live)
        store = open_store(f"sqlite:///{live}")
        try:
            yield moved_in(store, FrozenClock(self.at))
        finally:
            await store.close()
            live.unlink()


async def snapshots(empty: Path, folder: Path, clock: FrozenClock) -> tuple[Snapshot, ...]:
    """Return what the house is like after each phase."""
    live = folder / "live.sqlite3"
    copy(empty, live)
    store = open_store(f"sqlite:///{live}")
    found = []
    try:
        async for phase, _house in playing(store, clock):
            found.append(Snapshot(folder / f"{phase}.sqlite3", clock.now()))
            copy(live, found[-1].file)
    finally:
        await store.close()
    return tuple(found)


def guarded(routes: Routes) -> dict[tuple[str, str], Guarded]:
    """Return every route whose rows are of networks, by kind and name."""
    kinds: Mapping[str, Mapping[str, Guarded]] = {
        "press": routes.presses,
        "form": routes.forms,
        "page": routes.pages,
        "file": routes.files,
    }
    return {
        (kind, name): route
        for kind, table in kinds.items()
        for name, route in table.items()
        if route.of is not None and not isinstance(route.of.network, NothingToDo)
    }


async def rows_by_kind(house: House) -> Mapping[int, list[str]]:
    """Return the rows of the first network by the `id` of each kind of thing that a route is about."""
    routes = guarded(house.parts.desk.routes).values()
    each_once = {id(route.of): route for route in routes}
    return await house.store.read(
        lambda tx: {kind: their_rows(tx, route) for kind, route in each_once.items()}
    )


def their_rows(tx: Tx, route: Guarded, of: Object[Any] | None = None) -> list[str]:
    """Return the rows of the first network that a route may be asked about."""
    kind = of or route.of
    if kind is None or isinstance(kind.network, NothingToDo):
        return []
    things = ((row, kind.load(tx, row)) for row in (*ROWS, *sorted(ON_BUTTONS - {*ROWS})))
    network = kind.network
    return [row for row, thing in things if thing is not None and network(thing) == THEIRS]


async def asked(house: House, kind: str, name: str, row: str) -> str:
    """Return everything that Eve is shown when she asks this of a row."""
    desk = house.parts.desk
    match kind:
        case "press":
            return shown(await house.does(Press(name, row, "1")))
        case "form":
            return shown(await house.does(Submit(name, Everywhere("1", "2"), row)))
        case "file":
            return shown(await desk.download(house.who, name, row))
        case _:
            return shown(await desk.page(house.who, name, row)) + shown(
                await house.does(Opened(name, row))
            )


async def told_without_a_row(house: House) -> dict[str, str]:
    """Return all that Eve is told when she asks about nothing in particular.

    It stays as it is, whatever the others do: what is told of them may be a number alone.
    """
    desk, room = house.parts.desk, house.room
    routes = desk.routes
    found: dict[str, object] = {}
    for name in routes.commands:
        found[f"command {name}"] = shown(await house.does(Command(name)))
        found[f"suggest {name}"] = await desk.suggest(house.who, room, name, "")
    for name in routes.pages:
        found[f"page {name}"] = shown(await desk.page(house.who, name, ""))
    for name in routes.searches:
        for typed in ("", "a", "c", "o"):
            found[f"search {name} {typed}"] = await desk.search(house.who, room, name, typed)
    found["beside"] = await desk.beside(house.who, room)
    return {name: VARIES.sub("…", str(told)) for name, told in found.items()}


class Everywhere(dict[str, str]):
    """A form in which every field is a number, but for those that are a choice of ours."""

    def __init__(self, number: str, other: str, *, picked: bool = False) -> None:
        super().__init__(answers="gone", role="administrator", plan="classic60")
        self.numbers = {"person": f"row:{number}", "words": other}
        self.all = f"row:{number}" if picked else "1"

    def get(self, name: str, otherwise: object = None) -> str:
        """Return the value of any field."""
        del otherwise
        return super().get(name) or self.numbers.get(name, self.all)


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
