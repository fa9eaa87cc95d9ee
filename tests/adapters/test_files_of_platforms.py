"""Files that lie with Slack and Discord: only from their own hosts, only whole, only what fits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.discord.files import DiscordFiles
from adapters.slack.calls import Calls
from adapters.slack.files import SlackFiles
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken
from plnbot.errors import Refused, Unavailable
from plnbot.talk import limits
from plnbot.talk.uploads import AwaitedFile
from plnbot.talk.words import Sentence

FILE = AwaitedFile("a.txt", 5, "F1")
NO_RIGHT, TOO_LARGE = "does not let me read files", "This file is too large."


@dataclass(slots=True)
class Elsewhere:
    """A platform: what it tells of a file, and how it gives it."""

    told: Json = field(default_factory=dict)
    status: int = 200
    body: bytes = b"hello"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    async def info(self, _request: web.Request) -> web.Response:
        """Tell of a file."""
        if "error" in self.told:
            return web.json_response({"ok": False, **self.told})
        file = {"size": 5, "url_private_download": f"{self.address}/f/1", **self.told}
        return web.json_response({"ok": True, "file": file})

    async def give(self, request: web.Request) -> web.StreamResponse:
        """Give it."""
        self.asked.append(request.headers.get("Authorization", ""))
        return web.Response(status=self.status, body=self.body, headers=self.headers)

    async def endless(self, request: web.Request) -> web.StreamResponse:
        """Give something without an end."""
        response = web.StreamResponse()
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            await response.write(b"x" * 65536)
        return response


@pytest.fixture
async def there() -> AsyncIterator[Elsewhere]:
    """Yield a platform on this machine."""
    made = Elsewhere()
    app = web.Application()
    app.router.add_post("/api/files.info", made.info)
    app.router.add_get("/f/1", made.give)
    app.router.add_get("/f/endless", made.endless)
    async with TestServer(app) as server:
        made.address = str(server.make_url("")).rstrip("/")
        yield made


async def of_slack(there: Elsewhere) -> bytes:
    """Read a file of Slack."""
    calls = Calls(OneToken("xoxb-1"), f"{there.address}/api/")
    try:
        return await SlackFiles(calls).read("T1", FILE, limits.FILE_BYTES)
    finally:
        await calls.close()


async def of_discord(there: Elsewhere, path: str = "/f/1", most: int = limits.FILE_BYTES) -> bytes:
    """Read a file of Discord."""
    files = DiscordFiles(frozenset({there.address}))
    file = AwaitedFile("a.txt", 5, path if "://" in path else there.address + path)
    return await files.read("G1", file, most)


def words(refused: Refused) -> str:
    """Return what a person reads."""
    assert isinstance(refused.message, Sentence)
    return refused.message.source


async def test_a_file_is_read(there: Elsewhere) -> None:
    """Slack's with the bot's token, Discord's without any."""
    assert await of_slack(there) == b"hello"
    assert await of_discord(there) == b"hello"
    assert there.asked == ["Bearer xoxb-1", ""]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"error": "missing_scope", "needed": "files:read"}, NO_RIGHT),
        ({"error": "file_not_found"}, "Slack has this file no more."),
        ({"error": "file_deleted"}, "Slack has this file no more."),
        ({"mode": "external"}, "Slack only has a link to this file."),
        ({"is_external": True}, "Slack only has a link to this file."),
        ({"size": limits.FILE_ELSEWHERE + 1}, TOO_LARGE),
        ({"size": "5"}, TOO_LARGE),
    ],
)
async def test_what_slack_tells_of_a_file_may_end_it(
    there: Elsewhere, told: Json, said: str
) -> None:
    """Before a byte of it is fetched."""
    there.told = told
    with pytest.raises(Refused) as refused:
        await of_slack(there)
    assert words(refused.value).startswith(said) or said in words(refused.value)
    assert there.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/f/1",
        "http://files.slack.com.evil.example/f/1",
        "file:///etc/passwd",
        "http://127.0.0.1:1/f/1",
        "http://user@[::1/",
        "",
    ],
)
async def test_the_token_goes_to_slack_alone(there: Elsewhere, url: str) -> None:
    """Wherever a file is said to lie; it may yet come to lie where it should."""
    there.told = {"url_private_download": url, "url_private": url}
    with pytest.raises(Unavailable):
        await of_slack(there)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<!DOCTYPE html><title>Sign in to Slack</title>", Refused),
        (302, b"", Refused),
        (403, b"", Refused),
        (200, b"hel", Unavailable),
        (503, b"", Unavailable),
    ],
)
async def test_what_is_no_whole_file_is_not_taken_for_one(
    there: Elsewhere, status: int, body: bytes, kind: type[Exception]
) -> None:
    """A page for signing in comes with the status of success; what is not whole yet is waited for."""
    there.status, there.body = status, body
    there.headers = {"Location": "https://evil.example/"} if status == 302 else {}
    with pytest.raises(kind):
        await of_slack(there)


@pytest.mark.parametrize(
    ("status", "kind"), [(404, Refused), (403, Refused), (302, Refused), (429, Unavailable),
                         (500, Unavailable)]
)  # fmt: skip
async def test_what_discord_has_no_more_is_said(
    there: Elsewhere, status: int, kind: type[Exception]
) -> None:
    """Addresses of files end within a day; what is a trouble of theirs is tried again."""
    there.status = status
    with pytest.raises(kind):
        await of_discord(there)


async def test_what_has_no_end_is_left(there: Elsewhere) -> None:
    """Whatever it was said to be."""
    with pytest.raises(Refused) as refused:
        await of_discord(there, "/f/endless", 300_000)
    assert words(refused.value).startswith(TOO_LARGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a",
        "https://cdn.discordapp.com.evil.example/a",
        "https://cdn.discordapp.com@evil.example/a",
        "http://cdn.discordapp.com/a",
        "file:///etc/passwd",
        "http://[",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(url: str) -> None:
    """Discord's two hosts, and no other that calls itself like them."""
    with pytest.raises(Refused):
        await DiscordFiles().read("G1", AwaitedFile("a", 1, url), limits.FILE_BYTES)
