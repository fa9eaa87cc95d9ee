"""What a move by hand would break, whom it would hurt, and where everything stands afterwards."""

from collections.abc import Iterator

from plnbot.grids.board import Board, Broken, Place, Places, Rule
from plnbot.grids.columns import Columns
from plnbot.grids.rooms import standing
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What a move would do.

    `clash` of those interested in the card would have something else at its new time, `clashed` have now;
    `lost` more interests would be lost in all, or fewer. `standing` would find no seat. `other` is the card
    that would change places with it, and `other_clash` what would clash for that one.
    """

    clash: int
    clashed: int
    lost: int
    standing: int = 0
    other: int | None = None
    other_clash: int = 0


def waivable(one: Broken) -> bool:
    """Tell whether people may decide to live with a rule broken; nothing else may break."""
    return one.rule in {Rule.NEED, Rule.AWAY}


def moved(places: Places, card: int, place: Place | None) -> dict[int, Place]:
    """Return where cards stand after a move: what stands there changes places, or has none after that."""
    after = dict(places)
    now = after.pop(card, None)
    if place is not None:
        other = next((one for one, at in after.items() if at == place), None)
        if other is not None:
            del after[other]
            if now is not None:
                after[other] = now
        after[card] = place
    return after


class Moves:
    """The moves that a board's grid leaves. Ask again with new places after each."""

    def __init__(self, board: Board, places: Places, columns: Columns | None = None) -> None:
        self._columns = columns or Columns(board)
        self._places = places
        self._at = {place: card for card, place in places.items()}
        self._there = self._columns.by_slot(places)

    def broken(self, card: int, place: Place) -> tuple[Broken, ...]:
        """Return the rules that a card would break at a place; whatever stands there now would be gone."""
        return tuple(self._broken(card, place, {card, self._at.get(place)}))

    def refused(self, card: int, place: Place) -> Broken | None:
        """Return why a card cannot come to a place, whoever wishes it, None where it can."""
        now, other = self._places.get(card), self._at.get(place)
        gone = {card, other}
        if now is not None and self._begun(now):
            return Broken(Rule.BEGUN, other=card)
        found = _first_unwaivable(self._broken(card, place, gone))
        if found is None and other not in {None, card} and now is not None:
            found = self._other_refused(card, place, now)
        return found

    def cost(self, card: int, place: Place | None) -> Cost:
        """Return what moving a card to a place would do, or taking its place away."""
        after = Moves(self._columns.board, moved(self._places, card, place), columns=self._columns)
        other = self._at.get(place) if place else None
        other = None if other == card else other
        columns, one = self._columns, self._columns.card[card]
        seats = columns.board.rooms[columns.room[place.room]].seats if place else None
        slots = {columns.slot[each.slot] for each in (place, self._places.get(card)) if each}
        return Cost(
            after.clashes(card),
            self.clashes(card),
            sum(self._met(each) - after._met(each) for each in slots),
            standing(columns.size[one], seats),
            other,
            after.clashes(other) if other is not None else 0,
        )

    def clashes(self, card: int) -> int:
        """Return how many of those interested in a card have something else at its time; 0 without a place."""
        place = self._places.get(card)
        return 0 if place is None else self.clashes_in(card, place.slot)

    def clashes_in(self, card: int, slot: int) -> int:
        """Return how many of those interested in a card have something else in a slot, or lead it."""
        columns, one = self._columns, self._columns.card[card]
        busy = 0
        for each in self._there[columns.slot[slot]]:
            if each != one:
                busy |= columns.come[each]
        return (columns.come[one] & ~columns.hosts[one] & busy).bit_count()

    def _other_refused(self, card: int, place: Place, now: Place) -> Broken | None:
        """Return why what stands at a place cannot come to where the card is that would come there."""
        other = self._at[place]
        found = _first_unwaivable(self._broken(other, now, {card, other}))
        return found and Broken(found.rule, found.host, found.other or other, found.need)

    def _broken(self, card: int, place: Place, gone: set[int | None]) -> Iterator[Broken]:
        columns = self._columns
        board, one = columns.board, columns.board.cards[columns.card[card]]
        slot, room = board.slots[columns.slot[place.slot]], board.rooms[columns.room[place.room]]
        if slot.begun:
            yield Broken(Rule.BEGUN)
        if place in board.closed:
            yield Broken(Rule.CLOSED)
        for each in self._there[columns.slot[place.slot]]:
            other = board.cards[each]
            if other.id not in gone:
                for host in sorted(one.hosts & other.hosts):
                    yield Broken(Rule.HOST_TWICE, host=host, other=other.id)
        for need in sorted(one.needs - room.has):
            yield Broken(Rule.NEED, need=need)
        for host in sorted(one.hosts & slot.away):
            yield Broken(Rule.AWAY, host=host)

    def _met(self, slot: int) -> int:
        return self._columns.met(self._there[slot])

    def _begun(self, place: Place) -> bool:
        return self._columns.board.slots[self._columns.slot[place.slot]].begun


def _first_unwaivable(found: Iterator[Broken]) -> Broken | None:
    return next((each for each in found if not waivable(each)), None)
