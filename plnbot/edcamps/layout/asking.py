"""Who writes a board, as far as it matters to what their words mean."""

from datetime import datetime

from plnbot.values import dataclass

MOST = 40
"""How many slots, and how many rooms, a board can have."""


@dataclass(frozen=True, slots=True)
class Asks:
    """When somebody writes, in which zone and language."""

    now: datetime
    zone: str
    locale: str = "en"
