"""What people act on, and who may: looked up, kept apart by network and authorised in one place.

A button, a form or a page names a row; whoever sends it may name any. So a handler never looks its
row up by itself: its route says `of=` which kind of object the row is, and here the row is loaded,
compared with the network of who asks and with the rooms they may look into, and only then is `needs=`
asked within it. What is of another network, or held where they may not look, is refused with the same words
as what is not there, so nothing tells the three apart. A route
without `of=` gets no row at all.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Generic, Protocol, TypeVar

from plnbot.engine.context import Context, Showing
from plnbot.engine.posts import NothingToDo
from plnbot.engine.roles import Needs
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

Thing = TypeVar("Thing")
OFF = msg("That is switched off in this network. Its administrators can switch it on.")
NOT_YOURS = msg("That is for somebody with another role here. `/pln help` shows what you can do.")


def open_to_all(_context: Context, _thing: object) -> Sentence | None:
    """Say that a thing is closed to nobody."""
    return None


def anywhere(_context: Context, _thing: object) -> Collection[Place]:
    """Say that a thing is held in no room, so that who may look into one makes no difference."""
    return ()


def nowhere(_context: Context, _thing: object) -> Collection[str]:
    """Say that a thing lies in no district and no school."""
    return ()


@dataclass(frozen=True, slots=True)
class Object(Generic[Thing]):
    """One kind of thing that people act on.

    `load(tx, row)` returns the thing that a row names, of whatever network, or None; a row is whatever
    a client sent. `network(thing)` is whose it is; `NothingToDo` says why it is looked for elsewhere.
    `scope(thing)` is the row by which roles in it are granted, and `lies_in(context, thing)` the
    districts and schools in which one may have a role for it, as scopes. `gone` is said where there is none for
    this person; `closed(context, thing)` may say why it is not for them, or not now. `held_in(context, thing)`
    returns the rooms it is held in: who may look into none of them is told that there is none. Where it is open
    to this person whatever the rooms, it returns nothing.
    """

    name: str
    load: Callable[[Tx, str], Thing | None]
    network: Callable[[Thing], int] | NothingToDo
    scope: Callable[[Thing], str]
    gone: Sentence
    closed: Callable[[Context, Thing], Sentence | None] = open_to_all
    lies_in: Callable[[Context, Thing], Collection[str]] = nowhere
    held_in: Callable[[Context, Thing], Collection[Place]] = anywhere

    def find(self, context: Context, row: str) -> Thing:
        """Return the thing of a row; raises `Refused` where there is none for this person."""
        thing = self.load(context.tx, row)
        if thing is None or self._of_others(context, thing) or self._unseen(context, thing):
            raise Refused(self.gone)
        if closed := self.closed(context, thing):
            raise Refused(closed)
        return thing

    def told(self, to: Showing, row: str | int) -> Thing | None:
        """Return the thing that a post to readers of its own network is about, None where it is gone."""
        thing = self.load(to.tx, str(row))
        return None if thing is None or self._of_others(to, thing) else thing

    def _unseen(self, context: Context, thing: Thing) -> bool:
        rooms = set(self.held_in(context, thing))
        return bool(rooms) and context.unseen(rooms) >= rooms

    def _of_others(self, context: Context | Showing, thing: Thing) -> bool:
        return (
            not isinstance(self.network, NothingToDo) and self.network(thing) != context.network.id
        )


class OfAMember(Protocol):
    """Something that one member of a network has."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def network(self) -> int:
        """The network's number."""
        ...

    @property
    def member(self) -> int:
        """The number of who has it."""
        ...


Mine = TypeVar("Mine", bound=OfAMember)


def of_one_member(
    name: str, *, load: Callable[[Tx, str], Mine | None], gone: Sentence
) -> Object[Mine]:
    """Return a kind of thing that is there for the member who has it, and for nobody else."""
    return Object(
        name,
        load=load,
        network=lambda thing: thing.network,
        scope=lambda thing: str(thing.id),
        gone=gone,
        closed=lambda context, thing: None if thing.member == context.person.id else gone,
    )


class Guarded(Protocol):
    """A route that says what it needs, and of what. `without` is asked of who names no row.

    `capability` is the one it belongs to, where networks may switch that off.
    """

    @property
    def capability(self) -> str:
        """The capability that can be switched off with it, or an empty string."""
        ...

    @property
    def needs(self) -> Needs:
        """What is asked of who does it."""
        ...

    @property
    def of(self) -> Object[Any] | None:
        """What its row names."""
        ...

    @property
    def without(self) -> Needs | None:
        """What is asked where the row is empty; None where there must be one."""
        ...


def authorised(context: Context, route: Guarded, row: str) -> tuple[str, Sequence[Any]]:
    """Return the row that a handler gets, and besides the thing acted on where there is one.

    Raises `Refused` where it is gone or another network's, or where the person may not.
    """
    switched_on(context, route.capability)
    if route.of is None:
        _allow_at_all(context, route.needs)
        return "", ()
    if route.without is not None and not row:
        _allow_at_all(context, route.without)
        return "", (None,)
    thing = route.of.find(context, row)
    where = route.of.lies_in(context, thing) if route.needs.local else ()
    _allow(context, route.needs, route.of.scope(thing), where)
    return row, (thing,)


def switched_on(context: Context, capability: str) -> None:
    """Raise `Refused` where the person's network has switched a capability off."""
    if capability in context.network.off:
        raise Refused(OFF)


def _allow_at_all(context: Context, required: Needs) -> None:
    """Let somebody do what is about nothing in particular.

    Where a role counts within a district or a school, one of those is enough: what is shown goes as far
    as their roles reach.
    """
    if not (context.may_somewhere(required) if required.local else context.may(required)):
        raise Refused(required.otherwise or NOT_YOURS)


def _allow(context: Context, required: Needs, row: str = "", lies_in: Collection[str] = ()) -> None:
    if not context.may(required, row, lies_in):
        raise Refused(required.otherwise or NOT_YOURS)
