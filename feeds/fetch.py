"""Fetching from strangers: guarded where it connects, measured as it reads, patient with nobody."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.connector import SocketFactoryType
from yarl import URL

from feeds.body import TooLongError, Unpacked, UnreadableError
from feeds.guard import Guard, any_socket, blocked, no_address, not_public, public_socket
from feeds.hosts import Hosts
from feeds.names import Names
from plnbot.errors import Refused
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.talk.words import Sentence, msg

MIB = 1024 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_SLOW_DOWN = frozenset({429, 503})
_TOO_MANY = 429
_FIRST_ANSWER = 200
_WITHOUT_A_BODY = frozenset({204, 304})
_TROUBLE = 500
_KEPT_ELSEWHERE = frozenset({"accept", "if-none-match", "if-modified-since"})
"""What another host may hear that a redirect leads to; the rest may be meant for the first alone."""
_LONGEST_WAIT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of us one fetch may use, in bytes, seconds of real time, and numbers."""

    body: int = 20 * MIB
    connect: float = 10
    """For one address of a name."""
    seconds: float = 60
    """For everything, redirects too."""
    answer: float = 20
    """From the question to the end of the headers."""
    idle: float = 15
    """Without a byte."""
    grace: float = 5
    """Before a body has to come at `slowest` bytes a second."""
    slowest: int = 1024
    redirects: int = 5
    at_once: int = 2
    """For one host."""
    connections: int = 100
    large: int = MIB
    """A body above this is one of few that are held at once."""
    large_at_once: int = 6
    pause: timedelta = timedelta(minutes=15)
    """For a host that asks for one and does not say how long."""


USUAL = Caps()


@dataclass(slots=True)
class _Asked:
    """One fetch on its way. `left` is what it still may take, in seconds."""

    url: URL
    headers: Mapping[str, str]
    first: int | None
    left: float
    moved: str = ""
    for_good: bool = True
    seen: list[URL] = field(default_factory=list)


class GuardedFetcher:
    """The `Fetcher` for the real web. It belongs to the loop that it first fetches in.

    `agent` is how it introduces itself; `private` names the hosts that may be in a private network.
    """

    def __init__(
        self,
        agent: str,
        private: frozenset[str] = frozenset(),
        caps: Caps = USUAL,
        names: AbstractResolver | None = None,
    ) -> None:
        self._agent = agent
        self._guard = Guard(private)
        self._caps = caps
        self._names = names
        self._hosts = Hosts(caps.at_once)
        self._large = asyncio.Semaphore(caps.large_at_once)
        self._public: aiohttp.ClientSession | None = None
        self._anywhere: aiohttp.ClientSession | None = None

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return what `address` answers; the contract is the port's."""
        asked = _Asked(self._guard.checked(address), headers or {}, first, self._caps.seconds)
        for _ in range(self._caps.redirects + 1):
            answer = await self._in_turn(asked)
            if isinstance(answer, Fetched):
                return answer
            asked.seen.append(asked.url)
            self._follow(asked, *answer)
            if asked.url in asked.seen:
                break
        host = asked.url.raw_host or ""
        raise Unreachable(Why.REDIRECTS, msg("{host} sends its readers on and on.", host=host))

    async def close(self) -> None:
        """Let go of every connection."""
        for each in (self._public, self._anywhere):
            if each is not None:
                await each.close()
        if self._names is not None:
            await self._names.close()

    def _follow(self, asked: _Asked, location: str, status: int) -> None:
        """Turn to where a redirect leads; raises `Unreachable`, `Refused`."""
        try:
            there = asked.url.join(URL(location))
        except ValueError as error:
            raise _no_answer(asked.url) from error
        url = self._guard.checked(str(there))
        if url.origin() != asked.url.origin():
            asked.headers = {
                name: said
                for name, said in asked.headers.items()
                if name.lower() in _KEPT_ELSEWHERE
            }
        asked.for_good = asked.for_good and status in _FOR_GOOD
        if asked.for_good:
            asked.moved = str(url)
        asked.url = url

    async def _in_turn(self, asked: _Asked) -> Fetched | tuple[str, int]:
        host = asked.url.raw_host or ""
        async with self._hosts.turn(host):
            if (pause := self._hosts.paused(host)) is not None:
                raise Unreachable(Why.BUSY, _asks_for_a_pause(host), pause, _TOO_MANY)
            heard: list[str] = []
            token = blocked.set(heard)
            loop = asyncio.get_running_loop()
            began = loop.time()
            ends = began + asked.left
            try:
                async with asyncio.timeout_at(min(ends, began + self._caps.answer)) as limit:
                    return await self._once(asked, limit, ends)
            except TimeoutError as error:
                raise _too_slow(asked.url) from error
            except aiohttp.InvalidURL as error:
                raise no_address() from error
            except aiohttp.ClientError as error:
                raise not_public(host) if heard else _unreachable(asked.url, error) from error
            except (ValueError, OSError) as error:
                raise _no_answer(asked.url) from error
            finally:
                blocked.reset(token)
                asked.left -= loop.time() - began

    async def _once(
        self, asked: _Asked, limit: asyncio.Timeout, ends: float
    ) -> Fetched | tuple[str, int]:
        """Ask one address once; return its answer, or where it leads and by which status.

        `limit` is for the head of the answer; after it, there is time until it `ends`.
        """
        url, session = asked.url, self._session(private=self._guard.allows_private(asked.url))
        async with session.get(url, headers=asked.headers, allow_redirects=False) as answer:
            headers = _plain(answer)
            if answer.status in _REDIRECTS and "location" in headers:
                return headers["location"], answer.status
            if answer.status >= _TROUBLE or answer.status == _TOO_MANY:
                raise self._trouble(url, answer.status, headers)
            if answer.status < _FIRST_ANSWER:
                raise _no_answer(url)
            body, whole = b"", True
            if answer.status not in _WITHOUT_A_BODY:
                body, whole = await self._body(answer, asked, limit, ends)
            return Fetched(answer.status, headers, body, str(url), asked.moved, whole)

    async def _body(
        self, answer: aiohttp.ClientResponse, asked: _Asked, limit: asyncio.Timeout, ends: float
    ) -> tuple[bytes, bool]:
        """Return the body and whether that is all of it; raises what `_in_turn` knows, `Refused`."""
        host = asked.url.raw_host or ""
        most = self._caps.body if asked.first is None else min(asked.first, self._caps.body)
        if asked.first is None and (answer.content_length or 0) > most:
            raise _too_long(host, most)
        try:
            into = Unpacked(answer.headers.get("Content-Encoding", ""), most)
            try:
                return await self._read(answer.content, into, limit, ends), True
            except TooLongError as error:
                if asked.first is None:
                    raise _too_long(host, most) from error
                return into.cut, False
        except UnreadableError as error:
            raise _no_answer(asked.url) from error

    async def _read(
        self, stream: aiohttp.StreamReader, into: Unpacked, limit: asyncio.Timeout, ends: float
    ) -> bytes:
        """Return a whole body; raises `TooLongError`, `UnreadableError`, `TimeoutError`."""
        loop, came, is_large = asyncio.get_running_loop(), 0, False
        slow_since = loop.time() + self._caps.grace
        limit.reschedule(min(ends, loop.time() + self._caps.idle))
        async with contextlib.AsyncExitStack() as held:
            async for piece in stream.iter_any():
                came += len(piece)
                for length in into.add(piece):
                    if length > self._caps.large and not is_large:
                        is_large, before = True, loop.time()
                        limit.reschedule(None)  # to wait for others is not its fault
                        await held.enter_async_context(self._large)
                        waited = loop.time() - before
                        ends, slow_since = ends + waited, slow_since + waited
                    await asyncio.sleep(0)
                now = loop.time()
                if came > self._caps.body:
                    raise TooLongError
                if came < (now - slow_since) * self._caps.slowest:
                    raise TimeoutError
                limit.reschedule(min(ends, now + self._caps.idle))
            into.ended()
            return into.cut

    def _session(self, *, private: bool) -> aiohttp.ClientSession:
        """Return what connects to public addresses alone, or anywhere; made when first needed."""
        if self._public is None or self._anywhere is None:
            self._names = self._names or Names()
            self._public = self._made(public_socket)
            self._anywhere = self._made(any_socket)
        return self._anywhere if private else self._public

    def _made(self, sockets: SocketFactoryType) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._names,
                socket_factory=sockets,
                limit=self._caps.connections,
                happy_eyeballs_delay=0.25,
            ),
            # No proxy, no .netrc: neither may lead around the guard or give anything away.
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._caps.connect),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
        )

    def _trouble(self, url: URL, status: int, headers: Mapping[str, str]) -> Unreachable:
        """Return what a status means that says: not now. Where it asks for a pause, it gets one."""
        host, wait = url.raw_host or "", retry_after(headers)
        if status in _SLOW_DOWN and wait is not None:
            self._hosts.pause(host, wait)
        elif status == _TOO_MANY:
            self._hosts.pause(host, self._caps.pause)
        if status == _TOO_MANY:
            return Unreachable(Why.BUSY, _asks_for_a_pause(host), wait, status)
        said = msg("{host} has trouble of its own (status {status}).", host=host, status=status)
        return Unreachable(Why.TROUBLE, said, wait, status)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """Return how long to wait by a `Retry-After`, a week at most; a date is read by their own clock."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        seconds = float(said[:9])
    else:
        try:
            until = parsedate_to_datetime(said)
            seconds = (until - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(timedelta(seconds=seconds), timedelta()), _LONGEST_WAIT)


def _plain(answer: aiohttp.ClientResponse) -> dict[str, str]:
    """Return headers by lower-case name; what came more than once is joined, as HTTP says."""
    plain: dict[str, str] = {}
    for name, value in answer.headers.items():
        said = value if value.isascii() else _readable(value)
        lower = name.lower()
        plain[lower] = f"{plain[lower]}, {said}" if lower in plain else said
    return plain


def _readable(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unreachable(url: URL, error: aiohttp.ClientError) -> Unreachable:
    host = url.raw_host or ""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return Unreachable(Why.NAME, msg("No computer called {host} can be found.", host=host))
        case aiohttp.ClientSSLError():
            return Unreachable(
                Why.CERTIFICATE,
                msg(
                    "{host} cannot show that it is who it says: its certificate is no good.",
                    host=host,
                ),
            )
        case aiohttp.ClientConnectorError():
            return Unreachable(Why.CONNECTION, msg("{host} does not answer.", host=host))
        case _:
            return _no_answer(url)


def _too_slow(url: URL) -> Unreachable:
    return Unreachable(Why.TIME, msg("{host} is too slow to be read.", host=url.raw_host or ""))


def _no_answer(url: URL) -> Unreachable:
    said = msg("{host} broke off, or said what cannot be read.", host=url.raw_host or "")
    return Unreachable(Why.ANSWER, said)


def _asks_for_a_pause(host: str) -> Sentence:
    return msg("{host} asks for a pause.", host=host)


def _too_long(host: str, most: int) -> Refused:
    return Refused(
        msg(
            "What stands there on {host} is longer than {n} MB, the most that is read.",
            host=host,
            n=most // MIB,
        )
    )
