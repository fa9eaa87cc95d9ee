"""Socket Mode under trouble: refreshed, refused, dead without a word, and never acknowledged early."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp.test_utils import TestServer

from adapters.slack.calls import Calls, TurnedDownError
from adapters.slack.sockets import HEARTBEAT, Sockets
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken
from tests.adapters.slack.fake import FakeSlack


@dataclass(slots=True)
class Line:
    """Sockets to a counterpart, and what came in by them."""

    slack: FakeSlack
    sockets: Sockets
    taken: list[Json] = field(default_factory=list)
    answer: Json | None = field(default_factory=dict)

    async def take(self, payload: Json) -> Json | None:
        """Keep what came in."""
        self.taken.append(payload)
        return self.answer


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """Yield sockets whose heart beats fast, not yet open."""
    slack = FakeSlack()
    async with TestServer(slack.app()) as server:
        slack.own = slack.address = str(server.make_url("")).rstrip("/")
        calls = Calls(OneToken("xoxb-test"), f"{slack.own}/api/")
        made = Line(slack, Sockets(calls, "xapp-test", lambda p: made.take(p), 0.4, 0.01))  # noqa: PLW0108 - made on this line
        yield made
        await made.sockets.stop()
        await calls.close()


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; the loop's turns are all it takes."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - it is the other side that changes
            await asyncio.sleep(0.005)


async def test_an_envelope_is_taken_in_and_acknowledged(line: Line) -> None:
    """What comes is acknowledged with its answer, once it is taken in."""
    await line.sockets.start()
    line.answer = {"text": "hello"}
    assert await line.slack.deliver("slash_commands", {"command": "/pln"}) == {"text": "hello"}
    assert line.taken == [{"command": "/pln"}]
    assert line.sockets.connected


async def test_what_was_not_taken_in_is_not_acknowledged(line: Line) -> None:
    """Where the store is away there is no acknowledgement, and the next delivery gets one."""
    await line.sockets.start()
    line.answer = None
    waiting = asyncio.ensure_future(line.slack.deliver("events_api", {"n": 1}))
    await until(lambda: len(line.taken) == 1)
    line.answer = {}
    await line.slack.deliver("events_api", {"n": 1})
    assert not waiting.done()
    waiting.cancel()


async def test_a_refresh_opens_the_next_one_first(line: Line) -> None:
    """When Slack wants a socket back, another is open before it closes; nothing is missed."""
    await line.sockets.start()
    await line.slack.deliver("events_api", {"n": 1})
    await line.slack.disconnect("refresh_requested")
    await until(lambda: len(line.slack.sockets) == 2)
    await line.slack.deliver("events_api", {"n": 2})
    await line.slack.sockets[0].close()
    await until(lambda: len(line.slack.sockets) == 1)
    await line.slack.deliver("events_api", {"n": 3})
    assert [each["n"] for each in line.taken] == [1, 2, 3]
    opened = [method for method, _form in line.slack.calls if method == "apps.connections.open"]
    assert len(opened) == 2


async def test_a_socket_that_closes_is_followed_by_another(line: Line) -> None:
    """A lost connection is opened again."""
    await line.sockets.start()
    await until(lambda: len(line.slack.sockets) == 1)
    first = line.slack.sockets[0]
    await first.close()
    await until(lambda: len(line.slack.sockets) == 1 and line.slack.sockets[0] is not first)
    await line.slack.deliver("events_api", {"n": 1})
    assert line.taken == [{"n": 1}]


@pytest.mark.parametrize(
    "frame", ["no json", "[]", '{"type": 7}', '{"envelope_id": []}', "", "null"]
)
async def test_a_frame_that_cannot_be_read_is_passed_over(line: Line, frame: str) -> None:
    """Whatever it holds, the next one is taken in."""
    await line.sockets.start()
    await until(lambda: len(line.slack.sockets) == 1)
    await line.slack.sockets[0].send_str(frame)
    await line.slack.deliver("events_api", {"n": 1})
    assert {"n": 1} in line.taken


async def test_what_fails_to_be_taken_in_ends_no_socket(line: Line) -> None:
    """It is not acknowledged, so Slack tells it again; and the socket goes on."""
    await line.sockets.start()
    fails = [RuntimeError("ours"), ValueError("ours")]

    async def take(payload: Json) -> Json | None:
        if fails:
            raise fails.pop()
        return await line.take(payload)

    line.sockets.take = take
    waiting = [asyncio.ensure_future(line.slack.deliver("events_api", {"n": 0})) for _ in "ab"]
    await until(lambda: not fails)
    await line.slack.deliver("events_api", {"n": 1})
    assert line.taken == [{"n": 1}]
    for each in waiting:
        each.cancel()


async def test_too_many_sockets_are_said_and_waited_out(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """Where ten sockets are open already the log says so, and it is tried again later."""
    await line.sockets.start()
    await until(lambda: len(line.slack.sockets) == 1)
    first = line.slack.sockets[0]
    with caplog.at_level(logging.WARNING):
        await line.slack.disconnect("too_many_websockets")
        await until(lambda: len(line.slack.sockets) == 1 and line.slack.sockets[0] is not first)
    assert "another plnbot" in caplog.text


async def test_a_half_open_socket_is_noticed(line: Line) -> None:
    """A socket that is there and says nothing is given up after one heartbeat and a half.

    At the pace that is shipped that is well within a minute.
    """
    assert HEARTBEAT * 1.5 < 60
    line.slack.dead = True
    await line.sockets.start()
    await until(lambda: len(line.slack.sockets) == 1)
    line.slack.dead = False
    await until(lambda: len(line.slack.sockets) == 2)
    await line.slack.deliver("events_api", {"n": 1})
    assert line.taken == [{"n": 1}]


async def test_a_wrong_token_ends_the_start(line: Line) -> None:
    """A token that Slack does not know is said at the start, not tried for ever."""
    line.slack.refuses[("apps.connections.open", "")] = "invalid_auth"
    with pytest.raises(TurnedDownError, match="invalid_auth"):
        await line.sockets.start()
