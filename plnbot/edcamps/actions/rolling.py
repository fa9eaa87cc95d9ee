"""A standing board: once it is over it is laid anew, so many weeks later, without cards and people.

One that is called off comes again as well: it is that week's that does not take place. Its organisers stay.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.organising import OVER, topic_of
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.store import boards, day
from plnbot.engine import audit, roles
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.walltime import instant, local

WEEKLY = 1


def switch(tx: Tx, board: Board, now: datetime, *, rolls: bool | None, by: Person) -> bool:
    """Let a board come again every week, or no more; with None, the other than now. Return whether it does."""
    board = phases.again(tx, board.id, lock=True)
    if board.ended:
        raise Refused(OVER)
    before = day.rolls_every(tx, board.id) is not None
    if rolls is None:
        rolls = not before
    if rolls is before:
        return rolls
    day.let_roll(tx, board.id, WEEKLY if rolls else None)
    what = "edcamp.rolls" if rolls else "edcamp.rolls_not"
    audit.record(tx, board.network, by.id, what, board.scope, now=now)
    tx.announce(board.scope)
    return rolls


def roll(tx: Tx, number: int, now: datetime) -> Board | None:
    """Lay a board anew that has ended and comes again, once; return the new one."""
    board = boards.get(tx, number, lock=True)
    weeks = day.rolls_every(tx, number)
    if board is None or not board.ended or weeks is None:
        return None
    if day.came_after(tx, number) is not None or _taken(tx, board):
        return None
    by = _weeks_on(board, weeks, now)
    made = boards.add(tx, _anew(board, by), now)
    slots = boards.slots_of(tx, number)
    boards.add_slots(
        tx,
        made,
        [
            replace(
                each,
                starts_at=_later(each.starts_at, by, board.zone),
                ends_at=_later(each.ends_at, by, board.zone),
            )
            for each in slots
        ],
    )
    boards.add_rooms(tx, made, boards.rooms_of(tx, board))
    day.rolled(tx, number, made, weeks)
    new = boards.get(tx, made)
    if new is not None:
        _same_organisers(tx, board, new, now)
        phases.go_on(tx, new, now)
    tx.announce(topic_of(board.network))
    return new


def _same_organisers(tx: Tx, board: Board, new: Board, now: datetime) -> None:
    """Let whoever organises one board organise the other, for as long."""
    for each in roles.held_in(tx, board.network, now):
        if each.given.scope == board.scope:
            given = replace(each.given, scope=new.scope)
            roles.grant(tx, new.network, each.person, given, by=None, now=now, ends=each.ends)
            audit.record(tx, new.network, None, "edcamp.shared", new.scope, now=now, to=each.person)


def _taken(tx: Tx, board: Board) -> bool:
    """Return whether somebody has laid another board in its room meanwhile."""
    return board.place is not None and boards.in_room(tx, board.place) is not None


def _weeks_on(board: Board, weeks: int, now: datetime) -> timedelta:
    """Return by how much it comes later: an outage of a month leaves no board in the past."""
    by = timedelta(weeks=weeks)
    while _later(board.starts_at, by, board.zone) <= now:
        by += timedelta(weeks=weeks)
    return by


def _anew(board: Board, by: timedelta) -> Board:
    times = {each: _later(at, by, board.zone) for each, at in board.times.items()}
    one_each = board.one_each_until
    seed = hashlib.sha256(f"{board.seed}/{board.id}".encode()).digest()
    return replace(
        board,
        id=0,
        phase=Phase.PLANNED,
        times=times,
        one_each_until=_later(one_each, by, board.zone) if one_each else None,
        seed=int.from_bytes(seed[:6]),
        version=0,
        secret=secrets.token_urlsafe(32),
    )


def _later(at: datetime, by: timedelta, zone: str) -> datetime:
    """Return an instant so many days later, at the same clock."""
    return instant(local(at, zone).replace(tzinfo=None) + by, zone)
