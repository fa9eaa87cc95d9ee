"""How late 1,000 things happen that are due at one instant, while 100,000 others wait.

Beside APScheduler's SQLAlchemy job store and one procrastinate job an item, both as their manuals
have them. Lateness is from the instant to the moment the handler, or the platform, is reached.
"""

import asyncio
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict
from sqlalchemy import create_engine, insert, make_url, select

from plnbot.app import keep_the_loop_free
from plnbot.engine import outbox, work
from plnbot.engine.clock import SystemClock
from plnbot.engine.cluster import Cluster, prepare
from plnbot.engine.ports import Delivery, Outgoing, Sent
from plnbot.engine.routes import Due, Routes, Showing
from plnbot.engine.runner import Runner, Tools
from plnbot.engine.store import work as work_table
from plnbot.engine.work import planning
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.refs import Place
from plnbot.store.database import Store, Tx
from plnbot.store.postgresql import PostgresqlStore
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.text import verbatim
from plnbot.testing import seeded_random
from tests.bench.conftest import Lateness, Print

pytestmark = pytest.mark.bench
DUE, PENDING = 1_000, 100_000
CHUNKS = [range(first, first + 5_000) for first in range(0, PENDING, 5_000)]
BEFORE = timedelta(seconds=4)
PATIENCE_SECONDS = 120
both = pytest.mark.parametrize("what", ["work", "posts"])
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


class Counted:
    """Measures each arrival against the instant, and says when all are there."""

    def __init__(self, at: datetime) -> None:
        self.at, self.result, self.all_there = at, Lateness(), asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def arrived(self) -> None:
        """Count one, from any thread."""
        self.result.late.append((datetime.now(UTC) - self.at).total_seconds())
        if len(self.result.late) == DUE:
            self._loop.call_soon_threadsafe(self.all_there.set)

    async def wait(self) -> Lateness:
        """Watch the loop until all have arrived."""
        with self.result.watching_the_loop():
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.all_there.wait()
        return self.result


class Arrivals:
    """A platform that answers at once."""

    platform = "test"
    finds = False
    settles = timedelta()

    def __init__(self, counted: Callable[[], None]) -> None:
        self._counted = counted

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Count it."""
        self._counted()
        return Sent(outgoing.key)

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Find nothing."""
        del outgoing
        return None


def waiting(number: int, at: datetime, rooms: int) -> dict[str, object]:
    """Return a row that waits among 100,000, a tenth of it in one and the same lane."""
    lane = "" if number % 2 else f"test/w/{number % rooms if number % 10 else 'one'}/"
    return planning._new("waits", f"pending/{number}", at, payload={}, lane=lane, network=None)


def fill(tx: Tx, now: datetime) -> None:
    """Let 100,000 rows wait, over a year."""
    for numbers in CHUNKS:
        at = now + timedelta(hours=1)
        rows = [waiting(n, at + timedelta(seconds=n * 300), 2_000) for n in numbers]
        tx.execute(insert(work_table), rows)
    if tx.dialect == "postgresql":
        tx.conn.exec_driver_sql("ANALYZE work")


def plan(tx: Tx, what: str, network: int, at: datetime) -> None:
    """Let 1,000 pieces of work, or posts to as many rooms, be due at `at`."""
    for number in range(DUE):
        if what == "work":
            work.add(tx, "bench", f"due/{number}", at, {})
        else:
            room = Place("test", "w", f"{number}")
            outbox.Posting(tx, network, room, at).post("bench", {"n": number}, key=f"due/{number}")


async def ours(store: Store, what: str, *, shared: bool = False) -> Lateness:
    """Measure the runner, as embedded, or as a cluster of one."""
    clock, routes = SystemClock(), Routes()
    now = clock.now()
    network = await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    await store.run(lambda tx: fill(tx, now))
    at = clock.now() + BEFORE
    counted = Counted(at)

    @routes.when_due("bench")
    def bench(due: Due) -> None:
        del due
        counted.arrived()

    @routes.card("bench")
    def card(_showing: Showing, args: outbox.Args) -> Card:
        return Card(verbatim(f"Q{args['n']}"), (Paragraph(verbatim("What did you try?")),))

    sender = Arrivals(counted.arrived)
    runner = Runner(Tools(store, clock, routes, Members(), {"test": sender}, seeded_random()))
    await store.run(lambda tx: plan(tx, what, network.id, at))
    keep_the_loop_free()
    works = in_cluster(store, clock, runner) if shared else runner
    task = asyncio.create_task(works.run())
    result = await counted.wait()
    works.stop()
    await task
    ended = select(work_table.c.state).where(work_table.c.key.like("due/%"))
    states = await store.read(lambda tx: set(tx.execute(ended).scalars()))
    assert states == {"done"}
    return result


def in_cluster(store: Store, clock: SystemClock, runner: Runner) -> Cluster:
    """Let procrastinate hand the runner its shards."""
    assert isinstance(store, PostgresqlStore)
    prepare(store.dsn)
    cluster = Cluster(store.dsn, store, clock, runner)
    store.share(cluster.before_commit)
    return cluster


@both
async def test_ours(durable_url: str, store: Store, what: str, say: Print) -> None:
    """The runner, as embedded."""
    say(f"{durable_url.partition(':')[0]:20} {what:14} {await ours(store, what)}")


@both
@on_postgresql
async def test_shared(durable_url: str, store: Store, what: str, say: Print) -> None:
    """The same through shards and procrastinate, as in a cluster."""
    result = await ours(store, what, shared=True)
    say(f"{durable_url.partition(':')[0]:20} {what + ', shared':14} {result}")


_counted: Counted | None = None


async def _scheduled() -> None:
    assert _counted is not None
    _counted.arrived()


async def test_apscheduler(durable_url: str, say: Print) -> None:
    """APScheduler 3 with its SQLAlchemy job store; the 100,000 are put there as it writes them."""
    global _counted  # noqa: PLW0603 - APScheduler finds a job's function by its name
    jobs = SQLAlchemyJobStore(url=durable_url)
    scheduler = AsyncIOScheduler(jobstores={"default": jobs}, timezone=UTC)
    scheduler.start(paused=True)
    now = datetime.now(UTC)
    scheduler.add_job(_scheduled, DateTrigger(now + timedelta(days=1)), id="one")
    with jobs.engine.begin() as connection:
        state = pickle.loads(connection.execute(select(jobs.jobs_t.c.job_state)).scalar_one())  # noqa: S301 - written a line above
        connection.execute(jobs.jobs_t.delete())

        def row(name: str, at: datetime) -> dict[str, object]:
            changed = {**state, "id": name, "next_run_time": at, "trigger": DateTrigger(at)}
            written = pickle.dumps(changed, pickle.HIGHEST_PROTOCOL)
            return {"id": name, "next_run_time": at.timestamp(), "job_state": written}

        for numbers in CHUNKS:
            rows = [row(f"p{n}", now + timedelta(seconds=3600 + 300 * n)) for n in numbers]
            connection.execute(insert(jobs.jobs_t), rows)
        at = datetime.now(UTC) + BEFORE
        patient = {"misfire_grace_time": None}
        state |= patient
        connection.execute(insert(jobs.jobs_t), [row(f"d{n}", at) for n in range(DUE)])
    _counted = Counted(at)
    scheduler.resume()
    result = await _counted.wait()
    scheduler.shutdown(wait=False)
    jobs.engine.dispose()
    say(f"{durable_url.partition(':')[0]:20} APScheduler {result}")


def args(numbers: range) -> list[JSONDict]:
    """Return what as many jobs are deferred with."""
    return [{"number": number} for number in numbers]


@on_postgresql
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # its own, at its end
async def test_procrastinate(durable_url: str, say: Print) -> None:
    """One procrastinate job an item, and one worker that runs as many at once as our runner."""
    url = make_url(durable_url)
    conninfo = f"host={url.query['host']} user={url.username} dbname={url.database}"
    app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=4, max_size=20))
    async with app.open_async():
        await app.schema_manager.apply_schema_async()

        @app.task(name="bench")
        async def bench(number: int) -> None:
            del number
            counted.arrived()

        now = datetime.now(UTC)
        for numbers in CHUNKS:
            later = bench.configure(schedule_at=now + timedelta(hours=1 + numbers[0] / 500))
            await later.batch_defer_async(*args(numbers))
        engine = create_engine(durable_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE procrastinate_jobs")
        engine.dispose()
        at = datetime.now(UTC) + BEFORE
        counted = Counted(at)
        await bench.configure(schedule_at=at).batch_defer_async(*args(range(DUE)))
        worker = asyncio.create_task(
            app.run_worker_async(concurrency=64, install_signal_handlers=False, wait=True)
        )
        result = await counted.wait()
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    say(f"{durable_url.partition(':')[0]:20} procrastinate {result}")
