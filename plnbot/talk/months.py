"""Months with marked days, as a calendar shows them: a block of a page.

What is marked is said in words besides, so that nobody needs to see a colour to read it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from plnbot.talk.text import Text
from plnbot.values import dataclass

_A_DAY = timedelta(days=1)
_WEEK, _FRIDAY = 7, 4


class DayLook(StrEnum):
    """How a day stands out; the first of several that fall on one day wins."""

    FREE = "free"
    STAFF = "staff"
    HALF = "half"
    TEST = "test"
    EDGE = "edge"
    SCHOOL = "school"


# Tests of two weeks are none on the Saturday between them; a break goes on over it.
_ALL_WEEK = frozenset({DayLook.FREE, DayLook.SCHOOL, DayLook.EDGE})


@dataclass(frozen=True, slots=True)
class Marked:
    """Days that stand out, from the `first` to the `last`, both with it, and what they are."""

    first: date
    last: date
    look: DayLook
    label: Text


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, what is marked in it, and what is marked without a line of its own.

    What is `shaded` has its line elsewhere, such as what began in the month before.
    """

    first: date
    marked: tuple[Marked, ...] = ()
    shaded: tuple[Marked, ...] = ()

    def look(self, day: date) -> DayLook | None:
        """Return how a day stands out."""
        found = [
            each.look
            for each in (*self.marked, *self.shaded)
            if each.first <= day <= each.last and (each.look in _ALL_WEEK or not _weekend(day))
        ]
        return min(found, key=list(DayLook).index, default=None)

    def weeks(self, begins: int) -> Iterator[Sequence[date | None]]:
        """Yield its weeks, which begin with this weekday (0 is Monday); None is of another month."""
        days = list(self._days())
        before = (self.first.weekday() - begins) % _WEEK
        cells: list[date | None] = [*([None] * before), *days]
        cells += [None] * (-len(cells) % _WEEK)
        for at in range(0, len(cells), _WEEK):
            yield cells[at : at + _WEEK]

    def _days(self) -> Iterator[date]:
        day = self.first
        while day.month == self.first.month:
            yield day
            day += _A_DAY


def _weekend(day: date) -> bool:
    return day.weekday() > _FRIDAY


@dataclass(frozen=True, slots=True)
class Months:
    """Months beside each other, what each look means, and today where it is among them."""

    months: tuple[Month, ...]
    legend: tuple[tuple[DayLook, Text], ...]
    today: date | None = None
