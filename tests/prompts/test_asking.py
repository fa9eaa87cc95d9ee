"""Asking: on time, once, late after an outage, and in each room by its own clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot.engine.ports import Rejected
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import PromptSchedule, State
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, Press, Reply
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.prompts.staffroom import (
    DAILY,
    EASTERN,
    MONDAY,
    QUESTIONS,
    ROOM,
    WEEKLY,
    Staffroom,
    staffroom,
)

FIRST = datetime(2026, 11, 23, 20, 45, tzinfo=UTC)
WEEK = timedelta(days=7)


async def test_every_monday_the_next_prompt_comes(store: Store, clock: FrozenClock) -> None:
    """Each comes at its minute, no question twice, and six are always ahead."""
    here = await staffroom(store, clock)
    asks = await here.make()
    await here.pass_time(MONDAY + 3 * WEEK)
    every = await here.every(asks)
    posted = [each for each in every if each.state is State.POSTED]
    assert [each.asked_at for each in posted] == [FIRST, FIRST + WEEK, FIRST + 2 * WEEK]
    assert here.asked() == list(QUESTIONS[:3])
    assert len(every) - len(posted) == 6


@pytest.mark.parametrize("asked_after_all", [False, True])
async def test_a_date_is_skipped_until_its_moment(
    store: Store, clock: FrozenClock, *, asked_after_all: bool
) -> None:
    """What its room was handed a minute ahead is taken back, and comes where that is undone."""
    here = await staffroom(store, clock)
    asks = await here.make(DAILY)
    await here.pass_time(FIRST - timedelta(seconds=60))
    first = (await here.every(asks))[0]
    assert first.state is State.POSTED
    shown = await here.do("U0MAYA", Command("prompt skip"))
    assert isinstance(shown, Reply)
    assert "Skipped" in card_as_text(shown.card, EASTERN)
    if asked_after_all:
        await here.do("U0MAYA", Press("prompts.unskip", str(first.id)))
    await here.pass_time(FIRST)
    await here.pass_time(FIRST + timedelta(hours=20))
    assert here.asked() == list(QUESTIONS[:1]) * asked_after_all
    became = (await here.every(asks))[0]
    assert became.state is (State.POSTED if asked_after_all else State.SKIPPED)
    late = await here.do("U0MAYA", Press("prompts.skip", str(first.id)))
    assert isinstance(late, Reply)
    assert "meanwhile" in card_as_text(late.card, EASTERN)
    await here.pass_time(FIRST + timedelta(days=9))
    assert len(set(here.asked())) == len(here.asked()) == 9 + asked_after_all


async def test_a_room_is_taken_out_and_asked_again(store: Store, clock: FrozenClock) -> None:
    """The others go on; what it was handed a moment ahead is taken back; the last one stays."""
    here = await staffroom(store, clock)
    other = Place("slack", "T0PLN", "C2")
    asks = await here.make(DAILY, rooms=(NewRoom(ROOM, EASTERN), NewRoom(other, EASTERN)))
    await here.pass_time(FIRST - timedelta(seconds=60))
    shown = await here.do("U0MAYA", Press("prompts.leave", f"{asks.id}.1", "2"))
    assert isinstance(shown, Reply)
    assert "is not asked any more" in card_as_text(shown.card, EASTERN)
    await here.pass_time(FIRST)
    await here.pass_time(FIRST + timedelta(days=2, hours=1))
    assert _asked_where(here) == [ROOM] * 3
    last = await here.do("U0MAYA", Press("prompts.leave", str(asks.id), "1"))
    assert isinstance(last, Reply)
    assert "only room" in card_as_text(last.card, EASTERN)
    await here.do("U0MAYA", Press("prompts.back_in", "2"))
    await here.pass_time(FIRST + timedelta(days=3, hours=1))
    assert _asked_where(here)[3:] in ([ROOM, other], [other, ROOM])


def _asked_where(here: Staffroom) -> list[Place]:
    """Return the rooms that were asked, in order."""
    return [
        each.to
        for each in here.sender.sent
        if isinstance(each.to, Place) and each.key.startswith("prompt/") and not each.edits
    ]


@pytest.mark.rows(12)
@pytest.mark.parametrize(("back_after", "many"), [(timedelta(hours=1), 1), (timedelta(hours=3), 0)])
async def test_an_outage_ends_in_one_late_prompt_or_none(
    store: Store, clock: FrozenClock, back_after: timedelta, many: int
) -> None:
    """Of thirty days nobody was there, the last is asked, dated, unless it is stale by its rule."""
    here = await staffroom(store, clock)
    asks = await here.make(DAILY, stale_after=timedelta(hours=2))
    clock.at = FIRST + timedelta(days=30) + back_after
    await here.parts.runner.run_all_due()
    every = await here.every(asks)
    became = [each.state for each in every if each.due < clock.at]
    assert len(became) == 31
    assert became.count(State.POSTED) == many
    assert became.count(State.STALE) == 31 - many
    assert len(here.asked()) == many
    assert all("it was meant for" in each for each in here.asked())


async def test_each_town_is_asked_at_its_own_hour(store: Store, clock: FrozenClock) -> None:
    """Eight in each town: one occurrence, one question, three rooms at three instants."""
    here = await staffroom(store, clock)
    zones = {"C1": "Europe/Madrid", "C2": EASTERN, "C3": "America/Los_Angeles"}
    rooms = tuple(NewRoom(Place("slack", "T0PLN", name), zone) for name, zone in zones.items())
    asks = await here.make(rooms=rooms, same_hour=True)
    await here.pass_time(FIRST + timedelta(hours=1))
    # Madrid's quarter to four was over before anybody set it up.
    assert [len(here.asked(each)) for each in zones] == [0, 1, 0]
    await here.pass_time(FIRST + timedelta(hours=4))
    assert [len(here.asked(each)) for each in zones] == [0, 1, 1]
    await here.pass_time(FIRST + WEEK + timedelta(hours=4))
    assert [here.asked(each) for each in zones] == [
        [QUESTIONS[1]],
        [*QUESTIONS[:2]],
        [*QUESTIONS[:2]],
    ]
    posted = [each for each in await here.every(asks) if each.state is State.POSTED]
    assert posted[1].asked_at == FIRST + WEEK - timedelta(hours=6)


async def test_a_room_that_refuses_gets_the_same_prompt_next_time(
    store: Store, clock: FrozenClock
) -> None:
    """Its organiser is told once; what it did not take is not used up."""
    here = await staffroom(store, clock)
    asks = await here.make()
    here.sender.answer = lambda out: Rejected("no longer there") if out.to == ROOM else None
    await here.pass_time(MONDAY + 3 * WEEK)
    told = [each for each in here.sender.sent if each.to == here.organiser.ref]
    assert len(told) == 1
    here.sender.answer = lambda _out: None
    await here.pass_time(MONDAY + 4 * WEEK)
    every = await here.every(asks)
    assert [each.state for each in every][:4] == [State.REFUSED] * 3 + [State.POSTED]
    assert len(here.asked()) == 1


async def test_a_pack_that_is_gone_goes_on_with_what_was_taken_from_it(
    store: Store, clock: FrozenClock
) -> None:
    """It says so, and asks what it copied once the network's own prompts have come."""
    here = await staffroom(store, clock)
    taken = [f"What did you see in week {n}, and why?" for n in range(1, 4)]

    def begin(tx: Tx) -> PromptSchedule:
        for n, words in enumerate(taken):
            new = NewPrompt({"en": words}, pack="no-longer-there", entry=f"e{n}")
            prompts.add_prompt(tx, here.network.id, new, clock.now())
        wish = Wish("Weekly", WEEKLY, "no-longer-there", timedelta(hours=12))
        room = NewRoom(ROOM, EASTERN)
        return actions.make(tx, wish, (room,), clock.now(), by=here.organiser)

    asks = await store.run(begin)
    panel = await here.do("U0MAYA", Press("prompts.open", value=str(asks.id)))
    assert isinstance(panel, Reply)
    assert "This pack is no longer offered." in card_as_text(panel.card)
    for week in range(len(QUESTIONS) + 2):
        await here.pass_time(FIRST + week * WEEK - timedelta(minutes=1), WEEK)
        await here.pass_time(FIRST + week * WEEK)
    asked = here.asked()
    assert set(asked[: len(QUESTIONS)]) == set(QUESTIONS)
    assert len(set(asked[len(QUESTIONS) :]) & set(taken)) == 2


async def test_switched_off_it_asks_nothing_and_goes_on_afterwards(
    store: Store, clock: FrozenClock
) -> None:
    """What was due meanwhile is not asked later."""
    here = await staffroom(store, clock)
    await here.make()
    await here.do("U0MAYA", Press("members.switch_off", "prompts"))
    await here.pass_time(MONDAY + WEEK)
    assert here.asked() == []
    await here.do("U0MAYA", Press("members.switch_on", "prompts"))
    await here.pass_time(MONDAY + 2 * WEEK)
    assert len(here.asked()) == 1
