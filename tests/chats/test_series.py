"""Chats that come again: each date for itself, tended by time and by the school's calendar."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.chats import store as chats
from plnbot.chats.coming import happenings
from plnbot.chats.model import ChatState
from plnbot.chats.model.series import AHEAD, LOOKED_AT, REMIND, Date, tend
from plnbot.chats.store import Chat
from plnbot.engine import outbox
from plnbot.store.database import Store, Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.interactions import Answer, Command, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.chats.workspace import Seeded, seeded

ZONE = "America/New_York"
FIRST = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # Thursday 26 November, 8 pm in the East
FORTNIGHT, MINUTE = timedelta(days=14), timedelta(minutes=1)
WISH = {"plan": "classic60", "title": "Why", "questions": "Q1: Why so?\nQ2: How come?"}
AGAIN = "every second Thursday 8 pm Eastern, not in breaks"


def said(answered: Answer) -> str:
    """Return the words of a reply."""
    assert isinstance(answered, Reply), answered
    return card_as_text(answered.card, ZONE)


@pytest.fixture
async def drafted(store: Store, clock: FrozenClock) -> Seeded:
    """Return a room in which a coach has drafted a chat that comes again."""
    room = await seeded(store, clock)
    told = said(await room.do("U0MAYA", Submit("chat.new", {**WISH, "starts": AGAIN})))
    assert "It comes again: every 2 weeks on Thursday at 8:00 PM" in told
    assert "Thu, Nov 26, 8:00 PM · Thu, Dec 10, 8:00 PM · Thu, Dec 24, 8:00 PM" in told
    return room


@pytest.fixture
async def begun(drafted: Seeded) -> Seeded:
    """Return it once the first chat was published."""
    await drafted.do("U0MAYA", Press("chat.publish", "1"))
    return drafted


async def standing(room: Seeded) -> list[tuple[str, str]]:
    """Return each chat's day and state, by start."""

    def read(tx: Tx) -> Sequence[Chat]:
        return chats.chats_of(tx, 1, tuple(ChatState))

    found = await room.store.read(read)
    return [(f"{each.starts_at:%d %b}", each.run.state.value) for each in found]


async def until(room: Seeded, at: datetime, step: timedelta = timedelta(hours=8)) -> None:
    """Let time pass in big steps: nobody answers in these chats."""
    while room.clock.at < at:
        room.clock.advance(min(step, at - room.clock.at))
        await room.parts.runner.run_all_due()


async def posted(room: Seeded, card: str) -> list[str]:
    """Return the keys under which a card stands in the room or with somebody."""
    return [each.key for each in room.platform.sent if not each.edits and card in each.key]


async def test_a_series_begins_with_its_first_chat(drafted: Seeded) -> None:
    """Nobody hears of a draft; published, it announces itself, and its dates have drafts of their own."""
    assert await standing(drafted) == [("27 Nov", "draft")]
    assert await drafted.store.read(lambda tx: outbox.by_key(tx, "chat/series/1")) is None
    await drafted.do("U0MAYA", Press("chat.publish", "1"))
    assert await standing(drafted) == [
        ("27 Nov", "scheduled"),
        ("11 Dec", "draft"),
        ("25 Dec", "draft"),
    ]
    assert await drafted.store.read(lambda tx: outbox.by_key(tx, "chat/series/1")) is not None


async def test_a_draft_becomes_the_first_of_a_series(store: Store, clock: FrozenClock) -> None:
    """Who thinks of it later writes it into the form of the draft; a chat of a series stands."""
    room = await seeded(store, clock)
    single = {**WISH, "starts": "Thursday 8 pm Eastern"}
    await room.do("U0MAYA", Submit("chat.new", single))
    told = said(await room.do("U0MAYA", Submit("chat.new", {**WISH, "starts": AGAIN}, "1")))
    assert "It comes again: every 2 weeks on Thursday" in told
    refused = await room.do("U0MAYA", Submit("chat.new", {**WISH, "starts": AGAIN}, "1"))
    assert isinstance(refused, FieldErrors)
    assert await standing(room) == [("27 Nov", "draft")]


async def test_everybody_sees_what_comes(begun: Seeded) -> None:
    """Dates that are not planned yet stand in the calendar, and on the page without a way in."""
    comes = await begun.store.read(lambda tx: [each.starts_at for each in happenings(tx, 1)])
    assert comes == [FIRST, FIRST + FORTNIGHT, FIRST + 2 * FORTNIGHT]
    assert "Why comes again: every 2 weeks" in said(await begun.do("U0LUIS", Command("chat list")))
    await begun.do("U0MAYA", Press("chat.end_series", "1"))
    comes = await begun.store.read(lambda tx: [each.starts_at for each in happenings(tx, 1)])
    assert comes == [FIRST]


async def test_what_is_not_understood_is_said_at_its_field(
    store: Store, clock: FrozenClock
) -> None:
    """A rule that is none, or that never comes, is refused in words and makes nothing."""
    room = await seeded(store, clock)
    for starts in ("every second blursday 8 pm", "every Thursday 8 pm until 2026-11-24"):
        refused = await room.do("U0MAYA", Submit("chat.new", {**WISH, "starts": starts}))
        assert isinstance(refused, FieldErrors)
        assert "starts" in refused.errors
    assert await standing(room) == []


async def test_one_is_moved_and_one_left_out_without_the_others(begun: Seeded) -> None:
    """The rest stays where it is, what was moved is not made twice, and it can be taken back."""
    told = said(await begun.do("U0MAYA", Press("chat.week_later", "2")))
    assert "Thu, Dec 17, 8:00 PM" in told
    await begun.do("U0MAYA", Press("chat.discard", "3"))
    stands = [
        ("27 Nov", "scheduled"),
        ("18 Dec", "draft"),
        ("25 Dec", "thrown_away"),
    ]
    assert await standing(begun) == stands
    await until(begun, FIRST - timedelta(days=1))
    assert await standing(begun) == stands
    await begun.do("U0MAYA", Press("chat.take_back", "1"))
    assert ("11 Dec", "draft") in await standing(begun)


async def test_a_published_one_is_moved_with_all_its_moments(begun: Seeded) -> None:
    """Its coach sees who will be told, and then it is announced anew for a week later, same hour."""
    shown = await begun.do("U0MAYA", Press("chat.week_later", "1"))
    assert "The room is told, with the questions." in said(shown)
    assert ("04 Dec", "scheduled") not in await standing(begun)
    await begun.do("U0MAYA", Press("chat.change_now", "1"))
    await until(begun, FIRST + timedelta(minutes=10))
    assert ("04 Dec", "scheduled") in await standing(begun)
    chat = await begun.store.read(lambda tx: chats.get_chat(tx, 1))
    assert chat is not None
    assert chat.run.moments[0].at == FIRST + timedelta(days=7)


async def test_the_coach_is_told_and_takes_the_last_questions_again(begun: Seeded) -> None:
    """Three days ahead the coach hears that questions are missing; one tap takes the last ones."""
    await until(begun, FIRST + FORTNIGHT - REMIND - MINUTE)
    assert not await posted(begun, "chats.unplanned")
    await until(begun, FIRST + FORTNIGHT - REMIND + timedelta(hours=24))
    assert len(await posted(begun, "chats.unplanned")) == 1
    told = said(await begun.do("U0MAYA", Press("chat.same_questions", "2")))
    assert "Why so?" in told
    assert "Thu, Dec 10, 8:00 PM" in told
    await begun.do("U0MAYA", Press("chat.publish", "2"))
    assert ("11 Dec", "scheduled") in await standing(begun)
    assert len(await posted(begun, "announcement")) == 2
    assert len(await posted(begun, "chat/series/1")) == 1


async def test_without_questions_there_is_no_chat_and_the_room_is_told(begun: Seeded) -> None:
    """A date that nobody planned does not take place; the next one is named."""
    await until(begun, FIRST + FORTNIGHT + MINUTE)
    assert ("11 Dec", "thrown_away") in await standing(begun)
    assert ("08 Jan", "draft") in await standing(begun)
    assert len(await posted(begun, "no_chat")) == 1


async def test_a_draft_without_questions_is_not_published(begun: Seeded) -> None:
    """Published by mistake, it says what is missing."""
    assert "no questions yet" in said(await begun.do("U0MAYA", Press("chat.publish", "2")))


async def test_a_break_that_is_added_takes_its_date_out(begun: Seeded) -> None:
    """Once the school's calendar has a break, the date in it goes, and the one behind it comes."""
    days = {"days": "winter break December 21 2026 – January 1 2027"}
    told = said(await begun.do("U0MAYA", Submit("school.add", days, "network:1")))
    assert "break" in told
    await until(begun, FIRST + MINUTE)
    assert await standing(begun) == [
        ("27 Nov", "open"),
        ("11 Dec", "draft"),
        ("25 Dec", "thrown_away"),
        ("08 Jan", "draft"),
        ("22 Jan", "draft"),
    ]


async def test_ended_and_taken_up_again(begun: Seeded) -> None:
    """Nothing more comes of an ended series but what was announced; taken up, its dates are back."""
    told = said(await begun.do("U0MAYA", Press("chat.end_series", "1")))
    assert "1 chat with questions stays" in told
    await until(begun, FIRST - MINUTE)
    states = [state for _day, state in await standing(begun)]
    assert states == ["scheduled", "thrown_away", "thrown_away"]
    told = said(await begun.do("U0MAYA", Press("chat.series_again", "1")))
    assert "not announced yet" in told
    drafts = [day for day, state in await standing(begun) if state == "draft"]
    assert drafts == ["11 Dec", "25 Dec"]


async def test_a_series_that_has_come_to_its_end_is_over(store: Store, clock: FrozenClock) -> None:
    """After its last date nothing is made, and nothing waits."""
    room = await seeded(store, clock)
    twice = {**WISH, "starts": "Thursdays 8 pm Eastern until 2026-12-04"}
    await room.do("U0MAYA", Submit("chat.new", twice))
    await room.do("U0MAYA", Press("chat.publish", "1"))
    await until(room, FIRST)
    await until(room, FIRST + timedelta(hours=2), timedelta(minutes=10))
    await until(room, FIRST + timedelta(days=8))
    series = await room.store.read(lambda tx: chats.get_series(tx, 1))
    assert series is not None
    assert series.ended_at is not None
    assert [state for _day, state in await standing(room)] == ["archived", "thrown_away"]


async def test_plan_this_one_again(begun: Seeded) -> None:
    """A chat that took place is drafted once more, for the next of its weekdays."""
    await until(begun, FIRST)
    await until(begun, FIRST + timedelta(hours=2), timedelta(minutes=10))
    assert ("27 Nov", "archived") in await standing(begun)
    told = said(await begun.do("U0MAYA", Press("chat.again", "1")))
    assert "Why so?" in told
    assert "Thu, Dec 3, 8:00 PM" in told


async def test_only_moderators_change_a_series(begun: Seeded) -> None:
    """A teacher who finds the buttons changes nothing."""
    for press in (Press("chat.end_series", "1"), Press("chat.week_later", "2")):
        await begun.do("U0PRIYA", press)
    assert [day for day, state in await standing(begun) if state == "draft"] == ["11 Dec", "25 Dec"]


NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
WEEKS = [NOW + timedelta(days=3) + timedelta(weeks=number) for number in range(12)]


@given(
    st.lists(st.sampled_from(WEEKS), max_size=LOOKED_AT, unique=True).map(sorted),
    st.lists(
        st.tuples(
            st.sampled_from([*WEEKS, NOW - timedelta(days=4)]),
            st.sampled_from((0, 0, 7)),
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda each: each[0],
    ),
)
def test_what_is_done_for_a_series(
    coming: list[datetime], known: list[tuple[datetime, int, bool]]
) -> None:
    """Each coming date has one chat; what somebody gave questions or moved is never taken away."""
    dates = [
        Date(slot, number, slot + timedelta(days=later), settled)
        for number, (slot, later, settled) in enumerate(known)
    ]
    todo = tend(dates, coming, NOW)
    slots = [each.slot for each in dates]
    assert set(todo.make) == set(coming[:AHEAD]) - set(slots)
    for each in dates:
        touched = each.chat in (*todo.drop, *todo.remind, *todo.too_late)
        assert not (each.settled and touched)
        if each.chat in todo.drop:
            assert each.slot not in coming
            assert each.starts_at == each.slot > NOW
        assert (each.chat in todo.too_late) == (not each.settled and each.starts_at <= NOW)
    if todo.wake is None:
        assert not coming
    else:
        assert todo.wake > NOW
    # Done what there was to do, there is nothing left to do until it wakes, or a date passes.
    after = [each for each in dates if each.chat not in todo.drop]
    after += [
        Date(slot, 100 + number, slot, settled=False) for number, slot in enumerate(todo.make)
    ]
    assert tend(after, coming, NOW).make == ()


async def test_in_spanish(store: Store, clock: FrozenClock) -> None:
    """Who reads Spanish plans it in Spanish, and reads it so."""
    room = await seeded(store, clock)
    await room.do("U0MAYA", Command("language español"))
    wish = {**WISH, "starts": "cada dos jueves a las 20:00 hora del este, no en vacaciones"}
    told = said(await room.do("U0MAYA", Submit("chat.new", wish)))
    assert "Se repite: cada 2 semanas, jueves a las 20:00, Este (Nueva York)" in told
    assert "Próximas veces: jue 26 nov, 20:00" in told


async def test_after_weeks_away_no_room_hears_of_dates_long_gone(begun: Seeded) -> None:
    """They do not take place, and the series goes on from now."""
    begun.clock.at = FIRST + 2 * FORTNIGHT + timedelta(days=3)
    await begun.parts.runner.run_all_due()
    assert ("11 Dec", "thrown_away") in await standing(begun)
    assert ("08 Jan", "draft") in await standing(begun)
    assert await posted(begun, "no_chat") == []
