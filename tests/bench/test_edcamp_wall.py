"""The wall of an EdCamp while people vote: how soon two hundred watchers see each vote, and what it takes."""

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright

from tests.bench.conftest import Print, percentile
from tests.bench.test_pages import Running, chromium, come_in
from tests.browser.conftest import started
from tests.browser.filled import Lobby
from tests.scenarios.lobby import Reading

__all__ = ["chromium"]
pytestmark = pytest.mark.bench
STREAMS, VOTERS, CARDS, TABS = 199, 200, 40, 40
SECONDS = float(os.environ.get("PLNBOT_TEST_WALL_SECONDS", "60"))
"""So long the votes come in."""
BOARD = {
    "title": "Spring EdCamp",
    "day": "in 3 days",
    "slots": "9:00–9:45\n10:00–10:45\n11:00–11:45\n1:00–1:45",
    "rooms": "\n".join(f"Room {n}" for n in range(1, 7)),
    "phases": "Requests: no\nCards: no\nVotes: now\nGrid: tomorrow 8 pm",
}
_VOTED = re.compile(rb'Have voted</dt><dd dir=\\"auto\\">(\d+)<')
_WATCH = """() => {
  const look = () => {
    const found = /have voted\\s*(\\d+)/i.exec(document.body.innerText);
    if (found) window.seen(Number(found[1]));
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@dataclass(slots=True)
class Watched:
    """When each number of voters was reached, and when each watcher saw that many or more."""

    voted_at: list[float] = field(default_factory=list)
    seen_at: list[list[float]] = field(default_factory=list)

    def watcher(self) -> int:
        """Return the number of a new watcher."""
        self.seen_at.append([])
        return len(self.seen_at) - 1

    def saw(self, watcher: int, many: int) -> None:
        """Note that a watcher sees that so many have voted."""
        now, seen = time.monotonic(), self.seen_at[watcher]
        seen += [now] * (many - len(seen))

    @property
    def late(self) -> list[list[float]]:
        """How late each watcher saw each vote, in seconds, by vote."""
        return [
            [max(0.0, seen[nth] - at) for seen in self.seen_at if len(seen) > nth]
            for nth, at in enumerate(self.voted_at)
        ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the bot keeps its data."""
    return tmp_path_factory.mktemp("wall")


@pytest.fixture(scope="module")
def bot(folder: Path) -> Iterator[Running]:
    """Run one."""
    with started(folder) as address:
        yield Running(address)


def used(folder: Path) -> tuple[float, float, float]:
    """Return how many MB the bot of this folder has by now, had at most, and its processor's seconds."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            ours = str(folder).encode() in (each / "cmdline").read_bytes()
            told = (each / "status").read_text()
            ticks = (each / "stat").read_text().rpartition(")")[2].split()[11:13]
        except OSError:
            continue
        if ours:
            now, most = (
                int(re.findall(rf"{name}:\s+(\d+)", told)[0]) / 1024 for name in ("VmRSS", "VmHWM")
            )
            return now, most, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    raise AssertionError("there is no such bot")


async def test_votes_on_the_wall(bot: Running, folder: Path, chromium: str, say: Print) -> None:
    """One browser and 199 streams watch while two hundred people vote, one after another."""
    async with _client(bot) as client:
        presses = await _ready(bot, client)
        before, _most, worked = used(folder)
        watched = Watched()
        async with _browser(bot, chromium, watched), _streams(bot, client, watched):
            began, gap = time.monotonic(), SECONDS / VOTERS
            for nth, (action, fields) in enumerate(presses):
                await asyncio.sleep(max(0.0, began + nth * gap - time.monotonic()))
                async with client.post(
                    bot.address + action,
                    data={**fields, "key": token_hex(8)},
                    headers={"X-Live": "1"},
                ) as answer:
                    assert answer.status == 200
                watched.voted_at.append(time.monotonic())
            took = time.monotonic() - began
            await _all_seen(watched)
        now, most, works = used(folder)
    last = [max(each) for each in watched.late]
    every = [one for each in watched.late for one in each]
    say(
        f"\n  {STREAMS} streams and a browser on a wall of {CARDS} cards, {VOTERS} votes in {took:.0f} s,"
        f" from the answer to a vote: p50 {percentile(every, 0.5) * 1000:,.0f} ms"
        f"   p99 {percentile(every, 0.99) * 1000:,.0f} ms;   the last watcher p50"
        f" {percentile(last, 0.5) * 1000:,.0f} ms   p99 {percentile(last, 0.99) * 1000:,.0f} ms"
        f"   latest {max(last) * 1000:,.0f} ms"
        f"\n  the bot's memory: {before:,.0f} MB before, {now:,.0f} MB after, {most:,.0f} MB at most;"
        f" {(works - worked) / VOTERS * 1000:.0f} ms of its processor time a vote"
    )
    assert {len(each) for each in watched.late} == {STREAMS + 1}


async def _all_seen(watched: Watched) -> None:
    async with asyncio.timeout(60):
        while min(map(len, watched.seen_at)) < VOTERS:  # noqa: ASYNC110 - another process shows it
            await asyncio.sleep(0.1)


@asynccontextmanager
async def _client(bot: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(
        headers={"Cookie": bot.cookie},
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
    ) as client:
        yield client


async def _ready(bot: Running, client: aiohttp.ClientSession) -> list[tuple[str, dict[str, str]]]:
    """Lay a board on which people vote; return what each of two hundred presses to do so once."""
    async with client.get(bot.opened_by):
        lobby = Lobby(bot.address, client)
    await lobby.says("maya", "/pln edcamp new")
    await lobby.fills("maya", **BOARD)
    authors = ("priya", "luis", "emma", "sam", "dwayne")
    for nth in range(CARDS):
        who, words = authors[nth % len(authors)], f"What we tried in term {nth + 1}, and why"
        await lobby.says(who, f"/pln edcamp card {words}")
        await lobby.fills(who, words=words, invites="discuss", leads="lead")
    presses = []
    for nth in range(VOTERS):
        handle = await come_in(bot, client, f"voter{nth}")
        page = Reading(await lobby.got(f"/as/{handle}/page/edcamp/1"))
        wanted = [each for each in page.sheets if each.label == "Interested"]
        sheet = wanted[nth % len(wanted)]
        presses.append((sheet.action, dict(sheet.fields)))
    return presses


@asynccontextmanager
async def _browser(bot: Running, chromium: str, watched: Watched) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page, me = await launched.new_page(), watched.watcher()
        await page.expose_function("seen", lambda many: watched.saw(me, many))
        await page.goto(bot.opened_by)
        await page.goto(f"{bot.address}/as/priya/page/edcamp_wall/1")
        await page.evaluate(_WATCH)
        yield page
        await launched.close()


@asynccontextmanager
async def _streams(
    bot: Running, client: aiohttp.ClientSession, watched: Watched
) -> AsyncIterator[None]:
    handles = [await come_in(bot, client, f"watcher{n}") for n in range(STREAMS // TABS + 1)]
    follow = [
        asyncio.create_task(_stream(bot, client, handles[n // TABS], watched))
        for n in range(STREAMS)
    ]
    await asyncio.sleep(3)
    yield
    for each in follow:
        each.cancel()
    await asyncio.gather(*follow, return_exceptions=True)


async def _stream(
    bot: Running, client: aiohttp.ClientSession, handle: str, watched: Watched
) -> None:
    me = watched.watcher()
    at = quote(f"/as/{handle}/live?page=edcamp_wall/1", safe="")
    async with client.get(f"{bot.address}/live?at={at}", read_bufsize=2**22) as answer:
        async for line in answer.content:
            if found := _VOTED.search(line):
                watched.saw(me, int(found[1]))
