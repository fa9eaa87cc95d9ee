"""Breaks: silent unless the organiser wants light ones, which are asked then and never else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plnbot.calendars.school.model import Entry, Kind
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import Occurrence, State, Status
from plnbot.prompts.packs import prompt_packs
from plnbot.schedules import Only
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.calendars.test_school_days import add
from tests.prompts.staffroom import DAILY, Staffroom, staffroom
from tests.prompts.test_curating import jump

BREAK = Entry(date(2026, 11, 30), date(2026, 12, 4), Kind.BREAK, "Late autumn break")
FRIDAY_AFTER = datetime(2026, 12, 11, 23, 0, tzinfo=UTC)
DAYS_OF_SCHOOL, DAYS_OF_BREAK = 10, 5


async def asked_on(here: Staffroom, schedule: int) -> dict[date, str]:
    """Return from which pack the room was asked on which days."""

    async def packs(dates: tuple[Occurrence, ...]) -> dict[date, str]:
        numbers = [each.prompt for each in dates if each.prompt]
        found = await here.store.read(lambda tx: prompts.prompts_by_id(tx, numbers))
        return {each.at.date(): found[each.prompt or 0].pack for each in dates}

    posted = (State.POSTED,)
    return await packs(
        await here.store.read(lambda tx: prompts.occurrences_of(tx, schedule, posted))
    )


@pytest.mark.parametrize("light", [False, True])
async def test_light_ones_fill_breaks_where_wanted(
    store: Store, clock: FrozenClock, *, light: bool
) -> None:
    """Every school day from the bank, in the break a fill-in or nothing, at weekends nothing."""
    here = await staffroom(store, clock)
    await store.run(lambda tx: add(tx, here.network.id, None, clock.now(), [BREAK]))
    asks = await here.make(replace(DAILY, only=Only.SCHOOL_DAYS))
    wish = replace(prompts.wish_of(asks), fill_ins=light)
    await store.run(lambda tx: actions.change(tx, asks, wish, clock.now(), by=here.organiser))
    await jump(here, FRIDAY_AFTER)
    days = await asked_on(here, asks.id)
    in_break = {day: pack for day, pack in days.items() if BREAK.first <= day <= BREAK.last}
    school = {day: pack for day, pack in days.items() if day not in in_break}
    assert all(day.isoweekday() not in (6, 7) for day in days)
    assert list(school.values()) == [""] * DAYS_OF_SCHOOL
    assert list(in_break.values()) == (["fill_ins"] * DAYS_OF_BREAK if light else [])
    bank = await store.read(lambda tx: prompts.whole_bank(tx, here.network.id))
    fill_ins = [each for each in bank if each.breaks]
    assert len(fill_ins) == (len(prompt_packs()["fill_ins"]) if light else 0)
    await jump(here, FRIDAY_AFTER + timedelta(days=2))
    bank = await store.read(lambda tx: prompts.whole_bank(tx, here.network.id))
    assert not [each for each in bank if each.breaks and each.status is Status.SET_ASIDE]
