"""The rules that may be about entries of one kind, and which of them is about an entry of it."""

from datetime import date
from typing import NamedTuple, TypeVar

from plnbot.policies.entries import Entry
from plnbot.policies.plans import Place, Plan
from plnbot.policies.rules import Accept, Approval, Attest, Award, Bundle, Cap, Once, Rule
from plnbot.policies.selecting import Ask

SomeRule = TypeVar("SomeRule", bound=Rule)
Asking = tuple[tuple[Ask, SomeRule], ...]


class OfKind(NamedTuple):
    """The rules that may be about entries of one kind, each with what says of an entry whether it is."""

    accepts: Asking[Accept]
    awards: Asking[Award]
    blocking: Asking[Attest]
    approvals: Asking[Approval]
    caps: Asking[Cap]
    onces: Asking[Once]
    bundles: Asking[Bundle]
    requires: tuple[tuple[int, Ask, date | None], ...]
    """By their places, with the day from which on each looks, where that is not the period."""


def first(rules: Asking[SomeRule], entry: Entry) -> SomeRule | None:
    """Return the first of some rules that is about an entry."""
    for ask, rule in rules:
        if ask(entry):
            return rule
    return None


def awarded(rules: OfKind, entry: Entry) -> Award | None:
    """Return what gives an entry something else than its minutes."""
    for ask, award in rules.awards:
        measured = award.times is None and award.each != "entry"
        if measured and (not entry.amounts or entry.amount(award.each) <= 0):
            continue
        if ask(entry):
            return award
    return None


def served(plan: Plan, rules: OfKind) -> tuple[int, ...]:
    """Return which requirements the entries of a plan serve, as far back as each looks."""
    inside, entry = plan.place is Place.INSIDE, plan.entry
    if not (inside or plan.elsewhere):
        return ()
    return tuple(
        [
            at
            for at, ask, reach in rules.requires
            if (inside if reach is None else entry.on >= reach) and ask(entry)
        ]
    )
