"""What somebody did, looked at once for all the policies by which it is judged."""

from collections.abc import Sequence
from operator import attrgetter

from plnbot.policies.entries import Entry

_ANYTHING = attrgetter(
    *("kind", "role", "tags", "provider", "in_person", "has", "asked", "approved"),
    *("granted", "declined", "breaks", "amounts", "split"),
)
"""All that a policy may ask of an entry by itself, but for its day and how long it took."""


class Deeds:
    """Entries in the order of their days, and of their ids where they are of one day. `given` are their places in the order given.

    Raises `ValueError` where two have one id.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        ids = [each.id for each in entries]
        if len(set(ids)) < len(ids):
            raise ValueError("two entries have the same id")
        days = [each.on.toordinal() for each in entries]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        order.sort(key=days.__getitem__)
        self.given = [0] * len(ids)
        for place, at in enumerate(order):
            self.given[at] = place
        self.entries = [entries[at] for at in order]
        self.ids = [ids[at] for at in order]
        self.days = [each.on for each in self.entries]
        self.minutes = [each.minutes for each in self.entries]
        first = dict[object, int]().setdefault
        self.alike = [first(each, at) for at, each in enumerate(map(_ANYTHING, self.entries))]
        """For each a number that those have in common which differ in nothing that a policy asks of one by itself."""
        self.examples = dict(zip(self.alike, self.entries, strict=True))
