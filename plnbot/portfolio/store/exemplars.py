"""Exemplars, their versions and what shows them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot import kept_files
from plnbot.goals.model import Indicator
from plnbot.portfolio.model import Evidence, Exemplar, Show, Told, Version
from plnbot.portfolio.store.tables import evidence, exemplar, question, version
from plnbot.store.database import Tx

TENANT = "portfolio"
"""Whose kept files these are."""


def add(tx: Tx, network: int, member: int, told: Told, what: str, *, now: datetime) -> Exemplar:
    """Keep an exemplar with its first version."""
    values = {
        "network_id": network,
        "member_id": member,
        **_told(told),
        "version": 1,
        "at": now,
        "changed_at": now,
    }
    made = tx.execute(insert(exemplar).values(values).returning(exemplar)).one()
    _add_version(tx, made.id, Version(1, what, "", now))
    return _exemplar(made)


def change(tx: Tx, number: int, told: Told, now: datetime) -> None:
    """Keep what is told of an exemplar now."""
    values = {**_told(told), "changed_at": now}
    tx.execute(update(exemplar).where(exemplar.c.id == number).values(values))


def add_version(tx: Tx, number: int, what: str, why: str, now: datetime) -> None:
    """Keep a new version of an exemplar: the one after its latest."""
    bumped = update(exemplar).where(exemplar.c.id == number)
    values = {"version": exemplar.c.version + 1, "changed_at": now}
    latest: int = tx.execute(bumped.values(values).returning(exemplar.c.version)).scalar_one()
    _add_version(tx, number, Version(latest, what, why, now))


def get(tx: Tx, number: int) -> Exemplar | None:
    """Return an exemplar by its number, or None."""
    row = tx.execute(select(exemplar).where(exemplar.c.id == number)).one_or_none()
    return None if row is None else _exemplar(row)


def of_member(tx: Tx, member: int) -> Sequence[Exemplar]:
    """Return a member's exemplars, the latest changed first."""
    found = select(exemplar).where(exemplar.c.member_id == member)
    order = found.order_by(exemplar.c.changed_at.desc(), exemplar.c.id.desc())
    return tuple(map(_exemplar, tx.execute(order)))


def many(tx: Tx, member: int) -> int:
    """Return how many exemplars a member has."""
    found = select(func.count()).where(exemplar.c.member_id == member)
    return int(tx.execute(found).scalar_one())


def among(tx: Tx, member: int, numbers: Collection[int]) -> Sequence[Exemplar]:
    """Return which of these exemplars are a member's, the oldest first; what is gone is not in it."""
    found = select(exemplar).where(exemplar.c.member_id == member, exemplar.c.id.in_(numbers))
    return tuple(map(_exemplar, tx.execute(found.order_by(exemplar.c.id)))) if numbers else ()


def versions_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, Sequence[Version]]:
    """Return the versions of exemplars, the latest first."""
    found: dict[int, list[Version]] = {}
    these = select(version).where(version.c.exemplar_id.in_(numbers))
    for row in tx.execute(these.order_by(version.c.number.desc())):
        one = Version(row.number, row.what, row.why, row.at)
        found.setdefault(row.exemplar_id, []).append(one)
    return found


def evidence_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, Sequence[Evidence]]:
    """Return what shows exemplars, in the order in which it came."""
    found: dict[int, list[Evidence]] = {}
    these = select(evidence).where(evidence.c.exemplar_id.in_(numbers)).order_by(evidence.c.id)
    for row in tx.execute(these):
        found.setdefault(row.exemplar_id, []).append(_evidence(row))
    return found


def show(tx: Tx, new: Evidence) -> None:
    """Keep what shows an exemplar."""
    tx.execute(
        insert(evidence).values(
            exemplar_id=new.exemplar,
            version=new.version,
            show=new.show.value,
            title=new.title,
            file_id=new.file,
            link=new.link,
            source_ref=new.source,
            at=new.at,
        )
    )


def get_evidence(tx: Tx, number: int) -> Evidence | None:
    """Return a piece of evidence by its number, or None."""
    row = tx.execute(select(evidence).where(evidence.c.id == number)).one_or_none()
    return None if row is None else _evidence(row)


def unshow(tx: Tx, one: Evidence) -> None:
    """Take a piece of evidence away, and its file."""
    tx.execute(delete(evidence).where(evidence.c.id == one.id))
    if one.file is not None and (found := kept_files.get(tx, TENANT, one.file)):
        kept_files.remove(tx, [found])


def remove(tx: Tx, numbers: Collection[int]) -> None:
    """Take exemplars away with all that belongs to them."""
    for table in (question, evidence, version):
        tx.execute(delete(table).where(table.c.exemplar_id.in_(numbers)))
    kept_files.remove_rows(tx, TENANT, numbers)
    tx.execute(delete(exemplar).where(exemplar.c.id.in_(numbers)))


def _add_version(tx: Tx, number: int, new: Version) -> None:
    values = {"number": new.number, "what": new.what, "why": new.why, "at": new.at}
    tx.execute(insert(version).values(exemplar_id=number, **values))


def _told(told: Told) -> dict[str, object]:
    return {
        "title": told.title,
        "goal_id": told.goal,
        "indicator": told.indicator.value if told.indicator else "",
        "own": told.own,
        "reflection": told.reflection,
    }


def _exemplar(row: Row[Any]) -> Exemplar:
    indicator = Indicator(row.indicator) if row.indicator else None
    told = Told(row.title, row.goal_id, indicator, row.own, row.reflection)
    return Exemplar(
        row.id, row.network_id, row.member_id, told, row.version, row.at, row.changed_at
    )


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(
        row.id,
        row.exemplar_id,
        row.version,
        Show(row.show),
        row.title,
        row.at,
        row.file_id,
        row.link,
        row.source_ref,
    )
