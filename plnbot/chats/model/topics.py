"""A vote on topics as it ends: who takes which slot, and where a lot decided. Pure.

Each member has one vote. The topic with the most takes the first slot and the next the second; nothing
that nobody voted for takes any. Where as many voted for several, a lot drawn from the poll's stored seed
puts them in order, the same for everybody who draws it again, and the result says so.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from plnbot.values import dataclass

LEAST, MOST = 2, 10
"""How few topics make a vote, and how many one can take in."""
SLOTS = 2
"""How many slots a vote gives: the winner's and the runner-up's."""


class PollState(StrEnum):
    """Where a vote stands."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Place:
    """A topic as a vote ranks it; `drawn` says that a lot put it before or behind one with as many."""

    topic: int
    votes: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """What came of a vote: every topic, the first first."""

    places: tuple[Place, ...]

    @property
    def taken(self) -> tuple[Place, ...]:
        """The winner and the runner-up, as far as anybody voted for them."""
        return tuple(each for each in self.places[:SLOTS] if each.votes)

    @property
    def drawn(self) -> tuple[Place, ...]:
        """Those among whom a lot decided who takes which slot, or none."""
        counts = {each.votes for each in self.taken if each.drawn}
        return tuple(each for each in self.places if each.votes in counts)


def ranking(topics: Sequence[int], votes: Iterable[int], seed: int) -> Ranking:
    """Return how a vote on `topics` ended, in which these were voted for; others do not count."""
    counts = Counter(each for each in votes if each in set(topics))
    order = sorted(dict.fromkeys(topics), key=lambda each: (-counts[each], lot(seed, each)))
    alike = Counter(counts[each] for each in order)
    return Ranking(tuple(Place(each, counts[each], alike[counts[each]] > 1) for each in order))


def lot(seed: int, topic: int) -> bytes:
    """Return the lot that a topic draws: the smallest comes first."""
    return hashlib.sha256(f"{seed}/{topic}".encode()).digest()


def seed_of(network: int, topics: Sequence[int], now: datetime) -> int:
    """Return the seed of a vote that is planned now."""
    said = f"{network}/{sorted(topics)}/{now.timestamp()}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:7])
