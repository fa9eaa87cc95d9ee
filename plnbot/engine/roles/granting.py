"""Who holds which role, where, and until when. A role that has ended counts no more at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Executable,
    Row,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from plnbot.engine import work
from plnbot.engine.roles.needing import ROLE_NAMES, Grant, Role
from plnbot.engine.store import role_grant
from plnbot.store.database import Tx
from plnbot.store.inserts import Insert, on_both
from plnbot.talk.words import Sentence
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """A role as somebody holds it: since when, and until when (None: until it is taken back)."""

    id: int
    network: int
    person: int
    given: Grant
    since: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovedRoles:
    """What `move` changed, by number: whose scope, and whose end, which was the first of the two."""

    scopes: tuple[int, ...] = ()
    ends: Mapping[int, tuple[datetime, datetime | None]] = field(default_factory=dict)


def _give(new: Insert) -> Executable:
    changed = {each: new.excluded[each] for each in ("ends_at", "granted_by", "at")}
    return new.on_conflict_do_update(
        index_elements=["person_id", "role", "scope"],
        set_=changed,
        where=role_grant.c.ends_at.is_distinct_from(new.excluded.ends_at),
    ).returning(role_grant.c.id)


ENDS = "role.ends"
_LASTS: ColumnElement[bool] = or_(
    role_grant.c.ends_at.is_(None), role_grant.c.ends_at > bindparam("now")
)
_GRANTED = on_both(role_grant, _give)
_HELD_BY = select(role_grant.c.role, role_grant.c.scope).where(
    role_grant.c.person_id == bindparam("person"), _LASTS
)
_HOLDERS = (
    select(role_grant.c.person_id)
    .where(
        role_grant.c.network_id == bindparam("network"),
        role_grant.c.scope == bindparam("scope"),
        role_grant.c.role.in_(bindparam("roles", expanding=True)),
        _LASTS,
    )
    .order_by(role_grant.c.id)
)
_LASTING = _HOLDERS.where(role_grant.c.ends_at.is_(None)).with_for_update()
_NETWORK_WIDE = select(role_grant.c.person_id, role_grant.c.role).where(
    role_grant.c.person_id.in_(bindparam("people", expanding=True)),
    role_grant.c.scope == "",
    _LASTS,
)


def grant(
    tx: Tx,
    network: int,
    person: int,
    given: Grant,
    *,
    by: int | None,
    now: datetime,
    ends: datetime | None = None,
) -> int | None:
    """Give a role; return the number of the grant, None when the person has it already.

    Given again with another end, it ends then. Its end is noted by work of the kind `ENDS`, whose
    payload has the number as `grant`.
    """
    values = {
        "network_id": network,
        "person_id": person,
        "role": given.role.value,
        "scope": given.scope,
        "granted_by": by,
        "at": now,
        "ends_at": ends,
    }
    number: int | None = tx.execute(_GRANTED[tx.dialect], values).scalar_one_or_none()
    if number is not None and ends is not None:
        _note_then(tx, network, number, ends)
    return number


def revoke(tx: Tx, person: int, taken: Grant) -> bool:
    """Take a role away; return False when the person had none such."""
    gone = tx.execute(
        delete(role_grant).where(
            role_grant.c.person_id == person,
            role_grant.c.role == taken.role.value,
            role_grant.c.scope == taken.scope,
        )
    )
    return gone.rowcount > 0


def grants_of(tx: Tx, person: int, now: datetime) -> frozenset[Grant]:
    """Return every role that one person has now."""
    rows = tx.execute(_HELD_BY, {"person": person, "now": now})
    return frozenset(Grant(Role(row.role), row.scope) for row in rows)


def titles(tx: Tx, people: Sequence[int], now: datetime) -> Mapping[int, tuple[Sentence, ...]]:
    """Return what people are called network-wide, highest first, for those called anything."""
    if not people:
        return {}
    held: dict[int, set[str]] = {}
    for row in tx.execute(_NETWORK_WIDE, {"people": list(people), "now": now}):
        held.setdefault(row.person_id, set()).add(row.role)
    return {
        person: tuple(name for role, name in ROLE_NAMES.items() if role in theirs)
        for person, theirs in held.items()
    }


def holders(
    tx: Tx,
    network: int,
    roles: Collection[Role],
    scope: str = "",
    *,
    now: datetime,
    lasting: bool = False,
) -> tuple[int, ...]:
    """Return who holds any of `roles` in exactly this scope, in the order they got it.

    With `lasting`, those alone whose role has no end; nobody takes it from them then until the unit
    ends, so that two who look whether another is left do not both find one.
    """
    asked = {
        "network": network,
        "scope": scope,
        "roles": [role.value for role in roles],
        "now": now,
    }
    rows = tx.execute(_LASTING if lasting else _HOLDERS, asked)
    return tuple(dict.fromkeys(row.person_id for row in rows))


def first_holders(tx: Tx, network: int, roles: Sequence[Role], *, now: datetime) -> tuple[int, ...]:
    """Return who holds the first of these roles that anybody holds: whose job it is, else whose it falls to."""
    found = (holders(tx, network, [role], now=now) for role in roles)
    return next((each for each in found if each), ())


def held(tx: Tx, number: int) -> Held | None:
    """Return a grant by its number, one that has ended too while nobody has noted it."""
    row = tx.execute(select(role_grant).where(role_grant.c.id == number)).one_or_none()
    return None if row is None else _held(row)


def held_in(tx: Tx, network: int, now: datetime) -> tuple[Held, ...]:
    """Return every role that somebody has in a network now, in the order they were given."""
    found = select(role_grant).where(role_grant.c.network_id == network, _LASTS)
    rows = tx.execute(found.order_by(role_grant.c.id), {"now": now})
    return tuple(_held(row) for row in rows)


def many_in(tx: Tx, scope: str, now: datetime) -> int:
    """Return how many roles somebody has in exactly this scope now."""
    counted = select(func.count()).select_from(role_grant)
    many: int = tx.execute(
        counted.where(role_grant.c.scope == scope, _LASTS), {"now": now}
    ).scalar_one()
    return many


def move(tx: Tx, old: str, new: str) -> MovedRoles:
    """Let roles in one scope be roles in another, as when two districts become one.

    Who has a role in both keeps it for as long as either lasts; the one in `old` stays where it is
    and covers nothing there any more.
    """
    here, there = role_grant.alias("here"), role_grant.alias("there")
    both = select(here.c.ends_at.label("later"), there.c.id, there.c.ends_at).join(
        there,
        (there.c.person_id == here.c.person_id)
        & (there.c.role == here.c.role)
        & (there.c.scope == new),
    )
    ends: dict[int, tuple[datetime, datetime | None]] = {}
    for row in tx.execute(both.where(here.c.scope == old)).all():
        if row.ends_at is not None and (row.later is None or row.later > row.ends_at):
            ends[row.id] = (row.ends_at, row.later)
            _end_at(tx, row.id, new, ends=row.later, was=row.ends_at)
    has_both = exists().where(
        there.c.person_id == role_grant.c.person_id,
        there.c.role == role_grant.c.role,
        there.c.scope == new,
    )
    moved = tx.execute(
        update(role_grant)
        .where(role_grant.c.scope == old, ~has_both)
        .values(scope=new)
        .returning(role_grant.c.id)
    )
    return MovedRoles(tuple(moved.scalars()), ends)


def move_back(tx: Tx, moved: MovedRoles, old: str, new: str) -> None:
    """Undo a `move` for what still stands in `new`: what was taken back since is not given again."""
    tx.execute(
        update(role_grant)
        .where(role_grant.c.id.in_(moved.scopes), role_grant.c.scope == new)
        .values(scope=old)
    )
    for number, (was, ends) in moved.ends.items():
        _end_at(tx, number, new, ends=was, was=ends)


def _end_at(
    tx: Tx, number: int, scope: str, *, ends: datetime | None, was: datetime | None
) -> None:
    """Change the end of a grant, where it still stands where it was and ends when it did."""
    changed = tx.execute(
        update(role_grant)
        .where(
            role_grant.c.id == number,
            role_grant.c.scope == scope,
            role_grant.c.ends_at.is_not_distinct_from(was),
        )
        .values(ends_at=ends)
        .returning(role_grant.c.network_id)
    ).scalar_one_or_none()
    if changed is not None and ends is not None:
        _note_then(tx, changed, number, ends)


def _note_then(tx: Tx, network: int, number: int, ends: datetime) -> None:
    key = f"role/{number}/ends/{ends.timestamp()}"
    work.put(tx, ENDS, key, ends, {"grant": number}, network=network)


def _held(row: Row[tuple[object, ...]]) -> Held:
    given = Grant(Role(row.role), row.scope)
    return Held(row.id, row.network_id, row.person_id, given, row.at, row.ends_at)
