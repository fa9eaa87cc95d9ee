"""Days that people call by name: `Thanksgiving`, `New Year's Eve`, `Nochebuena`."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from plnbot.talk.times.tokens import Cursor

Feast = Callable[[int], date]

_LONGEST = 6  # tokens of `New Year's Eve`, `día de acción de gracias`
_MONDAY, _THURSDAY, _WEEK = 0, 3, 7


def read_feast(cursor: Cursor) -> Feast | None:
    """Take the name of a day that stands here, and return which date it is in a year."""
    for count in range(min(_LONGEST, cursor.left), 0, -1):
        words = " ".join(
            word for each in range(count) if (word := cursor.peek(each).word) not in ("'", "’", ".")
        )
        found = _FEASTS.get(words)
        if found is not None:
            cursor.at += count
            cursor.at += cursor.peek().word == "day"
            return found
    return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the first, second … or (-1) last such weekday of a month, if it has one."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % _WEEK + 1)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (nth - 1))
    return found if found.month == month else None


def _fixed(month: int, day: int) -> Feast:
    return lambda year: date(year, month, day)


def _nth(month: int, nth: int, weekday: int) -> Feast:
    return lambda year: nth_weekday(year, month, nth, weekday) or date(year, month, 1)


def _easter(days: int) -> Feast:
    """Return the day so many days after Easter Sunday, by the Gregorian reckoning."""

    def day(year: int) -> date:
        from dateutil.easter import easter

        return easter(year) + timedelta(days=days)

    return day


_FEASTS: Mapping[str, Feast] = MappingProxyType(
    {
        name: feast
        for feast, names in (
            (_fixed(1, 1), "new years|new year s|ano nuevo"),
            (_fixed(1, 6), "reyes|dia de reyes|epiphany"),
            (_nth(1, 3, _MONDAY), "mlk|martin luther king|martin luther king jr"),
            (_fixed(2, 14), "valentines|valentine s|san valentin"),
            (_nth(2, 3, _MONDAY), "presidents|president s|presidents day"),
            (_fixed(3, 17), "st patricks|st patrick s"),
            (_easter(-2), "good friday|viernes santo"),
            (_easter(0), "easter|easter sunday|domingo de pascua|pascua"),
            (_easter(1), "easter monday|lunes de pascua"),
            (_fixed(4, 22), "earth day|dia de la tierra"),
            (_fixed(5, 5), "cinco de mayo"),
            (_nth(5, -1, _MONDAY), "memorial day"),
            (_fixed(6, 19), "juneteenth"),
            (_fixed(7, 4), "independence day|fourth of july"),
            (_nth(9, 1, _MONDAY), "labor day"),
            (_nth(10, 2, _MONDAY), "columbus day|indigenous peoples|indigenous peoples day"),
            (_fixed(10, 31), "halloween"),
            (_fixed(11, 2), "dia de muertos|dia de los muertos"),
            (_fixed(11, 11), "veterans day"),
            (_nth(11, 4, _THURSDAY), "thanksgiving|accion de gracias|dia de accion de gracias"),
            (lambda year: _nth(11, 4, _THURSDAY)(year) + timedelta(days=1), "black friday"),
            (_fixed(12, 26), "boxing day"),
            (_fixed(12, 24), "christmas eve|nochebuena"),
            (_fixed(12, 25), "christmas|navidad"),
            (_fixed(12, 31), "new years eve|new year s eve|nochevieja"),
        )
        for name in names.split("|")
    }
)
