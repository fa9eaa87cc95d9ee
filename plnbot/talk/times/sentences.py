"""What people are told of a time they wrote: why it was not understood, and what was assumed."""

import re
from datetime import datetime
from typing import assert_never

from plnbot.talk.text import clean
from plnbot.talk.times.grammar import read
from plnbot.talk.times.meaning import Understood, parse_day, parse_when
from plnbot.talk.times.said import Assumed, NotUnderstoodError, Reason
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import local, zone_title

_UNTIL = re.compile(r"^\s*(?:until|till|to|through|hasta(?:\s+el)?|al)\s", re.IGNORECASE)


def start_of(words: str, now: datetime, zone: str, locale: str = "en") -> Understood | Sentence:
    """Return the start that somebody in `zone` wrote, or a sentence for them that says why not."""
    try:
        found = parse_when(clean(words), now, zone, locale)
    except NotUnderstoodError as error:
        return why_not(error)
    if Assumed.DATE in found.assumed:
        return why_not(NotUnderstoodError(Reason.DISAGREES, words.strip()))
    return found


def start_after(
    words: str, first: datetime, now: datetime, zone: str, locale: str = "en"
) -> Understood | Sentence:
    """Return the start that somebody wrote of what comes after something that begins at `first`.

    A time or a weekday alone is the next of them after that. One that says its day is what it says,
    though it be before.
    """
    found = start_of(words, now, zone, locale)
    if isinstance(found, Sentence) or found.at > first:
        return found
    said = read(clean(words))
    return found if said.dated or said.weeks is not None else start_of(words, first, zone, locale)


def day_of(words: str, now: datetime, zone: str, locale: str = "en") -> datetime | Sentence:
    """Return the day until which somebody in `zone` wrote that something lasts, or why not."""
    said = " ".join(_UNTIL.sub("", clean(words)).split())
    try:
        return parse_day(said, now, zone, locale).instant
    except NotUnderstoodError as error:
        match error.reason:
            case Reason.PAST:
                return msg("That day has come already. Write a day to come.")
            case Reason.NO_SUCH_DAY | Reason.TOO_FAR:
                return why_not(error)
            case _:
                return msg(
                    "Which day is “{words}”? Write it like “4 January” or “Friday”.",
                    words=said[:60],
                )


def as_written(at: datetime, zone: str) -> str:
    """Return a start in words that `start_of` understands again, for a form that changes it."""
    return f"{local(at, zone):%Y-%m-%d %H:%M} {zone}"


def why_not(error: NotUnderstoodError) -> Sentence:
    """Say why words were not understood as a start, and how to write one."""
    match error.reason:
        case Reason.WHAT:
            said = msg(
                "I do not understand “{words}”. Write it like “Thursday 8 pm Eastern”.",
                words=error.words,
            )
        case Reason.NO_SUCH_ZONE:
            said = msg(
                "I do not know the time zone “{words}”. Write it like “Thursday 8 pm Eastern”, or"
                " with a name such as “America/Denver”.",
                words=error.words,
            )
        case Reason.NO_TIME:
            said = msg("At what time? Write it like “Thursday 8 pm Eastern”.")
        case Reason.PAST:
            said = msg("That is in the past. Write a time to come, like “Thursday 8 pm Eastern”.")
        case Reason.NO_SUCH_DAY:
            said = msg("There is no such day in the calendar.")
        case Reason.TOO_FAR:
            said = msg("That is more than two years away.")
        case Reason.WHICH_ZONE:
            said = msg(
                "“{words}” is what clocks are called in several places: {places}. Which one? Write"
                " a city, like “8 pm {city}”.",
                words=error.words,
                places=", ".join(zone_title(each) for each in error.zones),
                city=_city(error.zones[-1]),
            )
        case Reason.DISAGREES:
            said = msg(
                "The times in “{words}” are not the same moment, or the weekday is not that day’s."
                " Which one do you mean?",
                words=error.words,
            )
        case _:
            assert_never(error.reason)
    return said


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def assumption(what: Assumed) -> Sentence | None:
    """Say what was assumed about a start; nothing where the start shows it itself."""
    match what:
        case Assumed.ZONE:
            return msg("You named no time zone, so I took yours.")
        case Assumed.PM:
            return msg("You wrote neither am nor pm, so I took pm.")
        case Assumed.DATE:
            return msg("That weekday and that date do not go together; I took the date.")
        case Assumed.GAP:
            return msg("Clocks jump over that time on that day, so I took the first after it.")
        case Assumed.YEAR | Assumed.NEXT | Assumed.MIDNIGHT:
            return None
        case _:
            assert_never(what)
