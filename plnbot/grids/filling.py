"""A grid that is being made: which card stands in which slot, and what an exchange of two would change.

A spot is where one card can stand. Each slot has as many as it has rooms left to give; all others are outside,
for the cards that have no place. Rooms are chosen at the end (`rooms`): until then it is enough that the
cards of a slot would find some.
"""

from plnbot.grids.columns import EMPTY, Columns
from plnbot.grids.rooms import all_fit

OUTSIDE = -1
_PLACED = 0.5
"""What it is worth that one more card has a place, in interests."""
_APART = 0.05
"""What it is worth that cards as wanted as most do not stand at one time, in interests; what weighs
less than an interest decides only where nothing is lost by it."""


class Filling:
    """Which card each spot holds."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        slots = range(len(columns.board.slots))
        self.slot_of = [slot for slot in slots for _ in range(columns.free[slot].bit_count())]
        self.inside = len(self.slot_of)
        """How many spots are in a slot; they come first."""
        loose = [each for each in range(len(columns.board.cards)) if each not in columns.fixed]
        self.slot_of += [OUTSIDE] * (len(loose) + 1)
        self.holds = [EMPTY] * self.inside + [*loose, EMPTY]
        self.spots = [[at for at, of in enumerate(self.slot_of) if of == slot] for slot in slots]
        self.stay = [[at for at, (of, _) in columns.fixed.items() if of == slot] for slot in slots]
        self.met = [0] * (len(slots) + 1)
        self.load = [0] * (len(slots) + 1)
        self._beside = [0] * len(self.slot_of)
        self._hosts_beside = [0] * len(self.slot_of)
        self._every_room = columns.rooms[EMPTY]
        wanted = [each for each in columns.size if each]
        self.usual = sum(wanted) / len(wanted) if wanted else 1.0
        """How many are interested in a card that anybody is interested in."""
        self._apart = _APART / self.usual**2
        for slot in slots:
            self._look_again(slot)

    def change(self, one: int, other: int) -> float | None:
        """Return what is won where two spots exchange what they hold, None where that changes nothing.

        Whether they can is another question (`may`), which costs more than this one.
        """
        a, b = self.holds[one], self.holds[other]
        here, there = self.slot_of[one], self.slot_of[other]
        if here == there or a == b:
            return None
        columns = self.columns
        won = (self._beside[one] | columns.come[b]).bit_count() - self.met[here]
        more = columns.weight[b] - columns.weight[a]
        if there == OUTSIDE:
            placed = _PLACED * ((a == EMPTY) - (b == EMPTY))
            return won + placed - self._apart * more * (2 * self.load[here] + more)
        won += (self._beside[other] | columns.come[a]).bit_count() - self.met[there]
        return won - self._apart * 2 * more * (self.load[here] - self.load[there] + more)

    def may(self, one: int, other: int) -> bool:
        """Tell whether two spots can exchange what they hold."""
        return self.takes(one, self.holds[other]) and self.takes(other, self.holds[one])

    def takes(self, spot: int, card: int) -> bool:
        """Tell whether a spot can hold a card instead of what it holds: hosts, their times, and rooms."""
        slot = self.slot_of[spot]
        if slot == OUTSIDE or card == EMPTY:
            return True
        columns = self.columns
        if not columns.slots[card] >> slot & 1 or self._hosts_beside[spot] & columns.hosts[card]:
            return False
        suits = columns.rooms[card]
        before = self.holds[spot]
        if not columns.rooms[before] & ~suits and (before != EMPTY or suits == self._every_room):
            return True
        all_there = [columns.rooms[self.holds[each]] for each in self.spots[slot] if each != spot]
        needy = sorted(each for each in (*all_there, suits) if each != self._every_room)
        return all_fit(tuple(needy), columns.free[slot])

    def swap(self, one: int, other: int) -> None:
        """Exchange what two spots hold."""
        self.holds[one], self.holds[other] = self.holds[other], self.holds[one]
        for slot in (self.slot_of[one], self.slot_of[other]):
            if slot != OUTSIDE:
                self._look_again(slot)

    def worth(self) -> float:
        """Return how good the grid is: interests met, cards placed, and the most wanted apart."""
        placed = sum(each != EMPTY for each in self.holds[: self.inside])
        return self.all_met() + _PLACED * placed - self._apart * sum(each**2 for each in self.load)

    def all_met(self) -> int:
        """Return how many interests the grid meets."""
        columns = self.columns
        return sum(
            columns.met([*(self.holds[each] for each in spots), *stay])
            for spots, stay in zip(self.spots, self.stay, strict=True)
        )

    def _look_again(self, slot: int) -> None:
        """Take up what stands in a slot, and beside each of its spots."""
        columns, spots = self.columns, self.spots[slot]
        come = [columns.come[self.holds[each]] for each in spots]
        hosts = [columns.hosts[self.holds[each]] for each in spots]
        met = lead = load = 0
        for each in self.stay[slot]:
            met |= columns.come[each]
            lead |= columns.hosts[each]
            load += columns.weight[each]
        for at, spot in enumerate(spots):
            self._beside[spot], self._hosts_beside[spot] = met, lead
            met |= come[at]
            lead |= hosts[at]
            load += columns.weight[self.holds[spot]]
        self.met[slot], self.load[slot] = met.bit_count(), load
        after = after_lead = 0
        for at in range(len(spots) - 1, -1, -1):
            self._beside[spots[at]] |= after
            self._hosts_beside[spots[at]] |= after_lead
            after |= come[at]
            after_lead |= hosts[at]
