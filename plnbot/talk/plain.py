"""Plain text: the fallback of every card, and how an instant reads in one zone and locale."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plnbot.talk.cards import Actions, Block, Card, Divider, Fields, Image, LinkButton, Paragraph
from plnbot.talk.text import Link, Span, Style, Text, When, words_of

if TYPE_CHECKING:
    from types import ModuleType


def plain(text: Text, zone: str = "UTC", locale: str = "en") -> str:
    """Return the text without markup, instants in `zone`, links with their address."""
    return "".join(_span(span, zone, locale) for span in text)


def card_as_text(card: Card, zone: str = "UTC", locale: str = "en") -> str:
    """Return the whole card as lines of plain text: what a notification or a log can show."""
    return "\n".join(line for line in _lines(card, zone, locale) if line)


def clock_words(at: datetime, style: Style, zone: str, locale: str) -> str:
    """Return an instant as its reader says it, with the zone's short name."""
    dates = _dates()
    local = at.astimezone(ZoneInfo(zone))
    time = dates.format_time(local, _time_pattern(locale), locale=locale)
    day = dates.format_date(local, _day_pattern(locale), locale=locale)
    match style:
        case Style.TIME | Style.COUNTDOWN:
            return f"{time} {zone_words(at, zone, locale)}"
        case Style.DAY:
            return str(day)
        case Style.DATE:
            return day_with_year(at, zone, locale)
        case Style.DAY_AND_TIME:
            return f"{day}, {time} {zone_words(at, zone, locale)}"


def left_words(when: When, locale: str) -> str:
    """Return how long it was until an instant when that was said: ` (in 4 minutes)`, or nothing."""
    if when.style is not Style.COUNTDOWN or when.said_at is None or when.at <= when.said_at:
        return ""
    left = when.at - when.said_at
    unit = "minute" if left < timedelta(hours=2) else "hour"
    said = _dates().format_timedelta(
        left, granularity=unit, threshold=1000, add_direction=True, locale=locale
    )
    return f" ({said})"


def day_with_year(at: datetime, zone: str, locale: str) -> str:
    """Return the day of an instant with its year, for what may be years away."""
    return str(_dates().format_date(at.astimezone(ZoneInfo(zone)), "long", locale=locale))


def days_words(first: date, last: date, locale: str) -> str:
    """Return days of a calendar, both with it, as their reader says them: weekdays, and the year once."""
    dates, pattern = _dates(), _day_pattern(locale)
    whole = f"{pattern}, y" if locale.startswith("en") else f"{pattern} y"
    end = str(dates.format_date(last, whole, locale=locale))
    if first == last:
        return end
    begin = dates.format_date(first, whole if first.year != last.year else pattern, locale=locale)
    return f"{begin} – {end}"


def days_of_month(first: date, last: date, locale: str) -> str:
    """Return days as they stand beside their month: the weekday and the number, more where it is left."""
    dates = _dates()
    begin = str(dates.format_date(first, "EEE d", locale=locale))
    if first == last:
        return begin
    there = (first.year, first.month) == (last.year, last.month)
    pattern = "EEE d" if there else _day_pattern(locale)
    return f"{begin} – {dates.format_date(last, pattern, locale=locale)}"


def month_words(month: date, locale: str) -> str:
    """Return a month with its year, as it stands above a page of a calendar."""
    said = str(_dates().format_date(month, "LLLL y", locale=locale))
    return said[:1].upper() + said[1:]


def months(locale: str) -> tuple[str, ...]:
    """Return what the months are called, January first."""
    names = _dates().get_month_names("wide", "stand-alone", locale)
    return tuple(str(names[each]) for each in range(1, 13))


def weekdays(locale: str) -> tuple[int, tuple[str, ...]]:
    """Return the weekday with which a week begins (0 is Monday), and all seven from it on, in short."""
    from babel import Locale

    there = Locale.parse(locale)
    names = there.days["stand-alone"]["narrow"]
    begins = int(there.first_week_day)
    return begins, tuple(str(names[(begins + each) % 7]) for each in range(7))


def time_words(at: time, locale: str) -> str:
    """Return a time on the wall clock as its reader says it, without a zone."""
    return str(_dates().format_time(at, _time_pattern(locale), locale=locale))


def day_words(day: date, locale: str, *, with_year: bool = False) -> str:
    """Return a day on the wall as its reader says it, with its weekday."""
    pattern = _day_pattern(locale)
    if with_year:
        pattern += ", y" if locale.startswith("en") else " y"
    return str(_dates().format_date(day, pattern, locale=locale))


def long_day_words(day: date, locale: str) -> str:
    """Return a day on the wall with its year: `January 14, 2027`."""
    return str(_dates().format_date(day, "long", locale=locale))


def weekday_words(weekday: int, locale: str) -> str:
    """Return what a weekday is called; 0 is Monday."""
    return str(_dates().get_day_names("wide", locale=locale)[weekday])


def zone_words(at: datetime, zone: str, locale: str) -> str:
    """Return the zone's short name as people say it (ET, EST …), or its offset as `UTC-3`.

    With the instant it is what `talk.times` reads back.
    """
    generic = {
        "America/New_York": "ET",
        "America/Chicago": "CT",
        "America/Denver": "MT",
        "America/Los_Angeles": "PT",
    }
    if zone in generic and locale.startswith("en"):
        return generic[zone]
    name = at.astimezone(ZoneInfo(zone)).tzname() or zone
    if name[:1] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:]
    return f"UTC{name[0]}{hours}{':' if minutes else ''}{minutes}"


def _time_pattern(locale: str) -> str:
    return "h:mm a" if locale.startswith("en") else "HH:mm"


def _day_pattern(locale: str) -> str:
    return "EEE, MMM d" if locale.startswith("en") else "EEE d MMM"


@cache
def _dates() -> "ModuleType":
    # Babel takes longer to import than the rest of the core; only what shows a time pays for it.
    from babel import dates

    return dates


def _span(span: Span, zone: str, locale: str) -> str:
    match span:
        case When(at=at, style=style):
            return clock_words(at, style, zone, locale) + left_words(span, locale)
        case Link(url=url, text=text):
            return url if text == url else f"{text} ({url})"
        case _:
            return words_of(span)


def _lines(card: Card, zone: str, locale: str) -> Iterator[str]:
    if card.label:
        yield plain(card.label, zone, locale)
    yield plain(card.title, zone, locale)
    for block in card.blocks:
        yield from _block(block, zone, locale)


def _block(block: Block, zone: str, locale: str) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield plain(text, zone, locale)
        case Fields(fields=fields):
            for each in fields:
                yield f"{plain(each.label, zone, locale)}: {plain(each.value, zone, locale)}"
        case Image(alt=alt):
            yield plain(alt, zone, locale)
        case Actions(items=items):
            for item in items:
                address = f" ({item.url})" if isinstance(item, LinkButton) else ""
                yield f"[{plain(item.label, zone, locale)}]{address}"
        case Divider():
            return
