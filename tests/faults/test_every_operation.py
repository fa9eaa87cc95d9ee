"""Every operation on the database fails once: each action leaves all of its effects or none.

On PostgreSQL the connection is lost at each commit besides, before it arrives or after it was done:
the unit runs again, and nothing stands twice.
"""

import asyncio
import contextlib
import itertools
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text

from plnbot.store.database import Store
from plnbot.store.migrations import load_tables
from plnbot.store.opening import open_store
from plnbot.store.postgresql import PostgresqlStore
from plnbot.store.schema import metadata
from plnbot.store.sqlite import SqliteStore
from plnbot.talk.interactions import Answer
from plnbot.testing import FrozenClock
from tests.faults.bot import Bot
from tests.faults.conftest import LONG, NOON, Row, on_a_database
from tests.faults.story import Rows, Step, story
from tests.postgres import Server
from tests.turns import TURN, in_turn

pytestmark = pytest.mark.faults
State = Mapping[str, tuple[int, str]]
LOSSES = [("before",), ("after",)] if LONG else [("before", "after")]
"""Each at every commit; in the short run at some, in turn."""


class BrokenError(Exception):
    """The database did not do it."""


@dataclass(slots=True)
class Breaking:
    """Fails the nth statement from now on, once."""

    left: int = 0

    def __call__(self, *_statement: object) -> None:
        """Count a statement, and fail it if it is the one."""
        self.left -= 1
        if self.left == 0:
            raise BrokenError

    @property
    def happened(self) -> bool:
        """Whether it came to that."""
        return self.left <= 0


@dataclass(slots=True)
class Played:
    """A network in which the story happens, looked at from beside."""

    store: Store
    beside: Engine
    clock: FrozenClock
    bot: Bot

    def state(self) -> State:
        """Return how many rows stand in each table, and a digest of all that is in them."""
        names = list(metadata.tables)
        with self.beside.connect() as connection:
            if connection.dialect.name == "postgresql":
                each = "SELECT '{0}', count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {0} t"
                union = " UNION ALL ".join(each.format(f'"{name}"') for name in names)
                return {
                    name: (many, digest) for name, many, digest in connection.execute(text(union))
                }
            stand = {}
            for name in names:
                rows = connection.execute(text(f'SELECT * FROM "{name}"')).all()  # noqa: S608 - our own tables
                stand[name] = (len(rows), str(sorted(map(repr, rows))))
            return stand

    def rows(self) -> Rows:
        """Return which rows the next step is about."""
        with self.beside.connect() as connection:

            def newest(table: str) -> str:
                return str(connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one())  # noqa: S608 - our own tables

            people = connection.execute(text('SELECT "user", member_id FROM account'))
            return Rows(
                newest("chat"),
                newest("chat_question"),
                newest("answer"),
                newest("role_grant"),
                {row[0]: str(row[1]) for row in people},
            )

    async def take(self, step: Step, rows: Rows) -> Answer | None:
        """Let one step happen."""
        self.clock.at = max(step.at, self.clock.at)
        if step.act is not None:
            return await self.bot.desk.handle(step.act(rows))
        work = step.work
        assert work is not None
        with contextlib.suppress(BrokenError):
            await self.store.run(lambda tx: work(tx, step.at))
        return None


@contextlib.asynccontextmanager
async def playing(url: str, beside: str) -> AsyncIterator[Played]:
    """Yield a network on a database, reached by `url`, and looked at by `beside`."""
    load_tables()
    store, engine = open_store(url, writers=2), create_engine(beside)
    try:
        clock = FrozenClock(NOON)
        yield Played(store, engine, clock, Bot(store, clock))
    finally:
        await store.close()
        engine.dispose()


def statements(store: Store, breaking: Breaking) -> None:
    """Let `breaking` see each statement that a store executes."""
    assert isinstance(store, SqliteStore | PostgresqlStore)
    event.listen(store._engine, "before_cursor_execute", breaking)


@on_a_database
async def test_the_nth_operation_fails_for_every_n(
    chat_url: str, tally: Callable[[Row], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Whichever statement of a step fails, nothing of it stands; then it is done again, whole."""
    caplog.set_level(logging.CRITICAL)  # a trace for each failure would take longer than the rest
    tried = 0
    # The long run tries every n; the short one some of each step, others of the next one, on PostgreSQL
    # fewer, which does the same more slowly.
    stride = 1 if LONG else 29 if chat_url.startswith("sqlite") else 127
    async with playing(chat_url, chat_url) as played:
        breaking = Breaking()
        statements(played.store, breaking)
        changed: Counter[bool] = Counter()
        steps = list(story(played.bot.desk.routes))
        # A database has its day every other turn, so it gets to all the quarters of its steps.
        looked_at = set(in_turn(range(len(steps)), 4, TURN // 2))
        for number, step in enumerate(steps):
            rows = played.rows()
            if number not in looked_at:
                await played.take(step, rows)
                continue
            before = played.state()
            for n in itertools.count(1 + number % stride, stride):
                breaking.left = n
                await played.take(step, rows)
                if not breaking.happened:
                    break
                tried += 1
                assert played.state() == before, f"{step.name}, operation {n}"
            breaking.left = 0
            changed[played.state() != before] += 1
    assert changed[True] > (40 if LONG else 10)
    kind = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"the nth database operation of an action fails, for every n ({kind})", tried))


@dataclass(slots=True)
class Line:
    """One connection from a client, through here, to PostgreSQL."""

    client: tuple[asyncio.StreamReader, asyncio.StreamWriter]
    server: tuple[asyncio.StreamReader, asyncio.StreamWriter]
    cut: bool = False

    async def there(self, lossy: "LossyProxy") -> None:
        """Pass on what the client says; cut the line at a commit where it is to be lost."""
        while data := await self.client[0].read(65_536):
            if lossy.loses and b"COMMIT" in data:
                when, lossy.loses = lossy.loses, ""
                lossy.lost[when] += 1
                self.cut = True
                if when == "before":
                    break
            self.server[1].write(data)
        self.server[1].close()
        if self.cut:
            self.client[1].close()

    def close(self) -> None:
        """Close both ends."""
        self.client[1].close()
        self.server[1].close()

    async def back(self) -> None:
        """Pass on what the server says, until the line is cut."""
        with contextlib.suppress(ConnectionError):
            while data := await self.server[0].read(65_536):
                if self.cut:
                    break
                self.client[1].write(data)
        self.client[1].close()


class LossyProxy:
    """Stands between a client and PostgreSQL, and can lose the connection at a commit."""

    def __init__(self) -> None:
        self.loses = ""
        self.lost: Counter[str] = Counter()

    @contextlib.asynccontextmanager
    async def between(self, url: str, folder: Path) -> AsyncIterator[str]:
        """Yield the address of the same database through here."""
        theirs = Path(str(make_url(url).query["host"]))
        tasks: set[asyncio.Task[None]] = set()
        lines: list[Line] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            server = await asyncio.open_unix_connection(str(theirs / ".s.PGSQL.5432"))
            line = Line((reader, writer), server)
            lines.append(line)
            tasks.update(map(asyncio.create_task, (line.there(self), line.back())))

        listening = await asyncio.start_unix_server(serve, str(folder / ".s.PGSQL.5432"))
        try:
            yield url.replace(str(theirs), str(folder))
        finally:
            listening.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for line in lines:
                line.close()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
@pytest.mark.parametrize("loses", LOSSES, ids=" or ".join)
async def test_the_connection_is_lost_at_each_commit(
    chat_url: str,
    chat_template: str,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
    loses: tuple[str, ...],
    tally: Callable[[Row], None],
) -> None:
    """What the commit's reply would have told is found out, and the answer is the same."""
    twin_name = f"plnbot_twin_{loses[0]}"
    twin_url = server.make(twin_name, chat_template)
    every = 1 if LONG else 4
    lossy = LossyProxy()
    folder = tmp_path_factory.mktemp("s")  # the address of a socket may not be long
    async with (
        lossy.between(chat_url, folder) as through,
        playing(through, chat_url) as played,
        playing(twin_url, twin_url) as twin,
    ):
        for number, step in enumerate(story(twin.bot.desk.routes)):
            expected = await twin.take(step, twin.rows())
            rows = played.rows()
            turn = loses[number // every % len(loses)]
            lossy.loses = turn if number % every == 0 else ""
            answer = await played.take(step, rows)
            assert type(answer) is type(expected), step.name
        stands, expects = played.state(), twin.state()
    assert {name: many for name, (many, _) in stands.items()} == {
        name: many for name, (many, _) in expects.items()
    }
    server.drop(twin_name)
    for each in loses:
        assert lossy.lost[each] > (60 if LONG else 8)
        when = "before it arrives" if each == "before" else "after it was done"
        tally(Row(f"the connection is lost at COMMIT, {when} (PostgreSQL)", lossy.lost[each]))
