"""A lesson, what may be made of it under its licence, and how using it went: pure."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from plnbot.values import dataclass

LONGEST_TITLE, LONGEST, LONGEST_TERMS, LONGEST_SENTENCE = 120, 3_000, 300, 400
MOST_AUTHORS, MOST_FILES, MOST_LESSONS = 6, 10, 200
"""Of one lesson, of one lesson, of one teacher."""


class Licence(StrEnum):
    """Under which licence a lesson can be used."""

    BY = "cc-by"
    BY_SA = "cc-by-sa"
    OWN = "own"


class Went(StrEnum):
    """How it went when somebody used a lesson; `UNSAID` where they have said only that they did."""

    UNSAID = "unsaid"
    WELL = "well"
    CHANGED = "changed"
    BADLY = "badly"


class Fault(StrEnum):
    """Why a remix cannot be."""

    OWN_LESSON = "own_lesson"
    OWN_TERMS = "own_terms"
    SHARE_ALIKE = "share_alike"


@dataclass(frozen=True, slots=True)
class Told:
    """What authors tell of a lesson; `terms` are those of their own licence."""

    title: str
    about: str
    licence: Licence
    terms: str = ""
    link: str = ""
    standards: str = ""
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson; `source` and `source_title` are what it is a remix of, the title for good.

    `source_licence` is the one under which it was remixed, None where it is no remix. `withdrawn` is when its
    authors took it back, `down` when a curator took it down, and `why` what that one said.
    """

    id: int
    network: int
    told: Told
    version: int
    at: datetime
    changed: datetime
    source: int | None = None
    source_title: str = ""
    source_licence: Licence | None = None
    withdrawn: datetime | None = None
    down: datetime | None = None
    why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it can be found, taken and remixed."""
        return self.withdrawn is None and self.down is None

    @property
    def scope(self) -> str:
        """By what versions of it are known."""
        return f"lesson:{self.id}"


@dataclass(frozen=True, slots=True)
class Use:
    """That somebody took a lesson, and how it went when they used it, once they said so."""

    lesson: int
    member: int
    taken: datetime
    used: datetime | None = None
    went: Went | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: a subject, a grade and a licence, each empty where any will do."""

    subject: str = ""
    grade: str = ""
    licence: str = ""

    def fits(self, subjects: Collection[str], grades: Collection[str], licence: str) -> bool:
        """Return whether a lesson of these is looked for."""
        return (
            (not self.subject or self.subject in subjects)
            and (not self.grade or self.grade in grades)
            and (not self.licence or self.licence == licence)
        )


def fault_of_remix(source: Licence, made: Licence, *, own: bool) -> Fault | None:
    """Return why something under `source` cannot be remixed as `made`, None where it can.

    `own` says that who remixes is an author of the source.
    """
    if own:
        return Fault.OWN_LESSON
    if source is Licence.OWN:
        return Fault.OWN_TERMS
    if source is Licence.BY_SA and made is not Licence.BY_SA:
        return Fault.SHARE_ALIKE
    return None
