"""Members' tallies: what each did in a month, added up as it is written down and corrected."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from sqlalchemy import Select, bindparam, delete, select

from plnbot.insight.model import Month, Report, Took, month_of
from plnbot.insight.store.tables import mark, tally
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_Key = tuple[int, int, int, str, str]
"""A member, a month, a network, a report and a name in it."""
_ADDED = on_both(
    tally,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id", "month", "report", "name"],
        set_={
            "many": tally.c.many + new.excluded.many,
            "minutes": tally.c.minutes + new.excluded.minutes,
        },
    ),
)
_MARKED = on_both(
    mark,
    lambda new: new.on_conflict_do_update(index_elements=["id"], set_={"upto": new.excluded.upto}),
)
_UPTO = select(mark.c.upto).where(mark.c.id == bindparam("of"))
_MONTHS = select(tally.c.network_id, tally.c.month).where(tally.c.month >= bindparam("since"))
_ACTIVE = (
    select(tally.c.member_id)
    .where(tally.c.network_id == bindparam("network"), tally.c.month == bindparam("month"))
    .distinct()
)


class Mark(IntEnum):
    """What is read in the order of its numbers, each up to a mark of its own."""

    ACTIVITIES = 1
    TAGS = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """One activity as it counts: whose, in which month, of which kind, on what.

    The kind is empty where no more than its skills is counted.
    """

    network: int
    member: int
    month: Month
    kind: str
    minutes: int
    skills: Sequence[str] = ()
    subjects: Sequence[str] = ()

    @property
    def lines(self) -> Iterable[tuple[Report, str, int]]:
        """What it adds to, each with its minutes."""
        if self.kind:
            yield Report.KIND, self.kind, self.minutes
        yield from ((Report.SKILL, each, 0) for each in sorted(set(self.skills)))
        yield from ((Report.SUBJECT, each, 0) for each in sorted(set(self.subjects)))


def add(tx: Tx, counted: Iterable[tuple[int, Counts]]) -> None:
    """Add activities to their members' tallies: each with 1 for what stands, -1 for what stood before."""
    many, minutes = Counter[_Key](), Counter[_Key]()
    for sign, each in counted:
        for report, name, took in each.lines:
            key = (each.member, each.month.number, each.network, report.value, name)
            many[key] += sign
            minutes[key] += sign * took
    rows = [
        {
            "member_id": key[0], "month": key[1], "network_id": key[2], "report": key[3],
            "name": key[4], "many": many[key], "minutes": minutes[key],
        }
        for key in sorted(many) if many[key] or minutes[key]
    ]  # fmt: skip
    if rows:
        tx.execute(_ADDED[tx.dialect], rows)


def upto(tx: Tx, of: Mark = Mark.ACTIVITIES) -> int:
    """Return up to which of these all are tallied."""
    found: int | None = tx.execute(_UPTO, {"of": of.value}).scalar_one_or_none()
    return found or 0


def put_mark(tx: Tx, number: int, of: Mark = Mark.ACTIVITIES) -> None:
    """Note up to which of these all are tallied."""
    tx.execute(_MARKED[tx.dialect], {"id": of.value, "upto": number})


def months(tx: Tx, since: Month) -> Sequence[tuple[int, Month]]:
    """Return the networks and months since then in which somebody did something."""
    rows = tx.execute(_MONTHS.distinct(), {"since": since.number})
    return sorted((row.network_id, month_of(row.month)) for row in rows)


def active(tx: Tx, network: int, month: Month) -> Sequence[int]:
    """Return who did something in a network's month."""
    return tuple(tx.execute(_ACTIVE, {"network": network, "month": month.number}).scalars())


def of_month(
    tx: Tx, network: int, month: Month, members: Select[tuple[int]]
) -> Mapping[Report, Mapping[str, Mapping[int, Took]]]:
    """Return what these members did in a month: by report, by name, by member."""
    found: dict[Report, dict[str, dict[int, Took]]] = {}
    rows = tx.execute(
        select(
            tally.c.member_id, tally.c.report, tally.c.name, tally.c.many, tally.c.minutes
        ).where(
            tally.c.network_id == network,
            tally.c.month == month.number,
            tally.c.many > 0,
            tally.c.member_id.in_(members),
        )
    )
    for row in rows:
        named = found.setdefault(Report(row.report), {}).setdefault(row.name, {})
        named[row.member_id] = Took(row.many, row.minutes)
    return found


def forget_before(tx: Tx, month: Month) -> None:
    """Let go of the tallies of months before this one: their reports are made."""
    tx.execute(delete(tally).where(tally.c.month < month.number))
