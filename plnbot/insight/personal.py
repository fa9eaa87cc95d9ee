"""What insight keeps of a member; its reports hold nobody."""

from datetime import datetime

from sqlalchemy import Table, delete, select

from plnbot.engine import needs_told
from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.insight.actions import keeping_current
from plnbot.insight.store.assessments import assessment, leave, rating
from plnbot.insight.store.tables import left_out, tally
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _tallies(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(tally)
        .where(tally.c.member_id == whose.id)
        .order_by(tally.c.month, tally.c.report, tally.c.name)
    )
    return [
        {
            "month": row.month,
            "by": row.report,
            "what": row.name,
            "how_often": row.many,
            "minutes": row.minutes,
        }
        for row in rows
    ]


def _wishes(tx: Tx, whose: Whose) -> Exported:
    told = needs_told.told
    rows = tx.execute(
        select(told)
        .where(told.c.member_id == whose.id)
        .order_by(told.c.month, told.c.need, told.c.how)
    )
    return [
        {"need": row.need, "month": row.month, "said_as": row.how, "at": row.at.isoformat()}
        for row in rows
    ]


def _out(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(left_out).where(left_out.c.member_id == whose.id))
    return [{"left_out_since": row.at.isoformat()} for row in rows]


def _ratings(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(rating, assessment.c.title, assessment.c.leader_id)
        .join(assessment, assessment.c.id == rating.c.assessment_id)
        .where(rating.c.member_id == whose.id)
        .order_by(rating.c.assessment_id)
    )
    return [
        {
            "team": row.title,
            "led_by_you": row.leader_id == whose.id,
            "said": row.figures,
            "at": row.rated_at.isoformat() if row.rated_at else None,
        }
        for row in rows
    ]


def _forget(tx: Tx, erasure: Erasure, table: Table) -> None:
    tx.execute(delete(table).where(table.c.member_id == erasure.whose.id))


def _read_each_hour(tx: Tx, now: datetime) -> None:
    """Have tallies kept current, on the clock by which others let go of what is over."""
    keeping_current.plan(tx, now)


PERSONAL = Personal(
    (
        Holding(
            "insight_tallies",
            ("insight_tally",),
            msg(
                "How much you did in a month by kind, skill and subject, to be counted among others"
            ),
            msg("thirteen months"),
            _tallies,
            lambda tx, erasure: _forget(tx, erasure, tally),
            msg(
                "You are in no report of a district that is made from now on. Those that were made"
                " stay as they are: they hold numbers in bands of five, and nobody's."
            ),
            expire=_read_each_hour,
        ),
        Holding(
            "insight_wishes",
            ("need_told",),
            msg("What you said that you need, to be counted among others"),
            msg("thirteen months"),
            _wishes,
            lambda tx, erasure: _forget(tx, erasure, needs_told.told),
        ),
        Holding(
            "insight_left_out",
            ("insight_left_out",),
            msg("That you left yourself out of what districts learn"),
            msg("until you are counted again"),
            _out,
            lambda tx, erasure: _forget(tx, erasure, left_out),
        ),
        Holding(
            "insight_ratings",
            ("insight_rating", "insight_assessment"),
            msg("Self-assessments of your teams, and the figures that you gave alone"),
            msg("while you are a member"),
            _ratings,
            lambda tx, erasure: leave(tx, erasure.whose.id),
            msg("What a team agreed on stays the team’s; what you said alone is gone."),
        ),
    ),
    {
        "insight_mark": "up to which activity, and which tag of one, all are counted",
        "insight_report": "numbers of a district's month in bands of five, which are nobody's",
    },
)
