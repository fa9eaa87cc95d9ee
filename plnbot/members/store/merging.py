"""Districts and schools that become one, or stand by themselves again: what goes along, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, delete, select, update

from plnbot.engine import roles
from plnbot.engine.roles import MovedRoles
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store.organisations import get
from plnbot.members.store.tables import member, organisation, organisation_name
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Moved:
    """What a merge moved, by number, so that it can be taken back."""

    members: tuple[int, ...]
    schools: tuple[int, ...]
    names: tuple[int, ...]
    roles: MovedRoles


def move(tx: Tx, goes: Organisation, stays: Organisation) -> Moved:
    """Let names, members, schools and roles of one row be the other's; return what moved."""
    own = member.c.district_id if goes.kind is OrganisationKind.DISTRICT else member.c.school_id
    members = _ids(tx, update(member).where(own == goes.id).values({own: stays.id}), member.c.id)
    schools = _ids(
        tx,
        update(organisation)
        .where(organisation.c.district_id == goes.id, organisation.c.merged_into.is_(None))
        .values(district_id=stays.id),
        organisation.c.id,
    )
    names = _ids(
        tx,
        update(organisation_name)
        .where(organisation_name.c.organisation_id == goes.id)
        .values(organisation_id=stays.id),
        organisation_name.c.id,
    )
    given = roles.move(tx, *(roles.scoped(goes.kind.value, each.id) for each in (goes, stays)))
    moved = Moved(members, schools, names, given)
    kept = {"members": members, "schools": schools, "names": names, "roles": _packed(given)}
    tx.execute(
        update(organisation)
        .where(organisation.c.id == goes.id)
        .values(merged_into=stays.id, moved=kept)
    )
    return moved


def join(tx: Tx, old: int, new: int) -> None:
    """Let what one network calls as another does become part of that, before the two become one."""
    mine, theirs = organisation_name.alias("mine"), organisation_name.alias("theirs")
    same = and_(
        theirs.c.network_id == new,
        theirs.c.kind == mine.c.kind,
        theirs.c.within == mine.c.within,
        theirs.c.folded == mine.c.folded,
    )
    twice = (
        select(mine.c.id, mine.c.organisation_id, theirs.c.organisation_id.label("stays"))
        .join(theirs, same)
        .where(mine.c.network_id == old)
        .order_by(mine.c.id)
    )
    for row in tx.execute(twice).all():
        tx.execute(delete(organisation_name).where(organisation_name.c.id == row.id))
        goes, stays = get(tx, row.organisation_id, network=None), get(tx, row.stays, network=None)
        if goes is not None and stays is not None and goes.merged_into is None:
            move(tx, goes, stays)


def moved_by(tx: Tx, number: int) -> Moved | None:
    """Return what moved when this row was merged into another."""
    kept = tx.execute(
        select(organisation.c.moved).where(organisation.c.id == number)
    ).scalar_one_or_none()
    if kept is None:
        return None
    members, schools, names = (tuple(kept[each]) for each in ("members", "schools", "names"))
    return Moved(members, schools, names, _unpacked(kept.get("roles")))


def move_back(tx: Tx, number: int, moved: Moved, kind: OrganisationKind) -> None:
    """Let what a merge moved be the row's again, where it still stands where it was moved to."""
    stays = tx.execute(
        select(organisation.c.merged_into).where(organisation.c.id == number)
    ).scalar_one()
    own = member.c.district_id if kind is OrganisationKind.DISTRICT else member.c.school_id
    tx.execute(
        update(member).where(member.c.id.in_(moved.members), own == stays).values({own: number})
    )
    tx.execute(
        update(organisation)
        .where(organisation.c.id.in_(moved.schools), organisation.c.district_id == stays)
        .values(district_id=number)
    )
    tx.execute(
        update(organisation_name)
        .where(
            organisation_name.c.id.in_(moved.names), organisation_name.c.organisation_id == stays
        )
        .values(organisation_id=number)
    )
    if stays is not None:
        goes_to = (roles.scoped(kind.value, each) for each in (number, stays))
        roles.move_back(tx, moved.roles, *goes_to)
    tx.execute(
        update(organisation).where(organisation.c.id == number).values(merged_into=None, moved=None)
    )


def _packed(moved: MovedRoles) -> Mapping[str, object]:
    ends = [
        [number, was.isoformat(), ends.isoformat() if ends else None]
        for number, (was, ends) in moved.ends.items()
    ]
    return {"scopes": moved.scopes, "ends": ends}


def _unpacked(kept: Mapping[str, Any] | None) -> MovedRoles:
    if kept is None:  # merged before roles had scopes
        return MovedRoles()
    at = datetime.fromisoformat
    ends = {number: (at(was), at(ends) if ends else None) for number, was, ends in kept["ends"]}
    return MovedRoles(tuple(kept["scopes"]), ends)


def _ids(tx: Tx, changed: Update, column: ColumnElement[int]) -> tuple[int, ...]:
    return tuple(tx.execute(changed.returning(column)).scalars())
