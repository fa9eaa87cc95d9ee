"""A room that cannot be reached for a while: what its people and its moderators see afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from plnbot.engine import work
from plnbot.engine.ports import Delivery, Outgoing, Rejected, Retry, Unknown
from plnbot.refs import Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SIX = "Warm-up: Who are you?\n" + "\n".join(f"Q{number}: Why {number}?" for number in range(1, 7))
LEAST = timedelta(minutes=5)
# An hour of waiting is a thousand looks at what is due, and decided the same above every database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(slots=True)
class Evening:
    """A chat of an hour on a platform that is out of reach from time to time."""

    chat: Seeded
    instead: Delivery | None = None
    room: list[tuple[datetime, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def arrives(self, outgoing: Outgoing) -> Delivery | None:
        """Keep what arrives and when, unless nothing does. What a room refuses, people may get."""
        in_room = isinstance(outgoing.to, Place)
        instead = None if isinstance(self.instead, Rejected) and not in_room else self.instead
        if instead is None and not outgoing.edits:
            words = card_as_text(outgoing.card, outgoing.zone, outgoing.locale)
            if in_room:
                self.room.append((self.chat.clock.at, words))
            else:
                self.told.append(words)
        return instead

    async def until(self, clock: str) -> None:
        """Let time pass to this minute past eight; everything due happens at its time."""
        target, run = _at(clock), self.chat.parts.runner.run_all_due
        while (due := await self.chat.store.read(work.next_at)) is not None and due <= target:
            self.chat.clock.at = max(due, self.chat.clock.at)
            await run()
        self.chat.clock.at = target
        await run()

    def since(self, clock: str) -> list[str]:
        """Return what the room got from then on, each its first words."""
        return [_name(words) for at, words in self.room if at >= _at(clock)]

    def questions(self) -> list[tuple[datetime, str]]:
        """Return when the room got which question."""
        return [(at, _name(words)) for at, words in self.room if _name(words).startswith("Q")]

    def said(self, name: str) -> str:
        """Return all the words of what began so."""
        return next(words for _at, words in self.room if _name(words) == name)


def _at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return EIGHT + timedelta(hours=hour - 8, minutes=minute)


def _name(words: str) -> str:
    """Return what it is: an announcement says so first, all else second, below the chat's title."""
    first, second, *_more = words.split("\n")
    return first if first == "Coming up" else second


def apart(questions: Sequence[tuple[datetime, str]]) -> bool:
    """Return whether every question had its five minutes before the next."""
    times = [at for at, _name in questions]
    return all(later - earlier >= LEAST for earlier, later in pairwise(times))


@pytest.fixture
async def evening(store: Store, clock: FrozenClock) -> Evening:
    """Return an evening for which a chat of six questions is published."""
    made = Evening(await seeded(store, clock))
    made.chat.platform.answer = made.arrives
    await made.chat.do("U0MAYA", Command("chat new"))
    wish = {"questions": SIX, "starts": "today 8 pm Eastern", "plan": "classic60", "title": "Why"}
    await made.chat.do("U0MAYA", Submit("chat.new", wish))
    await made.chat.do("U0MAYA", Press("chat.publish", "1"))
    return made


@pytest.mark.parametrize("instead", [Retry("down"), Unknown("no answer in time")], ids=["no", "?"])
async def test_one_late_question_and_not_all_that_piled_up(
    evening: Evening, instead: Delivery
) -> None:
    """Out of reach from 8:16 to 8:31: Q2 comes late with sorry, the others in turn, the end stays."""
    await evening.until("8:16")
    evening.instead = instead
    await evening.until("8:31")
    evening.instead = None
    await evening.until("8:35")
    assert evening.since("8:16") == ["Q2"]
    assert "this one comes late" in evening.said("Q2")
    await evening.until("9:05")
    assert [name for _at, name in evening.questions()] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]
    assert apart(evening.questions())
    assert "comes late" not in evening.said("Q3")
    assert evening.room[-1][0] <= _at("9:01")
    assert evening.since("8:55") == ["Closing", "The archive is ready"]


async def test_the_moderators_are_told_what_moved(evening: Evening) -> None:
    """They get the new plan once, when the room can be reached again."""
    await evening.until("8:16")
    evening.instead = Retry("down")
    await evening.until("8:31")
    evening.instead = None
    await evening.until("9:05")
    moved = [each for each in evening.told if "The plan has moved" in each]
    assert len(moved) == 1
    assert "Q3 Why 3?" in moved[0]
    assert "Q2 Why 2?" not in moved[0]


async def test_a_chat_that_could_not_begin_begins_late(evening: Evening) -> None:
    """Out of reach from before eight: a welcome with sorry, no warm-up, and one late question."""
    evening.instead = Retry("down")
    await evening.until("8:31")
    evening.instead = None
    await evening.until("8:35")
    assert evening.since("7:59") == ["Why", "Q1"]
    assert "we begin a little late" in evening.said("Why")
    assert "this one comes late" in evening.said("Q1")
    await evening.until("9:30")
    assert apart(evening.questions())
    assert len(evening.questions()) == 6


async def test_an_end_that_has_come_is_the_end(evening: Evening) -> None:
    """Out of reach until after nine: the question that waited, the closing words, the archive."""
    await evening.until("8:16")
    evening.instead = Retry("down")
    await evening.until("9:20")
    evening.instead = None
    await evening.until("10:20")
    assert evening.since("8:16") == ["Q2", "Closing", "The archive is ready"]
    assert "We did not get to Q3, Q4, Q5, Q6 today." in evening.said("Closing")


async def test_a_moderator_is_told_why_the_chat_stands_still(evening: Evening) -> None:
    """Who goes on meanwhile fires nothing at the room: it gets one question when it is back."""
    await evening.until("8:16")
    evening.instead = Retry("down")
    await evening.until("8:28")
    where = await evening.chat.do("U0MAYA", Command("chat panel"))
    assert isinstance(where, Reply)
    assert "The chat goes on as soon as I can." in card_as_text(where.card)
    for _ in range(3):
        told = await evening.chat.do("U0MAYA", Command("chat next"))
        assert isinstance(told, Reply)
        assert "It gets what came last as soon as I can" in card_as_text(told.card)
    await evening.until("8:31")
    evening.instead = None
    await evening.until("8:35")
    assert evening.since("8:16") == ["Q2"]


async def test_a_question_that_is_refused_holds_nothing_up(evening: Evening) -> None:
    """What will never arrive is told to the moderators, and the next question comes on time."""
    await evening.until("8:16")
    evening.instead = Rejected("not_in_channel")
    await evening.until("8:19")
    evening.instead = None
    await evening.until("8:27")
    assert evening.since("8:16") == ["Q3"]
    assert evening.questions()[-1][0] == _at("8:26")
    assert any("Something was not posted" in each for each in evening.told)


async def test_away_ourselves_with_a_question_on_its_way(evening: Evening) -> None:
    """A process that stopped between asking and posting does not post two questions when back."""
    await evening.until("8:17")
    evening.instead = Unknown("no answer in time")
    await evening.until("8:19")
    evening.chat.clock.at = _at("8:40")
    evening.instead = None
    await evening.until("8:44")
    assert evening.since("8:17") == ["Q2"]
    await evening.until("9:30")
    assert apart(evening.questions())
    assert len(evening.questions()) == 6


async def test_a_moment_out_of_reach_is_nothing(evening: Evening) -> None:
    """Half a minute is within the grace: no sorry, and the plan stands as it was."""
    await evening.until("8:17")
    evening.instead = Retry("down", timedelta(seconds=20))
    await evening.until("8:18")
    evening.chat.clock.advance(timedelta(seconds=10))
    evening.instead = None
    await evening.until("8:27")
    assert "comes late" not in evening.said("Q2")
    assert evening.questions()[-1] == (_at("8:26"), "Q3")
    assert not any("The plan has moved" in each for each in evening.told)
