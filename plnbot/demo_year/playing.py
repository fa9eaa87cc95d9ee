"""The year, week by week, and what is left open at its end."""

import time as real
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta

from config.settings import Settings
from plnbot.app import running
from plnbot.demo_year import alone, leading, together
from plnbot.demo_year.people import EVALUATOR, HERO, STAFF, cast, pack
from plnbot.demo_year.stage import SEED, ZONE, YearStage, at
from plnbot.engine.ports import Desk
from plnbot.engine.runner import Runner
from plnbot.insight.store import assessments
from plnbot.portfolio.store import shares
from plnbot.staging import moved_by_hand, until_told
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock, seeded_random
from plnbot.values import dataclass

TEACHERS = 300
BEGINS = date(2026, 8, 17)
_WEEK, _MONTHS_A_YEAR = timedelta(days=7), 12
_BREAKS = ((date(2026, 12, 21), date(2027, 1, 1)), (date(2027, 3, 15), date(2027, 3, 19)))
_READS_A_MONTH, _RESTS = 3, 7
Says = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Calendar:
    """How many months are played, and in which of them happens what does not happen in each.

    Exemplars are `kept` in one, written `anew` in another, and `shown` to an evaluator in a third.
    """

    months: int = 10
    pulses: tuple[int, ...] = (9, 1, 4)
    assessed: tuple[int, int] = (10, 4)
    kept: int = 11
    anew: int = 2
    shown: int = 5


WHOLE = Calendar()


async def play(settings: Settings, *, stay: bool) -> int:
    """Play the year, then serve it and say which address opens what for whom."""
    print(f"A school year of {TEACHERS} teachers. It takes about five minutes.", flush=True)
    began, given = real.monotonic(), pack()
    async with moved_by_hand(settings, at(BEGINS, time(7)), given["district"], ZONE) as (
        bot,
        moved,
    ):
        stage = stage_of(bot.desk, bot.store, moved, bot.runner, TEACHERS)
        await year(stage, WHOLE, lambda words: print(f"  {words}", flush=True))
        lead, settings = await leads(stage), bot.settings
    minutes = (real.monotonic() - began) / 60
    print(f"{stage.count:,} times somebody did something; it took {minutes:.1f} minutes.")
    async with running(settings) as bot:
        for words, path in lead:
            print(f"{words}\n  {bot.opened_by(path)}", flush=True)
        if stay:
            await until_told()
        else:
            print(f"Open it again at any time: ./run --data-dir {settings.data_dir}")
    return 0


def stage_of(desk: Desk, store: Store, moved: FrozenClock, runner: Runner, many: int) -> YearStage:
    """Return a district of so many people, the same again each time."""
    given, chance = pack(), seeded_random(SEED)
    people = cast(given, many, chance)
    return YearStage(
        desk, store, moved, moved=moved, runner=runner, pack=given, people=people, chance=chance
    )


async def year(stage: YearStage, calendar: Calendar, says: Says) -> None:
    """Play a school year, until its last month's report is there."""
    await stage.arrive()
    await leading.add_district(stage)
    for each in stage.people:
        await alone.tell(stage, each)
    await leading.give_roles(stage)
    await together.begin(stage)
    await leading.lay_pathways(stage)
    end = _first_of(BEGINS, calendar.months)
    month = 0
    for number, monday in enumerate(weeks(BEGINS, end)):
        if monday.month != month:
            month = monday.month
            says(f"{monday:%B %Y}")
            await _month(stage, calendar, monday)
        await _week(stage, number, monday)
    await stage.until(at(end + timedelta(days=_RESTS), time(7)))


def weeks(begins: date, end: date) -> Iterator[date]:
    """Yield the Mondays of weeks with school."""
    monday = begins
    while monday + timedelta(days=4) < end:
        if not any(first <= monday <= last for first, last in _BREAKS):
            yield monday
        monday += _WEEK


def _first_of(begins: date, months: int) -> date:
    """Return the first day after so many months, the one of `begins` counted."""
    years, month = divmod(begins.month - 1 + months, _MONTHS_A_YEAR)
    return date(begins.year + years, month + 1, 1)


async def _month(stage: YearStage, calendar: Calendar, monday: date) -> None:
    """Play what happens once a month, in its first week."""
    month = monday.month
    await stage.until(at(monday, time(8)))
    first = _READS_A_MONTH * ((month - BEGINS.month) % _MONTHS_A_YEAR)
    await alone.list_reads(stage, first, _READS_A_MONTH)
    await alone.say_needs(stage)
    if month == BEGINS.month:
        await alone.set_goals(stage)
    if month in calendar.pulses:
        await alone.pulse(stage)
    await alone.share_lessons(stage, month)
    if month == calendar.kept:
        await alone.keep_exemplars(stage)
    if month == calendar.anew:
        await alone.new_versions(stage)
    if month == calendar.shown:
        await alone.share_portfolios(stage)
    if month in calendar.assessed:
        await leading.assess(stage, calendar.assessed.index(month))


async def _week(stage: YearStage, number: int, monday: date) -> None:
    """Play a week: a prompt, something to read, meetings, and every second week a chat."""
    await stage.until(at(monday, time(16, 30)))
    await together.prompt(stage)
    await stage.until(at(monday + timedelta(days=1), time(17)))
    await alone.read(stage)
    if number % 2:
        await stage.until(at(monday + timedelta(days=2), time(16)))
        await together.meetings(stage)
        await alone.tend_goals(stage)
        await alone.walk(stage)
    else:
        thursday = monday + timedelta(days=3)
        await stage.until(at(thursday, time(19, 30)))
        await together.chat(stage, number // 2, f"{thursday:%Y-%m-%d} 20:00")


async def leads(stage: YearStage) -> Sequence[tuple[str, str]]:
    """Return what there is to be looked at, as whom, and at which address."""
    hers, staffs = f"/as/{HERO.handle}/page", f"/as/{STAFF.handle}/page"
    assessed, shared = await stage.store.read(lambda tx: _latest(tx, stage))
    shown = f"/as/{EVALUATOR.handle}/page/portfolio.shared/{shared}"
    return [
        (f"What the district learned, as {STAFF.name} reads it, its staff:", f"{staffs}/insight"),
        ("How ready its leading team is, then and now:", f"{staffs}/assessment/{assessed}"),
        (f"A teacher’s year, as {HERO.name} sees it alone:", f"{hers}/home"),
        ("  her goals, and what fed them:", f"{hers}/goals"),
        ("  the skills that her year touched:", f"{hers}/skills"),
        ("  her portfolio:", f"{hers}/portfolio"),
        (f"What {EVALUATOR.name}, who evaluates, sees of it:", shown),
    ]


def _latest(tx: Tx, stage: YearStage) -> tuple[int, int]:
    """Return the team's latest self-assessment, and what the teacher shares with who evaluates."""
    teams = assessments.of_member(tx, stage.numbers[STAFF.handle])
    seen = shares.open_to(tx, stage.numbers[EVALUATOR.handle], stage.clock.now())
    hers = (each.id for each in seen if each.member == stage.numbers[HERO.handle])
    return teams[0].id, next(hers, 0)
