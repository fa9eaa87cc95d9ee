"""The words people say times with, English and Spanish: a table of kinds and values.

Words are plain: small letters, no accents. A word has one kind; what else it may mean, such as
`mañana`, `grammar` decides by its neighbours.
"""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from types import MappingProxyType


class WordKind(Enum):
    """What a word is about. Values: see each table below."""

    WEEKDAY = auto()  # 0 is Monday
    MONTH = auto()  # 1 is January
    HALF = auto()  # "am", "pm" or "night"
    DAY = auto()  # days from today
    UNIT = auto()  # "days", and how many; "seconds", and how many
    HOUR = auto()  # an hour in letters
    NOW = auto()
    NEXT = auto()
    NOON = auto()
    MIDNIGHT = auto()


def _in_order(lines: Iterable[str], start: int) -> Mapping[str, int]:
    return {word: number for number, line in enumerate(lines, start) for word in line.split()}


_WEEKDAYS = _in_order(
    (
        "monday mon lunes lun",
        "tuesday tue tues martes",
        "wednesday wed weds miercoles mie",
        "thursday thu thur thurs jueves jue",
        "friday fri viernes vie",
        "saturday sat sabado sab",
        "sunday sun domingo dom",
    ),
    0,
)
_MONTHS = _in_order(
    (
        "january jan enero ene",
        "february feb febrero",
        "march mar marzo",
        "april apr abril abr",
        "may mayo",
        "june jun junio",
        "july jul julio",
        "august aug agosto ago",
        "september sep sept septiembre setiembre",
        "october oct octubre",
        "november nov noviembre",
        "december dec diciembre dic",
    ),
    1,
)
_HOURS = _in_order(
    (
        "one una",
        "two dos",
        "three tres",
        "four cuatro",
        "five cinco",
        "six seis",
        "seven siete",
        "eight ocho",
        "nine nueve",
        "ten diez",
        "eleven once",
        "twelve doce",
    ),
    1,
)
_UNITS: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(
        ("second", "seconds", "sec", "secs", "segundo", "segundos", "seg"), ("seconds", 1)
    ),
    **dict.fromkeys(
        ("m", "min", "mins", "minute", "minutes", "minuto", "minutos"), ("seconds", 60)
    ),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hora", "horas"), ("seconds", 3600)),
    **dict.fromkeys(("day", "days", "dia", "dias"), ("days", 1)),
    **dict.fromkeys(("week", "weeks", "semana", "semanas"), ("days", 7)),
}
_HALVES = {
    **dict.fromkeys(("am", "morning", "mornings", "madrugada"), "am"),
    **dict.fromkeys(("pm", "afternoon", "afternoons", "evening", "evenings", "tarde"), "pm"),
    **dict.fromkeys(("night", "nights", "noche"), "night"),
}

WORDS: Mapping[str, tuple[WordKind, int | str | tuple[str, int]]] = MappingProxyType(
    {
        **{word: (WordKind.WEEKDAY, value) for word, value in _WEEKDAYS.items()},
        **{word: (WordKind.MONTH, value) for word, value in _MONTHS.items()},
        **{word: (WordKind.HOUR, value) for word, value in _HOURS.items()},
        **{word: (WordKind.UNIT, value) for word, value in _UNITS.items()},
        **{word: (WordKind.HALF, value) for word, value in _HALVES.items()},
        **dict.fromkeys(("today", "hoy"), (WordKind.DAY, 0)),
        **dict.fromkeys(("tomorrow", "tmrw", "tomorow", "manana"), (WordKind.DAY, 1)),
        **dict.fromkeys(("now", "ahora"), (WordKind.NOW, 0)),
        **dict.fromkeys(("next", "proximo", "proxima", "siguiente"), (WordKind.NEXT, 0)),
        **dict.fromkeys(("noon", "midday", "mediodia"), (WordKind.NOON, 0)),
        **dict.fromkeys(("midnight", "medianoche"), (WordKind.MIDNIGHT, 0)),
    }
)

FILLERS = frozenset(
    word
    for line in (
        "a at between begin beginning begins by clock coming date day for from in is join o of on",
        "local my our s session sharp start starting starts t that thats the time until upcoming us we when which your",
        "al cuando de del desde e el empieza en entre es fecha hasta hora horas la las los nos por",
        "que viene y",
    )
    for word in line.split()
)
THIS = frozenset(("this", "este", "esta"))
BEFORE_HALF = frozenset(("in", "the", "at", "de", "por", "la", "el", "del"))
ORDINALS = frozenset(("st", "nd", "rd", "th", "o", "ro", "er"))
RANGE = frozenset(("-", "–", "—", "\N{HYPHEN}", "to", "until", "till", "a", "hasta", "and", "y"))
HOUR_SIGNS = frozenset(("h", "hs", "hr", "hrs", "hour", "hours", "hora", "horas"))
ONE = frozenset(("a", "an", "un", "una", "one"))
AND = frozenset(("and", "y", ","))
WEEK = frozenset(("week", "semana"))
FOR = frozenset(("for", "durante", "lasting", "dura", "x"))
TV = frozenset(("c", "ct", "cst", "cdt", "central"))
"""What Central time is called in `8/7c`."""
NTH: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("first", "primer", "primero", "primera"), 1),
        **dict.fromkeys(("second", "segundo", "segunda"), 2),
        **dict.fromkeys(("third", "tercer", "tercero", "tercera"), 3),
        **dict.fromkeys(("fourth", "cuarto", "cuarta"), 4),
        **dict.fromkeys(("last", "ultimo", "ultima"), -1),
    }
)
