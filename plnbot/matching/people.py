"""What is known of those who take part, what a programme rules, and what counts for how much."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, IntEnum

from plnbot.values import dataclass


class Step(IntEnum):
    """How far down the ladder two had to meet; the first is the best."""

    SUBJECT_AND_GRADE = 0
    SUBJECT = 1
    FIELD = 2
    ANY = 3
    AGAIN = 4
    """They met more recently than the programme likes."""
    SAME_DISTRICT = 5


class Likes(Enum):
    """With how much experience somebody would rather meet somebody."""

    ANY = 0
    LIKE_MINE = 1
    UNLIKE_MINE = -1


@dataclass(frozen=True, slots=True)
class Person:
    """One who takes part in a round.

    `grades` are places in the order of grades. `free` are hours of the week, in UTC, from 0 on Monday
    at midnight to 167. `waited` is for how many rounds running they met nobody, `odd` whether they were
    the third of three the last time.
    """

    id: int
    district: int | None = None
    subject: str = ""
    field: str = ""
    grades: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    years: int | None = None
    likes: Likes = Likes.ANY
    free: frozenset[int] = frozenset()
    waited: int = 0
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a programme asks of every pair.

    `avoid` are pairs of ids that never meet; `met` says of pairs how many rounds ago they met last,
    1 for the last round. Both hold a pair once, the smaller id first. Within `gap` rounds two do not meet again.
    """

    other_district: bool = True
    gap: int = 8
    avoid: frozenset[tuple[int, int]] = frozenset()
    met: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points what two have in common counts; a pair that has never met is `new`."""

    new: int = 800
    step: int = 300
    grade: int = 60
    topic: int = 40
    language: int = 30
    experience: int = 50
    hour: int = 15
    most_topics: int = 3
    most_hours: int = 4


def ordered(one: int, other: int) -> tuple[int, int]:
    """Return a pair as `Rules` hold it."""
    return (one, other) if one < other else (other, one)
