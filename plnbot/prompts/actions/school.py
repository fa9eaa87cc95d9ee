"""Which days count for a schedule: those of the schools it asks, where calendars say something."""

from datetime import date, datetime, timedelta

from plnbot.calendars import SchoolYear, school_days
from plnbot.prompts import store
from plnbot.prompts.model import PromptRoom, PromptSchedule
from plnbot.schedules import Only, SchoolDays
from plnbot.schedules.nth import counts_school_days
from plnbot.store.database import Tx
from plnbot.values import dataclass
from plnbot.walltime import local

_SATURDAY = 5
_BEFORE, _AHEAD = timedelta(days=40), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _WithBreaks:
    """The days of a school on which a schedule asks that has fill-ins for breaks: those too, on weekdays."""

    school: SchoolDays

    def is_school_day(self, day: date) -> bool:
        on_a_weekday = day.weekday() < _SATURDAY
        return self.school.is_school_day(day) or (self.school.is_break(day) and on_a_weekday)

    def is_break(self, day: date) -> bool:
        del day
        return False


def school_of(tx: Tx, asks: PromptSchedule, now: datetime) -> SchoolDays:
    """Return the days by which a schedule asks, those of breaks among them where it has fill-ins.

    Rules that count school days count no others.
    """
    school = calendar_of(tx, asks, now)
    counting = any(map(counts_school_days, asks.schedule.rules))
    return _WithBreaks(school) if asks.fill_ins and not counting else school


def calendar_of(tx: Tx, asks: PromptSchedule, now: datetime) -> SchoolYear:
    """Return the school days of those whom a schedule asks: out is where all of its rooms are."""
    first, last = (now - _BEFORE).date(), (now + _AHEAD).date()
    districts = dict.fromkeys(each.district for each in store.rooms_of(tx, asks.id)) or {None: None}
    if None in districts:
        return school_days(tx, asks.network, None, first, last)
    years = [school_days(tx, asks.network, each, first, last) for each in districts]
    return SchoolYear(tuple(part for year in years for part in year.parts))


def is_out(tx: Tx, asks: PromptSchedule, room: PromptRoom, at: datetime) -> bool:
    """Return whether a room is silent at its time, because its own schools are out.

    It is looked at when it is time: a calendar may have been added since its dates were planned.
    """
    if asks.schedule.only is Only.ANY_DAY:
        return False
    day = local(at, room.zone if asks.same_hour else asks.schedule.zone).date()
    year = school_days(tx, asks.network, room.district, day, day)
    if asks.fill_ins and year.is_break(day) and calendar_of(tx, asks, at).is_break(day):
        return False
    if asks.schedule.only is Only.SCHOOL_DAYS:
        return not year.is_school_day(day)
    return year.is_break(day)
