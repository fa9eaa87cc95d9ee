"""Which card stands when, and in which room: pure, seeded, and explained.

**What is promised, in this order.** Hard rules hold: nothing comes into a slot that has begun, nobody leads two
cards at one time or when they cannot come, a room has what its card needs, and what stands by hand stays. As few
interests as can be are lost: one is lost when its card has no place, or stands beside another that the same
person wants, for nobody sits in two rooms; who hosts a card wants to be there. Then as many cards as fit have a place, those wanted most
do not stand at one time, and within a slot as few as can be stand: the most wanted card has the most seats.

**How.** A board becomes whole numbers (`columns`), so that trying an exchange of two cards costs a
microsecond. The least flexible cards are placed first (`filling`), then cards exchange places by simulated
annealing (`annealing`), then each slot gives out its rooms exactly (`rooms`). A card that still fits nowhere
although a place is free has one rule waived, and only one, which is named. Another seed makes another grid;
the same makes the same, for tries are counted and not timed.

**Said with it** (`reasons`, `moving`, `forecast`). Why each card stands there and why one has no place, how good the
grid is beside one at random and a greedy one, what a move would break and whom it would hurt, how many will come.
Nothing here writes a sentence.
"""

from plnbot.grids.board import Board, Broken, Card, Place, Places, Room, Rule, Slot
from plnbot.grids.columns import lost
from plnbot.grids.forecast import Range, forecast
from plnbot.grids.moving import Cost, Moves, moved, waivable
from plnbot.grids.reasons import Reason, WhyNot, WhyThen, WhyThere, reason, why_not
from plnbot.grids.solving import Grid, Quality, solve

__all__ = [
    "Board",
    "Broken",
    "Card",
    "Cost",
    "Grid",
    "Moves",
    "Place",
    "Places",
    "Quality",
    "Range",
    "Reason",
    "Room",
    "Rule",
    "Slot",
    "WhyNot",
    "WhyThen",
    "WhyThere",
    "forecast",
    "lost",
    "moved",
    "reason",
    "solve",
    "waivable",
    "why_not",
]
