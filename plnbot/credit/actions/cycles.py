"""From when on a member's cycle runs, in which two do not decide for each other."""

from datetime import date, datetime, time

from plnbot.engine.ports import Network
from plnbot.store.database import Tx
from plnbot.walltime import instant, local

SCHOOL_YEAR_BEGINS = 7


def school_year(network: Network, now: datetime) -> datetime:
    """Return when the school year began in a network: the first of July before, by its own clock."""
    today = local(now, network.zone)
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    return instant(datetime.combine(date(year, SCHOOL_YEAR_BEGINS, 1), time()), network.zone)


def cycle_of(_tx: Tx, _member: int, network: Network, now: datetime) -> datetime:
    """Return when a member's cycle began."""
    return school_year(network, now)
