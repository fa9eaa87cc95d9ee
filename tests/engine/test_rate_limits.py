"""One member's hurry: a flood is held with a plain sentence, and nothing else ever is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from plnbot import gathering
from plnbot.engine.rate_limits import MOST_PRESSES
from plnbot.engine.store import inbox
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import (
    NOTHING,
    Answer,
    Command,
    Interaction,
    Press,
    Reply,
    Said,
    Submit,
    What,
)
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.engine.test_platforms import EIGHT, ROOM, Bench

# What is held is held in memory, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST = 60


@pytest.fixture
async def bench(store: Store, clock: FrozenClock) -> Bench:
    """Return a bot in the middle of a chat, with Ana who moderates it."""
    made = Bench(store, clock)
    await made.parts.desk.settle("test", "w", "Ridgeview Schools")
    await made.plan()
    await made.until(EIGHT + timedelta(minutes=11))
    return made


def words_of(answer: Answer) -> str:
    """Return what an answer says."""
    return card_as_text(answer.card) if isinstance(answer, Reply) else ""


async def flood(bench: Bench, whats: Sequence[What], user: str = "bo") -> list[Answer]:
    """Let one member do all of this at one moment."""
    return [await bench.do(user, each) for each in whats]


async def answers(bench: Bench) -> int:
    """Return how many answers stand in the chat."""
    found = await bench.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    return len(found)


async def test_a_flood_of_answers_is_held(bench: Bench) -> None:
    """What is too much reaches no archive, is answered once in words, and later counts again."""
    said = [Said(f"A1 thought {number}", str(number)) for number in range(MOST + 20)]
    told = await flood(bench, said)
    assert await answers(bench) == MOST
    assert words_of(told[MOST]).startswith("Just a moment\nThat was quick: wait 60 seconds")
    assert told[MOST + 1 :] == [NOTHING] * 19
    assert "That was quick" not in words_of(await bench.do("cy", Said("A1 mine", "of cy")))
    bench.clock.advance(timedelta(seconds=60))
    await bench.do("bo", said[-1])
    assert await answers(bench) == MOST + 2


async def test_what_is_held_leaves_nothing(bench: Bench) -> None:
    """No row is written for it, so that the same event told again later is as new."""
    await flood(bench, [Said("A1 a", str(number)) for number in range(MOST)])

    async def keys() -> int:
        found = select(func.count()).select_from(inbox)
        return int(await bench.store.read(lambda tx: tx.execute(found).scalar_one()))

    before = await keys()
    await flood(bench, [Said("A1 a", "more"), Command("where"), Submit("chat.answer", {"words": "a"}, "1")])  # fmt: skip
    assert await keys() == before


async def test_a_lively_chat_is_not_held(bench: Bench) -> None:
    """Twenty answers a minute with ten pasted in between, through a whole question."""
    number = 0
    for minute in range(6):
        lively = [timedelta(seconds=3 * each) for each in range(20)]
        pasted = [timedelta(seconds=30 + each) for each in range(10)]
        began = bench.clock.now()
        for at in sorted(lively + pasted):
            bench.clock.at = began + at
            number += 1
            answer = await bench.do("bo", Said(f"A1 thought {number}", str(number)))
            assert "That was quick" not in words_of(answer), (minute, number)
        bench.clock.at = began + timedelta(minutes=1)
    assert number == 180


async def test_a_form_stays_open_with_what_was_typed(bench: Bench) -> None:
    """The form is answered as one that has something to mend, so no platform closes it."""
    await flood(bench, [Said("A1 a", str(number)) for number in range(MOST)])
    told = await bench.do("bo", Submit("chat.answer", {"words": "long thought"}, "1"))
    assert isinstance(told, FieldErrors)
    assert list(told.errors) == ["words"]


async def test_a_command_comes_back_as_it_was_typed(bench: Bench) -> None:
    """Slack and Discord keep no command, so its words are in the answer."""
    await flood(bench, [Said("A1 a", str(number)) for number in range(MOST)])
    assert "/pln who Ana Torres" in words_of(await bench.do("bo", Command("who Ana Torres")))


async def test_a_flood_of_presses_is_held(bench: Bench) -> None:
    """No hand presses so often; it is told in words, writes nothing, and words still pass."""
    told = await flood(bench, [Press("chat.where", "1")] * (MOST_PRESSES + 20))
    assert "That was quick" not in words_of(told[MOST_PRESSES - 1])
    for each in told[MOST_PRESSES:]:
        assert words_of(each).endswith("wait 60 seconds, then press it again.")
    held = Command("chat extend")  # steering, which is not theirs, is no way around it
    assert "That was quick" in words_of(await bench.do("bo", held))
    await bench.do("bo", Said("A1 mine", "of bo"))
    assert await answers(bench) == 1
    bench.clock.advance(timedelta(seconds=60))
    assert "That was quick" not in words_of(await bench.do("bo", Press("chat.where", "1")))


async def test_buttons_and_steering_are_not_held_by_words(bench: Bench) -> None:
    """A moderator in a hurry steers; whoever has been quick takes words back and presses."""
    await flood(bench, [Said("A1 a", str(number)) for number in range(MOST)], "ana")
    hurry: list[What] = [
        *[Press("chat.where", "1")] * 80,
        *[Command("chat extend")] * 3,
        Command("chat bonus What will you try?"),
        Submit("chat.bonus", {"words": "And what not?"}, "1"),
        Said("", "3"),
    ]
    for what in hurry:
        answer = await bench.do("ana", what)
        assert not isinstance(answer, FieldErrors)
        assert "That was quick" not in words_of(answer), what
    assert await answers(bench) == MOST - 1


async def test_what_was_missed_all_counts(bench: Bench) -> None:
    """An hour of answers read at once after a lost connection is nobody's hurry."""
    who = MemberRef("test", "w", "bo")
    for number in range(MOST * 2):
        said = Said(f"A1 thought {number}", str(number))
        given = Interaction(f"late/{number}", who, ROOM, said, name="Bo", missed=True)
        await bench.parts.desk.handle(given)
    assert await answers(bench) == MOST * 2


async def test_who_asks_first_counts_once(bench: Bench) -> None:
    """Whoever shows words before they are handled asks, and handling them is not counted again."""
    desk = bench.parts.desk
    given = Interaction("", MemberRef("test", "w", "bo"), ROOM, Said("A1 a", "1"), name="Bo")
    for number in range(MOST):
        each = replace(given, key=f"asked/{number}", what=Said("A1 a", str(number)))
        assert await desk.too_quick(each) is None
        await desk.handle(each)
    assert await answers(bench) == MOST
    assert "That was quick" in words_of(await desk.too_quick(given) or NOTHING)
