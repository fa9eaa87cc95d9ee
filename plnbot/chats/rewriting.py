"""Which question is which when a document is written anew, so that prepared answers stay with theirs."""

from collections import Counter
from collections.abc import Sequence

_ALIKE = 0.5


def same_questions(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return, for places in `after`, the place in `before` of the question that stands there now.

    The same words are the same question wherever they stand; other words that share more than half
    are the same one reworded. What is left of `before` was taken out, what is left of `after` is new.
    """
    free = dict(enumerate(before))
    found: dict[int, int] = {}
    for place, words in enumerate(after):
        same = next((was for was, old in free.items() if old == words), None)
        if same is not None:
            found[place] = same
            del free[same]
    reworded = sorted(
        (
            (-_likeness(old, words), abs(was - place), place, was)
            for place, words in enumerate(after)
            if place not in found
            for was, old in free.items()
        ),
    )
    for likeness, _apart, place, was in reworded:
        if -likeness > _ALIKE and place not in found and was in free:
            found[place] = was
            del free[was]
    return found


def _likeness(one: str, other: str) -> float:
    """Return how much of their words two questions share, from 0 to 1."""
    mine, theirs = Counter(one.casefold().split()), Counter(other.casefold().split())
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())
