"""Three processes share the work: kill or pause any one, any time.

Nothing is lost or doubled, and nothing comes later than the lease.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from operator import itemgetter

import pytest
from sqlalchemy import create_engine, text

from plnbot.engine import presence, work
from plnbot.engine.cluster import prepare
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.postgresql import PostgresqlStore
from plnbot.talk.interactions import Interaction, Press, Said, Submit
from plnbot.testing import FrozenClock
from tests.conftest import without
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, LONG, NOON, SIX, Row, processes
from tests.faults.member import STOP, Membership, be_member
from tests.faults.receiver import Receiver
from tests.postgres import TEMPLATE, NoPostgresError, Server

pytestmark = pytest.mark.faults
SECOND = timedelta(seconds=1)
# The long run has what is shipped; in both, a lease is about five minutes of a chat.
CHATS, KILLS, PAUSES, RATE = (500, 12, 4, 5) if LONG else (12, 2, 1, 60)
LEASE, PATIENCE = (work.LEASE, presence.PATIENCE) if LONG else (6 * SECOND, 2 * SECOND)
PROCESSES = 3
QUESTIONS = 6
ASKED_AT = [EIGHT + timedelta(minutes=10 + 8 * n) for n in range(QUESTIONS)]
WHOLE = timedelta(minutes=70)
SLACK = timedelta() if LONG else timedelta(seconds=10)


@dataclass(slots=True)
class Member:
    """A process of the cluster, as the test sees it."""

    process: BaseProcess
    line: Connection
    waiting: dict[str, Interaction] = field(default_factory=dict)
    shards: frozenset[int] = frozenset()
    asleep_until: float = 0.0

    def pause(self, seconds: float) -> None:
        """Let it stand still as a whole, as a suspended machine does."""
        os.kill(_pid(self.process), signal.SIGSTOP)
        self.asleep_until = time.monotonic() + seconds

    def wake(self, *, now: bool = False) -> None:
        """Let it go on, where its time has come."""
        if self.asleep_until and (now or time.monotonic() > self.asleep_until):
            os.kill(_pid(self.process), signal.SIGCONT)
            self.asleep_until = 0.0

    def kill(self) -> None:
        """End it as the machine's power would."""
        self.process.kill()
        self.process.join()

    def hand(self, what: Interaction) -> None:
        """Let it take something in."""
        self.waiting[what.key] = what
        self.line.send(what)

    def hear(self) -> None:
        """Note what it has taken in."""
        while self.line.poll():
            key, shards = self.line.recv()
            self.waiting.pop(key, None)
            self.shards = frozenset(shards)


@dataclass(slots=True)
class Run:
    """Chats at once, and processes that die and are started anew."""

    url: str
    port: int
    chance: random.Random
    real_at: datetime
    members: list[Member] = field(default_factory=list)
    started: int = 0
    given: set[str] = field(default_factory=set)

    @property
    def membership(self) -> Membership:
        """What the next process is given."""
        shown_at = EIGHT - timedelta(seconds=3 * RATE)
        return Membership(
            self.url, self.port, self.started, RATE, shown_at, self.real_at, LEASE, PATIENCE
        )

    def start(self) -> None:
        """Let another process join."""
        self.started += 1
        ours, theirs = processes.Pipe()
        process = processes.Process(target=be_member, args=(self.membership, theirs), daemon=True)
        process.start()
        theirs.close()
        self.members.append(Member(process, ours))

    async def goes_on(self, chats: list[int]) -> None:
        """Answer questions at any process, and kill one after another, until the chats are over."""
        clock = self.membership.clock
        troubles = self._troubles()
        while (now := clock.now()) < EIGHT + WHOLE:
            for each in self.members:
                each.wake()
                each.hear()
            while troubles and now > troubles[0][0]:
                troubles.pop(0)[1]()
            if now > EIGHT:
                self._answer(self.chance.choice(chats), self.chance.randint(1, QUESTIONS))
            await asyncio.sleep(0.1)

    def _troubles(self) -> list[tuple[datetime, Callable[[], None]]]:
        """Choose when: half of the time while a question is asked everywhere, else at random."""
        near = [at + self.chance.uniform(-2, 4) * RATE * SECOND for at in ASKED_AT[:-1]]
        asked = self.chance.choices(near, k=KILLS // 2)
        other = [self._any_time() for _ in range(KILLS - KILLS // 2)]
        kills = [(at, self._one_dies) for at in asked + other]
        pauses = [(self._any_time(), self._one_stands_still) for _ in range(PAUSES)]
        return sorted(kills + pauses, key=itemgetter(0))

    def _any_time(self) -> datetime:
        # Not right before the chats end: what is not asked until then is not asked any more.
        return EIGHT + self.chance.uniform(0.05, 0.6) * WHOLE

    def _one_dies(self) -> None:
        dies = self.chance.choice(self._awake())
        dies.kill()
        self.members.remove(dies)
        self.start()
        self._deliver_again(dies)

    def _one_stands_still(self) -> None:
        awake = self._awake()
        if len(awake) == 1:
            return  # nobody would be left to take anything in
        sleeps = self.chance.choice(awake)
        sleeps.pause(self.chance.uniform(1.5, 5) * PATIENCE.total_seconds())
        self._deliver_again(sleeps)

    def _deliver_again(self, silent: Member) -> None:
        """Hand what a process has not acknowledged to any of the others, as a platform does."""
        for each in silent.waiting.values():
            self.chance.choice(self._awake()).hand(each)

    def _awake(self) -> list[Member]:
        return [each for each in self.members if not each.asleep_until]

    def _answer(self, chat: int, number: int) -> None:
        key = f"said/{len(self.given)}"
        self.given.add(key)
        who = MemberRef("test", "w", f"teacher{self.chance.randint(1, 5)}")
        said = Said(f"A{number} {key}", f"m{len(self.given)}")
        place = Place("test", "w", f"room{chat}")
        self.chance.choice(self._awake()).hand(Interaction(key, who, place, said, "en", "T"))

    async def ends(self) -> None:
        """Wait until all is done, and let everybody go."""
        for each in self.members:
            each.wake(now=True)
        async with asyncio.timeout(120):
            while self._left():  # noqa: ASYNC110 - other processes do it, and tell nobody
                await asyncio.sleep(0.3)
        for each in self.members:
            each.line.send(STOP)
        for each in self.members:
            await asyncio.to_thread(each.process.join, 30)

    def _left(self) -> int:
        for each in self.members:
            each.hear()
        # What somebody is told the next morning waits for it.
        left = rows(
            self.url,
            "SELECT count(*) FROM work WHERE state IN ('due', 'leased') AND key NOT LIKE 'notices/%'",
        )
        return int(str(left[0][0])) + sum(len(each.waiting) for each in self.members)


def _pid(process: BaseProcess) -> int:
    assert process.pid is not None
    return process.pid


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """Look, from outside the bot."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


@pytest.fixture
def cluster_url(server: Server | NoPostgresError) -> Iterator[str]:
    """Give the test a database of its own, made ready for a cluster."""
    if isinstance(server, NoPostgresError):
        without(f"no PostgreSQL here: {server}")
    yield server.make("plnbot_cluster", TEMPLATE)
    server.drop("plnbot_cluster")


async def plan(url: str) -> list[int]:
    """Plan a chat in each of many rooms, all of them at eight; return their numbers."""
    store = PostgresqlStore(url)
    network = await store.run(
        lambda tx: members.new_network(tx, "PLN", "en", "America/New_York", NOON)
    )
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    desk = Bot(store, FrozenClock(NOON)).desk
    values = {"questions": SIX, "starts": "today 8 pm Eastern", "plan": "classic60", "title": ""}

    async def does(key: str, room: int, what: Press | Submit) -> None:
        who, place = MemberRef("test", "w", "maya"), Place("test", "w", f"room{room}")
        await desk.handle(Interaction(key, who, place, what, "en", "Maya", leads=True))

    for number in range(1, CHATS + 1):
        await does(f"plan/{number}", number, Submit("chat.new", values))
    chats = [int(str(row[0])) for row in rows(url, "SELECT id FROM chat ORDER BY id")]
    for number in chats:
        await does(f"publish/{number}", number, Press("chat.publish", str(number)))
    prepare(store.dsn)
    await store.close()
    return chats


async def test_any_process_may_die(cluster_url: str, tally: Callable[[Row], None]) -> None:
    """Every question of every chat is asked once and in time, and every answer counts once."""
    chats = await plan(cluster_url)
    assert len(chats) == CHATS
    receiver = Receiver(knows=True)
    async with receiver.listening() as port:
        run = Run(cluster_url, port, random.Random(3), datetime.now(UTC) + timedelta(seconds=6))
        for _ in range(PROCESSES):
            run.start()
        await run.goes_on(chats)
        await run.ends()
    late = lateness(cluster_url)
    assert len(late) == CHATS * QUESTIONS, "each question was asked"
    assert max(late) <= (LEASE + SLACK).total_seconds()
    states = rows(cluster_url, "SELECT DISTINCT state FROM work WHERE key NOT LIKE 'notices/%'")
    assert {state for (state,) in states} <= {"done", "cancelled"}
    posts = {str(key) for (key,) in rows(cluster_url, "SELECT key FROM post")}
    questions = {f"chat/{chat}/question/{n}" for chat in chats for n in range(1, QUESTIONS + 1)}
    assert questions <= posts
    assert posts == {key for key, lives in receiver.accepted.items() if lives}
    assert {len(lives) for lives in receiver.accepted.values()} <= {0, 1}
    taken = {str(key) for (key,) in rows(cluster_url, "SELECT key FROM inbox")}
    assert run.given <= taken
    sources = rows(cluster_url, "SELECT source FROM answer")
    assert set(Counter(sources).values()) <= {1}
    assert run.started == PROCESSES + KILLS
    tally(
        Row(
            f"kill -9 or a pause of one of three processes in {CHATS} chats at once (PostgreSQL)",
            KILLS + PAUSES,
            recovery=max(late),
        )
    )


def lateness(url: str) -> list[float]:
    """Return how late each question was asked, in real seconds; a shifted plan is never later."""
    asked = rows(url, "SELECT number, asked_at FROM chat_question WHERE asked_at IS NOT NULL")
    planned = [int(at.timestamp()) for at in ASKED_AT]
    return [(int(str(at)) / 1_000_000 - planned[int(str(n)) - 1]) / RATE for n, at in asked]
