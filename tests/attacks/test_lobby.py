"""The lobby, from where its owner is not: others on the machine, proxies, pages of another name."""

import secrets
from collections.abc import Callable, Iterator

import pytest

from tests.adapters.test_lobby_key import PROXIES
from tests.attacks.conftest import DESCRIPTORS
from tests.attacks.running import Row, Running, running, withstood
from tests.faults.conftest import LONG

pytestmark = pytest.mark.faults
GUESSES = 5_000 if LONG else 500
PATHS = ("/", "/as/maya/page/home", "/as/maya/room/chat-night", "/as/maya/live", "/someone")
NAMES = ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "a.localhost", "", "[")
WATCHED = ("/healthz", "/readyz", "/metrics")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a bot with a lobby, whose cookie its owner has."""
    with running(tmp_path_factory.mktemp("home") / "data", descriptors=DESCRIPTORS) as started:
        assert started.cookie
        yield started


def asking(path: str, *more: str, host: str = "127.0.0.1") -> bytes:
    """Return a request for a page."""
    lines = (f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *more)
    return "\r\n".join((*lines, "", "")).encode()


async def test_the_key_is_not_guessed(home: Running, attacked: Callable[[Row], None]) -> None:
    """Wrong keys, in the address and as the cookie, get a page that says nothing, and soon a short one."""
    name, _, key = home.cookie.removeprefix("Cookie: ").strip().partition("=")

    async def guess() -> int:
        for number in range(GUESSES):
            near = key[: number % len(key)] + secrets.token_hex(16)[number % len(key) :]
            wrong = near if near != key else key[::-1]
            asked = (
                asking(f"/?key={wrong}") if number % 2 else asking("/", f"Cookie: {name}={wrong}")
            )
            assert await home.status(asked) in {403, 429}
        return GUESSES

    attacked(await withstood(home, "guessing the lobby's key", guess))
    assert await home.status(asking(f"/?key={key}")) == 303


async def test_no_proxy_opens_it(home: Running, attacked: Callable[[Row], None]) -> None:
    """Whatever a proxy adds, or nothing: shut, with the cookie too where it says that it is one."""
    kept = home.cookie.strip()

    async def pass_on() -> int:
        for path in PATHS:
            assert await home.status(asking(path)) == 403
            for header, value in PROXIES.items():
                for more in ((), (kept,)):
                    assert await home.status(asking(path, f"{header}: {value}", *more)) == 421
        for path in WATCHED:
            for header, value in PROXIES.items():
                assert await home.status(asking(path, f"{header}: {value}")) == 404
        return len(PATHS) * (1 + 2 * len(PROXIES)) + len(WATCHED) * len(PROXIES)

    attacked(await withstood(home, "opening the lobby through a proxy", pass_on))


async def test_no_name_of_anothers_reads_it(home: Running, attacked: Callable[[Row], None]) -> None:
    """A page whose name points here is refused by it, whatever it asks for and whoever opened it."""
    kept = home.cookie.strip()

    async def rebind() -> int:
        for name in NAMES:
            for path in (*PATHS, "/static/app.js", "/nothing"):
                assert await home.status(asking(path, kept, host=name)) in {400, 421}, (name, path)
            for path in WATCHED:
                assert await home.status(asking(path, kept, host=name)) in {400, 404}, (name, path)
        return len(NAMES) * (len(PATHS) + 2 + len(WATCHED))

    attacked(await withstood(home, "reading the lobby by another's name", rebind))
