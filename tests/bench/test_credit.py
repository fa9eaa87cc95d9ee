"""Credit: a long chain looked through, a long queue opened, a hundred transcripts made beside a live chat."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from plnbot.credit.model.chain import BEGINNING, Head, flaws, hashed
from plnbot.credit.model.standing import Claim, Entry, Flow, Standing
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import Queue
from plnbot.credit.store.verifying import chain_flaws
from plnbot.engine.clock import SystemClock
from plnbot.engine.heavy import Limits
from plnbot.engine.routes import Routes
from plnbot.engine.runner import Runner, Tools
from plnbot.members.actions import Members
from plnbot.members.store import member
from plnbot.papers.pdf import make
from plnbot.store.database import Tx
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.testing import seeded_random
from tests.bench.conftest import Print, percentile
from tests.bench.test_outside import wait_of_writers
from tests.credit.test_documents import GIVEN

pytestmark = pytest.mark.bench
NOW = datetime(2026, 11, 23, tzinfo=UTC)
EVENTS, WAITING, TRANSCRIPTS = 200_000, 10_000, 100
FACTS = '{"agreed":[],"approvals":[4],"flow":[0,1],"kind":"plc","minutes":90,"policies":["us-tx@2026.1"],"standing":"approved"}'


def test_a_chain_is_verified_at_100_000_events_a_second() -> None:
    """Each event's text is put together and hashed again, as `plnbot verify ledger` does."""
    rows, before = [], BEGINNING
    for seq in range(1, EVENTS + 1):
        row = (1, seq, seq * 1000, "approve", seq, 3, 4, FACTS, "")
        before = hashed(before, row)
        rows.append((*row, before))
    began = time.process_time()
    assert not list(flaws(rows, {1: Head(EVENTS, before)}, {}))
    rate = EVENTS / (time.process_time() - began)
    print(f"a chain of {EVENTS:,} events: {rate:,.0f} a second")
    assert rate >= 100_000


def fill(tx: Tx) -> None:
    """Let nine of ten people send in as many as wait for the first."""
    tx.execute(
        text(
            "INSERT INTO network (id, name, locale, zone, created_at, off) VALUES (1, 'N', 'en', 'UTC', 0, '')"
        )
    )
    for number in range(1, 11):
        values = {
            "id": number,
            "network_id": 1,
            "name": f"T{number}",
            "locale": "en",
            "zone": "UTC",
            "profile": {},
            "created_at": NOW,
        }
        tx.execute(insert(member).values(values))
    for number in range(WAITING):
        who = 2 + number % 9
        started = NOW - timedelta(hours=2 + number)
        claim = Claim("workshop", started, started + timedelta(hours=1), 60)
        new = ledger.new_number(tx, 1, who, NOW)
        it = Entry(new, 1, who, Standing.WAITING, claim, Flow())
        ledger.write(tx, "submit", it, who, NOW, said={"title": f"Workshop {number}"})


async def test_a_queue_of_ten_thousand_opens(tmp_path: Path) -> None:
    """The first fifty with their words, and how many there are; and the chain, as it lies on the disk."""
    url = f"sqlite:///{tmp_path / 'queue.sqlite3'}"
    migrate(url)
    store = open_store(url)

    await store.run(fill)
    queue = Queue(1, select(member.c.id), {1})

    def opened(tx: Tx) -> int:
        assert len(queue.first(tx, 50)) == 50
        return queue.count(tx)

    await store.read(opened)
    began = time.perf_counter()
    many = await store.read(opened)
    took = time.perf_counter() - began
    print(f"a queue of {many:,} opens in {took * 1000:.0f} ms")
    began = time.process_time()
    assert not await store.read(lambda tx: list(chain_flaws(tx, {})))
    rate = WAITING / (time.process_time() - began)
    print(f"a chain on the disk: {rate:,.0f} events a second of processor time")
    await store.close()
    assert took <= 0.2


async def test_a_hundred_transcripts_beside_a_live_chat(durable_url: str, say: Print) -> None:
    """Made in child processes: what a chat does meanwhile, one small unit after another, does not wait for them."""
    store = open_store(durable_url)
    runner = Runner(Tools(store, SystemClock(), Routes(), Members(), {}, seeded_random()))
    heavy, function = runner.tools.heavy, f"{make.__module__}:{make.__name__}"

    async def all_made() -> None:
        limits = Limits(memory=2 * 1024**3)
        await asyncio.gather(*(heavy.run(function, GIVEN, limits) for _ in range(TRANSCRIPTS)))

    before = await wait_of_writers(store, asyncio.sleep(2))
    began = time.perf_counter()
    meanwhile = await wait_of_writers(store, all_made())
    took = time.perf_counter() - began
    say(f"\n{durable_url.partition(':')[0]}: {TRANSCRIPTS} transcripts in {took:.0f} s")
    say(f"  nothing    {before}\n  meanwhile  {meanwhile}")
    await heavy.close()
    await store.close()
    assert percentile(meanwhile.late, 0.99) < 1
