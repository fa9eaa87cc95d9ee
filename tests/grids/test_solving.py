"""What holds of every grid, checked against all grids there are."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plnbot.grids import Board, Card, Grid, Place, Room, Rule, Slot, lost, solve
from plnbot.grids.columns import Columns
from plnbot.grids.rooms import assigned
from tests.grids.worlds import day, fewest_lost, rules_broken, small

seeds = st.integers(0, 2**63)
few = settings(max_examples=25)


def made(board: Board, seed: int = 1) -> Grid:
    """Return a grid, of which has been checked what holds of each."""
    grid = solve(board, seed)
    there = list(grid.places.values())
    assert len(there) == len(set(there))
    stay = {each.id: each.at for each in board.cards if each.at is not None}
    assert {card: grid.places[card] for card in stay} == stay
    waived = dict(grid.waived)
    for card in grid.places.keys() - stay.keys():
        assert rules_broken(board, grid.places, card) == (card in waived)
    assert all(each.rule in {Rule.NEED, Rule.AWAY} for each in waived.values())
    assert grid.quality.lost == lost(board, grid.places)
    return grid


@few
@given(small(), seeds)
def test_rules_hold_and_as_few_as_can_be_are_lost(board: Board, seed: int) -> None:
    """What stays stays, no rule is broken but the one that is named, and no grid loses fewer."""
    grid = made(board, seed)
    assert grid.quality.lost <= fewest_lost(board)
    if not grid.waived:
        assert grid.quality.lost == fewest_lost(board)


@few
@given(small())
def test_no_card_is_left_out_where_it_fits(board: Board) -> None:
    """Who has no place breaks a rule at every place that is free."""
    places = made(board).places
    taken = {*places.values(), *board.closed}
    for card in board.cards:
        for slot in board.slots:
            for room in board.rooms:
                place = Place(slot.id, room.id)
                if card.id not in places and place not in taken:
                    assert rules_broken(board, {**places, card.id: place}, card.id)


def test_one_seed_makes_one_grid() -> None:
    """On every machine, and it tells how far it is."""
    board, parts = day(8, 2, 2, 20, 1), list[float]()
    assert solve(board, 7, parts.append).places == solve(board, 7).places
    assert parts == sorted(parts)
    assert parts[-1] == 1
    assert solve(board, 2026).places == HELD


HELD = {5: Place(0, 1), 6: Place(0, 0), 2: Place(1, 0), 3: Place(1, 1)}


def test_better_than_greedy_and_at_random() -> None:
    """Its quality says what other ways would lose."""
    quality = made(day(16, 3, 3, 60, 1)).quality
    assert quality.lost < quality.greedy < quality.at_random < quality.interests


def test_wanted_by_the_same_stand_apart() -> None:
    """Four cards that two groups want, two of each, and hosts who lead two: never at their own hour."""
    cards = [
        Card(1, frozenset({90}), frozenset({1, 2, 3})),
        Card(2, frozenset({91}), frozenset({1, 2, 3})),
        Card(3, frozenset({90}), frozenset({4, 5})),
        Card(4, frozenset({91}), frozenset({4, 5, 90})),
    ]
    board = Board((Slot(1), Slot(2)), (Room(1), Room(2)), tuple(cards))
    grid = made(board)
    assert grid.quality.lost == 1  # the host of one who would go to another
    assert len({grid.places[card].slot for card in (1, 2)}) == 2
    assert len({grid.places[card].slot for card in (1, 3)}) == 2


def test_the_most_wanted_do_not_stand_at_one_time() -> None:
    """Even where nobody wants two of them."""
    people = iter(range(1000))
    cards = [
        Card(at, wanted=frozenset(next(people) for _ in range(many)))
        for at, many in enumerate((30, 30, 5, 5))
    ]
    places = made(Board((Slot(1), Slot(2)), (Room(1), Room(2)), tuple(cards))).places
    assert places[0].slot != places[1].slot


@few
@given(seeds)
def test_no_slot_stays_empty_while_another_is_full(seed: int) -> None:
    """Where nobody wants two of them, five cards stand two, two and one at a time, wanted or not, one fitting nowhere."""
    cards = (
        Card(0, wanted=frozenset({1})),
        Card(1),
        Card(2, hosts=frozenset({11})),
        Card(3, hosts=frozenset({12})),
        Card(4, hosts=frozenset({13}), needs=frozenset({"kiln"})),
    )
    slots, rooms = tuple(map(Slot, range(3))), tuple(map(Room, range(3)))
    there = [each.slot for each in made(Board(slots, rooms, cards), seed).places.values()]
    assert sorted(map(there.count, range(3))) == [1, 2, 2]


def test_projector_and_no_steps_it_gave_me_that_room() -> None:
    """What a card needs decides its room, however few want it; the others are sorted by seats."""
    rooms = (Room(1, 10), Room(2, 40, frozenset({"projector", "no steps"})), Room(3, 20))
    cards = (
        Card(1, wanted=frozenset(range(30))),
        Card(2, wanted=frozenset(range(5)), needs=frozenset({"projector", "no steps"})),
        Card(3, wanted=frozenset(range(8))),
    )
    grid = made(Board((Slot(1),), rooms, cards))
    assert grid.places == {1: Place(1, 3), 2: Place(1, 2), 3: Place(1, 1)}
    assert (grid.quality.standing, grid.quality.most_standing) == (10, 10)


def test_one_rule_is_waived_where_nothing_fits() -> None:
    """A need first, before a host's time; never two, and nobody leads two at one time."""
    away = Slot(2, away=frozenset({7}))
    alone = Card(1, frozenset({7}), needs=frozenset({"piano"}))
    here = made(Board((Slot(1), away), (Room(1),), (alone,)))
    assert here.places == {1: Place(1, 1)}
    assert [(one.rule, one.need) for _, one in here.waived] == [(Rule.NEED, "piano")]
    assert made(Board((away,), (Room(1),), (alone,))).places == {}
    late = made(Board((away,), (Room(1),), (Card(1, frozenset({7})),)))
    assert [(one.rule, one.host) for _, one in late.waived] == [(Rule.AWAY, 7)]
    both = (Card(1, frozenset({7})), Card(2, frozenset({7})))
    assert len(made(Board((Slot(1),), (Room(1), Room(2)), both)).places) == 1


@pytest.mark.parametrize(("slots", "rooms", "cards"), [(0, 3, 2), (2, 0, 2), (2, 2, 0)])
def test_a_board_without_slots_rooms_or_cards(slots: int, rooms: int, cards: int) -> None:
    """Has an empty grid."""
    board = Board(
        tuple(Slot(at) for at in range(slots)),
        tuple(Room(at) for at in range(rooms)),
        tuple(Card(at) for at in range(cards)),
    )
    assert made(board).places == {}


def test_rooms_are_given_out_exactly() -> None:
    """As few stand as in the best of all ways to give them out, with needs."""
    chance = random.Random(1)
    for _ in range(20):
        board = Board(
            (Slot(0),),
            tuple(
                Room(
                    at, chance.randrange(1, 9), frozenset(chance.sample("ab", chance.randrange(3)))
                )
                for at in range(5)
            ),
            tuple(Card(at, wanted=frozenset(range(chance.randrange(9)))) for at in range(4)),
        )
        columns = Columns(board)
        found = assigned(columns, range(4), columns.free[0])
        assert _stand(board, list(found.values())) == min(
            _stand(board, chosen) for chosen in _ways(4, list(range(5)))
        )


def _ways(many: int, rooms: list[int]) -> list[list[int]]:
    if not many:
        return [[]]
    return [
        [room, *rest]
        for room in rooms
        for rest in _ways(many - 1, [each for each in rooms if each != room])
    ]


def _stand(board: Board, rooms: list[int]) -> int:
    seats = [board.rooms[each].seats or 0 for each in rooms]
    sizes = [len(each.wanted) for each in board.cards]
    return sum(max(0, many - seat) for many, seat in zip(sizes, seats, strict=True))
