"""What members say of themselves: what they need, and that they are not to be counted."""

from datetime import datetime

from plnbot.engine.ports import Person
from plnbot.insight.model import Month
from plnbot.insight.store import wishes
from plnbot.store.database import Tx
from plnbot.walltime import local


def month_now(person: Person, now: datetime) -> Month:
    """Return the month that it is in somebody's network."""
    here = local(now, person.network.zone)
    return Month(here.year, here.month)


def need(tx: Tx, person: Person, which: str, now: datetime) -> None:
    """Keep that somebody needs something, for this month's report."""
    wishes.keep(tx, person.id, which, month_now(person, now), now)


def take_back(tx: Tx, person: Person, which: str) -> None:
    """Forget that somebody needs something: it counts in no report that is not made yet."""
    wishes.take_back(tx, person.id, which)


def stay_out(tx: Tx, person: Person, now: datetime, *, out: bool) -> None:
    """Leave somebody out of the reports to come, or count them again."""
    wishes.leave_out(tx, person.id, now, out=out)
