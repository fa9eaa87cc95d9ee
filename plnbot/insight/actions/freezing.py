"""A month's report of a district: read, gated and kept, once."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from plnbot.engine import needs_told
from plnbot.engine.context import Due
from plnbot.engine.needs import needs_in_any
from plnbot.engine.ports import Directory, Told
from plnbot.engine.roles import DISTRICT, Reach
from plnbot.insight.model import (
    Cell,
    DistrictMonth,
    Lot,
    Report,
    month_of,
    part_of,
    passed,
    school_of,
)
from plnbot.insight.packs import kinds
from plnbot.insight.store import left_out, reports, tallies
from plnbot.singling_out import People
from plnbot.store.database import Tx
from plnbot.visibility import Seen

FREEZE = "insight.freeze"
_AT_ONCE = 5_000
Class = TypeVar("Class", bound=Hashable)


def freeze_due(due: Due) -> None:
    """Make the report of a district's month, and keep it for good."""
    network, district, month = (
        int(str(due.payload[each])) for each in ("network", "district", "month")
    )
    freeze(due.tx, due.directory, DistrictMonth(network, district, month_of(month)), due.now)


def freeze(tx: Tx, directory: Directory, of: DistrictMonth, now: datetime) -> None:
    """Make the report of a district's month; where there is one, it stays."""
    if not reports.is_frozen(tx, of):
        reports.freeze(tx, of, cells_of(tx, directory, of), now)
        tx.announce(f"insight:{of.network}")


def cells_of(tx: Tx, directory: Directory, of: DistrictMonth) -> Sequence[Cell]:
    """Return what may be shown of a district's month: the people behind it stay here."""
    return [each.cell for each in passed(lot_of(tx, directory, of))]


def lot_of(tx: Tx, directory: Directory, of: DistrictMonth) -> Lot:
    """Return what is known of a district's month, but of those who left themselves out."""
    within = directory.within(of.network, Reach(within={DISTRICT: frozenset({of.district})}))
    members = frozenset(tx.execute(within).scalars()) - left_out.all_out(tx)
    did = tallies.of_month(tx, of.network, of.month, within)
    told = _told(tx, directory, members)
    wished = needs_told.of_month(tx, of.month.number)
    aims = {who: needs_in_any(each.goals) for who, each in told.items() if each.goals}
    needs = {
        need: (wished.get(need, frozenset()) & members)
        | frozenset(who for who, those in aims.items() if need in those)
        for need in {*wished, *(each for those in aims.values() for each in those)}
    }
    known = kinds()
    by_kind = did.get(Report.KIND, {})
    return Lot(
        members,
        {kind: {w: t for w, t in those.items() if w in members} for kind, those in by_kind.items()},
        {each.id for each in known.values() if each.formal},
        needs,
        _sets(did.get(Report.SKILL, {}), members),
        _sets(did.get(Report.SUBJECT, {}), members),
        _by(told, members, lambda each: school_of(each.grades).value),
        _by(told, members, lambda each: part_of(each.subjects).value),
    )


def _told(tx: Tx, directory: Directory, members: People) -> Mapping[int, Told]:
    """Return what members told, each field only where they let it be used without being shown."""
    found: dict[int, Told] = {}
    every = sorted(members)
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        found.update(directory.told(tx, some, seen_by=Seen.MATCHING))
    return found


def _sets(did: Mapping[str, Collection[int]], members: People) -> Mapping[str, People]:
    return {name: frozenset(who) & members for name, who in did.items()}


def _by(
    told: Mapping[int, Told], members: People, of: Callable[[Told], Class]
) -> Mapping[Class, People]:
    """Return members by what `of` says of what they told; who told nothing is among them."""
    found: dict[Class, set[int]] = {}
    for who in members:
        found.setdefault(of(told.get(who, Told())), set()).add(who)
    return {name: frozenset(those) for name, those in found.items()}
