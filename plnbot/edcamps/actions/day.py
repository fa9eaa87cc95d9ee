"""The day of a board: sessions open at their time, their protocols go on, and they end five minutes early.

One piece of work for each board comes at the next instant at which something is to be done, whatever that
is. It looks at the clock and at the tables, not at itself: after an outage, or once somebody has changed
the grid or a slot, it does what is to be done by now and comes again. Each step is known by a row, so it
is taken once.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from plnbot.edcamps.actions import held, rescuing, sharing_out
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board, Phase
from plnbot.edcamps.model.meetings import Meeting, Place
from plnbot.edcamps.model.timing import stage_at
from plnbot.edcamps.store import boards, day, sessions
from plnbot.engine import work
from plnbot.engine.ports import Directory
from plnbot.store.database import Tx

DAY = "edcamps.day"
"""The work that does what a board's day has come to."""
ROLL = "edcamps.roll"
"""The work that lays a board anew that is over and comes again."""
_WITH_SESSIONS = frozenset({Phase.GRID, Phase.LIVE, Phase.SHARE_OUT})


def soon(tx: Tx, board: Board, now: datetime) -> None:
    """Have a board's day looked after now, and from then on by itself."""
    if board.phase in _WITH_SESSIONS or board.ended:
        work.put(tx, DAY, f"{key_of(board)}/day", now, {"board": board.id}, network=board.network)


def look_after(tx: Tx, directory: Directory, number: int, now: datetime) -> None:
    """Do what a board's day has come to, and come again when there is more."""
    board = boards.get(tx, number, lock=True)
    if board is None:
        return
    there = sessions.places_of(tx, board)
    for each in day.meetings_of(tx, number).values():
        if each.ended_at is None:
            _go_on(tx, board, each, there.get(each.session), now)
    if board.phase is not Phase.CALLED_OFF:
        _begin(tx, directory, board, there, now)
    if board.ended:
        _over(tx, directory, board, now)
        return
    begun = day.meetings_of(tx, number)
    at = min((each for each in _instants(there, begun) if each > now), default=None)
    if at is not None:
        work.put(tx, DAY, f"{key_of(board)}/day", at, {"board": board.id}, network=board.network)


def _begin(
    tx: Tx, directory: Directory, board: Board, there: Mapping[int, Place], now: datetime
) -> None:
    """Open what is to be open by now, and look whether anybody has come to what is."""
    begun = day.meetings_of(tx, board.id)
    for session, place in there.items():
        meeting = begun.get(session)
        if meeting is None:
            if place.slot.starts_at <= now and not (board.ended and now < place.closes_at):
                held.open_at(tx, directory, Held(board, place), now)
        elif not board.ended and rescuing.is_due(meeting, place, now):
            rescuing.look(tx, directory, Held(board, place), now)


def _over(tx: Tx, directory: Directory, board: Board, now: datetime) -> None:
    held.close_all(tx, day.meetings_of(tx, board.id), now)
    if board.phase is Phase.OVER:
        sharing_out.recap_all(tx, directory, board, now)
    work.add(tx, ROLL, f"{key_of(board)}/roll", now, {"board": board.id}, network=board.network)


def _go_on(tx: Tx, board: Board, meeting: Meeting, place: Place | None, now: datetime) -> None:
    """End a session, or let its protocol be where it is by now."""
    if place is None or board.ended:
        held.end(tx, board, meeting, now)
        return
    if meeting.closes_at != place.closes_at:
        meeting = held.closes_otherwise(tx, Held(board, place), meeting, now)
    if meeting.closes_at <= now:
        held.end(tx, board, meeting, now)
        return
    stage = stage_at(held.stages_of(meeting), now)
    if stage is not None and stage.number != meeting.stage:
        held.next_stage(tx, board, meeting, stage.number, now)


def _instants(there: Mapping[int, Place], begun: Mapping[int, Meeting]) -> Iterable[datetime]:
    for place in there.values():
        if place.session.id not in begun:
            yield place.slot.starts_at
    for meeting in begun.values():
        if meeting.ended_at is None:
            yield meeting.closes_at
            yield from (each.begins for each in held.stages_of(meeting))
            if meeting.looked_at is None:
                yield rescuing.due_at(meeting)
