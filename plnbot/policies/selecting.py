"""Which entries a rule is about: a selection as one quick question, of what it sets alone."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import reduce

from plnbot.policies.entries import Entry
from plnbot.policies.rules import Which

Ask = Callable[[Entry], bool]


def takes(which: Which, kind: str) -> bool:
    """Return whether a rule may be about entries of a kind."""
    return (not which.kinds or kind in which.kinds) and kind not in which.not_kinds


def selecting(which: Which, status: Callable[[date], str]) -> Ask:
    """Return what says of an entry, of a kind that a rule takes, whether the rule is about it.

    `status` is how its owner was employed on a day.
    """
    asks = [*_of_what(which), *_of_how(which), *_of_when(which, status)]
    if not asks:
        return lambda _: True
    return reduce(_both, reversed(asks))


def _both(other: Ask, one: Ask) -> Ask:
    return lambda entry: one(entry) and other(entry)


def _of_what(which: Which) -> Iterator[Ask]:
    if roles := which.roles:
        yield lambda entry: entry.role in roles
    if tags := which.tags:
        yield lambda entry: not tags.isdisjoint(entry.tags)
    if all_tags := which.all_tags:
        yield lambda entry: all_tags <= entry.tags
    if not_tags := which.not_tags:
        yield lambda entry: not_tags.isdisjoint(entry.tags)


def _of_how(which: Which) -> Iterator[Ask]:
    if providers := which.providers:
        yield lambda entry: entry.provider in providers
    if not_providers := which.not_providers:
        yield lambda entry: entry.provider not in not_providers
    if has := which.has:
        yield lambda entry: has <= entry.has
    if measure := which.measure:
        yield lambda entry: entry.amount(measure) > 0
    if which.in_person is not None:
        yield lambda entry: entry.in_person is which.in_person
    if which.approved is not None:
        yield lambda entry: (entry.approved > 0) is which.approved


def _of_when(which: Which, status: Callable[[date], str]) -> Iterator[Ask]:
    least, since, before = which.least_minutes, which.since, which.before
    if least is not None:
        yield lambda entry: entry.minutes >= least
    if since is not None:
        yield lambda entry: entry.on >= since
    if before is not None:
        yield lambda entry: entry.on < before
    if which.employment:
        yield lambda entry: status(entry.on) in which.employment
