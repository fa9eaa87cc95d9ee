"""Times on the clock, as they are written: `8 pm`, `20:00`, `8-9 pm`, `las ocho y media`."""

from dataclasses import replace

from plnbot.talk.times.dates import read_date
from plnbot.talk.times.said import Clock, NotUnderstoodError, Reason
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import BEFORE_HALF, HOUR_SIGNS, RANGE, WORDS, WordKind
from plnbot.talk.times.zones import ZoneSaid, read_offset, read_zone

_NOON = 12
_LAST_HOUR = 24
_LAST_MINUTE = 59
_HALF_DAY = 12 * 60
_FOUR_DIGITS, _QUARTER = 4, 15
_APART = frozenset(("and", "y"))


def read_clock(cursor: Cursor) -> Clock | None:
    """Take the time that stands here; of a range, the start. Raises `NotUnderstoodError`."""
    found = _by_name(cursor) or _spoken(cursor) or _by_number(cursor)
    if found is None:
        return None
    return _with_range(cursor, _with_half(cursor, found))


def read_half(cursor: Cursor) -> tuple[str, str] | None:
    """Take `pm`, `in the evening`, `de la tarde`, and return the half and the part of the day."""
    short = cursor.peek().word
    if short in ("p", "a") and cursor.joined(0) and cursor.peek(-1).number is not None:
        cursor.at += 1
        return f"{short}m", ""
    used = 0
    while cursor.peek(used).word in BEFORE_HALF:
        used += 1
    word = cursor.peek(used).word
    morning = word == "manana" and cursor.peek(used - 1).word == "la"
    if cursor.kind(used) is not WordKind.HALF and not morning:
        return None
    cursor.at += used + 1
    return (word, "") if word in ("am", "pm") else ("", part_named(word))


def part_named(word: str) -> str:
    """Return the part of the day a word means where it means one; `mañana` is the morning."""
    found = WORDS[word][1]
    return found if isinstance(found, str) else "am"


def _by_name(cursor: Cursor) -> Clock | None:
    """Take `noon` and `midnight`, also after `12`."""
    used = int(cursor.peek().number == _NOON)
    used += used and cursor.peek(used).word in ("del", "de")
    kind = cursor.kind(used)
    if kind not in (WordKind.NOON, WordKind.MIDNIGHT):
        return None
    cursor.at += used + 1
    if kind is WordKind.NOON:
        return Clock(_NOON, 0, half="pm")
    return Clock(_NOON, 0, part="night")


def _spoken(cursor: Cursor) -> Clock | None:
    """Take `half past seven`, `quarter to 8`."""
    kept = cursor.at
    minute = {"half": 30, "quarter": 15}.get(cursor.peek().word)
    side = cursor.peek(1).word
    if minute is None or side not in ("past", "to", "after"):
        return None
    cursor.at += 2
    hour = cursor.peek().number or cursor.value(0, WordKind.HOUR)
    if hour is None or not 1 <= hour <= _NOON or (side == "to" and minute > _QUARTER):
        cursor.at = kept
        return None
    cursor.at += 1
    if side == "to":
        return Clock(hour - 1 or _NOON, 60 - minute)
    return Clock(hour, minute)


def _by_number(cursor: Cursor) -> Clock | None:
    token, first = cursor.peek(), cursor.at
    hour = token.number if token.number is not None else cursor.value(0, WordKind.HOUR)
    if hour is None:
        return None
    if len(token.word) == _FOUR_DIGITS and (military := _military(cursor)):
        return military
    cursor.at += 1
    minute = _minute(cursor)
    # `08:30` and `10:30` are written as clocks of 24 hours show them; `8:30` may be either half.
    two_digits = len(token.word) > 1 and token.number is not None and minute is not None
    by_24 = hour == 0 or hour > _NOON or two_digits
    if cursor.peek().word in HOUR_SIGNS:
        by_24 = by_24 or not cursor.peek().word.startswith("hora")
        cursor.at += 1
    minute = minute or 0
    if hour * 60 + minute > _LAST_HOUR * 60 or minute > _LAST_MINUTE:
        raise NotUnderstoodError(Reason.WHAT, cursor.written(first, cursor.at - 1))
    return Clock(hour, minute, by_24)


def _military(cursor: Cursor) -> Clock | None:
    """Take `1900`, where hours or a zone stand behind it; a year is none."""
    token = cursor.peek()
    hour, minute = divmod(token.number or 0, 100)
    if token.number is None or hour >= _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    kept = cursor.at
    cursor.at += 1
    if cursor.peek().word in HOUR_SIGNS:
        cursor.at += 1
    elif _zone_stands(cursor) is None:
        cursor.at = kept
        return None
    return Clock(hour, minute, by_24=True)


def _zone_stands(cursor: Cursor) -> ZoneSaid | None:
    kept = cursor.at
    found = read_zone(cursor, spoken_of=True)
    cursor.at = kept
    return found


def _offset_stands(cursor: Cursor) -> bool:
    """Return whether `-03` behind a time is an offset: it stands apart, and no time goes on with it."""
    kept = cursor.at
    apart = not cursor.joined(0)
    found = read_offset(cursor)
    goes_on = cursor.peek().word == ":" or cursor.kind() in (WordKind.HALF, WordKind.UNIT)
    cursor.at = kept
    return found is not None and apart and not goes_on


def _minute(cursor: Cursor) -> int | None:
    """Take the minutes after an hour: `:30`, `.30`, `h30`, `y media`; seconds are let go."""
    minute = _two_digits(cursor, ":.h")
    if minute is not None:
        _two_digits(cursor, ":")
        return minute
    spoken = {"media": 30, "cuarto": 15}.get(cursor.peek(1).word)
    if cursor.peek().word != "y" or spoken is None:
        return None
    cursor.at += 2
    return spoken


def _two_digits(cursor: Cursor, signs: str) -> int | None:
    sign, digits = cursor.peek(), cursor.peek(1)
    joined = cursor.joined(0) and cursor.joined(1)
    if not joined or sign.word not in signs or digits.end - digits.start != len("00"):
        return None
    if digits.number is not None:
        cursor.at += 2
    return digits.number


def _with_half(cursor: Cursor, clock: Clock) -> Clock:
    at_noon = clock.hour == _NOON and not clock.minute
    bracket = cursor.peek().word == "("
    if at_noon and cursor.kind(int(bracket)) is WordKind.NOON:
        cursor.at += 1 + bracket
        return replace(clock, half="pm")
    found = read_half(cursor)
    if found is None:
        return clock
    return replace(clock, half=found[0] or clock.half, part=found[1] or clock.part)


def _with_range(cursor: Cursor, start: Clock) -> Clock:
    """Take the end of a range if one follows; where only it has a half, that tells the start's.

    `8-9 pm` starts at 8 pm, `11-1 pm` at 11 am.
    """
    named = bool(start.half or start.part)
    end = _range_end(cursor, named=named)
    if end is None:
        return start
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    start = replace(start, lasts=minutes % _HALF_DAY or None)
    if named or start.by_24:
        return start
    over_noon = start.hour % _NOON > end.hour % _NOON
    if over_noon and (end.half or end.part):
        return replace(start, half="pm" if "am" in (end.half, end.part) else "am")
    return replace(start, half=end.half, part=end.part)


def _range_end(cursor: Cursor, *, named: bool) -> Clock | None:
    kept = cursor.at
    sign = cursor.peek().word
    # `12 pm and 7 pm` are two times, `8 and 9 pm` is one.
    if sign not in RANGE or (named and sign in _APART) or _offset_stands(cursor):
        return None
    cursor.at += 1
    while cursor.peek().word in ("la", "las"):
        cursor.at += 1
    after = cursor.at
    dated = read_date(cursor, day_first=False) is not None
    cursor.at = after
    end = None if dated else _by_number(cursor)
    if end is None or cursor.kind() is WordKind.UNIT:
        cursor.at = kept
        return None
    return _with_half(cursor, end)
