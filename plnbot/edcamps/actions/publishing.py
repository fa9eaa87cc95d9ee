"""Publishing a grid: everybody sees it, and those whom a change concerns are told, once for all changes.

A grid has versions. The first is told in the board's room, and to who leads something. After that a version
tells those who wanted to come to, asked for or lead what was moved, but never who moved it; where a
member has not read of the last version yet, the same notice tells of both.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from plnbot.edcamps.actions import phases
from plnbot.edcamps.actions.arranging import GONE, made_by_now
from plnbot.edcamps.actions.grid_board import laid_out, what
from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board, Session
from plnbot.edcamps.store import boards, cards, gridding, sessions, votes
from plnbot.engine import audit, notices, outbox
from plnbot.engine.notices import NoticeKind, Wanted
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Directory, Person
from plnbot.engine.work import Urgency
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg

PUBLISHED = "edcamps.published"
"""The card that tells a board's room that the grid is there."""
CHANGED = "edcamps.changed"
"""The card that tells a member what became of what concerns them."""


def _while_it_comes(tx: Tx, _member: int, args: outbox.Args, was: Wanted) -> Wanted | None:
    board = boards.get(tx, int(args["board"]))
    return was if board is not None and not board.ended else None


YOUR_SESSIONS = NoticeKind(
    name="edcamps.sessions",
    title=msg("Your sessions"),
    about=msg(
        "When a session that you lead, asked for or want to see has a place, moves or is off"
    ),
    may_be_muted=False,
    wanted=_while_it_comes,
)


def publish(
    tx: Tx, board: Board, now: datetime, directory: Directory, *, by: Person
) -> tuple[Board, int]:
    """Let everybody see the grid as it stands; return the board, and how much changed by that."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    laid = laid_out(tx, board, now)
    changed = laid.unpublished
    if not changed:
        raise Refused(msg("Everybody has been told of all of it already."))
    version = board.version + 1
    sessions.show_all(tx, [each.id for each in changed], version)
    gridding.drop_steps(tx, board.id)
    board = _next_version(tx, board, version, now)
    whom = _hosts(tx, changed) if version == 1 else _all_concerned(tx, board, changed)
    _tell(tx, board, whom, now, directory, by=by)
    audit.record(tx, board.network, by.id, "edcamp.published", board.scope, now=now)
    return board, len(changed)


def call_off_session(
    tx: Tx, board: Board, one: int, now: datetime, directory: Directory, *, by: Person
) -> None:
    """Call off what everybody was told of: a version of its own, told to those whom it concerns."""
    board = phases.again(tx, board.id, lock=True)
    made_by_now(board)
    held = [each for each in sessions.of_board(tx, board.id) if each.cancelled_at is None]
    session = next((each for each in held if what(each) == one), None)
    if session is None or not session.version:
        raise Refused(GONE)
    version = board.version + 1
    sessions.change(tx, session.id, {"cancelled_at": now, "version": version})
    board = _next_version(tx, board, version, now)
    _tell(tx, board, _all_concerned(tx, board, [session]), now, directory, by=by)
    audit.record(tx, board.network, by.id, "edcamp.session_off", board.scope, now=now)


def _next_version(tx: Tx, board: Board, version: int, now: datetime) -> Board:
    boards.change(tx, board.id, version=version)
    board = phases.again(tx, board.id)
    if board.place is not None:
        key = f"{key_of(board)}/published"
        room = Posting(tx, board.network, board.place, now, Urgency.ORDINARY)
        if version == 1:
            room.post(PUBLISHED, {"board": board.id}, key=key)
        else:
            outbox.refresh(tx, key, now)
    phases.changed(tx, board, now)
    return board


def _hosts(tx: Tx, changed: Collection[Session]) -> set[int]:
    led = cards.of_numbers(tx, [each.card for each in changed])
    return {host for card in led.values() for host in card.hosts}


def concerned(tx: Tx, board: Board, changed: Iterable[Session]) -> Mapping[int, frozenset[int]]:
    """Return whom each session's card concerns, by card: who leads it, asked for it or wants to see it."""
    wanted = votes.interested(tx, board.id)
    return {
        number: frozenset((*card.hosts, *card.authors, *wanted.get(number, ())))
        for number, card in cards.of_numbers(tx, {each.card for each in changed}).items()
    }


def _all_concerned(tx: Tx, board: Board, changed: Iterable[Session]) -> frozenset[int]:
    return frozenset().union(*concerned(tx, board, changed).values())


def _tell(
    tx: Tx,
    board: Board,
    whom: Collection[int],
    now: datetime,
    directory: Directory,
    *,
    by: Person,
) -> None:
    """Tell each of these, but never who did it, unless they have not read of the last change yet."""
    stem = f"{key_of(board)}/changed/"
    untold = set(notices.waiting_under(tx, stem))
    platform = board.place.platform if board.place else by.ref.platform
    news = sorted(set(whom) - untold - {by.id})
    for member, person in directory.by_ids(tx, news, platform).items():
        args: outbox.Args = {"board": board.id, "since": board.version, "member": member}
        key = f"{stem}{board.version}/{member}"
        notices.tell_now(tx, YOUR_SESSIONS, person, CHANGED, args, key=key, now=now)
