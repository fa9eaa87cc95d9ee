"""Whether one district or school may become part of another, decided before anything moves."""

from collections.abc import Collection
from enum import Enum, auto

from plnbot.members.model.districts import Organisation
from plnbot.values import dataclass


class NoMerge(Enum):
    """Why two rows cannot become one."""

    ITSELF = auto()
    OTHER_KIND = auto()
    OTHER_STATE_OR_DISTRICT = auto()
    GONE = auto()
    """One of them was merged already, perhaps a moment ago by somebody else."""
    OWN_APPROVER = auto()
    """Somebody would become the only one who approves what they themselves hand in."""


@dataclass(frozen=True, slots=True)
class Approving:
    """Who approves for the rows that are to be one, and who of them belongs where.

    `here` and `there` are those whose role covers the row that goes, or the one that stays;
    `everywhere` those whose role covers the network; `belong_here` and `belong_there` name the
    members of either row, of those that approve at all.
    """

    here: Collection[int] = ()
    there: Collection[int] = ()
    everywhere: Collection[int] = ()
    belong_here: Collection[int] = ()
    belong_there: Collection[int] = ()

    def own_approver(self) -> int | None:
        """Return who would be their own only approver after the merge and is not before."""
        after = {*self.here, *self.there, *self.everywhere}
        if len(after) != 1:
            return None
        (alone,) = after
        was_alone = (alone in self.belong_here and {*self.here, *self.everywhere} == {alone}) or (
            alone in self.belong_there and {*self.there, *self.everywhere} == {alone}
        )
        belongs = alone in self.belong_here or alone in self.belong_there
        return alone if belongs and not was_alone else None


@dataclass(frozen=True, slots=True)
class Merge:
    """One row that goes, and the one that stays and takes on its names, members and schools."""

    goes: Organisation
    stays: Organisation


def may_merge(merge: Merge, approving: Approving) -> NoMerge | None:
    """Return why this may not be done, or None where it may."""
    goes, stays = merge.goes, merge.stays
    if goes.id == stays.id:
        return NoMerge.ITSELF
    if goes.merged_into is not None or stays.merged_into is not None:
        return NoMerge.GONE
    if goes.kind is not stays.kind or goes.network != stays.network:
        return NoMerge.OTHER_KIND
    states = {each for each in (goes.state.casefold(), stays.state.casefold()) if each}
    districts = {each for each in (goes.district, stays.district) if each is not None}
    if goes.settled and (len(states) > 1 or len(districts) > 1):
        return NoMerge.OTHER_STATE_OR_DISTRICT
    if approving.own_approver() is not None:
        return NoMerge.OWN_APPROVER
    return None
