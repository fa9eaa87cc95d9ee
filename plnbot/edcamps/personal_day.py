"""What an EdCamp's day keeps of a member: where they tapped that they were, parts, notes, takeaways."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, delete, select

from plnbot.edcamps.store.day_tables import move, note, part, takeaway
from plnbot.edcamps.store.tables import board, card, session
from plnbot.engine.personal import Erasure, Exported, Holding, Whose
from plnbot.store.database import Tx
from plnbot.talk.words import msg

MOVES_LAST = timedelta(days=60)


def _of_session(tx: Tx, column: Column[str], whose: Whose) -> Sequence[tuple[str, str]]:
    """Return what stands in a column of a member's rows, with the session that each is of."""
    table = column.table
    rows = tx.execute(
        select(column, card.c.words.label("held"))
        .join(session, session.c.id == table.c.session_id)
        .join(card, card.c.id == session.c.card_id)
        .where(table.c.member_id == whose.id)
    )
    return [(row.held, row[0]) for row in rows]


def _moves(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(
        select(move.c.at, card.c.words)
        .join(session, session.c.id == move.c.session_id, isouter=True)
        .join(card, card.c.id == session.c.card_id, isouter=True)
        .where(move.c.member_id == whose.id)
        .order_by(move.c.id)
    )
    return [{"at": row.at.isoformat(), "in": row.words or "nowhere"} for row in rows]


def _forget_old_moves(tx: Tx, now: datetime) -> None:
    tx.execute(delete(move).where(move.c.at < now - MOVES_LAST))


def _parts(tx: Tx, whose: Whose) -> Exported:
    return [{"session": held, "part": which} for held, which in _of_session(tx, part.c.part, whose)]


def _notes(tx: Tx, whose: Whose) -> Exported:
    noted = [
        {"session": held, "words": said} for held, said in _of_session(tx, note.c.words, whose)
    ]
    rows = tx.execute(
        select(board.c.title, takeaway.c.words)
        .join(board, board.c.id == takeaway.c.board_id)
        .where(takeaway.c.member_id == whose.id)
    )
    return [*noted, *({"edcamp": row.title, "takeaway": row.words} for row in rows)]


def _all(tx: Tx, whose: Whose) -> Exported:
    return [*_moves(tx, whose), *_parts(tx, whose), *_notes(tx, whose)]


def _forget(tx: Tx, erasure: Erasure) -> None:
    for each in (move, part, note, takeaway):
        tx.execute(delete(each).where(each.c.member_id == erasure.whose.id))


HOLDINGS = (
    Holding(
        "edcamp_day",
        ("edcamp_move", "edcamp_part", "edcamp_note", "edcamp_takeaway"),
        msg("Where you were at an EdCamp, and what you did, noted and took home there"),
        msg("your taps for sixty days, the rest until you take it back"),
        _all,
        _forget,
        expire=_forget_old_moves,
    ),
)
NOTHING = {
    "edcamp_meeting": "how a session is held: its protocol, its time, how many came",
    "edcamp_rolling": "which board comes again by itself",
    "edcamp_announcement": "what organisers told everybody, without who wrote it",
}
