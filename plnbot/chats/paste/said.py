"""What a document holds, once it is read."""

from collections.abc import Mapping
from dataclasses import field
from datetime import time
from enum import StrEnum

from plnbot.values import dataclass


class Note(StrEnum):
    """What a coach should know about how their paste was read."""

    RENUMBERED = "renumbered"
    REORDERED = "reordered"
    UNMARKED = "unmarked"
    UNASKED = "unasked"
    ASIDE = "aside"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PastedQuestion:
    """A question: `label` is `1`, `2a` or `bonus`; `clock` the wall time written behind it."""

    label: str
    words: str
    clock: time | None = None

    @property
    def is_bonus(self) -> bool:
        """Whether it was marked as a bonus question."""
        return self.label.startswith("bonus")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a document holds.

    `starts` is its start in its own words, if it names one; `found` the questions' numbers as they
    were written; `aside` a line that asks and is no question, if there is one; `theme` what it is
    about, in the words of its headline.
    """

    questions: tuple[PastedQuestion, ...]
    warm_up: str = ""
    warm_up_clock: time | None = None
    preamble: str = ""
    closing: str = ""
    hashtag: str = ""
    starts: str = ""
    notes: tuple[Note, ...] = ()
    found: tuple[str, ...] = ()
    aside: str = ""
    theme: str = ""
    parts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def guessed(self) -> bool:
        """Whether it was a guess what is a question."""
        return not {Note.UNMARKED, Note.UNASKED}.isdisjoint(self.notes)
