"""A board as whole numbers: who would come to a card is one number with a bit for each person.

How many of them find something in a slot is then the count of the bits of some numbers taken together, which
costs a fraction of a microsecond; that is what makes hundreds of thousands of grids a second comparable.
"""

from collections.abc import Sequence

from plnbot.grids.board import Board, Card, Places, interests

EMPTY = -1
"""Stands for no card. Every column of cards has one more row, at its end, for it."""


class Columns:
    """A board's cards, slots and rooms by their places in it."""

    def __init__(self, board: Board) -> None:
        self.board = board
        people = sorted({each for card in board.cards for each in (*card.wanted, *card.hosts)})
        bit = {each: 1 << at for at, each in enumerate(people)}
        self.hosts = [*(_bits(bit, sorted(each.hosts)) for each in board.cards), 0]
        """Who leads a card."""
        self.come = [*(_bits(bit, sorted(each.hosts | each.wanted)) for each in board.cards), 0]
        """Who wants to be at a card: those interested, and its hosts."""
        self.size = [*(len(interests(each)) for each in board.cards), 0]
        self.weight = [*(each + 1 for each in self.size[:-1]), 0]
        """How much a card fills its slot: what nobody is interested in does too, and is spread as well."""
        self.slots = [*(self._slots(each) for each in board.cards), (1 << len(board.slots)) - 1]
        """In which slots a card may newly stand."""
        self.rooms = [*(self._rooms(each) for each in board.cards), (1 << len(board.rooms)) - 1]
        """Which rooms have what a card needs."""
        self.all = sum(each.bit_count() for each in self.come)
        self.card = {each.id: at for at, each in enumerate(board.cards)}
        self.slot = {each.id: at for at, each in enumerate(board.slots)}
        self.room = {each.id: at for at, each in enumerate(board.rooms)}
        self.fixed = {
            at: (self.slot[each.at.slot], self.room[each.at.room])
            for at, each in enumerate(board.cards)
            if each.at is not None
        }
        self.free = self._free()
        """Which rooms of each slot can still be given to a card."""

    def _slots(self, card: Card) -> int:
        return sum(
            1 << at
            for at, slot in enumerate(self.board.slots)
            if not slot.begun and not slot.away & card.hosts
        )

    def _rooms(self, card: Card) -> int:
        return sum(1 << at for at, room in enumerate(self.board.rooms) if card.needs <= room.has)

    def _free(self) -> list[int]:
        every = (1 << len(self.board.rooms)) - 1
        free = [0 if each.begun else every for each in self.board.slots]
        taken = {(self.slot[each.slot], self.room[each.room]) for each in self.board.closed}
        for slot, room in (*taken, *self.fixed.values()):
            free[slot] &= ~(1 << room)
        return free

    def met(self, cards: Sequence[int]) -> int:
        """Return how many interests are met by cards that stand at one time."""
        come = 0
        for each in cards:
            come |= self.come[each]
        return come.bit_count()

    def by_slot(self, places: Places) -> list[list[int]]:
        """Return which cards stand in each slot."""
        there: list[list[int]] = [[] for _ in self.board.slots]
        for card, place in sorted(places.items()):
            there[self.slot[place.slot]].append(self.card[card])
        return there


def _bits(bit: dict[int, int], people: Sequence[int]) -> int:
    return sum(bit[each] for each in people)


def lost(board: Board, places: Places) -> int:
    """Return how many interests are lost: the card has no place, or stands beside another of theirs."""
    columns = Columns(board)
    return columns.all - sum(columns.met(each) for each in columns.by_slot(places))
