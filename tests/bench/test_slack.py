"""A slash command in Slack: plnbot beside bolt as it comes and bolt as it can be tuned, in one run.

All get the same payload by the same call. Bolt's own listeners only acknowledge; plnbot also makes
the person known, answers with a card, and has it durable before it acknowledges. "Same work" lets
bolt do that too before it acknowledges, so that what the adapter itself costs can be seen.
"""

import asyncio
import itertools
import random
import re
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.arrivals import Taken
from adapters.slack.connection import SlackConnection, SlackOptions
from adapters.slack.inbound import read
from adapters.slack.people import Known
from adapters.slack.render import message
from adapters.slack.text import Json, Reader
from adapters.web.app import WebOptions
from adapters.web.told import told
from plnbot.app import Parts, assembled
from plnbot.engine.clock import SystemClock
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Reply

pytestmark = pytest.mark.bench
COMMANDS = (1, 200)
TIMES, AT_ONCE, EACH = 150, 20, 15
_numbers = itertools.count(1)
Take = Callable[[Json], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds at the median and the 95th of a hundred, and how many a second twenty get."""

    p50: float
    p95: float
    rate: float


def payload(command: str = "/pln", text: str = "language") -> Json:
    """Return what Slack sends for a command whose answer is the same however many there are."""
    number = next(_numbers)
    return {
        "command": command,
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "user_name": "ana",
        "trigger_id": f"{number}.1.a",
        "response_url": "http://127.0.0.1:1/",
    }


@dataclass(slots=True)
class Contender:
    """One that is measured: what takes a payload, which payload, and how long it took each time."""

    name: str
    take: Take
    body: Callable[[], Json]
    took: list[float] = field(default_factory=list)

    async def once(self) -> None:
        """Take one payload, on the clock."""
        body = self.body()
        began = time.perf_counter()
        await self.take(body)
        self.took.append((time.perf_counter() - began) * 1000)

    async def rate(self) -> float:
        """Return how many a second twenty at once get through."""

        async def writer() -> None:
            for _time in range(EACH):
                await self.take(self.body())

        began = time.perf_counter()
        await asyncio.gather(*(writer() for _writer in range(AT_ONCE)))
        return AT_ONCE * EACH / (time.perf_counter() - began)


async def measured(contenders: Sequence[Contender]) -> list[Measured]:
    """Measure in turns, so that whatever else the machine does meets all of them alike.

    In another order each turn: who comes after a commit finds the disk and the threads awake.
    """
    order, chance = list(contenders), random.Random(1)
    for _time in range(TIMES):
        chance.shuffle(order)
        for each in order:
            await each.once()
    return [
        Measured(
            statistics.median(each.took),
            statistics.quantiles(each.took, n=20)[-1],
            await each.rate(),
        )
        for each in contenders
    ]


async def _let_in(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1")


def dispatched(bolt: AsyncApp) -> Take:
    """Return what hands a payload to bolt."""

    async def take(body: Json) -> object:
        answer = await bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        assert answer.status == 200
        return answer

    return take


def by_socket(connection: SlackConnection) -> Take:
    """Return what hands a payload to plnbot as a socket does."""

    async def take(body: Json) -> object:
        answer = await connection.app.dispatch(body, "socket_mode")
        assert answer.status == 200
        return answer

    return take


def bolt_as_it_comes(commands: int, work: Take | None = None) -> Take:
    """Return bolt with a listener for each command, as its documents show."""
    bolt = AsyncApp(
        name="bench", authorize=_let_in, signing_secret="x", request_verification_enabled=False
    )

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        if work is not None:
            await work(body)
        await ack("done")

    for number in range(commands):
        bolt.command(f"/c{number}")(listener)
    return dispatched(bolt)


def bolt_tuned(work: Take | None = None) -> Take:
    """Return bolt with one listener for everything, which answers before it returns."""
    bolt = AsyncApp(
        name="bench",
        authorize=_let_in,
        signing_secret="x",
        request_verification_enabled=False,
        process_before_response=True,
    )

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        if work is not None:
            await work(body)
        await ack("done")

    bolt.command(re.compile(""))(listener)
    return dispatched(bolt)


def same_work(parts: Parts) -> Take:
    """Return the work itself: take in durably, find out who it was, make the card."""

    async def work(body: Json) -> object:
        taken = read(body, {})
        assert isinstance(taken, Taken)
        answer = await parts.desk.handle(replace(taken.interaction, name="Ana"))
        person = await parts.desk.person(taken.interaction.who)
        assert isinstance(answer, Reply)
        assert person is not None
        return message(answer.card, Reader(person.locale, person.zone))

    return work


async def test_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print latency and throughput of each, with one command and with two hundred."""
    url = f"sqlite:///{tmp_path / 'bench.sqlite3'}"
    migrate(url)
    store = open_store(url)
    clock = SystemClock()
    await store.run(lambda tx: members.new_network(tx, "PLN", "en", "UTC", clock.now()))
    lines: list[tuple[str, int, Measured]] = []
    for commands in COMMANDS:
        parts = assembled(
            store, clock, WebOptions(b"0" * 32), lambda _p: "", random.Random(1), most_a_minute=0
        )
        shown = parts.desk.routes.commands["calendar"]
        for number in range(commands):
            extra = replace(shown, name=f"extra{number}")
            parts.desk.routes.commands[extra.name] = extra
        await parts.desk.settle("slack", "T1", "Ridgeview")
        options = SlackOptions("http://127.0.0.1:1/api/", (b"0" * 32,), "xoxb-1", "xapp-1")
        connection = SlackConnection(options, parts.desk, store, clock, told)
        known = Known("Ana", "en-US", "America/New_York")
        connection.app.people._known[MemberRef("slack", "T1", "U1")] = (time.monotonic(), known)
        work, last = same_work(parts), f"/c{commands - 1}"
        contenders = (
            Contender("bolt as it comes", bolt_as_it_comes(commands), partial(payload, last)),
            Contender("bolt tuned", bolt_tuned(), payload),
            Contender("plnbot, durable", by_socket(connection), payload),
            Contender("bolt tuned, same work", bolt_tuned(work), payload),
            Contender(
                "as it comes, same work", bolt_as_it_comes(commands, work), partial(payload, last)
            ),
        )
        found = await measured(contenders)
        lines += [(each.name, commands, one) for each, one in zip(contenders, found, strict=True)]
    await store.close()
    with capsys.disabled():
        print("\nA slash command: ms at the median and at 95 %, and a second with twenty at once")
        for name, commands, each in lines:
            times = f"{each.p50:7.2f} {each.p95:7.2f} {each.rate:8,.0f}/s"
            print(f"  {name:22} {commands:4} commands {times}")
        come, tuned, ours, with_work, slow = (each for _name, _commands, each in lines[5:])
        print(f"  plnbot's median: {ours.p50 / with_work.p50:.2f} of tuned bolt's, same work;")
        print(f"  1/{slow.p50 / ours.p50:.1f} of bolt's as it comes with the same work,")
        print(f"  1/{come.p50 / ours.p50:.1f} of bolt's as it comes doing nothing;")
        print(f"  tuned bolt doing nothing: 1/{come.p50 / tuned.p50:.0f} of bolt's as it comes")
