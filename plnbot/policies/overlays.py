"""A district over a state: it may ask for more and take less, never the other way round.

An overlay names with `extends` the version it is over, has its own rules, and may say a rule of the state anew under
the same id where that is no looser. What the state leaves to districts (`district_may`) it may define itself:
kinds that count, what they give, maxima.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from plnbot.policies.rules import (
    Accept,
    Approval,
    Attest,
    Award,
    Bundle,
    Cap,
    Once,
    Policy,
    Require,
    Retain,
    Rule,
    Status,
)
from plnbot.policies.tables import PolicyError, Problem

_FREE = (Require, Cap, Accept, Approval, Attest, Award, Retain, Once, Bundle)
_Of = TypeVar("_Of", bound=Rule)
_STRICT = {Status.NO: 3, Status.ASK: 2, Status.DISTRICT: 2, Status.YES: 1}
_REFUSED = _STRICT[Status.NO]
_DOUBT = "is in doubt in the policy it extends"


def overlaid(base: Policy, over: Policy) -> Policy:
    """Return a policy with an overlay laid over it; raises `PolicyError` where that would loosen something."""
    problems = [Problem(1, words) for words in _looser(base, over)]
    if problems:
        raise PolicyError(problems)
    return replace(
        base,
        id=over.id,
        version=over.version,
        digest=f"{over.digest}.{base.digest}",
        name=over.name,
        jurisdiction=over.jurisdiction,
        effective=over.effective,
        checked=min(over.checked, base.checked),
        confidence=over.confidence,
        note=over.note or base.note,
        extends=over.extends,
        sources={**base.sources, **over.sources},
        requires=_merged(base.requires, over.requires),
        caps=_merged(base.caps, over.caps),
        awards=_merged(base.awards, over.awards),
        accepts=_merged(base.accepts, over.accepts),
        onces=_merged(base.onces, over.onces),
        bundles=_merged(base.bundles, over.bundles),
        approvals=_merged(base.approvals, over.approvals),
        attests=_merged(base.attests, over.attests),
        retains=_merged(base.retains, over.retains),
    )


def _merged(base: tuple[_Of, ...], over: tuple[_Of, ...]) -> tuple[_Of, ...]:
    """Return the district's rules before the state's: of those that fit, the first holds."""
    named = {each.id for each in over}
    return (*over, *(each for each in base if each.id not in named))


def _looser(base: Policy, over: Policy) -> Iterator[str]:
    """Yield everything in which an overlay would ask for less, or take more."""
    if over.extends != base.cite:
        yield f"`extends` says {over.extends}, and this is {base.cite}"
    if over.unit != base.unit:
        yield "[unit] must be the same as in the policy it extends"
    if over.cycle != base.cycle:
        yield "[cycle] must be the same as in the policy it extends"
    if over.stands is not None or over.overlap != base.overlap:
        yield "`stands` and `overlap` are the state's"
    rules = base.rules()
    for rule in over.rules().values():
        if not isinstance(rule, _FREE):
            yield f"{rule.id}: a district has no [[{type(rule).__name__.lower()}]] of its own"
            continue
        if rule.suspended:
            yield f"{rule.id}: a district suspends nothing"
        before = rules.get(rule.id)
        said = _new(base, rule) if before is None else _anew(base, before, rule)
        if said:
            yield f"{rule.id}: {said}"


def _new(base: Policy, rule: Rule) -> str:
    """Return why a district may not add a rule, "" where it may."""
    if isinstance(rule, Accept) and _strict(rule) < _REFUSED and "accept" not in base.district_may:
        # It stands before all of the state's: what waits for an office would be refused no more.
        return "would count what the state has not said counts"
    if isinstance(rule, Award) and "award" not in base.district_may:
        return "would give what the state does not give"
    if isinstance(rule, Approval) and base.approvals:
        most = [
            max(each.before for each in base.approvals),
            max(each.after for each in base.approvals),
        ]
        if rule.before < most[0] or rule.after < most[1]:
            return "asks for fewer approvals than the state"
    return ""


def _anew(base: Policy, before: Rule, rule: Rule) -> str:
    """Return why a district may not say a rule anew, "" where it may."""
    if type(before) is not type(rule):
        return "is another kind of rule in the policy it extends"
    if (before.which, before.when, before.unless) != (rule.which, rule.when, rule.unless):
        return "must be about the same as in the policy it extends"
    if isinstance(rule, Accept) and isinstance(before, Accept):
        return _takes_more(base, rule, before)
    if type(rule) not in _FITS:
        return "is the state's"
    fits, said = _FITS[type(rule)]
    if _OF_DISTRICTS.get(type(rule), "") in base.district_may:
        return ""
    if before.doubt and not rule.doubt:
        return _DOUBT
    return "" if fits(rule, before) else said


def _takes_more(base: Policy, rule: Accept, before: Accept) -> str:
    opened = before.status is Status.DISTRICT or "accept" in base.district_may
    if _strict(rule) < _strict(before) and not opened:
        return _DOUBT if before.doubt else "would count what the state does not count"
    return "" if before.needs <= rule.needs else "needs less than the state"


def _strict(rule: Accept) -> int:
    """Return how little an accept lets count; one in doubt waits for the office, whatever it says."""
    return _STRICT[Status.ASK if rule.doubt else rule.status]


def _no_more(cap: Cap, before: Cap) -> bool:
    if (cap.per, cap.of_earned) != (before.per, before.of_earned):
        return False
    if cap.minutes is not None and before.minutes is not None:
        return cap.minutes <= before.minutes
    if cap.percent is not None and before.percent is not None:
        return cap.percent <= before.percent
    return False


def _gives_no_more(award: Award, before: Award) -> bool:
    shape = ("each", "split", "authority", "first_only", "by")
    if any(getattr(award, each) != getattr(before, each) for each in shape):
        return False
    if award.gives is not None and before.gives is not None:
        return award.gives <= before.gives
    if award.times is not None and before.times is not None:
        return award.times <= before.times
    return False


def _asks_no_less(require: Require, before: Require) -> bool:
    shape = ("need", "per", "months", "beside")
    if any(getattr(require, each) != getattr(before, each) for each in shape):
        return False
    for each in ("minutes", "yearly", "percent", "count", "amount", "each", "distinct"):
        mine, theirs = getattr(require, each), getattr(before, each)
        if (mine is None) != (theirs is None) or (mine is not None and mine < theirs):
            return False
    return True


def _approves_no_less(rule: Approval, before: Approval) -> bool:
    return rule.before >= before.before and rule.after >= before.after


def _keeps_no_less(rule: Retain, before: Retain) -> bool:
    return rule.months >= before.months and rule.clock == before.clock


def _blocks_alike(rule: Attest, before: Attest) -> bool:
    return (rule.blocks, rule.per) == (before.blocks, before.per)


_OF_DISTRICTS: Mapping[type, str] = {Cap: "cap", Award: "award"}
_FITS: Mapping[type, tuple[Callable[[Any, Any], bool], str]] = {
    Cap: (_no_more, "allows more than the state"),
    Award: (_gives_no_more, "gives more than the state"),
    Require: (_asks_no_less, "asks for less than the state"),
    Approval: (_approves_no_less, "asks for fewer approvals than the state"),
    Retain: (_keeps_no_less, "is kept for less long than the state says"),
    Attest: (_blocks_alike, "must block the same as in the policy it extends"),
}
