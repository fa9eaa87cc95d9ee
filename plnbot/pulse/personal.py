"""What the pulse keeps of a member: all of it is theirs."""

from sqlalchemy import delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.pulse.store import answer, answered, option
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _answers(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "at": each.at.isoformat(),
            "answers": {name: list(said) for name, said in each.answers.items()},
        }
        for each in answered(tx, whose.id)
    ]


def _forget_answers(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(answer).where(answer.c.member_id == erasure.whose.id))


def _options(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(option).where(option.c.member_id == whose.id).order_by(option.c.id))
    return [
        {
            "title": row.title,
            "page": row.page,
            "rules": list(row.rules),
            "at": row.at.isoformat(),
            "no_because": row.because,
            "no_at": row.said_at.isoformat() if row.said_at else None,
        }
        for row in rows
    ]


def _forget_options(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(option).where(option.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "pulse_answers",
            ("pulse_answer",),
            msg("What you said that you need, each time you were asked"),
            msg("while you are a member"),
            _answers,
            _forget_answers,
        ),
        Holding(
            "pulse_options",
            ("pulse_option",),
            msg("What was offered to you and by which rules, and what you said no to"),
            msg("while you are a member"),
            _options,
            _forget_options,
        ),
    ),
    {"pulse_rhythm": "how often a network is asked"},
)
