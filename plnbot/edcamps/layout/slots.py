"""Slots as people write them: `9:00–9:45`, `Dec 6 1:15 - 2 pm Lunch talks`."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from plnbot.edcamps.layout.asking import MOST, Asks
from plnbot.edcamps.model import Slot
from plnbot.talk.forms import FieldErrors
from plnbot.talk.lists import lines_of
from plnbot.talk.text import When, one_line
from plnbot.talk.words import Sentence, msg
from plnbot.walltime import instant, local

_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?(?!\d)\s*(?:[ap]\.?\s?m\b\.?)?"
_SLOT = re.compile(
    rf"^(?P<day>.*?)(?<!\d)(?P<begins>{_CLOCK})\s*(?:-|–|—|\bto\b|\buntil\b|\ba\b|\bhasta\b)\s*"
    rf"(?P<ends>{_CLOCK})\s*[,:·]?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"24(?:[:.h]00)?")
_NOON, _SCHOOL_BEGINS, _DAY, _HOUR = 12, 7, 24, 60
_NONE = msg("A board needs slots. Write each on a line of its own, like 9:00–9:45.")


def read_slots(
    day: str, words: str, asks: Asks, before: Sequence[Slot] = ()
) -> tuple[Slot, ...] | FieldErrors:
    """Return the slots that lines say, by time. A line may name another day, which holds from there on.

    A slot of `before` whose line stands, or that begins when one of the lines says, keeps its number.
    """
    shown = dict(zip(slot_lines(before, asks.zone), before, strict=True))
    first = _day(day, asks, before)
    if isinstance(first, Sentence):
        return FieldErrors({"day": first})
    found: list[Slot] = []
    for line in lines_of(words):
        read = shown.get(line) if day == day_line(before, asks.zone) else None
        slot = read or _slot(line, first, asks)
        if isinstance(slot, Sentence):
            return FieldErrors({"slots": slot})
        first = local(slot.starts_at, asks.zone).date()
        found.append(slot)
    known = {each.starts_at: each.id for each in before}
    found = [replace(each, id=each.id or known.get(each.starts_at, 0)) for each in found]
    found.sort(key=lambda each: each.starts_at)
    if why := _in_the_way(found, asks):
        return FieldErrors({"slots": why})
    return tuple(found)


def _in_the_way(found: Sequence[Slot], asks: Asks) -> Sentence | None:
    if not found:
        return _NONE
    if len(found) > MOST:
        return msg("{n} slots at most fit on a board.", n=MOST)
    for one, other in itertools.pairwise(found):
        if other.starts_at < one.ends_at:
            return msg(
                "The slot at {when} begins before the one before it ends.",
                when=When(other.starts_at),
            )
    past = next((each for each in found if not each.id and each.starts_at <= asks.now), None)
    return msg("{when} is in the past.", when=When(past.starts_at)) if past else None


def slot_lines(slots: Sequence[Slot], zone: str, *, again: bool = False) -> list[str]:
    """Return slots as they are written, with their day where it is another than that before.

    To be held `again` on another day, those days are weekdays.
    """
    lines: list[str] = []
    day: date | None = None
    for each in slots:
        begins, ends = local(each.starts_at, zone), local(each.ends_at, zone)
        said = f"{begins:%H:%M}–{ends:%H:%M} {each.name}".strip()
        named = f"{begins:%A}" if again else f"{begins:%Y-%m-%d}"
        lines.append(said if day in {None, begins.date()} else f"{named} {said}")
        day = begins.date()
    return lines


def day_line(slots: Sequence[Slot], zone: str) -> str:
    """Return the day of the first of some slots as it is written, an empty string without any."""
    return f"{local(slots[0].starts_at, zone):%Y-%m-%d}" if slots else ""


def _day(words: str, asks: Asks, before: Sequence[Slot] = ()) -> date | Sentence:
    from plnbot.talk.times import Understood, day_of, start_of  # only who lays a board needs it

    if before and words == day_line(before, asks.zone):
        return local(before[0].starts_at, asks.zone).date()
    # A day of which something is left: a board may be laid in the morning.
    at_its_end = start_of(f"{words} 23:59", asks.now, asks.zone, asks.locale)
    if isinstance(at_its_end, Understood):
        return local(at_its_end.at, asks.zone).date()
    found = day_of(words, asks.now, asks.zone, asks.locale)
    return found if isinstance(found, Sentence) else local(found, asks.zone).date()


def _slot(line: str, day: date, asks: Asks) -> Slot | Sentence:
    read = _SLOT.match(line)
    if read is None:
        return msg("I find no time in “{line}”. Write a slot like 9:00–9:45.", line=line[:60])
    if said := read["day"].strip(" ,:"):
        # A weekday is the first after the day before it on the board.
        before = instant(datetime.combine(day, time()), asks.zone) - timedelta(seconds=1)
        named = _day(said, replace(asks, now=max(asks.now, before)))
        if isinstance(named, Sentence):
            return named
        day = named
    wrong = msg("“{line}” ends before it begins, or is no time.", line=line[:60])
    begins, ends = _clocks(read["begins"], read["ends"])
    if begins is None or ends is None:
        return wrong
    # An evening may go on until midnight, where the next day begins.
    until = day + timedelta(days=1) if ends == time() and begins.hour >= _NOON else day
    at = [
        instant(datetime.combine(on, each), asks.zone)
        for on, each in ((day, begins), (until, ends))
    ]
    # Where clocks are put forward both may be the same instant.
    if at[1] <= at[0]:
        return wrong
    return Slot(0, 0, at[0], at[1], one_line(read["name"])[:80])


def _clocks(begins: str, ends: str) -> tuple[time | None, time | None]:
    """Return two clocks; am or pm behind the second holds for the first too, where that fits.

    An evening's second is in the evening too: 5:30–7:00 is no time before noon.
    """
    last = time() if _MIDNIGHT.fullmatch(ends.strip()) else _clock(ends)
    first = _clock(begins, _mark(ends))
    if first and last and first >= last:
        first = _clock(begins)
    if first and last and first >= last and not _mark(ends) and _on_a_dial(begins):
        later = _clock(ends, "pm")
        last = later if later and first.hour >= _NOON and later > first else last
    return first, last


def _on_a_dial(words: str) -> bool:
    """Return whether a clock was said as it has twelve hours."""
    return not words.startswith("0") and int(re.findall(r"\d+", words)[0]) <= _NOON


def _mark(words: str) -> str:
    said = words.casefold()
    return "pm" if "p" in said else "am" if "a" in said else ""


def _clock(words: str, mark: str = "") -> time | None:
    """Return a clock as it was said; `mark` is am or pm where it says neither."""
    digits = [int(each) for each in re.findall(r"\d+", words)]
    hour, minute = digits[0], digits[1] if digits[1:] else 0
    mark = _mark(words) or mark
    if mark and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if mark == "pm" else 0)
    elif not words.startswith("0") and 1 <= hour < _SCHOOL_BEGINS:
        hour += _NOON
    return time(hour, minute) if hour < _DAY and minute < _HOUR else None
