"""Plans of chats: templates as data, laid out for the questions there are."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from itertools import pairwise

from plnbot.chats.model import Moment, MomentKind, Pace
from plnbot.errors import PlnError
from plnbot.packs import Entry, Pack, Titles
from plnbot.talk import limits
from plnbot.values import dataclass
from plnbot.walltime import local, wall_days_later

WEEK = 7
_LONGEST = 24 * 60


@dataclass(frozen=True, slots=True)
class Plan:
    """A template. Live ones count minutes from the start; slow ones (`slow`) count days."""

    id: str
    names: Titles
    minutes: int = 0
    warm_up: int = 0
    first: int = 0
    gap: int = 0
    closing: int = 0
    least: int = 5
    slow: bool = False
    days: tuple[int, ...] = ()
    retired: bool = False

    def name(self, locale: str) -> str:
        """Return what people call it."""
        return self.names.said(locale)

    @property
    def pace(self) -> Pace:
        """How it gives way."""
        if self.slow:
            day = timedelta(days=1 if self.days else WEEK)
            return Pace(least=day, keep_end=False, step=day)
        return Pace(least=timedelta(minutes=self.least))


class DoesNotFitError(PlnError):
    """More questions than the plan holds; `most` says how many fit."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} questions fit")
        self.most = most


@cache
def plans() -> Mapping[str, Plan]:
    """Return the plans by id, the default first, those no longer offered too; raises `PackError`."""
    return PLANS.load()


def lay_out(
    plan: Plan,
    start: datetime,
    zone: str,
    clocks: Sequence[time | None],
    *,
    warm_up: bool,
    warm_up_clock: time | None = None,
) -> tuple[Moment, ...]:
    """Return the moments of a chat that starts at `start` with one question for each of `clocks`.

    Clock times from the document, in `zone`, stand where all questions have one and they run
    forwards; otherwise the plan's own, closer together when there are more questions than it was
    made for. Raises `DoesNotFitError`.
    """
    if plan.slow:
        return _slow(plan, start, zone, len(clocks))
    asked = _by_clock(plan, start, zone, clocks) or _by_plan(plan, start, len(clocks))
    moments = [Moment(MomentKind.WELCOME, start)]
    if warm_up:
        at = _on_clock(warm_up_clock, start, zone) if warm_up_clock else None
        latest = asked[0] if asked else start + timedelta(minutes=plan.closing)
        if at is None or not start <= at < latest:
            at = min(start + timedelta(minutes=plan.warm_up), latest)
        moments.append(Moment(MomentKind.WARM_UP, at))
    moments += [Moment(MomentKind.QUESTION, at, number) for number, at in enumerate(asked, start=1)]
    end = start + timedelta(minutes=plan.minutes)
    closing = start + timedelta(minutes=plan.closing)
    return (*moments, Moment(MomentKind.CLOSING, closing), Moment(MomentKind.END, end))


def stands_as_written(
    plan: Plan, start: datetime, zone: str, clocks: Sequence[time | None]
) -> bool:
    """Return whether a document's own times are those of a chat that starts at `start`."""
    return _by_clock(plan, start, zone, clocks) is not None


def _by_plan(plan: Plan, start: datetime, count: int) -> list[datetime]:
    most = 1 + (plan.closing - plan.first - plan.least) // plan.least
    if count > most:
        raise DoesNotFitError(most)
    room = plan.closing - plan.first
    fits = plan.gap * (count - 1) + plan.least <= room
    roomy = plan.gap * (count + 1) < room
    # Fewer or more questions than the plan was made for share its time evenly.
    minutes = plan.gap if fits and not roomy else room // max(count, 1)
    gap = timedelta(minutes=minutes)
    return [start + timedelta(minutes=plan.first) + gap * i for i in range(count)]


def _by_clock(
    plan: Plan, start: datetime, zone: str, clocks: Sequence[time | None]
) -> list[datetime] | None:
    placed = [_on_clock(clock, start, zone) for clock in clocks if clock is not None]
    end = start + timedelta(minutes=plan.closing)
    if not placed or len(placed) < len(clocks):
        return None
    forwards = all(earlier < later for earlier, later in pairwise(placed))
    return placed if forwards and start <= placed[0] and placed[-1] < end else None


def _on_clock(clock: time, start: datetime, zone: str) -> datetime:
    """Return the first instant not before `start` at which the wall shows `clock`.

    A document may say 8:10 without p.m.; the half of the day nearest after the start is meant.
    """
    wall = local(start, zone)
    begun = wall.hour * 60 + wall.minute
    half_day = 12 * 60
    minutes = (clock.hour * 60 + clock.minute - begun) % half_day
    return start + timedelta(minutes=minutes)


def _slow(plan: Plan, start: datetime, zone: str, count: int) -> tuple[Moment, ...]:
    days = plan.days or (local(start, zone).weekday(),)
    moments: list[Moment] = [Moment(MomentKind.WELCOME, start)]
    ahead = 0
    while len(moments) <= count:
        at = wall_days_later(start, zone, ahead)
        if local(at, zone).weekday() in days:
            moments.append(Moment(MomentKind.QUESTION, at, len(moments)))
        ahead += 1
    last = wall_days_later(moments[-1].at, zone, plan.pace.step.days)
    return (
        *moments,
        Moment(MomentKind.CLOSING, last),
        Moment(MomentKind.END, last + timedelta(hours=1)),
    )


def _plan(entry: Entry) -> Plan:
    """Read a plan; one with `days` is slow, and needs no times."""

    def minutes(key: str, least: int = 0, otherwise: int = 0) -> int:
        return entry.whole(key, least=least, most=_LONGEST, otherwise=otherwise)

    plan = Plan(
        entry.id(),
        entry.titles("name"),
        minutes("minutes"),
        minutes("warm_up"),
        minutes("first"),
        minutes("gap"),
        minutes("closing"),
        minutes("least", 1, 5),
        entry.has("days"),
        entry.whole_numbers("days", least=0, most=WEEK - 1),
        entry.flag("retired"),
    )
    if not plan.slow:
        _check_times(plan, entry)
    return plan


def _check_times(plan: Plan, entry: Entry) -> None:
    steps = ("warm_up", "first", "closing", "minutes")
    for earlier, later in pairwise(steps):
        strictly = later == "closing"
        before, after = getattr(plan, earlier), getattr(plan, later)
        if before > after or (strictly and before == after):
            entry.wrong(later, f"must come after `{earlier}`: {after} does not follow {before}")
    if plan.gap < plan.least:
        entry.wrong("gap", f"must not be under `least`: {plan.gap} is less than {plan.least}")


PLANS = Pack("chat_plans.toml", "plan", _plan, limits.OPTIONS)
