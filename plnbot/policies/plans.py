"""What a plan is: how entries of one shape in one stretch of time are judged, and what came together of them."""

from dataclasses import field
from enum import Enum

from plnbot.policies.entries import Entry
from plnbot.policies.rules import Award, Bundle, Cap, Once
from plnbot.policies.sharing import Under
from plnbot.policies.statements import Part, Worth
from plnbot.values import dataclass


class Place(Enum):
    """Where an entry lies."""

    INSIDE = 0
    EARLIER = 1
    LATER = 2
    NOT_YET = 3


@dataclass(slots=True)
class Plan:
    """How entries of one shape in one stretch are judged, and what came together of them."""

    entry: Entry
    """One of them, for everything but its id, title, topic and minutes; and where all is refused, for nothing."""
    place: Place
    verdict: Part | None
    """What becomes of all of it; None where it counts."""
    good: Part
    """What its counted part looks like."""
    plain: Part
    """The same where an award does not hold."""
    award: Award | None = None
    caps: tuple[tuple[Cap, int], ...] = ()
    onces: tuple[Once, ...] = ()
    bundle: Bundle | None = None
    requires: tuple[int, ...] = ()
    beside: bool = False
    year: int = -1
    out: int = 0
    """Minutes of breaks that are taken out."""
    elsewhere: bool = False
    """Would count but for the period: for what is looked back at."""
    closed: bool = True
    """No other entry changes what becomes of one of these."""
    adds: bool = False
    """They count, here or where it is looked back: what they come to is asked for."""
    apart: bool = False
    """Each of these is to be seen by itself, not only their sum."""
    under: Under | None = None
    """Under which maxima they stand, once that was asked."""
    known: dict[int, Worth] = field(default_factory=dict)
    """What so many minutes are worth where no other entry has a say."""
    minutes: int = 0
    many: int = 0
    each: list[int] = field(default_factory=list)
