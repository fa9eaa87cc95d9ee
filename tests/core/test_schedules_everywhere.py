"""Schedules in every zone for ten years: each occurrence once, gaps and folds by the rule; and beside others.

Zones whose clocks never differ in these years are one to a schedule, so each kind of clock is gone through once, and
all of them whole: what can go wrong lies where the clocks change, but also where they do not.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from apscheduler.triggers.cron import CronTrigger
from cronsim import CronSim
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot.recurrence import Recurrence
from plnbot.schedules import Only, Schedule
from plnbot.walltime import instant, local

FIRST, LAST = date(2020, 1, 1), date(2030, 1, 1)
DAY = timedelta(days=1)
DAYS = [FIRST + DAY * number for number in range((LAST - FIRST).days)]
CLOCKS = (time(0), time(1, 30), time(2, 30))
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EASTERN = "America/New_York"


@cache
def kinds_of_clocks() -> tuple[str, ...]:
    """Return one zone of each kind: all that show the same at every half hour of these years are one."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    noons = [datetime.combine(day, time(12)) for day in DAYS]
    for zone in sorted(available_timezones()):
        there = ZoneInfo(zone)
        offsets = [there.utcoffset(noon) for noon in noons]
        changes = [at for at in range(1, len(noons)) if offsets[at] != offsets[at - 1]]
        exact = tuple(the_change(there, noons[at - 1]) for at in changes)
        alike[offsets[0], exact].append(zone)
    return tuple(each[0] for each in alike.values())


def the_change(there: ZoneInfo, noon: datetime) -> tuple[object, ...]:
    """Return when, in the day after a noon, the clocks change, and to what."""
    before = noon.replace(tzinfo=there).astimezone(UTC)
    after = before + timedelta(hours=26)
    offset = before.astimezone(there).utcoffset()
    changed = after.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(there).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after, changed


def last_of_month(day: date) -> date:
    """Return the last day of its month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def is_last_school_day(day: date) -> bool:
    """Return whether no weekday follows it in its month."""
    rest = (last_of_month(day) - day).days
    later = (day + DAY * ahead for ahead in range(1, rest + 1))
    return day.weekday() < 5 and all(each.weekday() >= 5 for each in later)


KINDS: dict[str, tuple[str, Only, Callable[[date], bool]]] = {
    "daily": ("FREQ=DAILY", Only.ANY_DAY, lambda _day: True),
    "weekly": ("FREQ=WEEKLY;BYDAY=SU", Only.ANY_DAY, lambda day: day.weekday() == 6),
    "every second week": (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        Only.ANY_DAY,
        lambda day: day.weekday() == 6 and (day - date(2019, 12, 30)).days // 7 % 2 == 0,
    ),
    "nth weekday": (
        "FREQ=MONTHLY;BYDAY=2SU",
        Only.ANY_DAY,
        lambda day: day.weekday() == 6 and 8 <= day.day <= 14,
    ),
    "last weekday": (
        "FREQ=MONTHLY;BYDAY=-1SU",
        Only.ANY_DAY,
        lambda day: day.weekday() == 6 and (day + 7 * DAY).month != day.month,
    ),
    "last school day": ("FREQ=MONTHLY;BYSCHOOLDAY=-1", Only.ANY_DAY, is_last_school_day),
}


@pytest.mark.parametrize("kind", KINDS)
def test_ten_years_of_every_kind_of_clocks(kind: str) -> None:
    """Each day that is meant has its time once: as the wall shows it first, or at the end of a gap."""
    rule, only, meant = KINDS[kind]
    days = [day for day in DAYS if meant(day)]
    clocks = CLOCKS if len(days) < 1000 else (time(2, 30),)
    for zone in kinds_of_clocks():
        for clock in clocks:
            schedule = Schedule((rule,), datetime.combine(FIRST, clock), zone, only)
            begin = instant(datetime.combine(FIRST, time()), zone) - timedelta(microseconds=1)
            end = instant(datetime.combine(LAST, time()), zone) - timedelta(microseconds=1)
            found = schedule.between(begin, end)
            walls = [local(each, zone) for each in found]
            odd = [
                place
                for place, each in enumerate(walls)
                if each.time() != clock or each.fold or each.date() != days[place]
            ]
            assert len(found) == len(days), (zone, clock)
            for place in odd:
                assert ends_a_gap(found[place], datetime.combine(days[place], clock), zone)


def ends_a_gap(at: datetime, meant: datetime, zone: str) -> bool:
    """Return whether clocks jump over the wall time that was meant just before this instant."""
    before = local(at - timedelta(microseconds=1), zone).replace(tzinfo=None)
    return before < meant < local(at, zone).replace(tzinfo=None)


def test_kinds_of_clocks_are_all_there_are() -> None:
    """Every zone is one of the kinds, and those with changes at odd hours are among them."""
    assert 60 < len(kinds_of_clocks()) < 200


WEEKDAYS = st.lists(st.integers(0, 6), max_size=4, unique=True)
NUMBERS = st.one_of(st.integers(1, 5), st.integers(-5, -1))


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """Return a rule, and the same for dateutil."""
    name, freq = draw(st.sampled_from((("DAILY", DAILY), ("WEEKLY", WEEKLY), ("MONTHLY", MONTHLY))))
    parts = [f"FREQ={name}"]
    said: dict[str, object] = {"freq": freq}

    def add(part: str, values: list[int]) -> None:
        if values:
            parts.append(f"{part}={','.join(map(str, values))}")
            said[part.lower()] = values

    add("INTERVAL", [draw(st.integers(1, 30))])
    said["interval"] = int(parts[1].partition("=")[2])
    if days := draw(WEEKDAYS):
        # All with a number or none: of a mixture dateutil finds nothing.
        numbered = name == "MONTHLY" and draw(st.booleans())
        numbers = [draw(NUMBERS) if numbered else None for _ in days]
        pairs = list(zip(days, numbers, strict=True))
        parts.append("BYDAY=" + ",".join(f"{number or ''}{NAMES[day]}" for day, number in pairs))
        said["byweekday"] = [weekday(day, number) for day, number in pairs]
    add("BYMONTH", draw(st.lists(st.integers(1, 12), max_size=3, unique=True)))
    if name == "WEEKLY":
        start = draw(st.integers(0, 6))
        parts.append(f"WKST={NAMES[start]}")
        said["wkst"] = start
    if name == "MONTHLY":
        days_of_month = st.one_of(st.integers(1, 31), st.integers(-31, -1))
        add("BYMONTHDAY", draw(st.lists(days_of_month, max_size=3, unique=True)))
        if "byweekday" in said or "bymonthday" in said:
            add("BYSETPOS", draw(st.lists(NUMBERS, max_size=2, unique=True)))
    if draw(st.booleans()):
        count = draw(st.integers(1, 40))
        parts.append(f"COUNT={count}")
        said["count"] = count
    return ";".join(parts), said


@settings(max_examples=60)
@pytest.mark.filterwarnings("ignore:Using both 'count' and 'until'")
@given(rules(), st.sampled_from(DAYS), st.times(), st.integers(0, 2500))
def test_days_are_those_of_dateutil(
    rule: tuple[str, dict[str, object]], first: date, clock: time, later: int
) -> None:
    """Whatever the rule and wherever one begins to ask, the days are those that dateutil walks to."""
    words, said = rule
    start = datetime.combine(first, clock.replace(second=0, microsecond=0))
    since = (start + later * DAY).replace(tzinfo=UTC)
    until = since + 1500 * DAY
    expected = [
        each.replace(tzinfo=UTC)
        for each in rrule(dtstart=start, until=until.replace(tzinfo=None), **said)  # type: ignore[arg-type]
        if each.replace(tzinfo=UTC) > since
    ]
    try:
        found = Recurrence(words, start, "UTC").between(since, until)
    except ValueError:
        found = ()
    assert list(found) == expected


@pytest.mark.parametrize(
    ("words", "rule", "zone", "twice", "late"),
    [
        ("30 1 * * *", "FREQ=DAILY", EASTERN, 1, 0),
        ("30 2 * * *", "FREQ=DAILY", EASTERN, 0, 1),
        ("30 1 * * *", "FREQ=DAILY", "Europe/London", 1, 1),
        ("30 2 * * sun", "FREQ=WEEKLY;BYDAY=SU", "Europe/Berlin", 1, 1),
    ],
)
def test_beside_cron(words: str, rule: str, zone: str, twice: int, late: int) -> None:
    """A year beside cronsim is the same; APScheduler's cron comes twice in autumn and late in spring."""
    minute, hour, *_ = words.split()
    begin, end = (
        instant(datetime.combine(date(year, 1, 1), time()), zone) for year in (2026, 2027)
    )
    start = datetime.combine(date(2026, 1, 1), time(int(hour), int(minute)))
    ours = Schedule((rule,), start, zone).between(begin, end)
    assert simulated(words, zone, begin, end) == list(ours)
    cron = fired(words, zone, begin, end)
    assert len(set(cron) - set(ours)) == twice + late
    assert len(set(ours) - set(cron)) == late


def fired(words: str, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """Return when APScheduler's cron trigger fires."""
    trigger = CronTrigger.from_crontab(words, timezone=ZoneInfo(zone))
    found: list[datetime] = []
    at = trigger.get_next_fire_time(None, begin)
    while at is not None and at.astimezone(UTC) <= end:
        found.append(at.astimezone(UTC))
        later = (at.astimezone(UTC) + timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
        at = trigger.get_next_fire_time(at, later)
    return found


def simulated(words: str, zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """Return when cronsim says that Debian's cron fires."""
    found = []
    for each in CronSim(words, begin.astimezone(ZoneInfo(zone))):
        if each.astimezone(UTC) > end:
            break
        found.append(each.astimezone(UTC))
    return found
