"""Free times: what a teacher writes of their week, and the times that suit two of them. Pure.

A line is a day, or several, and a time: `Tuesdays after 3`, `Mon and Wed 10:05-10:55`, `weekdays 15:30
to 17`, `martes después de las 3`. A bell schedule names its periods first, `period 3: 10:05-10:55`, and
days may then name one: `Tuesday period 3`. An hour from 1 to 6 without am or pm is in the afternoon, as
nobody is free at three in the night. Times are those of the wall where the teacher lives.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from plnbot.values import dataclass
from plnbot.walltime import instant, local

LONGEST, MOST_LINES = 1000, 40
MEETING = timedelta(minutes=30)
_DAY, _HOUR = 24 * 60, 60
_WEEK_HOURS = 168
_EVENING = 21 * 60
_MORNING = 7 * 60
_AFTERNOON_FROM, _AFTERNOON_TO = 1, 6
_NOON = 12
_AHEAD = 13
_WEEKDAYS = ("mon lun", "tue mar", "wed mie", "thu jue", "fri vie", "sat sab", "sun dom")
_SEVERAL: Mapping[str, range] = {
    "weekday": range(5),
    "school day": range(5),
    "every day": range(7),
    "daily": range(7),
    "weekend": range(5, 7),
    "entre semana": range(5),
    "dias de clase": range(5),
    "todos los dias": range(7),
    "cada dia": range(7),
    "fines de semana": range(5, 7),
}
_CLOCK = r"(?:las? )?(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm|a m|p m)?"
_FROM_TO = re.compile(rf"{_CLOCK} ?(?:-|to|until|a|hasta|y) ?{_CLOCK}(?!\d)")
_AFTER = re.compile(rf"(?:after|from|since|despues de|desde|a partir de) {_CLOCK}(?!\d)")
_BEFORE = re.compile(rf"(?:before|until|till|antes de|hasta) {_CLOCK}(?!\d)")
_PERIOD = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|o|a)? (?:period|hora)|(?:period|hora) ?(\d{1,2}))"
)
_NAMED = re.compile(rf"^(?:{_PERIOD.pattern})\s*[:=]?\s*(.+)$")
_HALVES = {"mornings": (_MORNING, 720), "mananas": (_MORNING, 720), "morning": (_MORNING, 720)}
_HALVES |= dict.fromkeys(("afternoons", "afternoon", "tardes", "tarde"), (720, 18 * 60))
_HALVES |= dict.fromkeys(("evenings", "evening", "noches", "noche"), (17 * 60, _EVENING))


@dataclass(frozen=True, slots=True)
class Span:
    """A free time of each week: `day` 0 is Monday, `begins` and `ends` are minutes of its day."""

    day: int
    begins: int
    ends: int


class NotFreeError(ValueError):
    """A line that is no free time; `line` is what was written."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def read_free(words: str) -> tuple[Span, ...]:
    """Return the free times that somebody wrote, in order; raises `NotFreeError` for a line that is none."""
    lines = [each for each in re.split(r"[\n;]", words[: LONGEST + 1]) if each.strip()]
    if len(words) > LONGEST or len(lines) > MOST_LINES:
        raise NotFreeError(words[:40])
    bells: dict[int, tuple[int, int]] = {}
    spans: set[Span] = set()
    for line in lines:
        said = _plain(line)
        named = _NAMED.match(said)
        if named is not None and not list(_days(said)):
            bells[int(named[1] or named[2])] = _from_to(named[3], line)
        else:
            spans |= set(_free(said, bells, line))
    if lines and not spans:
        raise NotFreeError(lines[-1].strip())
    return tuple(sorted(spans, key=lambda each: (each.day, each.begins, each.ends)))


def _free(said: str, bells: Mapping[int, tuple[int, int]], line: str) -> Iterator[Span]:
    days = sorted(set(_days(said)))
    if not days:
        raise NotFreeError(line.strip())
    begins, ends = _time(said, bells, line)
    yield from (Span(day, begins, ends) for day in days)


def _days(said: str) -> Iterator[int]:
    for name, days in _SEVERAL.items():
        if name in said:
            yield from days
    words = re.findall(r"[a-z]+", said)
    for day, names in enumerate(_WEEKDAYS):
        if any(_names(word, name) for word in words for name in names.split()):
            yield day


def _names(word: str, short: str) -> bool:
    whole = {
        "mon": "mondays", "tue": "tuesdays", "wed": "wednesdays", "thu": "thursdays",
        "fri": "fridays", "sat": "saturdays", "sun": "sundays", "lun": "lunes", "mar": "martes",
        "mie": "miercoles", "jue": "jueves", "vie": "viernes", "sab": "sabados", "dom": "domingos",
    }[short]  # fmt: skip
    return word.startswith(short) and whole.startswith(word)


def _time(said: str, bells: Mapping[int, tuple[int, int]], line: str) -> tuple[int, int]:
    if period := _PERIOD.search(said):
        number = int(period[1] or period[2])
        if number not in bells:
            raise NotFreeError(line.strip())
        return bells[number]
    if _FROM_TO.search(said):
        return _from_to(said, line)
    if found := _AFTER.search(said):
        return _sound(_minutes(found.groups(), line), _EVENING, line)
    if found := _BEFORE.search(said):
        return _sound(_MORNING, _minutes(found.groups(), line), line)
    for name, hours in _HALVES.items():
        if re.search(rf"\b{name}\b", said):
            return hours
    if re.search(r"\d", said):
        raise NotFreeError(line.strip())
    return _MORNING, _EVENING


def _from_to(said: str, line: str) -> tuple[int, int]:
    found = _FROM_TO.search(said)
    if found is None:
        raise NotFreeError(line.strip())
    parts = found.groups()
    first, last = parts[:3], parts[3:]
    if first[2] is None and last[2] is not None and int(first[0]) <= int(last[0]) % _NOON:
        first = (*first[:2], last[2])
    begins, ends = _minutes(first, line), _minutes(last, line)
    return _sound(begins, ends + 12 * _HOUR if ends < begins <= 12 * _HOUR else ends, line)


def _minutes(said: Sequence[str | None], line: str) -> int:
    hour, minute, half = int(said[0] or 0), int(said[1] or 0), (said[2] or "").replace(" ", "")
    if (half == "pm" and hour < _NOON) or (not half and _AFTERNOON_FROM <= hour <= _AFTERNOON_TO):
        hour += _NOON
    if half == "am" and hour == _NOON:
        hour = 0
    if hour * _HOUR + minute > _DAY or minute >= _HOUR:
        raise NotFreeError(line.strip())
    return hour * _HOUR + minute


def _sound(begins: int, ends: int, line: str) -> tuple[int, int]:
    if not 0 <= begins < ends <= _DAY:
        raise NotFreeError(line.strip())
    return begins, ends


def _plain(words: str) -> str:
    bare = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    kept = kept.replace("\u2013", "-").replace("\u2014", "-")
    return " ".join(re.sub(r"(?<=[ap])\.? ?m\b\.?", "m", kept).replace(",", " ").split())


def hours_of(spans: Iterable[Span], zone: str, now: datetime) -> frozenset[int]:
    """Return free times as hours of the week in UTC, as matching counts them, as clocks stand now."""
    found = set()
    for begins, ends in _coming(spans, zone, now, range(7)):
        at = begins
        while at + MEETING <= ends:
            found.add((at.weekday() * 24 + at.hour) % _WEEK_HOURS)
            at += timedelta(hours=1)
    return frozenset(found)


def common_times(
    people: Sequence[tuple[Sequence[Span], str]], now: datetime, most: int = 3
) -> tuple[datetime, ...]:
    """Return up to `most` instants, on different days, at which all of them are free for half an hour.

    Each is given with their zone; who wrote nothing is free after school. None lies within a day.
    """
    windows = [
        list(_coming(spans or AFTER_SCHOOL, zone, now, range(1, _AHEAD + 1)))
        for spans, zone in people
    ]
    shared = windows[0] if windows else []
    for mine in windows[1:]:
        shared = [
            (max(a, c), min(b, d)) for a, b in shared for c, d in mine if max(a, c) < min(b, d)
        ]
    zone = people[0][1] if people else "UTC"
    found: dict[object, datetime] = {}
    for begins, ends in sorted(shared):
        if begins + MEETING <= ends and begins > now + timedelta(hours=20):
            found.setdefault(local(begins, zone).date(), begins)
    return tuple(sorted(found.values()))[:most]


def _coming(
    spans: Iterable[Span], zone: str, now: datetime, days: range
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when free times of these days, counted from today, begin and end."""
    today = local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    by_day: dict[int, list[Span]] = {}
    for each in spans:
        by_day.setdefault(each.day, []).append(each)
    for away in days:
        day = today + timedelta(days=away)
        for each in by_day.get(day.weekday(), ()):
            yield (
                instant(day + timedelta(minutes=each.begins), zone),
                instant(day + timedelta(minutes=each.ends), zone),
            )


AFTER_SCHOOL = tuple(Span(day, 15 * 60 + 30, 19 * 60) for day in range(5))
"""When somebody is thought to be free who said nothing of it."""
