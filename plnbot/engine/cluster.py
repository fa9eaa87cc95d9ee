"""Beyond one machine: processes on one PostgreSQL database share the work, carried by procrastinate.

The work table stays the truth. Its rows belong to shards, and a lane to one of them. For a shard that
has something to do there is one job, `run_due(shard, until)`: who fetched it leases that shard's
work until then. Far-future work makes no job; every process looks a moment ahead.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection
from dataclasses import field
from datetime import datetime, timedelta
from math import ceil

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector, exceptions
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status
from sqlalchemy import Connection, text

from plnbot.engine import work
from plnbot.engine.ports import Clock
from plnbot.engine.presence import LOOK, PATIENCE, Presence
from plnbot.engine.runner import Runner
from plnbot.errors import PlnError
from plnbot.logs import GoesOn
from plnbot.store.database import Store, Tx
from plnbot.values import dataclass

log = logging.getLogger(__name__)

AHEAD = timedelta(seconds=3)
TENURE = timedelta(seconds=10)
_HAVE_JOBS = text(
    "SELECT DISTINCT lock FROM procrastinate_jobs"
    " WHERE status = ANY(cast(:states AS procrastinate_job_status[])) AND lock = ANY(:locks)"
)


def prepare(dsn: dict[str, object]) -> None:
    """Make procrastinate's own tables, where they are missing."""
    app = App(connector=SyncPsycopgConnector(kwargs=dsn))
    with app.open():
        if not app.check_connection():
            app.schema_manager.apply_schema()


@dataclass(slots=True)
class Cluster:
    """Runs a runner for the shards that fall to this process. `dsn` is what psycopg connects with.

    A process that says nothing for `patience` is taken for dead: what it had leased is anybody's, and
    its shards are done by others. Without that, a shard falls to one process for `tenure` at a time.
    """

    dsn: dict[str, object]
    store: Store
    clock: Clock
    runner: Runner
    patience: timedelta = PATIENCE
    tenure: timedelta = TENURE
    _presence: Presence = field(init=False)
    _app: App = field(init=False)
    _deferring: App = field(init=False)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _hand_back: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._presence = Presence(self.store, self.clock, self.patience)
        self._presence.unheard = self.runner.break_off
        self.runner.share(self._presence.name, self._presence.say)
        self._app = self._tasks(PsycopgConnector(kwargs=self.dsn, min_size=1, max_size=4))
        # Deferring happens on the connections of our own units of work, so this one opens none.
        self._deferring = self._tasks(SyncPsycopgConnector(kwargs=self.dsn))

    async def run(self) -> None:
        """Work until `stop`; returns when what was begun is finished."""
        async with self._app.open_async(), self._present():
            doing = [
                asyncio.create_task(each, name="cluster")
                for each in (self.runner.run(), self._look_ahead(), self._take_shards())
            ]
            await asyncio.gather(*doing)

    def stop(self) -> None:
        """Begin nothing new, and let others have the shards."""
        self._stopped.set()
        self._hand_back.set()
        self.runner.stop()

    def before_commit(self, tx: Tx) -> None:
        """Defer, in the transaction that made work for a shard, the job that does it."""
        if tx.soonest:
            soon = self._soon()
            self._defer(tx, {shard for shard, at in tx.soonest.items() if at <= soon})

    @contextlib.asynccontextmanager
    async def _present(self) -> AsyncIterator[None]:
        """Be known to the others from before the first lease until after the last."""
        with contextlib.suppress(PlnError):
            await self._presence.look()
        looking = asyncio.create_task(self._presence.keep_looking(), name="presence")
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
            await self._presence.end()

    def _tasks(self, connector: BaseConnector) -> App:
        app = App(connector=connector, import_paths=[])
        app.task(name="plnbot.run_due", pass_context=False)(self._run_due)
        stalled = app.task(name="plnbot.retry_stalled", queueing_lock="stalled")(self._retry)
        app.periodic(cron="* * * * * */5")(stalled)
        return app

    async def _run_due(self, shard: int, until: str) -> None:
        """Do a shard's work until an instant, or until it is to be handed back.

        Other machines' clocks say until when, so it is never for longer than one turn.
        """
        if shard not in range(work.SHARDS):
            log.error("a job is for a shard that there is not")
            return
        left = self.clock.real_seconds_until(datetime.fromisoformat(until))
        left = min(left, self.tenure.total_seconds())
        self.runner.take(shard)
        try:
            async with asyncio.timeout(max(0.0, left)):
                await self._hand_back.wait()
        except TimeoutError:
            pass
        finally:
            self.runner.leave(shard)
        await self._see_to({shard})

    async def _retry(self, timestamp: int) -> None:
        """Let jobs be fetched again that nobody is at any more.

        They are those of processes that died, and those whose end could not be written down: the
        database was just away, and who did them lives on and thinks no more of it.
        """
        del timestamp
        jobs = self._app.job_manager
        patience = self.patience.total_seconds()
        stalled = {
            each.id: each for each in await jobs.get_stalled_jobs(seconds_since_heartbeat=patience)
        }
        begun = await jobs.list_jobs_async(task="plnbot.run_due", status=Status.DOING.value)
        stalled |= {each.id: each for each in begun if self._is_over(each)}
        for job in stalled.values():
            log.warning("shard %s is taken from a process that says nothing of it", job.lock)
            try:
                await jobs.retry_job(job)
            except exceptions.ProcrastinateException:
                # Another job of this shard waits already; it is held up by this one no longer.
                await jobs.finish_job(job, status=Status.FAILED, delete_job=True)

    def _is_over(self, job: Job) -> bool:
        """Return whether a job's time has been over for so long that its end was not written down."""
        try:
            until = datetime.fromisoformat(str(job.task_kwargs["until"]))
            return self.clock.now() > until + self.clock.passing(self.tenure + self.patience)
        except (KeyError, TypeError, ValueError):
            return True  # nobody can be at what cannot be read

    async def _look_ahead(self) -> None:
        """See to it that no shard with something to do is without its job."""
        while not self._stopped.is_set():
            # Whatever it is: a shard that nobody looks at would stand still, and say nothing.
            with GoesOn(log, "looking ahead waits: %s"):
                await self._see_to(None)
            await self._pause(LOOK)

    async def _see_to(self, shards: Collection[int] | None) -> None:
        soon = self._soon()
        looked_at = await self.store.read(lambda tx: work.busy_shards(tx, soon, shards))
        if looked_at:
            # Our own job, which is ending, is one that runs.
            states = ["todo"] if shards else ["todo", "doing"]
            await self.store.run(lambda tx: self._defer(tx, looked_at, states))

    def _defer(
        self, tx: Tx, shards: Collection[int], states: Collection[str] = ("todo", "doing")
    ) -> None:
        locks = {f"plnbot/{shard}": shard for shard in sorted(shards)}
        asked = {"states": list(states), "locks": list(locks)}
        there = set(tx.execute(_HAVE_JOBS, asked).scalars()) if locks else set()
        for lock in locks.keys() - there:
            # Somebody else may do the same right now: then theirs counts.
            with contextlib.suppress(exceptions.AlreadyEnqueued), tx.conn.begin_nested():
                self._defer_one(tx.conn, lock, locks[lock])

    def _defer_one(self, connection: Connection, lock: str, shard: int) -> None:
        until = self.clock.now() + self.clock.passing(self.tenure)
        self._deferring.tasks["plnbot.run_due"].configure(
            lock=lock,
            queueing_lock=lock,
            connection=connection.connection.driver_connection,
        ).defer(shard=shard, until=until.isoformat())

    async def _take_shards(self) -> None:
        """Fetch as many shards at once as are this process's part among all that live."""
        part = work.SHARDS
        while not self._stopped.is_set():
            self._hand_back.clear()
            if self._stopped.is_set():
                return
            worker = asyncio.create_task(
                self._app.run_worker_async(
                    concurrency=part + 1,  # and one for what is periodic
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=LOOK.total_seconds(),
                    update_heartbeat_interval=self.patience.total_seconds() / 4,
                    stalled_worker_timeout=self.patience.total_seconds(),
                )
            )
            part = await self._other_part(part, worker)
            self._hand_back.set()
            worker.cancel()
            (ended,) = await asyncio.gather(worker, return_exceptions=True)
            if not isinstance(ended, asyncio.CancelledError):
                log.warning("shards are fetched again: %s", type(ended).__name__)
                await self._pause(LOOK)

    async def _other_part(self, part: int, worker: asyncio.Task[None]) -> int:
        """Wait until this process's part has changed for more than a moment; return it."""
        before = part
        while not self._stopped.is_set() and not worker.done():
            await self._pause(2 * LOOK)
            with GoesOn(log, "how many processes live is not known: %s"):
                now = await self._part()
                if now == before != part:
                    return now
                before = now
        return part

    async def _part(self) -> int:
        return ceil(work.SHARDS / await self._presence.how_many())

    async def _pause(self, real: timedelta) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(real.total_seconds()):
                await self._stopped.wait()

    def _soon(self) -> datetime:
        return self.clock.now() + self.clock.passing(AHEAD)
