"""Districts and schools, with every name that leads to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from plnbot.members.model import Organisation, OrganisationKind, folded, within
from plnbot.members.store.tables import member, organisation, organisation_name
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_SCHOOL = organisation.alias("school")
_ROWS = select(organisation)
_BY_ID = _ROWS.where(organisation.c.id == bindparam("organisation"))
_BELONGS = select(member.c.district_id, member.c.school_id).where(
    member.c.id == bindparam("member")
)
_NAMED = (
    _ROWS.join(organisation_name, organisation_name.c.organisation_id == organisation.c.id)
    .where(
        organisation_name.c.network_id == bindparam("network"),
        organisation_name.c.kind == bindparam("kind"),
        organisation_name.c.folded == bindparam("folded"),
    )
    .order_by(organisation.c.settled.desc(), organisation.c.id)
)
_NEW_NAME = on_both(
    organisation_name,
    lambda new: new.on_conflict_do_nothing().returning(organisation_name.c.id),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A district or school with its other names, and how many members and schools it has."""

    row: Organisation
    names: tuple[str, ...]
    members: int
    schools: int


def add(tx: Tx, new: Organisation, now: datetime) -> Organisation | None:
    """Write a row and its name down; None where the name is taken there already."""
    made = tx.execute(
        insert(organisation)
        .values(
            network_id=new.network,
            kind=new.kind.value,
            name=new.name,
            state=new.state,
            district_id=new.district,
            settled=new.settled,
            merged_into=None,
            moved=None,
            created_at=now,
        )
        .returning(organisation)
    ).one()
    added = _organisation(made)
    if add_name(tx, added, new.name):
        return added
    tx.execute(delete(organisation).where(organisation.c.id == added.id))
    return None


def add_name(tx: Tx, of: Organisation, name: str) -> bool:
    """Let one more name lead to a row; False where it leads somewhere already."""
    values = {
        "organisation_id": of.id,
        "network_id": of.network,
        "kind": of.kind.value,
        "within": within(of),
        "folded": folded(name),
        "name": name,
    }
    return tx.execute(_NEW_NAME[tx.dialect], values).one_or_none() is not None


def get(tx: Tx, number: int, *, network: int | None, locked: bool = False) -> Organisation | None:
    """Return a row of a network, of any with None; `locked` until the unit ends, to be changed."""
    found: Select[tuple[object, ...]] = _BY_ID.with_for_update() if locked else _BY_ID
    row = tx.execute(found, {"organisation": number}).one_or_none()
    return _organisation(row) if row is not None and network in (None, row.network_id) else None


def standing(tx: Tx, row: Organisation) -> Organisation:
    """Return what has taken a row's place by now, itself mostly; nobody merges that until the unit ends.

    Who reads a row while it is merged elsewhere would otherwise lead somebody to where nobody looks.
    """
    while True:
        found = tx.execute(_BY_ID.with_for_update(read=True), {"organisation": row.id}).one()
        row = _organisation(found)
        if row.merged_into is None:
            return row
        row = replace(row, id=row.merged_into)


def of_member(tx: Tx, member_id: int) -> tuple[Organisation | None, Organisation | None]:
    """Return a member's district and school, each None where they told of none."""
    row = tx.execute(_BELONGS, {"member": member_id}).one()
    found = (tx.execute(_BY_ID, {"organisation": each}).one_or_none() for each in row)
    district, school = (None if each is None else _organisation(each) for each in found)
    return district, school


def name_of(tx: Tx, number: int | None) -> str:
    """Return what a row is called, an empty string for none."""
    row = None if number is None else tx.execute(_BY_ID, {"organisation": number}).one_or_none()
    return "" if row is None else str(row.name)


def names_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, str]:
    """Return what rows are called, with their state, for those that nothing was made part of."""
    rows = tx.execute(
        _ROWS.where(organisation.c.id.in_(numbers), organisation.c.merged_into.is_(None))
    )
    return {row.id: f"{row.name} ({row.state})" if row.state else row.name for row in rows}


def named(tx: Tx, network: int, kind: OrganisationKind, name: str) -> tuple[Organisation, ...]:
    """Return the rows that this very name leads to, settled ones first."""
    asked = {"network": network, "kind": kind.value, "folded": folded(name)}
    return tuple(_organisation(row) for row in tx.execute(_NAMED, asked))


def names_in(
    tx: Tx, network: int, kind: OrganisationKind, district: int | None = None
) -> tuple[tuple[str, Organisation], ...]:
    """Return every name of a network's settled rows with its row; of one district's schools alone."""
    found = (
        select(organisation, organisation_name.c.name.label("called"))
        .join(organisation_name, organisation_name.c.organisation_id == organisation.c.id)
        .where(
            organisation.c.network_id == network,
            organisation.c.kind == kind.value,
            organisation.c.settled,
            organisation.c.merged_into.is_(None),
        )
    )
    if district is not None:
        found = found.where(organisation.c.district_id == district)
    return tuple((row.called, _organisation(row)) for row in tx.execute(found))


def to_settle(tx: Tx, network: int, most: int) -> tuple[Organisation, ...]:
    """Return up to `most` districts and schools that members typed and nobody has settled."""
    rows = tx.execute(
        _ROWS.where(
            organisation.c.network_id == network,
            organisation.c.settled.is_(False),
            organisation.c.merged_into.is_(None),
        )
        .order_by(organisation.c.id)
        .limit(most)
    )
    return tuple(map(_organisation, rows))


def listed(tx: Tx, network: int, kind: OrganisationKind) -> tuple[Counted, ...]:
    """Return a network's rows with what stands in each, those to be settled first, then by name."""
    rows = tx.execute(
        _ROWS.where(
            organisation.c.network_id == network,
            organisation.c.kind == kind.value,
            organisation.c.merged_into.is_(None),
        ).order_by(organisation.c.settled, func.lower(organisation.c.name), organisation.c.id)
    )
    found = [_organisation(row) for row in rows]
    own = member.c.district_id if kind is OrganisationKind.DISTRICT else member.c.school_id
    members = _counts(
        tx,
        select(own.label("of"), func.count().label("many")).where(member.c.network_id == network),
        own,
    )
    schools = _counts(
        tx,
        select(organisation.c.district_id.label("of"), func.count().label("many")).where(
            organisation.c.network_id == network, organisation.c.merged_into.is_(None)
        ),
        organisation.c.district_id,
    )
    names = _names(tx, network, kind)
    return tuple(
        Counted(
            each,
            tuple(name for name in names.get(each.id, ()) if name != each.name),
            members.get(each.id, 0),
            schools.get(each.id, 0) if kind is OrganisationKind.DISTRICT else 0,
        )
        for each in found
    )


def taken(tx: Tx, row: Organisation) -> str | None:
    """Return a name of a row, the one it is to have too, that leads elsewhere where it is to be, or None."""
    own = select(organisation_name.c.folded).where(organisation_name.c.organisation_id == row.id)
    found = select(organisation_name.c.name).where(
        organisation_name.c.network_id == row.network,
        organisation_name.c.kind == row.kind.value,
        organisation_name.c.within == within(row),
        organisation_name.c.organisation_id != row.id,
        or_(organisation_name.c.folded == folded(row.name), organisation_name.c.folded.in_(own)),
    )
    name: str | None = tx.execute(
        found.order_by(organisation_name.c.id).limit(1)
    ).scalar_one_or_none()
    return name


def settle(tx: Tx, row: Organisation) -> None:
    """Accept a row as it is called from now on; its names are taken in its state then."""
    values = {"settled": True, "name": row.name, "state": row.state, "district_id": row.district}
    tx.execute(update(organisation).where(organisation.c.id == row.id).values(**values))
    tx.execute(
        update(organisation_name)
        .where(organisation_name.c.organisation_id == row.id)
        .values(within=within(row))
    )
    add_name(tx, row, row.name)


def forget_unused(tx: Tx, numbers: Iterable[int | None]) -> None:
    """Take away what of these was only proposed and nobody belongs to: one person's words."""
    for number in dict.fromkeys(each for each in numbers if each is not None):
        used = select(member.c.id).where(
            or_(member.c.district_id == number, member.c.school_id == number)
        )
        has_schools = select(_SCHOOL.c.id).where(_SCHOOL.c.district_id == number)
        only_proposed = select(organisation.c.id).where(
            organisation.c.id == number,
            ~organisation.c.settled,
            organisation.c.merged_into.is_(None),
        )
        gone = tx.execute(only_proposed.where(~used.exists(), ~has_schools.exists())).scalar()
        if gone is not None:
            tx.execute(
                delete(organisation_name).where(organisation_name.c.organisation_id == number)
            )
            tx.execute(delete(organisation).where(organisation.c.id == number))


def belonging(
    tx: Tx, number: int, kind: OrganisationKind, members: Iterable[int]
) -> tuple[int, ...]:
    """Return who of these members belongs to a row."""
    own = member.c.district_id if kind is OrganisationKind.DISTRICT else member.c.school_id
    rows = tx.execute(select(member.c.id).where(own == number, member.c.id.in_(list(members))))
    return tuple(row.id for row in rows)


def belong(tx: Tx, member_id: int, *, district: int | None, school: int | None) -> None:
    """Note where a member belongs."""
    values = {"district_id": district, "school_id": school}
    tx.execute(update(member).where(member.c.id == member_id).values(**values))


def _counts(tx: Tx, counted: Select[tuple[int, int]], by: ColumnElement[int]) -> Mapping[int, int]:
    rows = tx.execute(counted.group_by(by))
    return {row.of: row.many for row in rows if row.of is not None}


def _names(tx: Tx, network: int, kind: OrganisationKind) -> Mapping[int, Sequence[str]]:
    rows = tx.execute(
        select(organisation_name.c.organisation_id, organisation_name.c.name)
        .where(organisation_name.c.network_id == network, organisation_name.c.kind == kind.value)
        .order_by(organisation_name.c.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row.name)
    return found


def _organisation(row: Row[tuple[object, ...]]) -> Organisation:
    return Organisation(
        row.id,
        row.network_id,
        OrganisationKind(row.kind),
        row.name,
        row.state,
        row.district_id,
        bool(row.settled),
        row.merged_into,
    )
