"""Which card of a slot gets which room: whether they all find one, and the rooms that suit them best."""

from collections.abc import Sequence
from functools import lru_cache

from plnbot.grids.columns import Columns

_FORBIDDEN = 1 << 60
_STANDS = 1 << 24
_MANY_SEATS = 1 << 12


@lru_cache(1 << 14)
def all_fit(suits: tuple[int, ...], free: int) -> bool:
    """Tell whether cards find a free room each: `suits` are, as bits, the rooms that have what each needs."""
    holder: dict[int, int] = {}

    def finds(card: int, tried: set[int]) -> bool:
        rooms = suits[card] & free
        while rooms:
            room = rooms & -rooms
            rooms ^= room
            if room not in tried:
                tried.add(room)
                if room not in holder or finds(holder[room], tried):
                    holder[room] = card
                    return True
        return False

    return all(finds(card, set()) for card in range(len(suits)))


def assigned(columns: Columns, cards: Sequence[int], free: int) -> dict[int, int]:
    """Return the room of each card of a slot: as few as can be stand, and the most wanted have most seats.

    `free` are the rooms, as bits; the cards fit into them.
    """
    rooms = [at for at in range(len(columns.board.rooms)) if free >> at & 1]
    costs = [[_cost(columns, card, room) for room in rooms] for card in cards]
    return {card: rooms[at] for card, at in zip(cards, _cheapest(costs), strict=True)}


def standing(size: int, seats: int | None) -> int:
    """Return how many of so many find no seat."""
    return 0 if seats is None else max(0, size - seats)


def _cost(columns: Columns, card: int, room: int) -> int:
    if not columns.rooms[card] >> room & 1:
        return _FORBIDDEN
    size, of = columns.size[card], columns.board.rooms[room]
    seats = _MANY_SEATS if of.seats is None else min(of.seats, _MANY_SEATS)
    unused = len(of.has - columns.board.cards[card].needs)
    return _STANDS * standing(size, of.seats) - 16 * size * seats + unused


def _cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """Return the column of each row so that their costs together are the least: the Hungarian method."""
    many = len(costs[0]) if costs else 0
    row_worth, column_worth = [0] * len(costs), [0] * (many + 1)
    holder: list[int | None] = [None] * (many + 1)  # the last column is where each new row begins
    for row in range(len(costs)):
        holder[many] = row
        column, came_from = _shortest_path(costs, holder, row_worth, column_worth)
        while column != many:
            before = came_from[column]
            holder[column] = holder[before]
            column = before
    found = {row: column for column, row in enumerate(holder[:many]) if row is not None}
    return [found[row] for row in range(len(costs))]


def _shortest_path(
    costs: Sequence[Sequence[int]],
    holder: Sequence[int | None],
    row_worth: list[int],
    column_worth: list[int],
) -> tuple[int, list[int]]:
    """Return the free column that a new row reaches at least cost, and from where each was reached."""
    many = len(costs[0])
    least, came_from = [_FORBIDDEN * 4] * many, [many] * many
    seen, column = [many], many
    while (row := holder[column]) is not None:
        left = [each for each in range(many) if each not in seen]
        for each in left:
            cost = costs[row][each] - row_worth[row] - column_worth[each]
            if cost < least[each]:
                least[each], came_from[each] = cost, column
        column = min(left, key=least.__getitem__)
        step = least[column]
        for each in seen:
            row_worth[holder[each] or 0] += step
            column_worth[each] -= step
        for each in left:
            least[each] -= step
        seen.append(column)
    return column, came_from
