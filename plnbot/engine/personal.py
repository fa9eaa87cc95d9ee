"""What is kept of people: every capability and adapter says so, table by table.

Beside each `store` a `personal` module names its tables: those that hold something of a member, as
holdings that can be taken out and erased, and those that hold nothing, with the reason. A test finds
a table that is in neither.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, false, or_

from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

Exported = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Whose:
    """A member as tables know one: by number and by accounts.

    `since` tells two members apart that had the same number, one before a restore and one after.
    `afterwards` is what stands where their name stood, once they are erased.
    """

    id: int
    network: int
    since: datetime
    accounts: tuple[MemberRef, ...]
    afterwards: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure: of whom, when, and the names of holdings that stay without theirs, as they wished."""

    whose: Whose
    now: datetime
    kept: Collection[str] = ()


def theirs(table: Table, whose: Whose) -> ColumnElement[bool]:
    """Return what finds a table's rows of a member, by the columns that name an account."""
    named = (
        and_(
            table.c.platform == each.platform,
            table.c.workspace == each.workspace,
            table.c.user == each.user,
        )
        for each in whose.accounts
    )
    return or_(false(), *named)


def gone_with_accounts(table: Table) -> Callable[[Tx, Erasure], None]:
    """Return how to erase what `theirs` finds in a table."""
    return lambda tx, erasure: _delete(tx, table, theirs(table, erasure.whose))


def gone_after(table: Table, ended: str) -> Callable[[Tx, datetime], None]:
    """Return how to take away a table's rows once the time in their column `ended` has passed."""
    return lambda tx, now: _delete(tx, table, table.c[ended] < now)


def _delete(tx: Tx, table: Table, which: ColumnElement[bool]) -> None:
    tx.execute(delete(table).where(which))


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that is kept of members.

    `about` says what it is and `lasts` for how long, to the member; `stays` says what is left of it
    after an erasure, and why. `nameless` is what
    a member is asked about who may choose that it stays without their name. `export` returns all of it as JSON can hold it; `erase` takes it away,
    and finds nothing left when it is run again. `expire`, run every hour, takes away what has had
    its time; without it, something else does.
    """

    name: str
    tables: tuple[str, ...]
    about: Sentence
    lasts: Sentence
    export: Callable[[Tx, Whose], Exported]
    erase: Callable[[Tx, Erasure], None]
    stays: Sentence | None = None
    nameless: Sentence | None = None
    expire: Callable[[Tx, datetime], None] | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """What one capability or adapter keeps of people; `nothing` names its other tables, and why."""

    holdings: tuple[Holding, ...] = ()
    nothing: Mapping[str, str] = field(default_factory=dict)
