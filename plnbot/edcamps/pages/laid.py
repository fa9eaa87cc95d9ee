"""Slots below each other and rooms side by side: the one shape of a grid, whoever looks at it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from plnbot.edcamps.model import Room, Slot
from plnbot.talk.text import Text, verbatim
from plnbot.talk.walls import Cell, Moving, Timetable
from plnbot.talk.walls import Slot as Row

WIDE, ALL = 8, 1000
"""How many rooms stand side by side on a page, and that all its slots stand below each other."""


def laid_out(
    caption: Text,
    slots: Iterable[Slot],
    rooms: Iterable[Room],
    cell: Callable[[int, int], Cell | None],
    *,
    now: datetime,
    moving: Moving | None = None,
    seen: int = 0,
) -> Timetable:
    """Return a grid in which `cell` says what stands in a slot and a room, by their numbers.

    Where things are moved by hand, each place names the last step of the grid that was `seen`.
    """
    columns = list(rooms)
    rows = tuple(
        Row(
            verbatim(slot.name),
            slot.starts_at,
            slot.ends_at,
            tuple(cell(slot.id, room.id) for room in columns),
            tuple(f"{slot.id}.{room.id}.{seen}" for room in columns) if moving else (),
        )
        for slot in slots
    )
    return Timetable(caption, tuple(verbatim(each.name) for each in columns), rows, now, moving)
