"""Discord's REST API: each call is tried once, and what comes of it is said plainly.

Nothing is sent again from here: what may be repeated is work, and work repeats it. Limits are
learnt from the answers, never written down, and too many refusals stop all calls for a while: ten
thousand in ten minutes would shut this address out.
"""

import asyncio
import json
import logging
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp

from adapters.discord.codes import Code
from plnbot.errors import PlnError
from plnbot.talk.pages import File
from plnbot.values import dataclass

log = logging.getLogger(__name__)

Body = Mapping[str, object]
PATIENCE = 4.0
TIMEOUT = 20.0
REFUSALS = 500
REFUSALS_WITHIN = 600.0
# What every server takes, by file; a message as a whole may have 25 MB.
FILE_BYTES = 8_000_000
_FILES = 3
_AGENT = "DiscordBot (plnbot, 0.1)"
_IDS = re.compile(r"(?<=/)\d{5,}(?=/|$)")
_MAJOR = re.compile(r"^/(?:channels|guilds|webhooks)/\d+")


class ApiError(PlnError):
    """Discord has refused: its status, its own code, and those of the fields it names.

    Its sentences are left out, because they may repeat what a member wrote.
    """

    def __init__(self, status: int, code: int, fields: str = "") -> None:
        super().__init__(f"Discord answered {status} ({code}) {fields}".rstrip())
        self.status = status
        self.code = code


class TooSoonError(PlnError):
    """Not now: Discord asked us to wait, or we do by ourselves so that it need not."""

    def __init__(self, after: float, why: str) -> None:
        super().__init__(why)
        self.after = timedelta(seconds=max(after, 0.5))


class LostError(PlnError):
    """The answer never came, or was an error of theirs: it may have happened or not."""


@dataclass(slots=True)
class Api:
    """Calls on behalf of one bot. `base` holds the version and no closing slash."""

    base: str
    token: str
    _session: aiohttp.ClientSession | None = None
    _free_at: dict[str, float] = field(default_factory=dict)
    _all_free_at: float = 0.0
    _refusals: deque[float] = field(default_factory=deque)

    async def get(self, path: str, **query: str | int) -> Any:
        """Return what is there."""
        return await self._call("GET", path, query=query)

    async def post(self, path: str, body: Body, file: File | None = None) -> Any:
        """Make something new."""
        return await self._call("POST", path, body, file=file)

    async def patch(self, path: str, body: Body, file: File | None = None) -> Any:
        """Change something."""
        return await self._call("PATCH", path, body, file=file)

    async def put(self, path: str, body: object) -> Any:
        """Set something."""
        return await self._call("PUT", path, body)

    async def delete(self, path: str) -> None:
        """Take something away."""
        await self._call("DELETE", path)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def refused_lately(self) -> int:
        """How many calls were refused within the last ten minutes."""
        before = _now() - REFUSALS_WITHIN
        while self._refusals and self._refusals[0] < before:
            self._refusals.popleft()
        return len(self._refusals)

    @property
    def quiet(self) -> bool:
        """Whether no call is made for now, because too many were refused."""
        return self.refused_lately >= REFUSALS

    async def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, str | int] | None = None,
        file: File | None = None,
    ) -> Any:
        bucket = _bucket(method, path)
        # An answer to a person has three seconds and limits of its own.
        if not path.startswith("/interactions/"):
            await self._wait(bucket)
        written = _written(body, file)
        try:
            async with self._open().request(
                method, self.base + path, params=query or None, **written
            ) as response:
                found = await _read(response)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise LostError(f"no answer from Discord: {type(error).__name__}") from error
        self._learn(bucket, response)
        status = response.status
        if status < HTTPStatus.BAD_REQUEST:
            return found
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise self._slowed(bucket, response, found)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise LostError(f"Discord answered {status}")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            self._refusals.append(_now())
            if self.refused_lately == REFUSALS:
                log.warning("Discord refused %s calls in ten minutes: none is made now", REFUSALS)
        code = found.get("code", 0) if isinstance(found, dict) else 0
        raise ApiError(status, code if isinstance(code, int) else 0, ", ".join(_codes(found)))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {"Authorization": f"Bot {self.token}", "User-Agent": _AGENT}
            self._session = aiohttp.ClientSession(
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=TIMEOUT),
                cookie_jar=aiohttp.DummyCookieJar(),
                # A connection that the other side closed while idle is no reason to lose a call.
                connector=aiohttp.TCPConnector(limit=50, keepalive_timeout=20),
            )
        return self._session

    async def _wait(self, bucket: str) -> None:
        if self.quiet:
            after = self._refusals[0] + REFUSALS_WITHIN - _now()
            raise TooSoonError(after, "Discord has refused too much lately; I stay quiet a while")
        wait = max(self._free_at.get(bucket, 0.0), self._all_free_at) - _now()
        if wait > PATIENCE:
            raise TooSoonError(wait, "Discord asked me to wait")
        if wait > 0:
            await asyncio.sleep(wait)

    def _learn(self, bucket: str, response: aiohttp.ClientResponse) -> None:
        """Keep how long a route is used up."""
        if response.headers.get("X-RateLimit-Remaining") == "0":
            self._free_at[bucket] = _now() + _number(
                response.headers.get("X-RateLimit-Reset-After")
            )
        elif bucket in self._free_at and self._free_at[bucket] < _now():
            del self._free_at[bucket]

    def _slowed(self, bucket: str, response: aiohttp.ClientResponse, found: object) -> TooSoonError:
        told = found.get("retry_after") if isinstance(found, dict) else None
        after = _number(told if told is not None else response.headers.get("Retry-After"))
        if response.headers.get("X-RateLimit-Scope") != "shared":
            self._refusals.append(_now())
        if response.headers.get("X-RateLimit-Global") or (
            isinstance(found, dict) and found.get("global")
        ):
            self._all_free_at = _now() + after
        else:
            self._free_at[bucket] = _now() + after
        return TooSoonError(after, "Discord asked me to wait")


def _written(body: object, file: File | None) -> dict[str, Any]:
    if body is None:
        return {}
    if file is None:
        words = json.dumps(body, separators=(",", ":"))
        return {"data": words, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(quote_fields=False)
    told: dict[str, Any] = dict(body) if isinstance(body, Mapping) else {}
    parts = file.parts(FILE_BYTES)
    if not 0 < len(parts) <= _FILES:
        raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Code.TOO_LARGE)
    attached = [{"id": at, "filename": each.name} for at, each in enumerate(parts)]
    if "data" in told:  # the answer to an interaction keeps its message there
        told["data"] = {**told["data"], "attachments": attached}
    else:
        told["attachments"] = attached
    form.add_field("payload_json", json.dumps(told), content_type="application/json")
    kind = file.media_type.partition(";")[0]
    for at, each in enumerate(parts):
        form.add_field(f"files[{at}]", each.content, filename=each.name, content_type=kind)
    return {"data": form}


async def _read(response: aiohttp.ClientResponse) -> Any:
    raw = await response.read()
    if "json" not in response.headers.get("Content-Type", ""):
        return None
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None


def _codes(found: object, path: str = "") -> Iterator[str]:
    """Yield the codes of an error, each with the field it is about."""
    if isinstance(found, Mapping):
        for name, each in found.items():
            if name == "code" and isinstance(each, str):
                yield f"{path}: {each}"
            elif name not in ("code", "message"):
                inside = path if name in ("errors", "_errors") else f"{path}/{name}"
                yield from _codes(each, inside)
    elif isinstance(found, list):
        for each in found:
            yield from _codes(each, path)


def _bucket(method: str, path: str) -> str:
    """Return what Discord may count together: the route, and the channel or server it is about."""
    major = _MAJOR.match(path)
    rest = path[major.end() :] if major else path
    return f"{method} {major[0] if major else ''}{_IDS.sub('#', rest)}"


def _number(value: object) -> float:
    try:
        return min(float(str(value)), 3600.0)
    except ValueError:
        return 1.0


def _now() -> float:
    return asyncio.get_running_loop().time()
