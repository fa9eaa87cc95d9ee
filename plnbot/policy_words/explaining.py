"""A policy in plain words, line by line."""

from collections.abc import Iterator, Mapping

from plnbot.policies import Policy, Rule, Unit
from plnbot.policies.rules import (
    ALWAYS,
    Accept,
    Approval,
    Attest,
    Award,
    Bundle,
    Cap,
    Carry,
    Cycle,
    Extra,
    Length,
    Once,
    Prorate,
    Require,
    Retain,
    Route,
    Status,
    Tagging,
    Waive,
    When,
)
from plnbot.policy_words.names import listed, named
from plnbot.policy_words.sentences import CONFIDENCE, amount, sure
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, Translate, msg


def explained(t: Translate, policy: Policy) -> Iterator[Text]:
    """Yield a policy in plain words, line by line."""
    yield verbatim(f"{policy.name.said(t.locale)} ({policy.cite})")
    yield sure(t, policy)
    if policy.note:
        yield verbatim(policy.note.said(t.locale))
    if policy.stands:
        yield verbatim(policy.stands.said(t.locale))
    else:
        yield _unit(t, policy.unit)
        yield _cycle(t, policy.cycle)
    for rule in policy.rules().values():
        said = _rule(t, policy, rule)
        if rule.when != ALWAYS:
            said = said + verbatim(" ") + t("Only where: {what}.", what=_when(t, rule.when))
        if rule.unless is not None:
            said = said + verbatim(" ") + t("Not where: {what}.", what=_when(t, rule.unless))
        if rule.says:
            said = said + verbatim(f" {rule.says.said(t.locale)}")
        if rule.doubt:
            said = said + verbatim(" ") + t("This figure is not sure: what hangs on it is held.")
        if rule.suspended:
            said = said + verbatim(" ") + t("Suspended: it stands and is not asked for now.")
        yield verbatim("• ") + said + verbatim(f" [{rule.id}; {', '.join(rule.sources)}]")
    for source in policy.sources.values():
        told = t.say(CONFIDENCE.get(source.confidence, msg("not said")))
        where = f" {source.address}" if source.address else ""
        yield verbatim(f"[{source.id}] {source.title} ({source.as_of}, {told.bare()}){where}")


def _unit(t: Translate, unit: Unit) -> Text:
    said = t(
        "Counted in {unit}; one is {n} minutes.", unit=unit.name.said(t.locale), n=unit.minutes
    )
    if unit.rounding.step > 1:
        said = (
            said
            + verbatim(" ")
            + t("Each entry counts in steps of {minutes} minutes.", minutes=unit.rounding.step)
        )
    if unit.excludes:
        said = (
            said + verbatim(" ") + t("Not counted: {what}.", what=listed(t, sorted(unit.excludes)))
        )
    return said


def _cycle(t: Translate, cycle: Cycle) -> Text:
    if cycle.months is None:
        return t("It has no end.")
    months = cycle.months
    if months % 12:
        return t("A period is {n} months.", n=months)
    return t.n("A period is a year.", "A period is {n} years.", months // 12)


def _rule(t: Translate, policy: Policy, rule: Rule) -> Text:
    unit = policy.unit
    match rule:
        case Require():
            return _require(t, policy, rule)
        case Cap(minutes=None):
            of = t("of what is earned") if rule.of_earned else t("of what is required")
            return t(
                "At most {percent} % {of}: {which}.",
                percent=f"{rule.percent}",
                of=of,
                which=_which(t, rule),
            )
        case Cap():
            most = amount(t, unit, rule.minutes or 0)
            return t("At most {most}: {which}.", most=most, which=_which(t, rule))
        case Award(times=None):
            gives = amount(t, unit, rule.gives or 0)
            each = named(t, rule.each)
            return t(
                "{gives} for each {what}: {which}.", gives=gives, what=each, which=_which(t, rule)
            )
        case Award():
            return t("Counts {times} times: {which}.", times=f"{rule.times}", which=_which(t, rule))
        case Accept():
            return t.say(_STATUS[rule.status]) + verbatim(" ") + _which(t, rule) + verbatim(".")
        case Once():
            return t("Counts only the first time: {which}.", which=_which(t, rule))
        case Bundle():
            least = amount(t, unit, rule.minutes)
            return t(
                "At least {least} must come together: {which}.", least=least, which=_which(t, rule)
            )
        case _:
            return _frame(t, policy, rule)


_STATUS: Mapping[Status, Sentence] = {
    Status.YES: msg("Counts:"),
    Status.NO: msg("Does not count:"),
    Status.ASK: msg("Ask your licence office:"),
    Status.DISTRICT: msg("Your district decides:"),
}


def _require(t: Translate, policy: Policy, rule: Require) -> Text:
    title = rule.title.said(t.locale)
    if rule.percent is not None:
        return t("At least {percent} %: {title}.", percent=f"{rule.percent}", title=title)
    if rule.count is not None:
        return t("At least {n} of them: {title}.", n=rule.count, title=title)
    if rule.distinct is not None:
        return t("At least {n} different ones: {title}.", n=rule.distinct, title=title)
    if rule.amount is not None:
        what = named(t, rule.which.measure)
        return t("At least {n} {what}: {title}.", n=f"{rule.amount}", what=what, title=title)
    if rule.yearly is not None:
        yearly = amount(t, policy.unit, rule.yearly)
        return t("At least {least} for each year: {title}.", least=yearly, title=title)
    least = amount(t, policy.unit, rule.minutes if rule.minutes is not None else rule.each or 0)
    return t("At least {least}: {title}.", least=least, title=title)


def _frame(t: Translate, policy: Policy, rule: Rule) -> Text:
    """Return what a rule about the whole says."""
    unit = policy.unit
    match rule:
        case Approval():
            return t(
                "Approvals: {before} before and {after} after.",
                before=rule.before,
                after=rule.after,
            )
        case Attest():
            return t("To be signed: {what}.", what=rule.title.said(t.locale))
        case Route():
            return t("One way: {title}.", title=rule.title.said(t.locale))
        case Extra():
            return t("Each further licence adds {amount}.", amount=amount(t, unit, rule.adds))
        case Length() | Waive():
            return _some(t, rule)
        case Carry():
            return _carry(t, policy, rule)
        case Prorate():
            floor = amount(t, unit, rule.floor)
            return t("Needed by the part of full time, never under {floor}.", floor=floor)
        case Tagging():
            adds = listed(t, sorted(rule.adds))
            return t("Is taken as {what}: {which}.", what=adds, which=_which(t, rule))
        case Retain():
            return t("What proves it is kept for {n} months.", n=rule.months)
    return verbatim("")


def _some(t: Translate, rule: Length | Waive) -> Text:
    if isinstance(rule, Length):
        return t("For some the period is {n} months.", n=rule.months)
    return t("Some are not asked for this.")


def _carry(t: Translate, policy: Policy, rule: Carry) -> Text:
    if rule.minutes is None:
        return t("What was above the need of the period before counts.")
    most = amount(t, policy.unit, rule.minutes)
    return t("What was above the need of the period before counts, up to {most}.", most=most)


def _when(t: Translate, when: When) -> str:
    """Return for which licences a rule is there."""
    said = [
        (when.classes, t("of the class {what}", what=listed(t, sorted(when.classes)))),
        (when.employment, t("while {how}", how=listed(t, sorted(when.employment)))),
        (when.attested, t("signed: {what}", what=listed(t, sorted(when.attested)))),
        (when.issued_since, t("issued since {day}", day=f"{when.issued_since}")),
        (when.issued_before, t("issued before {day}", day=f"{when.issued_before}")),
        (when.ends_since, t("ending since {day}", day=f"{when.ends_since}")),
        (when.ends_before, t("ending before {day}", day=f"{when.ends_before}")),
        (when.fte_below, t("below {part} of full time", part=f"{when.fte_below}")),
        (when.days_to is not None, t("taught on at most {n} days", n=when.days_to or 0)),
        (when.days_below, t("taught on fewer than {n} days", n=when.days_below or 0)),
    ]
    return ", ".join(words.bare() for there, words in said if there)


def _which(t: Translate, rule: Rule) -> Text:
    which = rule.which
    names = [*which.kinds, *which.tags, *which.all_tags, *which.roles, *which.providers]
    names += [which.measure] if which.measure else []
    said = listed(t, sorted(names)) if names else t.words("all")
    limits: list[tuple[object, Text]] = [
        (which.in_person is True, t("in person")),
        (which.in_person is False, t("not in person")),
        (which.approved is True, t("approved")),
        (which.approved is False, t("without an approval")),
        (which.since, t("since {day}", day=f"{which.since}")),
        (which.before, t("before {day}", day=f"{which.before}")),
        (which.least_minutes, t("of at least {n} minutes", n=which.least_minutes or 0)),
        (which.employment, t("while {how}", how=listed(t, sorted(which.employment)))),
    ]
    without = sorted((*which.not_kinds, *which.not_tags, *which.not_providers))
    limits.append((without, t("without {what}", what=listed(t, without))))
    return verbatim(", ".join([said, *(each.bare() for there, each in limits if there)]))
