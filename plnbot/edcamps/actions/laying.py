"""Laying a board: from what somebody wrote, and calling it off."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.organising import OVER, topic_of
from plnbot.edcamps.layout import Layout
from plnbot.edcamps.model import Board, Phase, Room
from plnbot.edcamps.store import boards
from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import msg

LONGEST_TITLE, LONGEST_ABOUT = 120, 1000


def lay(
    tx: Tx,
    title: str,
    layout: Layout,
    place: Place | None,
    now: datetime,
    *,
    by: Person,
    zone: str = "",
) -> Board:
    """Lay a board, in the zone of who lays it or another; its first phase begins at its time."""
    if place is not None and boards.in_room(tx, place) is not None:
        raise Refused(msg("This room has a board already. `/pln edcamp` shows it."))
    said = f"{by.network.id}/{title}/{now.timestamp()}".encode()
    board = Board(
        id=0,
        network=by.network.id,
        title=one_line(clean(title))[:LONGEST_TITLE],
        about="",
        place=place,
        zone=zone or by.zone,
        phase=Phase.PLANNED,
        times=layout.times.begins,
        one_each_until=layout.times.one_each_until,
        seed=int.from_bytes(hashlib.sha256(said).digest()[:6]),
        version=0,
        public=False,
        secret=secrets.token_urlsafe(32),
        created_by=by.id,
    )
    number = boards.add(tx, board, now)
    boards.add_slots(tx, number, layout.slots)
    boards.add_rooms(tx, number, layout.rooms)
    made = phases.again(tx, number)
    audit.record(tx, made.network, by.id, "edcamp.laid", made.scope, now=now)
    tx.announce(topic_of(made.network))
    phases.go_on(tx, made, now)
    return phases.again(tx, number)


def call_off(tx: Tx, board: Board, now: datetime, *, by: Person) -> Board:
    """Call a board off: no phase begins any more."""
    board = phases.again(tx, board.id, lock=True)
    if board.ended:
        raise Refused(OVER)
    phases.end(tx, board, Phase.CALLED_OFF, now)
    audit.record(tx, board.network, by.id, "edcamp.called_off", board.scope, now=now)
    return phases.again(tx, board.id)


def let_read(tx: Tx, board: Board, now: datetime, *, public: bool | None, by: Person) -> Board:
    """Let anybody with its address read a board, or members alone; with None, the other than now."""
    board = phases.again(tx, board.id, lock=True)
    if public is None:
        public = not board.public
    if public is not board.public:
        boards.change(tx, board.id, public=public)
        what = "edcamp.opened" if public else "edcamp.shut"
        audit.record(tx, board.network, by.id, what, board.scope, now=now)
        tx.announce(board.scope)
    return replace(board, public=public)


def hold_in(
    tx: Tx, board: Board, room: Room, here: Place | None, now: datetime, *, by: Person
) -> None:
    """Let sessions in a room be held in a channel that is there, or, with None, in none; one room is one channel."""
    board = phases.again(tx, board.id, lock=True)
    for each in boards.rooms_of(tx, board):
        if each.id == room.id:
            boards.change_room(tx, each.id, replace(each, place=here))
        elif here is not None and each.place == here:
            boards.change_room(tx, each.id, replace(each, place=None))
    audit.record(tx, board.network, by.id, "edcamp.changed", board.scope, now=now)
    tx.announce(board.scope)


def share(tx: Tx, board: Board, who: Person, now: datetime, *, by: Person) -> None:
    """Let somebody organise a board too."""
    given = Grant(Role.ORGANISER, board.scope)
    if roles.grant(tx, board.network, who.id, given, by=by.id, now=now) is None:
        raise Refused(msg("{name} organises this board already.", name=who.name))
    audit.record(tx, board.network, by.id, "edcamp.shared", board.scope, now=now, to=who.id)
    tx.announce(board.scope)
