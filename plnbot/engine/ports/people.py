"""The port of people: who somebody is, which network they belong to, how they sign in to pages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, Select

from plnbot.quiet import Quiet
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Interaction
from plnbot.talk.words import Sentence
from plnbot.values import dataclass
from plnbot.visibility import Seen


@dataclass(frozen=True, slots=True)
class Network:
    """One community: who belongs together, and how it speaks where everybody reads.

    `locale` is one of `LOCALES`, such as `es`; `zone` an IANA name, such as `America/Bogota`.

    `off` names the capabilities that are switched off in it.
    """

    id: int
    name: str
    locale: str
    zone: str
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the engine knows one; `ref` is the account they are using now.

    `locale` and `zone` are their own, in the form that a network's have.
    """

    id: int
    network: Network
    ref: MemberRef
    name: str
    locale: str
    zone: str


@dataclass(frozen=True, slots=True)
class Seems:
    """What a platform or browser says of who is there now: nobody has confirmed it.

    `locale` is any language tag, such as `es-ES`, `zone` the name of a zone; either may be empty,
    and neither is trusted.
    """

    locale: str = ""
    zone: str = ""


SEEMS_NOTHING = Seems()


def reader_topic(person: int) -> str:
    """Return the topic of a change after which everything that a member looks at is otherwise."""
    return f"reader:{person}"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list of who is here, with what they are called beside member."""

    person: Person
    roles: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Belongs:
    """A district or a school: its row, None where nobody has settled one, and what it is called."""

    row: int | None = None
    name: str = ""


_NOWHERE = Belongs()


@dataclass(frozen=True, slots=True)
class Told:
    """What a member told of themselves; empty, or None, where they did not or it is not to be seen.

    `subjects`, `grades` and `languages` are ids of their packs, `years` those of experience.
    """

    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    district: Belongs = _NOWHERE
    school: Belongs = _NOWHERE
    state: str = ""
    years: int | None = None
    goals: tuple[str, ...] = ()


class Covers(Protocol):
    """How far somebody's roles reach, as `Context.reach` returns it."""

    def where(self, **columns: ColumnElement[int]) -> ColumnElement[bool]:
        """Return what finds the rows that are covered, by a column for each kind that rows have."""
        ...


class Directory(Protocol):
    """Who people are. The members' rooms answer, inside the caller's unit of work `tx`."""

    def resolve(self, tx: Tx, interaction: Interaction, now: datetime) -> Person:
        """Return who did this, made known when new; `Refused` where nobody may be.

        Of the interaction it reads who, where, and what the platform says of them: their name,
        locale, zone, and whether they lead there. Who is called otherwise by now is so from here on.
        """
        ...

    def left(self, tx: Tx, ref: MemberRef, now: datetime) -> None:
        """Note that an account left its workspace: until it comes back, nobody is behind it."""
        ...

    def known(self, tx: Tx, ref: MemberRef) -> Person | None:
        """Return who this account is, or None; never writes."""
        ...

    def by_id(self, tx: Tx, person: int, platform: str = "") -> Person | None:
        """Return a member by id, on the account of `platform` when they have one there.

        None where there is no such member (any more), or they have no account left.
        """
        ...

    def by_ids(self, tx: Tx, people: Collection[int], platform: str = "") -> Mapping[int, Person]:
        """Return those of these members that `by_id` would, by their ids and in that order, in one query."""
        ...

    def accounts(self, tx: Tx, person: int) -> Sequence[MemberRef]:
        """Return the accounts of a member that are still in their workspaces."""
        ...

    def told(self, tx: Tx, people: Collection[int], *, seen_by: Seen) -> Mapping[int, Told]:
        """Return what members told of themselves, each field only where they let it serve `seen_by`.

        For one or for many, it is one query, and one more for goals that may be seen; who is
        unknown is not in it.
        """
        ...

    def lies_in(self, tx: Tx, people: Collection[int]) -> Mapping[int, frozenset[str]]:
        """Return in which districts and schools members are, as scopes of roles: `district:5`.

        Whoever has a role there has it for them, whatever they let others see.
        """
        ...

    def within(self, network: int, reach: Covers) -> Select[tuple[int]]:
        """Return a query of the numbers of a network's members that somebody's roles cover.

        For use in another, such as `table.c.member_id.in_(directory.within(…))`.
        """
        ...

    def quiet_hours(self, tx: Tx, person: int) -> Quiet:
        """Return when a member is not to be disturbed, by their own clock."""
        ...

    def still_here(self, tx: Tx, people: Collection[int]) -> Mapping[int, Person]:
        """Return those of these members who have an account left in its workspace, each on one of them."""
        ...

    def on_leave(self, tx: Tx, people: Collection[int], now: datetime) -> frozenset[int]:
        """Return who of these is on leave: not to be asked, counted as missing or matched."""
        ...

    def free_after(self, tx: Tx, person: int, wanted: datetime) -> datetime:
        """Return the first moment from `wanted` on that lies outside a member's quiet hours and leave.

        It is `wanted` itself where there is no such member, or all of their week is quiet.
        """
        ...

    def network_of(self, tx: Tx, place: Place) -> Network | None:
        """Return the network that the workspace of a place belongs to, or None; never writes."""
        ...

    def workspaces(self, tx: Tx, platform: str) -> Sequence[str]:
        """Return the workspaces of a platform that belong to a network."""
        ...

    def in_workspace(self, tx: Tx, platform: str, workspace: str) -> Sequence[Person]:
        """Return everybody with an account in this workspace, by name."""
        ...

    def settle(
        self, tx: Tx, platform: str, workspace: str, name: str, now: datetime, *, joins: bool = True
    ) -> Network:
        """Return the network of a workspace, which gets one at its first connection.

        Arguments and contract are those of `Desk.settle`.
        """
        ...


class SignIns(Protocol):
    """One-time links, from a chat to a page, made and used inside the caller's unit of work `tx`."""

    def address(self, platform: str) -> str:
        """Return where a platform's members reach the pages, without a closing slash; or empty."""
        ...

    def link(self, tx: Tx, who: MemberRef, path: str, now: datetime) -> str:
        """Return an address that signs `who` in once and opens `path`.

        `path` begins with a slash and is one of the pages' own. `Refused` where their platform's
        members cannot reach the pages.
        """
        ...

    def whose(self, tx: Tx, token: str, now: datetime) -> MemberRef | None:
        """Return who a link was made for, while it can be used; it still can be afterwards.

        `token` is the last part of the address, as it came: whoever sent it is not trusted.
        """
        ...

    def use(self, tx: Tx, token: str, now: datetime) -> tuple[MemberRef, str] | None:
        """Use up a link: who it was made for and the path it opens, or None where it opens nothing."""
        ...

    def close(self, tx: Tx, accounts: Sequence[MemberRef]) -> None:
        """End every session of these accounts, and let no link of theirs open another."""
        ...
