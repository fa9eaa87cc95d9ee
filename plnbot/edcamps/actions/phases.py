"""Phases: begun by time as work, each told once in the board's room.

One piece of work for each board comes at its next change, whatever that is. It looks at the clock, not at
itself: after an outage the board is at once where it would be, and the room is told of that alone.
"""

from dataclasses import replace
from datetime import datetime

from plnbot.edcamps.actions import day
from plnbot.edcamps.actions.organising import key_of, topic_of
from plnbot.edcamps.model import PHASES, Board, Phase, next_change, phase_at
from plnbot.edcamps.store import boards, votes
from plnbot.engine import outbox, work
from plnbot.engine.outbox import Posting
from plnbot.engine.work import Urgency
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

PHASE = "edcamps.phase"
"""The work that begins a board's next phase, and the card that tells of one."""


def tick(tx: Tx, number: int, now: datetime) -> None:
    """Begin the phase whose time has come."""
    board = boards.get(tx, number, lock=True)
    if board is not None and not board.ended:
        go_on(tx, board, now)


def go_on(tx: Tx, board: Board, now: datetime) -> None:
    """Let a board be in the phase that its times say, and come again when the next one begins."""
    there = phase_at(board.times, now)
    if there is not board.phase:
        _begin(tx, replace(board, phase=there), board.phase, now)
    at = next_change(board.times, now)
    if at is None:
        work.cancel(tx, f"{key_of(board)}/next", now)
    else:
        payload = {"board": board.id}
        work.put(tx, PHASE, f"{key_of(board)}/next", at, payload, network=board.network)


def end(tx: Tx, board: Board, phase: Phase, now: datetime) -> None:
    """Let a board be over, or called off, whatever its times say."""
    work.cancel(tx, f"{key_of(board)}/next", now)
    _begin(tx, replace(board, phase=phase), board.phase, now)


def _begin(tx: Tx, board: Board, before: Phase, now: datetime) -> None:
    """Note where a board stands, and do what begins with it."""
    boards.change(tx, board.id, phase=board.phase.value)
    if board.ended:
        votes.forget(tx, board.id)
    if board.place is not None and board.phase is not Phase.PLANNED:
        room = Posting(tx, board.network, board.place, now, Urgency.TIMED)
        args: outbox.Args = {"board": board.id, "phase": board.phase.value}
        if not room.post(PHASE, args, key=phase_key(board, board.phase)):
            # It was on before: its times were changed. What told of it says by now that it is over.
            outbox.refresh(tx, phase_key(board, board.phase), now)
        outbox.refresh(tx, phase_key(board, before), now)
    day.soon(tx, board, now)
    tx.announce(topic_of(board.network))
    tx.announce(board.scope)


def changed(tx: Tx, board: Board, now: datetime) -> None:
    """Have what shows a board show it as it is now."""
    if board.phase in PHASES:
        outbox.refresh(tx, phase_key(board, board.phase), now)
    day.soon(tx, board, now)
    tx.announce(board.scope)


def again(tx: Tx, number: int, *, lock: bool = False) -> Board:
    """Return a board as it stands now; with `lock` nobody else changes it until this unit ends."""
    found = boards.get(tx, number, lock=lock)
    if found is None:
        raise Refused(msg("This board is no longer there."))
    return found


def phase_key(board: Board, phase: Phase) -> str:
    """Return the key of the post that tells of a phase."""
    return f"{key_of(board)}/{phase.value}"
