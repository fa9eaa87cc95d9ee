"""Making a grid better: cards exchange places at random, ever less often for the worse.

How long it goes on is a number of tries and never a time, so that the same seed makes the same grid on a
slow machine and a fast one.
"""

from collections.abc import Callable
from math import log
from random import Random

from plnbot.grids.filling import Filling

_COLD = 0.2
"""How much worse is usually taken at the end, in interests."""
_REPORTS = 20
Told = Callable[[float], None]


def anneal(filling: Filling, random: Random, tries: int, told: Told) -> None:
    """Exchange what spots hold so many times; `told` hears which part is done."""
    heat = _hot(filling)
    cools = (_COLD / heat) ** (1 / max(1, tries))
    inside, every, draw = filling.inside, len(filling.slot_of), random.random
    if not inside:
        return
    for report in range(_REPORTS):
        for _ in range(tries // _REPORTS):
            heat *= cools
            one, other = int(draw() * inside), int(draw() * every)
            won = filling.change(one, other)
            better = won is not None and (won >= 0 or won > heat * log(1 - draw()))
            if better and filling.may(one, other):
                filling.swap(one, other)
        told((report + 1) / _REPORTS)


def _hot(filling: Filling) -> float:
    """Return how much worse is usually taken at the beginning: what a usual exchange changes, and no more.

    The more slots there are, the less an exchange changes, and too much heat would only undo the beginning.
    """
    return 2 * _COLD + filling.usual / (4 * max(1, len(filling.spots)))
