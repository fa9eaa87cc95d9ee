"""Why each card stands where it does, and why one has no place: what people are told, as plain values."""

from enum import Enum, auto

from plnbot.grids.board import Board, Card, Place, Places, interests
from plnbot.grids.moving import Moves
from plnbot.values import dataclass


class WhyThen(Enum):
    """Why a card has its slot."""

    BEGUN = auto()
    """It has begun there."""
    BY_HAND = auto()
    """Somebody put it there by hand."""
    ONLY_TIME = auto()
    """No other slot has a time that its hosts can, or a room that it needs."""
    FEWEST = auto()
    """At no other time would fewer clash."""
    FOR_OTHERS = auto()
    """At another time fewer would clash for it, and more for others."""
    NO_VOTES = auto()
    """Nobody said to be interested: there was room."""


class WhyThere(Enum):
    """Why a card has its room."""

    ONLY_ROOM = auto()
    """No other room has what it needs."""
    NEEDS = auto()
    """The room has what it needs."""
    SEATS = auto()
    """It has a seat for everybody interested."""
    MOST_SEATS = auto()
    """Not everybody finds a seat; it is the largest that was left."""
    FREE = auto()
    """It was free."""


class WhyNot(Enum):
    """Why a card has no place."""

    NO_ROOM = auto()
    """No room has all that it needs."""
    NO_TIME = auto()
    """There is no time left at which all its hosts can come."""
    HOSTS_BUSY = auto()
    """Its hosts lead other cards whenever they can come."""
    ROOMS_TAKEN = auto()
    """The rooms that have what it needs went to cards that more would have missed."""
    FULL = auto()
    """All places went to cards that more would have missed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a card stands where it does: `clash` of `interested` have something else then.

    `elsewhere` is the least that would clash at another time that is open to it.
    """

    then: WhyThen
    there: WhyThere
    clash: int
    interested: int
    elsewhere: int | None


def reason(board: Board, places: Places, card: int, moves: Moves | None = None) -> Reason:
    """Return why a card that has a place stands there."""
    moves = moves or Moves(board, places)
    one = next(each for each in board.cards if each.id == card)
    place, size = places[card], len(interests(one))
    clash = moves.clashes(card)
    others = [
        moves.clashes_in(card, slot.id)
        for slot in board.slots
        if slot.id != place.slot and not slot.begun and not slot.away & one.hosts
    ]
    least = min(others, default=None)
    return Reason(
        _then(board, one, place, clash, least), _there(board, one, place), clash, size, least
    )


def _then(board: Board, card: Card, place: Place, clash: int, elsewhere: int | None) -> WhyThen:
    slot = next(each for each in board.slots if each.id == place.slot)
    if slot.begun:
        return WhyThen.BEGUN
    if card.at is not None:
        return WhyThen.BY_HAND
    if elsewhere is None:
        return WhyThen.ONLY_TIME
    if not interests(card):
        return WhyThen.NO_VOTES
    return WhyThen.FEWEST if clash <= elsewhere else WhyThen.FOR_OTHERS


def _there(board: Board, card: Card, place: Place) -> WhyThere:
    suits = [each for each in board.rooms if card.needs <= each.has]
    room = next(each for each in board.rooms if each.id == place.room)
    if card.needs and [each.id for each in suits] == [room.id]:
        return WhyThere.ONLY_ROOM
    if card.needs and room in suits:
        return WhyThere.NEEDS
    if room.seats is None or not interests(card):
        return WhyThere.FREE
    return WhyThere.SEATS if len(interests(card)) <= room.seats else WhyThere.MOST_SEATS


def why_not(board: Board, places: Places, card: int) -> WhyNot:
    """Return why a card that has no place has none."""
    one = next(each for each in board.cards if each.id == card)
    if one.needs and not any(one.needs <= room.has for room in board.rooms):
        return WhyNot.NO_ROOM
    times = [each for each in board.slots if not each.begun and not each.away & one.hosts]
    if not times:
        return WhyNot.NO_TIME
    leads = {each.id: each.hosts for each in board.cards}
    busy = {place.slot for card, place in places.items() if leads[card] & one.hosts}
    times = [each for each in times if each.id not in busy]
    if not times:
        return WhyNot.HOSTS_BUSY
    taken = {*places.values(), *board.closed}
    every = (Place(slot.id, room.id) for slot in times for room in board.rooms)
    return WhyNot.FULL if taken.issuperset(every) else WhyNot.ROOMS_TAKEN
