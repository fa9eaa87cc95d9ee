"""Which days count for a schedule: those of the schools it asks, where calendars say something."""

from datetime import datetime, timedelta

from plnbot.calendars import SchoolYear, school_days
from plnbot.prompts import store
from plnbot.prompts.model import PromptRoom, PromptSchedule
from plnbot.schedules import Only
from plnbot.store.database import Tx
from plnbot.walltime import local

_BEFORE, _AHEAD = timedelta(days=40), timedelta(days=400)


def school_of(tx: Tx, asks: PromptSchedule, now: datetime) -> SchoolYear:
    """Return the school days by which a schedule asks: it is silent where all of its rooms are."""
    first, last = (now - _BEFORE).date(), (now + _AHEAD).date()
    districts = dict.fromkeys(each.district for each in store.rooms_of(tx, asks.id)) or {None: None}
    if None in districts:
        return school_days(tx, asks.network, None, first, last)
    years = [school_days(tx, asks.network, each, first, last) for each in districts]
    return SchoolYear(tuple(part for year in years for part in year.parts))


def is_out(tx: Tx, asks: PromptSchedule, room: PromptRoom, at: datetime) -> bool:
    """Return whether a room is silent at its time, because its own schools are out."""
    if asks.schedule.only is Only.ANY_DAY or room.district is None:
        return False
    day = local(at, room.zone if asks.same_hour else asks.schedule.zone).date()
    year = school_days(tx, asks.network, room.district, day, day)
    if asks.schedule.only is Only.SCHOOL_DAYS:
        return not year.is_school_day(day)
    return year.is_break(day)
