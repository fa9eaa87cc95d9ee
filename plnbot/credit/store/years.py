"""What a district looks back on at a year's end: hours by kind, and entries for a hand-off."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select

from plnbot.credit.model.standing import COUNTS
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import Stands
from plnbot.credit.store.tables import entry, event
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a network's members: from when to when, and whose."""

    network: int
    members: Select[tuple[int]]
    since: datetime
    until: datetime

    def _where(self) -> ColumnElement[bool]:
        return and_(
            entry.c.network_id == self.network,
            entry.c.standing.in_(sorted(each.value for each in COUNTS)),
            entry.c.member_id.in_(self.members),
            entry.c.started >= self.since,
            entry.c.started < self.until,
        )

    def numbers(self, tx: Tx) -> Sequence[int]:
        """Return the entries that count and began in the year, oldest first."""
        found = select(entry.c.id).where(self._where()).order_by(entry.c.started, entry.c.id)
        return tuple(tx.execute(found).scalars())

    def entries(self, tx: Tx) -> Sequence[Stands]:
        """Return those entries as they stand."""
        found = (ledger.get(tx, number) for number in self.numbers(tx))
        return [each for each in found if each is not None]

    def by_kind(self, tx: Tx) -> Mapping[str, tuple[frozenset[int], int]]:
        """Return for each kind who has hours of it, and how many minutes that are."""
        rows = tx.execute(
            select(entry.c.member_id, event.c.facts)
            .join(event, and_(event.c.network_id == entry.c.network_id, event.c.seq == entry.c.seq))
            .where(self._where())
        )
        people: dict[str, set[int]] = {}
        minutes: dict[str, int] = {}
        for row in rows:
            told = json.loads(row.facts)
            people.setdefault(told["kind"], set()).add(row.member_id)
            minutes[told["kind"]] = minutes.get(told["kind"], 0) + told["minutes"]
        return {kind: (frozenset(those), minutes[kind]) for kind, those in people.items()}
