"""Recurrence: RFC 5545 days at one time on the wall, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.recurrence import Recurrence, RuleError
from plnbot.walltime import FRIENDLY, instant, local

EASTERN = "America/New_York"
HALF_PAST_ONE, HALF_PAST_TWO = time(1, 30), time(2, 30)
FIRST, LAST = date(2020, 1, 1), date(2030, 1, 1)
EVERY_ZONE = sorted(available_timezones())
DAY = timedelta(days=1)
NOONS = [datetime.combine(FIRST, time(12)) + DAY * n for n in range((LAST - FIRST).days)]


def wall(text: str) -> datetime:
    """Return a naive wall time."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    """Return an instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walls(rule: str, start: str, until: str, zone: str = EASTERN) -> list[str]:
    """Return what clocks show at each occurrence from `start` until `until`."""
    found = Recurrence(rule, wall(start), zone).between(
        instant(wall(start), zone) - DAY, instant(wall(until), zone)
    )
    return [f"{local(each, zone):%Y-%m-%d %H:%M}" for each in found]


def daily(clock: time, zone: str) -> Recurrence:
    """Return the daily schedule at that time of day."""
    return Recurrence("FREQ=DAILY", datetime.combine(FIRST, clock), zone)


def once_a_day(schedule: Recurrence, first: date, last: date) -> bool:
    """Return whether each local day from `first` to before `last` has exactly one occurrence."""
    begin, end = (instant(datetime.combine(day, time()), schedule.zone) for day in (first, last))
    blink = timedelta(microseconds=1)
    found = [local(each, schedule.zone) for each in schedule.between(begin - blink, end - blink)]
    days = [first + DAY * number for number in range((last - first).days)]
    return [each.date() for each in found] == days and all(
        shows_its_time(each, schedule) for each in found
    )


def shows_its_time(at: datetime, schedule: Recurrence) -> bool:
    """Return whether this is the schedule's time, its first time in a fold, or ends a gap."""
    if at.time() == schedule.start.time():
        return at.fold == 0
    just_before = local(at.astimezone(UTC) - timedelta(microseconds=1), schedule.zone)
    return just_before.time() < schedule.start.time() < at.time()


def days_of_change(zone: str) -> Iterator[date]:
    """Yield the days after whose noon, and before the next, the zone's offset changes."""
    there = ZoneInfo(zone)
    for noon, (before, after) in zip(
        NOONS, pairwise(there.utcoffset(noon) for noon in NOONS), strict=False
    ):
        if before != after:
            yield noon.date()


def test_daily_schedule_once_a_local_day_around_every_change_of_every_zone() -> None:
    """In ten years of every zone, 01:30 and 02:30 come once on each day near a change of clocks.

    Between two changes the offset stands still, which leaves nothing that could go wrong twice.
    """
    changes = 0
    for zone in EVERY_ZONE:
        schedules = [daily(clock, zone) for clock in (HALF_PAST_ONE, HALF_PAST_TWO)]
        for day in days_of_change(zone):
            changes += 1
            for each in schedules:
                assert once_a_day(each, max(FIRST, day - DAY), day + 3 * DAY), (zone, day)
    assert changes > 2000


@pytest.mark.parametrize("zone", [*(name for name, _ in FRIENDLY), "Australia/Lord_Howe"])
def test_daily_schedule_once_on_all_days_of_ten_years(zone: str) -> None:
    """In the zones people pick, every single day of ten years has its 01:30 or 02:30 once."""
    assert once_a_day(daily(HALF_PAST_ONE, zone), FIRST, LAST)
    if zone in (EASTERN, "Europe/London", "Australia/Lord_Howe"):
        assert once_a_day(daily(HALF_PAST_TWO, zone), FIRST, LAST)


@given(
    st.times().map(lambda clock: clock.replace(microsecond=0)),
    st.sampled_from(EVERY_ZONE),
    st.dates(date(2021, 1, 1), date(2035, 1, 1)),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"]),
)
def test_daily_at_any_time_fires_once_a_day_by_either_rule(
    clock: time, zone: str, day: date, rule: str
) -> None:
    """Any time of day, any zone: one occurrence for each day, in order, none lost."""
    schedule = Recurrence(rule, datetime.combine(FIRST, clock), zone)
    expected = [instant(datetime.combine(day + DAY * n, clock), zone) for n in range(20)]
    assert schedule.between(expected[0], expected[-1]) == tuple(expected[1:])
    assert [schedule.after(at) for at in expected[:-1]] == expected[1:]


RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;COUNT=40",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU",
        "FREQ=WEEKLY;BYMONTH=9,10;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20240101T000000Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    ]
)


@given(RULES, st.sampled_from(EVERY_ZONE), st.datetimes(wall("2019-01-01"), wall("2026-01-01")))
def test_after_and_between_tell_the_same(rule: str, zone: str, from_: datetime) -> None:
    """Asking late gives the same occurrences as having asked from the start."""
    schedule = Recurrence(rule, wall("2020-02-03 15:45"), zone)
    at, end = from_.replace(tzinfo=UTC), utc("2028-06-01")
    whole = [each for each in schedule.between(utc("2018-01-01"), end) if each > at]
    assert list(schedule.between(at, end)) == whole
    later = schedule.after(at)
    assert later == (whole[0] if whole else None)


def test_first_monday_until_may() -> None:
    """“First Monday, 3:45 pm, until May” keeps 3:45 pm through the change of clocks."""
    found = walls("FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270531", "2027-01-01 15:45", "2028-01-01")
    assert found == [
        "2027-01-04 15:45",
        "2027-02-01 15:45",
        "2027-03-01 15:45",
        "2027-04-05 15:45",
        "2027-05-03 15:45",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=DAILY;COUNT=2", ["2026-11-19 20:00", "2026-11-20 20:00"]),
        ("freq=weekly;interval=2;count=2;", ["2026-11-19 20:00", "2026-12-03 20:00"]),
        ("FREQ=DAILY;UNTIL=20261120", ["2026-11-19 20:00", "2026-11-20 20:00"]),
        ("FREQ=DAILY;UNTIL=20261120T195959", ["2026-11-19 20:00"]),
        ("FREQ=DAILY;UNTIL=20261121T010000Z", ["2026-11-19 20:00", "2026-11-20 20:00"]),
        ("FREQ=DAILY;UNTIL=20261121T005959Z", ["2026-11-19 20:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=1", ["2026-11-30 20:00"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=1", ["2026-12-28 20:00"]),
        ("FREQ=YEARLY;BYYEARDAY=-1;COUNT=1", ["2026-12-31 20:00"]),
    ],
)
def test_rules_as_the_standard_writes_them(rule: str, expected: list[str]) -> None:
    """Parts and ends of rules mean what RFC 5545 says; an end is inclusive."""
    assert walls(rule, "2026-11-19 20:00", "2027-02-01") == expected


def test_occurrence_is_strictly_later() -> None:
    """An occurrence is not its own successor, so a schedule moves on."""
    schedule = Recurrence("FREQ=WEEKLY", wall("2026-11-19 20:00"), EASTERN)
    first = schedule.after(utc("2020-01-01"))
    assert first == utc("2026-11-20 01:00")
    assert schedule.after(first) == utc("2026-11-27 01:00")


def test_schedule_that_has_ended_has_no_next() -> None:
    """After the last occurrence comes None."""
    schedule = Recurrence("FREQ=DAILY;COUNT=3", wall("2026-11-19 20:00"), EASTERN)
    assert schedule.after(utc("2026-11-22 01:00")) is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        ";",
        "FREQ",
        "FREQ=",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1000000",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=DAILY;UNTIL=2027010",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;WKST=1",
        "FREQ=DAILY;" + "BYDAY=MO;" * 100,
        "EXRULE:FREQ=DAILY",
    ],
)
def test_rule_that_cannot_be_kept_is_refused(rule: str) -> None:
    """A rule that is none, recurs within a day, or counts without measure is refused in words."""
    with pytest.raises(RuleError, match=r"[a-z]+ "):
        Recurrence(rule, wall("2026-11-19 20:00"), EASTERN)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=2;BYSETPOS=5",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    ],
)
def test_rule_that_never_matches_is_refused(rule: str) -> None:
    """A rule without any day ends in a sentence, not in an endless search."""
    with pytest.raises(RuleError, match="never comes up"):
        Recurrence(rule, wall("2026-11-19 20:00"), EASTERN)


@pytest.mark.parametrize(
    ("start", "zone", "words"),
    [
        (utc("2026-01-01"), EASTERN, "no zone of its own"),
        (wall("1600-01-01"), EASTERN, "between"),
        (wall("9999-12-31"), EASTERN, "between"),
        (wall("2026-01-01"), "Narnia", "Narnia"),
    ],
)
def test_start_that_is_none_is_refused(start: datetime, zone: str, words: str) -> None:
    """The start is a naive time of our age in a zone that exists."""
    with pytest.raises(RuleError, match=words):
        Recurrence("FREQ=DAILY", start, zone)


PART = st.one_of(
    st.builds(
        "{}={}".format,
        st.sampled_from(
            ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS")
        ),
        st.sampled_from(
            (
                "DAILY",
                "YEARLY",
                "MONTHLY",
                "1",
                "53",
                "-1",
                "31",
                "MO,5FR",
                "-53SU",
                "20301231",
                "X",
            )
        ),
    ),
    st.text(max_size=12),
)


@given(st.lists(PART, max_size=5).map(";".join))
def test_any_rule_is_kept_or_refused(rule: str) -> None:
    """Whatever stands in a rule, the answer is a schedule or `RuleError`."""
    try:
        schedule = Recurrence(rule, wall("2026-11-19 20:00"), EASTERN)
    except RuleError:
        return
    first = schedule.after(utc("2026-01-01"))
    assert first is not None
    assert first >= utc("2026-11-20 01:00")
