"""Documents and start times in the shapes in which chats are published: how many are read right.

`./run test tests/chats/test_shapes.py -s` prints both counts.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from plnbot.chats.paste import read_questions
from plnbot.talk.times import Understood, comes_again, find_start, start_of
from plnbot.walltime import instant
from tests.chats.shapes import SHAPES, Shape
from tests.chats.start_shapes import ASKED, BY_SPEAKER, ENGLISH, SPANISH

EASTERN = "America/New_York"
NOW = datetime(2026, 11, 23, 17, 0, 37, tzinfo=UTC)
ENOUGH = 0.95
ZONES = {
    "hour of Spain": "Europe/Madrid",
    "hour of Mexico": "America/Mexico_City",
    "planning document": "America/Chicago",
}


def start(words: str, zone: str = EASTERN, locale: str = "en", now: datetime = NOW) -> str:
    """Return when words mean, as a day and an hour in their zone, or that it is asked."""
    found = start_of(words, now, zone, locale)
    if comes_again(words):  # in the box that would be repeating chats
        return ASKED
    return f"{found.instant:%m-%d %H:%M}" if isinstance(found, Understood) else ASKED


def expected(said: str) -> str:
    """Return the instant of a day and an hour in the zone behind them, or Eastern."""
    if said in (ASKED, ""):
        return said
    wall, _, zone = f"{said} {EASTERN}".partition(":")
    minutes, zone = zone.split(" ")[:2]
    year = 2026 if wall[:2] >= "11" else 2027
    at = datetime.strptime(f"{year}-{wall}:{minutes} +0000", "%Y-%m-%d %H:%M %z")
    return f"{instant(at.replace(tzinfo=None), zone):%m-%d %H:%M}"


def as_read(shape: Shape) -> Shape:
    """Return what plnbot reads in a document."""
    read = read_questions(shape.text)
    locale = "es" if shape.name.startswith("Spanish") else "en"
    return Shape(
        shape.name,
        shape.text,
        tuple(each.words for each in read.questions),
        read.theme,
        read.hashtag,
        start(read.starts, EASTERN, locale) if read.starts else "",
        read.warm_up,
        read.closing,
    )


def counted(what: str, wrong: list[str], of: int) -> None:
    """Print a count, and check that it is high enough."""
    with_wrong = "".join(f"\n  not: {each}" for each in wrong)
    print(f"\n{of - len(wrong)} of {of} {what} are read right{with_wrong}")
    assert len(wrong) <= (1 - ENOUGH) * of, wrong


def test_documents_as_they_are_published() -> None:
    """Questions, theme, hashtag, start, warm-up and closing words, all of a document right."""
    wrong = [each.name for each in SHAPES if as_read(each) != _in_utc(each)]
    counted("question documents", wrong, len(SHAPES))


def test_starts_as_they_are_announced() -> None:
    """In the box, by a speaker of either language, and by speakers elsewhere."""
    wrong = [
        f"{words} ({locale})"
        for locale, rows in (("en", ENGLISH), ("es", SPANISH))
        for words, said in rows
        if start(words, EASTERN, locale) != expected(said)
    ]
    for words, zone, (month, day), at in BY_SPEAKER:
        now = datetime(2026, month, day, 17, 0, tzinfo=UTC)
        if start(words, zone, now=now) != at:
            wrong.append(f"{words} in {zone}")
    counted("announced starts", wrong, len(ENGLISH) + len(SPANISH) + len(BY_SPEAKER))


def _in_utc(shape: Shape) -> Shape:
    zone = next((each for name, each in ZONES.items() if name in shape.name), EASTERN)
    return replace(shape, starts=expected(f"{shape.starts} {zone}") if shape.starts else "")


@pytest.mark.parametrize("where", ["Reading\n\n{}\n\nQ1: Why?", "Q1: Why?\nQ2: What?\n\n{}"])
def test_a_document_says_its_start_as_the_box_does(where: str) -> None:
    """What is read in the box is read before and behind the questions too, within a sentence."""
    wrong = []
    for words, said in ENGLISH:
        day = any(each in words.casefold() for each in ("day", "dec", "nov", "26", "/", "eve"))
        if said == ASKED or not day or words.startswith("in "):
            continue
        found = read_questions(where.format(f"Join us: {words}!")).starts
        if start(found) != start(words):
            wrong.append(f"{words}: {found}")
    counted("starts in documents", wrong, len(ENGLISH))


def test_a_line_without_a_start_says_none() -> None:
    """Times that are spoken of, dates of other things and schedules are no start."""
    for line in (
        "There are 8 pm prompts",
        "Book week is Sept 27–Oct 3",
        "We meet again on Monday.",
        "Grades 3-5, 24/7, 1:1 devices",
        "may 20 of us march 3 times",
        "Please come 10 minutes early",
    ):
        assert find_start([line]) == "", line
