"""Where a licence stands: requirements, routes, what is to be signed, and the sums."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from plnbot.policies.meeting import Met, met_by
from plnbot.policies.needs import Asked
from plnbot.policies.periods import DAY, later
from plnbot.policies.planning import Planner, source_of
from plnbot.policies.rules import Attest, Per, Policy, Require
from plnbot.policies.sharing import most
from plnbot.policies.statements import (
    Decision,
    Outcome,
    Room,
    Standing,
    Statement,
    ToSign,
    Way,
    Why,
)

_WAITING = (Why.APPROVAL, Why.APPROVAL_BEFORE)


def statement(
    planner: Planner, asked: Asked, decisions: tuple[Decision, ...], carried: int
) -> Statement:
    """Return the statement over decisions that were made."""
    policy, now, today = planner.policy, planner.now, planner.today
    sums = _sums(decisions)
    counted = sums["counted"]
    standings = tuple(_standings(planner, asked, carried))
    unsigned = tuple(_unsigned(planner, asked))
    ways = tuple(_ways(planner, standings, unsigned))
    standings = tuple(_taken(each, policy, asked, ways) for each in standings)
    window = policy.cycle.window
    return Statement(
        licence=planner.licence.id,
        policy=policy,
        today=today,
        since=now.since,
        until=now.until,
        days_left=None if now.until is None else max(0, (now.until - today).days),
        renew_from=later(now.until + DAY, -window) if now.until and window else None,
        keep_until=kept_until(policy, None, now.until),
        needed=asked.needed,
        carried=carried,
        forecast=_forecast(planner, counted),
        complete=_complete(policy, standings, ways, unsigned),
        standings=standings,
        rooms=tuple(_rooms(planner, asked)),
        ways=ways,
        to_sign=unsigned,
        decisions=decisions,
        **sums,
    )


def kept_until(policy: Policy, on: date | None, ends: date | None) -> date | None:
    """Return until when what proves an entry of a day is kept; None where that is not known (yet)."""
    found = None
    for rule in policy.retains:
        begins = on if rule.clock == "activity" else ends
        until = later(begins, rule.months) if begins else None
        found = max(filter(None, (found, until)), default=None)
    return found


def _sums(decisions: Sequence[Decision]) -> dict[str, int]:
    # Most entries share their parts with many: those are added up once.
    parts = [each[2] for each in decisions]
    names = list(map(id, parts))
    kinds = dict(zip(names, parts, strict=True))
    totals: dict[tuple[Outcome, Why], int] = {}
    for which, many in Counter(names).items():
        for part in kinds[which]:
            key = part.outcome, part.why
            totals[key] = totals.get(key, 0) + part.minutes * many
    by = dict.fromkeys(("counted", "pending", "held", "capped", "refused", "beside"), 0)
    for (outcome, why), minutes in totals.items():
        name = outcome.value
        if why is Why.BESIDE:
            name = "beside"
        elif why in _WAITING:
            name = "pending"
        by[name] += minutes
    return by


def _standings(planner: Planner, asked: Asked, carried: int) -> Iterator[Standing]:
    found = met_by(planner, asked, carried)
    for at, require in enumerate(asked.requires):
        for met in found[at]:
            yield _standing(planner, asked, require, met)


def _standing(planner: Planner, asked: Asked, require: Require, met: Met) -> Standing:
    waive = asked.waived.get(require.id)
    rule = waive or require
    year = planner.years[met.year] if met.year >= 0 else None
    sure = None if require.doubt and waive is None else met.missing == 0
    return Standing(
        rule=rule.id if waive else require.id,
        title=require.title,
        needed=Decimal(0) if waive else met.needed,
        counted=met.counted,
        of=met.of,
        met=True if waive else sure,
        source=source_of(planner.policy, rule),
        need=require.need,
        since=year.since if year else None,
        until=year.until if year else None,
        says=rule.says,
        missing=0 if waive or met.of != "minutes" else int(met.missing),
        asks=require.id,
    )


def _rooms(planner: Planner, asked: Asked) -> Iterator[Room]:
    taken = Counter[tuple[str, int]]()
    for plan in planner.plans():
        for cap, year in plan.caps:
            taken[cap.id, year] += plan.minutes
    for cap in planner.caps:
        if cap.per is Per.ENTRY or cap.of_earned or cap.doubt:
            continue
        whole = most(cap, asked.needed or 0)
        year = planner.year_of(planner.today) if cap.per is Per.YEAR else -1
        yield Room(cap, whole, max(0, whole - taken[cap.id, year]), source_of(planner.policy, cap))


def _unsigned(planner: Planner, asked: Asked) -> Iterator[ToSign]:
    for attest in planner.policy.attests:
        if not planner.known.applies(attest) or attest.id in asked.waived:
            continue
        if planner.signed(attest.id, ever=attest.per is Per.LIFE) is None:
            source = source_of(planner.policy, attest)
            due = _due(planner, attest)
            yield ToSign(attest.id, attest.title, due, attest.blocks, source)


def _due(planner: Planner, attest: Attest) -> date | None:
    since = planner.now.since
    if attest.months is not None:
        return later(since, attest.months)
    if attest.day is None:
        return None
    at = date(since.year, *attest.day)
    return at if at >= since else date(since.year + 1, *attest.day)


def _ways(
    planner: Planner, standings: Sequence[Standing], unsigned: Sequence[ToSign]
) -> Iterator[Way]:
    open_ = {each.asks for each in standings if each.met is not True}
    open_ |= {each.rule for each in unsigned}
    attests = [each for each in planner.policy.attests if planner.known.applies(each)]
    there = {each.asks for each in standings} | {each.id for each in attests}
    for route in planner.policy.routes:
        if planner.known.applies(route):
            met: bool | None = any(name in there for name in route.asks)
            met = met and not open_.intersection(route.asks)
            yield Way(route.id, route.title, route.asks, None if met and route.doubt else met)


def _taken(each: Standing, policy: Policy, asked: Asked, ways: Sequence[Way]) -> Standing:
    """Return a standing that says whether it has to be met: not, where another route was taken."""
    if each.asks not in policy.routed:
        return each
    mine = next((way for way in ways if way.met is True), None)
    mine = mine or next((way for way in ways if way.rule == asked.route), None)
    required = mine is not None and each.asks in mine.asks
    return each if each.required == required else replace(each, required=required)


def _complete(
    policy: Policy,
    standings: Sequence[Standing],
    ways: Sequence[Way],
    unsigned: Sequence[ToSign],
) -> bool:
    routed = policy.routed
    if policy.routes and not any(way.met is True for way in ways):
        return False
    if any(each.asks not in routed and each.met is not True for each in standings):
        return False
    return not any(each.rule not in routed and each.blocks != "nothing" for each in unsigned)


def _forecast(planner: Planner, counted: int) -> int | None:
    """Return what it comes to at the end if it goes on as it did; None without an end."""
    days, now = planner.now.days(), planner.now
    gone = (min(planner.today, now.until or planner.today) - now.since).days + 1
    if days is None or gone <= 0:
        return None
    return counted * days // gone
