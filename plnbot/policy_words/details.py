"""What a rule says beside its figure: over which time, by what, for whom. Everything that changes a result is said."""

from collections.abc import Iterator

from plnbot.policies.rules import (
    Accept,
    Attest,
    Award,
    Bundle,
    Cap,
    Carry,
    Extra,
    Once,
    Per,
    Policy,
    Require,
    Retain,
    Route,
    Rule,
    Waive,
)
from plnbot.policy_words.names import listed, named
from plnbot.policy_words.sentences import amount
from plnbot.talk.text import Text
from plnbot.talk.words import Sentence, Translate, msg

_BLOCKS: dict[str, Sentence] = {
    "renewal": msg("asked for the renewal"),
    "credit": msg("nothing counts before it is signed"),
    "earlier": msg("nothing of before it was signed counts"),
    "nothing": msg("nothing waits for it"),
}
_CLOCKS: dict[str, Sentence] = {
    "activity": msg("from the activity on"),
    "period": msg("from the end of the period on"),
    "renewal": msg("from the renewal on"),
}
_BY: dict[str, Sentence] = {
    "title": msg("the same by its title"),
    "topic": msg("the same by its topic"),
    "kind": msg("the same by its kind"),
    "tag": msg("the same by its tag"),
}


def details(t: Translate, policy: Policy, rule: Rule) -> Iterator[Text]:
    """Yield in a few words each what a rule says beside its figure."""
    match rule:
        case Require():
            yield from _required(t, policy, rule)
        case Cap():
            yield from _time(t, rule.per)
        case Award():
            yield from _awarded(t, policy, rule)
        case Accept(needs=needs) if needs:
            yield t("needs {what}", what=listed(t, sorted(needs)))
        case Once():
            yield t.say(_BY[rule.by])
            yield from _time(t, rule.per)
        case Bundle():
            yield t.say(_BY[rule.by])
        case Attest():
            yield from _signed(t, rule)
        case _:
            yield from _of_the_whole(t, policy, rule)


def _time(t: Translate, per: Per) -> Iterator[Text]:
    if per is Per.YEAR:
        yield t("in each year")
    elif per is Per.ENTRY:
        yield t("of each entry")
    elif per is Per.LIFE:
        yield t("once, whenever it was")


def _required(t: Translate, policy: Policy, rule: Require) -> Iterator[Text]:
    yield from _time(t, rule.per)
    if rule.months is not None:
        yield t("of the last {n} months of the period", n=rule.months)
    if rule.each is not None:
        yield t("at least {least} in each", least=amount(t, policy.unit, rule.each))
    if rule.beside:
        yield t("its hours are for this alone")


def _awarded(t: Translate, policy: Policy, rule: Award) -> Iterator[Text]:
    if rule.first_only:
        yield t("the first time only")
        yield t.say(_BY[rule.by])
    if rule.authority:
        yield t("only where an authority grants it")
    for tag, minutes in rule.split:
        yield t(
            "{amount} of it on {what}", amount=amount(t, policy.unit, minutes), what=named(t, tag)
        )


def _signed(t: Translate, rule: Attest) -> Iterator[Text]:
    yield t.say(_BLOCKS[rule.blocks])
    yield from _time(t, rule.per)
    if rule.months is not None:
        yield t("within {n} months", n=rule.months)
    if rule.day is not None:
        yield t("by {day} of the year", day=f"{rule.day[0]:02}-{rule.day[1]:02}")


def _of_the_whole(t: Translate, policy: Policy, rule: Rule) -> Iterator[Text]:
    match rule:
        case Route():
            yield t("asks {what}", what=listed(t, rule.asks))
        case Extra() if rule.minutes:
            least = amount(t, policy.unit, rule.minutes)
            yield t(
                "{amount} of it on {what}", amount=least, what=rule.tag.replace("{licence}", "…")
            )
        case Waive():
            yield t("of {what}", what=listed(t, rule.asks)) if rule.asks else t("of everything")
        case Carry() if rule.months is not None:
            yield t("of its last {n} months", n=rule.months)
        case Retain():
            yield t.say(_CLOCKS[rule.clock])
            yield t("kept by {who}", who=named(t, rule.keeper))
