"""What is private: whom members avoid, what they report, whom they would like to introduce."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from plnbot.peers.model import Programme
from plnbot.peers.store.tables import avoided, proposal, report
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_AVOIDED = on_both(avoided, lambda new: new.on_conflict_do_nothing())


def avoid(tx: Tx, network: int, member: int, other: int, now: datetime) -> None:
    """Write down that a member does not want to meet another."""
    values = {"network_id": network, "member_id": member, "other_id": other, "at": now}
    tx.execute(_AVOIDED[tx.dialect], values)
    tx.announce(f"member:{member}")


def avoid_no_more(tx: Tx, member: int, other: int) -> None:
    """Take it back."""
    theirs = (avoided.c.member_id == member) & (avoided.c.other_id == other)
    tx.execute(delete(avoided).where(theirs))
    tx.announce(f"member:{member}")


@dataclass(frozen=True, slots=True)
class SetAside:
    """One whom a member does not want to meet."""

    network: int
    member: int
    other: int


def set_aside(tx: Tx, member: int, other: int) -> SetAside | None:
    """Return that a member avoids another, or None."""
    theirs = (avoided.c.member_id == member) & (avoided.c.other_id == other)
    row = tx.execute(select(avoided).where(theirs)).one_or_none()
    return None if row is None else SetAside(row.network_id, row.member_id, row.other_id)


def avoided_by(tx: Tx, member: int) -> Sequence[int]:
    """Return whom a member avoids; who avoids them is told to nobody."""
    found = select(avoided.c.other_id).where(avoided.c.member_id == member)
    return tuple(tx.execute(found.order_by(avoided.c.at, avoided.c.other_id)).scalars())


def avoiding(tx: Tx, network: int) -> frozenset[tuple[int, int]]:
    """Return the pairs of a network who never meet, the smaller number first."""
    rows = tx.execute(
        select(avoided.c.member_id, avoided.c.other_id).where(avoided.c.network_id == network)
    )
    return frozenset((min(a, b), max(a, b)) for a, b in (tuple(row) for row in rows))


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported quietly, and what was answered."""

    id: int
    network: int
    by: int | None
    about: int | None
    words: str
    at: datetime
    answered_by: int | None
    answer: str
    answered_at: datetime | None


def report_of(tx: Tx, number: int) -> Report | None:
    """Return a report."""
    row = tx.execute(select(report).where(report.c.id == number)).one_or_none()
    return None if row is None else _report(row)


def add_report(
    tx: Tx, network: int, by: int, words: str, now: datetime, *, about: int | None
) -> Report:
    """Write a report down."""
    made = tx.execute(
        insert(report)
        .values(
            network_id=network,
            by_id=by,
            about_id=about,
            words=words,
            at=now,
            answered_by=None,
            answer="",
            answered_at=None,
        )
        .returning(report)
    ).one()
    return _report(made)


def open_reports(tx: Tx, network: int) -> Sequence[Report]:
    """Return the reports that nobody has answered, the oldest first."""
    found = select(report).where(report.c.network_id == network, report.c.answered_at.is_(None))
    return [_report(row) for row in tx.execute(found.order_by(report.c.id))]


def answer_report(tx: Tx, number: int, by: int, words: str, now: datetime) -> bool:
    """Write an answer down; return False where somebody has answered meanwhile."""
    open_one = (report.c.id == number) & report.c.answered_at.is_(None)
    values = {"answered_by": by, "answer": words, "answered_at": now}
    return tx.execute(update(report).where(open_one).values(**values)).rowcount == 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two whom a member would like to introduce; `one_said` and `other_said` are yes, no or nothing."""

    id: int
    network: int
    programme: int
    by: int
    one: int
    other: int
    note: str
    at: datetime
    one_said: str
    other_said: str
    introduction: int | None


def propose(
    tx: Tx, of: Programme, by: int, two: tuple[int, int], note: str, *, now: datetime
) -> Proposal:
    """Write down whom a member would like to introduce."""
    made = tx.execute(
        insert(proposal)
        .values(
            network_id=of.network,
            programme_id=of.id,
            by_id=by,
            one_id=two[0],
            other_id=two[1],
            note=note,
            at=now,
            one_said="",
            other_said="",
            introduction_id=None,
        )
        .returning(proposal)
    ).one()
    return _proposal(made)


def proposal_of(tx: Tx, number: int, *, locked: bool = False) -> Proposal | None:
    """Return a proposal; `locked` until the unit ends."""
    found = select(proposal).where(proposal.c.id == number)
    row = tx.execute(found.with_for_update() if locked else found).one_or_none()
    return None if row is None else _proposal(row)


def note_proposal(tx: Tx, number: int, **values: object) -> None:
    """Write down what changes of a proposal."""
    tx.execute(update(proposal).where(proposal.c.id == number).values(**values))


def forget_member(tx: Tx, member: int) -> None:
    """Take away whom a member avoids, who avoids them, and whom they or others would introduce."""
    tx.execute(
        delete(avoided).where(or_(avoided.c.member_id == member, avoided.c.other_id == member))
    )
    named = (proposal.c.by_id, proposal.c.one_id, proposal.c.other_id)
    tx.execute(delete(proposal).where(or_(*(column == member for column in named))))


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id, row.network_id, row.by_id, row.about_id, row.words, row.at, row.answered_by, row.answer,
        row.answered_at,
    )  # fmt: skip


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        row.id, row.network_id, row.programme_id, row.by_id, row.one_id, row.other_id, row.note,
        row.at, row.one_said, row.other_said, row.introduction_id,
    )  # fmt: skip
