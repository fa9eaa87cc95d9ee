"""What a grid is made of: cards, slots, rooms, and where each card stands."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

from plnbot.values import dataclass

NOBODY: frozenset[int] = frozenset()
NOTHING: frozenset[str] = frozenset()


class Place(NamedTuple):
    """A slot and a room in it, by id."""

    slot: int
    room: int


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody would lead: who hosts it, who is interested, and what its room must have.

    `at` is where it stays: set by hand, or started. Who hosts it wants to be there, voted or not.
    """

    id: int
    hosts: frozenset[int] = NOBODY
    wanted: frozenset[int] = NOBODY
    needs: frozenset[str] = NOTHING
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the day, in which some are away. Nothing comes into one that has begun, or leaves it."""

    id: int
    away: frozenset[int] = NOBODY
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room with seats, None where there is no end of them, and what it has."""

    id: int
    seats: int | None = None
    has: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a grid is made from: slots as they follow each other, rooms, cards, and what is closed."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    cards: tuple[Card, ...]
    closed: frozenset[Place] = frozenset()


Places = Mapping[int, Place]
"""Where cards stand, by the card's id."""


class Rule(Enum):
    """What stands against a card at a place."""

    BEGUN = auto()
    """The slot has begun."""
    CLOSED = auto()
    """The room is closed then."""
    HOST_TWICE = auto()
    """One of its hosts leads another card at this time."""
    AWAY = auto()
    """One of its hosts cannot come at this time."""
    NEED = auto()
    """The room lacks something it needs."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a card would break at a place, with the host, the other card or the need it is about."""

    rule: Rule
    host: int | None = None
    other: int | None = None
    need: str | None = None


def interests(card: Card) -> frozenset[int]:
    """Return who is interested in a card, without who hosts it."""
    return card.wanted - card.hosts
