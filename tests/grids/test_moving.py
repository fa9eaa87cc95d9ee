"""What a move would do, why one is refused, how many will come, and why a card stands where it does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.grids import (
    Board,
    Broken,
    Card,
    Cost,
    Moves,
    Place,
    Range,
    Reason,
    Room,
    Rule,
    Slot,
    WhyNot,
    WhyThen,
    WhyThere,
    forecast,
    lost,
    moved,
    reason,
    solve,
    why_not,
)
from tests.grids.worlds import small

MANY = frozenset(range(14))
NEEDS = frozenset({"projector"})
CARDS = (
    Card(1, frozenset({90}), MANY | {80}),
    Card(2, frozenset({91}), MANY),
    Card(3, frozenset({90}), frozenset({1, 2})),
    Card(4, frozenset({92}), frozenset({70}), NEEDS),
)
ROOMS = (Room(1, 10, NEEDS), Room(2, 20))
BOARD = Board((Slot(1), Slot(2, away=frozenset({91}))), ROOMS, CARDS)
PLACES = {1: Place(1, 1), 2: Place(2, 2), 4: Place(2, 1)}


def test_fourteen_who_planned_to_come_would_clash() -> None:
    """The cost is known before the move, also of what changes places with it, and of no place at all."""
    moves = Moves(BOARD, PLACES)
    assert moves.cost(2, Place(1, 2)) == Cost(clash=14, clashed=0, lost=14, standing=0)
    assert moves.cost(1, Place(2, 1)) == Cost(14, 0, 14, standing=5, other=4, other_clash=0)
    assert moves.cost(1, None) == Cost(0, 0, 16)
    assert moves.cost(1, Place(1, 1)) == Cost(0, 0, 0, standing=5)
    assert moves.cost(3, Place(1, 2)).lost == 0


def test_why_a_place_is_refused() -> None:
    """The same host, what has begun, what is closed, or what the other one would break in return."""
    moves = Moves(BOARD, PLACES)
    assert moves.refused(3, Place(1, 2)) == Broken(Rule.HOST_TWICE, host=90, other=1)
    assert moves.refused(3, Place(1, 1)) is None  # the other card of that host would go
    begun = replace(BOARD, slots=(replace(BOARD.slots[0], begun=True), BOARD.slots[1]))
    assert Moves(begun, PLACES).refused(2, Place(1, 2)) == Broken(Rule.BEGUN)
    assert Moves(begun, PLACES).refused(1, Place(2, 1)) == Broken(Rule.BEGUN, other=1)
    closed = replace(BOARD, closed=frozenset({Place(1, 2)}))
    assert Moves(closed, PLACES).refused(2, Place(1, 2)) == Broken(Rule.CLOSED)
    there = {3: Place(2, 1), 1: Place(1, 1), 2: Place(1, 2)}
    assert Moves(BOARD, there).refused(2, Place(2, 1)) == Broken(Rule.HOST_TWICE, 90, 1)
    assert Moves(BOARD, {**there, 2: Place(2, 2)}).refused(3, Place(2, 2)) is None


def test_what_people_may_live_with_is_said_and_not_refused() -> None:
    """A need that a room lacks, a host who said not to be there."""
    moves = Moves(BOARD, PLACES)
    assert moves.broken(4, Place(1, 2)) == (Broken(Rule.NEED, need="projector"),)
    assert moves.broken(2, Place(2, 2)) == (Broken(Rule.AWAY, host=91),)
    assert moves.refused(4, Place(1, 2)) is None


@given(small(), st.data())
def test_a_move_costs_what_it_loses(board: Board, data: st.DataObject) -> None:
    """Wherever a card goes, the cost is the difference of what is lost, and no place is taken twice."""
    if not board.cards:
        return
    places = {each.id: each.at for each in board.cards if each.at is not None}
    card = data.draw(st.sampled_from([each.id for each in board.cards]))
    slot, room = data.draw(st.sampled_from(board.slots)), data.draw(st.sampled_from(board.rooms))
    place = data.draw(st.sampled_from([None, Place(slot.id, room.id)]))
    after = moved(places, card, place)
    assert after.get(card) == place
    assert len(set(after.values())) == len(after)
    assert Moves(board, places).cost(card, place).lost == lost(board, after) - lost(board, places)


def test_how_many_will_come_is_a_range() -> None:
    """Silent below a tenth of the votes, and where nobody is interested in anything."""
    cards = tuple(
        Card(at, wanted=frozenset(range(many))) for at, many in enumerate((30, 10, 20, 20, 9))
    )
    board = Board((Slot(1), Slot(2)), (Room(1), Room(2)), cards)
    places = {0: Place(1, 1), 1: Place(1, 2), 2: Place(2, 1), 3: Place(2, 2)}
    found = forecast(board, places, people=56, voted=30)
    assert found == {0: Range(14, 42), 1: Range(4, 15), 2: Range(9, 28), 3: Range(9, 28)}
    assert forecast(board, places, people=301, voted=30) == {}
    assert forecast(board, {}, people=56, voted=30) == {}
    assert all(each.high <= 56 for each in forecast(board, {0: Place(1, 1)}, 56, 30).values())


def test_a_card_is_told_why_it_stands_there() -> None:
    """Its slot and its room each have a reason, with numbers."""
    found = {card: reason(BOARD, PLACES, card) for card in PLACES}
    assert found[1] == Reason(WhyThen.FEWEST, WhyThere.MOST_SEATS, 0, 15, 14)
    assert found[2] == Reason(WhyThen.FEWEST, WhyThere.SEATS, 0, 14, 14)
    assert found[4] == Reason(WhyThen.FEWEST, WhyThere.ONLY_ROOM, 0, 1, 0)
    third = reason(BOARD, {**PLACES, 3: Place(2, 2)}, 3)
    assert (third.then, third.clash, third.elsewhere) == (WhyThen.FEWEST, 2, 2)
    assert reason(BOARD, {1: Place(1, 1), 3: Place(1, 2)}, 3).then is WhyThen.FOR_OTHERS


@pytest.mark.parametrize(
    ("card", "rooms", "why"),
    [
        (Card(9, needs=frozenset({"piano"})), ROOMS, WhyNot.NO_ROOM),
        (Card(9, hosts=frozenset({91, 93})), ROOMS, WhyNot.NO_TIME),
        (Card(9, hosts=frozenset({90})), ROOMS, WhyNot.HOSTS_BUSY),
        (Card(9), ROOMS[:1], WhyNot.FULL),
        (Card(9, needs=NEEDS), (*ROOMS, Room(3)), WhyNot.ROOMS_TAKEN),
    ],
)
def test_a_card_is_told_why_it_has_no_place(
    card: Card, rooms: tuple[Room, ...], why: WhyNot
) -> None:
    """In the first of these that is true."""
    slots = (Slot(1, away=frozenset({93})), Slot(2, away=frozenset({91})))
    leads = (Card(1, frozenset({90}), at=Place(1, 1)), Card(2, frozenset({90}), at=Place(2, 1)))
    board = Board(slots, rooms, (*leads, card))
    assert why_not(board, {1: Place(1, 1), 2: Place(2, 1)}, 9) is why


def test_who_stays_and_who_is_alone_are_told_so() -> None:
    """By hand, begun, the only time, no votes."""
    board = Board(
        (Slot(1, begun=True), Slot(2), Slot(3, away=frozenset({5}))),
        (Room(1),),
        (Card(1, at=Place(1, 1)), Card(2, at=Place(2, 1)), Card(3, frozenset({6}))),
    )
    places = solve(board, 1).places
    assert [reason(board, places, card).then for card in (1, 2, 3)] == [
        WhyThen.BEGUN,
        WhyThen.BY_HAND,
        WhyThen.NO_VOTES,
    ]
    only = replace(board, cards=(Card(3, frozenset({5}), MANY),))
    assert reason(only, solve(only, 1).places, 3).then is WhyThen.ONLY_TIME
