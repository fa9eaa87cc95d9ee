"""What people do for a session and take from it: parts, a protocol, notes, takeaways, how many there were."""

from datetime import datetime

from plnbot.edcamps.actions import held, phases, walking
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.model import Board
from plnbot.edcamps.model.meetings import Meeting, Part
from plnbot.edcamps.protocols import protocols
from plnbot.edcamps.store import cards, day
from plnbot.edcamps.store.day import KeptNote
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.text import clean, is_seen
from plnbot.talk.words import msg

LONGEST_NOTE, LONGEST_TAKEAWAY, MOST_NOTES, MOST_PEOPLE = 3000, 500, 500, 10_000
NOT_BEGUN = msg("This session has not begun yet.")
OVER = msg("This session is over.")


def goes_on(tx: Tx, session: int) -> Meeting:
    """Return how a session is held that goes on; `Refused` before and after."""
    meeting = day.meeting_of(tx, session)
    if meeting is None:
        raise Refused(NOT_BEGUN)
    if meeting.ended_at is not None:
        raise Refused(OVER)
    return meeting


def take(tx: Tx, of: Held, which: Part, now: datetime, *, by: Person) -> bool:
    """Let a member have a part, or give it up where they have it; return whether they have it now."""
    goes_on(tx, of.session)
    if day.give_part_up(tx, of.session, which, by.id):
        held.changed(tx, of.board, of.session, now)
        return False
    if not day.take_part(tx, of.session, which, by.id):
        raise Refused(msg("Somebody was faster and has this part."))
    walking.acted(tx, of.board, of.held, now, by=by)
    held.changed(tx, of.board, of.session, now)
    return True


def choose(tx: Tx, of: Held, protocol: str, now: datetime, *, by: Person) -> Meeting:
    """Let a session spend the minutes that are left by another protocol, which begins now."""
    meeting = goes_on(tx, of.session)
    if protocol not in protocols():
        raise Refused(msg("This protocol is no longer offered."))
    begins = max(now, meeting.starts_at)
    day.change_meeting(tx, of.session, protocol=protocol, began_at=begins, stage=0)
    walking.acted(tx, of.board, of.held, now, by=by)
    held.changed(tx, of.board, of.session, now)
    return goes_on(tx, of.session)


def note(tx: Tx, of: Held, words: str, now: datetime, *, by: Person) -> int:
    """Write down what a member noted in a session that has begun; also after its end."""
    if day.meeting_of(tx, of.session) is None:
        raise Refused(NOT_BEGUN)
    said = clean(words)[:LONGEST_NOTE]
    if not is_seen(said):
        raise Refused(msg("Write a word or two."))
    if len(day.notes_of(tx, [of.session]).get(of.session, ())) >= MOST_NOTES:
        raise Refused(msg("This session has as many notes as it can hold."))
    number = day.add_note(tx, of.session, by.id, said, now)
    walking.acted(tx, of.board, of.held, now, by=by)
    held.changed(tx, of.board, of.session, now)
    return number


def take_home(tx: Tx, board: Board, words: str, now: datetime, *, by: Person) -> bool:
    """Note what a member takes home; without words they take that back. Return whether it stands."""
    said = clean(words)[:LONGEST_TAKEAWAY]
    day.take_home(tx, board.id, by.id, said if is_seen(said) else "", now)
    tx.announce(board.scope)
    return is_seen(said)


def take_note_away(tx: Tx, kept: KeptNote, now: datetime, *, by: Person) -> None:
    """Take a note away; that it was another's stands in the log."""
    board = phases.again(tx, kept.board)
    day.drop_note(tx, kept.note.id)
    if kept.note.member != by.id:
        audit.record(tx, board.network, by.id, "edcamp.note_removed", board.scope, now=now)
    tx.announce(board.scope)


def take_takeaway_away(tx: Tx, board: Board, member: int, now: datetime, *, by: Person) -> None:
    """Take away what a member takes home, as organisers do whom it is shown by; it stands in the log."""
    if all(each.member != member for each in day.takeaways_of(tx, board.id)):
        raise Refused(msg("This takeaway is no longer there."))
    day.take_home(tx, board.id, member, "", now)
    audit.record(tx, board.network, by.id, "edcamp.takeaway_removed", board.scope, now=now)
    tx.announce(board.scope)


def count(tx: Tx, of: Held, many: int, *, by: Person, organises: bool) -> None:
    """Note how many there were, as its host counted."""
    card = cards.get(tx, of.place.session.card)
    if not organises and (card is None or by.id not in card.hosts):
        raise Refused(msg("Who leads a session says how many came."))
    if day.meeting_of(tx, of.session) is None:
        raise Refused(NOT_BEGUN)
    day.change_meeting(tx, of.session, attended=many)
    tx.announce(of.board.scope)
