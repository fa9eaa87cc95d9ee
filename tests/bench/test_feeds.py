"""Feeds: what a body costs beside plain feedparser, and a sweep beside bare aiohttp and another reader."""

import asyncio
import inspect
import io
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import feedparser
import feedparser_sgmllib
import pytest

from feeds.fetch import Caps, GuardedFetcher
from feeds.parsing import asked, in_child, read
from feeds.plain import feed_of
from feeds.reader import Reader
from plnbot.engine.children import Children
from plnbot.engine.heavy import Limits
from plnbot.errors import PlnError
from plnbot.fetching import Fetched
from plnbot.syndication import Known, Reading
from plnbot.testing import HeavyHere, StubFetcher
from tests.bench.conftest import Lateness, Print, percentile
from tests.bench.feed_documents import blog, podcast, videos
from tests.bench.feed_server import ETAG
from tests.bench.hostile_server import KINDS
from tests.feeds.web import AGENT, TestNames, fetching

pytestmark = pytest.mark.bench
ROUNDS = 12
FEEDS = 2000
AT_ONCE = 100
HOSTS = 200
FINE_HOSTS = [f"fine{at}.example" for at in range(40)]
MIB = 1024 * 1024
ADDRESS = "https://blog.example/feed"
DOCUMENTS = {"a blog": blog(), "a podcast": podcast(), "a channel": videos()}

AIMS = {"a blog": (8, 1.5), "a podcast": (8, 0.6), "a channel": (4, 0.6)}
"""How many times as fast one new item and all new are at least. Where there is hardly any HTML, plain
feedparser has nothing to clean, and ours cannot be faster than what it does itself."""


async def processor_seconds(does: Callable[[], object]) -> float:
    """Return the processor time that something takes, the least of several times."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        done = does()
        if inspect.isawaitable(done):
            await done
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_body_beside_plain_feedparser(name: str, say: Print) -> None:
    """The same, one new item, all new: each with all that there is to do, cleaning and crossing too."""
    body = DOCUMENTS[name]
    digests = read(body).digests
    plain = await processor_seconds(lambda: feedparser.parse(io.BytesIO(body)))

    def through(known: tuple[str, ...]) -> object:
        return feed_of(in_child(asked(body, ADDRESS, "", known), lambda _told: None))

    reader = Reader(StubFetcher(), HeavyHere())
    page = Fetched(200, {}, body, ADDRESS)
    known = (await reader.reading(page)).known

    same = await processor_seconds(lambda: reader.reading(page, known))
    one = await processor_seconds(lambda: through(digests[1:]))
    every = await processor_seconds(lambda: through(()))
    say(
        f"{name}, {len(body):,} bytes: plain feedparser {plain * 1000:.1f} ms; unchanged"
        f" {same * 1000:.2f} ms ({plain / same:,.0f} x), one new {one * 1000:.1f} ms ({plain / one:.1f} x),"
        f" all new {every * 1000:.1f} ms ({plain / every:.2f} x)"
    )
    least = AIMS[name]
    assert plain / same >= 40
    assert plain / one >= least[0]
    assert plain / every >= least[1]


async def test_bodies_through_the_children(say: Print) -> None:
    """A hundred changed blogs: how many a second two children do, and what the loop notices of it."""
    children = Children(2)
    reader = Reader(StubFetcher(), children)
    body, late = DOCUMENTS["a blog"], Lateness([0.0])
    digests = read(body).digests
    known = Known(digests=frozenset(digests[1:]))
    pages = [Fetched(200, {}, body + b" " * at, ADDRESS) for at in range(100)]
    await reader.reading(pages[0], known)
    began = time.perf_counter()
    with late.watching_the_loop():
        await asyncio.gather(*(reader.reading(each, known) for each in pages))
    taken = time.perf_counter() - began
    await children.close()
    say(f"one new item of thirty, in children: {100 / taken:,.0f} feeds/s; {late}")


@pytest.fixture
def server() -> Iterator[int]:
    """Run the server of feeds; give its port."""
    yield from _run("tests.bench.feed_server")


@pytest.fixture
def hostile_server() -> Iterator[int]:
    """Run the hostile servers; give their port."""
    yield from _run("tests.bench.hostile_server")


def _run(module: str) -> Iterator[int]:
    program = [sys.executable, "-m", module]
    with ExitStack() as ends:
        running = ends.enter_context(
            subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
        assert running.stdout is not None
        assert running.stdin is not None
        ends.callback(running.stdin.close)
        yield int(running.stdout.readline())


async def swept(fetch: Callable[[str], Awaitable[Any]], addresses: list[str]) -> float:
    """Return how many feeds a second of this process's own time are asked for, so many at once."""
    waiting = iter(addresses)

    async def one_after_another() -> None:
        for each in waiting:
            await fetch(each)

    began = time.process_time()
    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    return len(addresses) / (time.process_time() - began)


async def test_a_sweep_of_feeds_that_have_not_changed(
    server: int, say: Print, tmp_path: Path
) -> None:
    """Two thousand feeds on two hundred hosts answer 304: ours, bare aiohttp, lemon24's reader."""
    hosts = [f"h{at}.example" for at in range(HOSTS)]
    names = TestNames({each: ["127.0.0.1"] for each in hosts})
    addresses = [f"http://{hosts[at % HOSTS]}:{server}/{at}" for at in range(FEEDS)]
    caps = Caps(connections=AT_ONCE)
    web = GuardedFetcher(AGENT, frozenset(hosts), caps, names)
    reader = Reader(web, HeavyHere())
    known = Known({"If-None-Match": ETAG})

    async def ours(address: str) -> Reading:
        reading = await reader.read(address, known)
        assert reading.unchanged
        return reading

    connector = aiohttp.TCPConnector(limit=AT_ONCE, resolver=names)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def bare(address: str) -> bytes:
            async with session.get(address, headers={"If-None-Match": ETAG}) as answer:
                assert answer.status == 304
                return await answer.read()

        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(6):
            rates["bare"].append(await swept(bare, addresses))
            rates["ours"].append(await swept(ours, addresses))
    await web.close()
    theirs = await asyncio.to_thread(_reader, server, tmp_path / "reader.sqlite")
    mine, nothing = max(rates["ours"]), max(rates["bare"])
    say(
        f"unchanged (304): ours {mine:,.0f} feeds/s, bare aiohttp {nothing:,.0f}/s ({mine / nothing:.0%}),"
        f" lemon24/reader {theirs:,.0f}/s ({mine / theirs:.1f} x)"
    )
    assert mine >= 0.8 * nothing
    assert mine >= 5 * theirs


@contextmanager
def used_by_the_loop() -> Iterator[list[float]]:
    """Yield how much processor time the loop's thread took from one tick to the next.

    However busy others keep the machine, that is what the loop itself was held up for.
    """
    used = [0.0]

    async def tick() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.001)
            used.append(time.thread_time() - before)

    ticking = asyncio.get_running_loop().create_task(tick())
    try:
        yield used
    finally:
        ticking.cancel()


async def test_a_sweep_with_hostile_feeds(hostile_server: int, say: Print) -> None:
    """Every hostile server and document at once beside fine feeds: what the loop and memory notice.

    A tick stands for a chat that runs meanwhile: how late it is, with and without them.
    """
    hosts = list(KINDS)
    quiet, busy = Lateness([0.0]), Lateness([0.0])
    names = TestNames({each: ["127.0.0.1"] for each in (*hosts, *FINE_HOSTS)})
    children = Children(2)
    limits = Limits(512 * MIB, timedelta(seconds=3), timedelta(seconds=60))
    caps = Caps(seconds=20, answer=5, idle=5)
    async with fetching(*hosts, *FINE_HOSTS, names=names, caps=caps) as web:
        reader = Reader(web, children, limits)

        async def fine(host: str) -> int:
            reading = await reader.read(f"http://{host}:{hostile_server}/feed")
            return len(reading.feed.items) if reading.feed else 0

        async def hostile(host: str) -> str:
            try:
                reading = await reader.read(f"http://{host}:{hostile_server}/feed")
            except PlnError as error:
                return type(error).__name__
            return "read" if reading.feed else str(reading.status)

        with quiet.watching_the_loop(), used_by_the_loop() as alone:
            await asyncio.gather(*map(fine, FINE_HOSTS))
        with busy.watching_the_loop(), used_by_the_loop() as beside:
            read, ends = await asyncio.gather(
                asyncio.gather(*map(fine, FINE_HOSTS)), asyncio.gather(*map(hostile, hosts))
            )
    await children.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"{len(hosts)} hostile feeds: {dict(Counter(ends))}; {len(read)} fine ones all read; the loop is"
        f" busy with one thing for {max(beside) * 1000:.0f} ms at the longest, without them"
        f" {max(alone) * 1000:.0f} ms; a tick late by p99 {percentile(busy.blocks, 0.99) * 1000:.1f} ms, without"
        f" them {percentile(quiet.blocks, 0.99) * 1000:.1f} ms; memory {memory:.0f} MB"
    )
    assert read == [10] * len(FINE_HOSTS)
    assert memory < 512
    assert max(beside) < 0.12  # the aim is 0.1


def _reader(port: int, path: Path) -> float:
    """Return how many feeds that have not changed lemon24's reader updates in a second of its time."""
    # It brings a copy of feedparser that looks for a module by the name it had before.
    sys.modules.setdefault("sgmllib", feedparser_sgmllib)
    from reader import make_reader

    count = FEEDS // 4
    with make_reader(str(path)) as reader:
        for at in range(count):
            reader.add_feed(f"http://127.0.0.1:{port}/{at}")
        reader.update_feeds(workers=10, scheduled=False)
        began = time.process_time()
        reader.update_feeds(workers=10, scheduled=False)
        return count / (time.process_time() - began)
