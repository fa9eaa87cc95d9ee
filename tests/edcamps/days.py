"""A board whose day is about to come: its sessions are placed, and everybody was told."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.edcamps.actions import day
from plnbot.edcamps.model import Board, Session
from plnbot.edcamps.store import boards, cards, sessions
from plnbot.store.database import Tx


def placed(tx: Tx, number: int, where: Sequence[tuple[int, int, int]], now: datetime) -> Board:
    """Place cards of a board in slots and rooms, each counted from 1, and tell everybody so."""
    board = boards.get(tx, number)
    assert board is not None
    slots, rooms = boards.slots_of(tx, number), boards.rooms_of(tx, board)
    there = cards.of_board(tx, number)
    for card, slot, room in where:
        at, within = slots[slot - 1].id, rooms[room - 1].id
        new = Session(
            0,
            number,
            there[card - 1].id,
            at,
            within,
            shown_slot=at,
            shown_room=within,
            version=1,
        )
        sessions.add(tx, new)
    boards.change(tx, number, version=1)
    told = boards.get(tx, number)
    assert told is not None
    day.soon(tx, told, now)
    return told
