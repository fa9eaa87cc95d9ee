"""What an EdCamp's day declares: its posts, its notices, the words of its commands."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.edcamps.actions import announcing, held, rescuing, sharing_out
from plnbot.edcamps.store import boards, day
from plnbot.engine.ports import Person
from plnbot.engine.posts import CALLED_THEN, NothingToDo, Post, to_one_person
from plnbot.engine.work import Payload
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_TALK = NothingToDo("what is said in a session is talk; notes are written by their form")
_NO_GAP = NothingToDo("no words count below it")
_NAMES = NothingToDo("who has a part is named as they are called when it changes next")
_OVER = NothingToDo("by the time it could be posted the session is over")


def _session_refused(tx: Tx, payload: Payload, _reason: str, now: datetime) -> None:
    """Let a session whose own channel takes no card have a thread in the board's room."""
    args = payload["args"]
    number = int(str(args["session"])) if isinstance(args, Mapping) else 0
    held.ask_elsewhere(tx, number, now)


def _in_room(card: str) -> Post:
    return Post(
        card=card,
        rooms=boards.rooms_in_use,
        refused=NothingToDo("the session's page and the board's say the same"),
        wanted=_OVER,
        words=_TALK,
        gap=_NO_GAP,
        renamed=_NAMES,
    )


POSTS = (
    Post(
        card=held.MEETING,
        rooms=boards.rooms_in_use,
        refused=_session_refused,
        wanted=_OVER,
        words=_TALK,
        gap=_NO_GAP,
        renamed=_NAMES,
    ),
    *map(_in_room, (held.CLOSING, announcing.ANNOUNCED)),
    *(
        to_one_person(card, "the board's page and the sessions' show the same", CALLED_THEN)
        for card in (rescuing.EMPTY, rescuing.FULL, rescuing.INVITED, sharing_out.RECAP)
    ),
)
NOTICES = (rescuing.HOSTING, rescuing.WAITING, sharing_out.RECAPS)
WORDS = (msg("now"), msg("here"), msg("code"))
COUNTED = {
    "sessions held": "edcamp_meeting",
    "taps of two feet": "edcamp_move",
    "notes of sessions": "edcamp_note",
}


def left(tx: Tx, person: Person, now: datetime) -> None:
    """Let nobody wait for who has left: their parts are free for others."""
    for session in day.give_all_parts_up(tx, person.id):
        meeting = day.meeting_of(tx, session)
        board = boards.get(tx, meeting.board) if meeting else None
        if board is not None:
            held.changed(tx, board, session, now)
