"""A school year in three districts, whose seasons differ: what was due, and what came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plnbot.calendars.school.model import Entry, Kind
from plnbot.engine import outbox, work
from plnbot.engine.ports import Network
from plnbot.members import store as members
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.prompts.store import NewRoom
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Only, Schedule
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Said
from plnbot.testing import FrozenClock
from plnbot.walltime import instant
from tests.calendars.test_school_days import add
from tests.prompts.staffroom import TEAM, Staffroom, staffroom

TEACHERS, ANSWER = 60, 3
_Break = tuple[tuple[int, int, int], tuple[int, int, int]]


@dataclass(frozen=True)
class Town:
    """A district with the clocks of its town and the days on which it has no school."""

    name: str
    zone: str
    breaks: Sequence[_Break]

    def is_out(self, day: date) -> bool:
        """Return whether it has no school on a weekday."""
        return any(date(*first) <= day <= date(*last) for first, last in self.breaks)


TOWNS = (
    Town(
        "Columbus",
        "America/New_York",
        (
            ((2026, 11, 25), (2026, 11, 27)),
            ((2026, 12, 21), (2027, 1, 1)),
            ((2027, 1, 18), (2027, 1, 18)),
            ((2027, 3, 15), (2027, 3, 19)),
            ((2027, 5, 28), (2027, 8, 17)),
        ),
    ),
    Town(
        "Sevilla",
        "Europe/Madrid",
        (
            ((2026, 12, 7), (2026, 12, 8)),
            ((2026, 12, 23), (2027, 1, 7)),
            ((2027, 3, 22), (2027, 3, 29)),
            ((2027, 6, 23), (2027, 9, 9)),
        ),
    ),
    Town(
        "Geelong",
        "Australia/Melbourne",
        (
            ((2026, 12, 19), (2027, 1, 27)),
            ((2027, 3, 26), (2027, 4, 11)),
            ((2027, 6, 26), (2027, 7, 11)),
            ((2027, 9, 18), (2027, 10, 3)),
        ),
    ),
)
BEGAN = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
DAILY_AT, WEEKLY_AT = time(8), time(15, 45)


@dataclass(frozen=True)
class Year:
    """What was due in all rooms together, what came, in a break, and more than once."""

    due: int
    posted: int
    in_break: int
    twice: int

    def __str__(self) -> str:
        return (
            f"due {self.due}, posted {self.posted}, in a break {self.in_break}, twice {self.twice}"
        )


async def lived(store: Store, clock: FrozenClock, until: datetime) -> Year:
    """Let three districts with 180 teachers be asked daily and weekly, each in its own room."""
    clock.at = BEGAN
    here = await staffroom(store, clock)
    places = await store.run(lambda tx: _districts(tx, here.network))
    rooms = tuple(
        NewRoom(Place("slack", TEAM, town.name), town.zone, places[town.name]) for town in TOWNS
    )
    first = BEGAN.replace(tzinfo=None)
    zone = TOWNS[0].zone
    daily = Schedule(("FREQ=DAILY",), datetime.combine(first, DAILY_AT), zone, Only.SCHOOL_DAYS)
    weekly = Schedule(
        ("FREQ=WEEKLY;BYDAY=MO",), datetime.combine(first, WEEKLY_AT), zone, Only.OUTSIDE_BREAKS
    )
    for each in (daily, weekly):
        await here.make(each, rooms=rooms, same_hour=True)
    came: list[tuple[str, datetime]] = []
    seen = 0
    while (at := await store.read(work.next_at)) is not None and at <= until:
        clock.at = max(at, clock.at)
        await here.parts.runner.run_all_due()
        new, seen = here.sender.sent[seen:], len(here.sender.sent)
        for out in new:
            if out.key.startswith("prompt/") and isinstance(out.to, Place) and not out.edits:
                came.append((out.to.channel, clock.at))
                await _answered(here, out.to, out.key)
    return _compared(came, until)


async def _answered(here: Staffroom, room: Place, key: str) -> None:
    """Let three teachers answer: what nobody answers is set aside, and would not come again."""
    post = await here.store.read(lambda tx: outbox.by_key(tx, key))
    assert post is not None
    for number in range(ANSWER):
        said = Said(f"We tried it in group {number}, and it worked.", f"{key} {number}")
        await here.do(f"U{room.channel}{number}", said, room.in_thread(post.ref))


def _compared(came: Sequence[tuple[str, datetime]], until: datetime) -> Year:
    times = Counter(came)
    expected = {(town.name, at) for town in TOWNS for at in _due(town, until)}
    by_name: Mapping[str, Town] = {each.name: each for each in TOWNS}
    in_break = sum(
        by_name[name].is_out(at.astimezone(_zone(by_name[name])).date()) for name, at in came
    )
    return Year(
        len(expected),
        len(expected & times.keys()),
        in_break,
        len(came) - len(times) + len(times.keys() - expected),
    )


def _due(town: Town, until: datetime) -> list[datetime]:
    """Return when a town is to be asked, counted day by day with nothing of the product but the clock."""
    found = []
    day = BEGAN.date()
    while day <= until.date() + timedelta(days=1):
        at_school = day.weekday() < 5 and not town.is_out(day)
        clocks = [DAILY_AT] if at_school else []
        clocks += [WEEKLY_AT] if day.weekday() == 0 and not town.is_out(day) else []
        found += [instant(datetime.combine(day, clock), town.zone) for clock in clocks]
        day += timedelta(days=1)
    return [at for at in found if BEGAN <= at <= until]


def _zone(town: Town) -> ZoneInfo:
    return ZoneInfo(town.zone)


def _districts(tx: Tx, network: Network) -> Mapping[str, int]:
    found = {}
    for town in TOWNS:
        new = Organisation(0, network.id, OrganisationKind.DISTRICT, town.name, "", settled=True)
        made = organisations.add(tx, new, BEGAN)
        assert made is not None
        found[town.name] = made.id
        breaks = [Entry(date(*a), date(*b), Kind.BREAK, "") for a, b in town.breaks]
        add(tx, network.id, made.id, BEGAN, breaks)
        for number in range(TEACHERS):
            ref, name = MemberRef("slack", TEAM, f"U{town.name}{number}"), f"{town.name} {number}"
            teacher = members.new_member(
                tx, network, ref, name, locale="en", now=BEGAN, zone=town.zone
            )
            organisations.belong(tx, teacher.id, district=made.id, school=None)
    return found
