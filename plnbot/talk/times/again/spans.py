"""Days of a calendar, as the ends of schedules are counted."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

_MONTHS = 12


def dated(year: int, month: int, day: int | None, *, last: bool) -> date | None:
    """Return a date, or None where there is none; of a month, its first or last day."""
    try:
        if day is None:
            day = monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        return None


def month_days(today: date, day: int) -> Iterator[date | None]:
    """Yield the days of that number, of this month and the coming ones; None where there is none."""
    for months in range(_MONTHS):
        years, month = divmod(today.month - 1 + months, _MONTHS)
        yield dated(today.year + years, month + 1, day, last=False)


def months_later(day: date, months: int) -> date:
    """Return the day so many months later, or the last of that month. Raises `OverflowError`."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    try:
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except ValueError as error:
        raise OverflowError(months) from error
