"""A whole Slack workspace on this machine, its bot connected by Socket Mode through the proxy."""

import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.slack.connection import SlackConnection, SlackOptions
from adapters.slack.pace import Pace
from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.slack.fake import APP_TOKEN, BOT_TOKEN, TEAM, FakeSlack
from tests.adapters.slack.strict import Strict, strict
from tests.conftest import without
from tests.scenarios.browsing import Browsing
from tests.scenarios.slack import NAMES, USERS, SlackDriver


@contextlib.contextmanager
def strict_slack(repository: Path, folder: Path) -> Iterator[Strict]:
    """Run the strict proxy, or skip where it is not beside this checkout."""
    proxy = repository.parent / "shared" / "peers" / "slack_strict.py"
    if not proxy.is_file():
        without("the counterparts are not beside this checkout")
    with strict(proxy, folder / "slack.log") as running:
        yield running


@contextlib.asynccontextmanager
async def slack_workspace(
    store: Store, clock: FrozenClock, proxy: Strict, address: str, *, lobby_key: str = ""
) -> AsyncIterator[SlackDriver]:
    """Yield a workspace with six people, of whom Maya administers it and Sam helps moderate."""
    now = clock.now()
    await store.run(
        lambda tx: members.new_network(tx, "Our learning network", "en", "America/New_York", now)
    )
    parts = assembled(
        store, clock, WebOptions(b"0" * 32, lobby_key), lambda _platform: address, random.Random(1)
    )
    async with fake_slack(proxy) as slack:
        for user, name in zip(USERS.values(), NAMES, strict=True):
            slack.member(user, name, is_admin=user == USERS["maya"])
        connection = connected(parts, store, clock, proxy.address)
        parts.runner.senders["slack"] = connection.sender
        await connection.start()
        try:
            async with TestClient(TestServer(parts.site)) as client:
                driver = SlackDriver(slack, connection, parts, store, clock)
                driver.browsing = Browsing(client, driver.link)
                for user in USERS.values():
                    await driver.event({"type": "app_home_opened", "user": user, "tab": "home"})
                await store.run(_sam_helps)
                yield driver
        finally:
            await connection.stop()
    assert proxy.violations() == []


@contextlib.asynccontextmanager
async def fake_slack(proxy: Strict) -> AsyncIterator[FakeSlack]:
    """Yield a counterpart behind the proxy."""
    slack = FakeSlack()
    served = web.AppRunner(slack.app(), shutdown_timeout=0.2)
    await served.setup()
    await web.TCPSite(served, "127.0.0.1", proxy.upstream, reuse_address=True).start()
    slack.address, slack.own = proxy.address, f"http://127.0.0.1:{proxy.upstream}"
    proxy.new()
    try:
        yield slack
    finally:
        await served.cleanup()


def connected(parts: Parts, store: Store, clock: FrozenClock, address: str) -> SlackConnection:
    """Return Slack's connection, whose pace is as fast as the test."""
    options = SlackOptions(f"{address}/api/", (b"0" * 32,), BOT_TOKEN, APP_TOKEN)
    seconds = lambda: clock.now().timestamp()  # noqa: E731 - what rests, rests by the test's clock
    return SlackConnection(
        options, parts.desk, store, clock, _page, pace=Pace(gap=0), seconds=seconds
    )


def _page(_title: str, _words: str, status: int) -> web.Response:
    return web.Response(status=status)


def _sam_helps(tx: Tx) -> None:
    sam = members.by_ref(tx, MemberRef("slack", TEAM, USERS["sam"]))
    assert sam is not None
    now = datetime(2026, 11, 23, tzinfo=UTC)
    roles.grant(tx, sam.network.id, sam.id, Grant(Role.CO_MODERATOR), by=None, now=now)
