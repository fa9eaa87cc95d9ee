"""A start time in the words people use: `Thursday 8 pm Eastern`, `mañana a las 19:30`.

Schedules are in `again`: `when_of` reads either, one input for both.

`words` is the vocabulary, `tokens` cuts a text, `dates`, `clocks` and `grammar` read what was said,
`meaning` decides what it means, and `sentences` tells people of it. `finding` reads documents by the
same grammar, `spans` reads from when until when, `zones` knows what zones are called and `feasts` days. What plnbot shows it reads back.
"""

from plnbot.talk.times.again.meaning import ScheduleUnderstood
from plnbot.talk.times.again.sentences import comes_again, schedule_of, when_of
from plnbot.talk.times.again.telling import as_written_again, next_times, said
from plnbot.talk.times.finding import find_start, find_whole_start, without_times
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
from plnbot.talk.times.sentences import as_written, assumption, day_of, start_after, start_of
from plnbot.talk.times.spans import Span, span_of

__all__ = [
    "FARTHEST",
    "LONGEST",
    "Assumed",
    "NotUnderstoodError",
    "Reason",
    "ScheduleUnderstood",
    "Span",
    "Understood",
    "as_written",
    "as_written_again",
    "assumption",
    "comes_again",
    "day_of",
    "find_start",
    "find_whole_start",
    "next_times",
    "parse_clock",
    "parse_day",
    "parse_duration",
    "parse_when",
    "said",
    "schedule_of",
    "span_of",
    "start_after",
    "start_of",
    "when_of",
    "without_times",
]
