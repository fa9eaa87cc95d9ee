"""HTTP mode: only what Slack signed just now is taken in, and what is taken in is answered."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer
from slack_sdk.signature import Clock as SignatureClock

from adapters.slack.text import Json
from plnbot.members import store as members
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.slack.fake import ROOM, TEAM, FakeSlack
from tests.adapters.slack.outside import Outside, outside
from tests.adapters.slack.seen import words_of
from tests.engine.conftest import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COMMAND: Json = {
    "command": "/pln",
    "text": "help",
    "team_id": TEAM,
    "channel_id": ROOM,
    "user_id": "U0MAYA",
    "user_name": "maya",
    "trigger_id": "1.2.3",
    "response_url": "http://127.0.0.1:1/",
}


@pytest.fixture
async def bot(store: Store, clock: FrozenClock) -> AsyncIterator[Outside]:
    """Yield a bot for one workspace in HTTP mode."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", now))
    slack = FakeSlack()
    slack.member("U0MAYA", "Maya Torres", is_admin=True)
    async with TestServer(slack.app()) as server:
        slack.own = str(server.make_url("")).rstrip("/")
        async with outside(store, clock, f"{slack.own}/api/") as made:
            yield made


async def test_a_signed_command_is_answered(bot: Outside) -> None:
    """What Slack signed is answered in the same breath."""
    answer = await bot.post(COMMAND)
    assert answer.status == 200
    assert "What you can do" in words_of(await answer.json())
    assert bot.connection.connected


async def test_what_is_not_signed_is_refused(bot: Outside) -> None:
    """A wrong secret, an old time, a changed byte, or no signature at all: refused, nothing done."""
    now = SignatureClock().now()
    assert (await bot.post(COMMAND, sign="another secret")).status == 403
    assert (await bot.post(COMMAND, at=now - 330)).status == 403
    assert (await bot.post(COMMAND, at=now + 330)).status == 403
    plain = await bot.client.post("/slack/events", data=COMMAND)
    assert plain.status == 403
    json = {"Content-Type": "application/json"}
    headers = {**json, "X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}
    odd = await bot.client.post("/slack/events", data=b"\xff\xfe", headers=headers)
    assert odd.status == 403


async def test_slack_may_check_the_address(bot: Outside) -> None:
    """The check that Slack makes when the address is set is answered; what is no payload is not."""
    answer = await bot.send(json.dumps({"type": "url_verification", "challenge": "c4"}))
    assert await answer.json() == {"challenge": "c4"}
    assert (await bot.send("{not json")).status == 400


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "null",
        "[1, 2]",
        '"words"',
        "7",
        "a=1",
        "payload=%5B%5D",
        "payload=7",
        "payload=%7Bnot+json",
        "payload=%7B%22type%22%3A%5B%5D%7D",
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A7%7D",
        "payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A%5B%5D%7D",
        '{"type": "event_callback", "event": 7}',
        '{"type": "event_callback", "event": {"type": "message", "user": []}}',
        '{"type": ' * 2_000,
        "[" * 100_000,
        "command=%2Fpln",
        "\x00" * 100,
    ],
)
async def test_nonsense_that_is_signed_is_no_error_of_ours(bot: Outside, body: str) -> None:
    """Whoever knows the secret may send anything: it is a bad request, or means nothing."""
    assert (await bot.send(body)).status in (200, 400, 404), body[:50]


@pytest.mark.parametrize(("tried", "missed"), [(0, False), (1, False), (2, True), (3, True)])
async def test_a_delivery_that_comes_late_tells_of_a_gap(
    bot: Outside, tried: int, *, missed: bool
) -> None:
    """Slack gives up what it tried three times: where it tries long, something may be lost."""
    listening = bot.connection.listening
    await until(lambda: listening.since is None)
    listening.look_again = 3600.0
    await bot.send(json.dumps({"type": "event_callback", "event": {}}), again=tried)
    assert (listening.since is not None) is missed


async def test_where_the_store_is_away_slack_is_told(bot: Outside, store: Store) -> None:
    """Nothing is acknowledged that is not durable: without the store, Slack hears of an error."""
    await store.close()
    assert (await bot.post(COMMAND)).status == 500


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application/json", 403),  # read, and found not to be signed
        ("application/json; charset=utf-8", 403),
        ("application/x-www-form-urlencoded", 403),
        ("application/json; charset=punycode", 415),
        ("multipart/form-data; boundary=b", 415),
        ("text/plain", 415),
    ],
)
async def test_what_may_come_from_slack(bot: Outside, kind: str, expected: int) -> None:
    """Events as JSON and what people do in forms: other bodies are refused before they are read."""
    headers = {"Content-Type": kind}
    answer = await bot.client.post("/slack/events", data=b"{}", headers=headers)
    assert answer.status == expected
    packed = {**headers, "Content-Encoding": "gzip"}
    answer = await bot.client.post("/slack/events", data=b"{}", headers=packed, compress=False)
    assert answer.status == 415
