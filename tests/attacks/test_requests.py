"""Requests that cost a server much and their sender nothing: bodies, codecs, heads, hang-ups."""

import asyncio
import contextlib
import encodings
import pkgutil
import socket
import struct
import zlib
from collections.abc import Callable, Sequence
from encodings.aliases import aliases

import pytest

from tests.attacks.running import Row, Running, withstood
from tests.faults.conftest import LONG

pytestmark = pytest.mark.faults
FORM = "application/x-www-form-urlencoded"
SLOW = b"-" + b"9" * 250_000
"""What takes punycode most of a minute to read."""
TIMES = 10 if LONG else 1


def post(body: bytes, kind: str = FORM, *more: str, path: str = "/signin/x") -> bytes:
    """Return a request that posts a body."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {kind}", *more]
    return "\r\n".join((*lines, f"Content-Length: {len(body)}", "", "")).encode() + body


def codecs() -> list[str]:
    """Return every name by which Python knows a codec."""
    modules = {each.name for each in pkgutil.iter_modules(encodings.__path__)}
    return sorted({*aliases, *aliases.values(), *modules})


def part(*lines: str, body: bytes = b"x") -> bytes:
    """Return a form in one part."""
    head = "\r\n".join(('--b\r\nContent-Disposition: form-data; name="csrf"', *lines))
    return head.encode() + b"\r\n\r\n" + body + b"\r\n--b--\r\n"


MULTIPART = "multipart/form-data; boundary=b"
PARTS = {
    "a slow codec in a part": post(part("Content-Type: text/plain; charset=punycode", body=SLOW), MULTIPART),
    "a part with a name of its own codec": post(part("_charset_: punycode", body=SLOW), MULTIPART),
    "an unpacked part": post(part("Content-Encoding: gzip", body=b"\x1f\x8b" + b"\0" * 9), MULTIPART),
    "a part in base64": post(part("Content-Transfer-Encoding: base64", body=b"=" * 99), MULTIPART),
    "a file": post(part('Content-Disposition: form-data; name="a"; filename="b"'), MULTIPART),
    "ten thousand parts": post(b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 4000 + b"--b--\r\n", MULTIPART),
    "parts in parts": post(part("Content-Type: multipart/mixed; boundary=b"), MULTIPART),
    "no end": post(b"--b\r\n" + b"a: b\r\n" * 30_000, MULTIPART),
    "no boundary": post(part(), "multipart/form-data"),
    "a boundary without end": post(part(), "multipart/form-data; boundary=" + "b" * 8000),
    "mixed": post(part(), "multipart/mixed; boundary=b"),
}  # fmt: skip


def bomb(encoding: str) -> bytes:
    """Return a megabyte that unpacks to a gigabyte."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = b"\0" * 1_000_000
    head = packing.compress(million) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(million) + packing.flush(zlib.Z_FULL_FLUSH)
    start = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" if encoding.endswith("gzip") else b""
    return post(start + head + again * 1000, FORM, f"Content-Encoding: {encoding}")


async def statuses(bot: Running, requests: Sequence[bytes], at_once: int = 8) -> list[int]:
    """Send all of them, a few at once, and return what each was answered with."""
    turn = asyncio.Semaphore(at_once)

    async def one(request: bytes) -> int:
        async with turn:
            return await bot.status(request)

    return list(await asyncio.gather(*map(one, requests)))


async def test_every_codec(bot: Running, attacked: Callable[[Row], None]) -> None:
    """A form may name any codec of Python's; none but UTF-8 ever reads it, here or in a part."""
    names = [each for each in codecs() if each.replace("_", "").lower() != "utf8"]
    requests = [post(SLOW, f"{FORM}; charset={name}") for name in names]
    requests += [
        post(part(f"Content-Type: text/plain; charset={name}", body=SLOW), MULTIPART)
        for name in (names if LONG else names[::10])
    ]

    async def attack() -> int:
        assert set(await statuses(bot, requests)) == {415}
        return len(requests)

    attacked(await withstood(bot, "a form in a slow codec, each of Python's", attack))


async def test_multipart_in_all_its_forms(bot: Running, attacked: Callable[[Row], None]) -> None:
    """None of our pages sends it, so it is not read."""
    requests = [*PARTS.values()] * 5 * TIMES

    async def attack() -> int:
        assert set(await statuses(bot, requests)) == {415}
        return len(requests)

    attacked(await withstood(bot, "multipart in all its forms", attack))


async def test_bombs(bot: Running, attacked: Callable[[Row], None]) -> None:
    """What is packed is never unpacked, whether it is refused in time or goes on being sent."""
    requests = (
        [bomb(each) for each in ("gzip", "deflate", "x-gzip", "br", "gzip, gzip")] * 2 * TIMES
    )

    async def attack() -> int:
        assert set(await statuses(bot, requests)) <= {415, 0}  # 0: ended while it was being sent
        return len(requests)

    attacked(await withstood(bot, "a bomb: 1 MB that unpacks to 1 GB", attack))


BROKEN = (
    b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 200,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\r\n\r\n",
    b"\0" * 1000,
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"a: " + b"b" * 20_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET http://xn--" + b"9" * 8000 + b"/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: xn--" + b"9" * 8000 + b"\r\n\r\n",
    b"GET http://[::::]/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: miracles\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello",
    post(b"a=b", FORM, "Transfer-Encoding: chunked"),
    post(b"", FORM, "Content-Length: 5", "Content-Length: 6"),
    post(b"", FORM, "Content-Length: " + "9" * 5000),
    post(b"a" * 300_000),
    post(b"a=b&" * 60_000),
    post(b"%" * 250_000),
    post(b"\xff" * 250_000),
    post(b"{}", "application/json"),
    post(b"a=b", f"{FORM}\r\nContent-Type: {FORM}"),
    post(b"a=b", f"{FORM}; charset=utf-8; charset=utf-7"),
)
CHUNKED = (
    f"POST /signin/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM}\r\n"
    "Transfer-Encoding: chunked\r\n\r\n"
).encode()
CHUNKS = (
    CHUNKED + b"zz\r\n",
    CHUNKED + b"1\r\na\r\n" * 100_000 + b"0\r\n\r\n",
    CHUNKED + b"1;" + b"e" * 500_000 + b"\r\na\r\n0\r\n\r\n",
    *([CHUNKED + b"ffffffffffffffff\r\na"] if LONG else ()),  # the time for a body has to run out
)


async def test_what_is_broken(bot: Running, attacked: Callable[[Row], None]) -> None:
    """It is refused in a word, or the connection is ended; the log has a line for each kind of it."""
    requests = [*BROKEN, *CHUNKS] * 10 * TIMES

    async def attack() -> int:
        found = set(await statuses(bot, requests))
        assert not {each for each in found if each >= 500}, found
        return len(requests)

    attacked(await withstood(bot, "broken requests of all kinds", attack))
    assert not [each for each in bot.lines() if "ERROR" in each or "Traceback" in each]


async def test_who_hangs_up(bot: Running, attacked: Callable[[Row], None]) -> None:
    """At any moment, politely or by a reset: there is nothing to be said about it."""
    page = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    body = post(b"csrf=" + b"a" * 1000)
    begun = [
        page[:1],
        page[:20],
        page,
        page * 50,
        body[:-1],
        body[:-900],
        body,
        CHUNKED + b"5\r\nab",
    ]
    resets = [(each, reset) for each in begun for reset in (False, True)] * 20 * TIMES

    async def attack() -> int:
        for request, reset in resets:
            _reader, writer = await bot.connect()
            if reset:
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.write(request)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
            writer.close()
        return len(resets)

    attacked(await withstood(bot, "clients that hang up at any moment", attack))
    assert not [each for each in bot.lines() if "ERROR" in each or "Traceback" in each]
