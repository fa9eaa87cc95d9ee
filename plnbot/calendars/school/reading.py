"""iCalendar, as schools publish it, read into days: what a child process does within its limits.

What comes in is hostile. Before anything is parsed the file is sieved as text: its events are cut
apart, and of those that lie far from the days asked for, or that recur more often than daily, nothing
is read; one `FREQ=SECONDLY` would stop a process, and a file of ten years takes long. What is left goes
to icalendar and recurring-ical-events, event by event, so that one broken event costs itself only.

A day is the school's own: what has a time is taken by the clock of the calendar's zone, and a VTIMEZONE
in the file is not asked, because many lie.
"""

import base64
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from plnbot.calendars.school.taken import taken_as
from plnbot.engine.heavy import Plain, Told
from plnbot.talk.text import clean, one_line
from plnbot.walltime import is_zone, zone_named

MOST_BYTES = 8 * 1024 * 1024
MOST_DAYS = 1500
"""So many days one calendar may have; what comes after is left out, and said to be."""
_MOST_EVENTS = 50_000
_MOST_TIMES = 400
_LONGEST = timedelta(days=400)
_LONGEST_TITLE = 200
_LONGEST_EVENT = 64 * 1024
_SHORT = timedelta(hours=5)
_EDGE = re.compile(r"^(BEGIN|END):VEVENT$", re.MULTILINE | re.IGNORECASE)
_DAY = r"(?:;[^:\"\n]*(?:\"[^\"\n]*\"[^:\"\n]*)*)?:(\d{4})-?(\d\d)-?(\d\d)"
_STARTS = re.compile(f"^DTSTART{_DAY}", re.MULTILINE | re.IGNORECASE)
_ENDS = re.compile(f"^DTEND{_DAY}", re.MULTILINE | re.IGNORECASE)
_RECURS = re.compile(r"^(?:RRULE|RDATE|RECURRENCE-ID)[^\n]*", re.MULTILINE | re.IGNORECASE)
_OFTEN = re.compile(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:HOUR|MINUTE|SECOND)=", re.IGNORECASE)
_UID = re.compile(r"^UID[^:\n]*:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_FOLDED = re.compile(r"\n[ \t]")
_NAME = re.compile(r"^X-WR-CALNAME[^:\n]*:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_ZONE = re.compile(r"^X-WR-TIMEZONE[^:\n]*:([^\n]*)", re.MULTILINE | re.IGNORECASE)
_HTML = re.compile(r"<\s*(?:!doctype|html|head|body)\b", re.IGNORECASE)


class Refusal(StrEnum):
    """Why a file is not read."""

    EMPTY = "empty"
    WEB_PAGE = "web_page"
    NO_CALENDAR = "no_calendar"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    NO_EVENTS = "no_events"


def read(given: Mapping[str, str], _tell: Told) -> Plain:
    """Return what a file says from the day `first` to the day `last`, or why it cannot be read.

    Given are the file's bytes as base64 (`content`), both days in ISO, and the `zone` by which a day is
    told where the file names none. Returned are `days` (first, last, title, kind), the calendar's
    `name`, how many events were `broken`, or recurred too `often`, and whether there was `more`.
    """
    content = base64.b64decode(given["content"])
    if len(content) > MOST_BYTES:
        return {"refused": Refusal.TOO_LARGE.value}
    text = _text(content)
    if (refused := _refused(text)) is not None:
        return {"refused": refused.value}
    first, last = date.fromisoformat(given["first"]), date.fromisoformat(given["last"])
    zone = _zone(text, given["zone"])
    return _Reading(text, zone, first, last).made()


def _text(content: bytes) -> str:
    """Return the file's text, whatever wrote it: UTF-8 with a mark or without, UTF-16, or CP1252."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    # A pattern for blanks at line ends would walk over a long run of them again and again.
    return "\n".join(line.rstrip(" \t") for line in _FOLDED.sub("", text).split("\n"))


def _refused(text: str) -> Refusal | None:
    head = text[:4000].strip()
    if not text.strip():
        return Refusal.EMPTY
    if not re.search(r"^BEGIN:VCALENDAR", text, re.MULTILINE | re.IGNORECASE):
        return Refusal.WEB_PAGE if _HTML.search(head) else Refusal.NO_CALENDAR
    return None


def _zone(text: str, otherwise: str) -> str:
    said = _ZONE.search(text)
    named = said[1].strip() if said else ""
    if is_zone(named):
        return named
    return zone_named(named) or otherwise if named else otherwise


class _Reading:
    """One file on its way to days."""

    def __init__(self, text: str, zone: str, first: date, last: date) -> None:
        self._text, self._zone, self._first, self._last = text, ZoneInfo(zone), first, last
        self._broken = self._often = 0

    def made(self) -> Plain:
        every = list(islice(_events(self._text), _MOST_EVENTS + 1))
        pieces = self._near(every)
        if len(every) > _MOST_EVENTS:
            return {"refused": Refusal.TOO_MUCH.value}
        found: dict[tuple[str, str, str], Plain] = {}
        for group in _by_id(pieces):
            for day in self._days(group):
                found.setdefault((day["first"], day["last"], day["title"]), day)
            if len(found) > 2 * MOST_DAYS:
                break
        if not every:
            return {"refused": Refusal.NO_EVENTS.value}
        ordered = [found[each] for each in sorted(found)]
        name = _NAME.search(self._text)
        return {
            "days": ordered[:MOST_DAYS],
            "name": _unescaped(name[1][:400])[:100] if name else "",
            "zone": self._zone.key,
            "broken": self._broken,
            "often": self._often,
            "more": len(ordered) > MOST_DAYS,
        }

    def _near(self, pieces: list[str]) -> list[str]:
        """Return the events that may reach into the days asked for."""
        kept = []
        for each in pieces:
            if len(each) > _LONGEST_EVENT:
                self._broken += 1
                continue
            starts, recurs = _STARTS.search(each), " ".join(_RECURS.findall(each))
            if _OFTEN.search(recurs):
                self._often += 1
            elif starts is None or _is_backwards(each):
                self._broken += 1
            elif recurs or self._may_reach(*map(int, starts.groups())):
                kept.append(each)
        return kept

    def _may_reach(self, year: int, month: int, day: int) -> bool:
        try:
            return self._first - _LONGEST <= date(year, month, day) <= self._last
        except ValueError:
            self._broken += 1
            return False

    def _days(self, group: str) -> Iterator[dict[str, str]]:
        """Yield the days of one event with its exceptions; a broken one yields none."""
        import icalendar
        import recurring_ical_events

        wrapped = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{group}\nEND:VCALENDAR\n"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of names of zones that are guessed
                calendar = icalendar.Calendar.from_ical(wrapped)
                between = recurring_ical_events.of(calendar).between(
                    self._first, self._last + timedelta(days=1)
                )
                made = [self._day(each) for each in islice(between, _MOST_TIMES)]
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            OverflowError,
            ArithmeticError,
        ):
            self._broken += 1
            return
        yield from (each for each in made if each is not None)

    def _day(self, event: Any) -> dict[str, str] | None:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return None
        start, end = event.start, event.end
        first, short = self._date(start), False
        last = self._date(end)
        if isinstance(start, datetime):
            midnight = (
                isinstance(end, datetime) and self._local(end).time().isoformat() == "00:00:00"
            )
            last = last - timedelta(days=1) if midnight and last > first else last
            short = isinstance(end, datetime) and end - start < _SHORT
        elif last > first:
            last -= timedelta(days=1)  # the end of days is the day after
        if last < first or last - first > _LONGEST or last < self._first or first > self._last:
            return None
        title = _unescaped(str(event.get("SUMMARY", ""))[: 4 * _LONGEST_TITLE])[:_LONGEST_TITLE]
        kind = taken_as(title, (last - first).days + 1, short=short)
        return {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "title": title,
            "kind": kind.value,
        }

    def _date(self, at: date | datetime) -> date:
        return self._local(at).date() if isinstance(at, datetime) else at

    def _local(self, at: datetime) -> datetime:
        """Return an instant by the school's clock; what floats is on it already."""
        return at if at.tzinfo is None else at.astimezone(UTC).astimezone(self._zone)


def _events(text: str) -> Iterator[str]:
    """Yield the events of a text, each from its beginning to its end; in one walk, whatever it holds."""
    begins: int | None = None
    for edge in _EDGE.finditer(text):
        if edge[1].upper() == "BEGIN":
            begins = edge.start()
        elif begins is not None:
            yield text[begins : edge.end()]
            begins = None


def _is_backwards(piece: str) -> bool:
    starts, ends = _STARTS.search(piece), _ENDS.search(piece)
    return starts is not None and ends is not None and ends.groups() < starts.groups()


def _by_id(pieces: list[str]) -> Iterator[str]:
    """Yield events with their exceptions, which name the same id."""
    groups: dict[str, list[str]] = {}
    for at, each in enumerate(pieces):
        found = _UID.search(each)
        groups.setdefault(found[1].strip() if found else f"#{at}", []).append(each)
    return ("\n".join(each) for each in groups.values())


def _unescaped(words: str) -> str:
    """Return words of a file as they can be shown: without escapes, on one line, nothing unseen."""
    said = words.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";")
    return one_line(clean(said.replace("\\\\", "\\")))
