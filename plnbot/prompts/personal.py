"""What prompts keep of a member: the schedules they set up, and the prompts they suggested."""

from sqlalchemy import delete, or_, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.prompts import actions, answers_personal
from plnbot.prompts.store.tables import prompt, rewording, schedule
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _set_up(tx: Tx, whose: Whose) -> Exported:
    theirs = or_(schedule.c.created_by == whose.id, schedule.c.edited_by == whose.id)
    rows = tx.execute(select(schedule).where(theirs).order_by(schedule.c.id))
    return [
        {
            "title": row.title,
            "schedule": row.schedule,
            "made": row.created_by == whose.id,
            "made_at": row.created_at.isoformat(),
        }
        for row in rows
    ]


def _keep_set_up(_tx: Tx, _erasure: Erasure) -> None:
    """Leave them: a schedule is the network's, and who made it is a number by now."""


def _suggested(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(prompt).where(prompt.c.author_id == whose.id).order_by(prompt.c.id))
    return [
        {
            "words": row.words,
            "status": row.status,
            "with_name": row.named,
            "reason": row.reason,
            "suggested_at": row.created_at.isoformat(),
            "asked": row.uses,
        }
        for row in rows
    ]


def _erase_suggested(tx: Tx, erasure: Erasure) -> None:
    """Leave what was asked or accepted, without its author; nobody is left to agree to other words."""
    theirs = prompt.c.author_id == erasure.whose.id
    ideas = select(prompt.c.id).where(theirs)
    tx.execute(delete(rewording).where(rewording.c.prompt_id.in_(ideas)))
    for each in tx.execute(ideas).scalars().all():
        actions.show_anew(tx, each, erasure.now)
    tx.execute(update(prompt).where(theirs).values(author_id=None, named=False))


PERSONAL = Personal(
    (
        Holding(
            "prompt_schedules",
            ("prompt_schedule",),
            msg("The prompts you set up"),
            msg("as long as the network exists"),
            _set_up,
            _keep_set_up,
            msg("The prompts you set up stay the network's, without your name."),
        ),
        Holding(
            "suggested_prompts",
            ("prompt", "prompt_rewording"),
            msg("The prompts you suggested, and what was said of them"),
            msg("as long as the network exists"),
            _suggested,
            _erase_suggested,
            msg("Prompts that you suggested stay the network's, without your name."),
        ),
        *answers_personal.HOLDINGS,
    ),
    {
        **answers_personal.NOTHING,
        "prompt_room": "rooms in which a network asks its prompts",
        "prompt_occurrence": "when a network asks which prompt; the answers are gathering's",
        "prompt_low": "which bank runs low, and since when",
        "prompt_asked": "in which room what was asked, and when",
    },
)
