"""What a capability that uses spaces declares: what it does about what becomes of its own."""

from collections.abc import Callable
from datetime import datetime

from plnbot.engine.posts import NothingToDo
from plnbot.spaces.model import Space
from plnbot.store.database import Tx
from plnbot.values import dataclass

SpaceHook = Callable[[Tx, Space, datetime], None]
"""Called with a space as it stands now, in the unit that made it so."""
MemberHook = Callable[[Tx, Space, int, datetime], None]
"""Called with a space, the number of the member whom it is about, and now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One use of spaces; `name` is what `Wanted.tenant` says, and no two have the same.

    `opened`: it stands, and may be posted in. `refused`: it will not be; `Space.reason` says why, as an
    English sentence of the catalogue. `spoke`: a member said something there, never what. `left`: a
    member went away, or was erased. `stopped`: a member ended it, or did not agree to it. Hooks only
    write rows and plan work: what is to be sent follows from that.
    """

    name: str
    opened: SpaceHook | NothingToDo
    refused: SpaceHook | NothingToDo
    spoke: MemberHook | NothingToDo
    left: MemberHook | NothingToDo
    stopped: MemberHook | NothingToDo


class Tenants:
    """All that were declared, by name; a space whose tenant is not among them has nobody to tell."""

    def __init__(self, declared: "tuple[Tenant, ...]" = ()) -> None:
        self._named = {each.name: each for each in declared}

    def opened(self, tx: Tx, space: Space, now: datetime) -> None:
        """Tell that a space stands."""
        if (told := self._named.get(space.tenant)) and not isinstance(told.opened, NothingToDo):
            told.opened(tx, space, now)

    def refused(self, tx: Tx, space: Space, now: datetime) -> None:
        """Tell that a space will not be."""
        if (told := self._named.get(space.tenant)) and not isinstance(told.refused, NothingToDo):
            told.refused(tx, space, now)

    def spoke(self, tx: Tx, space: Space, member: int, now: datetime) -> None:
        """Tell that somebody said something."""
        if (told := self._named.get(space.tenant)) and not isinstance(told.spoke, NothingToDo):
            told.spoke(tx, space, member, now)

    def left(self, tx: Tx, space: Space, member: int, now: datetime) -> None:
        """Tell that somebody went away."""
        if (told := self._named.get(space.tenant)) and not isinstance(told.left, NothingToDo):
            told.left(tx, space, member, now)

    def stopped(self, tx: Tx, space: Space, member: int, now: datetime) -> None:
        """Tell that somebody ended it."""
        if (told := self._named.get(space.tenant)) and not isinstance(told.stopped, NothingToDo):
            told.stopped(tx, space, member, now)


@dataclass(frozen=True, slots=True)
class Turn:
    """One unit of work on spaces: its transaction, whom it tells, and when it is."""

    tx: Tx
    tenants: Tenants
    now: datetime
