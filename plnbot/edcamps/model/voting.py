"""Votes on cards: what they come to, and which card is voted on next. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from plnbot.values import dataclass


class Vote(StrEnum):
    """What a member thinks of a card. Where cards were merged, a member's best vote for any counts."""

    INTERESTED = "interested"
    MAYBE = "maybe"
    SKIP = "skip"


_BEST = tuple(Vote)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are interested in a card, and how many may be."""

    interested: int = 0
    maybe: int = 0


def best(votes: Iterable[tuple[int, int, Vote]]) -> Mapping[tuple[int, int], Vote]:
    """Return by member and card what each thinks of it, of votes by member, card and vote."""
    found: dict[tuple[int, int], Vote] = {}
    for member, card, vote in votes:
        before = found.get((member, card), vote)
        found[member, card] = min(before, vote, key=_BEST.index)
    return found


def tallies(votes: Iterable[tuple[int, int, Vote]]) -> Mapping[int, Tally]:
    """Return what votes come to, by card."""
    counted = Counter((card, vote) for (_member, card), vote in best(votes).items())
    cards = {card for card, _vote in counted}
    return {
        each: Tally(counted[each, Vote.INTERESTED], counted[each, Vote.MAYBE]) for each in cards
    }


def quick_order(
    cards: Sequence[int], voted: Mapping[int, int], seen: Collection[int], seed: int, member: int
) -> list[int]:
    """Return in which order a member votes quickly: cards with the fewest votes first, then at random.

    `voted` is how many voted on each card; those in `seen` the member has voted on.
    """
    return sorted(
        (each for each in cards if each not in seen),
        key=lambda each: (voted.get(each, 0), _drawn(seed, member, each)),
    )


def _drawn(seed: int, member: int, card: int) -> bytes:
    return hashlib.sha256(f"{seed}/{member}/{card}".encode()).digest()
