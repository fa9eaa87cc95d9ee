"""Which requirements what counted meets: one hour several, only one, or divided over them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from plnbot.policies.needs import Asked
from plnbot.policies.planning import Planner
from plnbot.policies.plans import Plan
from plnbot.policies.rules import Per, Require
from plnbot.values import dataclass

_ONE_MINUTE = 1


@dataclass(frozen=True, slots=True)
class Met:
    """How far one requirement is met, over a year or (-1) over all, in `of`."""

    needed: Decimal
    counted: Decimal
    of: str
    missing: Decimal
    year: int = -1


def met_by(planner: Planner, asked: Asked, carried: int) -> list[list[Met]]:
    """Return for each requirement how far it is met, a yearly one for each year it asks for."""
    plans = [each for each in planner.plans() if each.requires and (each.many or each.minutes)]
    shares = _shares(planner, asked, plans)
    found: list[list[Met]] = []
    for at, require in enumerate(asked.requires):
        serving = [each for each in plans if at in each.requires]
        if require.per is Per.YEAR:
            found.append(
                [
                    _met(
                        require, asked.wants[at], [p for p in serving if p.year == year], None, year
                    )
                    for year in planner.asked_years(require)
                ]
            )
            continue
        given = shares.get(at)
        if require.need:
            given = carried + sum(each.minutes for each in serving if not each.beside)
        found.append([_met(require, asked.wants[at], serving, given)])
    return found


def _met(
    require: Require,
    wants: int | None,
    serving: Sequence[Plan],
    given: int | None = None,
    year: int = -1,
) -> Met:
    if require.count is not None:
        many = sum(each.many for each in serving)
        return _of(require.count, many, "entries", year)
    if require.amount is not None:
        measured = sum(
            (each.many * each.entry.amount(require.which.measure) for each in serving), Decimal(0)
        )
        return _of(require.amount, measured, require.which.measure, year)
    by_tag = {tag: _minutes(serving, frozenset({tag})) for tag in require.which.tags}
    if require.distinct is not None:
        least = max(require.each or 0, _ONE_MINUTE)
        there = sum(minutes >= least for minutes in by_tag.values())
        return _of(require.distinct, there, "tags", year)
    whole = _minutes(serving, require.which.tags) if given is None else given
    short = 0
    if require.each is not None:
        short = sum(max(0, require.each - minutes) for minutes in by_tag.values())
    needed = wants or 0
    missing = max(needed - whole, short, 0)
    return Met(Decimal(needed), Decimal(whole), "minutes", Decimal(missing), year)


def _of(needed: Decimal | int, counted: Decimal | int, of: str, year: int) -> Met:
    missing = max(Decimal(0), Decimal(needed) - Decimal(counted))
    return Met(Decimal(needed), Decimal(counted), of, missing, year)


def _minutes(serving: Iterable[Plan], tags: frozenset[str]) -> int:
    return sum(_of_plan(each, tags) for each in serving)


def _of_plan(plan: Plan, tags: frozenset[str]) -> int:
    """Return what a plan's entries bring to some tags: all of it, or the part that was divided to them."""
    if tags and not (tags & plan.entry.tags) and not plan.entry.split:
        return 0
    parted = _parted(plan)
    if not tags or not parted:
        return plan.minutes
    if plan.each:
        return sum(min(left, _part(parted, tags, left)) for left in plan.each)
    return min(plan.minutes, plan.many * sum(parted.get(tag, 0) for tag in tags))


def _parted(plan: Plan) -> Mapping[str, int]:
    if plan.award is not None and plan.award.split:
        return dict(plan.award.split)
    return dict(plan.entry.split)


def _part(divided: Mapping[str, int], tags: frozenset[str], left: int) -> int:
    """Return the part of what is left of one entry that is of these tags, never more than its share."""
    whole = sum(divided.values())
    mine = sum(divided.get(tag, 0) for tag in tags)
    return mine * left // whole if whole > left else mine


def _shares(planner: Planner, asked: Asked, plans: Sequence[Plan]) -> dict[int, int]:
    """Return for requirements between which minutes are divided how many each gets."""
    overlap = planner.policy.overlap
    if overlap == "any":
        return {}
    among = [
        at
        for at, each in enumerate(asked.requires)
        if asked.wants[at] is not None
        and not (each.need or each.beside or each.each or each.per is not Per.CYCLE or each.months)
    ]
    pieces = [
        (minutes, tuple(at for at in among if at in plan.requires))
        for plan in plans
        for minutes in _pieces(plan, whole=overlap == "one")
        if minutes
    ]
    wants = {at: asked.wants[at] or 0 for at in among}
    return _whole(pieces, wants) if overlap == "one" else divided(pieces, wants)


def _pieces(plan: Plan, *, whole: bool) -> list[int]:
    return list(plan.each) if whole else [plan.minutes]


def _whole(
    pieces: Sequence[tuple[int, tuple[int, ...]]], wants: Mapping[int, int]
) -> dict[int, int]:
    """Give each piece to one requirement: what fits fewest first, the longest first, where most is missing."""
    got = dict.fromkeys(wants, 0)
    for minutes, fits in sorted(pieces, key=lambda each: (len(each[1]), -each[0], each[1])):
        if fits:
            at = max(fits, key=lambda each: (wants[each] - got[each], -each))
            got[at] += minutes
    return got


def divided(
    pieces: Sequence[tuple[int, tuple[int, ...]]], wants: Mapping[int, int]
) -> dict[int, int]:
    """Divide minutes so that as much as can be is met: augmenting paths between pieces and requirements."""
    left: dict[tuple[int, ...], int] = {}
    for minutes, fits in pieces:
        left[fits] = left.get(fits, 0) + minutes
    given = {(fits, at): 0 for fits in left for at in fits}
    got = dict.fromkeys(wants, 0)
    while path := _path(left, given, got, wants):
        fits, end = path[0][0], path[-1][1]
        room = min(left[fits], wants[end] - got[end])
        back = [given[source, at] for source, at in _backs(path)]
        room = min([room, *back])
        for source, at in path:
            given[source, at] += room
        for source, at in _backs(path):
            given[source, at] -= room
        left[fits] -= room
        got[end] += room
    for fits, minutes in left.items():
        if fits:
            got[fits[0]] += minutes
    return got


_Path = list[tuple[tuple[int, ...], int]]


def _backs(path: _Path) -> _Path:
    """Return what a path takes back: each requirement on the way gives up what the next piece had given it."""
    return [(following[0], at) for (_, at), following in itertools.pairwise(path)]


def _path(
    left: Mapping[tuple[int, ...], int],
    given: Mapping[tuple[tuple[int, ...], int], int],
    got: Mapping[int, int],
    wants: Mapping[int, int],
) -> _Path | None:
    """Return how some minutes that are left reach a requirement that wants them, the shortest way."""
    paths: list[_Path] = [[(fits, at)] for fits, minutes in left.items() if minutes for at in fits]
    seen = {path[-1] for path in paths}
    for path in paths:
        _, at = path[-1]
        if got[at] < wants[at]:
            return path
        for other in left:
            if given.get((other, at)):
                for onward in other:
                    if (other, onward) not in seen and onward != at:
                        seen.add((other, onward))
                        paths.append([*path, (other, onward)])
    return None
