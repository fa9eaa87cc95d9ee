"""A board as people write it: slots, rooms and phases, one a line; read, and written so again.

    slots    `9:00–9:45 Opening`; a clock without am or pm is that of a school's day
    rooms    `Library, 30 seats, projector`
    phases   `Votes: Friday 8 am`

What stands as it was shown is taken as it was, also where its time has passed: so a board is changed by
its own words while it runs.
"""

from collections.abc import Sequence
from datetime import datetime

from plnbot.edcamps.layout.asking import Asks
from plnbot.edcamps.layout.phases import PhaseTimes, as_lines, following, read_phases
from plnbot.edcamps.layout.rooms import features_of, read_rooms, room_line
from plnbot.edcamps.layout.slots import day_line, read_slots, slot_lines
from plnbot.edcamps.model import Room, Slot, usual_times
from plnbot.talk.forms import FieldErrors
from plnbot.talk.words import Sentence
from plnbot.values import dataclass

__all__ = [
    "Asks",
    "Layout",
    "PhaseTimes",
    "Written",
    "as_lines",
    "day_line",
    "features_of",
    "read_layout",
    "room_line",
    "slot_lines",
]


@dataclass(frozen=True, slots=True)
class Written:
    """What a form says of a board, unread."""

    day: str
    slots: str
    rooms: str
    phases: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A board's slots, rooms and times; those that are new have no number yet."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    times: PhaseTimes


def read_layout(written: Written, asks: Asks, before: Layout | None = None) -> Layout | FieldErrors:
    """Read a board, or what one that was `before` is to become; all that is in the way is said at once."""
    errors: dict[str, Sentence] = {}
    slots = read_slots(written.day, written.slots, asks, before.slots if before else ())
    if isinstance(slots, FieldErrors):
        errors |= {name: each for name, each in slots.errors.items() if isinstance(each, Sentence)}
    rooms = read_rooms(written.rooms, before.rooms if before else ())
    if isinstance(rooms, Sentence):
        errors["rooms"] = rooms
    if isinstance(slots, FieldErrors) or isinstance(rooms, Sentence):
        return FieldErrors(errors)
    now = _bounds(slots)
    if before is None:
        start = PhaseTimes(usual_times(asks.now, *now))
    else:
        start = following(before.times, _bounds(before.slots), now)
    times = read_phases(written.phases, asks, before.times if before else None, start)
    if isinstance(times, Sentence):
        return FieldErrors({"phases": times})
    return Layout(slots, rooms, times)


def _bounds(slots: Sequence[Slot]) -> tuple[datetime, datetime]:
    return slots[0].starts_at, max(each.ends_at for each in slots)
