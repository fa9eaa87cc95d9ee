"""To whom exemplars are shown, and what was asked about them."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, text, update

from plnbot.portfolio.model import Question, Share
from plnbot.portfolio.store.exemplars import TENANT
from plnbot.portfolio.store.tables import exemplar, question, share
from plnbot.store.database import Tx

_COLUMNS = {
    "network": "network_id",
    "member": "member_id",
    "to": "to_id",
    "withdrawn": "withdrawn_at",
}


def add(tx: Tx, new: Share) -> Share:
    """Keep a share; return it with its number."""
    values = {
        _COLUMNS.get(each.name, each.name): getattr(new, each.name)
        for each in fields(new)
        if each.name != "id"
    }
    values |= {"exemplars": list(new.exemplars), "code": new.code or None}
    made: int = tx.execute(insert(share).values(values).returning(share.c.id)).scalar_one()
    return replace(new, id=made)


def get(tx: Tx, number: int) -> Share | None:
    """Return a share by its number, or None."""
    row = tx.execute(select(share).where(share.c.id == number)).one_or_none()
    return None if row is None else _share(row)


def by_code(tx: Tx, code: str) -> Share | None:
    """Return the share of a link, or None."""
    row = tx.execute(select(share).where(share.c.code == code)).one_or_none()
    return None if row is None else _share(row)


def switched_off(tx: Tx, network: int) -> bool:
    """Return whether a network has portfolios switched off: nobody could withdraw what they share there."""
    off = tx.execute(text("SELECT off FROM network WHERE id = :id"), {"id": network}).scalar_one()
    return TENANT in str(off).split()


def of_member(tx: Tx, member: int) -> Sequence[Share]:
    """Return what a member shares or shared, the latest first."""
    found = select(share).where(share.c.member_id == member).order_by(share.c.id.desc())
    return tuple(map(_share, tx.execute(found)))


def open_of(tx: Tx, member: int, now: datetime) -> Sequence[Share]:
    """Return what a member shares now, what ends first before the rest."""
    return _open(tx, share.c.member_id, member, now)


def open_to(tx: Tx, member: int, now: datetime) -> Sequence[Share]:
    """Return what others share with a member now."""
    return _open(tx, share.c.to_id, member, now)


def _open(tx: Tx, column: Any, member: int, now: datetime) -> Sequence[Share]:
    lasts = share.c.withdrawn_at.is_(None), share.c.until > now
    found = select(share).where(column == member, *lasts).order_by(share.c.until, share.c.id)
    return tuple(map(_share, tx.execute(found)))


def withdraw(tx: Tx, found: Share, now: datetime) -> None:
    """End a share at once; one that is withdrawn stays as it was."""
    these = share.c.id == found.id, share.c.withdrawn_at.is_(None)
    tx.execute(update(share).where(*these).values(withdrawn_at=now))


def ask(tx: Tx, new: Question) -> int:
    """Keep a question; return its number."""
    values = {
        "share_id": new.share,
        "exemplar_id": new.exemplar,
        "asker_id": new.asker,
        "words": new.words,
        "at": new.at,
        "answer": "",
    }
    made: int = tx.execute(insert(question).values(values).returning(question.c.id)).scalar_one()
    return made


def get_question(tx: Tx, number: int) -> Question | None:
    """Return a question by its number, or None."""
    row = tx.execute(select(question).where(question.c.id == number)).one_or_none()
    return None if row is None else _question(row)


def questions_of(tx: Tx, numbers: Collection[int]) -> Sequence[Question]:
    """Return what was asked about exemplars, in the order in which it came."""
    found = select(question).where(question.c.exemplar_id.in_(numbers))
    return tuple(map(_question, tx.execute(found.order_by(question.c.id))))


def waiting(tx: Tx, member: int) -> Sequence[Question]:
    """Return the questions that a teacher has neither answered nor set aside."""
    found = (
        select(question)
        .join(exemplar, exemplar.c.id == question.c.exemplar_id)
        .where(
            exemplar.c.member_id == member,
            question.c.answered_at.is_(None),
            question.c.set_aside_at.is_(None),
        )
    )
    return tuple(map(_question, tx.execute(found.order_by(question.c.id))))


def asked_of(tx: Tx, number: int) -> int:
    """Return how many questions were asked on a share."""
    found = select(func.count()).where(question.c.share_id == number)
    return int(tx.execute(found).scalar_one())


def answer(tx: Tx, one: Question, words: str, now: datetime) -> None:
    """Keep what a teacher answers; the last answer stands."""
    these = update(question).where(question.c.id == one.id)
    tx.execute(these.values(answer=words, answered_at=now, set_aside_at=None))


def set_aside(tx: Tx, one: Question, now: datetime) -> None:
    """Keep that a teacher leaves a question as it is."""
    tx.execute(update(question).where(question.c.id == one.id).values(set_aside_at=now))


def _share(row: Row[Any]) -> Share:
    return Share(
        row.id,
        row.network_id,
        row.member_id,
        tuple(row.exemplars),
        row.at,
        row.until,
        row.to_id,
        row.code or "",
        row.name,
        row.zone,
        row.address,
        row.withdrawn_at,
    )


def _question(row: Row[Any]) -> Question:
    return Question(
        row.id,
        row.share_id,
        row.exemplar_id,
        row.asker_id,
        row.words,
        row.at,
        row.answer,
        row.answered_at,
        row.set_aside_at,
    )
