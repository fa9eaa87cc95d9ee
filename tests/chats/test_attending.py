"""What a chat writes down at its end: for whom, in what part, how long, and when nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.activities.store import Activity, activities_of
from plnbot.chats import store as chats
from plnbot.chats.actions.attending import write_down
from plnbot.chats.model import ChatState
from plnbot.chats.store.tables import attendance
from plnbot.engine.rehearsing import set_rehearsal
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer, Command, Press, Reply, Said, Submit, What
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import EIGHT, ROOM, Bench, bench

__all__ = ["bench"]
ANA, BO = 1, 2
Q1, Q2 = "1", "2"


def at(minute: float) -> datetime:
    """Return so many minutes after eight."""
    return EIGHT + timedelta(minutes=minute)


class Evening:
    """A chat of two questions at eight, which Ana moderates."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._messages = 0

    async def do(self, minute: float, who: str, what: What) -> Answer:
        """Let somebody do something so many minutes after eight, with what is due by then."""
        await self.bench.until(at(minute))
        return await self.bench.do(who, what)

    async def say(self, minute: float, who: str, words: str) -> None:
        """Let somebody say something in the room."""
        self._messages += 1
        await self.do(minute, who, Said(words, f"m{self._messages}"))

    async def done(self, member: int) -> tuple[Activity, ...]:
        """Return what is written down for a member."""
        return await self.bench.store.read(lambda tx: activities_of(tx, member))

    async def minutes(self, member: int) -> int | None:
        """Return the minutes of the one thing that is written down for a member."""
        (found,) = await self.done(member)
        return found.done.minutes


@pytest.fixture
async def evening(bench: Bench) -> Evening:
    """Return an evening with a chat to come; Bo is known."""
    await bench.plan()
    await bench.do("bo", Command("home"))
    return Evening(bench)


async def begin(evening: Evening) -> None:
    """Let the chat begin, minute by minute to its first question."""
    for minute in (0, 4, 10):
        await evening.bench.until(at(minute))


async def test_what_is_written(evening: Evening) -> None:
    """Title, times, minutes, part, and facts that lead back to what was done."""
    await evening.bench.until(at(0))
    await evening.do(2, "bo", Press("chat.here", "1"))
    await begin(evening)
    await evening.say(12, "bo", "A1 exit tickets")
    await evening.say(31, "bo", "A1 said better\nA2 next week")
    await evening.do(32, "ana", Press("chat.hold", "1"))
    await evening.do(33, "ana", Press("chat.resume", "1"))
    await evening.bench.until(at(70))
    (found,) = await evening.done(BO)
    done = found.done
    assert (done.kind, done.role, done.source, done.in_person) == (
        "chat",
        "attended",
        "chat:1",
        False,
    )
    assert (done.started, done.ended, done.minutes) == (at(2), at(31), 29)
    assert done.evidence == {"answers": 3, "here_at": at(2).isoformat()}
    assert not found.rehearsal
    (led,) = await evening.done(ANA)
    assert (led.done.role, led.done.started) == ("led", at(32))
    assert await evening.bench.store.read(lambda tx: tx.execute(attendance.select()).all()) == []


async def test_written_once(evening: Evening) -> None:
    """However often the end is replayed."""
    await begin(evening)
    await evening.say(11, "bo", "A1 once")
    await evening.bench.until(at(70))
    before = await evening.done(BO)

    def again(tx: Tx) -> None:
        chat = chats.get_chat(tx, 1)
        assert chat is not None
        chats.note_act(tx, 1, BO, at(50))
        write_down(tx, chat, at(80))

    for _time in range(2):
        await evening.bench.store.run(again)
    assert await evening.done(BO) == before


async def test_answers_before_and_after_are_not_attendance(evening: Evening) -> None:
    """Prepared on the bus, or late: welcome, and no time in the chat."""
    await evening.bench.do("bo", Submit("chat.answer", {"words": "on the bus"}, Q1))
    await begin(evening)
    await evening.bench.until(at(61))
    await evening.say(75, "bo", "A2 late")
    assert await evening.done(BO) == ()


@pytest.mark.parametrize("how", ["left out", "hidden", "taken back", "deleted"])
async def test_what_becomes_of_an_answer_does_not_unmake_attendance(
    evening: Evening, how: str
) -> None:
    """Who answered was there, whatever the archive shows of it."""
    await begin(evening)
    await evening.do(11, "bo", Submit("chat.answer", {"words": "hello"}, Q1))
    await evening.say(12, "bo", "A1 once more")
    match how:
        case "left out":
            await evening.do(13, "bo", Press("chat.leave_out", "1"))
        case "hidden":
            await evening.do(13, "ana", Submit("chat.hide", {"why": "a name"}, "1"))
        case "taken back":
            await evening.do(13, "bo", Press("chat.retract", Q1))
        case _:
            await evening.bench.parts.desk.deleted(ROOM, ["m1"])
    await evening.bench.until(at(70))
    assert len(await evening.done(BO)) == 1


async def test_called_off_leaves_nothing(evening: Evening) -> None:
    """Nor does what was done before it was called off count in the evening that takes place."""
    await evening.bench.until(at(0))
    await evening.do(1, "bo", Press("chat.here", "1"))
    await evening.do(2, "ana", Press("chat.discard", "1"))
    assert await evening.done(BO) == ()
    await evening.do(3, "ana", Press("chat.publish", "1"))
    for minute in (3, 4, 200):
        await evening.bench.until(at(minute))
    chat = await evening.bench.store.read(lambda tx: chats.get_chat(tx, 1))
    assert chat is not None
    assert chat.run.state is ChatState.ARCHIVED
    assert await evening.done(BO) == ()


async def test_erased_in_between(evening: Evening) -> None:
    """Who is forgotten before the end has nothing written down."""
    await begin(evening)
    await evening.say(11, "bo", "A1 and off")
    await evening.do(12, "bo", Submit("members.forget", {"answers": "kept"}))
    await evening.bench.until(at(70))
    assert await evening.done(BO) == ()


async def test_who_handed_over_has_led(evening: Evening) -> None:
    """And who took over has, once they did something; a role alone is nothing done."""
    await begin(evening)
    await evening.do(11, "ana", Submit("chat.hand_over", {"person": "Bo"}, "1"))
    await evening.bench.until(at(70))
    (found,) = await evening.done(ANA)
    assert found.done.role == "led"
    assert await evening.done(BO) == ()


async def test_a_rehearsal_is_marked(evening: Evening) -> None:
    """It is written down, so that it can be tried out, and says so wherever it is shown."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    await evening.bench.store.run(lambda tx: set_rehearsal(tx, 60, now, now))
    await begin(evening)
    await evening.say(11, "bo", "A1 only trying")
    await evening.bench.until(at(70))
    (found,) = await evening.done(BO)
    assert found.rehearsal
    shown = await evening.bench.parts.desk.page(MemberRef("test", "w", "bo"), "home", "")
    assert "a rehearsal" in str(shown)


async def test_a_bot_that_was_away_gives_no_time(evening: Evening) -> None:
    """It comes back hours later, and the chat ended when it was to end."""
    await begin(evening)
    await evening.say(12, "bo", "A1 hello")
    await evening.bench.until(at(240))
    assert await evening.minutes(BO) == 48


async def test_a_hold_that_nobody_ended_gives_no_time(evening: Evening) -> None:
    """A chat of an hour is an hour at most, though it was held until the next morning."""
    await begin(evening)
    await evening.say(12, "bo", "A1 hello")
    await evening.do(13, "ana", Press("chat.hold", "1"))
    await evening.say(700, "bo", "A1 good morning")
    await evening.do(701, "ana", Press("chat.end", "1"))
    assert await evening.minutes(BO) == 60


async def test_the_last_word_counts_though_the_end_comes_late(evening: Evening) -> None:
    """What is said in the moment between the planned end and the archive is in time."""
    await begin(evening)
    await evening.say(11, "bo", "A1 hello")
    evening.bench.clock.at = at(60.5)
    await evening.bench.do("bo", Said("A2 just in time", "m99"))
    await evening.bench.until(at(61))
    assert await evening.minutes(BO) == 49


async def test_a_slow_chat_has_no_minutes(bench: Bench) -> None:
    """An answer on Tuesday and one on Thursday are no two days; nobody makes minutes up."""
    evening = Evening(bench)
    await bench.do("ana", Command("home"), leads=True)
    new = {"questions": "Q1: A?\nQ2: B?", "starts": "today 8 pm Eastern", "plan": "slow_daily"}
    await bench.do("ana", Submit("chat.new", new))
    await bench.do("ana", Press("chat.publish", "1"))
    await bench.until(at(0))
    (asked,) = [each for each in bench.platform.sent if each.card.title.bare() == "Q1"]
    assert "I am here" not in card_as_text(asked.card)
    assert "Next question at Wed, Nov 25" in card_as_text(asked.card), "an hour alone says no day"
    await evening.say(30, "bo", "A1 tonight")
    await evening.say(2000, "bo", "A2 tomorrow")
    await bench.until(EIGHT + timedelta(days=7))
    (found,) = await evening.done(BO)
    assert found.done.minutes is None
    assert (found.done.started, found.done.ended) == (at(30), at(2000))


async def test_two_taps_are_one(evening: Evening) -> None:
    """The first one counts, until it is taken back; before and after the chat there is none."""
    early = await evening.bench.do("bo", Press("chat.here", "1"))
    assert isinstance(early, Reply)
    assert "has not begun yet" in card_as_text(early.card)
    await begin(evening)
    for minute in (12, 20):
        await evening.do(minute, "bo", Press("chat.here", "1"))
    since = await evening.bench.store.read(lambda tx: chats.here_since(tx, 1, BO))
    assert since == at(12)
    await evening.do(21, "bo", Press("chat.not_here", "1"))
    await evening.do(30, "bo", Press("chat.here", "1"))
    since = await evening.bench.store.read(lambda tx: chats.here_since(tx, 1, BO))
    assert since == at(30)
