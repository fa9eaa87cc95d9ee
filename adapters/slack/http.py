"""Slack's requests over HTTP: the signature checked on the raw bytes, then the same way in."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

ADDRESS = "/slack/events"
TAKES = frozenset({"application/json", "application/x-www-form-urlencoded"})
"""Events come as JSON, everything that people do in forms."""
_LATE = frozenset({"2", "3"})
"""Slack tries at once, after a minute and after five."""
Dispatch = Callable[[str], Awaitable[BoltResponse]]


def events(
    secret: str,
    dispatch: Dispatch,
    clock: SignatureClock | None = None,
    *,
    again: Callable[[], None] = lambda: None,
) -> web.RouteDef:
    """Return the one address that Slack sends everything to.

    `again` is called where Slack delivers something for the third time: it did not reach us before.
    """
    verifier = SignatureVerifier(secret, clock or SignatureClock())

    async def take(request: web.Request) -> web.Response:
        raw = await request.read()
        if not _is_from_slack(verifier, raw, request):
            raise web.HTTPForbidden
        if request.headers.get("X-Slack-Retry-Num", "") in _LATE:
            again()
        try:
            answer = await dispatch(raw.decode())
        except ValueError:
            raise web.HTTPBadRequest from None
        kind = answer.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    return web.post(ADDRESS, take)


def _is_from_slack(verifier: SignatureVerifier, raw: bytes, request: web.Request) -> bool:
    """Check signature and time; what cannot be read is not from Slack."""
    try:
        return verifier.is_valid(
            raw,
            request.headers.get("X-Slack-Request-Timestamp", ""),
            request.headers.get("X-Slack-Signature", ""),
        )
    except (ValueError, TypeError):
        return False
