"""Which prompt of the bank is asked next; pure."""

from collections.abc import Collection, Sequence

from plnbot.prompts.model.kept import OPEN_STATUSES, Prompt


def choose(bank: Sequence[Prompt], taken: Collection[int]) -> Prompt | None:
    """Return what to plan next: what was asked least often, then longest ago, then by its order.

    `taken` are those planned already, which come up again only where there is nothing else.
    """
    there = [each for each in bank if each.status in OPEN_STATUSES]
    free = [each for each in there if each.id not in taken] or there
    return min(free, key=lambda each: (each.uses, each.id), default=None)
