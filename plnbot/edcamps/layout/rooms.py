"""Rooms as people write them: `Library, 30 seats, projector`, `Den, voice`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from plnbot.edcamps.layout.asking import MOST
from plnbot.edcamps.model import Room, RoomKind
from plnbot.talk.lists import lines_of
from plnbot.talk.text import clean, is_seen, one_line
from plnbot.talk.words import Sentence, msg

_SEATS = re.compile(r"^(\d{1,5})(?:\s+\w+)?$")
_KINDS = {
    RoomKind.CHANNEL: ("channel", "canal"),
    RoomKind.THREAD: ("thread", "online", "hilo", "en línea"),
    RoomKind.VOICE: ("voice", "voz", "video", "vídeo"),
}
_LONGEST, _MOST_FEATURES = 40, 10
_NONE = msg("A board needs rooms. Write each on a line of its own, like: Library, 30 seats")


def read_rooms(words: str, before: Sequence[Room] = ()) -> tuple[Room, ...] | Sentence:
    """Return the rooms that lines say: a name, then seats and what it has, between commas.

    A room of `before` of the same name keeps its number; where one name alone was changed, it is the same
    room, called otherwise.
    """
    rooms = [_room(line) for line in lines_of(words)]
    if not rooms:
        return _NONE
    if not all(is_seen(each.name) for each in rooms):
        return msg("Each room needs a name, which stands first, like: Library, 30 seats")
    if len(rooms) > MOST:
        return msg("{n} rooms at most fit on a board.", n=MOST)
    names = [each.name.casefold() for each in rooms]
    for each in rooms:
        if names.count(each.name.casefold()) > 1:
            return msg("“{name}” is named twice. Give each room its own name.", name=each.name)
    known = {each.name.casefold(): each for each in before}
    gone = [each for each in before if each.name.casefold() not in names]
    new = [each for each in rooms if each.name.casefold() not in known]
    if len(gone) == len(new) == 1 and len(rooms) == len(before):
        known[new[0].name.casefold()] = gone[0]
    same = (known.get(each.name.casefold()) for each in rooms)
    return tuple(
        replace(each, id=was.id, board=was.board, place=was.place) if was else each
        for each, was in zip(rooms, same, strict=True)
    )


def room_line(room: Room) -> str:
    """Return a room as it is written."""
    kind = () if room.kind is RoomKind.REAL else (_KINDS[room.kind][0],)
    seats = () if room.seats is None else (str(room.seats),)
    return ", ".join((room.name, *seats, *kind, *room.features))


def features_of(words: str) -> tuple[str, ...]:
    """Return what a room has to have, as somebody wrote it between commas."""
    found = (one_line(each).casefold()[:_LONGEST] for each in clean(words).split(","))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_FEATURES]


def _room(line: str) -> Room:
    name, _, rest = line.partition(",")
    seats, kind = None, RoomKind.REAL
    features: list[str] = []
    for each in features_of(rest):
        if found := _SEATS.match(each):
            seats = int(found[1])
        elif named := next((one for one, words in _KINDS.items() if each in words), None):
            kind = named
        else:
            features.append(each)
    return Room(0, 0, one_line(name)[:80], kind, seats, tuple(features))
