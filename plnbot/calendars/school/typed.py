"""School days as people type them, line by line: `Spring break 15–19 March`, `del 22 de diciembre al 7 de enero`.

Every line becomes entries, or is named with why not; none is dropped.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from plnbot.calendars.school.model import Entry, Kind
from plnbot.calendars.school.taken import taken_as
from plnbot.talk.text import clean, one_line
from plnbot.talk.times import parse_clock
from plnbot.talk.times.dates import Written, read_date
from plnbot.talk.times.tokens import Cursor
from plnbot.talk.times.words import AND, RANGE, WordKind
from plnbot.values import dataclass

MOST_LINES = 80
LONGEST_TITLE = 200
_LONGEST_LINE = 300
_LONGEST_BREAK = timedelta(days=130)
_LONGEST_TERM = timedelta(days=400)
_PAST_MEANT = timedelta(days=75)
_DAYS_IN_MONTH = 31
_TO = (RANGE - AND) | {"al", "through", "thru"}
_BETWEEN = frozenset(["between", "entre"])
_AND = AND | {"&"}
_BEFORE_DATE = frozenset(
    [
        "from",
        "between",
        "entre",
        "del",
        "de",
        "el",
        "on",
        "the",
        "desde",
        "los",
        "al",
        "a",
        "to",
        "and",
        "y",
    ]
)
_NAMED_FOR_A_WEEKDAY = frozenset(["easter", "good", "ash", "maundy", "black", "whit"])
_UNTIL = re.compile(
    r"[,\s](?:(?:until|till|ends? at|out at|hasta(?: las?)?(?: el)?|a las|at)\s+(?P<said>[^,;]+)"
    r"|(?P<clock>\d{1,2}(?::\d\d)?\s*[ap]\.?\s?m\.?|\d{1,2}:\d\d))$",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)\s*[-–—]\s*(?=\d{1,2}[/.]\d)")
_BULLET = re.compile(r"^\s*(?:[-*•–—·]|\d{1,2}[.)](?=\s))\s*")
_EDGES = " \t,;:.-–—()[]/|"


class Why(StrEnum):
    """Why a line is not understood."""

    NO_DAY = "no_day"
    NO_SUCH_DAY = "no_such_day"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not understood."""

    line: str
    why: Why


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed: entries, and the lines that were not understood."""

    entries: tuple[Entry, ...] = ()
    unread: tuple[Unread, ...] = ()


class _UnreadError(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def read_typed(words: str, today: date, locale: str = "en") -> Read:
    """Return what is typed, a line or several; a day without a year is the one nearest ahead.

    Something of the last weeks is meant as it was, for who types a school year that has begun.
    `11/5` is in November, in a Spanish `locale` in May.
    """
    entries: list[Entry] = []
    unread: list[Unread] = []
    lines = [line for each in clean(words).split("\n") if (line := _BULLET.sub("", each).strip())]
    for at, line in enumerate(lines):
        too_long = len(line) > _LONGEST_LINE or at >= MOST_LINES
        try:
            entries += _line("" if too_long else line, today, day_first=locale.startswith("es"))
        except _UnreadError as error:
            why = Why.TOO_LONG if too_long else error.why
            unread.append(Unread(one_line(line)[:120], why))
    return Read(tuple(entries), tuple(unread))


def _line(line: str, today: date, *, day_first: bool) -> list[Entry]:
    line = _RUN_TOGETHER.sub(r"\1 to ", line)
    line, until = _without_clock(line)
    cursor = Cursor(line)
    spans, left = _read(cursor, day_first=day_first)
    if not spans:
        raise _UnreadError(Why.NO_DAY)
    title = one_line(" ".join(filter(None, (each.strip(_EDGES) for each in left)))).strip(_EDGES)
    made = [_days(*each, today) for each in spans]
    return [_entry(first, last, title[:LONGEST_TITLE], until) for first, last in made]


def _entry(first: date, last: date, title: str, until: str) -> Entry:
    days = (last - first).days + 1
    kind = Kind.HALF if until else taken_as(title, days, typed=True)
    if last - first > (_LONGEST_TERM if kind is Kind.TERM else _LONGEST_BREAK):
        raise _UnreadError(Why.TOO_LONG)
    return Entry(first, last, kind, title, until if kind is Kind.HALF else "")


def _without_clock(line: str) -> tuple[str, str]:
    """Return a line without the time until which there is school, and that as `HH:MM`."""
    found = _UNTIL.search(line)
    clock = parse_clock(found["said"] or found["clock"]) if found else None
    if found is None or clock is None:
        return line, ""
    return line[: found.start()], clock.strftime("%H:%M")


_Span = tuple[Written, Written]


def _read(cursor: Cursor, *, day_first: bool) -> tuple[list[_Span], list[str]]:
    """Return every span of days in a line, and the words around them."""
    spans: list[_Span] = []
    left: list[str] = []
    begin = 0
    while cursor.left:
        kept = cursor.at
        found = list(_spans(cursor, day_first=day_first))
        if not found:
            cursor.at = kept + 1
            continue
        spans += found
        left.append(_around(cursor, begin, kept))
        begin = cursor.at
    left.append(_around(cursor, begin, cursor.at))
    return spans, left


def _around(cursor: Cursor, begin: int, end: int) -> str:
    """Return the words from one token to before another, without those that lead to a date."""
    while end > begin and _leads(cursor, end - 1):
        end -= 1
    while begin < end and cursor.token(begin).word in _AND | {"-", "–", "—", ":"}:
        begin += 1
    return cursor.written(begin, end - 1) if end > begin else ""


def _leads(cursor: Cursor, at: int) -> bool:
    ahead = at - cursor.at
    word, before = cursor.token(at).word, cursor.token(at - 1).word
    if cursor.kind(ahead) is WordKind.WEEKDAY:
        return before not in _NAMED_FOR_A_WEEKDAY
    if word in ("dia", "dias"):
        return before in _BEFORE_DATE
    return word in _BEFORE_DATE or word in "-–—:,.("


def _spans(cursor: Cursor, *, day_first: bool) -> Iterator[_Span]:
    """Take the days that stand here: one, a span, or several of a month.

    `6 and 13 November` are two days; behind `between` they are a span.
    """
    before = cursor.at - 1
    while cursor.token(before).word in ("the", "el"):
        before -= 1
    spanning = _TO | _AND if cursor.token(before).word in _BETWEEN else _TO
    shared = _month_after(cursor, spanning, day_first=day_first)
    if shared is not None:
        yield from shared
        return
    first = _date(cursor, day_first=day_first)
    if first is None:
        return
    last = _end(cursor, first, spanning, day_first=day_first)
    yield first, last or first
    while last is None and (more := _one_more(cursor, first, day_first=day_first)) is not None:
        yield more, more


def _date(cursor: Cursor, *, day_first: bool) -> Written | None:
    """Take a date that names its month."""
    kept = cursor.at
    found = read_date(cursor, day_first=day_first)
    if found is None or found.month is None:
        cursor.at = kept
        return None
    return found


def _month_after(
    cursor: Cursor, spanning: frozenset[str], *, day_first: bool
) -> list[_Span] | None:
    """Take `15–19 March`, `6, 13 and 20 November`, `del 15 al 19 de marzo`."""
    kept, numbers, signs = cursor.at, [], []
    while (number := _bare(cursor)) is not None:
        numbers.append(number)
        cursor.at += 1
        sign = cursor.peek().word
        if sign not in spanning and sign not in _AND:
            break
        signs.append(sign)
        cursor.at += 1
        while cursor.kind() is WordKind.WEEKDAY or cursor.peek().word in ("and", "y", "el", "&"):
            cursor.at += 1
        here = cursor.at
        end = _date(cursor, day_first=day_first)
        if end is not None:
            days = [Written(end.year, end.month, each) for each in numbers]
            if signs[-1] in spanning and len(signs) == 1:
                return [(days[0], end)]
            return [(each, each) for each in (*days, end)] if set(signs) <= _AND else None
        cursor.at = here
    cursor.at = kept
    return None


def _end(
    cursor: Cursor, first: Written, spanning: frozenset[str], *, day_first: bool
) -> Written | None:
    """Take the end of a span: `– 19 March`, `to Friday 19`, `al 7 de enero`."""
    kept = cursor.at
    if cursor.peek().word not in spanning:
        return None
    cursor.at += 1
    while cursor.kind() is WordKind.WEEKDAY or cursor.peek().word in ("the", "el", ",", "al"):
        cursor.at += 1
    found = _date(cursor, day_first=day_first)
    if found is None and (number := _bare(cursor)) is not None:
        cursor.at += 1
        found = Written(first.year, first.month, number)
        if cursor.peek().word == "," and (year := _year(cursor, 1)) is not None:
            cursor.at += 2
            found = Written(year, first.month, number)
    if found is None:
        cursor.at = kept
    return found


def _one_more(cursor: Cursor, first: Written, *, day_first: bool) -> Written | None:
    """Take `, 13` and `and 20` after `November 6`, but not `, 15 January`, which has a month of its own."""
    kept = cursor.at
    while cursor.peek().word in _AND:
        cursor.at += 1
    here = cursor.at
    number = _bare(cursor) if here > kept else None
    if number is None or _date(cursor, day_first=day_first) is not None:
        cursor.at = kept
        return None
    cursor.at = here + 1
    return Written(first.year, first.month, number)


def _bare(cursor: Cursor) -> int | None:
    """Return the number here where it can be a day of a month by itself."""
    number = cursor.peek().number
    apart = cursor.peek(1).word not in (":", "/") and cursor.kind(1) is not WordKind.HALF
    return number if number is not None and 1 <= number <= _DAYS_IN_MONTH and apart else None


def _year(cursor: Cursor, ahead: int) -> int | None:
    number = cursor.peek(ahead).number
    return number if number is not None and len(cursor.peek(ahead).word) == len("2027") else None


def _days(first: Written, last: Written, today: date) -> tuple[date, date]:
    """Return the days that are meant, in the years that are."""
    if first.year is None and last.year is not None:
        first = _in_year(first, last.year - (_of_year(first) > _of_year(last)))
    begin = _date_of(first, first.year) if first.year else _near(first, today)
    if last.year is not None:
        end = _date_of(last, last.year)
    elif first == last:
        end = begin
    elif last.month == first.month and last.day < first.day:
        raise _UnreadError(Why.BACKWARDS)
    else:
        end = _date_of(last, begin.year + (_of_year(last) < _of_year(first)))
    if end < begin:
        raise _UnreadError(Why.BACKWARDS)
    return begin, end


def _of_year(each: Written) -> tuple[int, int]:
    return each.month or 0, each.day


def _in_year(each: Written, year: int) -> Written:
    return Written(year, each.month, each.day)


def _date_of(each: Written, year: int) -> date:
    try:
        return date(year, each.month or 0, each.day)
    except ValueError as error:
        raise _UnreadError(Why.NO_SUCH_DAY) from error


def _near(each: Written, today: date) -> date:
    """Return the first such day that is not long past."""
    for year in range(today.year - 1, today.year + 5):
        try:
            day = date(year, each.month or 0, each.day)
        except ValueError:
            continue
        if day >= today - _PAST_MEANT:
            return day
    raise _UnreadError(Why.NO_SUCH_DAY)
