"""What pathways keep of a member: all of it is theirs."""

from sqlalchemy import delete, select

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.pathways.model import steps_of, unpacked
from plnbot.pathways.store import done, pathway, walk
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def _walks(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(walk, pathway.c.title)
        .join(pathway, pathway.c.id == walk.c.pathway_id)
        .where(walk.c.member_id == whose.id)
        .order_by(walk.c.began, walk.c.pathway_id)
    )
    return [
        {
            "pathway": row.title,
            "began": row.began.isoformat(),
            "left": row.left_at.isoformat() if row.left_at else None,
            "chosen_steps": list(row.chosen),
        }
        for row in rows
    ]


def _done(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(done, pathway.c.title, pathway.c.menu)
        .join(pathway, pathway.c.id == done.c.pathway_id)
        .where(done.c.member_id == whose.id)
        .order_by(done.c.at, done.c.step)
    )
    return [
        {
            "pathway": row.title,
            "step": next(
                (each.title for each in steps_of(unpacked(row.menu)) if each.id == row.step),
                str(row.step),
            ),
            "way": row.way,
            "activity": row.source_ref,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _forget_walks(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(walk).where(walk.c.member_id == erasure.whose.id))


def _forget_done(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(done).where(done.c.member_id == erasure.whose.id))


PERSONAL = Personal(
    (
        Holding(
            "pathway_walks",
            ("pathway_walk",),
            msg("Which pathways you walk or left, and which steps you chose"),
            msg("while you are a member"),
            _walks,
            _forget_walks,
        ),
        Holding(
            "pathway_steps",
            ("pathway_done",),
            msg("Which steps of pathways you said are done, and how"),
            msg("while you are a member"),
            _done,
            _forget_done,
        ),
    ),
    {"pathway": "menus as curators laid them, for everybody"},
)
