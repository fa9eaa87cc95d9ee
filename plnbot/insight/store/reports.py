"""Reports as they were frozen."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from plnbot.engine.roles import Reach
from plnbot.insight.model import Cell, DistrictMonth, Month, Report, month_of
from plnbot.insight.store.tables import report
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_FROZEN = on_both(report, lambda new: new.on_conflict_do_nothing())
_MOST = 600
"""Of so many of the latest reports a reader learns: fifty districts' year."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The report of a district's month."""

    id: int
    network: int
    district: int
    month: Month
    cells: tuple[Cell, ...]
    made_at: datetime

    def of(self, which: Report) -> Sequence[Cell]:
        """Return the lines of one report, in their order."""
        return [each for each in self.cells if each.report is which]

    @property
    def whole(self) -> Cell | None:
        """All who took part; None where they were too few to be told of."""
        return next(iter(self.of(Report.ALL)), None)


def freeze(tx: Tx, of: DistrictMonth, cells: Sequence[Cell], now: datetime) -> None:
    """Keep a report for good; one that is there already stays as it is."""
    values = {
        "network_id": of.network,
        "district_id": of.district,
        "month": of.month.number,
        "cells": [
            [each.report.value, each.name, each.people, each.members, each.many, each.hours]
            for each in cells
        ],
        "made_at": now,
    }
    tx.execute(_FROZEN[tx.dialect], values)


def is_frozen(tx: Tx, of: DistrictMonth) -> bool:
    """Return whether the report of a district's month was made."""
    asked = select(report.c.id).where(
        report.c.network_id == of.network,
        report.c.district_id == of.district,
        report.c.month == of.month.number,
    )
    return tx.execute(asked).one_or_none() is not None


def get(tx: Tx, number: int) -> Frozen | None:
    """Return a report by its number."""
    row = tx.execute(select(report).where(report.c.id == number)).one_or_none()
    return None if row is None else _frozen(row)


def latest(tx: Tx, network: int, district: int) -> Frozen | None:
    """Return a district's latest report."""
    row = tx.execute(
        select(report)
        .where(report.c.network_id == network, report.c.district_id == district)
        .order_by(report.c.month.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _frozen(row)


def in_reach(tx: Tx, network: int, reach: Reach) -> Sequence[Frozen]:
    """Return the reports that somebody's roles cover, the latest first."""
    rows = tx.execute(
        select(report)
        .where(report.c.network_id == network, reach.where(district=report.c.district_id))
        .order_by(report.c.month.desc(), report.c.district_id)
        .limit(_MOST)
    )
    return [_frozen(row) for row in rows]


def of_district(tx: Tx, network: int, district: int, since: Month) -> Sequence[Frozen]:
    """Return a district's reports since a month, the first one first."""
    rows = tx.execute(
        select(report)
        .where(
            report.c.network_id == network,
            report.c.district_id == district,
            report.c.month >= since.number,
        )
        .order_by(report.c.month)
    )
    return [_frozen(row) for row in rows]


def _frozen(row: Row[tuple[object, ...]]) -> Frozen:
    cells = tuple(Cell(Report(each[0]), *each[1:]) for each in row.cells)
    return Frozen(row.id, row.network_id, row.district_id, month_of(row.month), cells, row.made_at)
