"""Which answers the draft of a summary quotes. Pure.

Nothing in a summary is written by anybody but who said it: it is a choice. The draft spreads over the
questions first, then over people, so that nobody fills it; among what is left the answers lead that most
people replied to, then the earlier ones. The same answers always make the same draft.
"""

from collections import Counter
from collections.abc import Sequence

from plnbot.values import dataclass

MOST = 12
"""How many quotes a draft begins with, at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may be quoted: to which question, whose, and from how many people it got a reply."""

    answer: int
    question: int
    person: int
    replies: int


def chosen(candidates: Sequence[Candidate], most: int = MOST) -> tuple[int, ...]:
    """Return the answers to quote, in the order chosen; `candidates` stand in the order they were given."""
    left = list(enumerate(candidates))
    questions: Counter[int] = Counter()
    people: Counter[int] = Counter()
    found: list[int] = []
    while left and len(found) < most:
        best = min(
            left,
            key=lambda each: (
                questions[each[1].question],
                people[each[1].person],
                -each[1].replies,
                each[0],
            ),
        )
        left.remove(best)
        questions[best[1].question] += 1
        people[best[1].person] += 1
        found.append(best[1].answer)
    return tuple(found)
