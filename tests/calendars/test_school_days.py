"""Which days are school days, for whom: calendars of schools, districts and the network together."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from plnbot.calendars import is_silent, out_of_school, school_days
from plnbot.calendars.school import store as calendars
from plnbot.calendars.school.model import NO_SCHOOL, Entry, Kind, Layer, Part, SchoolYear
from plnbot.engine.ports import Person
from plnbot.members.actions import districts
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.members.conftest import people

__all__ = ["people"]
MARCH = date(2027, 3, 17)  # a Wednesday
BREAK = Entry(date(2027, 3, 15), date(2027, 3, 19), Kind.BREAK, "Spring break")


def add(
    tx: Tx, network: int, organisation: int | None, now: datetime, entries: Sequence[Entry]
) -> int:
    """Write a calendar down with its days."""
    number: int = tx.execute(
        insert(calendars.school_calendar)
        .values(
            network_id=network,
            organisation_id=organisation,
            name="",
            source="typed",
            zone="UTC",
            address="",
            added_at=now,
            etag="",
            last_modified="",
            digest="",
            trouble="",
            change={},
        )
        .returning(calendars.school_calendar.c.id)
    ).scalar_one()
    for each in entries:
        tx.execute(
            insert(calendars.school_day).values(
                calendar_id=number,
                first=each.first,
                last=each.last,
                kind=each.kind.value,
                title=each.title,
                until="",
            )
        )
    return number


class Schools:
    """Two districts, the first with a calendar; Ana is in the first, Bo in the second, others in none."""

    def __init__(self, store: Store, clock: FrozenClock, people: list[Person]) -> None:
        self.store, self.clock, self.people = store, clock, people
        self.network = people[0].network.id
        self.lincoln = self.other = 0

    async def open(self) -> "Schools":
        """Make them."""
        self.lincoln, self.other = await self.store.run(self._made)
        return self

    def _made(self, tx: Tx) -> tuple[int, int]:
        made = []
        for name, person in zip(("Lincoln", "Other"), self.people, strict=False):
            new = Organisation(0, self.network, OrganisationKind.DISTRICT, name, settled=True)
            row = organisations.add(tx, new, self.clock.now())
            assert row is not None
            organisations.belong(tx, person.id, district=row.id, school=None)
            made.append(row.id)
        return made[0], made[1]

    async def calendar(self, organisation: int | None, *entries: Entry) -> None:
        """Give a district, or the network, a calendar."""
        now = self.clock.now()
        await self.store.run(lambda tx: add(tx, self.network, organisation, now, entries))

    async def out(self, day: date = MARCH) -> set[str]:
        """Return who is out of school."""
        found = await self.store.run(lambda tx: out_of_school(tx, self.network, day))
        return {each.name for each in self.people if each.id in found}

    async def silent(self, day: date = MARCH) -> bool:
        """Return whether the network is."""
        return await self.store.run(lambda tx: is_silent(tx, self.network, day))

    async def year(self, district: int | None = None) -> SchoolYear:
        """Return when there is school in March."""
        first, last = date(2027, 3, 1), date(2027, 3, 31)
        return await self.store.run(lambda tx: school_days(tx, self.network, district, first, last))


@pytest.fixture
async def schools(store: Store, clock: FrozenClock, people: list[Person]) -> Schools:
    """Return a network of two districts."""
    return await Schools(store, clock, people).open()


async def test_without_calendars_every_weekday_is_a_school_day(schools: Schools) -> None:
    """Nobody told anything, so nothing is silent and nobody is out."""
    for district in (None, schools.lincoln):
        year = await schools.year(district)
        week = [year.is_school_day(MARCH + timedelta(days=each)) for each in range(-2, 5)]
        assert week == [True] * 5 + [False] * 2
        assert not any(year.is_break(MARCH + timedelta(days=each)) for each in range(-2, 5))
    assert await schools.out() == set()
    assert not await schools.silent()
    assert not await schools.silent(date(2027, 3, 20)), "a weekend is no silence by itself"


async def test_one_district_is_on_break_and_the_other_is_not(schools: Schools) -> None:
    """Silent in our spring break, live next door."""
    await schools.calendar(schools.lincoln, BREAK)
    assert await schools.out() == {"Ana"}
    assert not await schools.silent(), "the other district has no calendar: it is in school"
    assert (await schools.year(schools.lincoln)).is_break(MARCH)
    assert not (await schools.year(schools.lincoln)).is_school_day(MARCH)
    assert (await schools.year(schools.other)).is_school_day(MARCH)
    assert (await schools.year()).is_school_day(MARCH)
    await schools.calendar(schools.other, BREAK)
    assert await schools.out() == {"Ana", "Bo"}, "who told of no district is not out"
    assert await schools.silent()
    assert not (await schools.year()).is_school_day(MARCH)


async def test_the_networks_calendar_is_everybodys(schools: Schools) -> None:
    """What is closed for all is closed for who told of no district too."""
    await schools.calendar(None, BREAK)
    assert await schools.out() == {"Ana", "Bo", "Cy", "Di"}
    assert await schools.silent()
    assert await schools.out(date(2027, 3, 22)) == set()


async def test_the_nearer_calendar_is_right(schools: Schools) -> None:
    """A district that makes up a day in everybody's break has school."""
    await schools.calendar(None, BREAK)
    await schools.calendar(schools.lincoln, Entry(MARCH, MARCH, Kind.SCHOOL, "Make-up day"))
    assert await schools.out() == {"Bo", "Cy", "Di"}
    assert not await schools.silent()
    assert (await schools.year(schools.lincoln)).is_school_day(MARCH)


async def test_teachers_own_days_are_no_break(schools: Schools) -> None:
    """On a PD day pupils are at home and teachers are not: no school day, and no break."""
    await schools.calendar(schools.lincoln, Entry(MARCH, MARCH, Kind.PD, "PD"))
    year = await schools.year(schools.lincoln)
    assert not year.is_school_day(MARCH)
    assert not year.is_break(MARCH)
    assert await schools.out() == {"Ana"}


@pytest.mark.parametrize("kind", [Kind.HALF, Kind.TESTING, Kind.NOTHING])
async def test_some_days_are_school_days_all_the_same(schools: Schools, kind: Kind) -> None:
    """Half days and tests take nobody out of school."""
    await schools.calendar(schools.lincoln, Entry(MARCH, MARCH, kind, "So it is"))
    assert (await schools.year(schools.lincoln)).is_school_day(MARCH)
    assert await schools.out() == set()


async def test_districts_that_became_one_have_both_calendars(schools: Schools) -> None:
    """A merge takes the calendar along, and its way back brings it back."""
    await schools.calendar(schools.lincoln, BREAK)
    now, ana = schools.clock.now(), schools.people[0]
    await schools.store.run(
        lambda tx: districts.merge(tx, schools.lincoln, schools.other, now, by=ana)
    )
    assert await schools.out() == {"Ana", "Bo"}
    await schools.store.run(lambda tx: districts.unmerge(tx, schools.lincoln, now, by=ana))
    assert await schools.out() == {"Ana"}


def summer(*entries: Entry) -> SchoolYear:
    """Return a year of these terms."""
    return SchoolYear((Part((Layer(entries),)),))


def test_between_terms_there_is_a_break() -> None:
    """Terms say what lies between them, and a summer around them, but no more than one."""
    year = summer(
        Entry(date(2027, 1, 28), date(2027, 4, 2), Kind.TERM, "Term 1"),
        Entry(date(2027, 4, 19), date(2027, 6, 25), Kind.TERM, "Term 2"),
    )
    assert year.is_school_day(date(2027, 4, 2))
    assert year.is_break(date(2027, 4, 5))
    assert year.is_break(date(2027, 4, 17)), "a Saturday of it too"
    assert year.is_school_day(date(2027, 4, 19))
    assert year.is_break(date(2027, 6, 28))
    assert year.is_break(date(2027, 1, 27))
    assert year.is_school_day(date(2027, 10, 6)), "nobody has told of the months after"
    assert year.is_school_day(date(2026, 10, 6))


def test_first_and_last_days_do_the_same() -> None:
    """From the last day to the next first one it is summer, however long; a term's start alone ends nothing."""
    june, august = date(2027, 6, 11), date(2027, 10, 16)
    year = summer(
        Entry(june, june, Kind.ENDS, "Last day"), Entry(august, august, Kind.BEGINS, "First day")
    )
    assert year.is_school_day(june)
    assert year.is_break(date(2027, 6, 14))
    assert year.is_break(date(2027, 10, 15))
    starts = [date(2026, 8, 17), date(2027, 1, 5)]
    year = summer(*(Entry(each, each, Kind.BEGINS, "Semester") for each in starts))
    assert year.is_school_day(date(2026, 12, 1)), "no end was told between the two"


DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 31))
ENTRIES = st.builds(
    lambda first, length, kind: Entry(first, first + timedelta(days=length), kind, ""),
    DAYS,
    st.integers(0, 20),
    st.sampled_from([*Kind]),
)


@given(st.lists(ENTRIES, max_size=6), st.lists(ENTRIES, max_size=3), DAYS)
def test_what_holds_of_every_day(own: list[Entry], all_of: list[Entry], day: date) -> None:
    """A day is never both in a break and a school day, and a network is out where all parts are."""
    parts = [Part((Layer(own), Layer(all_of))), Part((Layer(all_of),))]
    for part in parts:
        assert not (part.is_break(day) and part.is_school_day(day))
        assert not (part.is_out(day) and part.is_school_day(day))
        assert part.is_out(day) == (part.says(day) in NO_SCHOOL)
    year = SchoolYear(parts)
    assert year.is_out(day) == all(each.is_out(day) for each in parts)
    assert not (year.is_out(day) and year.is_school_day(day))
    if not any(each.covers(day) for each in (*own, *all_of)) and not any(
        each.kind in (Kind.TERM, Kind.BEGINS, Kind.ENDS) for each in (*own, *all_of)
    ):
        assert year.is_school_day(day) == (day.weekday() < 5)
