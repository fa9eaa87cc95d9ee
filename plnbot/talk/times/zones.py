"""The zones that words may mean: names, what people call them, offsets, countries.

An abbreviation may mean several. It means the speaker's own zone where clocks there are called that;
else what all its meanings agree on at that instant; else it is asked. In North America `EST` said in
July means the wall clock in New York, as people there write it the whole year.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType

from plnbot import walltime
from plnbot.talk.times.tokens import Cursor
from plnbot.values import dataclass
from plnbot.walltime import UnknownZoneError, zone_named

_LONGEST = 9  # tokens of America/North_Dakota/New_Salem
_SPOKEN = frozenset(("time", "hora", "horas", "h", "hs", "hours", "standard"))
_UTC = frozenset(("utc", "gmt"))
_MINUSES = frozenset(("-", "–", "\N{MINUS SIGN}"))
_MINUTES_IN_HOUR = 60
_TWO, _FOUR = 2, 4

# What an abbreviation may mean besides the first, and whose speakers may mean it: an area's, or all.
_SEVERAL: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "est": (("America/New_York", ""), ("Australia/Sydney", "Australia/")),
        "edt": (("America/New_York", ""), ("Australia/Sydney", "Australia/")),
        "eastern": (("America/New_York", ""), ("Australia/Sydney", "Australia/")),
        "central": (("America/Chicago", ""), ("Australia/Adelaide", "Australia/")),
        "cst": (("America/Chicago", ""), ("Asia/Shanghai", "-America/")),
        "mst": (("America/Denver", ""), ("America/Phoenix", "")),
        "pst": (("America/Los_Angeles", ""), ("Asia/Manila", "Asia/")),
        "ast": (("America/Halifax", ""), ("America/Puerto_Rico", ""), ("Asia/Riyadh", "Asia/")),
        "ist": (("Asia/Kolkata", ""), ("Asia/Jerusalem", ""), ("Europe/Dublin", "")),
        "bst": (("Europe/London", ""), ("Asia/Dhaka", "Asia/")),
        "gmt": (("UTC", ""), ("Europe/London", "Europe/London")),
        "gst": (("Asia/Dubai", ""), ("Pacific/Guam", "Pacific/")),
        "sst": (("Pacific/Pago_Pago", ""), ("Asia/Singapore", "")),
        "wst": (("Australia/Perth", ""), ("Pacific/Apia", "")),
        "amt": (("America/Manaus", ""), ("Asia/Yerevan", "")),
        "centro": (("America/Chicago", ""), ("America/Mexico_City", "")),
        "pacifico": (("America/Los_Angeles", ""), ("America/Mazatlan", "America/M")),
    }
)
_ONLY: Mapping[str, str] = MappingProxyType(
    {
        name: zone
        for zone, names in (
            ("Europe/Madrid", "peninsular|peninsular española|peninsular espanola"),
            ("Atlantic/Canary", "canaria|canarias|canary"),
            ("America/Mexico_City", "cdmx|centro de mexico|del centro de mexico|mexico city"),
            ("America/Cancun", "sureste|del sureste"),
            ("America/New_York", "nyc"),
            ("America/Sao_Paulo", "brt|brasilia"),
            ("America/Argentina/Buenos_Aires", "art|argentine"),
            ("America/Santiago", "clt|clst"),
            ("America/Bogota", "cot"),
            ("America/Lima", "pet"),
            ("America/Guayaquil", "ect"),
            ("America/Caracas", "vet"),
            ("America/La_Paz", "bot"),
            ("America/Montevideo", "uyt"),
            ("America/Asuncion", "pyt"),
            ("Europe/Dublin", "irish"),
            ("Europe/Lisbon", "wet|west"),
            ("Europe/Moscow", "msk"),
            ("Europe/Istanbul", "trt"),
            ("Africa/Lagos", "wat|west africa"),
            ("Africa/Nairobi", "eat|east africa"),
            ("Africa/Maputo", "cat|central africa"),
            ("Africa/Johannesburg", "sast"),
            ("Asia/Kolkata", "indian"),
            ("Asia/Karachi", "pkt"),
            ("Asia/Kathmandu", "npt"),
            ("Asia/Bangkok", "ict"),
            ("Asia/Jakarta", "wib"),
            ("Asia/Makassar", "wita"),
            ("Asia/Jayapura", "wit"),
            ("America/Adak", "hdt"),
            ("Asia/Singapore", "sgt"),
            ("Asia/Kuala_Lumpur", "myt"),
            ("Asia/Hong_Kong", "hkt"),
            ("Asia/Manila", "pht|philippine|philippines"),
            ("Asia/Seoul", "kst|korea|korean"),
            ("Asia/Jerusalem", "idt|israel|israeli"),
            ("Australia/Perth", "awst"),
            ("Australia/Adelaide", "acst|acdt"),
            ("Pacific/Auckland", "nz"),
        )
        for name in names.split("|")
    }
)
# Those are abbreviations in capitals alone.
_ALSO_WORDS = frozenset(("art", "bot", "cat", "cot", "eat", "pet", "vet", "west", "wet", "wit"))
# Whose clocks a country's name means, where it has several.
_CAPITALS: Mapping[str, str] = MappingProxyType(
    {
        "ES": "Europe/Madrid",
        "PT": "Europe/Lisbon",
        "DE": "Europe/Berlin",
        "MX": "America/Mexico_City",
        "AR": "America/Argentina/Buenos_Aires",
        "CL": "America/Santiago",
        "EC": "America/Guayaquil",
        "CN": "Asia/Shanghai",
        "MY": "Asia/Kuala_Lumpur",
        "NZ": "Pacific/Auckland",
        "UZ": "Asia/Tashkent",
        "PS": "Asia/Hebron",
    }
)


@dataclass(frozen=True, slots=True)
class ZoneSaid:
    """What was said of a zone: the words, and the zones that they may mean, the likeliest first.

    `called` is the abbreviation as clocks are called, where one was said, and `offset` minutes from UTC.
    """

    words: str
    zones: tuple[tuple[str, str], ...]
    called: str = ""
    offset: int | None = None

    def settled(
        self, own: str, at: Callable[[str], datetime], *, later: bool = False
    ) -> str | None:
        """Return which zone somebody in `own` means, or None where that must be asked.

        `at` gives the instant that would be meant in a zone, and `later` says that more are to come:
        then the zones that may be meant must go on to show the same.
        """
        names = [name for name, _ in self.zones]
        if self.offset is not None:
            there = set(_in_a_year(own, at(own), later=later))
            return own if there == {timedelta(minutes=self.offset)} else names[0]
        if own in names or (self.called and self.called in _called_in(own, at(own))):
            return own
        thinkable = [name for name, whose in self.zones if _may_mean(own, whose)] or names
        shown = {(at(each), *_in_a_year(each, at(each), later=later)) for each in thinkable}
        return thinkable[0] if len(shown) == 1 else None

    def thinkable(self, own: str) -> tuple[str, ...]:
        """Return the zones among which somebody in `own` is asked."""
        return tuple(name for name, whose in self.zones if _may_mean(own, whose))


def read_zone(cursor: Cursor, *, spoken_of: bool = False) -> ZoneSaid | None:
    """Take the zone that stands here: an offset, or as many words as are together a name.

    `spoken_of`: cities and countries count only where “time”, “hora” or a bracket stands beside them.
    """
    return _offset(cursor) or _name(cursor, spoken_of=spoken_of)


def read_offset(cursor: Cursor) -> ZoneSaid | None:
    """Take an offset behind a time, such as `-03` or `+05:30`, which no `UTC` stands before."""
    first = cursor.at
    minutes = _signed(cursor, short=False)
    return _at_offset(cursor, first, minutes)


def named(words: str) -> ZoneSaid:
    """Return what a name of a zone means. Raises `UnknownZoneError`."""
    found = _meant(words)
    if found is None:
        raise UnknownZoneError(words)
    return found


def alike(one: ZoneSaid, other: ZoneSaid) -> bool:
    """Return whether two names mean the same clocks: `Philippine time (UTC+8)`."""
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    mine, theirs = (
        [walltime.local(at, said.zones[0][0]).utcoffset() for at in moments]
        for said in (one, other)
    )
    return any(mine[each] == theirs[each] for each in (0, 1))


def in_zone(wall: datetime, zone: str, called: str = "") -> datetime:
    """Return the instant of a wall time; of one that comes twice, the one whose clock is called so."""
    found = walltime.instant(wall, zone)
    if called and walltime.local(found, zone).tzname() != called:
        again = walltime.local(found, zone).replace(fold=1)
        if again.tzname() == called:
            return again.astimezone(UTC)
    return found


def _offset(cursor: Cursor) -> ZoneSaid | None:
    first = cursor.at
    if cursor.peek().word not in _UTC:
        return None
    cursor.at += 1
    minutes = _signed(cursor, short=True)
    found = _at_offset(cursor, first, minutes)
    if found is None:
        cursor.at = first
    return found


def _signed(cursor: Cursor, *, short: bool) -> int | None:
    """Take `+2`, `-0530`, `+05:30`; without `short`, two or four digits that join their sign."""
    sign, number = cursor.peek(), cursor.peek(1)
    digits = number.end - number.start
    minus = sign.word in _MINUSES
    if not (minus or sign.word == "+") or number.number is None:
        return None
    if not short and (digits not in (_TWO, _FOUR) or not cursor.joined(1)):
        return None
    hours, minutes, used = number.number, 0, 2
    if digits == _FOUR:
        hours, minutes = divmod(number.number, 100)
    elif cursor.peek(2).word == ":" and cursor.joined(2) and cursor.peek(3).number is not None:
        minutes, used = cursor.peek(3).number or 0, 4
    total = hours * _MINUTES_IN_HOUR + minutes
    total = -total if minus else total
    if minutes >= _MINUTES_IN_HOUR:
        return None
    cursor.at += used
    return total


def _at_offset(cursor: Cursor, first: int, minutes: int | None) -> ZoneSaid | None:
    if minutes is None:
        return None
    try:
        zone = walltime.zone_at(minutes)
    except UnknownZoneError:
        return None
    return ZoneSaid(cursor.written(first, cursor.at - 1), ((zone, ""),), offset=minutes)


def _name(cursor: Cursor, *, spoken_of: bool) -> ZoneSaid | None:
    first = cursor.at
    if not cursor.peek().word[:1].isalpha():
        return None
    for count in range(min(_LONGEST, cursor.left), 0, -1):
        words = cursor.written(first, first + count - 1)
        found = _meant(words) or (
            None
            if spoken_of and not _spoken(cursor, count)
            else _place(words, beside=_spoken(cursor, count))
        )
        if found is not None:
            cursor.at += count
            return found
    return None


def _spoken(cursor: Cursor, count: int) -> bool:
    """Return whether what stands around says that words are a zone's."""
    near = [cursor.peek(each).word for each in (-2, -1, *range(count + 1))]
    return bool(_SPOKEN.intersection(near)) or near[1] == "("


def _meant(words: str) -> ZoneSaid | None:
    """Return what people call so, or what IANA does."""
    said = _bare(words)
    if said in _SEVERAL:
        return ZoneSaid(words, _SEVERAL[said], said.upper())
    if said in _ONLY and (words.isupper() or said not in _ALSO_WORDS):
        return ZoneSaid(words, ((_ONLY[said], ""),), said.upper())
    try:
        zone = zone_named(words)
    except UnknownZoneError:
        return None
    called = said.upper() if said.isalpha() else ""
    return ZoneSaid(words, ((zone, ""),), called)


def _place(words: str, *, beside: bool) -> ZoneSaid | None:
    """Return the zone of a country or a city, as English and Spanish speakers call it."""
    said = _bare(words)
    zone = _places().get(said)
    if zone is None and beside:
        zone = _places().get(said.removeprefix("de ").removeprefix("del ").removeprefix("la "))
    return ZoneSaid(words, ((zone, ""),)) if zone else None


def _bare(words: str) -> str:
    said = walltime.plain(words)
    for ending in (" standard time", " daylight time", " summer time", " time", " standard"):
        said = said.removesuffix(ending)
    for opening in ("hora de la ", "hora de ", "hora del ", "hora ", "us ", "del "):
        said = said.removeprefix(opening)
    return said


def _called_in(zone: str, at: datetime) -> Iterable[str]:
    """Return what clocks in a zone are called, as people there write it the whole year.

    Greenwich's own name is used by others too, so it counts only while clocks there are called so.
    """
    now = walltime.local(at, zone).tzname() or ""
    later = walltime.local(at + timedelta(days=182), zone).tzname() or ""
    return {now.upper(), *({later.upper()} - {"GMT", "UTC"})}


def _in_a_year(zone: str, at: datetime, *, later: bool) -> list[timedelta]:
    """Return how far from UTC clocks in a zone are then, and over the year that follows."""
    times = [at + timedelta(days=days) for days in ((0, 91, 182, 273) if later else (0,))]
    return [walltime.local(each, zone).utcoffset() or timedelta() for each in times]


def _may_mean(own: str, whose: str) -> bool:
    if whose.startswith("-"):
        return not own.startswith((whose[1:], "UTC", "Etc/", "Pacific/Honolulu"))
    return own.startswith(whose)


@cache
def _places() -> Mapping[str, str]:
    """Return countries and cities by their plain names; of countries with several clocks, the capital's."""
    from babel import Locale  # only who names a place needs its names

    from plnbot.talk.zones import zone_title

    zones = _by_country()
    places: dict[str, str] = {}
    for locale in ("en", "es"):
        for code, called in Locale(locale).territories.items():
            if code in zones:
                places.setdefault(walltime.plain(str(called)), zones[code])
        for name in walltime.zones():
            title = walltime.plain(zone_title(name, locale))
            everyday, _, city = title.partition(" (")
            places[title] = name
            places.setdefault(everyday, name)
            if city:
                places.setdefault(city.rstrip(")"), name)
    return places


def _by_country() -> dict[str, str]:
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _place, name = line.split("\t")[:3]
            found.setdefault(code, []).append(name)
    one = {code: names[0] for code, names in found.items() if len(names) == 1}
    return {**one, **_CAPITALS}
