"""A session as it is held: opened in a place of its own, timed, ended, and written down for who was there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plnbot import spaces
from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role
from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board, RoomKind
from plnbot.edcamps.model.meetings import Meeting, Part, Place
from plnbot.edcamps.model.presence import Held as HeldFor
from plnbot.edcamps.model.presence import Presence, presences
from plnbot.edcamps.model.timing import EARLY, Stage, timed
from plnbot.edcamps.protocols import USUAL, protocol_of
from plnbot.edcamps.store import boards, cards, day, sessions
from plnbot.engine import outbox, work
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Directory
from plnbot.engine.posts import NothingToDo
from plnbot.engine.work import Urgency
from plnbot.refs import Place as Where
from plnbot.spaces import Kind, Space, State, Tenant, Wanted
from plnbot.store.database import Tx
from plnbot.values import dataclass

NAME = "edcamps"
KIND = "edcamp"
MEETING, CLOSING = "edcamps.session", "edcamps.closing"
"""The card of a session in its place, and the one that says that it ends."""
ELSEWHERE = "edcamps.elsewhere"
"""The work that gives a session a thread in the board's room because its own channel refused its card."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session with its board, where and when it is."""

    board: Board
    place: Place

    @property
    def session(self) -> int:
        """Its number."""
        return self.place.session.id

    @property
    def held(self) -> Place | None:
        """Where and when it is, None where it was called off."""
        return self.place if self.place.session.cancelled_at is None else None


def open_at(tx: Tx, directory: Directory, of: Held, now: datetime) -> None:
    """Open a session: its protocol begins, and it gets a place of its own.

    One that was over before the bot was back has none any more, but those who held it can note and count.
    """
    place, board = of.place, of.board
    starts = place.slot.starts_at
    new = Meeting(of.session, board.id, USUAL, starts, 0, starts, closes_at=place.closes_at)
    if not day.open_meeting(tx, new):
        return
    card = cards.get(tx, place.session.card)
    for host in card.hosts[:1] if card else ():
        day.take_part(tx, of.session, Part.FACILITATOR, host)
    if new.closes_at <= now:
        end(tx, board, new, now)
    elif place.own_channel and place.room.place is not None:
        own = _in(tx, board, place.room.place, now)
        own.post(MEETING, {"session": of.session}, key=own_key(board, of.session))
    else:
        _open_space(tx, directory, board, of.session, now)
    tx.announce(board.scope)


def _open_space(tx: Tx, directory: Directory, board: Board, session: int, now: datetime) -> None:
    """Have a thread opened in the board's room; a board that has only its page needs none."""
    if board.place is None:
        return
    held = sessions.get(tx, session)
    card = cards.get(tx, held.card) if held else None
    wanted = Wanted(
        tenant=NAME,
        row=session,
        members=(),
        title=card.words if card else board.title,
        network=board.network,
        room=board.place,
        prefer=Kind.PUBLIC,
    )
    spaces.open_space(tx, directory, wanted, now)


def ask_elsewhere(tx: Tx, session: int, now: datetime) -> None:
    """Plan to give a session a place elsewhere."""
    work.add(tx, ELSEWHERE, f"edcamp/elsewhere/{session}", now, {"session": session})


def elsewhere(tx: Tx, directory: Directory, session: int, now: datetime) -> None:
    """Give a session a thread in the board's room: the channel that was to be its room refused it."""
    meeting = day.meeting_of(tx, session)
    board = boards.get(tx, meeting.board) if meeting else None
    if board is not None and meeting is not None and meeting.ended_at is None:
        _open_space(tx, directory, board, session, now)


def stages_of(meeting: Meeting) -> tuple[Stage, ...]:
    """Return the stages of a session's protocol as they are timed."""
    minutes = protocol_of(meeting.protocol).minutes
    return timed(minutes, meeting.began_at, meeting.closes_at)


def next_stage(tx: Tx, board: Board, meeting: Meeting, stage: int, now: datetime) -> None:
    """Let a session's card show the stage that has begun."""
    day.change_meeting(tx, meeting.session, stage=stage)
    changed(tx, board, meeting.session, now)


def closes_otherwise(tx: Tx, of: Held, meeting: Meeting, now: datetime) -> Meeting:
    """Let a session end when its slot does by now; its protocol has the time that is left."""
    day.change_meeting(tx, meeting.session, closes_at=of.place.closes_at)
    changed(tx, of.board, meeting.session, now)
    return replace(meeting, closes_at=of.place.closes_at)


def end(tx: Tx, board: Board, meeting: Meeting, now: datetime) -> None:
    """End a session, when it closes or before that, and write down who was there how long."""
    ended = min(now, meeting.closes_at)
    meeting = replace(meeting, ended_at=ended)
    done = _done(tx, board, meeting)
    day.change_meeting(tx, meeting.session, ended_at=ended, tapped=len(done))
    activities.write(tx, done, now)
    where = where_posted(tx, board, meeting.session)
    # After an outage there is no time left to walk over in.
    if where is not None and now < meeting.closes_at + EARLY:
        _post(_in(tx, board, where, now), board, CLOSING, meeting.session)
    changed(tx, board, meeting.session, now)


def close_all(tx: Tx, begun: Mapping[int, Meeting], now: datetime) -> None:
    """Close the places that were opened for sessions of a board that is over."""
    for each in begun:
        space = space_of(tx, each)
        if space is not None:
            spaces.close_space(tx, space.id, now)


def changed(tx: Tx, board: Board, session: int, now: datetime) -> None:
    """Have what shows a session show it as it is now."""
    for key in (card_key(board, MEETING, session), own_key(board, session)):
        outbox.refresh(tx, key, now)
    tx.announce(board.scope)


def card_key(board: Board, card: str, session: int) -> str:
    """Return the key of a card that stands in a session's place."""
    return f"{key_of(board)}/session/{session}/{card}"


def own_key(board: Board, session: int) -> str:
    """Return the key of a session's card in the channel that is its room.

    It is another than the one in a thread: where the channel refused it, the thread's is still to come.
    """
    return f"{card_key(board, MEETING, session)}/own"


def space_of(tx: Tx, session: int) -> Space | None:
    """Return the place that was made for a session, None where none was asked for."""
    return spaces.latest_of_tenant(tx, NAME, range(session, session + 1))


def where_posted(tx: Tx, board: Board, session: int) -> Where | None:
    """Return where one writes in a session, None where there is no such place."""
    space = space_of(tx, session)
    if space is not None:
        return space.place if space.state is State.OPEN else None
    post = outbox.by_key(tx, own_key(board, session))
    return post.to if post is not None and isinstance(post.to, Where) else None


def was_there(tx: Tx, board: Board, meeting: Meeting) -> Mapping[int, Presence]:
    """Return how long each member was in a session, by member."""
    held = HeldFor(meeting.session, meeting.starts_at, meeting.ended_at or meeting.closes_at)
    found = {
        member: presences(moves, [held]) for member, moves in day.moves_of(tx, board.id).items()
    }
    return {member: of[meeting.session] for member, of in found.items() if meeting.session in of}


def _done(tx: Tx, board: Board, meeting: Meeting) -> list[Done]:
    session = sessions.get(tx, meeting.session)
    card = cards.get(tx, session.card) if session else None
    if session is None or card is None:
        return []
    facilitator = day.parts_of(tx, [session.id]).get(session.id, {}).get(Part.FACILITATOR)
    leads = {*card.hosts, facilitator}
    rooms = {each.id: each for each in boards.rooms_of(tx, board)}
    room = rooms.get(session.shown_room or 0)
    return [
        Done(
            board.network,
            member,
            KIND,
            Role.LED if member in leads else Role.ATTENDED,
            card.words,
            was.started,
            was.ended,
            was.minutes,
            f"edcamp_session:{session.id}",
            in_person=room is not None and room.kind is RoomKind.REAL,
            evidence={"edcamp": board.title[:80]},
        )
        for member, was in was_there(tx, board, meeting).items()
    ]


def _post(posting: Posting, board: Board, card: str, session: int) -> None:
    posting.post(card, {"session": session}, key=card_key(board, card, session))


def _in(tx: Tx, board: Board, where: Where, now: datetime) -> Posting:
    return Posting(tx, board.network, where, now, Urgency.TIMED)


def _opened(tx: Tx, space: Space, now: datetime) -> None:
    """Post a session's card in the place that was made for it."""
    session = sessions.get(tx, space.row)
    board = boards.get(tx, session.board) if session else None
    if board is not None and space.place is not None:
        _post(_in(tx, board, space.place, now), board, MEETING, space.row)
        tx.announce(board.scope)


def _refused(tx: Tx, space: Space, _now: datetime) -> None:
    """Let the session's page say that it has no place to write in."""
    session = sessions.get(tx, space.row)
    board = boards.get(tx, session.board) if session else None
    if board is not None:
        tx.announce(board.scope)


TENANT = Tenant(
    name=NAME,
    opened=_opened,
    refused=_refused,
    spoke=NothingToDo("who is in a session is said by a tap, never read from talk"),
    left=NothingToDo("nobody is a member of a session's thread"),
    stopped=NothingToDo("a session's thread is stopped by its end alone"),
)
