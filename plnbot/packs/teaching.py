"""What is taught: subjects, grades and languages, each a pack of its own."""

from collections.abc import Mapping
from functools import cache

from plnbot.packs.reading import Named, Pack, named
from plnbot.talk import limits

SUBJECTS = Pack("subjects.toml", "subject", named, limits.OPTIONS)
GRADES = Pack("grades.toml", "grade", named, limits.OPTIONS)
LANGUAGES = Pack("languages.toml", "language", named, limits.OPTIONS)


@cache
def subjects() -> Mapping[str, Named]:
    """Return the subjects by id; raises `PackError`."""
    return SUBJECTS.load()


@cache
def grades() -> Mapping[str, Named]:
    """Return the grades by id; raises `PackError`."""
    return GRADES.load()


@cache
def languages() -> Mapping[str, Named]:
    """Return the languages that members speak, by id; raises `PackError`."""
    return LANGUAGES.load()
