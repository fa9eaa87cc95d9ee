"""Wall clocks and instants: the one place where the two meet.

A wall time in a spring gap means the first instant after it; in an autumn fold, the first of the
two. Zones are IANA names, or what people call them: see `zone_named`.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

SCHOOL_YEAR_BEGINS = 7
"""The month on whose first day a school year begins."""


class UnknownZoneError(LookupError):
    """Nobody calls a time zone that."""


FRIENDLY: tuple[tuple[str, str], ...] = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
    ("America/Halifax", "Atlantic"),
    ("America/Mexico_City", "Mexico City"),
    ("America/Bogota", "Bogotá"),
    ("America/Sao_Paulo", "São Paulo"),
    ("Europe/London", "London"),
    ("Europe/Madrid", "Madrid"),
    ("Europe/Berlin", "Berlin"),
    ("Africa/Lagos", "Lagos"),
    ("Africa/Johannesburg", "Johannesburg"),
    ("Asia/Dubai", "Dubai"),
    ("Asia/Kolkata", "India"),
    ("Asia/Singapore", "Singapore"),
    ("Asia/Tokyo", "Tokyo"),
    ("Australia/Sydney", "Sydney"),
    ("Pacific/Auckland", "Auckland"),
    ("UTC", "UTC"),
)
"""The zones most people here live in, United States first, each with its everyday name."""

_CALLED: dict[str, str] = {
    "America/New_York": "et est edt este del-este",
    "America/Chicago": "ct cst cdt centro del-centro",
    "America/Denver": "mt mst mdt montaña de-la-montaña",
    "America/Phoenix": "az",
    "America/Los_Angeles": "pt pst pdt pacífico del-pacífico",
    "America/Anchorage": "akt akst akdt",
    "Pacific/Honolulu": "ht hst hawaiian hawaii-aleutian hawái",
    "America/Halifax": "ast adt atlántico del-atlántico",
    "America/St_Johns": "newfoundland nst ndt",
    "America/Indiana/Indianapolis": "indiana",
    "America/Kentucky/Louisville": "louisville",
    "Pacific/Guam": "chst chamorro",
    "Pacific/Pago_Pago": "american-samoa",
    "UTC": "gmt z utc+0 gmt+0 universal",
    "Europe/London": "uk bst british england",
    "Europe/Berlin": "cet cest",
    "Europe/Athens": "eet eest",
    "Asia/Kolkata": "ist",
    "Asia/Tokyo": "jst japan",
    "Australia/Sydney": "aest aedt",
    "Pacific/Auckland": "nzst nzdt nzt new-zealand",
}
_AFTER = (" standard time", " daylight time", " time", " standard", " daylight")
_BEFORE = ("hora de ", "hora ", "us ", "u.s. ")
_LONGEST = 64
_WORD = re.compile(r"[\w+-]+")
_OFFSET = re.compile(r"(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::?(\d{2}))?")
_ALWAYS = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_MINUTES_IN_HOUR = 60
_FARTHEST_EAST, _FARTHEST_WEST = 14 * 60, -12 * 60


def instant(wall: datetime, zone: str) -> datetime:
    """Return the instant, in UTC, at which clocks in `zone` show the naive time `wall`.

    Raises `UnknownZoneError`, and `OverflowError` within a day of the years 1 and 9999's ends.
    """
    there = _zone(zone)
    found = wall.replace(tzinfo=there, fold=0).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None, fold=0) == wall.replace(fold=0):
        return found
    return _end_of_gap(wall, there)


def local(at: datetime, zone: str) -> datetime:
    """Return the instant as clocks in `zone` show it, aware. Raises `UnknownZoneError`."""
    return at.astimezone(_zone(zone))


def school_year(now: datetime, zone: str) -> datetime:
    """Return when the school year began: the first of July before, by the clock of a zone."""
    today = local(now, zone)
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    return instant(datetime.combine(date(year, SCHOOL_YEAR_BEGINS, 1), time()), zone)


def same_wall_time_later(at: datetime, zone: str, days: int) -> datetime:
    """Return the instant `days` calendar days later at the same time on the wall."""
    return instant(local(at, zone).replace(tzinfo=None) + timedelta(days=days), zone)


wall_days_later = same_wall_time_later


def zone_named(words: str) -> str:
    """Return the IANA name of what people call a zone: `Eastern`, `ET`, `america/chicago`.

    `EST` said in July means Eastern wall time. A city stands for its zone. Raises
    `UnknownZoneError`.
    """
    if len(words) > _LONGEST:
        raise UnknownZoneError(words[:_LONGEST])
    said = plain(words)
    known = _by_name()
    if said in known:
        return known[said]
    if offset := _OFFSET.fullmatch(said.replace("\N{MINUS SIGN}", "-")):
        minutes = int(offset[2]) * _MINUTES_IN_HOUR + int(offset[3] or 0)
        return zone_at(-minutes if offset[1] == "-" else minutes)
    for ending in _AFTER:
        said = said.removesuffix(ending)
    for opening in _BEFORE:
        said = said.removeprefix(opening)
    if said in known:
        return known[said]
    raise UnknownZoneError(words)


def zone_at(offset: int) -> str:
    """Return a zone that is so many minutes east of UTC, always if there is one.

    Raises `UnknownZoneError`.
    The sign of `Etc/GMT+5` is the other way: that one is five hours west.
    """
    hours, rest = divmod(offset, _MINUTES_IN_HOUR)
    if not _FARTHEST_WEST <= offset <= _FARTHEST_EAST:
        raise UnknownZoneError(str(offset))
    if not rest:
        return f"Etc/GMT{-hours:+d}" if hours else "UTC"
    away = timedelta(minutes=offset)
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    for enough in (all, any):
        for name in zones():
            if enough(local(at, name).utcoffset() == away for at in moments):
                return name
    raise UnknownZoneError(str(offset))


def is_zone(name: str) -> bool:
    """Return whether `name` is an IANA zone that this machine knows."""
    try:
        _zone(name)
    except UnknownZoneError:
        return False
    return True


@cache
def zones() -> list[str]:
    """Return the IANA names one can choose: each place once, not its earlier names; friendly first."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return list(dict.fromkeys([*(name for name, _ in FRIENDLY), *sorted(row[2] for row in rows)]))


def zone_title(name: str) -> str:
    """Return what people read of a zone, which no other zone is called: `Eastern (New York)`."""
    if sign := _ALWAYS.fullmatch(name):
        return f"UTC{'-' if sign[1] == '+' else '+'}{sign[2]}"
    return _titles().get(name, name.replace("_", " "))


def zones_like(typed: str, most: int) -> list[str]:
    """Return the zones whose name, city or everyday name begins so, word by word; best first."""
    # Each once: somebody may send thousands.
    words = set(_WORD.findall(plain(typed).replace("/", " ")))
    if not words:
        return []
    try:
        meant = [zone_named(typed)]
    except UnknownZoneError:
        meant = []
    return list(dict.fromkeys([*meant, *_with(words, _parts())]))[:most]


def zones_called(typed: str, titles: Mapping[str, str]) -> list[str]:
    """Return the zones of which each word typed begins a word of their title."""
    words = set(_WORD.findall(plain(typed).replace("/", " ")))
    parts = {name: frozenset(_WORD.findall(plain(each))) for name, each in titles.items()}
    return _with(words, parts) if words else []


def plain(words: str) -> str:
    """Return the words in small letters without accents, dots or wide spaces."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(kept.replace("_", " ").replace(".", "").split())


def _with(words: Collection[str], parts: Mapping[str, Collection[str]]) -> list[str]:
    return [
        name
        for name, there in parts.items()
        if all(any(part.startswith(word) for part in there) for word in words)
    ]


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Return the words by which every zone is found, in the order in which zones are offered."""
    return {
        name: frozenset(_WORD.findall(plain(f"{title} {name}")))
        for name, title in _titles().items()
    }


@cache
def _titles() -> dict[str, str]:
    """Return every zone's title, in the order in which zones are offered."""
    everyday = dict(FRIENDLY)
    titles: dict[str, str] = {}
    for name in zones():
        area, _, rest = name.partition("/")
        within, _, city = rest.replace("_", " ").rpartition("/")
        title = f"{city} ({within})" if within else city or area
        own = everyday.get(name, "")
        if own and plain(own) != plain(city):
            title = f"{own} ({city})" if city else own
        titles[name] = title
    twice = {each for each in titles.values() if list(titles.values()).count(each) > 1}
    return {name: f"{each}, {name}" if each in twice else each for name, each in titles.items()}


# ZoneInfo itself keeps eight; whoever goes through many schedules would read most zones anew each time.
@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    # ZoneInfo answers a path outside its folder with ValueError and a folder with OSError.
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(name) from error


@cache
def _by_name() -> dict[str, str]:
    """Return every name, plain, with its zone; what people mean wins over what IANA says."""
    names = sorted(available_timezones())
    # What people write as `GMT+5` has the other sign: see `zone_at`.
    cities: dict[str, set[str]] = {}
    for name in names:
        if not _ALWAYS.fullmatch(name):
            cities.setdefault(plain(name.rpartition("/")[2]), set()).add(name)
    known = {city: next(iter(found)) for city, found in cities.items() if len(found) == 1}
    known |= {plain(name): name for name in names}
    for name, friendly in FRIENDLY:
        known |= dict.fromkeys((plain(friendly), "us/" + plain(friendly)), name)
    for name, said in _CALLED.items():
        known |= {plain(each).replace("-", " "): name for each in said.split()}
    return known


def _end_of_gap(wall: datetime, there: ZoneInfo) -> datetime:
    """Return the first instant after the gap that swallowed `wall`, by halving.

    In a gap, `fold=1` reads the wall by the later offset, which lies before the change, and
    `fold=0` by the earlier one, which lies after it. Zones change on whole seconds.
    """
    whole = wall.replace(microsecond=0, tzinfo=there)
    before = whole.replace(fold=1).astimezone(UTC)
    after = whole.replace(fold=0).astimezone(UTC)
    offset = before.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(there).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
