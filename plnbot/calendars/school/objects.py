"""What people act on in school calendars: a place, a year, a calendar, a day of one, what was just typed."""

from collections.abc import Sequence
from dataclasses import replace

from plnbot.calendars.school import actions, kept, store
from plnbot.calendars.school.model import Calendar, Day, Reach, Whose
from plnbot.calendars.school.yearly import Year
from plnbot.engine.context import Context
from plnbot.engine.objects import Object, open_to_all
from plnbot.engine.roles import parted
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

_GONE = msg("This school calendar is no longer there.")
_YEARS = {0, *range(2000, 2200)}
_MOST_TYPED = 1000


def _load_place(tx: Tx, row: str) -> Whose | None:
    kind, number = parted(row)
    if kind == Reach.NETWORK.value:
        return Whose(number)
    found = store.whose(tx, number)
    return found if found is not None and found.reach.value == kind else None


def _load_year(tx: Tx, row: str) -> Year | None:
    place, _, begins = row.partition("@")
    found, year = _load_place(tx, place), row_number(begins)
    return None if found is None or year not in _YEARS else Year(found, year or None)


def _load_calendar(tx: Tx, row: str) -> Calendar | None:
    return store.get(tx, row_number(row))


def _load_day(tx: Tx, row: str) -> tuple[Day, Calendar] | None:
    found = kept.day(tx, row_number(row))
    calendar = store.get(tx, found.calendar) if found is not None else None
    return None if found is None or calendar is None else (found, calendar)


def _load_typing(tx: Tx, row: str) -> tuple[Calendar, Sequence[int]] | None:
    number, _, days = row.partition(".")
    first, _, last = days.partition("-")
    calendar, begin, end = store.get(tx, row_number(number)), row_number(first), row_number(last)
    if calendar is None or not 0 < begin <= end < begin + _MOST_TYPED:
        return None
    return calendar, range(begin, end + 1)


def _removed(_ctx: Context, calendar: Calendar) -> Sentence | None:
    return _GONE if calendar.removed_at is not None else None


def _lies_in(ctx: Context, calendar: Calendar) -> Sequence[str]:
    return actions.whose_of(ctx.tx, calendar).scopes


A_PLACE: Object[Whose] = Object(
    "whose school calendar",
    load=_load_place,
    network=lambda whose: whose.network,
    scope=lambda whose: str(whose.number or whose.network),
    gone=_GONE,
    lies_in=lambda _ctx, whose: whose.scopes,
)
A_YEAR: Object[Year] = Object(
    "school year",
    load=_load_year,
    network=lambda year: year.whose.network,
    scope=lambda year: year.whose.row,
    gone=_GONE,
)
A_CALENDAR: Object[Calendar] = Object(
    "school calendar",
    load=_load_calendar,
    network=lambda calendar: calendar.network,
    scope=lambda calendar: str(calendar.id),
    gone=_GONE,
    closed=_removed,
    lies_in=_lies_in,
)
WHAT_WAS_REMOVED = replace(A_CALENDAR, name="removed school calendar", closed=open_to_all)
A_DAY: Object[tuple[Day, Calendar]] = Object(
    "day of a school calendar",
    load=_load_day,
    network=lambda two: two[1].network,
    scope=lambda two: str(two[1].id),
    gone=_GONE,
    closed=lambda ctx, two: _removed(ctx, two[1]),
    lies_in=lambda ctx, two: _lies_in(ctx, two[1]),
)
A_TYPING: Object[tuple[Calendar, Sequence[int]]] = Object(
    "typed school days",
    load=_load_typing,
    network=lambda two: two[0].network,
    scope=lambda two: str(two[0].id),
    gone=_GONE,
    closed=lambda ctx, two: _removed(ctx, two[0]),
    lies_in=lambda ctx, two: _lies_in(ctx, two[0]),
)
