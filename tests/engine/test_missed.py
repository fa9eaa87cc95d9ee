"""Gaps: what was missed is read as work, by place, from when words counted there, until it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import inbox, work
from plnbot.engine.clock import RehearsalClock
from plnbot.engine.missed import EDITED_WITHIN, UNNOTICED
from plnbot.engine.ports import Ongoing
from plnbot.engine.posts import NothingToDo, Post
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Interaction
from plnbot.testing import FrozenClock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ROOM, THREAD = Place("test", "w", "room"), Place("test", "w", "room", "1.1")
WAITS = NothingToDo("this is a test")


@dataclass(slots=True)
class Town:
    """A platform with a few places in which words count, and what was read of them."""

    parts: Parts
    clock: FrozenClock
    places: list[Ongoing] = field(default_factory=list)
    asked: list[datetime | None] = field(default_factory=list)
    read: list[tuple[Place, datetime]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def ongoing(self, _tx: Tx, _platform: str, since: datetime | None) -> Sequence[Ongoing]:
        """Return where words count."""
        self.asked.append(since)
        return self.places

    async def reads(self, place: Place, since: datetime) -> None:
        """Read a place, or not for now."""
        if self.trouble:
            raise self.trouble.pop()
        self.read.append((place, since))

    async def after(self, time: timedelta) -> None:
        """Let time pass, and do what is due."""
        self.clock.advance(time)
        await self.parts.runner.run_all_due()


@pytest.fixture
def town(store: Store, clock: FrozenClock) -> Town:
    """Build a town of one platform."""
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _: "", Random(1))
    town = Town(parts, clock)
    parts.desk.routes.posts["test"] = Post(
        card="test",
        rooms=WAITS,
        refused=WAITS,
        wanted=WAITS,
        words=WAITS,
        gap=town.ongoing,
        renamed=WAITS,
    )
    parts.desk.gaps.read_by("test", town.reads)
    return town


async def test_every_place_is_read_from_when_words_counted(town: Town) -> None:
    """And no further back than edits are looked for, in a chat of many days."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now - 9 * DAY), Ongoing(THREAD, now - MINUTE)]
    gap = now - 20 * MINUTE
    assert await town.parts.desk.gaps.over("test", gap) == 2
    await town.after(MINUTE)
    assert town.asked[0] == gap - UNNOTICED
    assert town.read == [(ROOM, gap - EDITED_WITHIN), (THREAD, now - MINUTE)]
    await town.after(DAY)
    assert len(town.read) == 2


async def test_it_is_tried_until_it_was_read_and_an_earlier_gap_is_not_forgotten(
    town: Town,
) -> None:
    """Where a second gap follows before the first could be read, one reading looks at both."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now - 9 * DAY)]
    town.trouble = [Unavailable("500")] * 5
    await town.parts.desk.gaps.over("test", now)
    await town.after(MINUTE)
    await town.parts.desk.gaps.over("test", now + 3 * DAY)
    for _ in range(6):
        await town.after(10 * MINUTE)
    assert town.read == [(ROOM, now - EDITED_WITHIN)]


async def test_what_cannot_be_read_for_a_day_is_for_an_operator_to_see(town: Town) -> None:
    """It does not go on for ever."""
    town.places = [Ongoing(ROOM, town.clock.now())]
    town.trouble = [Unavailable("500")] * 999
    await town.parts.desk.gaps.over("test")
    await town.after(MINUTE)
    await town.after(2 * DAY)
    assert (await town.parts.desk.store.read(work.backlog))["parked"] == 1


async def test_a_platform_that_is_not_connected_yet_is_waited_for(town: Town) -> None:
    """Another process may have planned it; this one knows no such platform."""
    town.parts.desk.readers.clear()
    town.places = [Ongoing(ROOM, town.clock.now())]
    await town.parts.desk.gaps.over("test")
    await town.after(MINUTE)
    assert town.read == []
    town.parts.desk.gaps.read_by("test", town.reads)
    await town.after(2 * MINUTE)
    assert len(town.read) == 1


async def test_who_was_heard_last_is_known_to_the_next_process(town: Town) -> None:
    """As long as inbox keys are kept; after that it is as long ago as that."""
    gaps, now = town.parts.desk.gaps, town.clock.now()
    assert await gaps.last_heard("test") == now - inbox.KEEP
    who = MemberRef("test", "w", "ana")
    await town.parts.desk.settle("test", "w", "Ridgeview")
    await town.parts.desk.handle(Interaction("1", who, ROOM, Command("home"), name="Ana"))
    town.clock.advance(DAY)
    assert await gaps.last_heard("test") == now
    assert await gaps.last_heard("other") == town.clock.now() - inbox.KEEP


def test_a_rehearsal_knows_what_platforms_clocks_showed() -> None:
    """Its own is ahead of them, and their messages are numbered by theirs."""
    began = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    clock = RehearsalClock(60, began + 5 * DAY, began)
    assert clock.real(began + 5 * DAY + 60 * MINUTE) == began + MINUTE
    assert clock.shown(began + MINUTE) == began + 5 * DAY + 60 * MINUTE
