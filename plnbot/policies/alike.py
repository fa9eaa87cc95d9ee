"""Which entries are alike for a policy: those that differ in nothing that one of its rules asks for."""

from collections.abc import Callable, Hashable, Sequence
from operator import attrgetter

from plnbot.policies.entries import Entry
from plnbot.policies.rules import Policy, Rule

Shape = tuple[Hashable, ...]
_NONE: frozenset[str] = frozenset()
_WORDS = {"kind": "kinds not_kinds", "role": "roles", "provider": "providers not_providers"}
_SETS = {"tags": "tags all_tags not_tags", "has": "has"}


def asking(
    rules: Sequence[Rule], policy: Policy
) -> tuple[Callable[[Entry], Shape], Callable[[Entry], Shape]]:
    """Return what takes out of an entry all that these rules may look at, and what leaves of it what they ask for."""
    named = {field: _named(rules, names) for field, names in (_WORDS | _SETS).items()}
    named["has"] = named["has"].union(*(each.needs for each in policy.accepts))
    plain = _plain(rules, policy)
    words = [field for field in _WORDS if named[field]]
    sets = [field for field in _SETS if named[field]]
    shape_of = attrgetter("declined", "split", *plain, *words, *sets)
    plain_of = attrgetter("declined", "split", *plain)
    kept = [(attrgetter(field), named[field]) for field in words]
    met = [(attrgetter(field), named[field]) for field in sets]

    def asked_of(entry: Entry) -> Shape:
        of_words = [
            each if each in names else "" for take, names in kept for each in (take(entry),)
        ]
        return (plain_of(entry), *of_words, *(take(entry) & names for take, names in met))

    return shape_of, asked_of


def _named(rules: Sequence[Rule], fields: str) -> frozenset[str]:
    return _NONE.union(*(getattr(each.which, field) for each in rules for field in fields.split()))


def _plain(rules: Sequence[Rule], policy: Policy) -> list[str]:
    """Return the fields of which every value may matter, where some rule asks for them."""
    found = []
    if any(each.which.in_person is not None for each in rules):
        found.append("in_person")
    if policy.approvals or any(each.which.approved is not None for each in rules):
        found += ["asked", "approved"]
    if any(each.authority for each in policy.awards):
        found.append("granted")
    if policy.awards or any(each.which.measure for each in rules):
        found.append("amounts")
    if policy.unit.excludes:
        found.append("breaks")
    return found
