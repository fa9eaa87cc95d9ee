"""What a micro-credential asks, where an application stands, and what several assessors come to. Pure."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any

from plnbot.values import dataclass

MOST_CRITERIA, MOST_ALIGNMENTS, MOST_PARTS = 8, 8, 20
DAYS, MOST_DAYS, MOST_MONTHS = 10, 60, 120


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to be shown: what it is called, what is looked for, and what evidence is wanted."""

    id: str
    name: str
    words: str
    wants: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one version asks: no word of it changes once somebody has applied by it.

    `months` is how long an award lasts, 0 for good. One who applied hears within `days`. Where it is
    `blind`, who assesses does not learn whose it is. Of a hundred applications, about `second` are
    looked at by a second assessor besides. One that is made of others asks for `needed` of `parts`.
    """

    name: str
    about: str
    criteria: Sequence[Criterion]
    alignments: Sequence[tuple[str, str]] = ()
    months: int = 0
    days: int = DAYS
    blind: bool = False
    second: int = 0
    parts: Sequence[int] = ()
    needed: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        criteria = [[each.id, each.name, each.words, each.wants] for each in self.criteria]
        return {
            "name": self.name,
            "about": self.about,
            "criteria": criteria,
            "alignments": [list(each) for each in self.alignments],
            "months": self.months,
            "days": self.days,
            "blind": self.blind,
            "second": self.second,
            "parts": list(self.parts),
            "needed": self.needed,
        }


def terms_from(kept: Mapping[str, Any]) -> Terms:
    """Return what was kept."""
    return Terms(
        **{
            **kept,
            "criteria": tuple(Criterion(*each) for each in kept["criteria"]),
            "alignments": tuple((name, url) for name, url in kept["alignments"]),
            "parts": tuple(kept["parts"]),
        }
    )


class Standing(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


OWN = frozenset({Standing.DRAFT, Standing.RETURNED})
"""Where its teacher writes on it."""
UNDER_WAY = OWN | {Standing.WAITING}
WITH_ITS_TEACHER = OWN | {Standing.WITHDRAWN}
"""Where nobody else reads it."""


@dataclass(frozen=True, slots=True)
class Review:
    """What one assessor found in one round: of each criterion whether it is met, and a note."""

    assessor: int
    round: int
    met: Mapping[str, bool]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reviews come to: `more` is how many further assessors have to look; then nothing is decided."""

    met: frozenset[str] = frozenset()
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: int = 0


def come_to(
    criteria: Collection[str], reviews: Sequence[Review], wanted: int, others: int
) -> Outcome:
    """Return what the reviews of a round come to; `others` could still be asked.

    What most say holds. Where as many say yes as no, another looks; where there is nobody else, what is
    in doubt is not met yet, and its teacher reads why.
    """
    if len(reviews) < wanted:
        return Outcome(more=wanted - len(reviews))
    for_it = {each: sum(one.met.get(each, False) for one in reviews) for each in criteria}
    tied = [each for each in criteria if 2 * for_it[each] == len(reviews)]
    if tied and others:
        return Outcome(more=1)
    met = frozenset(each for each in criteria if 2 * for_it[each] > len(reviews))
    missing = {
        each: [note for one in reviews if (note := one.notes.get(each, ""))]
        for each in criteria
        if each not in met
    }
    return Outcome(met, missing)


def drawn(seed: str, among: Collection[int]) -> Sequence[int]:
    """Return people in the order in which a seed draws them; the same for the same people."""
    return sorted(set(among), key=lambda each: _number(f"{seed}|{each}"))


def looked_at_twice(seed: str, percent: int) -> bool:
    """Return whether a seed has an application looked at by a second assessor."""
    return _number(f"{seed}|second") % 100 < percent


def _number(said: str) -> int:
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8])


class Looked(StrEnum):
    """What came of looking at a badge from elsewhere, the last time."""

    WAITS = "waits"
    """Nobody has looked yet, or it is looked at again."""
    GOOD = "good"
    NO_LIST = "no list"
    """It is whole, and names no list, so that nobody learns whether it was withdrawn."""
    LIST_AWAY = "list away"
    """It is whole, and whether it was withdrawn could not be found out."""
    KEYS_AWAY = "keys away"
    """Its issuer's keys were not to be had, so that nothing could be found out."""
    REFUSED = "refused"


HOLDS = frozenset({Looked.GOOD, Looked.NO_LIST, Looked.LIST_AWAY})
"""Where the signature holds, and nothing is known against it."""
