"""Sessions: cards in slots and rooms."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from plnbot.edcamps.model import Board, Session
from plnbot.edcamps.model.meetings import Place, places
from plnbot.edcamps.store import boards
from plnbot.edcamps.store.tables import session
from plnbot.store.database import Tx

_UNSHOWN = session.c.version == 0
_PLACED = (
    update(session)
    .where(session.c.id == bindparam("number"))
    .values(slot_id=bindparam("slot"), room_id=bindparam("room"), pinned=bindparam("stays"))
)


def places_of(tx: Tx, board: Board) -> Mapping[int, Place]:
    """Return where and when everybody was told that a board's sessions are, by session."""
    slots, rooms = boards.slots_of(tx, board.id), boards.rooms_of(tx, board)
    return places(of_board(tx, board.id), slots, rooms)


def add(tx: Tx, new: Session) -> int:
    """Write down a session, whose `id` is not known yet, and return that."""
    made: int = tx.execute(insert(session).returning(session.c.id), _values(new)).scalar_one()
    return made


def add_all(tx: Tx, new: Sequence[Session]) -> None:
    """Write down sessions whose `id`s are not known yet."""
    if new:
        tx.execute(insert(session), list(map(_values, new)))


def _values(new: Session) -> dict[str, object]:
    return {
        "board_id": new.board,
        "card_id": new.card,
        "slot_id": new.slot,
        "room_id": new.room,
        "pinned": new.pinned,
        "run": new.run,
        "shown_slot_id": new.shown_slot,
        "shown_room_id": new.shown_room,
        "version": new.version,
        "cancelled_at": new.cancelled_at,
    }


def get(tx: Tx, number: int) -> Session | None:
    """Return a session."""
    row = tx.execute(select(session).where(session.c.id == number)).one_or_none()
    return None if row is None else _session(row)


def of_board(tx: Tx, board: int) -> tuple[Session, ...]:
    """Return a board's sessions, those that were called off too."""
    found = select(session).where(session.c.board_id == board).order_by(session.c.id)
    return tuple(map(_session, tx.execute(found)))


def of_card(tx: Tx, card: int) -> tuple[Session, ...]:
    """Return the sessions that a card became."""
    found = select(session).where(session.c.card_id == card).order_by(session.c.run)
    return tuple(map(_session, tx.execute(found)))


def change(tx: Tx, number: int, values: Mapping[str, object]) -> None:
    """Change a session's columns."""
    tx.execute(update(session).where(session.c.id == number).values(**values))


def place_all(tx: Tx, these: Sequence[Session]) -> None:
    """Let sessions be where these say by now, and stay there where they are pinned."""
    if these:
        tx.execute(
            _PLACED,
            [
                {"number": each.id, "slot": each.slot, "room": each.room, "stays": each.pinned}
                for each in these
            ],
        )


def show_all(tx: Tx, numbers: Collection[int], version: int) -> None:
    """Note that everybody is told by this version that these sessions are where they are."""
    there = {"shown_slot_id": session.c.slot_id, "shown_room_id": session.c.room_id}
    tx.execute(
        update(session).where(session.c.id.in_(numbers)).values(there | {"version": version})
    )


def let_go(tx: Tx, slot: int | None, room: int | None, instead: tuple[int, int]) -> None:
    """Let what was called off be nowhere that anybody was told of, for its slot or its room goes.

    So that its row stays, with all that was noted in it, it has another of the board's.
    """
    for placed, shown, gone, other in (
        (session.c.slot_id, session.c.shown_slot_id, slot, instead[0]),
        (session.c.room_id, session.c.shown_room_id, room, instead[1]),
    ):
        off = session.c.cancelled_at.is_not(None)
        if gone is not None:
            tx.execute(update(session).where(off, placed == gone).values({placed: other}))
            tx.execute(update(session).where(off, shown == gone).values({shown: None}))


def drop_unshown(tx: Tx, number: int) -> bool:
    """Take a session out of the grid that nobody was told of; False where somebody was."""
    gone = tx.execute(delete(session).where(session.c.id == number, _UNSHOWN))
    return gone.rowcount > 0


def _session(row: Row[Any]) -> Session:
    return Session(
        row.id,
        row.board_id,
        row.card_id,
        row.slot_id,
        row.room_id,
        row.pinned,
        row.run,
        row.shown_slot_id,
        row.shown_room_id,
        row.version,
        row.cancelled_at,
    )
