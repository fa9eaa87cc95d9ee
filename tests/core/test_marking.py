"""Quiet marks: best effort, merged, the first to be dropped, off above a rate."""

import asyncio
from dataclasses import dataclass, field

from plnbot.marking import Marking
from plnbot.refs import Place

ROOM = Place("slack", "T1", "C1")
ELSEWHERE = Place("slack", "T2", "C1")


@dataclass
class Platform:
    """What was marked, in order; a clock; how long it asks to be left alone."""

    done: list[tuple[str, bool]] = field(default_factory=list)
    now: float = 0.0
    rest: float = 0.0

    async def put(self, _place: Place, message: str, on: bool) -> float:  # noqa: FBT001 - the port's
        """Put a mark, or take it away."""
        self.done.append((message, on))
        return self.rest

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.now += seconds
        await asyncio.sleep(0)

    def marking(self, *, busy: int = 30, waiting: int = 8) -> Marking:
        """Return what marks here, counted by workspace."""
        return Marking(
            self.put,
            lambda place: Place(place.platform, place.workspace, ""),
            seconds=lambda: self.now,
            sleep=self.sleep,
            busy=busy,
            waiting=waiting,
        )


async def settled(marking: Marking) -> None:
    """Let all that waits be done."""
    if marking._running is not None:
        await marking._running


async def test_what_counts_is_marked_once_and_no_longer_when_it_does_not() -> None:
    """The same wish again does nothing, and what never was marked is not unmarked."""
    there = Platform()
    marking = there.marking()
    for version in ("", "1"):
        marking.heard(ROOM, "1", version, counts=True)
        await settled(marking)
    marking.heard(ROOM, "2", counts=False)
    marking.heard(ROOM, "1", "2", counts=False)
    await settled(marking)
    assert there.done == [("1", True), ("1", False)]


async def test_what_is_told_again_says_nothing_new() -> None:
    """A platform that tells of a message twice, or late, neither marks nor unmarks it."""
    there = Platform()
    marking = there.marking()
    marking.heard(ROOM, "1", "5", counts=True)
    await settled(marking)
    for version in ("5", "3", ""):
        marking.heard(ROOM, "1", version, counts=False)
    await settled(marking)
    assert there.done == [("1", True)]


async def test_wishes_of_one_message_are_merged() -> None:
    """Who edits their message twice before its turn costs no call, or one."""
    there = Platform()
    marking = there.marking()
    for message, wishes in (("1", (True, False)), ("2", (True, False, True))):
        for version, counts in enumerate(wishes):
            marking.heard(ROOM, message, str(version), counts=counts)
    await settled(marking)
    assert there.done == [("2", True)]


async def test_of_too_many_that_wait_the_oldest_are_dropped() -> None:
    """A mark that comes a minute late is worth nothing."""
    there = Platform()
    marking = there.marking(waiting=3)
    for each in range(10):
        marking.heard(ROOM, str(each), counts=True)
    await settled(marking)
    assert there.done == [("7", True), ("8", True), ("9", True)]
    assert there.now == 3 * marking.gap


async def test_above_a_rate_nothing_is_marked_until_it_is_calm() -> None:
    """A crowd sees no marks at all, rather than some; other workspaces keep theirs."""
    there = Platform()
    marking = there.marking(busy=5)
    for each in range(9):
        marking.heard(ROOM, str(each), counts=True)
    marking.heard(ELSEWHERE, "else", counts=True)
    await settled(marking)
    assert there.done == [("else", True)]
    there.now += 60
    marking.heard(ROOM, "calm", counts=True)
    await settled(marking)
    assert there.done[-1] == ("calm", True)


async def test_a_platform_that_refuses_is_left_alone() -> None:
    """Whoever asks to wait hears nothing more of it until then."""
    there = Platform(rest=300)
    marking = there.marking()
    for each in range(3):
        marking.heard(ROOM, str(each), counts=True)
    await settled(marking)
    marking.heard(ROOM, "more", counts=True)
    await settled(marking)
    assert there.done == [("0", True)]
    there.now, there.rest = 400, 0
    marking.heard(ROOM, "again", counts=True)
    await settled(marking)
    assert there.done[-1] == ("again", True)


async def test_stopped_it_waits_for_nobody() -> None:
    """What is left undone is left so."""
    there = Platform()
    marking = there.marking()
    marking.heard(ROOM, "1", counts=True)
    await marking.stop()
    assert there.done == []
