"""Dates and lengths of time, as they are written: `April 19th`, `11/26`, `1 h 30`."""

from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import AND, ONE, ORDINALS, WORDS, WordKind
from plnbot.values import dataclass

_HOURS = (WordKind.UNIT, ("seconds", 3600))
_MINUTE = 60
_HOUR = 3600
_LAST_MINUTE = 59
_MONTHS = 12
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A date, perhaps no real one, and whether it is written as ISO 8601 does."""

    year: int | None
    month: int | None
    day: int
    iso: bool = False


def read_date(cursor: Cursor, *, day_first: bool) -> Written | None:
    """Take the date that stands here, if one does; `day_first` tells how to read `11/5`."""
    return _in_digits(cursor, day_first=day_first) or _with_month(cursor) or _day_alone(cursor)


def read_length(cursor: Cursor) -> tuple[int, int] | None:
    """Take the length that stands here, such as `1 h 30`, and return its days and its seconds."""
    found = _length_part(cursor)
    while found is not None:
        kept = cursor.at
        if half := _and_a_half(cursor, found):
            found = found[0], found[1] + half
            continue
        after_hours = WORDS.get(cursor.peek(-1).word) == _HOURS
        cursor.at += cursor.peek().word in AND
        more = _length_part(cursor, after_hours=after_hours)
        if more is None:
            cursor.at = kept
            break
        found = found[0] + more[0], found[1] + more[1]
    return found


def _in_digits(cursor: Cursor, *, day_first: bool) -> Written | None:
    """Take `2026-11-26`, `11/26`, `26.11.2026`."""
    numbers, signs, used = _numbers_and_signs(cursor)
    full_years = [len(cursor.peek(each).word) == _YEAR_DIGITS for each in (0, 4)]
    if signs in ("--", "//") and full_years[0]:
        cursor.at += used
        return Written(numbers[0], numbers[1], numbers[2], iso=True)
    if signs not in ("/", "//") and not (signs in ("--", "..") and full_years[1]):
        return None
    month, day = numbers[:2]
    if day_first or signs == "..":
        month, day = day, month
    if month > _MONTHS >= day:
        month, day = day, month
    year = numbers[2] + (0 if full_years[1] else 2000) if len(signs) > 1 else None
    cursor.at += used
    return Written(year, month, day)


def _numbers_and_signs(cursor: Cursor) -> tuple[list[int], str, int]:
    """Return up to three numbers, the signs between them, and how many tokens they are."""
    numbers: list[int] = []
    signs = ""
    for used in (0, 2, 4):
        number = cursor.peek(used).number
        if number is None or (used and cursor.peek(used - 1).word not in ("-", "/", ".")):
            break
        signs += cursor.peek(used - 1).word if used else ""
        numbers.append(number)
    return numbers, signs, max(0, 2 * len(numbers) - 1)


def _with_month(cursor: Cursor) -> Written | None:
    """Take `April 19th, 2026`, `19 April`, `el 26 de noviembre de 2026`."""
    if cursor.peek().word == "mar" and not _is_march(cursor):
        return None
    day = cursor.peek().number
    used = 0
    if day is not None:
        used = _after_ordinal(cursor, 1)
        used += cursor.peek(used).word in ("of", "de", "-")
    month = cursor.value(used, WordKind.MONTH)
    used += 1
    used += cursor.peek(used).word == "."
    used += cursor.peek(used).word == "the" and month is not None
    if month is not None and day is None:
        day = None if _is_clock(cursor, used) else cursor.peek(used).number
        used = _after_ordinal(cursor, used + 1)
    if month is None or day is None:
        return None
    year, used = _year(cursor, used)
    cursor.at += used
    return Written(year, month, day)


def _is_clock(cursor: Cursor, used: int) -> bool:
    """Return whether the number there is a time: `until May 3:45 pm`, `December 8 pm`."""
    colon = (
        cursor.peek(used + 1).word == ":" and cursor.joined(used + 1) and cursor.joined(used + 2)
    )
    return (colon and cursor.peek(used + 2).number is not None) or (
        cursor.kind(used + 1) is WordKind.HALF and cursor.peek(used + 1).word in ("am", "pm")
    )


def _is_march(cursor: Cursor) -> bool:
    """Return whether `mar` is March here: `mar 24 nov` and `mar 20:00` are a Tuesday, in Spanish."""
    used = 1 + (cursor.peek(1).word in (".", ","))
    if cursor.peek(used).number is None:
        return False
    used = _after_ordinal(cursor, used + 1)
    clock = cursor.peek(used).word in (":", "h") or cursor.kind(used) is WordKind.HALF
    used += cursor.peek(used).word == "de"
    return not clock and cursor.kind(used) is not WordKind.MONTH


def _year(cursor: Cursor, used: int) -> tuple[int | None, int]:
    after = used
    while cursor.peek(after).word in (",", "de", "del", "-"):
        after += 1
    token = cursor.peek(after)
    if token.number is None or len(token.word) != _YEAR_DIGITS:
        return None, used
    return token.number, after + 1


def _day_alone(cursor: Cursor) -> Written | None:
    """Take `the 26th`, `el 26`: a day of this month or the next."""
    number = cursor.peek().number
    used = _after_ordinal(cursor, 1)
    after_el = cursor.peek(-1).word == "el"
    clock = cursor.peek(1).word in (":", ".") or cursor.kind(1) is WordKind.HALF
    beside = cursor.kind(-1) is WordKind.WEEKDAY or cursor.peek(-1).word == "dia"
    at = [cursor.peek(each).word for each in (1, 2)]
    if number and beside and (at[0] in ("at", "@") or (at[0] == "a" and at[1] in ("la", "las"))):
        cursor.at += 1  # jueves 26 a las 20:00
        return Written(None, None, number)
    if number is None or (used == 1 and (clock or not after_el)):
        return None
    cursor.at += used
    return Written(None, None, number)


def _after_ordinal(cursor: Cursor, used: int) -> int:
    return used + (cursor.peek(used).word in ORDINALS and cursor.joined(used))


def _length_part(cursor: Cursor, *, after_hours: bool = False) -> tuple[int, int] | None:
    word, number = cursor.peek().word, cursor.peek().number
    if word in ("half", "media", "medio"):
        return _half_an_hour(cursor)
    if after_hours and number is not None and cursor.kind(1) is not WordKind.UNIT:
        # The minutes of `1 h 30` need no unit.
        cursor.at += number <= _LAST_MINUTE
        return (0, number * _MINUTE) if number <= _LAST_MINUTE else None
    count = 1 if word in ONE else number or cursor.value(0, WordKind.HOUR)
    if count and [cursor.peek(each).word for each in (1, 2, 3)] == ["and", "a", "half"]:
        if WORDS.get(cursor.peek(4).word) != _HOURS:
            return None
        cursor.at += 5
        return 0, count * _HOUR + _HOUR // 2
    used = 2 if cursor.peek(1).word == "-" else 1  # a 60-minute chat
    unit = WORDS.get(cursor.peek(used).word)
    if count is None or unit is None or not isinstance(unit[1], tuple):
        return None
    cursor.at += used + 1
    name, size = unit[1]
    return (count * size, 0) if name == "days" else (0, count * size)


def _and_a_half(cursor: Cursor, found: tuple[int, int]) -> int:
    """Take `and a half`, `y media` after whole hours, and return its seconds."""
    if found[1] % _HOUR or not found[1] or cursor.peek().word not in AND:
        return 0
    used = 1 + (cursor.peek(1).word in ONE)
    unit = cursor.kind(used + 1) is WordKind.UNIT  # `and half an hour` is a length of its own
    if cursor.peek(used).word not in ("half", "media") or unit or cursor.peek(used + 1).word in ONE:
        return 0
    cursor.at += used + 1
    return _HOUR // 2


def _half_an_hour(cursor: Cursor) -> tuple[int, int] | None:
    used = 2 if cursor.peek(1).word in ONE else 1
    if WORDS.get(cursor.peek(used).word) != _HOURS:
        return None
    cursor.at += used + 1
    return 0, 30 * _MINUTE
