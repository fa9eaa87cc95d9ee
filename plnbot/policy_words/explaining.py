"""A policy in plain words, line by line."""

from collections.abc import Iterator, Mapping

from plnbot.policies import Policy, Rule, Unit
from plnbot.policies.rules import (
    ALWAYS,
    EVERY,
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
)
from plnbot.policy_words.details import details
from plnbot.policy_words.names import listed, named
from plnbot.policy_words.selections import of_entries, of_licences
from plnbot.policy_words.sentences import CONFIDENCE, amount, sure
from plnbot.talk.text import Text, verbatim
from plnbot.talk.words import Sentence, Translate, msg

_ABOUT = (Require, Approval, Attest, Carry)
"""Rules whose own sentence does not say which entries they are about."""


def explained(t: Translate, policy: Policy) -> Iterator[Text]:
    """Yield a policy in plain words, line by line."""
    yield verbatim(f"{policy.name.said(t.locale)} ({policy.cite})")
    yield sure(t, policy)
    if policy.note:
        yield verbatim(policy.note.said(t.locale))
    if policy.stands:
        yield verbatim(policy.stands.said(t.locale))
    if not policy.stands or policy.accepts:
        yield _unit(t, policy.unit)
        yield verbatim(" ".join(each.bare() for each in _cycle(t, policy.cycle)))
        yield t.say(_OVERLAPS[policy.overlap])
    for rule in policy.rules().values():
        said = " ".join(each.bare() for each in _sentences(t, policy, rule))
        yield verbatim(f"• {said} [{rule.id}; {', '.join(rule.sources)}]")
    for source in policy.sources.values():
        told = t.say(CONFIDENCE.get(source.confidence, msg("not said")))
        where = f" {source.address}" if source.address else ""
        yield verbatim(f"[{source.id}] {source.title} ({source.as_of}, {told.bare()}){where}")


def _sentences(t: Translate, policy: Policy, rule: Rule) -> Iterator[Text]:
    """Yield all that a rule says: its figure, what is beside it, for whom, and its own words."""
    yield _rule(t, policy, rule)
    more = ", ".join(each.bare() for each in details(t, policy, rule))
    if more:
        yield verbatim(f"({more})")
    if rule.which != EVERY and isinstance(rule, _ABOUT):
        yield t("About: {what}.", what=of_entries(t, rule.which))
    if rule.when != ALWAYS:
        yield t("Only where: {what}.", what=of_licences(t, rule.when))
    if rule.unless is not None:
        yield t("Not where: {what}.", what=of_licences(t, rule.unless))
    if rule.says:
        yield verbatim(rule.says.said(t.locale))
    if rule.doubt:
        yield t("This figure is not sure: what hangs on it is held.")
    if rule.suspended:
        yield t("Suspended: it stands and is not asked for now.")


def _unit(t: Translate, unit: Unit) -> Text:
    said = t(
        "Counted in {unit}; one is {n} minutes.", unit=unit.name.said(t.locale), n=unit.minutes
    )
    rounding = unit.rounding
    if rounding.step > 1:
        how = t.say(_ROUNDS[rounding.to])
        steps = t(
            "Each entry counts in steps of {minutes} minutes, {how}.",
            minutes=rounding.step,
            how=how,
        )
        said = said + verbatim(" ") + steps
    if rounding.doubt:
        said = (
            said + verbatim(" ") + t("Whether it is rounded is not sure: what is no step is held.")
        )
    if unit.excludes:
        left_out = t("Not counted: {what}.", what=listed(t, sorted(unit.excludes)))
        said = said + verbatim(" ") + left_out
    return said


_ROUNDS: Mapping[str, Sentence] = {
    "down": msg("rounded down"),
    "nearest": msg("rounded to the nearest"),
    "up": msg("rounded up"),
}
_OVERLAPS: Mapping[str, Sentence] = {
    "any": msg("One hour may meet several requirements."),
    "one": msg("One entry meets one requirement only."),
    "split": msg("Hours are divided over requirements and meet none twice."),
}


def _cycle(t: Translate, cycle: Cycle) -> Iterator[Text]:
    if cycle.months is None:
        yield t("It has no end.")
    elif cycle.months % 12:
        yield t("A period is {n} months.", n=cycle.months)
    else:
        yield t.n("A period is a year.", "A period is {n} years.", cycle.months // 12)
    day = f"{cycle.day[0]:02}-{cycle.day[1]:02}"
    if cycle.anchor == "day" and cycle.first == "after":
        yield t("The first one begins on the first {day} after the issue.", day=day)
    elif cycle.anchor == "day":
        yield t("The first one begins on the last {day} before the issue.", day=day)
    elif cycle.anchor == "birth":
        yield t("The first one begins on the first day of the birth month.")
    else:
        yield t("The first one begins with the issue.")
    if not cycle.early:
        yield t("What was done before it begins does not count.")
    if cycle.year is not None:
        yield t("Its years begin on {day}.", day=f"{cycle.year[0]:02}-{cycle.year[1]:02}")
    if cycle.window is not None:
        yield t("Renewal may be asked for in its last {n} months.", n=cycle.window)


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
                which=of_entries(t, rule.which),
            )
        case Cap():
            most = amount(t, unit, rule.minutes or 0)
            return t("At most {most}: {which}.", most=most, which=of_entries(t, rule.which))
        case Award(times=None):
            gives = amount(t, unit, rule.gives or 0)
            each = named(t, rule.each)
            return t(
                "{gives} for each {what}: {which}.",
                gives=gives,
                what=each,
                which=of_entries(t, rule.which),
            )
        case Award():
            return t(
                "Counts {times} times: {which}.",
                times=f"{rule.times}",
                which=of_entries(t, rule.which),
            )
        case Accept():
            return (
                t.say(_STATUS[rule.status])
                + verbatim(" ")
                + verbatim(of_entries(t, rule.which))
                + verbatim(".")
            )
        case Once():
            return t("Counts only the first time: {which}.", which=of_entries(t, rule.which))
        case Bundle():
            least = amount(t, unit, rule.minutes)
            return t(
                "At least {least} must come together: {which}.",
                least=least,
                which=of_entries(t, rule.which),
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
            return t("Is taken as {what}: {which}.", what=adds, which=of_entries(t, rule.which))
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
