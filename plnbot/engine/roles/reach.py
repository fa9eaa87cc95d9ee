"""How far somebody's roles reach: whose queue they see follows from it."""

from collections.abc import Collection, Mapping
from dataclasses import field

from sqlalchemy import ColumnElement, false, or_, true

from plnbot.engine.roles.needing import Grant, Needs, parted
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """The whole network (`everywhere`), or single districts, schools and things by number.

    It is false where it is nothing at all.
    """

    everywhere: bool = False
    within: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.everywhere or any(self.within.values())

    def of(self, kind: str) -> frozenset[int]:
        """Return the numbers of what is covered of a kind, such as `district`."""
        return self.within.get(kind, frozenset())

    def covers(self, lies_in: Collection[str]) -> bool:
        """Return whether a thing is covered that lies in these scopes, such as `district:5`."""
        parts = map(parted, lies_in)
        return self.everywhere or any(number in self.of(kind) for kind, number in parts)

    def where(self, **columns: ColumnElement[int]) -> ColumnElement[bool]:
        """Return what finds the rows that are covered, by a column for each kind that rows have.

        `reach.where(district=member.c.district_id)`, say; a kind without a column covers no row.
        """
        if self.everywhere:
            return true()
        found = (columns[kind].in_(sorted(self.of(kind))) for kind in columns if self.of(kind))
        return or_(false(), *found)


def reach(grants: Collection[Grant], required: Needs) -> Reach:
    """Return how far these grants reach for what asks for `required`.

    What it covers is what `Needs.met_by` allows, for all things at once.
    """
    counted = [each for each in grants if required.counts(each)]
    if required.anyone or any(not each.scope for each in counted):
        return Reach(everywhere=True)
    kinds = {each.kind for each in counted}
    return Reach(
        within={
            kind: frozenset(each.number for each in counted if each.kind == kind) for kind in kinds
        }
    )
