"""The runner while the other side is in trouble: nothing is lost, parked too soon or sent unnoticed."""

import asyncio
import itertools
import logging
from datetime import timedelta

import pytest
from sqlalchemy import text

from plnbot.engine import work
from plnbot.engine.ports import Delivery, Outgoing, Retry, Sent, Unknown
from plnbot.engine.retry import ORDINARY
from plnbot.engine.routes import Due
from plnbot.engine.runner.delivering import SENT_AGAIN
from plnbot.errors import Unavailable
from plnbot.members import store as members
from plnbot.refs import Place
from plnbot.store.database import Done, Unit
from tests.engine.conftest import HALL, ROOM, House, Platform, nothing_else

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
AT_ONCE_NOW = timedelta()


async def until_due(house: House) -> timedelta:
    """Let time pass to the next piece of work, do it, and return how long that was."""
    at = await house.store.read(work.next_at)
    assert at is not None
    waited = at - house.clock.now()
    await house.after(max(waited, timedelta()))
    return waited


async def test_an_outage_of_hours_parks_nothing(house: House) -> None:
    """However often it was in vain, what was to be posted goes out soon after the outage ends."""
    house.platform.answer = lambda _to: Unknown("connection refused")
    await house.post("hello")
    await house.after(AT_ONCE_NOW)
    begin = house.clock.now()
    while house.clock.now() - begin < 3 * HOUR:
        before = house.clock.now() - begin
        waited = await until_due(house)
        assert waited <= max(before / 10, 2 * SECOND)
        assert waited <= 10 * MINUTE
    house.platform.answer = lambda _to: None
    await until_due(house)
    assert house.platform.shown == ["hello"]


async def test_an_outage_of_days_is_for_an_operator(house: House) -> None:
    """In the end it is parked, with the last reason."""
    house.platform.answer = lambda _to: Retry("down for good")
    await house.post("hello")
    await house.after(ORDINARY.keep_trying)
    assert await house.ended("hello") == ("due", "down for good")
    await house.after(HOUR)
    assert await house.ended("hello") == ("parked", "down for good")


async def test_ten_minutes_of_429(house: House) -> None:
    """The place that says when is asked exactly then, not before; another place is not held up."""
    asked: list[timedelta] = []
    begin = house.clock.now()
    pause = 45 * SECOND

    def slow_down(to: Outgoing) -> Delivery | None:
        passed = house.clock.now() - begin
        if to.to != ROOM:
            return None
        asked.append(passed)
        return Retry("429", pause) if passed < 10 * MINUTE else None

    house.platform.answer = slow_down
    for number in range(3):
        await house.post(f"room {number}", after=number * SECOND)
        await house.post(f"hall {number}", to=HALL, after=number * SECOND)
    while house.clock.now() - begin < 15 * MINUTE:
        await house.after(SECOND)
        if house.clock.now() - begin == 2 * SECOND:
            assert house.platform.shown == ["hall 0", "hall 1", "hall 2"]
    assert house.platform.shown[3:] == ["room 0", "room 1", "room 2"]
    waits = [after - before for before, after in itertools.pairwise(asked)]
    assert waits[:13] == [pause] * 13


class Forgetful(Platform):
    """A platform that neither knows what it was sent nor notices that it is the same."""

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Keep it, however often it comes."""
        self.tried.append(outgoing.key)
        self.sent.append(outgoing)
        lost = outgoing.key in self.loses_reply_to
        self.loses_reply_to.discard(outgoing.key)
        return Unknown("the reply was lost") if lost else Sent(f"m{len(self.sent)}")

    async def find(self, outgoing: Outgoing) -> Unknown:
        """Say that there is no way to tell."""
        self.looked_for.append(outgoing.key)
        return Unknown("no look-up")


async def test_a_possible_duplicate_is_flagged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nobody can tell, it is sent again, once a lost reply, and said so."""
    house.platform = Forgetful()
    house.runner.senders["test"] = house.platform
    house.platform.loses_reply_to = {"hello"}
    await house.post("hello")
    await house.post("world", after=SECOND)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            await house.after(MINUTE)
    assert house.platform.tried == ["hello", "hello", "world"]
    assert await house.ended("hello") == ("done", SENT_AGAIN)
    assert await house.ended("world") == ("done", "")
    assert [SENT_AGAIN in each.getMessage() for each in caplog.records] == [True]


async def test_what_stands_is_not_sent_again(house: House) -> None:
    """A post whose work was forgotten, or taken from its runner too late, stands as it does."""
    await house.post("hello")
    await house.after(AT_ONCE_NOW)
    house.clock.advance(timedelta(days=60))
    await house.runner.tidy()
    assert await house.store.read(work.backlog) == {}
    await house.post("hello")
    await house.after(AT_ONCE_NOW)
    assert house.platform.tried == ["hello"]


async def test_a_platform_that_hangs_does_not_hold_up_the_others(house: House) -> None:
    """Many rooms of a platform that never answers leave room for another platform, and for work."""
    other, hangs, done = Platform("other"), asyncio.Event(), asyncio.Event()

    async def hang(_outgoing: Outgoing) -> None:
        await hangs.wait()

    house.platform.meanwhile = hang
    house.runner.senders["other"] = other
    await attach(house, "other")
    house.runner.at_once = 16
    for number in range(48):
        await house.post(f"{number}", to=Place("test", "w", f"room {number}"))
    house.clock.advance(SECOND)
    await house.post("there", to=Place("other", "w", "room"))
    house.routes.when_due("works")(lambda what: what.tx.announce("worked"))
    house.store.follow(lambda topic: done.set() if topic == "worked" else None)
    await house.plan("works", "a")
    running = asyncio.create_task(house.runner.run())
    try:
        async with asyncio.timeout(30):
            await done.wait()
            while not other.sent:
                await house.store.run(lambda tx: tx.announce(work.WAKE))
        assert house.platform.sent == []
    finally:
        hangs.set()
        house.runner.stop()
        await running


async def attach(house: House, platform: str) -> None:
    """Let the network be on another platform too."""
    await house.store.run(lambda tx: members.attach(tx, house.network.id, platform, "w"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("column", "value"), [("payload", "{broken"), ("due_at", "noon"), ("due_at", 10**18)]
)
async def test_a_row_that_cannot_be_read_is_parked(
    house: House, column: str, value: str | int
) -> None:
    """What is damaged in its row, by whatever hand, holds up nobody. PostgreSQL keeps such out."""
    await house.post("bad", to=HALL)
    await house.post("good")
    query = text(f"UPDATE work SET {column} = :value WHERE key = 'bad'")  # noqa: S608 - our own names
    await house.store.run(lambda tx: tx.execute(query, {"value": value}).close())
    await house.after(SECOND)
    assert house.platform.shown == ["good"]
    assert await house.ended("bad") == ("parked", "what is written in its row cannot be read")


class Shaky:
    """A store that fails in a way nobody thought of, for a while."""

    def __init__(self, house: House, errors: list[Exception]) -> None:
        self._store, self.errors = house.store, errors
        self.follow, self.read, self.close = (
            house.store.follow,
            house.store.read,
            house.store.close,
        )

    async def run(self, unit: Unit[Done]) -> Done:
        """Fail, or run the unit."""
        if self.errors:
            raise self.errors.pop()
        return await self._store.run(unit)


async def test_the_runner_outlives_what_nobody_thought_of(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of any kind is told in the log, and the work goes on."""
    await house.post("hello")
    shaky = Shaky(house, [OSError("too many open files"), Unavailable("busy")])
    house.runner.tools.store, sent = shaky, asyncio.Event()

    async def note(_outgoing: Outgoing) -> None:
        sent.set()

    house.platform.meanwhile = note
    running = asyncio.create_task(house.runner.run())
    with caplog.at_level(logging.WARNING):
        async with asyncio.timeout(30):
            await sent.wait()
    house.runner.stop()
    await running
    assert [each.levelname for each in caplog.records] == ["WARNING", "ERROR"]


async def test_how_it_ended_is_written_when_the_database_lets_us(house: House) -> None:
    """What was sent is not sent again because the database was busy for a moment afterwards."""
    shaky = Shaky(house, [])
    house.runner.tools.store = shaky

    async def goes_busy(_outgoing: Outgoing) -> None:
        shaky.errors = [Unavailable("busy")]

    house.platform.meanwhile = goes_busy
    await house.post("hello")
    await house.after(AT_ONCE_NOW)
    assert await house.ended("hello") == ("done", "")
    assert house.platform.looked_for == []


async def test_a_run_whose_lease_is_over_changes_nothing(house: House) -> None:
    """Who was away for longer than the lease finds its work taken, and neither ends nor repeats it."""
    await house.post("hello")

    async def away(_outgoing: Outgoing) -> None:
        house.platform.meanwhile = nothing_else
        house.clock.advance(work.LEASE + SECOND)
        taken = await house.store.run(
            lambda tx: work.lease(tx, house.clock.now(), house.clock.now() + work.LEASE, 1)
        )
        assert [each.key for each in taken] == ["hello"]

    house.platform.meanwhile = away
    await house.after(AT_ONCE_NOW)
    assert await house.ended("hello") == ("leased", "")
    await house.after(work.LEASE)
    assert await house.ended("hello") == ("done", "it stands already")
    assert house.platform.tried == ["hello"]


async def test_what_cannot_be_finished_is_given_back(house: House) -> None:
    """Stopping does not wait for ever, and whoever comes next need not wait for the lease."""
    house.runner.drain = timedelta(milliseconds=50)
    begun = asyncio.Event()

    async def hang(_outgoing: Outgoing) -> None:
        begun.set()
        await asyncio.Event().wait()

    house.platform.meanwhile = hang
    await house.post("hello")
    running = asyncio.create_task(house.runner.run())
    async with asyncio.timeout(30):
        await begun.wait()
        house.runner.stop()
        await running
    assert await house.ended("hello") == ("due", "given back")
    house.platform.meanwhile = nothing_else
    await house.after(10 * SECOND)
    assert house.platform.looked_for == ["hello"], "it may have arrived"
    assert house.platform.shown == ["hello"]


async def test_failures_are_counted_apart_from_outages(house: House) -> None:
    """A long outage does not use up the tries that an error of our own has."""
    trouble: list[Exception] = [KeyError("our bug")]
    trouble += [Unavailable("down", MINUTE) for _ in range(40)]

    def troubled(what: Due) -> None:
        if trouble:
            raise trouble.pop()
        what.tx.announce("done")

    house.routes.when_due("troubled")(troubled)
    await house.plan("troubled", "a")
    for _ in range(45):
        await house.after(MINUTE)
    assert await house.ended("a") == ("done", "")


async def test_leases_of_the_dead_are_taken_over(house: House) -> None:
    """A process that knows to be the only one need not wait for leases of the one before it."""
    await house.post("hello")
    now = house.clock.now()
    await house.store.run(lambda tx: work.lease(tx, now, now + work.LEASE, 1))
    await house.after(AT_ONCE_NOW)
    assert house.platform.shown == []
    assert await house.store.run(lambda tx: work.take_over(tx, now)) == 1
    await house.after(AT_ONCE_NOW)
    assert house.platform.shown == ["hello"]


async def test_a_lease_whose_commit_went_unheard_stands(house: House) -> None:
    """Run again, the same unit finds what it took; another's lease of the same row it leaves."""
    await house.post("hello")
    now = house.clock.now()
    first = await house.store.run(lambda tx: work.lease(tx, now, now + work.LEASE, 1))
    assert await house.store.run(lambda tx: work.taken_before(tx, first)) == first
    later = now + work.LEASE
    await house.store.run(lambda tx: work.lease(tx, later, later + work.LEASE, 1))
    assert await house.store.run(lambda tx: work.taken_before(tx, first)) == ()
