"""Whoever watches over the bot learns how it is; nobody else does, and nothing about people."""

import contextlib
import json
import re
import resource
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from adapters.web.watched import Watched
from plnbot.engine import unheard
from plnbot.engine.ports import Ongoing, Outgoing, Rejected
from plnbot.engine.store import inbox
from plnbot.engine.unheard import Why
from plnbot.operate.health import Health
from plnbot.operate.metrics import CountedStore, Exposition, Tally
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.sqlite import SqliteStore
from plnbot.testing import RecordingSender
from tests.browser.conftest import started
from tests.engine.conftest import House, house
from tests.engine.test_runner_running import running

__all__ = ["house"]
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Line:
    """A platform's connection that may be down."""

    connected: bool
    sender: RecordingSender
    trouble: str = ""

    async def start(self) -> None:
        """Begin."""

    async def stop(self) -> None:
        """End."""


def health(house: House, url: str, line: Line | None = None) -> Health:
    """Return a house's health."""
    connections = {"test": line} if line else {}
    return Health(url, house.store, house.clock, house.runner, connections, Tally())


async def look(looked_at: Health) -> Mapping[str, str]:
    """Let the heart beat once and look."""
    await looked_at.beat()
    return await looked_at.ready()


async def test_a_bot_that_runs_is_ready(house: House, database_url: str) -> None:
    """Every part is well, and each platform is named."""
    line = Line(connected=True, sender=house.platform)
    async with running(house):
        await house.store.run(lambda _tx: None)
        ready = await look(health(house, database_url, line))
    assert ready == {"database": "ok", "schema": "ok", "work": "ok", "test": "ok"}


async def test_what_is_wrong_is_said_part_by_part(house: House, database_url: str) -> None:
    """A loop that stands still, a lost connection, a schema of another version."""
    await house.store.run(
        lambda tx: tx.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    )
    house.runner.passed_at = -1000.0
    ready = await look(health(house, database_url, Line(connected=False, sender=house.platform)))
    assert ready == {
        "database": "ok",
        "schema": "is not this version's",
        "work": "stands still",
        "test": "not connected",
    }
    line = Line(connected=False, sender=house.platform, trouble="its token is refused")
    ready = await look(health(house, database_url, line))
    assert ready["test"] == "not connected: its token is refused"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_cannot_be_written(house: House, database_url: str) -> None:
    """Reading alone is not enough."""
    store = SqliteStore(database_url, busy_timeout=timedelta(milliseconds=20))
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    holder.execute("BEGIN IMMEDIATE")
    looked_at = health(house, database_url)
    looked_at.store = store
    try:
        assert (await look(looked_at))["database"] == "cannot be written"
    finally:
        holder.close()
    assert (await looked_at.ready())["database"] == "cannot be written"
    assert (await look(looked_at))["database"] == "ok"
    await store.close()


@contextlib.contextmanager
def no_room_beyond(file: Path) -> Iterator[None]:
    """Let no file of this process grow beyond the size of this one, within the block."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_look_writes_nothing(house: House, database_url: str) -> None:
    """However often somebody looks, what is written is the heart's beat alone."""
    looked_at = health(house, database_url)
    assert (await looked_at.ready())["database"] == "has not been written lately"
    assert (await look(looked_at))["database"] == "ok"

    def everything(tx: Tx) -> list[tuple[object, ...]]:
        return [tuple(row) for row in tx.execute(select(inbox))]

    before = await house.store.read(everything)
    units = CountedStore(house.store, looked_at.tally)
    looked_at.store = units
    for _ in range(20):
        house.clock.advance(MINUTE)
        assert (await looked_at.ready())["database"] == "ok"
        await looked_at.metrics()
    assert await house.store.read(everything) == before
    assert ("write",) not in looked_at.tally.units
    await looked_at.beat()
    assert await house.store.read(everything) != before


async def test_a_heart_that_stands_still_is_noticed(
    house: House, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went well long ago says nothing of now."""
    looked_at = health(house, database_url)
    await looked_at.beat()
    monkeypatch.setattr(looked_at, "_beaten_at", time.monotonic() - 60)
    assert (await looked_at.ready())["database"] == "has not been written lately"


async def test_a_database_that_is_read_only(house: House, database_url: str) -> None:
    """It can be read, and that is not enough."""
    read_only = {
        "sqlite": "PRAGMA query_only=ON",
        "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    }

    def shut(tx: Tx) -> None:
        tx.conn.exec_driver_sql(read_only[tx.dialect])

    await house.store.run(shut)
    assert (await look(health(house, database_url)))["database"] == "cannot be written"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_noticed_and_its_end_too(house: House, database_url: str) -> None:
    """Beginning and committing nothing goes well on a full disk, and it is not ready all the same."""
    looked_at = health(house, database_url)
    assert (await look(looked_at))["database"] == "ok"
    with no_room_beyond(Path(database_url.removeprefix("sqlite:///") + "-wal")):
        await house.store.run(lambda _tx: None)
        house.clock.advance(MINUTE)
        assert (await look(looked_at))["database"] == "cannot be written"
    assert (await look(looked_at))["database"] == "ok"


async def test_what_happens_is_counted(house: House) -> None:
    """Work, lateness, sends and units, by kind and outcome, in Prometheus' own form."""
    tally = Tally()
    house.runner.tools.observer = tally
    house.runner.tools.store = CountedStore(house.store, tally)

    def answer(outgoing: Outgoing) -> Rejected | None:
        return Rejected("no") if outgoing.key == "bad" else None

    house.platform.answer = answer
    await house.post("good")
    await house.after(MINUTE)
    await house.post("bad")
    await house.after(timedelta())
    families = {
        each.name: each
        for each in text_string_to_metric_families(
            Exposition(tally, {"due": 3, "parked": 1}).text().decode()
        )
    }

    def value(family: str, sample: str, **labels: str) -> float:
        return next(
            each.value
            for each in families[family].samples
            if each.name == sample and labels.items() <= each.labels.items()
        )

    assert value("plnbot_work", "plnbot_work", state="due") == 3
    assert value("plnbot_sends", "plnbot_sends_total", outcome="sent", platform="test") == 1
    assert value("plnbot_sends", "plnbot_sends_total", outcome="rejected") == 1
    late = "plnbot_work_late_seconds"
    assert value(late, f"{late}_bucket", le="15.0") == 1
    assert value(late, f"{late}_bucket", le="60.0") == 2
    assert value(late, f"{late}_sum") == 60
    assert value("plnbot_work_tries", "plnbot_work_tries_total", outcome="done") == 1
    assert value("plnbot_work_tries", "plnbot_work_tries_total", outcome="refused") == 1
    assert value("plnbot_unit_seconds", "plnbot_unit_seconds_count", how="write") >= 4
    assert "process_resident_memory_bytes" in families


async def test_what_cannot_be_heard_is_said(house: House, database_url: str) -> None:
    """Rooms by why they could not be read, and a platform that does not reach us; nothing is named."""
    now = house.clock.now()
    rooms = [Place("test", "w", each) for each in ("a", "b", "c", "d")]

    def note(tx: Tx) -> None:
        for each, why in zip(
            rooms, (Why.CLOSED, Why.CLOSED, Why.TROUBLE, Why.NOT_YET), strict=True
        ):
            unheard.note(tx, Ongoing(each, now), now, now)
            unheard.not_read(tx, each, why, told=False)
        unheard.note(tx, Ongoing(Place("other", "", ""), now), now, None)
        unheard.note(tx, Ongoing(Place("third", "w", "a"), now), None, None)

    await house.store.run(note)
    assert await health(house, database_url).unheard() == {
        "test": "2 rooms or threads closed to the bot;"
        " 1 rooms or threads that test does not let it read for now",
        "other": f"nothing since {now.isoformat(timespec='seconds')}",
    }


class Well:
    """Somebody in the best of health."""

    def __init__(self, **parts: str) -> None:
        self.parts = parts

    async def ready(self) -> Mapping[str, str]:
        """Return how each part is."""
        return self.parts

    async def unheard(self) -> Mapping[str, str]:
        """Return that one room is closed."""
        return {"slack": "1 rooms or threads closed to the bot"}

    async def metrics(self) -> bytes:
        """Return nothing much."""
        return b"x 1\n"


@pytest.mark.parametrize(
    ("peer", "headers", "reads"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("::ffff:127.0.0.1", {}, True),
        ("10.1.2.3", {}, True),
        ("fd00::7%eth0", {}, True),
        ("192.168.1.1", {}, False),
        ("8.8.8.8", {}, False),
        ("", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "8.8.8.8"}, False),
        ("10.1.2.3", {"Forwarded": "for=8.8.8.8"}, False),
        ("127.0.0.1", {"X-Real-IP": "8.8.8.8"}, False),
        ("127.0.0.1", {"CF-Connecting-IP": "8.8.8.8"}, False),
        ("127.0.0.1", {"Host": "127.0.0.1:8477"}, True),
        ("127.0.0.1", {"Host": "LOCALHOST:8477"}, True),
        ("::1", {"Host": "[::1]:8477"}, True),
        ("10.1.2.3", {"Host": "10.9.8.7:8477"}, True),
        ("fd00::7", {"Host": "[fd00::8]"}, True),
        ("10.1.2.3", {"Host": "pln.example.org"}, True),
        ("10.1.2.3", {"Host": "bot.internal:8477"}, True),
        ("127.0.0.1", {"Host": "evil.example:8477"}, False),
        ("127.0.0.1", {"Host": "127.0.0.1.evil.example"}, False),
        ("127.0.0.1", {"Host": "pln.example.org.evil.example"}, False),
        ("10.1.2.3", {"Host": "["}, False),
        ("127.0.0.1", {"Host": ""}, False),
    ],
)
async def test_who_may_read(peer: str, headers: dict[str, str], *, reads: bool) -> None:
    """This machine and the networks that are named, by our names, and nobody through a proxy."""
    networks = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    watched = Watched(Well(), networks, frozenset({"pln.example.org", "bot.internal"}))
    request = make_mocked_request("GET", "/metrics", headers=headers).clone(remote=peer)
    for handler in (watched.alive, watched.ready, watched.metrics):
        if reads:
            assert (await handler(request)).status == 200
        else:
            with pytest.raises(web.HTTPNotFound):
                await handler(request)


async def test_not_ready_is_503() -> None:
    """What is wrong is in the answer, for whoever may read it."""
    app = web.Application()
    app.add_routes(Watched(Well(database="ok", slack="not connected")).routes())
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/readyz")
        assert response.status == 503
        assert await response.json() == {
            "ready": False,
            "parts": {"database": "ok", "slack": "not connected"},
            "unheard": {"slack": "1 rooms or threads closed to the bot"},
        }


def get(address: str, **headers: str) -> tuple[int, str]:
    """Fetch an address."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - our own address
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_real_bot_is_watched(tmp_path: Path) -> None:
    """Alive, ready, counted; through a proxy there is no such page; nobody's name is in it."""
    with started(tmp_path) as opens:
        address, _, key = opens.partition("/?")
        assert get(f"{address}/healthz") == (200, "ok\n")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        for _ in range(2):
            browser.open(f"{address}/as/priya/room/chat-night?{key}", timeout=10).close()
        status, ready = get(f"{address}/readyz")
        metrics = get(f"{address}/metrics")[1]
        passed_on = get(f"{address}/metrics", **{"X-Forwarded-For": "8.8.8.8"})[0]
        rebound = [
            get(f"{address}{path}", Host="evil.example")
            for path in ("/healthz", "/readyz", "/metrics")
        ]
    assert (status, json.loads(ready)["ready"]) == (200, True)
    assert passed_on == 404
    assert {each for each, _page in rebound} == {404}
    assert not any(page == "ok\n" or "plnbot_" in page for _status, page in rebound)
    assert 'plnbot_interaction_seconds_count{kind="joined",outcome="answered"} 2.0' in metrics
    assert "process_open_fds" in metrics
    for name in ("priya", "Priya", "lobby", "chat-night", "Our learning network"):
        assert not re.search(name, metrics)


def test_prometheus_is_loaded_only_when_asked() -> None:
    """A start does not pay for it."""
    program = "import plnbot.app, sys; sys.exit('prometheus_client' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
