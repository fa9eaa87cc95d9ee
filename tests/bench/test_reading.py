"""Whether memory stays flat while a network's feeds are polled for a simulated day, and what a poll costs.

The web is in this process, and answers most polls with 304; one feed in fifty has a new post each time.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plnbot import capabilities
from plnbot.engine import work
from plnbot.engine.heavy import USUAL, Limits, Plain, Told
from plnbot.engine.runner import Runner, Tools
from plnbot.fetching import Fetched
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.outward import reading_feeds
from plnbot.reading.actions import feeds as actions
from plnbot.reading.model.feeds import About, Manner
from plnbot.reading.store.feeds import New
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender, seeded_random
from tests.bench.conftest import Print
from tests.scenarios.feeds import Post, rss

pytestmark = pytest.mark.bench
NETWORKS, EACH, HOURS, SETTLED = 10, 500, 24, 6
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
_MOST_GROWN = 1.1


@dataclass(slots=True)
class Web:
    """Five thousand blogs, each of which posts so often that it is polled every few hours."""

    clock: FrozenClock
    polls: int = 0

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return what a blog says, or that it says the same."""
        del first
        self.polls += 1
        number = int(address.split("/")[2].removeprefix("b").partition(".")[0])
        day = (self.clock.now() - NOON) // timedelta(hours=1) if number % 50 == 0 else 0
        tag = f'"{number}-{day}"'
        if (headers or {}).get("If-None-Match") == tag:
            return Fetched(304, {"etag": tag}, b"", address)
        every = timedelta(hours=20 if number % 3 else 60)
        posts = [
            Post(
                hashlib.sha256(f"{number} {n}".encode()).hexdigest(),
                f"https://b{number}.example/{n}",
                NOON + timedelta(hours=day) - n * every,
            )
            for n in range(20)
        ]
        fresh = Post(f"News of {number} at {day}", f"https://b{number}.example/new{day}",
            NOON + timedelta(hours=day))  # fmt: skip
        return Fetched(200, {"etag": tag}, rss(f"Blog {number}", [fresh, *posts]), address)

    async def close(self) -> None:
        """Let go of nothing."""


class Forgetful(HeavyHere):
    """Heavy work that keeps nothing of what it was given: that is not the bot's memory."""

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Return what the function makes."""
        self.ran.clear()
        return await super().run(function, given, limits, told)


def resident() -> float:
    """Return how much memory this process has, in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0.0


async def test_memory_over_a_day_of_feeds(durable_url: str, say: Print) -> None:
    """After the first hours, no more is held than before."""
    store, clock = open_store(durable_url), FrozenClock(NOON)
    web = Web(clock)
    routes = capabilities.catalogue(capabilities.every())
    sender = RecordingSender("test")
    tools = Tools(store, clock, routes, Members(), {"test": sender}, seeded_random())
    tools.fetcher, tools.heavy, tools.feeds = web, Forgetful(), reading_feeds
    runner = Runner(tools)
    for number in range(NETWORKS):
        await store.run(lambda tx, number=number: _add(tx, number))  # type: ignore[misc]
    held: list[float] = []
    began, polls = time.process_time(), 0
    for hour in range(1, HOURS + 1):
        until = NOON + hour * timedelta(hours=1)
        while (at := await store.read(work.next_at)) is not None and at <= until:
            clock.at = max(at, clock.at)
            await runner.run_all_due()
            sender.sent.clear()
        clock.at = until
        held.append(resident())
        say(f"  after hour {hour}: {held[-1]:.0f} MB, {web.polls:,} polls")
        if hour == 1:
            began, polls = time.process_time(), web.polls
    each = (time.process_time() - began) / max(web.polls - polls, 1)
    say(
        f"\n{NETWORKS * EACH:,} feeds, {HOURS} simulated hours, {web.polls:,} polls:"
        f" {held[0]:.0f} MB after the first, {held[SETTLED - 1]:.0f} MB after {SETTLED},"
        f" {held[-1]:.0f} MB after the last ({held[-1] / held[0]:.2f} x the first);"
        f" {each * 1000:.1f} ms of processor time for a poll"
    )
    await store.close()
    assert held[-1] < held[SETTLED - 1] * _MOST_GROWN


def _add(tx: Tx, network_number: int) -> None:
    network = members.new_network(tx, f"PLN {network_number}", "en", "UTC", NOON)
    workspace = f"w{network_number}"
    members.attach(tx, network.id, "test", workspace)
    ref = MemberRef("test", workspace, "maya")
    by = members.new_member(tx, network, ref, "Maya", locale="en", now=NOON)
    for n in range(network_number * EACH, (network_number + 1) * EACH):
        address = f"https://b{n}.example/feed"
        new = New(
            address=address, key=actions.feed_key(address), kind="", site="", language="en",
            about=About(title=f"Blog {n}"), approval=False, last=0,
        )  # fmt: skip
        place = Place("test", workspace, f"room{n % 10}")
        actions.add(tx, new, place, Manner.INSTANT, NOON, by=by)
