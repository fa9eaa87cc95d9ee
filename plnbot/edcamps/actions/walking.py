"""Two feet: a tap says where somebody is, nobody is told, and their checked-in time goes along."""

import hashlib
from datetime import datetime

from plnbot.edcamps.actions.organising import OVER
from plnbot.edcamps.model import Board, Phase, Room
from plnbot.edcamps.model.meetings import Place
from plnbot.edcamps.store import boards, day, sessions
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.text import When
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

_ALPHABET, _LENGTH = "abcdefghjkmnpqrstvwxyz23456789", 5
"""Letters and digits of a door's word; none that is taken for another."""
NOT_HELD = msg("This session does not take place.")
NO_DOOR = msg("No door has this code. Scan it again, or type what stands below it.")


def why_not(board: Board, place: Place | None, now: datetime) -> Sentence | None:
    """Say why nobody can be in a session now, where that is so."""
    if board.ended:
        return OVER
    if place is None:
        return NOT_HELD
    if place.closes_at <= now:
        return msg("This session is over.")
    if not place.takes_people(now):
        return msg("It begins {when}. Tap again then.", when=When(place.slot.starts_at))
    return None


def go(tx: Tx, board: Board, place: Place | None, now: datetime, *, by: Person) -> Place:
    """Let a member be in a session from now on; `Refused` where they cannot be."""
    if why := why_not(board, place, now):
        raise Refused(why)
    if place is None:
        raise Refused(NOT_HELD)
    if day.where_is(tx, board.id, by.id) != place.session.id:
        day.add_move(tx, board.id, by.id, place.session.id, now)
        tx.announce(board.scope)
    return place


def leave(tx: Tx, board: Board, now: datetime, *, by: Person) -> None:
    """Let a member be nowhere from now on."""
    if day.where_is(tx, board.id, by.id) is not None:
        day.add_move(tx, board.id, by.id, None, now)
        tx.announce(board.scope)


def acted(tx: Tx, board: Board, place: Place | None, now: datetime, *, by: Person) -> None:
    """Let who does something for a session that goes on, and said nothing of where they are, be there."""
    running = place is not None and place.slot.starts_at <= now < place.closes_at
    if place is not None and running and day.where_is(tx, board.id, by.id) is None:
        day.add_move(tx, board.id, by.id, place.session.id, now)


@dataclass(frozen=True, slots=True)
class Door:
    """The door of a room."""

    board: Board
    room: Room
    code: str


def door_code(board: Board, room: Room) -> str:
    """Return what a room's door is known by: short enough to type, and not to be guessed at leisure."""
    made = hashlib.sha256(f"{board.secret}/door/{room.id}".encode()).digest()
    word = "".join(_ALPHABET[each % len(_ALPHABET)] for each in made[:_LENGTH])
    return f"{room.id}-{word}"


def door_of(tx: Tx, code: str) -> Door | None:
    """Return the door of a code, whatever network's; None where there is none."""
    said = code.strip().strip("“”\"'.").lower()
    number = row_number(said.partition("-")[0])
    board = boards.get(tx, day.board_of_room(tx, number))
    room = (
        next((each for each in boards.rooms_of(tx, board) if each.id == number), None)
        if board
        else None
    )
    if board is None or room is None or board.phase is Phase.CALLED_OFF:
        return None
    return Door(board, room, said) if door_code(board, room) == said else None


def behind(tx: Tx, door: Door, now: datetime) -> Place | None:
    """Return the session behind a door, now or within minutes; None where nothing is on."""
    board = door.board
    there = sessions.places_of(tx, board)
    found = [
        each for each in there.values() if each.room.id == door.room.id and each.takes_people(now)
    ]
    return min(found, key=lambda each: each.slot.starts_at, default=None)
