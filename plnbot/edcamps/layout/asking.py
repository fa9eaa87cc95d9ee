"""Who writes a board, as far as it matters to what their words mean."""

from datetime import datetime

from plnbot.talk.text import clean
from plnbot.values import dataclass

MOST = 40
"""How many slots, and how many rooms, a board can have."""


@dataclass(frozen=True, slots=True)
class Asks:
    """When somebody writes, in which zone and language."""

    now: datetime
    zone: str
    locale: str = "en"


def lines_of(words: str) -> list[str]:
    """Return the lines of what somebody wrote, without the marks of a list."""
    marked = (line.strip().lstrip("•*·").strip() for line in clean(words).splitlines())
    return [line for line in marked if line]
