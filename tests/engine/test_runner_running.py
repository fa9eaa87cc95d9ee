"""The runner while it runs: nothing waits for what it need not wait for, and stopping is clean."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from plnbot.engine.clock import SystemClock
from plnbot.engine.ports import Outgoing
from plnbot.engine.routes import Due
from plnbot.engine.work import Item
from tests.engine.conftest import HALL, House


async def soon(event: asyncio.Event) -> None:
    """Wait for what must happen; a test that fails must also end."""
    async with asyncio.timeout(8):  # the runner's safety tick comes later
        await event.wait()


@contextlib.asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    """Run the runner until the block ends, and what it began with it."""
    task = asyncio.create_task(house.runner.run())
    try:
        yield
    finally:
        house.runner.stop()
        async with asyncio.timeout(20):
            await task


class Gate:
    """Keeps the platform from answering about one card until it is opened."""

    def __init__(self, house: House, key: str) -> None:
        self.reached, self._opened = asyncio.Event(), asyncio.Event()
        self._key = key
        house.platform.meanwhile = self._pass

    async def _pass(self, outgoing: Outgoing) -> None:
        if outgoing.key == self._key:
            self.reached.set()
            await self._opened.wait()

    def open(self) -> None:
        """Let it answer."""
        self._opened.set()


def told(house: House, kind: str) -> asyncio.Event:
    """Handle work of this kind, and return what happens when it is done."""
    done = asyncio.Event()

    def handler(what: Due) -> None:
        what.tx.announce(kind)

    house.routes.when_due(kind)(handler)
    house.store.follow(lambda topic: done.set() if topic == kind else None)
    return done


async def until_shown(house: House, count: int) -> list[str]:
    """Wait until so many cards stand, and return what they show."""
    changed = asyncio.Event()
    leave = house.store.follow(lambda _topic: changed.set())
    while len(house.platform.sent) < count:
        changed.clear()
        await soon(changed)
    leave()
    return house.platform.shown


async def test_a_place_that_does_not_answer_holds_up_only_itself(house: House) -> None:
    """While one place takes its time, what becomes due elsewhere is done."""
    gate, done = Gate(house, "slow"), told(house, "tells")
    async with running(house):
        await house.post("slow")
        await soon(gate.reached)
        try:
            await house.post("behind it")
            await house.post("elsewhere", to=HALL)
            await house.plan("tells", "a")
            await soon(done)
            assert await until_shown(house, 1) == ["elsewhere"]
        finally:
            gate.open()
        assert await until_shown(house, 3) == ["elsewhere", "slow", "behind it"]


async def test_edits_of_a_card_never_overtake_each_other(house: House) -> None:
    """A change during a slow edit is sent after it, so that the newest stands in the end."""
    await house.post("poll")
    await house.runner.run_all_due()
    gate, done = Gate(house, "edit/poll"), told(house, "tells")
    async with running(house):
        await house.refresh("poll", "1 vote")
        await soon(gate.reached)
        try:
            await house.refresh("poll", "2 votes")
            await house.plan("tells", "a")
            await soon(done)
            assert len(house.platform.tried) == 2
        finally:
            gate.open()
        assert await until_shown(house, 3) == ["poll", "1 vote", "2 votes"]


async def test_stopping_finishes_what_was_begun(house: House) -> None:
    """Nothing new is begun, and what was being sent is written down before `run` returns."""
    gate = Gate(house, "first")
    async with running(house):
        await house.post("first")
        await house.post("second")
        await soon(gate.reached)
        house.runner.stop()
        gate.open()
    assert await house.ended("first") == ("done", "")
    state, _why = await house.ended("second")  # it may have been taken, and was given back then
    assert state == "due"
    assert house.platform.shown == ["first"]


async def test_what_was_taken_while_it_was_stopped_is_given_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that was being leased when the runner was told to stop is for whoever goes on."""
    take = house.runner.leasing.take

    async def stopped_meanwhile(*given: Any) -> Sequence[Item]:
        items = await take(*given)
        house.runner.stop()
        return items

    await house.post("first")
    monkeypatch.setattr(house.runner.leasing, "take", stopped_meanwhile)
    async with asyncio.timeout(20):
        await house.runner.run()
    assert await house.ended("first") == ("due", "given back")
    assert house.platform.shown == []


class Watched(asyncio.Event):
    """An event that keeps which threads set it."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def set(self) -> None:
        """Set it and keep the thread."""
        self.threads.add(threading.get_ident())
        super().set()


async def test_the_runner_wakes_when_work_becomes_due(house: House) -> None:
    """With nothing else going on, its timer gets planned work done, from the loop's own thread."""
    clock, done, wake = SystemClock(), told(house, "tells"), Watched()
    house.runner.tools.clock, house.runner._wake = clock, wake
    at = clock.now() + timedelta(milliseconds=300)
    await house.plan("tells", "a", at)
    async with running(house):
        await soon(done)
    assert clock.now() >= at
    assert wake.threads == {threading.get_ident()}
