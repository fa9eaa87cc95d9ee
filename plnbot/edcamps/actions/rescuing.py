"""A session that nobody came to, and one that does not hold all who came.

Five minutes after its begin each is looked at once. Who wanted to go to an empty one and is nowhere is
asked whether they would; its hosts may give it a second chance later, or go over to another. Where more
came than there are seats, a second run is offered in a later slot. Nothing of it happens without a press.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.edcamps.actions import held
from plnbot.edcamps.actions.held import Held
from plnbot.edcamps.actions.noting import goes_on
from plnbot.edcamps.actions.organising import key_of
from plnbot.edcamps.model import Board, Room, Slot
from plnbot.edcamps.model.meetings import Meeting, Place, places
from plnbot.edcamps.store import boards, cards, day, sessions, votes
from plnbot.engine.notices import tell_each
from plnbot.engine.notices.model import NoticeKind
from plnbot.engine.ports import Directory
from plnbot.errors import Refused
from plnbot.likeness import near
from plnbot.store.database import Tx
from plnbot.talk.words import msg

AFTER = timedelta(minutes=5)
EMPTY, FULL, INVITED = "edcamps.empty", "edcamps.full", "edcamps.invited"
"""The cards by which hosts are told that theirs is empty or full, and members that one waits for them."""
MOST_INVITED = 3
HOSTING = NoticeKind(
    name="edcamps.hosting",
    title=msg("Sessions of yours"),
    about=msg("That nobody has come to your session at an EdCamp, or more than fit"),
    may_be_muted=True,
    on_now=lambda _tx, _member, _args, _now: True,
)
WAITING = NoticeKind(
    name="edcamps.waiting",
    title=msg("Sessions that wait for you"),
    about=msg("That a session you were interested in is still empty, while you are nowhere"),
    may_be_muted=True,
    on_now=lambda _tx, _member, _args, _now: True,
)
NO_PLACE = msg("No room is free in a later slot. Ask an organiser.")


def due_at(meeting: Meeting) -> datetime:
    """Return when a session is looked at."""
    return meeting.starts_at + AFTER


def is_due(meeting: Meeting, place: Place, now: datetime) -> bool:
    """Return whether a session is to be looked at now."""
    waits = meeting.ended_at is None and meeting.looked_at is None
    return waits and due_at(meeting) <= now < place.closes_at


def look(tx: Tx, directory: Directory, of: Held, now: datetime) -> None:
    """Look once whether a session is empty or full, and tell who can do something about it."""
    day.change_meeting(tx, of.session, looked_at=now)
    inside = day.who_is_in(tx, of.board.id)
    here, seats = inside.get(of.session, ()), of.place.room.seats
    card = cards.get(tx, of.place.session.card)
    if card is None:
        return

    def tell(members: Collection[int], kind: NoticeKind, what: str) -> None:
        args, key = {"session": of.session}, f"{key_of(of.board)}/session/{of.session}/{what}"
        people = directory.by_ids(tx, members).values()
        tell_each(tx, kind, people, what, args, key=key, now=now)

    if not set(here) - set(card.hosts):
        everywhere = {member for members in inside.values() for member in members}
        wanted = votes.interested(tx, of.board.id).get(card.id, frozenset())
        free = sorted(wanted - everywhere - set(card.hosts))
        tell(free[:MOST_INVITED], WAITING, INVITED)
        tell(card.hosts, HOSTING, EMPTY)
    elif seats is not None and len(here) > seats:
        tell(card.hosts, HOSTING, FULL)


def second_run(tx: Tx, of: Held, now: datetime) -> Place:
    """Hold a session once more in the first later slot that has a free room; `Refused` without."""
    board = boards.get(tx, of.board.id, lock=True) or of.board
    session = of.place.session
    again = [each for each in sessions.of_card(tx, session.card) if each.run > session.run]
    if any(each.cancelled_at is None for each in again):
        raise Refused(msg("It has a second run already."))
    slot, room = _free(tx, board, of, now)
    run = max((each.run for each in (session, *again)), default=1) + 1
    new = replace(
        session,
        id=0,
        slot=slot.id,
        room=room.id,
        pinned=True,
        run=run,
        shown_slot=slot.id,
        shown_room=room.id,
        version=max(board.version, 1),
        cancelled_at=None,
    )
    made = replace(new, id=sessions.add(tx, new))
    tx.announce(board.scope)
    return Place(made, slot, room)


def second_chance(tx: Tx, of: Held, now: datetime) -> Place:
    """End an empty session and hold it later instead; `Refused` where no later slot has a free room."""
    _still_empty(tx, of)
    found = second_run(tx, of, now)
    _give_up(tx, of, now)
    return found


def go_over(tx: Tx, of: Held, to: Place, now: datetime, *, by: int) -> None:
    """End an empty session; its host goes to another that is held at the same time."""
    _still_empty(tx, of)
    if to.slot.id != of.place.slot.id or not to.takes_people(now):
        raise Refused(msg("That session is not held now."))
    _give_up(tx, of, now)
    day.add_move(tx, of.board.id, by, to.session.id, now)


def others(tx: Tx, of: Held, there: Mapping[int, Place], *, most: int = 3) -> Sequence[Place]:
    """Return the sessions beside one, those that are alike first, then those with the fewest people."""
    inside = day.who_is_in(tx, of.board.id)
    found = [
        each
        for each in there.values()
        if each.slot.id == of.place.slot.id and each.session.id != of.session
    ]
    words = {
        number: card.words
        for number, card in cards.of_numbers(tx, [each.session.card for each in found]).items()
    }
    own = cards.get(tx, of.place.session.card)
    alike = set(near(own.words, words.items())) if own else set[int]()
    found.sort(
        key=lambda each: (each.session.card not in alike, len(inside.get(each.session.id, ())))
    )
    return found[:most]


def _still_empty(tx: Tx, of: Held) -> None:
    """Raise `Refused` where a session is over or called off by now, or somebody has come meanwhile."""
    boards.get(tx, of.board.id, lock=True)
    goes_on(tx, of.session)
    card = cards.get(tx, of.place.session.card)
    here = set(day.who_is_in(tx, of.board.id).get(of.session, ()))
    if here - set(card.hosts if card else ()):
        raise Refused(msg("Somebody has come meanwhile, so your session goes on."))


def _give_up(tx: Tx, of: Held, now: datetime) -> None:
    meeting = day.meeting_of(tx, of.session)
    sessions.change(tx, of.session, {"cancelled_at": now})
    if meeting is not None and meeting.ended_at is None:
        held.end(tx, of.board, meeting, now)
    for member in day.who_is_in(tx, of.board.id).get(of.session, ()):
        day.add_move(tx, of.board.id, member, None, now)


def _free(tx: Tx, board: Board, of: Held, now: datetime) -> tuple[Slot, Room]:
    """Return the first later slot with a free room in which its hosts are free, and its best room."""
    slots, rooms = boards.slots_of(tx, board.id), boards.rooms_of(tx, board)
    every = sessions.of_board(tx, board.id)
    there = places(every, slots, rooms).values()
    # Also where organisers have put something that nobody was told of yet.
    taken = {
        place
        for each in every
        if each.cancelled_at is None
        for place in ((each.slot, each.room), (each.shown_slot, each.shown_room))
    }
    card = cards.get(tx, of.place.session.card)
    hosts = set(card.hosts) if card else set[int]()
    busy = _busy(tx, there, hosts)
    bad = boards.bad_times(tx, board.id)
    for slot in slots:
        unable = {each for each in hosts if slot.id in bad.get(each, ())}
        if slot.starts_at <= max(now, of.place.slot.starts_at) or slot.id in busy or unable:
            continue
        free = [each for each in rooms if (slot.id, each.id) not in taken]
        if free:
            return slot, _best(free, card.needs if card else ())
    raise Refused(NO_PLACE)


def _busy(tx: Tx, there: Collection[Place], hosts: Collection[int]) -> Collection[int]:
    led = cards.of_numbers(tx, [each.session.card for each in there])
    return {
        each.slot.id
        for each in there
        if (card := led.get(each.session.card)) and set(card.hosts) & set(hosts)
    }


def _best(rooms: Sequence[Room], needs: Collection[str]) -> Room:
    """Return the room that has most of what is needed, then the largest."""

    def fits(room: Room) -> tuple[int, int]:
        return len(set(needs) - set(room.features)), -(room.seats or 10_000)

    return min(rooms, key=fits)
