"""Words that are made to take long to read: whoever reads them holds up every writer meanwhile."""

import contextlib
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from adapters.web.inbound import LONGEST
from plnbot.chats.paste.reading import read_questions
from plnbot.members.actions.leave import wish_in
from plnbot.members.model.districts import folded, matches
from plnbot.talk.text import clean, with_links
from plnbot.talk.times import parse_clock, parse_day, parse_duration, parse_when, when_of
from plnbot.walltime import zones_like

NOW = datetime(2026, 9, 1, tzinfo=UTC)
BOUND_SECONDS = 1.0
"""Well above what a slow machine needs for the longest that a room takes; what was found took ten."""
PIECES = (
    "a",
    " ",
    "\u00a0",
    "1",
    "Q1 ",
    "#a ",
    "<",
    "until ",
    "8:00 ",
    "https://a.",
    "\n",
    "-",
    "é ",
)
READ: dict[str, Callable[[str], object]] = {
    "leave": wish_in,
    "when": lambda words: parse_when(words, NOW, "UTC"),
    "schedule": lambda words: when_of(words[:200], NOW, "UTC"),
    "day": lambda words: parse_day(words, NOW, "UTC"),
    "clock": parse_clock,
    "duration": parse_duration,
    "questions": read_questions,
    "zones": lambda words: zones_like(words, 25),
    "clean": clean,
    "links": with_links,
    "names": lambda words: matches(words, folded(words)),
}


@pytest.mark.parametrize("what", READ)
def test_no_words_are_long_in_reading(what: str) -> None:
    """However pieces are repeated, the longest words that may be sent are read in a moment."""
    slow = []
    with contextlib.suppress(ValueError):
        READ[what]("Why so?")  # what the first reader loads, the names of zones, is loaded once
    for first, second in itertools.product(PIECES, PIECES):
        half = LONGEST // 2
        words = f"x{(first * half)[:half]}{(second * half)[:half]}y"[:LONGEST]
        began = time.perf_counter()
        with contextlib.suppress(ValueError):  # what cannot be understood is refused
            READ[what](words)
        if time.perf_counter() - began > BOUND_SECONDS:
            slow.append((first, second))
    assert slow == []
