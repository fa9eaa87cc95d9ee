"""The packs of peers: fields of subjects, questions to begin with, and what counts for how much."""

from collections.abc import Mapping, Sequence
from functools import cache

from plnbot.matching import Weights
from plnbot.packs import Entry, Pack, Titles, offered
from plnbot.packs.teaching import grades, subjects
from plnbot.values import dataclass

_LONGEST_QUESTION, _LONGEST_WORD, _MOST_POINTS = 300, 40, 2000
_USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Field:
    """Subjects that are near each other."""

    id: str
    title: Titles
    subjects: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Starter:
    """A question to begin with; without `subjects` it is for all."""

    id: str
    words: Titles
    subjects: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What counts for how much."""

    id: str
    weights: Weights
    retired: bool


def _field(entry: Entry) -> Field:
    return Field(entry.id(), entry.titles("name"), _subjects(entry), entry.flag("retired"))


def _starter(entry: Entry) -> Starter:
    words = entry.titles("words", most=_LONGEST_QUESTION)
    return Starter(entry.id(), words, _subjects(entry), entry.flag("retired"))


def _subjects(entry: Entry) -> tuple[str, ...]:
    said = entry.texts("subjects", most=_LONGEST_WORD)
    if strange := sorted(set(said) - subjects().keys()):
        entry.wrong("subjects", f"names what no pack knows: {', '.join(strange)}")
    return said


def _counts(entry: Entry) -> Counts:
    named = {
        name: entry.whole(name, least=0, most=_MOST_POINTS, otherwise=getattr(_USUAL, name))
        for name in Weights.__match_args__
    }
    return Counts(entry.id(), Weights(**named), entry.flag("retired"))


FIELDS = Pack("fields.toml", "field", _field)
STARTERS = Pack("starters.toml", "starter", _starter)
WEIGHTS = Pack("matching.toml", "weights", _counts)
PACKS = (FIELDS, STARTERS, WEIGHTS)


@cache
def field_of() -> Mapping[str, Field]:
    """Return the field of each subject, by the subject's id; raises `PackError`."""
    return {subject: each for each in FIELDS.load().values() for subject in each.subjects}


@cache
def starters() -> Mapping[str, Starter]:
    """Return the questions by id; raises `PackError`."""
    return STARTERS.load()


def starters_for(wanted: Sequence[str]) -> tuple[Starter, ...]:
    """Return the questions for who teaches these subjects; where there are few, those for all too."""
    every = offered(starters())
    own = tuple(each for each in every if set(each.subjects) & set(wanted))
    return own + tuple(each for each in every if not each.subjects)


@cache
def weights() -> Weights:
    """Return what counts for how much: the pack's first; raises `PackError`."""
    return next(iter(offered(WEIGHTS.load()))).weights


@cache
def grade_places() -> Mapping[str, int]:
    """Return each grade's place in their order; raises `PackError`."""
    return {name: at for at, name in enumerate(grades())}
