"""Which prompt of the bank is asked next, when a bank runs low, and when a prompt fell flat; pure.

A bank is used up before anything in it comes again: what was asked least often goes first, whatever
else is true of it. Of those, what fits this part of the school year goes before what does not, an idea
of a member before a pack's, and then the order of the bank decides, or chance from the schedule's seed.
What is planned already is `taken`, so that whoever reorders or swaps what comes is never overruled.

Fill-ins are for weeks without school: they are asked then, where the organiser said so, and never else.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.prompts.model.kept import OPEN_STATUSES, Prompt, Status
from plnbot.prompts.model.seasons import Season
from plnbot.values import dataclass

FEWEST_ANSWERS = 3
"""With fewer a prompt is set aside, for a person to put in better words."""
ANSWERED_WITHIN = timedelta(days=3)
"""How long a prompt has to get them before it counts as one that fell flat."""
RESTS = ANSWERED_WITHIN + timedelta(days=1)
"""How long a prompt is not asked again: by then it is known whether it fell flat."""


@dataclass(frozen=True, slots=True)
class Draw:
    """For which day a prompt is drawn, and how.

    What was asked later than `rested` is not asked again yet: nobody knows how it was answered. `seed`
    orders the bank by chance, the same each time; 0 is the order in which it was filled.
    """

    season: Season | None = None
    fill_in: bool = False
    seed: int = 0
    rested: datetime | None = None


ANY_DAY = Draw()


class Stock(StrEnum):
    """How much is left in a bank that was not asked yet."""

    ENOUGH = "enough"
    LOW = "low"
    EMPTY = "empty"


def choose(bank: Sequence[Prompt], taken: Collection[int], draw: Draw = ANY_DAY) -> Prompt | None:
    """Return what to plan next, of what is not `taken` by what is planned already.

    None where the bank has nothing for such a day: it may have when what is planned was asked.
    """
    there = [
        each
        for each in bank
        if each.status in OPEN_STATUSES
        and each.breaks == draw.fill_in
        and each.id not in taken
        and _rested(each, draw)
    ]
    return min(there, key=lambda each: _turn(each, draw), default=None)


def unasked(bank: Sequence[Prompt]) -> int:
    """Return how many of a bank were never asked, fill-ins aside."""
    return sum(
        1 for each in bank if each.status in OPEN_STATUSES and not each.uses and not each.breaks
    )


def stock(left: int, dates: int) -> Stock:
    """Return how a bank stands with so many prompts left and dates in the next two weeks."""
    if not left:
        return Stock.EMPTY
    return Stock.LOW if left <= max(dates, 1) else Stock.ENOUGH


def fell_flat(prompt: Prompt, answers: int) -> bool:
    """Return whether a prompt got too few answers to be asked again as it is.

    A fill-in passes unanswered on purpose; what a person has set aside or declined stays so.
    """
    return prompt.status is Status.USED and not prompt.breaks and answers < FEWEST_ANSWERS


def _rested(prompt: Prompt, draw: Draw) -> bool:
    return draw.rested is None or prompt.used_at is None or prompt.used_at <= draw.rested


def _turn(prompt: Prompt, draw: Draw) -> tuple[int, bool, bool, bool, str, int]:
    out_of_season = prompt.season is not None and prompt.season is not draw.season
    by_chance = _chance(draw.seed, prompt) if draw.seed else ""
    return (
        prompt.uses,
        out_of_season,
        prompt.season is None,
        prompt.author is None,
        by_chance,
        prompt.id,
    )


def _chance(seed: int, prompt: Prompt) -> str:
    """Return where chance puts a prompt: another place each time around, the same in every process."""
    return hashlib.sha256(f"{seed}/{prompt.uses}/{prompt.id}".encode()).hexdigest()
