"""A grid for a board, from its seed: filled, made better, given rooms, and what still has no place looked at."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from plnbot.grids.annealing import Told, anneal
from plnbot.grids.board import Board, Broken, Place, Places
from plnbot.grids.columns import EMPTY, Columns
from plnbot.grids.filling import OUTSIDE, Filling
from plnbot.grids.moving import Moves, waivable
from plnbot.grids.rooms import assigned, standing
from plnbot.values import dataclass

_TRIES_A_PAIR, _MOST_TRIES = 240, 1_600_000
_ENOUGH_TRIES, _MOST_RUNS, _AGREE = 500_000, 16, 3
"""Small boards are made several times, until so many of the best grids are as good as each other."""
_RANDOM_GRIDS = 5


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a grid is, in interests: what there are, what is lost, and what other ways would lose.

    `at_random` is the mean of some grids made without looking at interests, `greedy` is what comes of
    giving the most wanted card the best place, and so on. `standing` find no seat in all, `most_standing` in
    one room.
    """

    interests: int
    lost: int
    at_random: int
    greedy: int
    standing: int
    most_standing: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: where cards stand, for which of them a rule was waived, and how good it is."""

    places: Places
    waived: tuple[tuple[int, Broken], ...]
    quality: Quality


def solve(board: Board, seed: int, told: Told = lambda _part: None) -> Grid:
    """Return the grid of a board; the same board and seed make the same one."""
    columns = Columns(board)
    best = _best(columns, seed, told)
    places, waived = _waived(columns, _with_rooms(best))
    return Grid(places, waived, _quality(columns, places, seed))


def _best(columns: Columns, seed: int, told: Told) -> Filling:
    tries = _tries(Filling(columns))
    runs = max(1, min(_MOST_RUNS, _ENOUGH_TRIES // tries))
    made: list[Filling] = []
    for run in range(runs):
        made.append(_made(columns, seed + run, tries, lambda part: told((len(made) + part) / runs)))
        worth = [round(each.worth(), 6) for each in made]
        if worth.count(max(worth)) == _AGREE:
            break
    told(1)
    return max(made, key=Filling.worth)


def _tries(filling: Filling) -> int:
    pairs = filling.inside * len(filling.slot_of) // 2
    return max(1, min(_MOST_TRIES, _TRIES_A_PAIR * pairs))


def _made(columns: Columns, seed: int, tries: int, told: Told) -> Filling:
    filling = Filling(columns)
    fill(filling, least_flexible_first(columns))
    anneal(filling, Random(seed), tries, told)
    fill(filling, least_flexible_first(columns))
    return filling


def least_flexible_first(columns: Columns) -> list[int]:
    """Return cards in the order of how many places they have to choose from, then the most wanted first."""

    def choice(card: int) -> tuple[int, int]:
        slots, rooms = columns.slots[card], columns.rooms[card]
        open_ = (free for at, free in enumerate(columns.free) if slots >> at & 1)
        return sum((free & rooms).bit_count() for free in open_), -columns.size[card]

    return sorted(range(len(columns.board.cards)), key=choice)


def fill(filling: Filling, order: Sequence[int], random: Random | None = None) -> None:
    """Give each card that has no place, in this order, the slot that wins most, or one at random."""
    outside = {filling.holds[at]: at for at, of in enumerate(filling.slot_of) if of == OUTSIDE}
    for card in order:
        if card not in outside:
            continue
        spots = [at for at in _first_empty(filling) if filling.takes(at, card)]
        if spots:
            at = outside.pop(card)
            best = (
                random.choice(spots)
                if random
                else max(spots, key=lambda each: _won(filling, each, at))
            )
            filling.swap(best, at)


def _first_empty(filling: Filling) -> list[int]:
    found = (
        next((at for at in spots if filling.holds[at] == EMPTY), None) for spots in filling.spots
    )
    return [each for each in found if each is not None]


def _won(filling: Filling, spot: int, outside: int) -> float:
    won = filling.change(spot, outside)
    return float("-inf") if won is None else won


def _with_rooms(filling: Filling) -> dict[int, Place]:
    board, columns = filling.columns.board, filling.columns
    places = {each.id: each.at for each in board.cards if each.at is not None}
    for slot, spots in enumerate(filling.spots):
        cards = [filling.holds[at] for at in spots if filling.holds[at] != EMPTY]
        for card, room in assigned(columns, cards, columns.free[slot]).items():
            places[board.cards[card].id] = Place(board.slots[slot].id, board.rooms[room].id)
    return places


def _waived(
    columns: Columns, places: dict[int, Place]
) -> tuple[Places, tuple[tuple[int, Broken], ...]]:
    """Return places with more cards in them: one rule is waived for each that fits nowhere, and only one."""
    board, waived = columns.board, []
    every = [Place(slot.id, room.id) for slot in board.slots for room in board.rooms]
    for card in sorted(board.cards, key=lambda each: (-len(each.wanted), each.id)):
        if card.id in places:
            continue
        taken, moves = set(places.values()), Moves(board, places, columns)
        stand = Counter(each.slot for each in taken)
        found = [
            (only.rule.value, stand[place.slot], at, only)
            for at, place in enumerate(every)
            if place not in taken
            for only, *more in [moves.broken(card.id, place)]
            if not more and waivable(only)
        ]
        if found:
            _rule, _beside, at, only = min(found, key=lambda each: each[:3])
            places[card.id] = every[at]
            waived.append((card.id, only))
    return places, tuple(waived)


def _quality(columns: Columns, places: Places, seed: int) -> Quality:
    board = columns.board
    greedy = Filling(columns)
    fill(greedy, sorted(range(len(board.cards)), key=lambda each: -columns.size[each]))
    at_random = 0
    for each in range(_RANDOM_GRIDS):
        filling, random = Filling(columns), Random(seed + each)
        fill(filling, random.sample(range(len(board.cards)), len(board.cards)), random)
        at_random += columns.all - filling.all_met()
    stand = [
        standing(columns.size[columns.card[card]], board.rooms[columns.room[place.room]].seats)
        for card, place in places.items()
    ]
    return Quality(
        columns.all,
        columns.all - sum(columns.met(each) for each in columns.by_slot(places)),
        round(at_random / _RANDOM_GRIDS),
        columns.all - greedy.all_met(),
        sum(stand),
        max(stand, default=0),
    )
