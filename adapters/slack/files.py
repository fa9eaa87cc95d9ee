"""Files that lie with Slack: asked about, then fetched with the bot's token, never beyond what fits.

Slack tells a form which files were chosen. It looks through each of them first, so one that is not
there yet is asked for again. Without the right to read files it answers with a page for signing in,
and the status of success: what is no file of the size that Slack told is not taken for one.
"""

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.payload import Payload, dict_of, text_of
from plnbot.errors import Refused, Unavailable
from plnbot.talk import limits
from plnbot.talk.uploads import AwaitedFile, too_large
from plnbot.talk.words import msg
from plnbot.values import dataclass

RIGHT: Final = "files:read"
"""Without it no form that asks for a file opens."""
_LIMIT = aiohttp.ClientTimeout(total=60, sock_read=20)
_GONE: Final = frozenset({"file_not_found", "file_deleted"})
_NO_RIGHT = msg(
    "Slack does not let me read files here. Whoever looks after me can change that: `plnbot doctor`"
    " says how."
)
_NOT_THERE = msg("Slack has this file no more. Please send it once more.")
_ELSEWHERE = msg("Slack only has a link to this file. Download it, and send the file itself.")


@dataclass(frozen=True, slots=True)
class SlackFiles:
    """Reads files. The token goes to Slack's own hosts alone."""

    calls: Calls

    async def read(self, workspace: str, file: AwaitedFile, most: int) -> bytes:
        """Return the bytes of a file, as the engine's `ReadsFile` has it."""
        told = await self._told(workspace, file)
        if text_of(told, "mode") == "external" or told.get("is_external") is True:
            raise Refused(_ELSEWHERE)
        size, fits = told.get("size"), min(most, limits.FILE_ELSEWHERE)
        if not isinstance(size, int) or size > fits:
            raise Refused(too_large(fits))
        url = text_of(told, "url_private_download") or text_of(told, "url_private")
        if not self._is_theirs(url):
            raise Unavailable("Slack does not say where a file is yet")
        token = await self.calls.tokens.token(workspace)
        content = await self._fetched(url, token, size)
        if len(content) != size:
            raise Unavailable("Slack does not give a whole file yet")
        return content

    async def _told(self, workspace: str, file: AwaitedFile) -> Payload:
        try:
            told = await self.calls.call(workspace, "files.info", file=file.ref)
        except TurnedDownError as no:
            raise Refused(_NOT_THERE if no.error in _GONE else _NO_RIGHT) from no
        return dict_of(told.get("file"))

    def _is_theirs(self, url: str) -> bool:
        try:
            parts, ours = urlsplit(url), urlsplit(self.calls.base_url)
        except ValueError:
            return False
        hosts = {ours.netloc, f"files.{ours.netloc}"}
        return parts.scheme == ours.scheme and parts.netloc in hosts

    async def _fetched(self, url: str, token: str, size: int) -> bytes:
        headers = {"Authorization": f"Bearer {token}"}
        body = bytearray()
        try:
            async with self.calls.session.get(
                url, headers=headers, allow_redirects=False, timeout=_LIMIT
            ) as response:
                if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise Unavailable(f"Slack answers a file with {response.status}")
                if response.status != HTTPStatus.OK:
                    raise Refused(_NO_RIGHT)
                async for piece in response.content.iter_any():
                    body += piece
                    if len(body) > size:
                        raise Refused(_NO_RIGHT)  # a page in its place, or anything else
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unavailable(f"a file did not come: {type(error).__name__}") from error
        return bytes(body)
