"""Which entries are alike for a policy: those that differ in nothing that one of its rules asks for."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from operator import attrgetter

from plnbot.policies.entries import Entry
from plnbot.policies.rules import Policy, Rule

Shape = tuple[Hashable, ...]
_NONE: frozenset[str] = frozenset()
_WORDS = {"kind": "kinds not_kinds", "role": "roles", "provider": "providers not_providers"}
_SETS = {"tags": "tags all_tags not_tags", "has": "has"}


class _Asked(dict[Hashable, Hashable]):
    """What of a value some rules ask for, which is found once for each value: a word or none, or some of a set."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def __missing__(self, value: Hashable) -> Hashable:
        if isinstance(value, frozenset):
            found: Hashable = value & self.names
        else:
            found = value if value in self.names else ""
        self[value] = found
        return found


def asking(rules: Sequence[Rule], policy: Policy) -> Callable[[Collection[Entry]], Iterator[Shape]]:
    """Return what takes out of each of some entries what these rules ask for."""
    named = {field: _named(rules, names) for field, names in (_WORDS | _SETS).items()}
    named["has"] = named["has"].union(*(each.needs for each in policy.accepts))
    plain = [attrgetter(each) for each in ("declined", "split", *_plain(rules, policy))]
    meant = [
        (attrgetter(field), _Asked(names).__getitem__) for field, names in named.items() if names
    ]

    def asked_of(entries: Collection[Entry]) -> Iterator[Shape]:
        values = [map(each, entries) for each in plain]
        values += [map(asked, map(each, entries)) for each, asked in meant]
        return zip(*values, strict=True)

    return asked_of


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
