"""Arranging a grid by hand: one move at a time, by two organisers side by side, each of which can be undone.

A grid as organisers have it is told to nobody before it is published. Who moves something says which step of the
grid they saw: where somebody else has moved the same thing, or taken its place, since, nothing moves and
they read who it was. What they changed elsewhere stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.grid_board import Laid, laid_out
from plnbot.edcamps.actions.organising import OVER
from plnbot.edcamps.model import Board, Session
from plnbot.edcamps.model.gridding import Stand
from plnbot.edcamps.store import gridding, sessions
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.grids import Moves, Place, Rule, moved
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

_HIDDEN = msg("Votes are still being given. The grid is made when that is over.")
_TOLD = msg("Everybody was told of it. Call it off, so that those who wanted to come are told.")
GONE = msg("This card is no longer in the grid.")
REFUSED: Mapping[Rule, Sentence] = {
    Rule.BEGUN: msg("What has begun stays where it is."),
    Rule.CLOSED: msg("The room is closed then."),
    Rule.HOST_TWICE: msg("Somebody would lead two sessions at one time."),
}


def made_by_now(board: Board) -> None:
    """Raise `Refused` where a board's grid is not made yet, or no more."""
    if board.ended:
        raise Refused(OVER)
    told_by_now(board)


def told_by_now(board: Board) -> None:
    """Raise `Refused` while votes are secret: what a move would cost gives them away."""
    if board.counts_hidden:
        raise Refused(_HIDDEN)


def move(
    tx: Tx,
    board: Board,
    one: int,
    place: Place,
    now: datetime,
    *,
    seen: int,
    directory: Directory,
    by: Person,
) -> Laid:
    """Move something to a place; what stands there changes places with it, or has none after that."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    laid = _known(laid_out(tx, board, now), one)
    other = next((each for each, at in laid.places.items() if at == place), None)
    _nobody_else(tx, board, {one, other}, seen, directory=directory, by=by)
    if why := Moves(laid.made_from, laid.places).refused(one, place):
        raise Refused(REFUSED[why.rule])
    after = moved(laid.places, one, place)
    stands = [Stand(one, place.slot, place.room, pinned=True)]
    if other is not None and other != one:
        if other not in after and laid.sessions[other].version:
            raise Refused(_TOLD)
        there = after.get(other)
        slot, room = there or (None, None)
        stands.append(Stand(other, slot, room, pinned=there is not None))
    apply(tx, board, laid, stands, now, by=by.id)
    return laid_out(tx, board, now)


def take_out(tx: Tx, board: Board, one: int, now: datetime, *, by: Person) -> None:
    """Take something out of the grid that nobody was told of yet."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    laid = _known(laid_out(tx, board, now), one)
    if one not in laid.sessions:
        raise Refused(GONE)
    if laid.sessions[one].version:
        raise Refused(_TOLD)
    apply(tx, board, laid, [Stand(one)], now, by=by.id)


def undo(tx: Tx, board: Board, now: datetime) -> None:
    """Take the newest step back, whoever made it."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    last = gridding.last_step(tx, board.id)
    if last is None:
        raise Refused(msg("There is nothing to undo."))
    laid = laid_out(tx, board, now)
    back = [each for each in last.before if each.slot is not None]
    gone = any(each.what not in laid.cards for each in back)
    if gone or any(_stand(laid, each.what) != each for each in last.after):
        raise Refused(msg("What that step moved is gone by now, so it cannot be undone."))
    if not _free(laid, back):
        raise Refused(msg("Where it stood is gone or taken by now, so it cannot be undone."))
    begun = {each.id for each in laid.made_from.slots if each.begun}
    if begun & {each.slot for each in (*last.before, *last.after)}:
        raise Refused(REFUSED[Rule.BEGUN])
    _place(tx, board, laid, last.before)
    gridding.drop_step(tx, last.id)
    tx.announce(board.scope)


def apply(
    tx: Tx, board: Board, laid: Laid, after: Sequence[Stand], now: datetime, *, by: int
) -> None:
    """Let things stand there, as one step that can be undone."""
    news = [each for each in after if _stand(laid, each.what) != each]
    if not news:
        return
    before = [_stand(laid, each.what) for each in news]
    _place(tx, board, laid, news)
    gridding.add_step(tx, board.id, before, news, now, by=by)
    tx.announce(board.scope)


def _place(tx: Tx, board: Board, laid: Laid, stands: Sequence[Stand]) -> None:
    new, moves = list[Session](), list[Session]()
    for each in stands:
        session = laid.sessions.get(each.what)
        if each.slot is None or each.room is None:
            if session is not None:
                sessions.drop_unshown(tx, session.id)
        elif session is None:
            new.append(Session(0, board.id, each.what, each.slot, each.room, pinned=each.pinned))
        else:
            moves.append(replace(session, slot=each.slot, room=each.room, pinned=each.pinned))
    sessions.add_all(tx, new)
    sessions.place_all(tx, moves)


def _free(laid: Laid, back: Sequence[Stand]) -> bool:
    """Return whether these places are still there, and nothing else stands in any of them."""
    slots, rooms = (
        {each.id for each in some} for some in (laid.made_from.slots, laid.made_from.rooms)
    )
    moved = {each.what for each in back}
    taken = {(at.slot, at.room) for what, at in laid.places.items() if what not in moved}
    return all(
        each.slot in slots and each.room in rooms and (each.slot, each.room) not in taken
        for each in back
    )


def _stand(laid: Laid, one: int) -> Stand:
    session = laid.sessions.get(one)
    if session is None:
        return Stand(one)
    return Stand(one, session.slot, session.room, session.pinned)


def _known(laid: Laid, one: int) -> Laid:
    if one not in laid.cards:
        raise Refused(GONE)
    return laid


def _nobody_else(
    tx: Tx, board: Board, these: set[int | None], seen: int, *, directory: Directory, by: Person
) -> None:
    """Raise `Refused` where somebody else moved one of these since a step that was seen."""
    for step in gridding.steps(tx, board.id, after=seen):
        if step.by != by.id and these & {each.what for each in step.after}:
            other = directory.by_id(tx, step.by)
            name = other.name if other else ""
            raise Refused(
                msg("{name} has moved this meanwhile. Look where it stands now.", name=name)
            )
