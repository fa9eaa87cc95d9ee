"""Changing a board or a card by its own words, by several at once (`plnbot.engine.editing`)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from plnbot.edcamps.actions import laying, phases, posting
from plnbot.edcamps.actions.organising import OVER, topic_of
from plnbot.edcamps.layout import (
    Asks,
    Layout,
    PhaseTimes,
    Written,
    as_lines,
    day_line,
    features_of,
    read_layout,
    room_line,
    slot_lines,
)
from plnbot.edcamps.model import Board, BoardCard, CardKind
from plnbot.edcamps.store import boards, sessions
from plnbot.edcamps.store import cards as store
from plnbot.engine import audit, editing
from plnbot.engine.editing import Aside, Clash, Editing
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.talk.text import clean, one_line
from plnbot.talk.words import Sentence, msg

Fields = Mapping[str, str]
LAID_OUT = ("day", "slots", "rooms", "phases")


def asks_of(board: Board, by: Person, now: datetime) -> Asks:
    """Return how words about a board are meant: in its zone, and its network's language, for all alike."""
    return Asks(now, board.zone, by.network.locale)


def board_fields(tx: Tx, board: Board, asks: Asks) -> dict[str, str]:
    """Return a board by the words of its form."""
    now = _layout(tx, board)
    return {
        "title": board.title,
        "about": board.about,
        "day": day_line(now.slots, asks.zone),
        "slots": "\n".join(slot_lines(now.slots, asks.zone)),
        "rooms": "\n".join(map(room_line, now.rooms)),
        "phases": "\n".join(as_lines(now.times, asks)),
    }


def card_fields(card: BoardCard) -> dict[str, str]:
    """Return a card by the words of its form."""
    return {
        "words": card.words,
        "invites": card.kind.value,
        "about": card.about,
        "needs": ", ".join(card.needs),
    }


def change_board(
    tx: Tx, board: Board, version: int, given: Fields, now: datetime, *, by: Person
) -> tuple[Clash, ...] | FieldErrors:
    """Let what a form changes of a board stand, but for what clashes, which is kept aside and returned."""
    board = phases.again(tx, board.id, lock=True)
    asks = asks_of(board, by, now)
    present = board_fields(tx, board, asks)
    from_form = Editing(board.scope, board.network, version, by.id, now)
    compared = editing.compare(tx, from_form, given, present)
    if wrong := _write_board(tx, board, {**present, **compared.stands}, asks, by):
        return wrong
    return editing.note(tx, from_form, compared, present)


def change_card(
    tx: Tx, card: BoardCard, version: int, given: Fields, now: datetime, *, by: Person
) -> tuple[Clash, ...]:
    """Let what a form changes of a card stand, but for what clashes, which is kept aside and returned."""
    board = phases.again(tx, card.board, lock=True)
    card = _alone(tx, card.id)
    present = card_fields(card)
    from_form = Editing(card.scope, board.network, version, by.id, now)
    compared = editing.compare(tx, from_form, given, present)
    _write_card(tx, board, card, {**present, **compared.stands}, now)
    return editing.note(tx, from_form, compared, present)


def take_mine(
    tx: Tx, kept: Aside, board: Board, card: BoardCard | None, now: datetime, *, by: Person
) -> None:
    """Let words that were kept aside stand after all, in place of the other's."""
    board = phases.again(tx, board.id, lock=True)
    asks = asks_of(board, by, now)
    card = None if card is None else _alone(tx, card.id)
    present = board_fields(tx, board, asks) if card is None else card_fields(card)
    wanted = {**present, kept.field: kept.words}
    if card is not None:
        _write_card(tx, board, card, wanted, now)
    elif wrong := _write_board(tx, board, wanted, asks, by):
        raise Refused(next(each for each in wrong.errors.values() if isinstance(each, Sentence)))
    editing.take(tx, kept, Editing(kept.subject, board.network, 0, by.id, now), present[kept.field])


def _alone(tx: Tx, number: int) -> BoardCard:
    """Return a card that stands by itself: words about it are none about the one that it is part of."""
    head = posting.again(tx, number)
    if head.id != number:
        raise Refused(msg("It was made one with “{card}”. Change that one.", card=head.words))
    return head


def _layout(tx: Tx, board: Board) -> Layout:
    times = PhaseTimes(board.times, board.one_each_until)
    return Layout(boards.slots_of(tx, board.id), boards.rooms_of(tx, board), times)


def _write_board(
    tx: Tx, board: Board, wanted: Fields, asks: Asks, by: Person
) -> FieldErrors | None:
    if board.ended:
        raise Refused(OVER)
    before = _layout(tx, board)
    written = Written(*(wanted[name] for name in LAID_OUT))
    layout = read_layout(written, asks, before)
    if isinstance(layout, FieldErrors):
        return layout
    if why := _in_use(tx, board, before, layout):
        return FieldErrors(why)
    boards.change(
        tx,
        board.id,
        title=one_line(wanted["title"])[: laying.LONGEST_TITLE],
        about=clean(wanted["about"])[: laying.LONGEST_ABOUT],
        one_each_until=layout.times.one_each_until,
    )
    boards.set_times(tx, board.id, layout.times.begins)
    _write_slots(tx, board, before, layout)
    _write_rooms(tx, board, before, layout)
    _drop(tx, board, before, layout)
    audit.record(tx, board.network, by.id, "edcamp.changed", board.scope, now=asks.now)
    tx.announce(topic_of(board.network))
    board = phases.again(tx, board.id)
    phases.go_on(tx, board, asks.now)
    phases.changed(tx, board, asks.now)
    return None


def _in_use(tx: Tx, board: Board, before: Layout, after: Layout) -> dict[str, Sentence]:
    """Say which slots and rooms were left out in which sessions are held."""
    held = [each for each in sessions.of_board(tx, board.id) if each.cancelled_at is None]
    slots = {number for each in held for number in (each.slot, each.shown_slot)}
    rooms = {number for each in held for number in (each.room, each.shown_room)}
    kept = {each.id for each in after.slots}, {each.id for each in after.rooms}
    errors: dict[str, Sentence] = {}
    for slot in before.slots:
        if slot.id in slots - kept[0]:
            said = slot_lines([slot], board.zone)[0]
            errors["slots"] = msg("Sessions are held at {slot}. Move them first.", slot=said)
    for room in before.rooms:
        if room.id in rooms - kept[1]:
            errors["rooms"] = msg("Sessions are held in {room}. Move them first.", room=room.name)
    return errors


def _write_slots(tx: Tx, board: Board, before: Layout, after: Layout) -> None:
    kept = {each.id: each for each in after.slots if each.id}
    for was in before.slots:
        now = kept.get(was.id)
        if now is not None and replace(now, board=was.board) != was:
            times = {"starts_at": now.starts_at, "ends_at": now.ends_at}
            boards.change_slot(tx, was.id, name=now.name, **times)
    boards.add_slots(tx, board.id, [each for each in after.slots if not each.id])


def _write_rooms(tx: Tx, board: Board, before: Layout, after: Layout) -> None:
    kept = {each.id: each for each in after.rooms if each.id}
    for was in before.rooms:
        if was.id in kept and kept[was.id] != was:
            boards.change_room(tx, was.id, kept[was.id])
    boards.add_rooms(tx, board.id, [each for each in after.rooms if not each.id])


def _drop(tx: Tx, board: Board, before: Layout, after: Layout) -> None:
    """Take away the slots and rooms that were left out, in which nothing takes place."""
    slots = {each.id for each in before.slots} - {each.id for each in after.slots}
    rooms = {each.id for each in before.rooms} - {each.id for each in after.rooms}
    now = _layout(tx, board)
    instead = (
        next(each.id for each in now.slots if each.id not in slots),
        next(each.id for each in now.rooms if each.id not in rooms),
    )
    for slot in slots:
        sessions.let_go(tx, slot, None, instead)
        boards.drop_slot(tx, slot)
    for room in rooms:
        sessions.let_go(tx, None, room, instead)
        boards.drop_room(tx, room)


def _write_card(tx: Tx, board: Board, card: BoardCard, wanted: Fields, now: datetime) -> None:
    if board.ended:
        raise Refused(OVER)
    store.change(
        tx,
        card.id,
        words=one_line(wanted["words"])[: posting.LONGEST],
        kind=CardKind(wanted["invites"]).value,
        about=clean(wanted["about"])[: posting.LONGEST_ABOUT],
        needs=list(features_of(wanted["needs"])),
    )
    phases.changed(tx, board, now)
