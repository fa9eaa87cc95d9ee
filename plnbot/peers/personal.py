"""What peers keep of a member: where they take part, whom they met, whom they set aside, what they reported."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.peers.store import private
from plnbot.peers.store.tables import (
    avoided,
    introduction,
    match_round,
    membership,
    programme,
    proposal,
    report,
    seat,
)
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _takes_part(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(membership, programme.c.name.label("called"))
        .join(programme, programme.c.id == membership.c.programme_id)
        .where(membership.c.member_id == whose.id)
        .order_by(membership.c.id)
    )
    return [
        {
            "programme": row.called,
            "as": row.side,
            "wishes": dict(row.wishes),
            "joined_at": _at(row.joined_at),
            "left_at": _at(row.left_at),
            "paused_until": _at(row.paused_until),
        }
        for row in rows
    ]


def _forget_part(tx: Tx, erasure: Erasure) -> None:
    """Take them out of programmes, and out of what rounds that go on were made from."""
    member = erasure.whose.id
    tx.execute(delete(membership).where(membership.c.member_id == member))
    mine = select(match_round).where(
        match_round.c.network_id == erasure.whose.network, match_round.c.given.is_not(None)
    )
    for row in tx.execute(mine).all():
        its = match_round.c.id == row.id
        tx.execute(update(match_round).where(its).values(**_without(row, member)))
    for column in (match_round.c.by_id, programme.c.made_by):
        table = column.table
        tx.execute(update(table).where(column == member).values({column.name: None}))


def _without(row: Any, member: int) -> dict[str, object]:
    """Return what a round was made from without one of its people: it cannot be replayed any more."""
    given, made = dict(row.given), dict(row.made or {})
    people = [each for each in given["people"] if each["id"] != member]
    if len(people) == len(given["people"]) and str(member) not in str(made):
        return {"given": row.given, "made": row.made}
    given["people"] = people
    for name in ("sides", "room"):
        given[name] = {who: each for who, each in given[name].items() if who != str(member)}
    for name in ("avoid", "met", "pairs"):
        given[name] = [each for each in given[name] if member not in each[:2]]
    for name in ("groups", "standing"):
        made[name] = [each for each in made.get(name, []) if member not in each[0]]
    for name in ("left", "out"):
        made[name] = [each for each in made.get(name, []) if each[0] != member]
    return {"given": given, "made": made}


def _met(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(seat, introduction.c.at, introduction.c.step, introduction.c.goals)
        .join(introduction, introduction.c.id == seat.c.introduction_id)
        .where(seat.c.member_id == whose.id)
        .order_by(introduction.c.id)
    )
    return [
        {
            "introduced_at": _at(row.at),
            "step": row.step,
            "goals": row.goals,
            "answer": row.answer,
            "answered_at": _at(row.answered_at),
            "minutes": row.minutes,
            "again": row.again,
            "words": row.words,
        }
        for row in rows
    ]


def _forget_met(tx: Tx, erasure: Erasure) -> None:
    """Take their seats away, with the goals and thanks that stood in those introductions."""
    theirs = select(seat.c.introduction_id).where(seat.c.member_id == erasure.whose.id)
    tx.execute(
        update(introduction).where(introduction.c.id.in_(theirs)).values(goals="", thanks="")
    )
    tx.execute(delete(seat).where(seat.c.member_id == erasure.whose.id))
    mine = introduction.c.by_id == erasure.whose.id
    tx.execute(update(introduction).where(mine).values(by_id=None))


def _private(tx: Tx, whose: Whose) -> Exported:
    aside = tx.execute(select(avoided).where(avoided.c.member_id == whose.id))
    asked = tx.execute(select(proposal).where(proposal.c.by_id == whose.id))
    return [
        *({"set_aside": row.other_id, "at": _at(row.at)} for row in aside),
        *({"proposed": [row.one_id, row.other_id], "note": row.note} for row in asked),
    ]


def _forget_private(tx: Tx, erasure: Erasure) -> None:
    private.forget_member(tx, erasure.whose.id)


def _reports(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(report).where(report.c.by_id == whose.id).order_by(report.c.id))
    return [{"words": row.words, "at": _at(row.at), "answer": row.answer} for row in rows]


def _forget_reports(tx: Tx, erasure: Erasure) -> None:
    """Take away what they reported; what others reported or answered stays without their name."""
    member = erasure.whose.id
    tx.execute(delete(report).where(report.c.by_id == member))
    named = or_(report.c.about_id == member, report.c.answered_by == member)
    for row in tx.execute(select(report).where(named)).all():
        values: dict[str, object] = {}
        if row.about_id == member:
            values["about_id"] = None
        if row.answered_by == member:
            values["answered_by"] = None
        tx.execute(update(report).where(report.c.id == row.id).values(**values))


def _at(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


PERSONAL = Personal(
    (
        Holding(
            "peers_part",
            ("peers_membership", "peers_round", "peers_programme"),
            msg("Where you take part, and what matters to you"),
            msg("while you are a member; what a round was made from until it is over"),
            _takes_part,
            _forget_part,
        ),
        Holding(
            "peers_met",
            ("peers_seat", "peers_introduction"),
            msg("Whom you were introduced to, and what you said of it"),
            msg("while you are a member"),
            _met,
            _forget_met,
            msg(
                "That there was an introduction stays for who was in it with you, without your name."
            ),
        ),
        Holding(
            "peers_private",
            ("peers_avoided", "peers_proposal"),
            msg("Whom you set aside, and whom you wanted to introduce"),
            msg("until you take it back, or are no longer a member"),
            _private,
            _forget_private,
        ),
        Holding(
            "peers_reports",
            ("peers_report",),
            msg("What you reported quietly, and what was answered"),
            msg("while you are a member"),
            _reports,
            _forget_reports,
            msg("Reports of others stay, without your name."),
        ),
    ),
)
