"""Who is in the district: made up from a list by chance of a seed."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plnbot.first_start import CO_MODERATOR, COACH, TEACHERS, Somebody
from plnbot.values import dataclass

PACK = Path(__file__).parents[2] / "config" / "demo_year.toml"
STAFF = Somebody("rosa", "Rosa Delgado")
EVALUATOR = Somebody("henry", "Henry Whitaker")
HERO = TEACHERS[0]
"""Whose year the documents show."""
_FIRST_YEARS = 3
_EAGER, _QUIET, _MOSTLY, _ALWAYS = 2.4, 0.05, 0.5, 8.0


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody of the district: what they tell of themselves, and how often they take part."""

    who: Somebody
    school: str
    subjects: tuple[str, ...]
    grades: tuple[str, ...]
    years: int
    eager: float

    @property
    def first_years(self) -> bool:
        """Whether they began to teach lately."""
        return self.years < _FIRST_YEARS


def pack() -> Mapping[str, Any]:
    """Return the district that is shipped."""
    return tomllib.loads(PACK.read_text(encoding="utf-8"))


def cast(given: Mapping[str, Any], many: int, chance: random.Random) -> Sequence[Teacher]:
    """Return so many people, those of the lobby first."""
    known = [HERO, COACH, STAFF, EVALUATOR, CO_MODERATOR, *TEACHERS[1:]]
    names = [f"{first} {last}" for last in given["last"] for first in given["first"]]
    chance.shuffle(names)
    there = {each.name for each in known}
    fresh = [each for each in names if each not in there]
    new = [Somebody(f"t{at}", fresh[at]) for at in range(max(0, many - len(known)))]
    return [_teacher(given, each, chance) for each in (*known, *new)][:many]


def _teacher(given: Mapping[str, Any], who: Somebody, chance: random.Random) -> Teacher:
    school = chance.choice(given["school"])
    subject, drawn = chance.choice(school["subjects"]), chance.uniform(0, 100)
    for role in given["role"]:
        drawn -= role["share"]
        if drawn < 0:
            subject = role["subject"]
            break
    fixed = {STAFF: "leadership", EVALUATOR: "leadership", COACH: "coaching", HERO: "ela"}
    first = chance.randrange(len(school["grades"]))
    grades = tuple(school["grades"][first : first + 2])
    eager = _ALWAYS if who == HERO else chance.triangular(_QUIET, _EAGER, _MOSTLY)
    return Teacher(
        who,
        school["name"],
        (fixed.get(who, subject),),
        grades,
        min(35, int(chance.expovariate(1 / 9))),
        eager,
    )
