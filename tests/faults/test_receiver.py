"""The platform in trouble, over real sockets: errors, resets after accepting, replies that never come.

And trouble of our own: one handler that fails, one network whose data is poisoned. Others go on.
"""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import text

from plnbot.engine import outbox, work
from plnbot.engine.ports import Delivery, Outgoing, Retry, Sent, Unknown
from plnbot.engine.routes import Due
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Command, Interaction, Reply, Said
from plnbot.testing import FrozenClock, RecordingSender
from tests.faults.bot import Bot
from tests.faults.conftest import EIGHT, NOON, Row, does

pytestmark = pytest.mark.faults
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
POSTS = 4
MOODS = 7


@dataclass(slots=True)
class Troubled:
    """A platform on loopback that treats each request to one of its rooms as `moods` say."""

    moods: list[str]
    stands: dict[str, list[str]] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = json.loads(await reader.readline())
        key, room = asked["key"], asked["room"]
        if asked["what"] == "find":
            reply = {"status": 200, "ref": key if key in self.stands.get(room, []) else ""}
        else:
            self.tried[key] += 1
            mood = self.moods.pop(0) if room == "ill" and self.moods else "well"
            if mood in {"well", "resets", "silent"} and key not in self.stands.get(room, []):
                self.stands.setdefault(room, []).append(key)
            if mood == "resets":
                writer.transport.abort()
                return
            if mood == "silent":
                await reader.read()  # accepted, and nothing more until they hang up
            reply = {"status": 500 if mood == "500" else 200, "ref": key}
        with contextlib.suppress(ConnectionError):
            writer.write(json.dumps(reply).encode() + b"\n")
            await writer.drain()
        writer.close()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Serve until the block ends; yields the port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            await server.wait_closed()


@dataclass(slots=True)
class Client:
    """Our side of that platform, as an adapter would be: one request a call, no retries."""

    port: int
    patience: float = 0.3
    platform: str = "test"
    finds: bool = True
    settles: timedelta = timedelta()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Try once."""
        try:
            told = await self._asked("send", outgoing)
        except (OSError, ValueError, TimeoutError):
            return Unknown("the reply was lost")
        return Retry("500") if told["status"] == 500 else Sent(str(told["ref"]))

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Look."""
        told = await self._asked("find", outgoing)
        return Sent(str(told["ref"])) if told["ref"] else None

    async def _asked(self, what: str, outgoing: Outgoing) -> dict[str, str | int]:
        async with asyncio.timeout(self.patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                assert isinstance(outgoing.to, Place)
                asked = {"what": what, "key": outgoing.key, "room": outgoing.to.channel}
                writer.write(json.dumps(asked).encode() + b"\n")
                return dict(json.loads(await reader.readline()))
            finally:
                writer.close()


async def post(bot: Bot, to: Place, key: str, card: str = "chats.closing") -> None:
    """Have something posted into a room, of the network of its workspace."""
    network, now = (1 if to.workspace == "w" else 2), bot.clock.now()
    args: outbox.Args = {"chat": 1}
    await bot.store.run(lambda tx: outbox.Posting(tx, network, to, now).post(card, args, key=key))


async def plan(bot: Bot, kind: str, key: str) -> None:
    """Plan a piece of work for now."""
    now = bot.clock.now()
    await bot.store.run(lambda tx: work.add(tx, kind, key, now, {"key": key}))


@pytest.mark.parametrize("mood", ["500", "resets", "silent"])
async def test_a_platform_in_trouble(
    chat_url: str, mood: str, tally: Callable[[Row], None]
) -> None:
    """Nothing is lost or comes twice, a room keeps its order, and other rooms are not held up."""
    platform = Troubled([mood] * MOODS)
    clock = FrozenClock(NOON)
    async with platform.listening() as port:
        bot = Bot(open_store(chat_url), clock, {"test": Client(port)})
        await bot.runner.run_all_due()  # what the plan itself posted
        for number in range(POSTS):
            for room in ("ill", "well", "fine"):
                await post(bot, Place("test", "w", room), f"{room} {number}")
        await bot.runner.run_all_due()
        assert [len(platform.stands[room]) for room in ("well", "fine")] == [POSTS, POSTS]
        recovered = timedelta()
        last = f"ill {POSTS - 1}"
        while await bot.store.read(lambda tx: outbox.by_key(tx, last)) is None:
            recovered += 2 * SECOND
            clock.advance(2 * SECOND)
            await bot.runner.run_all_due()
            assert recovered < 10 * MINUTE
        await bot.store.close()
    assert platform.stands["ill"] == [f"ill {number}" for number in range(POSTS)]
    assert all(len(set(keys)) == len(keys) for keys in platform.stands.values())
    name = {"500": "500s", "resets": "resets after accepting", "silent": "half-open connections"}
    kind = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"a platform with {name[mood]} ({kind})", MOODS - len(platform.moods)))


async def neighbours(bot: Bot, store: Store) -> Interaction:
    """Make a second network beside the first, and return what somebody there does."""
    network = await store.run(lambda tx: members.new_network(tx, "Other", "en", "UTC", NOON))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "other"))
    who, room = MemberRef("test", "other", "zoe"), Place("test", "other", "room")
    await bot.desk.handle(Interaction("zoe 1", who, room, Command("home"), "en", "Zoe"))
    return Interaction("zoe 2", who, room, Command("chat list"), "en", "Zoe")


POISON = {
    "moments that are none": 'UPDATE chat SET moments = \'[{"kind": "dance"}]\'',
    "a state that does not exist": "UPDATE chat SET state = 'asleep' WHERE id = 1",
    "a zone that does not exist": "UPDATE network SET zone = 'Mars/Olympus' WHERE id = 1",
    "a place that is none": 'UPDATE work SET payload = \'{"to": 7, "args": []}\'',
}


@pytest.mark.parametrize("poison", sorted(POISON))
async def test_one_network_is_poisoned(
    chat_url: str, poison: str, tally: Callable[[Row], None], caplog: pytest.LogCaptureFixture
) -> None:
    """What fails in one network fails there alone: another's people and posts do not notice."""
    caplog.set_level("CRITICAL")
    clock, platform = FrozenClock(EIGHT - MINUTE), RecordingSender()
    store = open_store(chat_url)
    bot = Bot(store, clock, {"test": platform})
    theirs = await neighbours(bot, store)
    await store.run(lambda tx: tx.execute(text(POISON[poison].replace(":", r"\:"))).close())
    await post(bot, Place("test", "other", "hall"), "none", "a card of no version")
    ours = [does(f"o{n}", "priya", Said(f"A1 {n}", f"m{n}")) for n in range(5)]
    answers = await asyncio.gather(*(bot.desk.handle(each) for each in [*ours, theirs]))
    assert isinstance(answers[-1], Reply)
    assert "That did not work" not in answers[-1].card.title.bare()
    done: list[str] = []
    bot.runner.tools.routes.when_due("theirs")(lambda _due: done.append("theirs"))
    clock.at = EIGHT + 11 * MINUTE
    await plan(bot, "theirs", "t")
    await bot.runner.run_all_due()
    assert done == ["theirs"]
    await store.close()
    tally(Row("one network's poisoned data", 1))


async def test_one_handler_fails(
    chat_url: str, tally: Callable[[Row], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Of many units together, the one that fails takes nothing of the others along."""
    caplog.set_level("CRITICAL")
    clock = FrozenClock(NOON)
    store = open_store(chat_url)
    bot = Bot(store, clock, {"test": RecordingSender()})
    done: list[str] = []

    @bot.runner.tools.routes.when_due("fails")
    def fails(due: Due) -> None:
        due.tx.execute(text("DELETE FROM member"))
        raise KeyError("our bug")

    bot.runner.tools.routes.when_due("works")(lambda due: done.append(str(due.payload["key"])))
    for number in range(10):
        await plan(bot, "fails" if number % 3 == 0 else "works", f"{number}")
    await bot.runner.run_all_due()
    assert sorted(set(done)) == ["1", "2", "4", "5", "7", "8"]
    assert await bot.desk.person(MemberRef("test", "w", "maya")) is not None
    await store.close()
    tally(Row("one exception in one handler", 4))


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1)])
@pytest.mark.parametrize("direction", [1, -1], ids=["forwards", "backwards"])
async def test_the_clock_is_moved(
    chat_url: str, jump: timedelta, direction: int, tally: Callable[[Row], None]
) -> None:
    """Nothing is lost or comes twice, also when the clock is put right afterwards."""
    clock, platform = FrozenClock(EIGHT), RecordingSender()
    bot = Bot(open_store(chat_url), clock, {"test": platform})

    await bot.pass_time(EIGHT + 17 * MINUTE)
    answer = does("a", "priya", Said("A1 mine", "m1"))
    await bot.desk.handle(answer)
    clock.at = EIGHT + 18 * MINUTE
    jumping = Jumping(platform, clock, direction * jump)
    first = Bot(bot.store, clock, {"test": jumping})
    first.runner.drain = timedelta(milliseconds=100)
    running = asyncio.create_task(first.runner.run())
    await jumping.jumped.wait()
    clock.at = EIGHT + 20 * MINUTE
    async with asyncio.timeout(30):
        while (at := await bot.store.read(work.next_at)) is not None and at <= clock.at:
            await bot.store.run(lambda tx: tx.announce(work.WAKE))
    first.runner.stop()
    await running
    await bot.desk.handle(answer)
    await bot.pass_time(EIGHT + timedelta(days=2))
    posts = [each.key for each in platform.sent if not each.edits]
    assert len(set(posts)) == len(posts)
    assert "chat/1/archive" in posts
    backlog = await bot.store.read(work.backlog)
    assert set(backlog) <= {"done", "cancelled"}
    with_answer = "SELECT count(*) FROM answer"
    assert await bot.store.read(lambda tx: tx.execute(text(with_answer)).scalar_one()) == 1
    await bot.store.close()
    how = "an hour" if jump == timedelta(hours=1) else "a day"
    where = "forwards" if direction == 1 else "backwards"
    tally(Row(f"the clock moved {where} by {how} in mid-send, and put right", 1))


@dataclass(slots=True)
class Jumping:
    """A platform during whose first send the clock is moved."""

    inner: RecordingSender
    clock: FrozenClock
    by: timedelta
    jumped: asyncio.Event = field(default_factory=asyncio.Event)
    platform: str = "test"
    finds: bool = True
    settles: timedelta = timedelta()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Move the clock the first time, and send."""
        if not self.jumped.is_set():
            self.clock.at += self.by
            self.jumped.set()
        return await self.inner.send(outgoing)

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Look."""
        return await self.inner.find(outgoing)
