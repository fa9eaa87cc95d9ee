"""Gaps: what was missed is read as work, by place, from when words counted there, until it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import inbox, unheard, work
from plnbot.engine.clock import RehearsalClock
from plnbot.engine.gaps import ClosedError, Look, LookAt, Looked
from plnbot.engine.missed import EDITED_WITHIN, UNNOTICED
from plnbot.engine.ports import Ongoing
from plnbot.engine.posts import Listens, NothingToDo, Post
from plnbot.engine.unheard import Unheard, Why
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
    looks: list[Look] = field(default_factory=list)
    pages: list[Looked] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    told: list[Unheard] = field(default_factory=list)
    people: list[LookAt] = field(default_factory=list)

    def ongoing(self, _tx: Tx, _platform: str, since: datetime | None) -> Sequence[Ongoing]:
        """Return where words count."""
        self.asked.append(since)
        return self.places

    def unread(self, _tx: Tx, what: Unheard, _now: datetime) -> None:
        """Note what somebody is told of."""
        self.told.append(what)

    async def reads(self, look: Look) -> Looked:
        """Read a page of a place, or not for now."""
        if self.trouble:
            raise self.trouble.pop()
        self.looks.append(look)
        self.read.append((look.place, look.since))
        return self.pages.pop(0) if self.pages else Looked()

    async def looks_at(self, look: LookAt) -> str:
        """Look at people."""
        self.people.append(look)
        return ""

    async def gap(self, since: datetime) -> int:
        """Have a gap begin and end; return how many places are read."""
        await self.parts.desk.gaps.begun("test", since)
        return await self.parts.desk.gaps.over("test")

    async def after(self, time: timedelta) -> None:
        """Let time pass, and do what is due."""
        self.clock.advance(time)
        await self.parts.runner.run_all_due()

    async def left(self) -> Sequence[Unheard]:
        """Return what is still to be read."""
        return await self.parts.desk.store.read(unheard.everything)


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
        gap=Listens(town.ongoing, town.unread),
        renamed=WAITS,
    )
    parts.desk.gaps.read_by("test", town.reads, town.looks_at)
    return town


async def test_every_place_is_read_from_when_words_counted(town: Town) -> None:
    """And no further back than edits are looked for, in a chat of many days."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now - 9 * DAY), Ongoing(THREAD, now - MINUTE)]
    gap = now - 20 * MINUTE
    assert await town.gap(gap) == 2
    await town.after(MINUTE)
    assert town.asked[0] == gap - UNNOTICED
    assert town.read == [(ROOM, gap - EDITED_WITHIN), (THREAD, now - MINUTE)]
    await town.after(DAY)
    assert len(town.read) == 2
    assert await town.left() == ()


async def test_it_is_tried_until_it_was_read_and_an_earlier_gap_is_not_forgotten(
    town: Town,
) -> None:
    """Where a second gap follows before the first could be read, one reading looks at both."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now - 9 * DAY)]
    town.trouble = [Unavailable("500")] * 5
    await town.gap(now)
    await town.after(MINUTE)
    await town.gap(now + 3 * DAY)
    for _ in range(6):
        await town.after(10 * MINUTE)
    assert town.read == [(ROOM, now - EDITED_WITHIN)]


async def test_a_gap_outlives_its_process(town: Town) -> None:
    """What began before a process ended is planned for by the next one, whatever was heard since."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now - DAY)]
    await town.parts.desk.gaps.begun("test", now)
    town.clock.advance(10 * MINUTE)
    await somebody_is_heard(town)
    await town.parts.desk.gaps.begun("test")
    await town.parts.desk.gaps.over("test")
    await town.after(MINUTE)
    assert town.asked == [now - UNNOTICED]
    assert await town.parts.desk.gaps.over("test") == 0, "it is planned for once"


async def test_a_long_room_is_read_page_by_page_and_gone_on_with(town: Town) -> None:
    """Where the platform asks for a rest in between, the next page is where the last one ended."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now)]
    town.pages = [Looked(further="2"), Looked(further="3"), Looked()]
    await town.gap(now)

    rests = [Unavailable("429", 40 * MINUTE)]

    async def rests_at_the_second(look: Look) -> Looked:
        if look.further == "2" and rests:
            raise rests.pop()
        return await town.reads(look)

    town.parts.desk.gaps.read_by("test", rests_at_the_second, town.looks_at)
    for _ in range(60):
        await town.after(MINUTE)
    assert [each.further for each in town.looks] == ["", "2", "3"]
    assert await town.left() == ()


async def test_a_second_gap_reads_a_long_room_from_its_first_page(town: Town) -> None:
    """Pages that were read before the second gap began may hold what was changed in it."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now)]
    town.pages = [Looked(further="2")]
    await town.gap(now)
    await town.parts.runner.run_all_due()
    await town.gap(now + MINUTE)
    town.looks.clear()
    await town.after(2 * MINUTE)
    assert town.looks[0].further == ""


async def test_who_has_to_know_is_told_once_what_cannot_be_read(town: Town) -> None:
    """At once where the room is closed to us; where the platform is in trouble, after some minutes."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now)]
    town.trouble = [Unavailable("500")] * 999
    await town.gap(now)
    await town.after(MINUTE)
    assert town.told == []
    for _ in range(30):
        await town.after(MINUTE)
    assert [(each.place, each.why, each.since) for each in town.told] == [(ROOM, Why.TROUBLE, now)]
    town.trouble = [ClosedError("out")] * 999
    await town.gap(town.clock.now())
    for _ in range(30):
        await town.after(MINUTE)
    assert [each.why for each in town.told] == [Why.TROUBLE, Why.CLOSED]
    town.trouble.clear()
    await town.parts.desk.gaps.over_in(ROOM, town.clock.now())
    await town.parts.runner.run_all_due()
    assert await town.left() == (), "who lets us in again has it read at once"
    assert town.looks[-1].since == now, "from the first gap on"


async def test_what_was_never_read_stays_told_and_an_operator_sees_it(town: Town) -> None:
    """It does not go on for ever; and another gap has it read after all."""
    now = town.clock.now()
    town.places = [Ongoing(ROOM, now)]
    town.trouble = [Unavailable("500")] * 999
    await town.gap(now)
    await town.after(MINUTE)
    await town.after(15 * DAY)
    assert (await town.parts.desk.store.read(work.backlog))["parked"] == 1
    (left,) = await town.left()
    assert left.missed
    town.trouble.clear()
    town.places.clear()
    await town.gap(town.clock.now())
    await town.after(MINUTE)
    assert await town.left() == ()


async def test_a_platform_that_is_not_connected_yet_is_waited_for(town: Town) -> None:
    """Another process may have planned it; this one knows no such platform."""
    town.parts.desk.readers.clear()
    town.places = [Ongoing(ROOM, town.clock.now())]
    await town.gap(town.clock.now())
    await town.after(MINUTE)
    assert town.read == []
    town.parts.desk.gaps.read_by("test", town.reads, town.looks_at)
    await town.after(2 * MINUTE)
    assert len(town.read) == 1


async def somebody_is_heard(town: Town) -> None:
    """Let Ana do something."""
    who = MemberRef("test", "w", "ana")
    await town.parts.desk.settle("test", "w", "Ridgeview")
    await town.parts.desk.handle(Interaction("1", who, ROOM, Command("home"), name="Ana"))


@pytest.mark.parametrize("heard", [True, False])
async def test_a_process_that_begins_heard_nothing_since_somebody_was_heard(
    town: Town, *, heard: bool
) -> None:
    """As long as inbox keys are kept; before that it is as long ago as that."""
    now = town.clock.now()
    if heard:
        await somebody_is_heard(town)
    town.clock.advance(DAY)
    await town.parts.desk.gaps.begun("test")
    await town.parts.desk.gaps.over("test")
    since = now if heard else town.clock.now() - inbox.KEEP
    assert town.asked == [since - UNNOTICED]
    await town.parts.runner.run_all_due()
    assert [(each.workspace, each.missed) for each in town.people] == (
        [("w", now)] if heard else []
    )


def test_a_rehearsal_knows_what_platforms_clocks_showed() -> None:
    """Its own is ahead of them, and their messages are numbered by theirs."""
    began = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    clock = RehearsalClock(60, began + 5 * DAY, began)
    assert clock.real(began + 5 * DAY + 60 * MINUTE) == began + MINUTE
    assert clock.shown(began + MINUTE) == began + 5 * DAY + 60 * MINUTE
