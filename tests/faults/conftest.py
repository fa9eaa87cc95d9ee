"""A planned chat on both databases, processes that start cheaply, and the tally of faults."""

import asyncio
import itertools
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Interaction, Press, Submit, What
from plnbot.testing import FrozenClock
from tests.conftest import without
from tests.faults.bot import Bot
from tests.postgres import TEMPLATE, NoPostgresError, Server
from tests.turns import LONG, in_turn

__all__ = ["LONG"]
ROOM = Place("test", "w", "room")
TEACHERS = ("priya", "luis", "emma", "dwayne")
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SIX = "\n".join(["#PLNchat Feedback", *(f"Q{n}: What about {n}?" for n in range(1, 7))])
_CHAT_TEMPLATE = "plnbot_chat"
_numbers = itertools.count(1)
DIALECTS = ("sqlite", "postgresql")
on_a_database = pytest.mark.parametrize("dialect", in_turn(DIALECTS, 2), indirect=True)
"""What kills process after process: on one database each day, and on both in the long run."""

# Each process of the bot is forked from one that has everything imported: 20 ms instead of a second.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.faults.programs"])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table in docs/reliability.md; `recovery` in seconds, where it was measured."""

    fault: str
    tried: int
    lost: int = 0
    doubled: int = 0
    recovery: float | None = None


@pytest.fixture
def tally() -> Callable[[Row], None]:
    """Return what adds a line to the table, where `./run faults` asked for one."""
    path = os.environ.get("PLNBOT_TEST_FAULTS_TALLY")

    def add(row: Row) -> None:
        if path:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(row)) + "\n")

    return add


def does(key: str, who: str, what: What, *, leads: bool = False) -> Interaction:
    """Return what somebody does in the room."""
    return Interaction(key, MemberRef("test", "w", who), ROOM, what, "en", who.title(), leads=leads)


@pytest.fixture(scope="session")
def chat_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite database in which a chat of six questions is to begin at eight."""
    path = tmp_path_factory.mktemp("chat") / "plnbot.sqlite3"
    shutil.copy(migrated_file, path)
    asyncio.run(plan_chat(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def chat_template(server: Server | NoPostgresError) -> str:
    """Return the name of a PostgreSQL database with the same in it."""
    if isinstance(server, NoPostgresError):
        without(f"no PostgreSQL here: {server}")
    asyncio.run(plan_chat(server.make(_CHAT_TEMPLATE, TEMPLATE)))
    return _CHAT_TEMPLATE


@pytest.fixture
def chat_url(request: pytest.FixtureRequest, dialect: str, tmp_path: Path) -> Iterator[str]:
    """Give the test a database of its own with the planned chat in it."""
    if dialect == "sqlite":
        path = tmp_path / "plnbot.sqlite3"
        shutil.copy(request.getfixturevalue("chat_file"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("chat_template")
    server: Server = request.getfixturevalue("server")
    name = f"plnbot_fault_{next(_numbers)}"
    yield server.make(name, template)
    server.drop(name)


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """Return each database in turn."""
    return str(request.param)


def on_one_database(points: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Return pairs of a database and a point: each point on one of them in turn, on both in the long run."""
    both = ((point, DIALECTS[:: (1, -1)[nth % 2]]) for nth, point in enumerate(points))
    return in_turn([(dialect, point) for point, turns in both for dialect in turns], 2)


async def plan_chat(url: str) -> None:
    """Plan and publish the chat, as its moderator does, with everybody known."""
    store, clock = open_store(url), FrozenClock(NOON)
    network = await store.run(
        lambda tx: members.new_network(tx, "PLN", "en", "America/New_York", NOON)
    )
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    desk = Bot(store, clock).desk
    values = {"questions": SIX, "starts": "today 8 pm Eastern", "plan": "classic60", "title": ""}
    steps: tuple[What, ...] = (
        Command("chat new"),
        Submit("chat.new", values),
        Press("chat.publish", "1"),
    )
    for number, what in enumerate(steps):
        await desk.handle(does(f"plan {number}", "maya", what, leads=True))
    for who in TEACHERS:
        await desk.handle(does(f"hello {who}", who, Command("home")))
    await store.close()
