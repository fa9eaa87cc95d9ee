"""Singling out: the one gate before whatever is counted or shown of people who are not named. Pure.

**The rule.** A group of one to four people is never shown, neither as a number nor by what it said; a
group of nobody may be. That is the easy half.

**What could be worked out.** Who reads several numbers subtracts. A total less all its shown parts is
the part that was held back: so with small parts the smallest large one is held back too. What is held
back depends on sizes alone, so any of those parts may be the large one, and none is known to be a few;
where there is no large one, no part is shown (`parts`). A number of today less that of
yesterday is who came in between: so a number, and what people said with it, is shown anew only once
`FEWEST` have come or gone since (`renewed`). Whoever shows a group of a group asks for both.

**What is not promised.** Who knows from elsewhere what four of five said knows the fifth. The gate
holds back what we would give away, not what people tell one another.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5
"""The smallest group of people that is shown."""
Named = TypeVar("Named", bound=Hashable)


def enough(people: int) -> bool:
    """Return whether a group of so many people may be shown, by number or by what it said."""
    return people >= FEWEST


def count(people: int) -> int | None:
    """Return a number of people as it may be shown; None where it would single somebody out."""
    return people if people == 0 or enough(people) else None


def parts(people: Mapping[Named, int]) -> Mapping[Named, int | None]:
    """Return how many people each part has, as they may stand beside their total.

    Each person is in one part. None is held back: a small part, and the smallest of the others with it,
    so that no subtraction leads to it.
    """
    few = {many for many in people.values() if count(many) is None}
    beside = min((many for many in people.values() if enough(many)), default=None)
    if few and beside is None:
        return dict.fromkeys(people)
    held = few | {beside} if few else few
    return {name: None if many in held else many for name, many in people.items()}


def share(having: int, of: int) -> int | None:
    """Return how many of a total have something, as it may be said beside the total.

    None where those who have it, or those who have it not, are one to four.
    """
    return parts({True: having, False: of - having})[True]


def renewed(shown: int, people: int) -> int:
    """Return the number of people to show now, where `shown` was shown last (0 at first)."""
    return people if enough(abs(people - shown)) and count(people) is not None else shown
