"""The database in trouble: locked, full, damaged, too new, half migrated, or held by another."""

import asyncio
import contextlib
import itertools
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from plnbot.engine.store import inbox
from plnbot.errors import Unavailable
from plnbot.store.database import Tx
from plnbot.store.migrations import migrate
from plnbot.store.migrations.stepping import differences
from plnbot.store.opening import open_store
from plnbot.store.sqlite import SqliteStore
from plnbot.talk.interactions import Command, Interaction, Said
from plnbot.testing import FrozenClock, RecordingSender
from tests.conftest import without
from tests.faults import programs
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, LONG, NOON, TEACHERS, Row, does, on_a_database, processes
from tests.postgres import NoPostgresError, Server

pytestmark = pytest.mark.faults
MINUTE = timedelta(minutes=1)


class Started:
    """`./run` in a process of its own, with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._said = folder / f"said-{time.monotonic_ns()}"
        settings = {"PLNBOT_PORT": "0", "PLNBOT_DATA_DIR": str(folder)}
        self.process = processes.Process(
            target=programs.run_plnbot, args=(["run"], settings, self._said)
        )
        self.process.start()

    @property
    def said(self) -> str:
        """What it has said so far."""
        return self._said.read_text(encoding="utf-8") if self._said.exists() else ""

    def until_ready(self) -> None:
        """Wait until it serves."""
        while "http://" not in self.said:
            assert self.process.is_alive(), self.said
            self.process.join(0.02)

    def ended(self) -> int | None:
        """Wait until it has ended by itself, and return its status."""
        self.process.join(60)
        return self.process.exitcode


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """Return a data folder with a database in it that is up to date."""
    (tmp_path / "data").mkdir()
    shutil.copy(migrated_file, tmp_path / "data" / "plnbot.sqlite3")
    return tmp_path / "data"


@pytest.fixture
def started(folder: Path) -> Iterator[Callable[[], Started]]:
    """Return what starts the bot on the folder; all are stopped at the end."""
    begun: list[Started] = []

    def start() -> Started:
        begun.append(Started(folder))
        return begun[-1]

    yield start
    for each in begun:
        each.process.kill()
        each.process.join()


def test_two_processes_on_one_file(
    started: Callable[[], Started], tally: Callable[[Row], None]
) -> None:
    """The second names the first and leaves; when the first is killed, the next one starts."""
    first = started()
    first.until_ready()
    second = started()
    assert second.ended() == 1
    assert f"Another plnbot (process {first.process.pid})" in second.said
    first.process.kill()
    first.ended()
    started().until_ready()
    tally(Row("a second process on one SQLite database", 1))


def test_a_newer_schema_is_refused(
    folder: Path, started: Callable[[], Started], tally: Callable[[Row], None]
) -> None:
    """The start says so, and the database stands as it did."""
    file = folder / "plnbot.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = file.read_bytes()
    start = started()
    assert start.ended() == 1
    assert "newer version" in start.said
    assert file.read_bytes() == before
    tally(Row("a schema newer than the code", 1))


def in_the_header(data: bytearray) -> None:
    """Overwrite what says that this is a database."""
    data[:16] = b"x" * 16


def in_the_middle(data: bytearray) -> None:
    """Overwrite the page of an index: one that is in use, wherever it lies."""
    with contextlib.closing(sqlite3.connect(":memory:")) as looking:
        looking.deserialize(bytes(data))
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_work_due_lane'"
        ((page,),) = looking.execute(where).fetchall()
    begin = (page - 1) * 4096
    data[begin : begin + 4096] = b"\xff" * 4096


def cut_off(data: bytearray) -> None:
    """Lose the second half."""
    del data[len(data) // 2 :]


@pytest.mark.parametrize("damage", [in_the_header, in_the_middle, cut_off])
def test_a_damaged_file_is_refused(
    folder: Path,
    started: Callable[[], Started],
    damage: Callable[[bytearray], None],
    tally: Callable[[Row], None],
) -> None:
    """The start names the file and the way back, and changes nothing."""
    file = folder / "plnbot.sqlite3"
    data = bytearray(file.read_bytes())
    damage(data)
    file.write_bytes(data)
    start = started()
    assert start.ended() == 1
    assert f"The database {file} is damaged" in start.said
    assert "./run restore" in start.said
    assert "Traceback" not in start.said
    assert file.read_bytes() == data
    tally(Row("a damaged SQLite file", 1))


def died(process: ForkServerProcess) -> bool:
    """Return whether a process was killed, and did not come to its end."""
    process.start()
    process.join(60)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


@on_a_database
def test_a_migration_is_killed_at_each_step(
    dialect: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    tally: Callable[[Row], None],
) -> None:
    """Wherever it was killed, the next start goes on from there and ends where it should."""
    stride = 1 if LONG else 127
    tried = 0
    # In the short run each database has steps of its own.
    for n in itertools.count(1 if LONG or dialect == "sqlite" else stride // 2, stride):
        if dialect == "sqlite":
            url = f"sqlite:///{tmp_path}/{n}.sqlite3"
        else:
            server: Server | NoPostgresError = request.getfixturevalue("server")
            if isinstance(server, NoPostgresError):
                without(f"no PostgreSQL here: {server}")
            url = server.make(f"plnbot_migrated_{n}")
        killed = died(processes.Process(target=programs.migrate_until, args=(url, n)))
        if killed:
            migrate(url)
            tried += 1
        assert differences(url) == [], f"killed at {n}"
        if not killed:
            break
    assert tried > 3
    name = "SQLite" if dialect == "sqlite" else "PostgreSQL"
    tally(Row(f"a migration killed at each step ({name})", tried))


def answers(count: int) -> list[Interaction]:
    """Return answers of some people to the first question, and another command."""
    said = [
        does(f"a{n}", TEACHERS[n % 4], Said(f"A1 {n} {'long ' * 200}", f"m{n}"))
        for n in range(count)
    ]
    return [*said, does("home", "nora", Command("home"))]


def standing(file: Path) -> tuple[int, str]:
    """Return how many answers stand in a SQLite database, and whether it is sound."""
    with sqlite3.connect(file) as connection:
        (many,) = connection.execute("SELECT count(*) FROM answer").fetchone()
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return many, sound


def test_the_disk_is_full(chat_file: Path, tmp_path: Path, tally: Callable[[Row], None]) -> None:
    """Reading goes on, writing says so, and nothing is half written; with room, all is taken in."""
    file = tmp_path / "plnbot.sqlite3"
    shutil.copy(chat_file, file)
    ours, theirs = processes.Pipe(duplex=False)
    given = answers(60)
    process = processes.Process(target=programs.starve, args=(f"sqlite:///{file}", given, theirs))
    process.start()
    theirs.close()
    refused, read, posted = ours.recv()
    process.join(60)
    assert refused > 5
    assert read == len(given)
    assert len(set(posted)) == len(posted)
    assert standing(file) == (60, "ok")
    tally(Row("a full disk while people answer (SQLite)", refused))


async def test_one_unit_that_finds_the_disk_full_takes_nobody_along(
    migrated_file: Path, tmp_path: Path
) -> None:
    """SQLite ends the whole group then: nobody is told of work that is gone, and others' is done."""
    shutil.copy(migrated_file, tmp_path / "plnbot.sqlite3")
    store = open_store(f"sqlite:///{tmp_path}/plnbot.sqlite3")
    begun, gathered = threading.Event(), threading.Event()

    def write(key: str) -> Callable[[Tx], None]:
        values = {"platform": "test", "workspace": "w", "key": key, "at": NOON}
        return lambda tx: tx.execute(insert(inbox).values(values)).close()

    def first(tx: Tx) -> None:
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count = {pages + 4}"))
        begun.set()
        assert gathered.wait(30)

    def big(tx: Tx) -> None:
        for number in range(1000):
            write(f"{number}{'x' * 190}")(tx)

    waits = asyncio.ensure_future(store.run(first))
    await asyncio.to_thread(begun.wait)
    units = [write("before"), big, write("after")]
    running = [asyncio.ensure_future(store.run(each)) for each in units]
    await asyncio.sleep(0)  # now they wait, to be taken together
    gathered.set()
    await waits
    results = await asyncio.gather(*running, return_exceptions=True)
    assert [type(each) for each in results] == [type(None), Unavailable, type(None)]
    keys = await store.read(lambda tx: set(tx.execute(select(inbox.c.key)).scalars()))
    assert keys == {"before", "after"}
    await store.close()


@dataclass(slots=True)
class Insists:
    """People who do the same again until it is taken in."""

    bot: Bot
    refusals: int = 0
    refused: asyncio.Event = field(default_factory=asyncio.Event)

    async def on(self, each: Interaction) -> None:
        """Do it, as often as it takes."""
        while True:
            try:
                await self.bot.desk.handle(each)
            except Unavailable:
                self.refusals += 1
                self.refused.set()
            else:
                return


async def test_the_database_is_locked_by_another(
    chat_file: Path, tmp_path: Path, tally: Callable[[Row], None]
) -> None:
    """For as long as it lasts reading goes on and writing says so; then all is done, once."""
    shutil.copy(chat_file, tmp_path / "plnbot.sqlite3")
    platform, clock = RecordingSender(), FrozenClock(EIGHT)
    patience = timedelta(seconds=5 if LONG else 0.5)
    store = SqliteStore(f"sqlite:///{tmp_path}/plnbot.sqlite3", busy_timeout=patience)
    bot = Bot(store, clock, {"test": platform})
    await bot.runner.run_all_due()
    ours, theirs = processes.Pipe()
    process = processes.Process(
        target=programs.hold_lock, args=(str(tmp_path / "plnbot.sqlite3"), theirs)
    )
    process.start()
    await asyncio.to_thread(ours.recv)
    before = len(platform.sent)
    clock.advance(10 * MINUTE)
    running = asyncio.create_task(bot.runner.run())
    insists = Insists(bot)
    people = asyncio.gather(*(insists.on(each) for each in answers(8)))
    await asyncio.sleep(10 if LONG else 1.2)
    await insists.refused.wait()
    assert await bot.desk.person(does("", "maya", Command("")).who) is not None
    assert len(platform.sent) == before
    ours.send("let go")
    began = time.monotonic()
    asked = asyncio.Event()
    question = "chat/1/question/1"
    bot.store.follow(
        lambda _topic: asked.set() if question in [each.key for each in platform.sent] else None
    )
    async with asyncio.timeout(30):
        await people
        await asked.wait()
    recovery = time.monotonic() - began
    bot.runner.stop()
    await running
    await store.close()
    process.join(60)
    assert standing(tmp_path / "plnbot.sqlite3") == (8, "ok")
    posted = [each.key for each in platform.sent if not each.edits]
    assert posted.count(question) == 1
    assert len(set(posted)) == len(posted)
    tally(
        Row("the database locked by another process (SQLite)", insists.refusals, recovery=recovery)
    )


async def test_a_database_that_cannot_be_opened_yet(tmp_path: Path) -> None:
    """Whoever asks is told, for as long as that lasts, and nobody waits for ever."""
    (tmp_path / "plnbot.sqlite3").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/plnbot.sqlite3")
    async with asyncio.timeout(30):
        for ask in (store.run, store.read):
            with pytest.raises(Unavailable):
                await ask(lambda tx: tx.execute(text("SELECT 1")).scalar_one())
        (tmp_path / "plnbot.sqlite3").rmdir()
        for ask in (store.run, store.read):
            assert await ask(lambda tx: tx.execute(text("SELECT 1")).scalar_one()) == 1
    await store.close()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_server_without_room_says_so(chat_url: str) -> None:
    """A full disk of the server is trouble that passes, not a mistake of ours."""
    raises = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'no room'; END $$"
    store = open_store(chat_url)
    with pytest.raises(Unavailable, match="no room"):
        await store.run(lambda tx: tx.execute(text(raises)).close())
    await store.close()
