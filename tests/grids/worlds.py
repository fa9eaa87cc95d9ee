"""Made-up boards, small ones that bite and a day's with people who like some topics."""

import random
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from plnbot.grids import Board, Card, Moves, Place, Places, Room, Slot, lost

_TOPICS = 8
_LIKED = 5
FEATURES = ("projector", "no steps")


def day(cards: int, slots: int, rooms: int, voters: int, seed: int) -> Board:
    """Return a board of people who vote for about ten cards each, most for what they like."""
    chance = random.Random(seed)
    topic = [chance.randrange(_TOPICS) for _ in range(cards)]
    known = [chance.expovariate(1) + 0.2 for _ in range(cards)]
    wanted: list[set[int]] = [set() for _ in range(cards)]
    for voter in range(voters):
        likes = {chance.randrange(_TOPICS), chance.randrange(_TOPICS)}
        weights = [known[at] * (_LIKED if topic[at] in likes else 1) for at in range(cards)]
        for at in chance.choices(range(cards), weights, k=chance.randint(5, 15)):
            wanted[at].add(voter)
    return Board(
        tuple(Slot(at) for at in range(slots)),
        tuple(Room(at, 15 + 10 * at) for at in range(rooms)),
        tuple(
            Card(at, frozenset({chance.randrange(voters)}), frozenset(wanted[at]))
            for at in range(cards)
        ),
    )


@st.composite
def small(draw: st.DrawFn) -> Board:
    """Draw a board of a few cards, with hosts who are away, needs, begun slots and places set by hand."""
    few = st.frozensets(st.integers(0, 4), max_size=3)
    needs = st.frozensets(st.sampled_from(FEATURES), max_size=1)
    slots = [
        Slot(at, draw(st.frozensets(st.integers(0, 2), max_size=1)))
        for at in range(draw(st.integers(1, 3)))
    ]
    slots[0] = replace(slots[0], begun=draw(st.booleans()))
    rooms = [
        Room(
            10 + at,
            draw(st.none() | st.integers(1, 3)),
            draw(st.frozensets(st.sampled_from(FEATURES))),
        )
        for at in range(draw(st.integers(1, 2)))
    ]
    places = [Place(slot.id, room.id) for slot, room in product(slots, rooms)]
    stays = draw(st.lists(st.sampled_from(places), unique=True, max_size=2))
    hosts = st.frozensets(st.integers(0, 2), max_size=2)
    cards = [
        Card(100 + at, draw(hosts), draw(few), draw(needs), stays[at] if at < len(stays) else None)
        for at in range(len(stays) + draw(st.integers(0, 3)))
    ]
    closed = draw(st.frozensets(st.sampled_from(places), max_size=1)) - set(stays)
    return Board(tuple(slots), tuple(rooms), tuple(cards), closed)


def fewest_lost(board: Board) -> int:
    """Return how many interests must be lost at least where no rule is broken, by trying all grids."""
    loose = [each for each in board.cards if each.at is None]
    stay = {each.id: each.at for each in board.cards if each.at is not None}
    every: list[Place | None] = [
        Place(slot.id, room.id) for slot, room in product(board.slots, board.rooms)
    ]
    found = []
    for chosen in product([*every, None], repeat=len(loose)):
        there = [place for place in (*stay.values(), *chosen) if place is not None]
        if len(there) == len(set(there)):
            new = {one.id: at for one, at in zip(loose, chosen, strict=True) if at is not None}
            places = {**stay, **new}
            if not any(rules_broken(board, places, card) for card in new):
                found.append(lost(board, places))
    return min(found)


def rules_broken(board: Board, places: Places, card: int) -> int:
    """Return how many rules a card breaks where it stands."""
    return len(Moves(board, places).broken(card, places[card]))
