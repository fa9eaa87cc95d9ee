"""The bot as it is reached over HTTP: pages, Slack's requests and installs on one address."""

import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from adapters.slack.connection import SlackConnection, SlackOptions
from adapters.slack.oauth import Client
from adapters.slack.pace import Pace
from adapters.slack.text import Json
from adapters.web.app import WebOptions
from adapters.web.told import told
from plnbot.app import Parts, assembled
from plnbot.platforms import open_to_slack
from plnbot.store.database import Store
from plnbot.testing import FrozenClock

SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"
SECRET = b"0" * 32


@dataclass(slots=True)
class Outside:
    """A bot in HTTP mode, and a browser or Slack that calls it."""

    client: TestClient[web.Request, web.Application]
    connection: SlackConnection
    parts: Parts

    async def post(
        self, form: Json, *, at: float | None = None, sign: str = SIGNING
    ) -> ClientResponse:
        """Send what Slack sends as a form, signed."""
        return await self.send(urlencode(form), at=at, sign=sign)

    async def send(
        self, words: str, *, at: float | None = None, sign: str = SIGNING, again: int = 0
    ) -> ClientResponse:
        """Send a body, signed; `again` says how often Slack has tried before."""
        body = words.encode()
        now = str(int(SignatureClock().now() if at is None else at))
        signature = SignatureVerifier(sign).generate_signature(timestamp=now, body=body)
        headers = {
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": str(signature),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        retried = {"X-Slack-Retry-Num": str(again)} if again else {}
        return await self.client.post("/slack/events", data=body, headers={**headers, **retried})


@contextlib.asynccontextmanager
async def outside(
    store: Store, clock: FrozenClock, api: str, client: Client | None = None
) -> AsyncIterator[Outside]:
    """Yield a bot in HTTP mode: for one workspace, or for those that install it."""
    address = "http://127.0.0.1:1"
    web_options = WebOptions(SECRET, public_url=address)
    parts = assembled(store, clock, web_options, lambda _platform: address, random.Random(1))
    token = "" if client else "xoxb-test"
    options = SlackOptions(api, (SECRET,), token, signing_secret=SIGNING, client=client)
    connection = SlackConnection(options, parts.desk, store, clock, told, pace=Pace(gap=0))
    open_to_slack(parts.site, connection)
    parts.runner.senders["slack"] = connection.sender
    await connection.start()
    try:
        async with TestClient(TestServer(parts.site)) as browser:
            yield Outside(browser, connection, parts)
    finally:
        await connection.stop()
