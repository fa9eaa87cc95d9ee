"""What is asked of a licence: which needs and requirements are there for it, and how much of them."""

from decimal import ROUND_CEILING, Decimal

from plnbot.policies.periods import Known
from plnbot.policies.rules import Per, Policy, Require, Waive, Which, Words
from plnbot.values import dataclass

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: requirements, how many minutes each wants, which were waived, by what.

    `needed` is the number of the whole; None where none is asked. `by` is the need it is from.
    """

    requires: tuple[Require, ...]
    wants: tuple[int | None, ...]
    waived: dict[str, Waive]
    needed: int | None
    by: str
    route: str


def asked(policy: Policy, known: Known) -> Asked:
    """Return what a policy asks of this licence in this period."""
    there = [each for each in policy.requires if known.applies(each)]
    waived = _waived(policy, known, there)
    routes = [each for each in policy.routes if known.applies(each)]
    chosen = next((each for each in routes if each.id == known.licence.route), None)
    free = [each for each in there if each.need and each.id not in policy.routed]
    main = max(free, key=lambda each: _whole(each, known), default=None)
    if main is None:
        ways = [chosen] if chosen else routes
        asks = [name for each in ways for name in each.asks]
        main = next((each for each in there if each.need and each.id in asks), None)
    needed = None if main is None else _needed(policy, known, main, waived)
    kept = [each for each in there if not each.need or each is main or each.id in policy.routed]
    kept += _further(policy, known)
    wants = tuple(
        needed
        if each is main
        else 0
        if each.id in waived
        else _needed(policy, known, each, waived)
        if each.need
        else _wanted(each, needed or 0)
        for each in kept
    )
    by = main.id if main else ""
    return Asked(tuple(kept), wants, waived, needed, by, chosen.id if chosen else "")


def _waived(policy: Policy, known: Known, there: list[Require]) -> dict[str, Waive]:
    found: dict[str, Waive] = {}
    every = [each.id for each in (*there, *policy.attests)]
    for waive in policy.waives:
        if known.applies(waive) and not waive.doubt:
            found |= dict.fromkeys(waive.asks or every, waive)
    return found


def _needed(policy: Policy, known: Known, need: Require, waived: dict[str, Waive]) -> int:
    if need.id in waived:
        return 0
    extras = sum(each.adds for each in policy.extras if known.applies(each))
    whole = _whole(need, known) + extras * len(known.licence.further)
    rule = next((each for each in policy.prorates if known.applies(each)), None)
    if rule is None:
        return whole
    share = known.share()
    part = whole * share
    return min(whole, max(rule.floor, -(-part.numerator // part.denominator)))


def _whole(need: Require, known: Known) -> int:
    if need.yearly is not None:
        return need.yearly * known.now.whole_years()
    return need.minutes or 0


def _wanted(require: Require, needed: int) -> int | None:
    """Return how many minutes a requirement wants, None where it asks for something else."""
    if require.percent is None:
        return require.minutes
    part = Decimal(needed) * require.percent / _HUNDRED
    return int(part.to_integral_value(ROUND_CEILING))


def _further(policy: Policy, known: Known) -> list[Require]:
    """Return what each further licence asks of its own."""
    return [
        Require(
            id=f"{extra.id}:{name}",
            sources=extra.sources,
            says=extra.says,
            doubt=extra.doubt,
            title=Words({"en": name}),
            minutes=extra.minutes,
            per=Per.CYCLE,
            which=Which(tags=frozenset({extra.tag.replace("{licence}", name)})),
        )
        for extra in policy.extras
        if extra.minutes and extra.tag and known.applies(extra)
        for name in known.licence.further
    ]
