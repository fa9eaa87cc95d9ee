"""What takes place at a time, for platforms with a calendar of their own."""

from datetime import datetime

from plnbot.refs import Place
from plnbot.talk.cards import Card
from plnbot.talk.text import Text
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing in a calendar. The same `key` again is the same thing, changed or called `off`.

    What is not `busy` leaves people free meanwhile. `held_in` is the room into which one has to be able to look
    to know of it; None where everybody may.
    """

    key: str
    title: Text
    about: Text
    starts_at: datetime
    ends_at: datetime
    off: bool = False
    busy: bool = True
    held_in: Place | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """A card that tells of something that takes place, which stands in no calendar where it is None."""

    card: Card
    happening: Happening | None
