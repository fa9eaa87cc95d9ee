"""Rules as RFC 5545 writes them, read and checked: those that recur within a day are none of ours."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum, auto
from functools import lru_cache
from types import MappingProxyType

from plnbot.values import dataclass

_ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH"})
_LARGEST = MappingProxyType(
    {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366, "BYYEARDAY": 366, "BYWEEKNO": 53}
)
_DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")

_LONGEST_RULE = 300
_MOST_TIMES = 3660
_WIDEST_STEP = 366
FIRST_YEAR, LAST_YEAR = 1970, 2200


class RuleError(ValueError):
    """A rule that cannot be kept; its words say why and what would do, in English."""


class Period(Enum):
    """What a rule steps by."""

    DAILY = auto()
    WEEKLY = auto()
    MONTHLY = auto()
    YEARLY = auto()


_ALLOWED: Mapping[Period, frozenset[str]] = MappingProxyType(
    {
        Period.DAILY: _ALWAYS,
        Period.WEEKLY: _ALWAYS,
        Period.MONTHLY: _ALWAYS | {"BYMONTHDAY", "BYSETPOS"},
        Period.YEARLY: _ALWAYS | {"BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read; what it does not say is empty.

    `days` are weekdays, 0 is Monday, each with the number it has in its month or year, if one was said; `places` choose
    among the days found in a period. `until` is a wall time, or an instant where it was written with Z.
    """

    period: Period
    interval: int
    count: int | None
    until: datetime | None
    week_start: int
    days: tuple[tuple[int, int | None], ...]
    months: tuple[int, ...]
    month_days: tuple[int, ...]
    places: tuple[int, ...]
    year_days: tuple[int, ...]
    week_numbers: tuple[int, ...]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Its weekdays, without numbers."""
        return tuple(day for day, _ in self.days)


@lru_cache(maxsize=4096)
def read_rule(rule: str) -> Rule:
    """Return what a rule says. Raises `RuleError`."""
    if len(rule) > _LONGEST_RULE:
        raise RuleError(f"A rule has at most {_LONGEST_RULE} characters.")
    said = _pairs(rule.strip().upper().removeprefix("RRULE:"))
    name = said.get("FREQ", "")
    if name not in Period.__members__:
        raise RuleError("A schedule recurs DAILY, WEEKLY, MONTHLY or YEARLY: FREQ=WEEKLY")
    period = Period[name]
    for each in said:
        if each not in _ALLOWED[period]:
            raise RuleError(f"{each} cannot be used with FREQ={name}.")
    if "COUNT" in said and "UNTIL" in said:
        raise RuleError("A schedule ends by COUNT or by UNTIL, not by both.")
    return Rule(
        period,
        _one(said, "INTERVAL", _WIDEST_STEP) or 1,
        _one(said, "COUNT", _MOST_TIMES),
        _until(said.get("UNTIL")),
        _week_start(said.get("WKST", "MO")),
        _days(said, period),
        *(_numbers(said, each, largest) for each, largest in _LARGEST.items()),
    )


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


def _numbers(said: Mapping[str, str], name: str, largest: int) -> tuple[int, ...]:
    if name not in said:
        return ()
    found = [int(each) if _NUMBER.fullmatch(each) else 0 for each in said[name].split(",")]
    least = 1 if name == "BYMONTH" else -largest
    if not all(each and least <= each <= largest for each in found):
        raise RuleError(f"{name} takes numbers from {least} to {largest}, without 0.")
    if name == "BYSETPOS" and not any(each in said for each in ("BYDAY", "BYMONTHDAY")):
        raise RuleError("BYSETPOS chooses among the days of BYDAY or BYMONTHDAY: add one.")
    return tuple(found)


def _days(said: Mapping[str, str], period: Period) -> tuple[tuple[int, int | None], ...]:
    if "BYDAY" not in said:
        return ()
    by_month = period is Period.MONTHLY or "BYMONTH" in said
    most = 0 if period in (Period.DAILY, Period.WEEKLY) else 5 if by_month else 53
    found = []
    for each in said["BYDAY"].split(","):
        match = _DAY.fullmatch(each)
        number = int(match[1]) if match and match[1] else None
        if match is None or number == 0 or abs(number or 0) > most:
            raise RuleError(f"BYDAY takes days such as MO,TH or, by month, 1MO: not “{each}”.")
        found.append((_DAYS[match[2]], number))
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
