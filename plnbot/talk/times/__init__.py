"""A start time in the words people use: `Thursday 8 pm Eastern`, `mañana a las 19:30`.

`words` is the vocabulary, `tokens` cuts a text, `dates`, `clocks` and `grammar` read what was said,
`meaning` decides what it means, and `sentences` tells people of it.
"""

from plnbot.talk.times.meaning import (
    FARTHEST,
    LONGEST,
    Understood,
    parse_clock,
    parse_day,
    parse_duration,
    parse_when,
)
from plnbot.talk.times.said import Assumed, NotUnderstoodError, Reason
from plnbot.talk.times.sentences import as_written, assumption, start_of

__all__ = [
    "FARTHEST",
    "LONGEST",
    "Assumed",
    "NotUnderstoodError",
    "Reason",
    "Understood",
    "as_written",
    "assumption",
    "parse_clock",
    "parse_day",
    "parse_duration",
    "parse_when",
    "start_of",
]
