"""What every capability answers for when a member leaves, is back, is merged with another or is erased.

A member is known by number in many tables, and what is planned for them stands in more. Who leaves in
the middle of it would be waited for, matched or asked for ever, by the one capability that forgot. So
each declares `PeopleHooks`, and every field is required: either what is done, or `NothingToDo` with the
reason. Hooks run in the transaction in which it happens, before anything of it is gone, and one that
raises takes all of it back.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from plnbot.engine.personal import Whose
from plnbot.engine.ports import Person
from plnbot.engine.posts import NothingToDo
from plnbot.store.database import Tx
from plnbot.values import dataclass

PersonHook = Callable[[Tx, Person, datetime], None]
"""Called with a member, on the account that it is about, and now."""
MergedHook = Callable[[Tx, Whose, Person, datetime], None]
"""Called with the member who goes, the one who stays and has their things from now on, and now."""
ErasedHook = Callable[[Tx, Whose, datetime], None]
"""Called with a member of whom nothing stays but what their holdings say; after a restore once more."""
Hook = TypeVar("Hook")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleHooks:
    """What one capability does about its members' comings and goings.

    `left` is for who has left with an account or was thrown out, `back` for who is there again on it,
    `merged` for two members who turn out to be one, `erased` for what holdings cannot say: what is
    planned with a member, and whom it concerns besides.
    """

    left: PersonHook | NothingToDo
    back: PersonHook | NothingToDo
    merged: MergedHook | NothingToDo
    erased: ErasedHook | NothingToDo


def left(hooks: Sequence[PeopleHooks], tx: Tx, person: Person, now: datetime) -> None:
    """Tell every capability that somebody has left with an account."""
    for hook in _done(each.left for each in hooks):
        hook(tx, person, now)


def back(hooks: Sequence[PeopleHooks], tx: Tx, person: Person, now: datetime) -> None:
    """Tell every capability that somebody is back on an account that had left."""
    for hook in _done(each.back for each in hooks):
        hook(tx, person, now)


def merged(hooks: Sequence[PeopleHooks], tx: Tx, goes: Whose, stays: Person, now: datetime) -> None:
    """Have every capability give what is one member's to another, who turned out to be the same."""
    for hook in _done(each.merged for each in hooks):
        hook(tx, goes, stays, now)


def erased(hooks: Sequence[PeopleHooks], tx: Tx, whose: Whose, now: datetime) -> None:
    """Tell every capability that somebody is being erased."""
    for hook in _done(each.erased for each in hooks):
        hook(tx, whose, now)


def _done(hooks: Iterable[Hook | NothingToDo]) -> Sequence[Hook]:
    return [each for each in hooks if not isinstance(each, NothingToDo)]
