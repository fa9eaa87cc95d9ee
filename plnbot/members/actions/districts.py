"""Districts and schools: told by members, settled and merged by administrators, read from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Role
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.members.model import (
    Approving,
    Merge,
    NoMerge,
    Organisation,
    OrganisationKind,
    Profile,
    matches,
    may_merge,
)
from plnbot.members.model.district_files import District
from plnbot.members.store import merging, organisations
from plnbot.store.database import Tx
from plnbot.talk.text import clean
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

MOST_FOUND = 25
_APPROVES = (Role.APPROVER,)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would move if one row became part of another."""

    goes: Organisation
    stays: Organisation
    members: int
    schools: int
    roles: int
    names: tuple[str, ...]


def find(
    tx: Tx, network: int, kind: OrganisationKind, typed: str, *, district: int | None = None
) -> tuple[Organisation, ...]:
    """Return the settled rows of which something was typed, best first, 25 at most."""
    best: dict[int, tuple[int, Organisation]] = {}
    for name, row in organisations.names_in(tx, network, kind, district):
        how = matches(typed, name)
        if how is not None and (row.id not in best or how < best[row.id][0]):
            best[row.id] = (how, row)
    ordered = sorted(best.values(), key=lambda each: (each[0], each[1].name, each[1].id))
    return tuple(row for _how, row in ordered[:MOST_FOUND])


def told(
    tx: Tx, person: Person, now: datetime, *, told: Profile, district: int = 0, school: int = 0
) -> None:
    """Lead what a member told to a district and a school; what is new is proposed.

    `district` and `school` are rows that were chosen, 0 where only words were typed. What they typed
    stays in their profile as it is until the row it leads to is settled.
    """
    network, state = person.network.id, told.state
    before = organisations.of_member(tx, person.id)
    where = _meant(
        tx, Organisation(district, network, OrganisationKind.DISTRICT, told.district, state), now
    )
    own = where.id if where else None
    at = _meant(
        tx, Organisation(school, network, OrganisationKind.SCHOOL, told.school, state, own), now
    )
    organisations.belong(tx, person.id, district=own, school=at.id if at else None)
    organisations.forget_unused(tx, [each.id for each in reversed(before) if each is not None])


def _meant(tx: Tx, wanted: Organisation, now: datetime) -> Organisation | None:
    """Return the row that is chosen or that a name means, proposed if new; None for no name."""
    name = clean(wanted.name)
    if not name:
        return None
    if wanted.id:
        chosen = organisations.get(tx, wanted.id, network=wanted.network)
        return None if chosen is None else organisations.standing(tx, chosen)
    there = [
        each
        for each in organisations.named(tx, wanted.network, wanted.kind, name)
        if _fits(each.state, wanted.state) and each.district in (None, wanted.district)
    ]
    if there:
        return organisations.standing(tx, there[0])
    return organisations.add(tx, replace(wanted, name=name), now)


def _fits(one: str, other: str) -> bool:
    return not one or not other or one.casefold() == other.casefold()


def added(tx: Tx, new: Organisation, now: datetime, *, by: Person) -> Organisation:
    """Add a settled row; raises `Refused` where its name is taken."""
    made = organisations.add(tx, replace(new, settled=True), now)
    if made is None:
        raise Refused(_taken(new))
    audit.record(tx, new.network, by.id, "organisation.added", _subject(made), now=now)
    return made


def settled(tx: Tx, row: Organisation, now: datetime, *, by: Person) -> None:
    """Accept what a member proposed, as an administrator calls it; `Refused` for a taken name."""
    if name := organisations.taken(tx, row):
        raise Refused(_taken(replace(row, name=name)))
    organisations.settle(tx, row)
    audit.record(tx, row.network, by.id, "organisation.settled", _subject(row), now=now)


def named_also(tx: Tx, row: Organisation, name: str, now: datetime, *, by: Person) -> None:
    """Let one more name lead to a row; raises `Refused` where it leads somewhere already."""
    if not organisations.add_name(tx, row, name):
        raise Refused(_taken(replace(row, name=name)))
    audit.record(tx, row.network, by.id, "organisation.named", _subject(row), now=now, other=name)


def preview(tx: Tx, goes: Organisation, stays: Organisation, now: datetime) -> Preview:
    """Return what a merge would move; raises `Refused` where it may not be."""
    _allow(tx, goes, stays, now)
    counted = {each.row.id: each for each in organisations.listed(tx, goes.network, goes.kind)}[
        goes.id
    ]
    return Preview(
        goes,
        stays,
        counted.members,
        counted.schools,
        roles.many_in(tx, _subject(goes), now),
        (goes.name, *counted.names),
    )


def merge(tx: Tx, goes: int, stays: int, now: datetime, *, by: Person) -> Preview:
    """Make one row part of another, with its names, members and schools, and the roles in it.

    Raises `Refused` where it may not be; two at the same moment are done one after the other, and
    the second is told of the first.
    """
    network = by.network.id
    # Always in the same order, so that two merges the other way round do not wait for each other.
    rows = {
        number: organisations.get(tx, number, network=network, locked=True)
        for number in sorted({goes, stays})
    }
    first, second = rows[goes], rows[stays]
    if first is None or second is None:
        raise Refused(GONE)
    shown = preview(tx, first, second, now)
    merging.move(tx, first, second)
    audit.record(
        tx, network, by.id, "organisation.merged", _subject(first), now=now, other=second.name
    )
    return shown


def unmerge(tx: Tx, number: int, now: datetime, *, by: Person) -> Organisation:
    """Take a merge back: what it moved goes back, but for what has moved elsewhere since."""
    network = by.network.id
    merged = organisations.get(tx, number, network=network)
    if merged is None or merged.merged_into is None:
        raise Refused(GONE)
    # In the order in which merges lock.
    rows = {
        each: organisations.get(tx, each, network=network, locked=True)
        for each in sorted({number, merged.merged_into})
    }
    row, stays = rows[number], rows[merged.merged_into]
    moved = merging.moved_by(tx, number)
    if row is None or stays is None or moved is None or row.merged_into != stays.id:
        raise Refused(GONE)
    if stays.merged_into is not None:
        raise Refused(
            msg("{name} became part of another since. Take that back first.", name=stays.name)
        )
    merging.move_back(tx, number, moved, row.kind)
    audit.record(tx, row.network, by.id, "organisation.unmerged", _subject(row), now=now)
    return row


def imported(tx: Tx, network: int, read: Iterable[District], now: datetime) -> tuple[int, int]:
    """Add a file's districts, settled; return how many are new, and how many got more names.

    A proposal of that name is settled by it, and a name that leads elsewhere stays where it leads.
    """
    new = more = 0
    for each in read:
        there = _there(tx, network, each)
        wanted = Organisation(
            0, network, OrganisationKind.DISTRICT, each.name, each.state, settled=True
        )
        row = there or organisations.add(tx, wanted, now)
        if row is None:
            continue
        settled = replace(row, name=each.name, state=each.state, settled=True)
        if not row.settled and organisations.taken(tx, settled) is None:
            organisations.settle(tx, settled)
        added = [
            name for name in (each.name, *each.others) if organisations.add_name(tx, row, name)
        ]
        new += there is None
        more += there is not None and bool(added)
    return new, more


def _there(tx: Tx, network: int, read: District) -> Organisation | None:
    for name in (read.name, *read.others):
        for row in organisations.named(tx, network, OrganisationKind.DISTRICT, name):
            if _fits(row.state, read.state):
                return row
    return None


GONE = msg("This is no longer there: somebody has merged it meanwhile.")


def _allow(tx: Tx, goes: Organisation, stays: Organisation, now: datetime) -> None:
    approving = _approving(tx, goes, stays, now)
    match may_merge(Merge(goes, stays), approving):
        case None:
            return
        case NoMerge.ITSELF:
            raise Refused(msg("That is the same one already. Choose another."))
        case NoMerge.GONE:
            raise Refused(GONE)
        case NoMerge.OTHER_KIND:
            raise Refused(msg("A district and a school cannot become one."))
        case NoMerge.OTHER_STATE_OR_DISTRICT:
            raise Refused(
                msg("These two are in different states or districts. Put that right first.")
            )
        case NoMerge.OWN_APPROVER:
            alone = approving.own_approver()
            found = store.by_id(tx, alone or 0, "")
            raise Refused(
                msg(
                    "{name} would be the only one to approve what {name} hands in. Let somebody"
                    " else approve there first: `/pln network role`.",
                    name=found.name if found else "",
                )
            )


def _approving(tx: Tx, goes: Organisation, stays: Organisation, now: datetime) -> Approving:
    here = roles.holders(tx, goes.network, _APPROVES, _subject(goes), now=now)
    there = roles.holders(tx, goes.network, _APPROVES, _subject(stays), now=now)
    everywhere = roles.holders(tx, goes.network, _APPROVES, now=now)
    all_of_them = {*here, *there, *everywhere}
    return Approving(
        here,
        there,
        everywhere,
        organisations.belonging(tx, goes.id, goes.kind, all_of_them),
        organisations.belonging(tx, stays.id, stays.kind, all_of_them),
    )


def _subject(row: Organisation) -> str:
    """Return a row as roles and the audit log name it."""
    return roles.scoped(row.kind.value, row.id)


def _taken(row: Organisation) -> Sentence:
    return msg("There is a {name} already.", name=row.name)


def all_of(tx: Tx, network: int, kind: OrganisationKind) -> Sequence[organisations.Counted]:
    """Return a network's districts or schools, those to be settled first."""
    return organisations.listed(tx, network, kind)
