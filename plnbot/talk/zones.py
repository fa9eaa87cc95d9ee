"""Time zones as people read and look for them, in their language."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from plnbot import walltime
from plnbot.talk.words import Sentence, Translate, msg

_EVERYDAY: Mapping[str, Sentence] = {
    "America/New_York": msg("Eastern"),
    "America/Chicago": msg("Central"),
    "America/Denver": msg("Mountain"),
    "America/Los_Angeles": msg("Pacific"),
    "America/Halifax": msg("Atlantic"),
    "America/Phoenix": msg("Arizona"),
    "America/Anchorage": msg("Alaska"),
    "Pacific/Honolulu": msg("Hawaii"),
    "Asia/Kolkata": msg("India"),
}


def zone_title(name: str, locale: str) -> str:
    """Return what people read of a zone, which no other is called: `Este (Nueva York)`."""
    if locale.startswith("en"):
        return walltime.zone_title(name)
    return _titles(locale).get(name, walltime.zone_title(name))


def zones_like(typed: str, most: int, locale: str) -> list[str]:
    """Return the zones whose name in this language, or in English, begins so; best first."""
    found = walltime.zones_like(typed, most)
    if not locale.startswith("en"):
        found += walltime.zones_called(typed, _titles(locale))
    return list(dict.fromkeys(found))[:most]


def zone_titled(typed: str, locale: str) -> str | None:
    """Return the zone that has exactly this title, in this language or in English, or None."""
    said = typed.casefold()
    return _by_title("en").get(said) or _by_title(locale).get(said)


@cache
def _by_title(locale: str) -> Mapping[str, str]:
    return {zone_title(each, locale).casefold(): each for each in walltime.zones()}


@cache
def _titles(locale: str) -> Mapping[str, str]:
    """Return every zone's title in a language."""
    from babel.dates import get_timezone_location  # only who reads another language needs it

    t = Translate(locale)
    titles: dict[str, str] = {}
    for name in walltime.zones():
        place = str(get_timezone_location(name, locale=locale, return_city=True))
        within, _, city = place.rpartition("/")
        title = f"{city} ({within})" if within else city
        if everyday := _EVERYDAY.get(name):
            title = f"{t.say(everyday).bare()} ({city})"
        titles[name] = title
    many = Counter(titles.values())
    return {name: each if many[each] == 1 else f"{each}, {name}" for name, each in titles.items()}
