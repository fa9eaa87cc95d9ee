"""What the pulse knows: rules, what they may know of a teacher, and what somebody said no to."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.values import dataclass

SHOWN, MOST = 3, 5
"""So many options come at once, and so many at most."""
RHYTHMS = (4, 6, 8, 10)
"""Every how many weeks everybody may be asked."""
NOT_BEFORE = timedelta(days=21)
"""Who answered so lately is not asked again."""
LATER = timedelta(days=28)
"""So long something is left out for which it was not the time."""


class Shares(StrEnum):
    """What something on offer may have in common with a teacher."""

    NOTHING = ""
    SUBJECTS = "subjects"
    GRADES = "grades"
    SKILLS = "skills"
    NEED = "need"
    GOAL = "goal"


class Used(StrEnum):
    """Whether a rule asks that a teacher has done something of a kind this year."""

    EITHER = ""
    NEW = "new"
    KNOWN = "known"


class Because(StrEnum):
    """Why somebody said no."""

    TOPIC = "topic"
    KIND = "kind"
    LONG = "long"
    NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, and how many points it gives.

    Everything it names has to hold: one of these `answers` to each question that is named, one of these
    `kinds`, something that it `shares`, that it fits the time somebody has (`fits`), that it begins within
    so many days, and whether its kind was used this year. What it does not name may be anything.
    """

    id: str
    points: int
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    shares: Shares = Shares.NOTHING
    fits: bool = False
    within: int = 0
    used: Used = Used.EITHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """What rules may know of somebody: what they told and answered, and which kinds they used this year.

    `goals` are stems of words, and `needs` are phrases of them, of which all words have to be there; `minutes` is how long something may take, None for any time.
    """

    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subjects: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    needs: tuple[frozenset[str], ...] = ()
    goals: frozenset[str] = frozenset()
    minutes: int | None = None
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class No:
    """What somebody said no to, why and when."""

    page: str
    kind: str
    title: str
    minutes: int | None
    because: Because
    at: datetime
