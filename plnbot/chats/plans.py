"""Plans of chats: templates as data, laid out for the questions there are."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from plnbot.chats.model import Kind, Moment, Pace
from plnbot.errors import PlnError
from plnbot.walltime import local, wall_days_later

PACK = Path(__file__).parents[2] / "config" / "packs" / "chat_plans.toml"
WEEK = 7


class PlanError(PlnError):
    """A plan in the pack that cannot be read; the words name the plan and the field."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A template. Live ones count minutes from the start; slow ones (`slow`) count days."""

    id: str
    names: Mapping[str, str]
    minutes: int = 0
    warm_up: int = 0
    first: int = 0
    gap: int = 0
    closing: int = 0
    least: int = 5
    slow: bool = False
    days: tuple[int, ...] = ()

    def name(self, locale: str) -> str:
        """Return what people call it."""
        return self.names.get(locale, self.names["en"])

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
    """Return the shipped plans by id, the default first."""
    return load(PACK.read_text(encoding="utf-8"))


def load(text: str) -> Mapping[str, Plan]:
    """Return the plans in a pack; raises `PlanError` naming the plan and the field."""
    try:
        rows = tomllib.loads(text).get("plan", [])
    except tomllib.TOMLDecodeError as error:
        reason = f"chat_plans.toml is not TOML: {error}"
        raise PlanError(reason) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        reason = "chat_plans.toml: each `plan` starts with a line [[plan]]"
        raise PlanError(reason)
    found: dict[str, Plan] = {}
    for plan in map(_plan, rows):
        if plan.id in found:
            reason = f"plan {plan.id}: another plan has the same `id`"
            raise PlanError(reason)
        found[plan.id] = plan
    return found


def lay_out(  # noqa: PLR0913 - what a document may say about its times
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
    moments = [Moment(Kind.WELCOME, start)]
    if warm_up:
        at = _on_clock(warm_up_clock, start, zone) if warm_up_clock else None
        latest = asked[0] if asked else start + timedelta(minutes=plan.closing)
        if at is None or not start <= at < latest:
            at = min(start + timedelta(minutes=plan.warm_up), latest)
        moments.append(Moment(Kind.WARM_UP, at))
    moments += [Moment(Kind.QUESTION, at, number) for number, at in enumerate(asked, start=1)]
    end = start + timedelta(minutes=plan.minutes)
    closing = start + timedelta(minutes=plan.closing)
    return (*moments, Moment(Kind.CLOSING, closing), Moment(Kind.END, end))


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
    moments: list[Moment] = [Moment(Kind.WELCOME, start)]
    ahead = 0
    while len(moments) <= count:
        at = wall_days_later(start, zone, ahead)
        if local(at, zone).weekday() in days:
            moments.append(Moment(Kind.QUESTION, at, len(moments)))
        ahead += 1
    last = wall_days_later(moments[-1].at, zone, plan.pace.step.days)
    return (*moments, Moment(Kind.CLOSING, last), Moment(Kind.END, last + timedelta(hours=1)))


def _plan(row: Mapping[str, object]) -> Plan:
    name = row.get("id")
    names = row.get("name")
    if not isinstance(name, str) or not name:
        reason = f"plan without an id, with the name {names!r}: `id` must be a word"
        raise PlanError(reason)
    if not isinstance(names, dict) or "en" not in names or not _words(names.values()):
        reason = f'plan {name}: `name` needs at least {{ en = "…" }}'
        raise PlanError(reason)
    numbers: dict[str, Any] = {
        key: _whole(name, key, row[key])
        for key in ("minutes", "warm_up", "first", "gap", "closing", "least")
        if key in row
    }
    days = row.get("days")
    if days is None:
        return _checked(replace(Plan(name, names), **numbers))
    if not isinstance(days, list) or not all(
        isinstance(day, int) and day in range(WEEK) for day in days
    ):
        reason = f"plan {name}: `days` are numbers from 0 (Monday) to 6"
        raise PlanError(reason)
    return replace(Plan(name, names, slow=True, days=tuple(days)), **numbers)


def _checked(plan: Plan) -> Plan:
    in_order = 0 <= plan.warm_up <= plan.first < plan.closing <= plan.minutes
    if not in_order or plan.gap < plan.least or plan.least < 1:
        reason = (
            f"plan {plan.id}: times must run warm_up, first, closing, minutes,"
            " and gap must not be under least"
        )
        raise PlanError(reason)
    return plan


def _words(values: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in values)


def _whole(plan: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        reason = f"plan {plan}: `{key}` must be a whole number of minutes"
        raise PlanError(reason)
    return value
