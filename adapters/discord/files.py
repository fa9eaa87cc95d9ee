"""Files that came with a dialog: fetched from Discord's own hosts alone, without the bot's token."""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from plnbot.errors import Refused, Unavailable
from plnbot.talk import limits
from plnbot.talk.uploads import AwaitedFile, too_large
from plnbot.talk.words import msg
from plnbot.values import dataclass

ORIGINS: Final = frozenset({"https://cdn.discordapp.com", "https://media.discordapp.net"})
_LATER: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
_LIMIT = aiohttp.ClientTimeout(total=60, sock_read=20)
_NOT_THERE = msg("Discord has this file no more. Please send it once more.")


@dataclass(slots=True)
class DiscordFiles:
    """Reads files, from these origins alone."""

    origins: frozenset[str] = ORIGINS

    async def read(self, _workspace: str, file: AwaitedFile, most: int) -> bytes:
        """Return the bytes of a file, as the engine's `ReadsFile` has it."""
        fits = min(most, limits.FILE_ELSEWHERE)
        if not self._is_theirs(file.ref):
            raise Refused(_NOT_THERE)
        body = bytearray()
        try:
            async with (
                # Connections of their own: those of the API say who the bot is.
                aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
                session.get(file.ref, allow_redirects=False, timeout=_LIMIT) as response,
            ):
                status = response.status
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _LATER:
                    raise Unavailable(f"Discord answers a file with {status}")
                if status != HTTPStatus.OK:
                    raise Refused(_NOT_THERE)
                async for piece in response.content.iter_any():
                    body += piece
                    if len(body) > fits:
                        raise Refused(too_large(fits))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unavailable(f"a file did not come: {type(error).__name__}") from error
        return bytes(body)

    def _is_theirs(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return f"{parts.scheme}://{parts.netloc}" in self.origins
