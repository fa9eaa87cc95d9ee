"""Fetching: what comes back, what is sent, how long it waits, and what hostile servers get of us."""

import asyncio
import gzip
import re
import resource
import socket
import time
import zlib
from datetime import timedelta

import pytest

from feeds.fetch import USUAL, Caps, GuardedFetcher, retry_after
from plnbot.errors import Refused
from plnbot.fetching import Fetched, Fetcher, Unreachable, Why
from plnbot.talk.words import Translate
from tests.feeds.hostile import KIB, SERVERS
from tests.feeds.web import AGENT, Says, TestNames, answer, fetching, path_of, serving

HERE = "127.0.0.1"
HARMLESS = {"answers twice", "header that folds", "header of no encoding"}
"""What of it is only odd, and is read."""
SMALL = Caps(
    body=256 * KIB,
    seconds=2,
    answer=0.6,
    idle=0.5,
    grace=0.3,
    slowest=4 * KIB,
    at_once=10,
    large=64 * KIB,
)


def says(said: bytes) -> Says:
    """Return a server that always says the same."""

    async def say(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    return say


async def came_of(web: Fetcher, address: str) -> Fetched | Exception:
    """Return what came of it, an error too."""
    try:
        return await web.fetch(address)
    except (Refused, Unreachable) as error:
        return error


async def test_what_is_asked_and_what_comes_back() -> None:
    """Conditions and who asks go out; status, headers, body and the last address come back."""
    said = answer(b"<rss/>", etag='"1"', X_Two="a", x_two="b")
    async with serving(says(said)) as server, fetching(HERE) as web:
        found = await web.fetch(f"http://{HERE}:{server.port}/feed#top", {"If-None-Match": '"0"'})
    assert found.status == 200
    assert found.headers["etag"] == '"1"'
    assert found.headers["x-two"] == "a, b"
    assert (found.body, found.whole, found.moved) == (b"<rss/>", True, "")
    assert found.address == f"http://{HERE}:{server.port}/feed"
    (head,) = server.asked
    assert head.startswith(b"GET /feed HTTP/1.1\r\n")
    assert f"User-Agent: {AGENT}\r\n".encode() in head
    assert b'If-None-Match: "0"\r\n' in head
    assert b"Cookie" not in head


@pytest.mark.parametrize(
    ("status", "there"), [("304 Not Modified", 304), ("404 Not Found", 404), ("410 Gone", 410)]
)
async def test_what_is_no_success_is_an_answer_too(status: str, there: int) -> None:
    """Who asked decides what a page that is gone means."""
    async with serving(says(answer(status=status))) as server, fetching(HERE) as web:
        assert (await web.fetch(f"http://{HERE}:{server.port}/")).status == there


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(b"<rss/>"), "gzip"),
        (gzip.compress(b"<rss") + gzip.compress(b"/>"), "x-gzip"),
        (gzip.compress(b"<rss/>") + bytes(9), "GZIP"),
        (zlib.compress(b"<rss/>"), "deflate"),
        (zlib.compress(b"<rss/>")[2:-4], "deflate"),
        (b"<rss/>", "identity"),
    ],
    ids=["gzip", "gzip in two", "gzip and zeros", "deflate", "deflate, bare", "identity"],
)
async def test_packed_bodies_are_unpacked(packed: bytes, encoding: str) -> None:
    """Whichever way it was packed, as servers really do it."""
    said = answer(packed, content_encoding=encoding)
    async with serving(says(said)) as server, fetching(HERE) as web:
        assert (await web.fetch(f"http://{HERE}:{server.port}/")).body == b"<rss/>"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        (["301 Moved"], "/1"),
        (["308 Moved", "301 Moved"], "/2"),
        (["301 Moved", "302 Found", "301 Moved"], "/1"),
        (["302 Found", "301 Moved"], ""),
        (["307 Found"], ""),
        (["301 Moved"] * 5, "/5"),
    ],
)
async def test_redirects_are_followed_and_moves_told(statuses: list[str], moved: str) -> None:
    """A move for good is one as far as every redirect on the way says so."""

    async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
        at = int(path_of(head)[1:])
        done = at == len(statuses)
        said = answer(b"here") if done else answer(status=statuses[at], location=f"/{at + 1}")
        writer.write(said)

    async with serving(say) as server, fetching(HERE) as web:
        found = await web.fetch(f"http://{HERE}:{server.port}/0")
    here = f"http://{HERE}:{server.port}"
    assert (found.body, found.address) == (b"here", f"{here}/{len(statuses)}")
    assert found.moved == (moved and here + moved)


async def test_what_is_meant_for_one_host_is_not_told_to_another() -> None:
    """Conditions go along to where a redirect leads; everything else stays."""
    given = {"Authorization": "Bearer secret", "If-None-Match": '"1"', "X-Token": "secret"}
    async with serving(says(answer(b"there"))) as there:
        where = f"http://localhost:{there.port}/"
        said = answer(status="302 Found", location=where)
        async with serving(says(said)) as here, fetching(HERE, "localhost") as web:
            assert (await web.fetch(f"http://{HERE}:{here.port}/", given)).body == b"there"
    assert b"secret" in here.asked[0]
    assert b"secret" not in there.asked[0]
    assert b"If-None-Match" in there.asked[0]


async def test_the_first_of_a_long_page_is_enough_where_it_is() -> None:
    """What reads only the top of a page gets it; without that, what is too long is refused."""
    body = b"x" * 300 * KIB
    async with serving(says(answer(body))) as server, fetching(HERE, caps=SMALL) as web:
        address = f"http://{HERE}:{server.port}/"
        found = await web.fetch(address, first=10 * KIB)
        assert (found.body, found.whole) == (b"x" * 10 * KIB, False)
        with pytest.raises(Refused, match="longer than"):
            await web.fetch(address)
        found = await web.fetch(address, first=10**9)
        assert (len(found.body), found.whole) == (256 * KIB, False)


async def test_one_host_is_asked_a_little_at_a_time() -> None:
    """However many are asked for at once, a host sees few; another host is not held up."""
    now = most = 0

    async def say(_head: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        writer.write(answer(b"here"))

    async with serving(say) as server, fetching(HERE, "localhost") as web:
        asked = [web.fetch(f"http://{HERE}:{server.port}/{at}") for at in range(20)]
        await asyncio.gather(*asked)
        assert most == USUAL.at_once
        assert web._hosts._turns == {}


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [("429 Slow Down", "120", 120), ("503 Not Now", "30", 30), ("429 Slow Down", "", None)],
)
async def test_who_asks_for_a_pause_gets_one(status: str, header: str, wait: int | None) -> None:
    """It is told for how long, and meanwhile nothing is asked of that host, on any page of it."""
    said = answer(status=status, retry_after=header)
    async with serving(says(said)) as server, fetching(HERE) as web:
        address = f"http://{HERE}:{server.port}"
        first = await came_of(web, f"{address}/a")
        assert isinstance(first, Unreachable)
        assert first.retry_after == (None if wait is None else timedelta(seconds=wait))
        second = await came_of(web, f"{address}/b")
        assert isinstance(second, Unreachable)
        assert second.why is Why.BUSY
        assert second.retry_after is not None
        assert timedelta() < second.retry_after <= timedelta(seconds=wait or 900)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "5"}, 5),
        ({"retry-after": " 0 "}, 0),
        ({"retry-after": "99999999999"}, 7 * 86400),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "²"}, None),
        ({}, None),
        (
            {
                "retry-after": "Fri, 27 Nov 2026 20:02:00 GMT",
                "date": "Fri, 27 Nov 2026 20:00:00 GMT",
            },
            120,
        ),
        (
            {
                "retry-after": "Fri, 27 Nov 2026 19:00:00 GMT",
                "date": "Fri, 27 Nov 2026 20:00:00 GMT",
            },
            0,
        ),
        ({"retry-after": "Fri, 27 Nov 2026 20:02:00 GMT"}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: int | None) -> None:
    """In seconds or as a date by the host's own clock, never longer than a week."""
    assert retry_after(headers) == (None if seconds is None else timedelta(seconds=seconds))


async def test_what_is_not_there_is_said() -> None:
    """Why it cannot be reached is told apart, in a sentence that names the host."""
    with socket.create_server((HERE, 0)) as bound:
        closed = bound.getsockname()[1]
    async with fetching(HERE) as web:
        name = await came_of(web, "http://nobody.example/")
        connection = await came_of(web, f"http://{HERE}:{closed}/")

    def plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer())
        writer.close()

    plain = await asyncio.start_server(plainly, HERE, 0)
    async with plain, fetching(HERE) as web:
        tls = await came_of(web, f"https://{HERE}:{plain.sockets[0].getsockname()[1]}/")
    whys = [each.why for each in (name, connection, tls) if isinstance(each, Unreachable)]
    assert isinstance(name, Unreachable)
    assert whys == [Why.NAME, Why.CONNECTION, Why.CERTIFICATE]
    assert Translate().say(name.message).bare() == "No computer called nobody.example can be found."


async def test_the_systems_own_names_are_guarded_too() -> None:
    """As it is put together for the real web: names that lead here are closed, and odd ones are none."""
    async with serving(says(answer(b"inside"))) as server:
        web = GuardedFetcher(AGENT, frozenset({f"localhost:{server.port}"}))
        try:
            assert (await web.fetch(f"http://localhost:{server.port}/")).body == b"inside"
            for closed in (f"http://127.1:{server.port}/", f"http://[::1]:{server.port}/"):
                assert isinstance(await came_of(web, closed), Refused)
            odd = await came_of(web, f"http://{'x' * 70}.localhost/")
            assert isinstance(odd, Unreachable)
            assert odd.why is Why.NAME
        finally:
            await web.close()
        assert server.connections == 1


async def test_hostile_servers_cost_little_and_hold_up_nobody() -> None:
    """Eighty servers that mean harm, all at once: each ends in time, and what is fine is read.

    None takes more memory than the caps say, and the loop is never held up for long.
    """
    kinds = {f"k{at}.example": kind for at, kind in enumerate(SERVERS)}
    assert len(kinds) >= 50

    async def say(head: bytes, writer: asyncio.StreamWriter) -> None:
        asked = re.search(rb"Host: ([\w.]+)", head)
        kind = kinds.get(asked[1].decode() if asked else "")
        if kind is None:
            writer.write(answer(b"fine"))
        else:
            await SERVERS[kind](head, writer)

    longest = 0.0

    async def watch() -> None:
        # In processor time: how busy others keep this machine is not what is looked at.
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - began)

    names = TestNames({each: [HERE] for each in kinds})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with serving(say) as server, fetching(HERE, *kinds, names=names, caps=SMALL) as web:
        watching = asyncio.create_task(watch())
        fine = [web.fetch(f"http://{HERE}:{server.port}/{at}") for at in range(20)]
        hostile = [came_of(web, f"http://{host}:{server.port}/") for host in kinds]
        async with asyncio.timeout(30):
            read, came = await asyncio.gather(asyncio.gather(*fine), asyncio.gather(*hostile))
        watching.cancel()
    assert [each.body for each in read] == [b"fine"] * 20
    ended = dict(zip(kinds.values(), came, strict=True))
    assert {kind for kind, end in ended.items() if isinstance(end, Fetched)} == HARMLESS
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * KIB  # it is told in KiB
    # With eighty servers in the same loop; the bench says how long, this that nothing goes on and on.
    assert longest < 0.5
