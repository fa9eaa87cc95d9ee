"""The days of a rule, from any day on, without walking there from its start."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from plnbot.recurrence.rules import Period, Rule

_DAY = timedelta(days=1)
_WEEK = 7
_MONTHS = 12
# The calendar repeats every 400 years, weekdays too: what has not come in them is not waited for.
_CYCLE = 146_097
_HORIZON = 400 * _MONTHS
_LAST_DAY = date.max.toordinal()


def days_of(rule: Rule, start: date, since: date) -> Iterator[date]:
    """Yield the days of a rule from `start` that are not before `since`, which is not before it."""
    if rule.count is None:
        return _walk(rule, start, since)
    counted = islice(_walk(rule, start, start), rule.count)
    return (each for each in counted if each >= since)


def _walk(rule: Rule, start: date, since: date) -> Iterator[date]:
    match rule.period:
        case Period.DAILY:
            return _daily(rule, start, since)
        case Period.WEEKLY:
            return _weekly(rule, start, since)
        case Period.MONTHLY:
            return _monthly(rule, start, since)
        case Period.YEARLY:
            return _yearly(rule, start, since)


def _daily(rule: Rule, start: date, since: date) -> Iterator[date]:
    step = rule.interval
    first = start.toordinal()
    day = since.toordinal() + (first - since.toordinal()) % step
    weekdays = rule.weekdays
    last = min(_LAST_DAY, day + _CYCLE)
    tested = bool(weekdays or rule.months)
    while day <= last:
        found = date.fromordinal(day)
        if not tested or (
            (not weekdays or found.weekday() in weekdays)
            and (not rule.months or found.month in rule.months)
        ):
            last = min(_LAST_DAY, day + _CYCLE)
            yield found
        day += step


def _weekly(rule: Rule, start: date, since: date) -> Iterator[date]:
    """Yield days of every so many weeks; the week of the start, from its first day on, is the first."""
    step = rule.interval * _WEEK
    # Ordinal 1 was a Monday.
    into = (start.toordinal() - 1 - rule.week_start) % _WEEK
    first = start.toordinal() - into
    week = first + max(0, since.toordinal() - first) // step * step
    weekdays = rule.weekdays or (start.weekday(),)
    places = sorted((each - rule.week_start) % _WEEK for each in weekdays)
    least = since.toordinal()
    last = min(_LAST_DAY, week + _CYCLE)
    while week <= last:
        for each in places:
            if least <= week + each <= _LAST_DAY:
                found = date.fromordinal(week + each)
                if not rule.months or found.month in rule.months:
                    last = min(_LAST_DAY, week + _CYCLE)
                    yield found
        week += step


def _monthly(rule: Rule, start: date, since: date) -> Iterator[date]:
    first = start.year * _MONTHS + start.month - 1
    month = since.year * _MONTHS + since.month - 1
    month += (first - month) % rule.interval
    last = month + _HORIZON
    while month <= last and month // _MONTHS <= date.max.year:
        year, index = divmod(month, _MONTHS)
        if not rule.months or index + 1 in rule.months:
            for day in _in_month(rule, start, year, index + 1):
                found = date(year, index + 1, day)
                if found >= since:
                    last = month + _HORIZON
                    yield found
        month += rule.interval


def _in_month(rule: Rule, start: date, year: int, month: int) -> list[int]:
    """Return the days of one month that a rule names, in order."""
    before, length = monthrange(year, month)
    if not rule.days and not rule.month_days:
        return [start.day] if start.day <= length else []
    chosen: set[int] | None = None
    if rule.days:
        chosen = set()
        for weekday, number in rule.days:
            first = (weekday - before) % _WEEK + 1
            if number is None:
                chosen.update(range(first, length + 1, _WEEK))
                continue
            most = (length - first) // _WEEK
            place = number - 1 if number > 0 else most + 1 + number
            if 0 <= place <= most:
                chosen.add(first + place * _WEEK)
    if rule.month_days:
        numbered = {each if each > 0 else length + 1 + each for each in rule.month_days}
        numbered = {each for each in numbered if 1 <= each <= length}
        chosen = numbered if chosen is None else chosen & numbered
    found = sorted(chosen or ())
    if not rule.places:
        return found
    places = {each - 1 if each > 0 else len(found) + each for each in rule.places}
    return [found[each] for each in sorted(places) if 0 <= each < len(found)]


def _yearly(rule: Rule, start: date, since: date) -> Iterator[date]:
    """Yield days of every so many years: rare, with parts of their own, and so dateutil's to find.

    It looks for the next match up to the year 9999, which takes seconds when there is none: so it is asked in the
    last 400 years, where the search is short, and answers are brought back.
    """
    from dateutil.rrule import YEARLY, rrule, weekday  # takes longer to import than the rest

    later = timedelta(days=_CYCLE * 19)
    begin = datetime.combine(start, time()) + later
    found = rrule(
        YEARLY,
        dtstart=begin,
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=rule.months or None,
        bymonthday=rule.month_days or None,
        bysetpos=rule.places or None,
        byyearday=rule.year_days or None,
        byweekno=rule.week_numbers or None,
        byweekday=[weekday(day, number) for day, number in rule.days] or None,
    )
    for each in found.xafter(begin + (since - start), inc=True):
        yield (each - later).date()
