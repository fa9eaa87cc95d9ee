"""How many will come to a card: a range, or nothing where too few voted to tell.

Who is at the day shares out over what runs at one time, and not everybody sits in a session: two thirds do. Of
these each card has its part by how often it is wanted beside the others. Measured at open events, four in five
sessions end within the range; a single number would promise more than votes know.
"""

from math import sqrt

from plnbot.grids.board import Board, Places, interests
from plnbot.values import dataclass

_SIT_IN_ONE = 0.66
_SPREAD = 0.35
_FOUR_IN_FIVE = 1.28
_ENOUGH_VOTED = 0.1


@dataclass(frozen=True, slots=True)
class Range:
    """At least and at most so many, four times in five."""

    low: int
    high: int


def forecast(board: Board, places: Places, people: int, voted: int) -> dict[int, Range]:
    """Return how many will come to each card that has a place, nothing where under a tenth voted or nobody wants to."""
    if not people or voted < people * _ENOUGH_VOTED:
        return {}
    wanted = {each.id: len(interests(each)) for each in board.cards if each.id in places}
    usual = sum(wanted.values()) / len(wanted) if wanted else 0
    if not usual:
        return {}
    beside: dict[int, int] = {}
    for place in places.values():
        beside[place.slot] = beside.get(place.slot, 0) + 1
    return {
        card: _around(_SIT_IN_ONE * people / beside[places[card].slot] * many / usual, people)
        for card, many in wanted.items()
        if many
    }


def _around(expected: float, people: int) -> Range:
    aside = _FOUR_IN_FIVE * sqrt(expected + (_SPREAD * expected) ** 2)
    return Range(max(0, round(expected - aside)), min(people, round(expected + aside)))
