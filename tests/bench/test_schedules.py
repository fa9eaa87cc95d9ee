"""Schedules: how long ten thousand take to tell what comes next, and in what other schedulers differ."""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

import pytest
from dateutil.rrule import rrulestr

from plnbot.schedules import WEEKDAYS, Only, Schedule, from_text
from plnbot.walltime import FRIENDLY, instant
from tests.bench.conftest import Print
from tests.core.test_schedules_everywhere import fired, kinds_of_clocks, simulated

pytestmark = pytest.mark.bench
SCHEDULES, ROUNDS = 10_000, 5
NOW = datetime(2027, 3, 3, 17, 5, tzinfo=UTC)
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=15",
)
CRON = (
    ("daily at 1:30", "30 1 * * *", "FREQ=DAILY"),
    ("daily at 2:30", "30 2 * * *", "FREQ=DAILY"),
    ("Sundays at 2:30", "30 2 * * sun", "FREQ=WEEKLY;BYDAY=SU"),
)


def schedules(days: int) -> list[Schedule]:
    """Return schedules of many kinds and zones, begun within so many days before now."""
    chosen = random.Random(14)
    found = []
    for _ in range(SCHEDULES):
        at = clock_time(chosen.randrange(24), chosen.choice((0, 15, 30, 45)))
        start = datetime.combine(NOW.date() - timedelta(days=chosen.randint(1, days)), at)
        zone, only = chosen.choice(FRIENDLY)[0], chosen.choice(tuple(Only))
        found.append(Schedule((chosen.choice(RULES),), start, zone, only))
    return found


def took(work: Callable[[], object]) -> float:
    """Return the milliseconds of this process that the shortest of a few rounds took."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        rounds.append((time.process_time() - began) * 1000)
    return min(rounds)


@pytest.mark.parametrize("days", [14, 365])
def test_next_of_ten_thousand(days: int, say: Print) -> None:
    """Zones, school days and all, the next times take no longer than dateutil's without any of it."""
    ours = schedules(days)
    theirs = [rrulestr(f"RRULE:{each.rules[0]}", dtstart=each.start) for each in ours]
    texts = [each.as_text() for each in ours]
    shown = NOW.replace(tzinfo=None)
    next_times = took(lambda: [each.after(NOW, WEEKDAYS) for each in ours])
    baseline = took(lambda: [each.after(shown) for each in theirs])
    from_texts = took(lambda: [from_text(each).after(NOW, WEEKDAYS) for each in texts])
    say(
        f"{SCHEDULES} schedules begun up to {days} days ago, their next times: {next_times:.0f} ms"
        f" (read from text too: {from_texts:.0f} ms); dateutil's rrule alone {baseline:.0f} ms:"
        f" ratio {next_times / baseline:.2f}"
    )
    assert next_times < 2 * baseline


def test_beside_cron_everywhere(say: Print) -> None:
    """Ten years of every kind of clocks beside APScheduler's cron trigger and cronsim."""
    zones = kinds_of_clocks()
    say(f"ten years in {len(zones)} kinds of clocks, beside ours (too many / missing):")
    for name, words, rule in CRON:
        minute, hour, *_ = words.split()
        counted: Counter[str] = Counter()
        for zone in zones:
            begin, end = (
                instant(datetime.combine(date(year, 1, 1), clock_time()), zone)
                for year in (2020, 2030)
            )
            start = datetime.combine(date(2020, 1, 1), clock_time(int(hour), int(minute)))
            ours = set(Schedule((rule,), start, zone).between(begin, end))
            counted["ours"] += len(ours)
            for other, found in (
                ("apscheduler", fired(words, zone, begin, end)),
                ("cronsim", simulated(words, zone, begin, end)),
            ):
                counted[f"{other} too many"] += len(found) - len(ours & set(found))
                counted[f"{other} missing"] += len(ours - set(found))
        say(
            f"  {name:20} {counted['ours']:>8}"
            f"  APScheduler {counted['apscheduler too many']} / {counted['apscheduler missing']}"
            f"  cronsim {counted['cronsim too many']} / {counted['cronsim missing']}"
        )
        assert counted["ours"]
