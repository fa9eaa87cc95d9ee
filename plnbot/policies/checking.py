"""What is wrong in a policy though every table can be read: what does not fit together."""

from collections.abc import Iterator, Mapping, Sequence

from plnbot.policies.rules import (
    EVERY,
    Award,
    Bundle,
    Cap,
    Extra,
    Length,
    Per,
    Policy,
    Prorate,
    Require,
    Retain,
    Route,
    Rule,
    Waive,
)
from plnbot.policies.tables import Problem, Table

_HUNDRED = 100
_OF_LICENCES = (Extra, Length, Prorate, Retain, Route, Waive)
_OVERLAYS = frozenset({"accept", "award", "cap"})


def problems_in(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> list[Problem]:
    """Return everything that does not fit together, with its line."""
    said = [*_ids(policy, tables), *_sources(policy, tables), *_figures(policy, tables)]
    return [*said, *_asked(policy, tables), *_whole(policy, tables)]


def _ids(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> Iterator[Problem]:
    del policy
    seen: set[object] = set()
    for kind, found in tables.items():
        for each in found:
            if kind in {"policy", "unit", "cycle", "source"}:
                continue
            name = each.values.get("id")
            if name in seen:
                yield Problem(
                    each.lines.get("id", each.line), f"{kind} {name}: another rule has this id"
                )
            seen.add(name)


def _sources(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> Iterator[Problem]:
    rules = policy.rules()
    for kind, found in tables.items():
        for each in found:
            rule = rules.get(str(each.values.get("id")))
            if rule is None or kind in {"policy", "source"}:
                continue
            line = each.lines.get("source", each.line)
            if not rule.sources:
                yield Problem(
                    line, f"{kind} {rule.id}: has no `source`, and is not used without one"
                )
            for name in rule.sources:
                if name not in policy.sources:
                    yield Problem(line, f"{kind} {rule.id}: there is no [[source]] called {name}")


def _figures(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> Iterator[Problem]:
    for rule in policy.rules().values():
        said = _figure(rule)
        if said:
            yield Problem(_line(tables, rule.id), f"{rule.id}: {said}")
        if rule.which != EVERY and isinstance(rule, _OF_LICENCES):
            said = "is about licences and not entries: say for which by `when`"
            yield Problem(_line(tables, rule.id), f"{rule.id}: {said}")
        if rule.which.since and rule.which.before and rule.which.since >= rule.which.before:
            yield Problem(_line(tables, rule.id), f"{rule.id}: ends before it starts")


def _figure(rule: Rule) -> str:
    match rule:
        case Require(need=True):
            if (
                (rule.minutes is None) == (rule.yearly is None)
                or rule.which != EVERY
                or rule.beside
                or rule.per is not Per.CYCLE
            ):
                return "a need asks `min` or `min_each_year` of everything in a period; else take [[require]]"
        case Require():
            return _required(rule)
        case Cap():
            return _capped(rule)
        case Award():
            if (rule.gives is None) == (rule.times is None):
                return "needs one of `gives` and `times`"
        case Bundle():
            if not rule.minutes or (rule.by == "tag" and not rule.which.tags):
                return "needs `min`, and `tags` where it goes by tag"
    return ""


def _capped(rule: Cap) -> str:
    if (rule.minutes is None) == (rule.percent is None):
        return "needs one of `max` and `max_percent`"
    if rule.of_earned and (rule.percent is None or rule.percent == _HUNDRED):
        return '`of = "earned"` needs `max_percent`, of less than a hundred'
    return ""


def _required(rule: Require) -> str:
    given = (rule.minutes, rule.percent, rule.count, rule.amount)
    there = sum(each is not None for each in given)
    if not there and rule.each is None and rule.distinct is None:
        return "needs one of `min`, `min_percent`, `count`, `amount`, `each`, `distinct`"
    if there > 1:
        return "has several of `min`, `min_percent`, `count`, `amount`: one is to be asked"
    if (rule.each is not None or rule.distinct) and not rule.which.tags:
        return "`each` and `distinct` need `tags`"
    if rule.amount is not None and not rule.which.measure:
        return '`amount` needs a `measure`, such as "semester_hour"'
    return ""


def _asked(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> Iterator[Problem]:
    known = {each.id for each in (*policy.requires, *policy.attests)}
    asking = [(each.id, each.asks) for each in policy.routes]
    asking += [(each.id, each.asks) for each in policy.waives]
    for rule, asks in asking:
        for name in asks:
            if name not in known:
                said = f"`asks` {name}, and no [[need]], [[require]] or [[attest]] is called so"
                yield Problem(_line(tables, rule), f"{rule}: {said}")
    for route in policy.routes:
        if not route.asks:
            yield Problem(_line(tables, route.id), f"{route.id}: `asks` for nothing")


def _whole(policy: Policy, tables: Mapping[str, Sequence[Table]]) -> Iterator[Problem]:
    line = tables["policy"][0].line
    asks = [each for each in policy.requires if each.need] or policy.routes or policy.attests
    if policy.extends:
        if "@" not in policy.extends:
            yield Problem(line, "`extends` names a version: policy@version")
    elif policy.stands is None and not asks:
        yield Problem(
            line, "asks for nothing: give a [[need]], a [[route]], or `stands`, a sourced sentence"
        )
    if policy.stands is not None and any(
        each.need and not each.suspended for each in policy.requires
    ):
        yield Problem(
            line, "`stands` is for a policy that asks nothing, and this one has a [[need]]"
        )
    if not policy.extends and policy.stands is None and not policy.accepts:
        yield Problem(line, "accepts nothing: unknown kinds are refused, so give an [[accept]]")
    for each in policy.district_may - _OVERLAYS:
        yield Problem(line, f"`district_may` {each}: it may define {', '.join(sorted(_OVERLAYS))}")
    if policy.checked < policy.effective and policy.checked.year > 1:
        yield Problem(line, "was checked before it came into effect")


def _line(tables: Mapping[str, Sequence[Table]], name: str) -> int:
    every = (each for found in tables.values() for each in found)
    return next((each.line for each in every if each.values.get("id") == name), 1)
