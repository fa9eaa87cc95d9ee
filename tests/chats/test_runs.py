"""Further runs: worded as the first, in their order, announced together, and each counted by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot import gathering
from plnbot.activities import store as activities
from plnbot.chats import store as chats
from plnbot.chats.model import ChatState
from plnbot.chats.store import Chat
from plnbot.engine import work
from plnbot.errors import Refused
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import (
    Answer,
    Command,
    Interaction,
    OpenForm,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.talk.plain import card_as_text, plain
from plnbot.talk.times import start_after
from plnbot.talk.words import Sentence, Translate
from plnbot.testing import FrozenClock
from tests.chats.workspace import TEAM, Seeded, seeded

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WISH = {
    "plan": "quick15",
    "title": "Why",
    "questions": "Q1: Why so?\nQ2: How come?",
    "starts": "today 8 pm Eastern",
}


@pytest.fixture
async def room(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room with a draft, and a draft of its second run three hours later."""
    made = await seeded(store, clock)
    await made.do("U0MAYA", Submit("chat.new", WISH))
    await made.do("U0MAYA", Submit("chat.second", {"starts": "8 pm Pacific"}, "1"))
    return made


async def chat(room: Seeded, number: int) -> Chat:
    """Return a chat."""
    found = await room.store.read(lambda tx: chats.get_chat(tx, number))
    assert found is not None
    return found


async def until(room: Seeded, goal: datetime) -> None:
    """Let everything due happen at its time."""
    while (at := await room.store.read(work.next_at)) is not None and at <= goal:
        room.clock.at = max(at, room.clock.at)
        await room.parts.runner.run_all_due()
    room.clock.at = max(goal, room.clock.at)


async def asked(room: Seeded, number: int) -> list[str]:
    """Return the words of a chat's questions."""
    return [each.words for each in await room.store.read(lambda tx: chats.questions_of(tx, number))]


async def told(room: Seeded, what: What, who: str = "U0MAYA") -> str:
    """Return the words of what somebody is answered, or why it was refused."""
    t = Translate("en")
    answered: Answer = await room.do(who, what)
    if isinstance(answered, FieldErrors):
        return " ".join(plain(t.say(each), "UTC", "en") for each in answered.errors.values())
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, "America/New_York")


async def test_a_second_run_is_worded_as_the_first_until_it_is_worded_otherwise(
    room: Seeded,
) -> None:
    """A change of the first reaches it, published too; what somebody worded otherwise stays theirs."""
    three = {**WISH, "questions": "Q1: Why so?\nQ2: How come?\nQ3: And then?"}
    await room.do("U0MAYA", Submit("chat.new", three, "1"))
    assert await asked(room, 2) == ["Why so?", "How come?", "And then?"]
    assert (await chat(room, 2)).starts_at == EIGHT + timedelta(hours=3)
    assert "Publish the first run" in await told(room, Press("chat.publish", "2"))
    assert "Published" in await told(room, Press("chat.publish", "1"))
    assert (await chat(room, 2)).run.state is ChatState.SCHEDULED
    await room.do("U0MAYA", Submit("chat.new", WISH, "1"))
    await room.do("U0MAYA", Press("chat.change_now", "1"))
    assert await asked(room, 2) == ["Why so?", "How come?"]
    own = {**WISH, "questions": "Q1: Why here?", "starts": "today 11 pm Eastern"}
    await room.do("U0MAYA", Submit("chat.new", own, "2"))
    await room.do("U0MAYA", Press("chat.change_now", "2"))
    assert await asked(room, 2) == ["Why here?"]
    await room.do("U0MAYA", Submit("chat.new", three, "1"))
    await room.do("U0MAYA", Press("chat.change_now", "3"))
    assert await asked(room, 1) == ["Why so?", "How come?", "And then?"]
    assert await asked(room, 2) == ["Why here?"]


async def test_runs_stay_in_their_order(room: Seeded) -> None:
    """Nor is the first moved behind the second, or one into the other; what is over or off has no second."""
    await room.do("U0MAYA", Press("chat.publish", "1"))
    again = Submit("chat.second", {"starts": "8:10 pm Pacific"}, "1")
    assert "is in this room until" in await told(room, again)
    third = Submit("chat.second", {"starts": "tomorrow 9 am London"}, "2")
    assert "Why (run 3)" in await told(room, third)
    later = {**WISH, "starts": "today 11:30 pm Eastern"}
    await room.do("U0MAYA", Submit("chat.new", later, "1"))
    assert "comes after the first" in await told(room, Press("chat.change_now", "1"))
    assert (await chat(room, 1)).starts_at == EIGHT
    await room.do("U0MAYA", Press("chat.discard", "3"))
    await room.do("U0MAYA", Press("chat.discard", "1"))
    assert "called off" in await told(room, Press("chat.second", "1"))
    await room.do("U0MAYA", Press("chat.publish", "1"))
    await until(room, EIGHT + timedelta(hours=1, minutes=1))
    assert "is over" in await told(room, Press("chat.second", "2"))


async def test_who_was_in_both_is_one_participant_with_the_minutes_of_both(room: Seeded) -> None:
    """The archive counts them once; their activities are two, each with its own minutes."""
    await room.do("U0MAYA", Press("chat.publish", "1"))
    for begins in (EIGHT, EIGHT + timedelta(hours=3)):
        await until(room, begins + timedelta(minutes=11))
        await room.do("U0SAM", Said(f"A1 For this {begins:%H}", f"m{begins:%H}"))
        await until(room, begins + timedelta(hours=1, minutes=1))
    written = await room.store.read(lambda tx: activities.activities_of(tx, 2))
    done = [each.done for each in reversed(written)]
    assert [each.title for each in done] == ["Why", "Why (second run)"]
    assert [each.minutes for each in done] == [done[0].minutes] * 2
    last = [card_as_text(each.card, "UTC") for each in room.platform.sent][-1]
    assert "People: 1" in last
    await room.do("U0SAM", Press("chat.leave_out", "2"))
    left = await room.store.read(
        lambda tx: [gathering.is_left_out(tx, "chat", each, 2) for each in (1, 2)]
    )
    assert left == [True, True]


async def test_a_second_run_in_a_room_of_its_own(store: Store, clock: FrozenClock) -> None:
    """Typed in another room, it takes place there, though at the same hour; the archive is one."""
    here = await seeded(store, clock)
    await here.do("U0MAYA", Submit("chat.new", WISH))
    await here.do("U0MAYA", Press("chat.publish", "1"))
    west = Place("slack", TEAM, "C0WEST")

    async def in_the_west(what: What, key: str) -> Answer:
        who = MemberRef("slack", TEAM, "U0MAYA")
        answer = await here.parts.desk.handle(Interaction(key, who, west, what, leads=True))
        await here.parts.runner.run_all_due()
        return answer

    assert isinstance(await in_the_west(Command("chat second"), "w1"), OpenForm)
    await in_the_west(Submit("chat.second", {"chat": "1", "starts": "8:10 pm Eastern"}), "w2")
    await in_the_west(Press("chat.publish", "2"), "w3")
    assert (await chat(here, 2)).place == west
    await until(here, EIGHT + timedelta(minutes=13))
    await here.do("U0SAM", Said("A1 Here", "m1"))
    await in_the_west(Said("A1 There", "m2"), "w4")
    await until(here, EIGHT + timedelta(hours=2))
    rooms = {each.key: each.to for each in here.platform.sent if "/archive" in each.key}
    assert rooms["chat/2/archive"] == west
    last = {each.key: card_as_text(each.card, "UTC") for each in here.platform.sent}
    assert "Answers: 2" in last["chat/2/archive"]
    assert "2 runs of this chat" in last["chat/2/archive"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("8 pm Pacific", "2026-12-04T04:00"),
        ("Thursday 8 pm Pacific", "2026-12-04T04:00"),
        ("Friday 9 am Sydney", "2026-12-03T22:00"),
        ("tomorrow 8 pm Pacific", "2026-11-25T04:00"),
        ("Nov 30 8 pm Pacific", "2026-12-01T04:00"),
        ("Dec 9 noon London", "2026-12-09T12:00"),
    ],
)
def test_a_time_alone_is_the_next_after_the_first(words: str, meant: str) -> None:
    """What says its day is that day, though it be before; a time or weekday is looked for after the first."""
    first, now = datetime(2026, 12, 4, 1, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)
    if words.startswith("Friday"):
        first -= timedelta(hours=12)
    found = start_after(words, first, now, "America/New_York")
    assert not isinstance(found, Sentence | Refused)
    assert f"{found.at:%Y-%m-%dT%H:%M}" == meant


async def test_a_form_that_was_open_when_the_last_chat_ended(
    store: Store, clock: FrozenClock
) -> None:
    """What is sent from it is answered in words: there is no chat left to run again."""
    made = await seeded(store, clock)
    told = await made.do("U0MAYA", Submit("chat.second", {"starts": "8 pm Pacific", "chat": "1"}))
    assert isinstance(told, Reply)
    assert "You moderate no chat that is to come" in card_as_text(told.card)
