"""Servers that mean harm, or are broken: each is a function that says something to a request."""

import asyncio
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

from tests.feeds.web import Says, answer

KIB = 1024
_OK = "HTTP/1.1 200 OK\r\n"


def _bytes(said: bytes, *, close: bool = True) -> Says:
    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        if close:
            await writer.drain()
            writer.close()

    return says


def _pieces(make: Callable[[], Iterable[bytes]], pause: float = 0) -> Says:
    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        for each in make():
            writer.write(each)
            await writer.drain()
            await asyncio.sleep(pause)
        writer.close()

    return says


async def _silence(_head: bytes, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def _hang_up(_head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _reset(_head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(_head_of(Content_Length=1000))
    await writer.drain()
    writer.transport.abort()


def _head_of(status: str = "200 OK", **headers: object) -> bytes:
    lines = [f"{name.replace('_', '-')}: {said}" for name, said in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1")


def _endless(head: bytes, piece: bytes, pause: float = 0) -> Says:
    def make() -> Iterator[bytes]:
        yield head
        yield from repeat(piece)

    return _pieces(make, pause)


def _chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


def _packed(body: bytes, encoding: str = "gzip") -> Says:
    return _bytes(answer(body, Content_Encoding=encoding))


def _bomb(times: int = 1, size: int = 40 * KIB * KIB) -> bytes:
    packed = gzip.compress(bytes(size), 9)
    for _ in range(times - 1):
        packed = gzip.compress(packed * 1000, 9)
    return packed


def _to(*where: str) -> Says:
    """Redirect in turn to each place; `{n}` is another number each time."""
    asked = 0

    async def says(_head: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        place = where[asked % len(where)].format(n=asked)
        writer.write(answer(status="302 Found", location=place))

    return says


def _flood(name: str = "x", value: str = "y", many: int = 100_000) -> Says:
    lines = (f"{name}{at}: {value}\r\n".encode() for at in range(many))
    return _pieces(lambda: [_OK.encode(), b"".join(lines), b"\r\n"])


LONG = "a" * 20_000
CHUNKED = _head_of(Transfer_Encoding="chunked")
GZIPPED = _head_of(Content_Encoding="gzip")

SERVERS: dict[str, Says] = {
    "never answers": _silence,
    "hangs up": _hang_up,
    "resets in the middle": _reset,
    "closes after the status": _bytes(_OK.encode()),
    "closes in the headers": _bytes(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "drips its headers": _endless(b"HTTP/1.1 200 OK\r\n", b"x", 0.05),
    "drips header lines": _endless(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", 0.05),
    "drips its body": _endless(_head_of(), b"x", 0.05),
    "drips chunks": _endless(CHUNKED, _chunk(b"x"), 0.05),
    "drips a chunk's size": _endless(CHUNKED, b"0", 0.05),
    "stops in the body": _endless(_head_of(Content_Length=10_000), b"x" * 10, 60),
    "endless body": _endless(_head_of(), b"x" * 64 * KIB),
    "endless chunks": _endless(CHUNKED, _chunk(b"x" * 64 * KIB)),
    "endless empty lines": _endless(b"", b"\r\n" * 1000),
    "endless status line": _endless(b"HTTP/1.1 200 ", b"O" * 64 * KIB),
    "endless header": _endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 64 * KIB),
    "endless headers": _endless(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n" * 1000),
    "endless trailers": _endless(CHUNKED + b"0\r\n", b"x: y\r\n" * 1000),
    "endless chunk extension": _endless(CHUNKED + b"5;", b"e" * 64 * KIB),
    "endless 100 Continue": _endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "endless 103 Early Hints": _endless(b"", b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" * 100),
    "switches protocols": _bytes(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nzzz"),
    "gzip bomb": _packed(_bomb()),
    "gzip bomb of gzip bombs": _packed(_bomb(2, KIB * KIB), "gzip, gzip"),
    "zlib bomb": _packed(zlib.compress(bytes(40 * KIB * KIB), 9), "deflate"),
    "bare deflate bomb": _packed(zlib.compress(bytes(40 * KIB * KIB), 9)[2:-4], "deflate"),
    "bomb in chunks": _bytes(
        _head_of(Transfer_Encoding="chunked", Content_Encoding="gzip") + _chunk(_bomb())
    ),
    "bomb without a length": _bytes(GZIPPED + _bomb()),
    "many small bombs": _packed(gzip.compress(bytes(KIB * KIB), 9) * 100),
    "many empty members": _packed(gzip.compress(b"") * 12_000),
    "endless gzip": _endless(GZIPPED, gzip.compress(b"x" * KIB)),
    "gzip that is none": _packed(b"<rss/>"),
    "gzip cut short": _packed(gzip.compress(b"<rss/>" * 100)[:-9]),
    "gzip with a wrong sum": _packed(gzip.compress(b"<rss/>")[:-8] + bytes(8)),
    "gzip that stays open": _endless(GZIPPED + gzip.compress(b"<rss/>")[:-8], b"", 60),
    "brotli unasked": _packed(b"\x0b\x02\x80<rss/>\x03", "br"),
    "an unknown packing": _packed(b"<rss/>", "zip-of-death"),
    "a hundred packings": _packed(b"<rss/>", ", ".join(["gzip"] * 100)),
    "length too long": _bytes(_head_of(Content_Length=500) + b"<rss/>"),
    "length far too long": _bytes(_head_of(Content_Length=10**15) + b"<rss/>"),
    "length negative": _bytes(_head_of(Content_Length=-5) + b"<rss/>"),
    "length no number": _bytes(_head_of(Content_Length="many") + b"<rss/>"),
    "length twice": _bytes(
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 6\r\n\r\n<rss/>"
    ),
    "length and chunks": _bytes(
        _head_of(Content_Length=3, Transfer_Encoding="chunked") + _chunk(b"<rss/>") + b"0\r\n\r\n"
    ),
    "chunk size no number": _bytes(CHUNKED + b"zz\r\n<rss/>\r\n0\r\n\r\n"),
    "chunk size huge": _bytes(CHUNKED + b"ffffffffffffffff\r\n<rss/>"),
    "chunk size negative": _bytes(CHUNKED + b"-6\r\n<rss/>\r\n0\r\n\r\n"),
    "chunks cut short": _bytes(CHUNKED + _chunk(b"<rss/>")),
    "a hundred thousand headers": _flood(),
    "thousand long headers": _flood(value="z" * 2000, many=1000),
    "one giant header": _bytes(_head_of(X=LONG * 50) + b"<rss/>"),
    "giant reason": _bytes(f"HTTP/1.1 200 {LONG}\r\n\r\n".encode()),
    "headers full of NULs": _bytes(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"),
    "header without a colon": _bytes(b"HTTP/1.1 200 OK\r\nnothing\r\n\r\n"),
    "header that folds": _bytes(b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
    "header of no encoding": _bytes(b"HTTP/1.1 200 OK\r\nETag: \xff\xfe\xed\r\n\r\n"),
    "no HTTP at all": _bytes(b"220 smtp.example ESMTP\r\n"),
    "HTTP/0.9": _bytes(b"<html>hello</html>"),
    "HTTP/9.9": _bytes(b"HTTP/9.9 200 OK\r\n\r\n"),
    "status no number": _bytes(b"HTTP/1.1 abc OK\r\n\r\n"),
    "status 999": _bytes(b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
    "TLS where none is": _bytes(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    "random bytes": _bytes(bytes(range(256)) * 100),
    "redirects to itself": _to("/redirects-to-itself"),
    "redirects in a circle": _to("/one", "/two"),
    "redirects for ever": _to("/{n}"),
    "redirects to nowhere": _to("http://"),
    "redirects to another scheme": _to("file:///etc/passwd"),
    "redirects with a password": _to("http://a:b@127.0.0.1/"),
    "redirects to a giant address": _bytes(answer(status="302 Found", location="/" + "a" * 7000)),
    "redirects with an endless body": _endless(
        _head_of("302 Found", Location="/{n}"), b"x" * 64 * KIB
    ),
    "redirects to garbage": _bytes(b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe://[\r\n\r\n"),
    "error with an endless body": _endless(_head_of("500 No"), b"x" * 64 * KIB),
    "asks to wait for ever": _bytes(answer(status="429 No", retry_after="9" * 400)),
    "asks to wait till the past": _bytes(
        answer(status="503 No", retry_after="Thu, 01 Jan 1970 00:00:00 GMT", date="Fri")
    ),
    "says more than its length": _bytes(answer(b"<rss/>") + b"HTTP/1.1 200 OK\r\n" * 9),
    "answers twice": _bytes(answer(b"<rss/>") * 2, close=False),
    "not modified, with a body": _bytes(_head_of("304 No") + b"x" * KIB),
    "no content, with a body": _bytes(_head_of("204 No") + b"x" * KIB),
}
