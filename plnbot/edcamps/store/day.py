"""An EdCamp's day: what is held, who is where, what was noted, taken home and told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.edcamps.model.meetings import Announcement, Meeting, Note, Part, Takeaway
from plnbot.edcamps.model.presence import Move
from plnbot.edcamps.store import tables
from plnbot.edcamps.store.day_tables import (
    announcement,
    meeting,
    move,
    note,
    part,
    rolling,
    takeaway,
)
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_OPENED = on_both(meeting, lambda new: new.on_conflict_do_nothing().returning(meeting.c.session_id))
_TAKEN = on_both(part, lambda new: new.on_conflict_do_nothing().returning(part.c.member_id))
_SAID = on_both(
    takeaway,
    lambda new: new.on_conflict_do_update(
        index_elements=["board_id", "member_id"],
        set_={"words": new.excluded.words, "at": new.excluded.at},
    ),
)


def open_meeting(tx: Tx, new: Meeting) -> bool:
    """Write down that a session is held; False where that is known."""
    values = {
        "session_id": new.session,
        "board_id": new.board,
        "protocol": new.protocol,
        "began_at": new.began_at,
        "stage": new.stage,
        "starts_at": new.starts_at,
        "closes_at": new.closes_at,
        "ended_at": None,
        "tapped": None,
        "attended": None,
        "looked_at": None,
    }
    return tx.execute(_OPENED[tx.dialect], values).one_or_none() is not None


def change_meeting(tx: Tx, session: int, **values: object) -> None:
    """Change how a session is held."""
    tx.execute(update(meeting).where(meeting.c.session_id == session).values(**values))


def meeting_of(tx: Tx, session: int) -> Meeting | None:
    """Return how a session is held, None where it is not yet."""
    row = tx.execute(select(meeting).where(meeting.c.session_id == session)).one_or_none()
    return None if row is None else _meeting(row)


def meetings_of(tx: Tx, board: int) -> Mapping[int, Meeting]:
    """Return how a board's sessions are held that have begun, by session."""
    rows = tx.execute(select(meeting).where(meeting.c.board_id == board))
    return {row.session_id: _meeting(row) for row in rows}


def add_move(tx: Tx, board: int, member: int, session: int | None, now: datetime) -> None:
    """Note one tap."""
    values = {"board_id": board, "member_id": member, "session_id": session, "at": now}
    tx.execute(insert(move).values(values))


def moves_of(tx: Tx, board: int, member: int | None = None) -> Mapping[int, Sequence[Move]]:
    """Return everybody's moves on a board, or one member's, each in their order."""
    wanted = select(move).where(move.c.board_id == board).order_by(move.c.id)
    if member is not None:
        wanted = wanted.where(move.c.member_id == member)
    found: dict[int, list[Move]] = {}
    for row in tx.execute(wanted):
        found.setdefault(row.member_id, []).append(Move(row.session_id, row.at))
    return found


def where_is(tx: Tx, board: int, member: int) -> int | None:
    """Return the session in which a member is by their last tap on a board."""
    last = (
        select(move.c.session_id)
        .where(move.c.board_id == board, move.c.member_id == member)
        .order_by(move.c.id.desc())
        .limit(1)
    )
    found: int | None = tx.execute(last).scalar_one_or_none()
    return found


def who_is_in(tx: Tx, board: int) -> Mapping[int, tuple[int, ...]]:
    """Return who is in each session of a board by their last tap."""
    newest = select(func.max(move.c.id)).where(move.c.board_id == board).group_by(move.c.member_id)
    rows = tx.execute(
        select(move.c.session_id, move.c.member_id)
        .where(move.c.id.in_(newest), move.c.session_id.is_not(None))
        .order_by(move.c.id)
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.session_id, []).append(row.member_id)
    return {session: tuple(members) for session, members in found.items()}


def take_part(tx: Tx, session: int, which: Part, member: int) -> bool:
    """Let a member have a part in a session that nobody has; False where somebody has it."""
    values = {"session_id": session, "part": which.value, "member_id": member}
    return tx.execute(_TAKEN[tx.dialect], values).one_or_none() is not None


def give_part_up(tx: Tx, session: int, which: Part, member: int) -> bool:
    """Let a member have a part no more; False where they had it not."""
    mine = (part.c.session_id == session, part.c.part == which.value, part.c.member_id == member)
    return tx.execute(delete(part).where(*mine)).rowcount > 0


def give_all_parts_up(tx: Tx, member: int) -> tuple[int, ...]:
    """Let a member have no part in sessions that go on; return which these are."""
    running = select(meeting.c.session_id).where(meeting.c.ended_at.is_(None))
    mine = (part.c.member_id == member, part.c.session_id.in_(running))
    rows = tx.execute(delete(part).where(*mine).returning(part.c.session_id))
    return tuple(dict.fromkeys(row.session_id for row in rows))


def parts_of(tx: Tx, sessions: Collection[int]) -> Mapping[int, Mapping[Part, int]]:
    """Return who has which part, by session."""
    rows = tx.execute(select(part).where(part.c.session_id.in_(sessions)))
    found: dict[int, dict[Part, int]] = {}
    for row in rows:
        found.setdefault(row.session_id, {})[Part(row.part)] = row.member_id
    return found


def add_note(tx: Tx, session: int, member: int, words: str, now: datetime) -> int:
    """Write down what somebody noted; return its number."""
    values = {"session_id": session, "member_id": member, "words": words, "at": now}
    made: int = tx.execute(insert(note).values(values).returning(note.c.id)).scalar_one()
    return made


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note, with the network and the board that it is of."""

    note: Note
    network: int
    board: int


def kept_note(tx: Tx, number: int) -> KeptNote | None:
    """Return a note, None where there is none."""
    row = tx.execute(
        select(note, tables.board.c.network_id, tables.board.c.id.label("board"))
        .join(tables.session, tables.session.c.id == note.c.session_id)
        .join(tables.board, tables.board.c.id == tables.session.c.board_id)
        .where(note.c.id == number)
    ).one_or_none()
    if row is None:
        return None
    said = Note(row.id, row.session_id, row.member_id, row.words, row.at)
    return KeptNote(said, row.network_id, row.board)


def drop_note(tx: Tx, number: int) -> None:
    """Take a note away."""
    tx.execute(delete(note).where(note.c.id == number))


def notes_of(tx: Tx, sessions: Collection[int]) -> Mapping[int, Sequence[Note]]:
    """Return what was noted, by session, the first first."""
    rows = tx.execute(select(note).where(note.c.session_id.in_(sessions)).order_by(note.c.id))
    found: dict[int, list[Note]] = {}
    for row in rows:
        said = Note(row.id, row.session_id, row.member_id, row.words, row.at)
        found.setdefault(row.session_id, []).append(said)
    return found


def take_home(tx: Tx, board: int, member: int, words: str, now: datetime) -> None:
    """Note what a member takes home, instead of what they said before; no words take that back."""
    if words:
        values = {"board_id": board, "member_id": member, "words": words, "at": now}
        tx.execute(_SAID[tx.dialect], values)
    else:
        mine = (takeaway.c.board_id == board, takeaway.c.member_id == member)
        tx.execute(delete(takeaway).where(*mine))


def takeaways_of(tx: Tx, board: int) -> tuple[Takeaway, ...]:
    """Return what members take home, the first first."""
    rows = tx.execute(
        select(takeaway)
        .where(takeaway.c.board_id == board)
        .order_by(takeaway.c.at, takeaway.c.member_id)
    )
    return tuple(Takeaway(row.member_id, row.words, row.at) for row in rows)


def announce(tx: Tx, board: int, words: str, now: datetime) -> int:
    """Write down what organisers tell everybody; return its number."""
    values = {"board_id": board, "words": words, "at": now}
    made: int = tx.execute(
        insert(announcement).values(values).returning(announcement.c.id)
    ).scalar_one()
    return made


def announcements_of(tx: Tx, board: int, *, most: int = 20) -> tuple[Announcement, ...]:
    """Return what organisers told everybody, the newest first."""
    found = select(announcement).where(announcement.c.board_id == board)
    rows = tx.execute(found.order_by(announcement.c.id.desc()).limit(most))
    return tuple(Announcement(row.id, row.words, row.at) for row in rows)


def announcement_of(tx: Tx, number: int) -> tuple[int, Announcement] | None:
    """Return what organisers told everybody, with the number of its board; None where it is gone."""
    found = select(announcement).where(announcement.c.id == number)
    row = tx.execute(found).one_or_none()
    return (row.board_id, Announcement(row.id, row.words, row.at)) if row else None


def rolls_every(tx: Tx, board: int) -> int | None:
    """Return after how many weeks a board comes again, None where it does not."""
    found: int | None = tx.execute(
        select(rolling.c.weeks).where(rolling.c.board_id == board)
    ).scalar_one_or_none()
    return found


def let_roll(tx: Tx, board: int, weeks: int | None) -> None:
    """Let a board come again after so many weeks, or not."""
    tx.execute(delete(rolling).where(rolling.c.board_id == board))
    if weeks is not None:
        tx.execute(insert(rolling).values(board_id=board, weeks=weeks, next_id=None))


def came_after(tx: Tx, board: int) -> int | None:
    """Return the board that was laid anew from one, None where none was yet."""
    found: int | None = tx.execute(
        select(rolling.c.next_id).where(rolling.c.board_id == board)
    ).scalar_one_or_none()
    return found


def rolled(tx: Tx, board: int, into: int, weeks: int) -> None:
    """Note which board came after one, and that it comes again too."""
    tx.execute(update(rolling).where(rolling.c.board_id == board).values(next_id=into))
    let_roll(tx, into, weeks)


def board_of_room(tx: Tx, number: int) -> int:
    """Return the board that a room is of, 0 where there is no such room."""
    found: int | None = tx.execute(
        select(tables.room.c.board_id).where(tables.room.c.id == number)
    ).scalar_one_or_none()
    return found or 0


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        row.session_id,
        row.board_id,
        row.protocol,
        row.began_at,
        row.stage,
        row.starts_at,
        row.closes_at,
        row.ended_at,
        row.tapped,
        row.attended,
        row.looked_at,
    )
