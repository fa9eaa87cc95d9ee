"""What organisers did with a grid: what was suggested, and each step by hand. Pure."""

from collections.abc import Mapping
from datetime import datetime

from plnbot.grids import Broken, Quality
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """Where something stands in the grid: a card by its number, a further run by its session's, negative.

    `slot` and `room` are None where it has no place. What is `pinned` was put there by hand.
    """

    what: int
    slot: int | None = None
    room: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a grid: who made it, and where things stood before and after it."""

    id: int
    board: int
    by: int
    at: datetime
    before: tuple[Stand, ...]
    after: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The grid that was suggested last: for whom, how good it is, and for which cards a rule was waived."""

    board: int
    by: int
    at: datetime
    quality: Quality
    waived: Mapping[int, Broken]
