"""Who took lessons, how it went, and what was reported."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from plnbot.lessons.model import Use, Went
from plnbot.lessons.store.tables import lesson, report, use
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_TAKEN = on_both(use, lambda new: new.on_conflict_do_nothing())
_REPORTED = on_both(
    report,
    lambda new: new.on_conflict_do_update(
        index_elements=["lesson_id", "member_id"], set_={"words": new.excluded.words}
    ),
)


def take(tx: Tx, number: int, member: int, now: datetime) -> None:
    """Keep that a member took a lesson."""
    values = {"lesson_id": number, "member_id": member, "taken_at": now, "went": "", "sentence": ""}
    tx.execute(_TAKEN[tx.dialect], values)


def tell(tx: Tx, number: int, member: int, went: Went, sentence: str, *, now: datetime) -> None:
    """Keep how it went when a member used a lesson; what they said last counts."""
    take(tx, number, member, now)
    these = use.c.lesson_id == number, use.c.member_id == member
    values = {"used_at": now, "went": went.value, "sentence": sentence}
    tx.execute(update(use).where(*these).values(values))


def of_lesson(tx: Tx, number: int) -> Sequence[Use]:
    """Return who used a lesson, the latest first."""
    these = use.c.lesson_id == number, use.c.used_at.is_not(None)
    rows = tx.execute(select(use).where(*these).order_by(use.c.used_at.desc(), use.c.member_id))
    return tuple(map(_use, rows))


def of_member(tx: Tx, member: int) -> Sequence[Use]:
    """Return what a member took, the latest first."""
    rows = tx.execute(select(use).where(use.c.member_id == member).order_by(use.c.taken_at.desc()))
    return tuple(map(_use, rows))


def takers_of(tx: Tx, numbers: Collection[int]) -> Mapping[int, Sequence[int]]:
    """Return who took lessons, by lesson."""
    found: dict[int, list[int]] = {}
    these = select(use.c.lesson_id, use.c.member_id).where(use.c.lesson_id.in_(numbers))
    for row in tx.execute(these):
        found.setdefault(row.lesson_id, []).append(row.member_id)
    return found


def get(tx: Tx, number: int, member: int) -> Use | None:
    """Return what a member did with a lesson, or None."""
    these = use.c.lesson_id == number, use.c.member_id == member
    row = tx.execute(select(use).where(*these)).one_or_none()
    return None if row is None else _use(row)


def add_report(tx: Tx, number: int, member: int, words: str, now: datetime) -> None:
    """Keep what a member reports of a lesson; what they said last counts."""
    values = {"lesson_id": number, "member_id": member, "words": words, "at": now}
    tx.execute(_REPORTED[tx.dialect], values)


def reports_in(tx: Tx, network: int) -> Mapping[int, Sequence[str]]:
    """Return what was reported in a network of lessons that stand, by lesson, without by whom."""
    stands = lesson.c.withdrawn_at.is_(None), lesson.c.down_at.is_(None)
    found: dict[int, list[str]] = {}
    rows = tx.execute(
        select(report.c.lesson_id, report.c.words)
        .join(lesson, lesson.c.id == report.c.lesson_id)
        .where(lesson.c.network_id == network, *stands)
        .order_by(report.c.at, report.c.lesson_id)
    )
    for row in rows:
        found.setdefault(row.lesson_id, []).append(row.words)
    return found


def reported(tx: Tx, number: int) -> int:
    """Return how many reported a lesson."""
    found = select(func.count()).where(report.c.lesson_id == number)
    return int(tx.execute(found).scalar_one())


def forget_reports(tx: Tx, number: int) -> None:
    """Take away what was reported of a lesson, once somebody has looked."""
    tx.execute(delete(report).where(report.c.lesson_id == number))


def _use(row: Row[Any]) -> Use:
    went = Went(row.went) if row.went else None
    return Use(row.lesson_id, row.member_id, row.taken_at, row.used_at, went, row.sentence)
