"""Pages as browsers have them: Lighthouse's marks for each, and how soon two hundred see a change."""

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright

from adapters.web.lobby_key import cookie_of
from tests.bench.conftest import Print, percentile
from tests.browser.conftest import NAMES, started
from tests.browser.filled import PAGES, Lobby, fill
from tests.conftest import without

pytestmark = pytest.mark.bench
PACKAGE = "lighthouse@12.2.3"
ACCESSIBILITY, PERFORMANCE = 1.0, 0.95
TRIES = 3
WATCHERS, CHANGES = 199, 20
SOON = 1.0


@dataclass(frozen=True, slots=True)
class Running:
    """A lobby in which something stands on every page."""

    opened_by: str

    @property
    def address(self) -> str:
        """Where its pages are."""
        return self.opened_by.partition("/?")[0]

    @property
    def cookie(self) -> str:
        """What a browser sends that has opened it."""
        key = parse_qs(urlsplit(self.opened_by).query)["key"][0]
        return f"{cookie_of(key)}={key}"


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run one, for all that is measured here."""
    with started(tmp_path_factory.mktemp("pages")) as address:
        asyncio.run(fill(address))
        yield Running(address)


@pytest.fixture(scope="module")
def chromium() -> str:
    """Return the machine's own Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        without("there is no Chromium here (Debian's package is called chromium)")
    return found


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return it, from npm, in a folder of its own."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        without("there is no Node here")
    folder = tmp_path_factory.mktemp("lighthouse")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", PACKAGE]
    done = subprocess.run(install, cwd=folder, check=False, capture_output=True, timeout=300)
    if done.returncode:
        without(f"npm could not install {PACKAGE}")
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


@pytest.mark.parametrize("path", PAGES)
def test_marks(lobby: Running, lighthouse: Path, chromium: str, path: str, say: Print) -> None:
    """Print what Lighthouse gives a page on a phone; of some tries the best, as others use this machine."""
    marks = (0.0, 0.0)
    for _try in range(TRIES):
        marks = max(marks, _marks(lobby, lighthouse, chromium, path))
        if marks >= (ACCESSIBILITY, PERFORMANCE):
            break
    accessibility, performance = marks
    say(f"  {path:42} accessibility {accessibility:4.0%}   performance {performance:4.0%}")
    assert accessibility >= ACCESSIBILITY
    assert performance >= PERFORMANCE


def _marks(lobby: Running, lighthouse: Path, chromium: str, path: str) -> tuple[float, float]:
    command = [
        *("node", str(lighthouse), lobby.address + path, "--quiet", "--output=json"),
        "--only-categories=performance,accessibility",
        "--screenEmulation.mobile",
        *("--screenEmulation.width=390", "--screenEmulation.height=844"),
        "--screenEmulation.deviceScaleFactor=2",
        f"--extra-headers={json.dumps({'Cookie': lobby.cookie})}",
        "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    told = json.loads(done.stdout)["categories"]
    return float(told["accessibility"]["score"]), float(told["performance"]["score"])


@pytest.mark.parametrize("follows", ["room=chat-night&rev=0", "page=chat/1"], ids=["room", "page"])
async def test_watchers(lobby: Running, chromium: str, follows: str, say: Print) -> None:
    """Print how soon a change is seen by one browser and 199 others who follow the same."""
    seen: list[float] = []
    said_at: dict[int, float] = {}
    jar = aiohttp.DummyCookieJar()
    async with (
        aiohttp.ClientSession(
            headers={"Cookie": lobby.cookie},
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=jar,
            timeout=aiohttp.ClientTimeout(total=None),
        ) as client,
        async_playwright() as playwright,
    ):
        people = [f"w{number}" for number in range(WATCHERS // 40 + 1)]
        handles = [await come_in(lobby, client, each) for each in people]
        watching = [
            asyncio.create_task(_watch(lobby, client, handles[n // 40], follows, said_at, seen))
            for n in range(WATCHERS)
        ]
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = await browser.new_page()
        await page.goto(lobby.opened_by)
        where = "room/chat-night" if follows.startswith("room") else "page/chat/1"
        await page.goto(f"{lobby.address}/as/priya/{where}")
        await asyncio.sleep(3)
        talking = Lobby(lobby.address, client)
        in_browser = [await _said(talking, page, number, said_at) for number in range(CHANGES)]
        await asyncio.sleep(2)
        for each in watching:
            each.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await browser.close()
    late = sorted(seen + in_browser)
    p50, p99 = percentile(late, 0.5), percentile(late, 0.99)
    say(
        f"\n  {WATCHERS} streams and a browser, {CHANGES} changes of a {follows[:4]}: p50"
        f" {p50 * 1000:,.0f} ms   p99 {p99 * 1000:,.0f} ms   last {late[-1] * 1000:,.0f} ms"
        f"   seen {len(seen)} of {WATCHERS * CHANGES}"
    )
    assert len(seen) == WATCHERS * CHANGES
    assert p99 <= SOON


async def come_in(lobby: Running, client: aiohttp.ClientSession, name: str) -> str:
    """Come into the lobby as somebody new; return their handle."""
    async with client.get(lobby.address + "/") as answer:
        csrf = (await answer.text()).split('name="csrf" value="')[1].split('"')[0]
    data = {"csrf": csrf, "name": name, "zone": "America/New_York"}
    async with client.post(lobby.address + "/someone", data=data, allow_redirects=False) as answer:
        return answer.headers["Location"].removeprefix("/as/")


async def _watch(
    lobby: Running,
    client: aiohttp.ClientSession,
    handle: str,
    follows: str,
    said_at: dict[int, float],
    seen: list[float],
) -> None:
    """Follow, and note when each change is seen for the first time."""
    at = quote(f"/as/{handle}/live?{follows}", safe="")
    waiting = set(range(CHANGES))
    async with client.get(f"{lobby.address}/live?at={at}", read_bufsize=2**22) as answer:
        async for line in answer.content:
            if not line.startswith(b"data: "):
                continue
            now = time.monotonic()
            here = {n for n in waiting & said_at.keys() if b"change %d of many" % n in line}
            waiting -= here
            seen += [now - said_at[n] for n in here]


async def _said(lobby: Lobby, page: Page, number: int, said_at: dict[int, float]) -> float:
    """Answer once more, and return how soon the browser shows it."""
    words = f"change {number} of many"
    said_at[number] = time.monotonic()
    await lobby.says("luis", f"A1 {words}")
    await page.get_by_text(words).first.wait_for()
    return time.monotonic() - said_at[number]
