"""A session as it is held, and what comes of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.edcamps.model.board import Room, RoomKind, Slot
from plnbot.edcamps.model.cards import Session
from plnbot.edcamps.model.timing import closes_at
from plnbot.values import dataclass

BEFORE = timedelta(minutes=10)
"""So long before a session begins one can say that one is there."""


class Part(StrEnum):
    """What somebody does for a session."""

    FACILITATOR = "facilitator"
    NOTES = "notes"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as it is held.

    It is held from `starts_at` until it closes. `protocol` goes on since `began_at`, and `stage` of it is
    shown. `tapped` is how many tapped in, once it has ended, `attended` how many its host counted. `looked_at` is when it was looked at whether it is empty or full.
    """

    session: int
    board: int
    protocol: str
    began_at: datetime
    stage: int
    starts_at: datetime
    closes_at: datetime
    ended_at: datetime | None = None
    tapped: int | None = None
    attended: int | None = None
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody noted in a session."""

    id: int
    session: int
    member: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Takeaway:
    """What somebody takes home."""

    member: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """What organisers told everybody."""

    id: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A session where and when everybody was told it is."""

    session: Session
    slot: Slot
    room: Room

    @property
    def closes_at(self) -> datetime:
        """When it ends."""
        return closes_at(self.slot.starts_at, self.slot.ends_at)

    def takes_people(self, now: datetime) -> bool:
        """Return whether one can be there now, or is about to."""
        return self.slot.starts_at - BEFORE <= now < self.closes_at

    @property
    def own_channel(self) -> bool:
        """Whether its room is a channel that was there before: nothing is opened for it."""
        written = self.room.kind in {RoomKind.CHANNEL, RoomKind.VOICE}
        return written and self.room.place is not None


def places(
    sessions: Iterable[Session], slots: Iterable[Slot], rooms: Iterable[Room]
) -> Mapping[int, Place]:
    """Return the sessions that everybody was told of and that take place, by session, in their order."""
    slot_of = {each.id: each for each in slots}
    room_of = {each.id: each for each in rooms}
    found = []
    for each in sessions:
        slot = slot_of.get(each.shown_slot or 0)
        room = room_of.get(each.shown_room or 0)
        if slot and room and each.cancelled_at is None:
            found.append(Place(each, slot, room))
    found.sort(key=lambda each: (each.slot.starts_at, each.room.id, each.session.id))
    return {each.session.id: each for each in found}


def now_and_next(slots: Sequence[Slot], now: datetime) -> tuple[Slot | None, Slot | None]:
    """Return the slot that goes on and the one that comes next; a session that has closed is no longer on."""
    on = next(
        (each for each in slots if each.starts_at <= now < closes_at(each.starts_at, each.ends_at)),
        None,
    )
    coming = next((each for each in slots if each.starts_at > now), None)
    return on, coming
