"""Recurrence: RFC 5545 rules over wall time, resolved to instants only at the end.

Cron-like schedulers fire a 01:30 job twice in autumn and stumble in spring; wall time does not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from plnbot.walltime import UnknownZoneError, instant, local

_PERIODS = MappingProxyType(
    {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
)
_ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH"})
_ALLOWED: Mapping[int, frozenset[str]] = MappingProxyType(
    {
        DAILY: _ALWAYS,
        WEEKLY: _ALWAYS,
        MONTHLY: _ALWAYS | {"BYMONTHDAY", "BYSETPOS"},
        YEARLY: _ALWAYS | {"BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
    }
)
_LARGEST = MappingProxyType(
    {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366, "BYYEARDAY": 366, "BYWEEKNO": 53}
)
_DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_STEP = MappingProxyType({DAILY: timedelta(days=1), WEEKLY: timedelta(weeks=1)})
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")

_LONGEST_RULE = 300
_MOST_TIMES = 3660
_WIDEST_STEP = 366
FIRST_YEAR, LAST_YEAR = 1970, 2200

# dateutil looks for the next match up to the year 9999, which takes seconds when there is none.
# The calendar repeats every 400 years, weekdays too: so rules are asked in the last 400 years,
# where the search is short, and answers are brought back.
_LATER = timedelta(days=146_097 * 19)


class RuleError(ValueError):
    """A rule that cannot be kept; its words say why and what would do, in English."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule such as `FREQ=MONTHLY;BYDAY=1MO` from the naive wall time `start` in `zone`.

    The time of day is the start's, to the second, and the rule says on which days. `start` itself
    occurs only if it matches. Raises `RuleError`.
    """

    rule: str
    start: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None:
            raise RuleError("The start is a time on the wall: it has no zone of its own.")
        if not FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise RuleError(f"A schedule starts between {FIRST_YEAR} and {LAST_YEAR}.")
        try:
            begin = instant(self.start, self.zone)
        except UnknownZoneError as error:
            raise RuleError(f"There is no time zone “{self.zone[:64]}”.") from error
        _read(self.rule)
        if self.after(begin - timedelta(seconds=1)) is None:
            raise RuleError(f"This schedule never comes up: {self.rule}")

    def after(self, at: datetime) -> datetime | None:
        """Return the first occurrence later than the instant `at`, or None when there is none."""
        return next(self.later_than(at), None)

    def between(self, first: datetime, last: datetime) -> tuple[datetime, ...]:
        """Return the occurrences later than `first`, up to and with `last`."""
        found = []
        for each in self.later_than(first):
            if each > last:
                break
            found.append(each)
        return tuple(found)

    def later_than(self, at: datetime) -> Iterator[datetime]:
        """Yield the occurrences later than the instant `at`, in order, while there are any."""
        read = _read(self.rule)
        # A gap moves an occurrence by a day at most: two days' margin finds all, the test trims.
        since = self.start
        if at > instant(self.start, self.zone):
            since = local(at, self.zone).replace(tzinfo=None) - timedelta(days=2)
        for wall in read.walls(self.start.replace(microsecond=0), since):
            found = instant(wall, self.zone)
            if read.ended(wall, found):
                return
            if found > at:
                yield found


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule that was read: its parts as dateutil names them, and its end."""

    parts: Mapping[str, Any]
    until: datetime | None

    def walls(self, start: datetime, since: datetime) -> Iterator[datetime]:
        """Yield the wall times from `start` on that are not before `since`."""
        later = rrule(dtstart=self._near(start, since) + _LATER, **self.parts)
        for each in later.xafter(max(start, since) + _LATER, inc=True):
            yield each - _LATER

    def ended(self, wall: datetime, at: datetime) -> bool:
        if self.until is None:
            return False
        return (wall if self.until.tzinfo is None else at) > self.until

    def _near(self, start: datetime, since: datetime) -> datetime:
        """Return a start in step with `start` and close to `since`, to save the walk there."""
        step = _STEP.get(self.parts["freq"])
        if step is None or self.parts["count"] is not None:
            return start
        stride: timedelta = step * self.parts["interval"]
        return start + max(0, (since - start) // stride - 1) * stride


@lru_cache(maxsize=1024)
def _read(rule: str) -> _Rule:
    if len(rule) > _LONGEST_RULE:
        raise RuleError(f"A rule has at most {_LONGEST_RULE} characters.")
    said = _pairs(rule.strip().upper().removeprefix("RRULE:"))
    period = _PERIODS.get(said.get("FREQ", ""))
    if period is None:
        raise RuleError("A schedule recurs DAILY, WEEKLY, MONTHLY or YEARLY: FREQ=WEEKLY")
    for name in said:
        if name not in _ALLOWED[period]:
            raise RuleError(f"{name} cannot be used with FREQ={said['FREQ']}.")
    if "COUNT" in said and "UNTIL" in said:
        raise RuleError("A schedule ends by COUNT or by UNTIL, not by both.")
    parts: dict[str, Any] = {
        "freq": period,
        "interval": _one(said, "INTERVAL", _WIDEST_STEP) or 1,
        "count": _one(said, "COUNT", _MOST_TIMES),
        "wkst": _week_start(said.get("WKST", "MO")),
        "byweekday": _days(said, period),
    }
    for name, largest in _LARGEST.items():
        parts[name.lower()] = _numbers(said, name, largest)
    return _Rule(MappingProxyType(parts), _until(said.get("UNTIL")))


def _pairs(rule: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.removesuffix(";").split(";"):
        name, equals, value = part.partition("=")
        if not (name and equals and value) or name in found:
            raise RuleError(f"A rule is NAME=VALUE;NAME=VALUE, each name once: not “{part}”.")
        found[name] = value
    return found


def _one(said: Mapping[str, str], name: str, largest: int) -> int | None:
    if name not in said:
        return None
    value = int(said[name]) if _NUMBER.fullmatch(said[name]) else 0
    if not 1 <= value <= largest:
        raise RuleError(f"{name} is a number from 1 to {largest}.")
    return value


def _numbers(said: Mapping[str, str], name: str, largest: int) -> tuple[int, ...] | None:
    if name not in said:
        return None
    found = [int(each) if _NUMBER.fullmatch(each) else 0 for each in said[name].split(",")]
    least = 1 if name == "BYMONTH" else -largest
    if not all(each and least <= each <= largest for each in found):
        raise RuleError(f"{name} takes numbers from {least} to {largest}, without 0.")
    if name == "BYSETPOS" and not any(each in said for each in ("BYDAY", "BYMONTHDAY")):
        raise RuleError("BYSETPOS chooses among the days of BYDAY or BYMONTHDAY: add one.")
    return tuple(found)


def _days(said: Mapping[str, str], period: int) -> tuple[weekday, ...] | None:
    if "BYDAY" not in said:
        return None
    by_month = period == MONTHLY or "BYMONTH" in said
    most = 0 if period in _STEP else 5 if by_month else 53
    found = []
    for each in said["BYDAY"].split(","):
        match = _DAY.fullmatch(each)
        number = int(match[1]) if match and match[1] else None
        if match is None or number == 0 or abs(number or 0) > most:
            raise RuleError(f"BYDAY takes days such as MO,TH or, by month, 1MO: not “{each}”.")
        found.append(weekday(_DAYS[match[2]], number))
    return tuple(found)


def _week_start(day: str) -> int:
    if day not in _DAYS:
        raise RuleError("WKST is one of MO, TU, WE, TH, FR, SA, SU.")
    return _DAYS[day]


def _until(said: str | None) -> datetime | None:
    """Return the end: a naive wall time, or an instant where it was written with Z."""
    if said is None:
        return None
    written = "%Y%m%dT%H%M%S" if "T" in said else "%Y%m%d"
    try:
        at = datetime.strptime(said.removesuffix("Z"), written)  # noqa: DTZ007 - UTC only with Z
    except ValueError:
        at = None
    if at is None or not _UNTIL.fullmatch(said):
        raise RuleError("UNTIL is a day, 20270528, or a time, 20270528T154500.")
    if "T" not in said:
        return at.replace(hour=23, minute=59, second=59)
    return at.replace(tzinfo=UTC) if said.endswith("Z") else at
