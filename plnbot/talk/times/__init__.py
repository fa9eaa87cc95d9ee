"""A start time in the words people use: `Thursday 8 pm Eastern`, `mañana a las 19:30`.

`words` is the vocabulary, `tokens` cuts a text, `dates`, `clocks` and `grammar` read what was said,
`meaning` decides what it means.
"""

from plnbot.talk.times.meaning import (
    FARTHEST,
    LONGEST,
    Understood,
    parse_clock,
    parse_duration,
    parse_when,
)
from plnbot.talk.times.said import Assumed, NotUnderstoodError, Reason

__all__ = [
    "FARTHEST",
    "LONGEST",
    "Assumed",
    "NotUnderstoodError",
    "Reason",
    "Understood",
    "parse_clock",
    "parse_duration",
    "parse_when",
]
