"""A rule at a time of day in a zone."""

from collections.abc import Iterator
from dataclasses import field
from datetime import datetime, time, timedelta

from plnbot.recurrence.days import days_of
from plnbot.recurrence.rules import FIRST_YEAR, LAST_YEAR, Rule, RuleError, read_rule
from plnbot.values import dataclass
from plnbot.walltime import UnknownZoneError, instant, local


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule such as `FREQ=MONTHLY;BYDAY=1MO` from the naive wall time `start` in `zone`.

    The time of day is the start's, to the second, and the rule says on which days. `start` itself
    occurs only if it matches. Raises `RuleError`.
    """

    rule: str
    start: datetime
    zone: str
    _read: Rule = field(init=False, repr=False, compare=False)
    _clock: time = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None:
            raise RuleError("The start is a time on the wall: it has no zone of its own.")
        if not FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise RuleError(f"A schedule starts between {FIRST_YEAR} and {LAST_YEAR}.")
        try:
            begin = instant(self.start, self.zone)
        except UnknownZoneError as error:
            raise RuleError(f"There is no time zone “{self.zone[:64]}”.") from error
        object.__setattr__(self, "_read", read_rule(self.rule))
        object.__setattr__(self, "_clock", self.start.time().replace(microsecond=0))
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
        shown = local(at, self.zone).replace(tzinfo=None)
        start = self.start.date()
        since = max(start, shown.date() + (self._clock <= shown.time()) * _DAY)
        until = self._read.until
        for day in days_of(self._read, start, since):
            wall = datetime.combine(day, self._clock)
            found = instant(wall, self.zone)
            if until is not None and (wall if until.tzinfo is None else found) > until:
                return
            if found > at:
                # A day that a zone skips would come again at its end.
                at = found
                yield found


_DAY = timedelta(days=1)
