"""Which days a schedule has, as they are written: `every second Thursday`, `el último día lectivo`."""

from plnbot.talk.times.again import words
from plnbot.talk.times.again.asked import (
    WEEKEND,
    WORKDAYS,
    MonthDays,
    NthOfDays,
    NthSchoolDays,
    NthWeekdays,
    SchoolDaysAll,
    Spec,
    Weekdays,
)
from plnbot.talk.times.again.words import Period
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import WordKind

_LAST_DAY = 31
_MOST_IN_MONTH = 5


def weekday_at(cursor: Cursor, ahead: int = 0) -> int | None:
    """Return the weekday that stands there, in the singular or the plural."""
    found = cursor.value(ahead, WordKind.WEEKDAY)
    word = cursor.peek(ahead).word
    if found is None and word.endswith("s"):
        found = Cursor(word.removesuffix("s")).value(0, WordKind.WEEKDAY)
    return found


def read_weekdays(cursor: Cursor) -> Weekdays | None:
    """Take a weekday, `Monday to Friday`, `weekdays`, `fines de semana`."""
    for used, found in ((workdays(cursor), WORKDAYS), (weekend(cursor), WEEKEND)):
        if used:
            cursor.at += used
            return Weekdays(found)
    first = weekday_at(cursor)
    if first is None:
        return None
    cursor.at += 1
    cursor.at += cursor.peek().word == "."
    used = 1 + (cursor.peek(1).word in words.ARTICLES)
    last = weekday_at(cursor, used) if cursor.peek().word in words.TO else None
    if last is None:
        return Weekdays((first,))
    cursor.at += used + 1
    return Weekdays(tuple((first + each) % 7 for each in range((last - first) % 7 + 1)))


def school_day(cursor: Cursor, ahead: int = 0) -> int:
    """Return how many tokens from there on say `school day`, `días de clase`; 0 for none."""
    first = cursor.peek(ahead).word
    if first in words.SCHOOL_DAY:
        return 1
    if first in words.BEFORE_SCHOOL_DAY and cursor.peek(ahead + 1).word in words.DAY_WORDS:
        return 2
    return _day_that_is(cursor, ahead, "school")


def read_school_days(cursor: Cursor) -> SchoolDaysAll | None:
    """Take `school days`."""
    used = school_day(cursor)
    cursor.at += used
    return SchoolDaysAll() if used else None


def read_nth(cursor: Cursor) -> Spec | None:
    """Take `first and third Monday of the month`, `the 15th`, `el último día lectivo del mes`."""
    kept = cursor.at
    counts_days = cursor.peek().word in words.DAY_WORDS and cursor.peek(1).number is not None
    cursor.at += counts_days
    numbers, in_digits = _ordinals(cursor, bare=counts_days or cursor.peek(-1).word == "el")
    found = _nth_of(cursor, numbers, in_digits=in_digits or counts_days) if numbers else None
    if found is None:
        cursor.at = kept
    return found


def of_the_month(cursor: Cursor) -> Period | None:
    """Take `of the month`, `of each week`, `del mes`, `de cada mes`, and return which it was."""
    used = 0
    while cursor.peek(used).word in words.ARTICLES | words.EVERY | {"of", "in", "de", "del", "al"}:
        used += 1
    word = cursor.peek(used).word
    for found, period in ((words.MONTH_WORDS, Period.MONTH), (words.WEEK_WORDS, Period.WEEK)):
        if used and word in found:
            cursor.at += used + 1
            return period
    return None


def ordinal_at(cursor: Cursor, ahead: int = 0) -> tuple[int, int]:
    """Return the ordinal that stands there and how many tokens it is; 0 and 0 for none."""
    token = cursor.peek(ahead)
    if token.word in words.ORDINALS:
        return words.ORDINALS[token.word], 1
    signed = cursor.peek(ahead + 1).word in words.ORDINAL_SIGNS and cursor.joined(ahead + 1)
    if token.number is not None and signed and 1 <= token.number <= _LAST_DAY:
        return token.number, 2
    return 0, 0


def _ordinals(cursor: Cursor, *, bare: bool) -> tuple[tuple[int, ...], bool]:
    """Take ordinals joined by `and`; and return whether they were written in digits."""
    numbers: list[int] = []
    in_digits = False
    while True:
        used = 0
        while numbers and cursor.peek(used).word in words.AND | words.ARTICLES:
            used += 1
        if numbers and not used:
            break
        number, more = ordinal_at(cursor, used)
        plain_number = cursor.peek(used).number if bare and not more else None
        is_clock = cursor.peek(used + 1).word in (":", ".", "h") or (
            cursor.kind(used + 1) is WordKind.HALF
        )
        if plain_number and plain_number <= _LAST_DAY and not is_clock:
            number, more = plain_number, 1
        if not number:
            break
        in_digits = in_digits or cursor.peek(used).number is not None
        numbers.append(number)
        cursor.at += used + more
    return tuple(numbers), in_digits


def _nth_of(cursor: Cursor, numbers: tuple[int, ...], *, in_digits: bool) -> Spec | None:
    """Take what is counted."""
    few = all(abs(each) <= _MOST_IN_MONTH for each in numbers)
    if used := school_day(cursor):
        cursor.at += used
        return NthSchoolDays(numbers, of_the_month(cursor) or Period.MONTH)
    if few and (days := read_weekdays(cursor)):
        together = len(days.days) > 1
        more = [] if together else _more_weekdays(cursor)
        if of_the_month(cursor) is Period.WEEK:
            return None
        if together:
            return NthOfDays(numbers, days.days)
        return NthWeekdays(numbers, (*days.days, *more))
    if cursor.peek().word in words.DAY_WORDS:
        cursor.at += 1
        return MonthDays(numbers) if of_the_month(cursor) is Period.MONTH else None
    if of_the_month(cursor) is Period.MONTH or in_digits:
        return MonthDays(numbers)
    return None


def _more_weekdays(cursor: Cursor) -> list[int]:
    """Take the rest of `first Tuesday and Thursday`."""
    found: list[int] = []
    while True:
        used = 0
        while cursor.peek(used).word in words.AND | words.ARTICLES:
            used += 1
        day = weekday_at(cursor, used)
        if day is None or not used:
            return found
        found.append(day)
        cursor.at += used + 1


def workdays(cursor: Cursor) -> int:
    """Return how many tokens from here on say `weekdays`, `entre semana`; 0 for none."""
    if cursor.peek().word in words.WORKDAYS:
        return 1
    if cursor.peek().word == "entre" and cursor.peek(1).word == "semana":
        return 2
    return _day_that_is(cursor, 0, "work")


def weekend(cursor: Cursor) -> int:
    """Return how many tokens from here on say `weekend`, `fines de semana`; 0 for none."""
    if cursor.peek().word in words.WEEKENDS:
        return 1
    ends = cursor.peek().word in ("fin", "fines") and cursor.peek(1).word == "de"
    return 3 if ends and cursor.peek(2).word in ("semana", "semanas") else 0


def _day_that_is(cursor: Cursor, ahead: int, what: str) -> int:
    """Return how many tokens say `día lectivo`, `días de clase` or `día hábil`; 0 for none."""
    if cursor.peek(ahead).word not in words.DAY_WORDS:
        return 0
    used = 2 if cursor.peek(ahead + 1).word == "de" else 1
    return used + 1 if words.AFTER_DAY.get(cursor.peek(ahead + used).word) == what else 0
