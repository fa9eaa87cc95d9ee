"""What organisers tell everybody: every open session's place, the board's room, the wall and the pages."""

from datetime import datetime

from plnbot.edcamps.actions import held
from plnbot.edcamps.actions.organising import OVER, key_of
from plnbot.edcamps.model import Board
from plnbot.edcamps.store import day
from plnbot.engine import audit
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Person
from plnbot.engine.work import Urgency
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.text import clean, is_seen
from plnbot.talk.words import msg

ANNOUNCED = "edcamps.announced"
LONGEST = 300


def announce(tx: Tx, board: Board, words: str, now: datetime, *, by: Person) -> int:
    """Tell everybody something; return in how many places it is posted."""
    said = clean(words)[:LONGEST]
    if not is_seen(said):
        raise Refused(msg("Write what everybody should know."))
    if board.ended:
        raise Refused(OVER)
    number = day.announce(tx, board.id, said, now)
    audit.record(tx, board.network, by.id, "edcamp.announced", board.scope, now=now)
    running = [
        session
        for session, meeting in day.meetings_of(tx, board.id).items()
        if meeting.ended_at is None
    ]
    found = [held.where_posted(tx, board, each) for each in running]
    where = dict.fromkeys(each for each in (board.place, *found) if each is not None)
    for at, each in enumerate(where):
        key = f"{key_of(board)}/announced/{number}/{at}"
        posting = Posting(tx, board.network, each, now, Urgency.TIMED)
        posting.post(ANNOUNCED, {"announcement": number}, key=key)
    tx.announce(board.scope)
    return len(where)
