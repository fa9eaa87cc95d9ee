"""Rules that count school days: the last of each month, the first of each week."""

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime, timedelta

from plnbot.recurrence import RuleError
from plnbot.schedules.school import SchoolDays
from plnbot.values import dataclass
from plnbot.walltime import instant, local

_NAME = "BYSCHOOLDAY"
_PAIR = re.compile(r"([A-Z]+)=([A-Z0-9+-]+)")
_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = 12
_MOST = {"WEEKLY": _WEEK, "MONTHLY": 31}
_WIDEST_STEP = 366
# Nobody's calendar is empty for so long.
_MOST_EMPTY = 120
_WRONG = (
    "A rule that counts school days is FREQ=MONTHLY or FREQ=WEEKLY, BYSCHOOLDAY= one number such as 1"
    " or -1, and perhaps INTERVAL= and UNTIL=20270528."
)


def counts_school_days(rule: str) -> bool:
    """Return whether a rule is one of those that count school days."""
    return _NAME in rule.upper()


@dataclass(frozen=True, slots=True)
class NthSchoolDay:
    """A rule that counts school days, at `first`'s time of day, later than the instant `begins`.

    Raises `RuleError`.
    """

    rule: str
    first: datetime
    zone: str
    begins: datetime
    _step: int = field(init=False)
    _monthly: bool = field(init=False)
    _number: int = field(init=False)
    _until: date = field(init=False)

    def __post_init__(self) -> None:
        said = _pairs(self.rule.strip().upper().removeprefix("RRULE:"))
        period = said.pop("FREQ", "")
        most = _MOST.get(period, 0)
        number, step = (_whole(said.pop(name, "1")) for name in (_NAME, "INTERVAL"))
        until = _day(said.pop("UNTIL", f"{date.max:%Y%m%d}"))
        if said or not 0 < abs(number) <= most or not 0 < step <= _WIDEST_STEP:
            raise RuleError(_WRONG)
        for name, value in (
            ("_step", step),
            ("_monthly", period == "MONTHLY"),
            ("_number", number),
            ("_until", until),
        ):
            object.__setattr__(self, name, value)

    def later_than(self, at: datetime, school: SchoolDays) -> Iterator[datetime]:
        """Yield its times later than the instant `at`, in order, while there are any."""
        at = max(at, self.begins)
        clock = self.first.time()
        # A gap moves a time by a day at most.
        since = local(at, self.zone).date() - _DAY
        for day in self._days(since, school):
            if day > self._until:
                return
            found = instant(datetime.combine(day, clock), self.zone)
            if found > at:
                # A day that a zone skips would come again at its end.
                at = found
                yield found

    def _days(self, since: date, school: SchoolDays) -> Iterator[date]:
        empty = 0
        for begins, ends in self._periods(since):
            if begins > self._until:
                return
            days = (begins + _DAY * each for each in range((ends - begins).days))
            taught = [each for each in days if school.is_school_day(each)]
            place = self._number - 1 if self._number > 0 else self._number
            if -len(taught) <= place < len(taught):
                empty = 0
                yield taught[place]
            elif empty == _MOST_EMPTY:
                return
            else:
                empty += 1

    def _periods(self, since: date) -> Iterator[tuple[date, date]]:
        """Yield each month or week in step with the first from the one of `since` on, and its end."""
        start = self.first.date()
        number = max(0, -(-(self._index(since) - self._index(start)) // self._step))
        index = self._index(start) + number * self._step
        while self._begin(index).year < date.max.year - 1:
            yield self._begin(index), self._begin(index + 1)
            index += self._step

    def _index(self, day: date) -> int:
        """Return the number of a day's month or week, counted from the year 1."""
        if self._monthly:
            return day.year * _MONTHS + day.month - 1
        return (day.toordinal() - 1) // _WEEK

    def _begin(self, index: int) -> date:
        if self._monthly:
            return date(index // _MONTHS, index % _MONTHS + 1, 1)
        return date.fromordinal(index * _WEEK + 1)


def _pairs(rule: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in rule.removesuffix(";").split(";"):
        match = _PAIR.fullmatch(part)
        if match is None or match[1] in found:
            raise RuleError(_WRONG)
        found[match[1]] = match[2]
    return found


def _whole(said: str) -> int:
    try:
        return int(said) if len(said) <= len("-366") else 0
    except ValueError as error:
        raise RuleError(_WRONG) from error


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said if said.isdecimal() else "")
    except ValueError as error:
        raise RuleError(_WRONG) from error
