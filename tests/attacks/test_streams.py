"""Pages that follow what happens, by the thousand: there is an end to them, and others are served."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from urllib.parse import urlencode

import pytest

from tests.attacks.conftest import DESCRIPTORS
from tests.attacks.running import Row, Running, running, withstood
from tests.attacks.test_requests import post
from tests.faults.conftest import LONG

pytestmark = pytest.mark.faults
TRIED = 3_000 if LONG else 450
FIT = 1_000 if LONG else (DESCRIPTORS - 256) // 2
A_MEMBER = 50
SAID = 10 if LONG else 2


@pytest.fixture
def lively(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a bot for as many streams as one has room for."""
    folder = tmp_path_factory.mktemp("lively") / "data"
    with running(folder, descriptors=10_000 if LONG else DESCRIPTORS) as started:
        yield started


async def got(bot: Running, path: str) -> str:
    """Return a page."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{bot.cookie}\r\n"
    reader, writer = await bot.connect()
    writer.write(request.encode())
    page = (await reader.read()).decode()
    writer.close()
    return page


async def sent(bot: Running, page: str, action: str, **fields: str) -> str:
    """Send one of a page's forms; return the answer's head."""
    csrf = re.search(rf'action="{action}".*?name="csrf" value="(\w+)"', page, re.DOTALL)
    assert csrf is not None
    body = urlencode({"csrf": csrf[1], **fields}).encode()
    cookie = [bot.cookie.strip()] if bot.cookie else []
    answer = await bot.answer(post(body, "application/x-www-form-urlencoded", *cookie, path=action))
    return answer.decode()


async def members(bot: Running, count: int) -> list[str]:
    """Bring some people into the lobby; return their handles."""
    front = await got(bot, "/")
    found = []
    for number in range(count):
        answer = await sent(bot, front, "/someone", name=f"Member {number}", zone="UTC")
        where = re.search(r"Location: /as/(\S+)", answer)
        assert where is not None, answer
        found.append(where[1])
    return found


async def followed(
    bot: Running, handles: list[str], count: int
) -> AsyncIterator[tuple[bytes, asyncio.StreamWriter]]:
    """Open a room's stream many times, for one member after another; yield each one's status."""
    for number in range(count):
        handle = handles[number // A_MEMBER]
        reader, writer = await bot.connect()
        path = f"/as/{handle}/live?room=chat-night"
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{bot.cookie}\r\n"
        writer.write(head.encode())
        yield (await reader.readuntil(b"\r\n\r\n"))[9:12], writer


async def test_streams(lively: Running, attacked: Callable[[Row], None]) -> None:
    """What is too much is refused, and a page is there at once while all of them are told something."""
    bot = lively
    handles = await members(bot, TRIED // A_MEMBER)
    open_: list[asyncio.StreamWriter] = []
    statuses = []
    async for status, writer in followed(bot, handles, TRIED):
        statuses.append(status)
        open_.append(writer)
    assert statuses == [b"200"] * FIT + [b"503"] * (TRIED - FIT)
    room = f"/as/{handles[0]}/room/chat-night"
    page = await got(bot, room)

    async def attack() -> int:
        for number in range(SAID):
            said = await sent(
                bot, page, f"{room}/say", key=f"{number}{page[:9]}", words="hello all"
            )
            assert said.startswith("HTTP/1.1 303"), said[:200]
            await asyncio.sleep(0.5)
        return TRIED

    attacked(await withstood(bot, "open pages that follow a room", attack))
    for writer in open_:
        writer.close()
