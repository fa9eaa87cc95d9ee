"""What prompts keep of a member who answers: that they passed, and what they said became of theirs."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Whose
from plnbot.prompts import store
from plnbot.prompts.store.answering import passed, reflection
from plnbot.prompts.store.tables import occurrence, prompt
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _passes(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(occurrence.c.asked_at, prompt.c.words)
        .join(passed, passed.c.occurrence_id == occurrence.c.id)
        .join(prompt, prompt.c.id == occurrence.c.prompt_id)
        .where(passed.c.member_id == whose.id)
        .order_by(occurrence.c.id)
    )
    return [
        {"prompt": row.words, "asked_at": row.asked_at.isoformat() if row.asked_at else None}
        for row in rows
    ]


def _erase_passes(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(passed).where(passed.c.member_id == erasure.whose.id))


def _reflections(tx: Tx, whose: Whose) -> Exported:
    return [
        {
            "you_said": each.said,
            "said_at": each.said_at.isoformat(),
            "asked_at": each.asked_at.isoformat(),
            "what_became_of_it": each.words,
            "at": each.at.isoformat() if each.at else None,
        }
        for each in store.reflections_of(tx, whose.id)
    ]


def _erase_reflections(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(reflection).where(reflection.c.member_id == erasure.whose.id))


HOLDINGS = (
    Holding(
        "passes",
        ("prompt_pass",),
        msg("Which prompts you passed on"),
        msg("while you are a member"),
        _passes,
        _erase_passes,
    ),
    Holding(
        "reflections",
        ("prompt_reflection",),
        msg("What you told me, alone, became of what you had answered to prompts"),
        msg("while you are a member"),
        _reflections,
        _erase_reflections,
    ),
)
NOTHING: Mapping[str, str] = {
    "prompt_closing": "until when answers to a prompt are on time, and when they were gathered",
}
