"""No spelling, name or redirect leads into a private network, while ordinary pages are read."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address

import pytest
from yarl import URL

from feeds.fetch import Caps, GuardedFetcher
from feeds.guard import is_public
from plnbot.errors import Refused
from plnbot.fetching import Unreachable
from tests.feeds import attacks
from tests.feeds.web import TestNames, answer, fetching, path_of, serving

FINE = "fine.example"
_listeners: list[list[object]] = []


def _hear(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for each in _listeners:
            each.append(args[1])


sys.addaudithook(_hear)


@contextmanager
def connecting() -> Iterator[list[object]]:
    """Yield where anything in this process connects to while the block runs."""
    heard: list[object] = []
    _listeners.append(heard)
    try:
        yield heard
    finally:
        _listeners.remove(heard)


async def _attacked(web: GuardedFetcher, address: str) -> object:
    """Return what came of it, an error too."""
    try:
        return await web.fetch(address)
    except (Refused, Unreachable) as error:
        return error


async def test_a_thousand_attacks_connect_to_nothing() -> None:
    """Typed, as names, and behind a redirect: none is connected to, and each is refused in words.

    What is fine is read meanwhile, from the very server that all of this leads to.
    """
    targets: list[str] = []

    async def says(head: bytes, writer: asyncio.StreamWriter) -> None:
        at = path_of(head).removeprefix("/to/")
        to = targets[int(at)] if at.isdigit() else ""
        said = answer(status="302 Found", location=to) if to else answer(b"fine")
        writer.write(said)

    async with serving(says) as server:
        names = TestNames({**attacks.names(), FINE: ["127.0.0.1"]})
        inside = {f"{FINE}:{server.port}"}
        async with fetching(*inside, names=names, caps=Caps(connect=1, at_once=4)) as web:
            typed = list(attacks.addresses(server.port))
            targets += [each for each in typed if each.isascii() and each.isprintable() and each]
            fine = f"http://{FINE}:{server.port}"
            with connecting() as connected:
                for each in typed:
                    came = await _attacked(web, each)
                    assert isinstance(came, Refused | Unreachable), each
                assert connected == []
                assert server.connections == 0
                for at in range(0, len(targets), 2):
                    came = await _attacked(web, f"{fine}/to/{at}")
                    led = getattr(came, "address", "")
                    assert isinstance(came, Refused | Unreachable) or FINE in led, targets[at]
                    if at % 100 == 0:
                        assert (await web.fetch(f"{fine}/page{at}")).body == b"fine"
            assert {each[:2] for each in connected if isinstance(each, tuple)} == {
                ("127.0.0.1", server.port)
            }
            assert (
                server.connections <= 4
            )  # what is fine is asked on kept lines, and nothing else is
            assert len(typed) + len(targets) // 2 >= 1000


async def test_without_the_guard_the_same_attacks_arrive() -> None:
    """The attacks are real: many would reach a server of this machine if nobody looked."""

    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"inside"))

    near = list(attacks.spellings("127.0.0.1"))
    anywhere = {URL(f"http://{each}/").raw_host or "" for each in near}
    async with serving(says) as server, fetching(*anywhere, caps=Caps(connect=0.2)) as web:
        came = [await _attacked(web, f"http://{each}:{server.port}/") for each in near]
        assert sum(not isinstance(each, Exception) for each in came) >= 8


async def test_a_name_that_changes_its_mind_is_seen_when_it_is_connected_to() -> None:
    """Each connection is looked at by itself, also where an open line to that server is there."""

    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"inside"))

    async with serving(says) as server:
        turns: list[Sequence[str]] = [["192.168.0.1", "::1"], ["127.0.0.1"], ["::ffff:7f00:1"]]
        names = TestNames(
            {FINE: ["127.0.0.1"], "turns.example": ["127.0.0.1"]}, {"turns.example": turns}
        )
        async with fetching(FINE, names=names) as web:
            web._session(private=False)
            assert (await web.fetch(f"http://{FINE}:{server.port}/")).body == b"inside"
            for _ in range(4):
                with pytest.raises(Refused, match="private network"):
                    await web.fetch(f"http://turns.example:{server.port}/")
                web._public._connector.clear_dns_cache()  # type: ignore[union-attr]
            assert server.connections == 1


@pytest.mark.parametrize(
    ("allowed", "asked", "reads"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]", "[::1]", True),
        ("::1", "[::1]", True),
        ("in.example", "in.example", True),
        ("in.example", "IN.example", True),
        ("in.example", "sub.in.example", False),
        ("in.example", "127.0.0.1", False),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1:1", "127.0.0.1", False),
    ],
)
async def test_only_the_very_host_that_is_allowed_is_read(
    allowed: str, asked: str, *, reads: bool
) -> None:
    """An operator allows hosts by name, one at a time; what is beside it stays closed."""

    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"inside"))

    async with serving(says) as server:
        names = TestNames({"in.example": ["127.0.0.1"], "sub.in.example": ["127.0.0.1"]})
        async with fetching(allowed, names=names) as web:
            came = await _attacked(web, f"http://{asked}:{server.port}/")
            assert (getattr(came, "body", b"") == b"inside") is reads


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1", "2a00:1450::1"])
def test_what_is_public_is_not_held_back(address: str) -> None:
    """The open internet is open."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", [*attacks.FOUR, *attacks.SIX])
def test_what_is_not_public_is_known(address: str) -> None:
    """Each reserved range, with IPv4 addresses that stand inside IPv6 ones."""
    found = ip_address(address)
    assert not is_public(found)
    if found.version == 4:
        assert not is_public(IPv6Address(f"::ffff:{address}"))


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says: no proxy decides what is connected to."""

    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"proxied"))

    async with serving(says) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with fetching(names=TestNames({"a.example": ["192.168.0.1"]})) as web:
            with pytest.raises(Refused):
                await web.fetch("http://a.example/")
            assert proxy.connections == 0
