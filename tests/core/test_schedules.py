"""Schedules: several rules, their own times of day, and school days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select

from plnbot.schedules import (
    EVERY_DAY,
    WEEKDAYS,
    Only,
    RuleError,
    Schedule,
    SchoolDays,
    from_text,
)
from plnbot.store.database import Store, Tx
from plnbot.store.types import Id, ScheduleText, WallTime
from plnbot.walltime import local

EASTERN = "America/New_York"


@dataclass(frozen=True)
class School:
    """A school with one break, its first and last day included, and days for staff alone."""

    first: date
    last: date
    staff: frozenset[date] = frozenset()

    def is_school_day(self, day: date) -> bool:
        """Return whether it is a weekday outside the break that is not for staff alone."""
        return day.weekday() < 5 and not self.is_break(day) and day not in self.staff

    def is_break(self, day: date) -> bool:
        """Return whether it lies in the break."""
        return self.first <= day <= self.last


SPRING_BREAK = School(date(2027, 3, 29), date(2027, 4, 9), frozenset({date(2027, 4, 30)}))


def utc(text: str) -> datetime:
    """Return an instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall_time(text: str) -> datetime:
    """Return a naive wall time."""
    return datetime.fromisoformat(text)


def shown(
    schedule: Schedule, most: int, school: SchoolDays = WEEKDAYS, at: str = "2020-01-01"
) -> list[str]:
    """Return what clocks show at its next times."""
    found = schedule.coming(utc(at), most, school)
    return [f"{local(each, schedule.zone):%a %Y-%m-%d %H:%M}" for each in found]


def made(*rules: str, start: str = "2027-03-01 15:45", only: Only = Only.ANY_DAY) -> Schedule:
    """Return a schedule in Eastern time."""
    return Schedule(rules, wall_time(start), EASTERN, only)


def test_rules_at_times_of_their_own() -> None:
    """Each rule comes at its own hour or at the start's, in order, and not before the start."""
    schedule = made("FREQ=WEEKLY;BYDAY=MO;BYHOUR=7;BYMINUTE=30", "FREQ=WEEKLY;BYDAY=MO,TH")
    assert shown(schedule, 4) == [
        "Mon 2027-03-01 15:45",
        "Thu 2027-03-04 15:45",
        "Mon 2027-03-08 07:30",
        "Mon 2027-03-08 15:45",
    ]


def test_two_rules_that_meet_come_once() -> None:
    """What two rules say of the same instant happens once."""
    schedule = made("FREQ=MONTHLY;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=MO")
    assert shown(schedule, 2) == ["Mon 2027-03-01 15:45", "Mon 2027-03-08 15:45"]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Only.ANY_DAY, "2027-03-29 2027-04-05 2027-04-12"),
        (Only.OUTSIDE_BREAKS, "2027-03-22 2027-04-12 2027-04-19"),
        (Only.SCHOOL_DAYS, "2027-03-22 2027-04-12 2027-04-19"),
    ],
)
def test_breaks_are_left_out_without_moving_the_rest(only: Only, expected: str) -> None:
    """A schedule that heeds breaks is silent in them and goes on as if it had not been."""
    found = shown(made("FREQ=WEEKLY;BYDAY=MO", only=only), 3, SPRING_BREAK, "2027-03-22 12:00")
    if only is Only.ANY_DAY:
        found = shown(made("FREQ=WEEKLY;BYDAY=MO", only=only), 3, SPRING_BREAK, "2027-03-23")
    assert [each.split()[1] for each in found] == expected.split()


def test_day_for_staff_is_no_school_day_and_no_break() -> None:
    """A day for staff alone is left out where school days alone count, and only there."""
    for only, expected in (
        (Only.OUTSIDE_BREAKS, ["Fri 2027-04-30 15:45", "Sat 2027-05-01 15:45"]),
        (Only.SCHOOL_DAYS, ["Mon 2027-05-03 15:45", "Tue 2027-05-04 15:45"]),
    ):
        daily = made("FREQ=DAILY", only=only)
        assert shown(daily, 2, SPRING_BREAK, "2027-04-30") == expected


@pytest.mark.parametrize(
    ("rule", "school", "expected"),
    [
        ("FREQ=MONTHLY;BYSCHOOLDAY=-1", SPRING_BREAK, "2027-03-26 2027-04-29 2027-05-31"),
        ("FREQ=MONTHLY;BYSCHOOLDAY=1", SPRING_BREAK, "2027-03-01 2027-04-12 2027-05-03"),
        ("FREQ=MONTHLY;BYSCHOOLDAY=-1", EVERY_DAY, "2027-03-31 2027-04-30 2027-05-31"),
        ("FREQ=WEEKLY;BYSCHOOLDAY=-1", SPRING_BREAK, "2027-03-05 2027-03-12 2027-03-19"),
        ("FREQ=WEEKLY;INTERVAL=2;BYSCHOOLDAY=2", WEEKDAYS, "2027-03-02 2027-03-16 2027-03-30"),
        ("FREQ=MONTHLY;BYSCHOOLDAY=-1;UNTIL=20270430", WEEKDAYS, "2027-03-31 2027-04-30"),
    ],
)
def test_nth_school_day(rule: str, school: SchoolDays, expected: str) -> None:
    """The last school day of a month is the last on which pupils are taught."""
    assert [each.split()[1] for each in shown(made(rule), 3, school)] == expected.split()


def test_nobody_waits_for_a_school_that_never_opens() -> None:
    """Where no day ever counts, there is no next time, and the search for it ends."""
    closed = School(date.min, date.max)
    for rule in ("FREQ=DAILY", "FREQ=MONTHLY;BYSCHOOLDAY=1"):
        assert made(rule, only=Only.SCHOOL_DAYS).after(utc("2027-01-01"), closed) is None


def test_between_and_after_tell_the_same() -> None:
    """Asking step by step gives what asking at once does."""
    schedule = made("FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;BYSCHOOLDAY=-1", only=Only.SCHOOL_DAYS)
    first, last = utc("2027-03-10"), utc("2027-06-30")
    steps, at = [], schedule.after(first, SPRING_BREAK)
    while at is not None and at <= last:
        steps.append(at)
        at = schedule.after(at, SPRING_BREAK)
    assert tuple(steps) == schedule.between(first, last, SPRING_BREAK)


@pytest.mark.parametrize(
    "rules",
    [
        (),
        ("FREQ=DAILY",) * 15,
        ("FREQ=SECONDLY",),
        ("FREQ=DAILY;BYHOUR=1,2",),
        ("FREQ=DAILY;BYHOUR=24",),
        ("FREQ=DAILY;BYHOUR=1;BYHOUR=2",),
        ("FREQ=DAILY;BYMINUTE=5",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=0",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=32",),
        ("FREQ=YEARLY;BYSCHOOLDAY=1",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=1,2",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=1;INTERVAL=0",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=1;COUNT=2",),
        ("FREQ=MONTHLY;BYSCHOOLDAY=1;UNTIL=2027W011",),
    ],
)
def test_schedule_that_cannot_be_kept_is_refused(rules: tuple[str, ...]) -> None:
    """Whatever is no schedule is refused in words."""
    with pytest.raises(RuleError, match=r"[a-z]+ "):
        made(*rules)


@pytest.mark.parametrize(
    "text",
    ["", "DTSTART:20270104T154500\nRRULE:FREQ=DAILY", "DTSTART;TZID=UTC:20270104T154500\nX"],
)
def test_text_that_is_no_schedule_is_refused(text: str) -> None:
    """What stands in a column and is no schedule is told, not guessed."""
    with pytest.raises(RuleError):
        from_text(text)


KEPT = Table(
    "kept",
    MetaData(),
    Column("id", Id, primary_key=True),
    Column("schedule", ScheduleText),
    Column("wall", WallTime),
)


async def test_schedule_and_wall_time_in_a_table(store: Store) -> None:
    """Schedules and wall times come out of a table as they went in."""
    schedule = made("FREQ=DAILY", "FREQ=MONTHLY;BYSCHOOLDAY=-1", only=Only.OUTSIDE_BREAKS)
    walls = [wall_time("2027-03-28 02:30"), wall_time("0999-01-01 00:00:00.000001"), None]

    def keep(tx: Tx) -> list[tuple[Schedule | None, datetime | None]]:
        KEPT.create(tx.conn)
        for wall in walls:
            tx.execute(insert(KEPT).values(schedule=wall and schedule, wall=wall))
        rows = tx.execute(select(KEPT.c.schedule, KEPT.c.wall).order_by(KEPT.c.wall)).all()
        KEPT.drop(tx.conn)
        return [(row.schedule, row.wall) for row in rows]

    found = await store.run(keep)
    assert sorted(found, key=str) == sorted([(wall and schedule, wall) for wall in walls], key=str)
