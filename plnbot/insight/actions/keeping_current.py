"""Each hour: tally what was written down since, then have the months that came to rest frozen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from plnbot.activities import store as activities
from plnbot.activities.store import Activity
from plnbot.engine import work
from plnbot.engine.context import Due
from plnbot.engine.ports import Directory
from plnbot.engine.roles import DISTRICT, parted
from plnbot.insight.actions.freezing import FREEZE
from plnbot.insight.model import DistrictMonth, Month
from plnbot.insight.store import reports, tallies, wishes
from plnbot.insight.store.tallies import Counts
from plnbot.packs.teaching import skills, subjects
from plnbot.store.database import Tx
from plnbot.walltime import local

READ = "insight.read"
BATCH = 200
"""So many activities are tallied in one unit: that holds a writer for a few milliseconds."""
_SETTLED = timedelta(minutes=15)
_KEPT = timedelta(days=400)
_YEAR = timedelta(days=366)


def plan(tx: Tx, now: datetime) -> None:
    """Plan the hour's reading; called every hour."""
    work.add(tx, READ, f"insight/read/{now:%Y-%m-%dT%H}", now, {})


def read_due(due: Due) -> None:
    """Tally a batch; where there is more, go on at once, and else look which months are to be frozen."""
    upto = tallies.upto(due.tx)
    if read_on(due.tx, due.directory, due.now):
        work.add(due.tx, READ, f"insight/read/{upto}/{due.now:%Y-%m-%dT%H}", due.now, {})
    else:
        _freeze_what_rests(due.tx, due.directory, due.now)


def read_on(tx: Tx, directory: Directory, now: datetime, most: int = BATCH) -> bool:
    """Tally the next activities behind the mark; return whether there may be more to be read."""
    after = tallies.upto(tx)
    found = activities.written_after(tx, after, most)
    settled: list[Activity] = []
    for each in found:
        # Rows get their numbers before their units end: younger ones may not all be there yet.
        if each.written_at > now - _SETTLED:
            break
        settled.append(each)
    if not settled:
        return False
    zones = _Zones(directory)
    tallies.add(tx, (one for each in settled for one in _counted(tx, each, zones)))
    tallies.put_mark(tx, settled[-1].id)
    return len(settled) == most


class _Zones:
    """The zones of networks, by anybody in them: months are those of their clocks."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[int, str] = {}

    def month(self, tx: Tx, activity: Activity) -> Month:
        """Return in which month something was done."""
        done = activity.done
        if done.network not in self._known:
            person = self._directory.by_id(tx, done.member)
            if person is not None:
                self._known[done.network] = person.network.zone
        at = local(done.started, self._known.get(done.network, "UTC"))
        return Month(at.year, at.month)


def _counted(tx: Tx, activity: Activity, zones: _Zones) -> Iterator[tuple[int, Counts]]:
    """Yield what an activity adds, and what it takes away where it is a correction."""
    if activity.rehearsal:
        return
    yield 1, _counts(tx, activity, zones)
    before = activities.before(tx, activity)
    if before is not None:
        yield -1, _counts(tx, before, zones)


def _counts(tx: Tx, activity: Activity, zones: _Zones) -> Counts:
    done = activity.done
    return Counts(
        done.network,
        done.member,
        zones.month(tx, activity),
        done.kind,
        done.minutes or 0,
        [each for each in done.skills if each in skills()],
        [each for each in done.topics if each in subjects()],
    )


def _freeze_what_rests(tx: Tx, directory: Directory, now: datetime) -> None:
    """Have each district's report made of the months that came to rest, each once."""
    for network, month in tallies.months(tx, _month_at(now - _YEAR)):
        if not month.rests(now.astimezone(UTC).date()):
            continue
        who = directory.lies_in(tx, tallies.active(tx, network, month))
        found = {parted(scope) for scopes in who.values() for scope in scopes}
        for district in sorted(number for kind, number in found if kind == DISTRICT):
            if not reports.is_frozen(tx, DistrictMonth(network, district, month)):
                payload = {"network": network, "district": district, "month": month.number}
                key = f"insight/freeze/{network}/{district}/{month.number}"
                work.add(tx, FREEZE, key, now, payload, network=network)
    tallies.forget_before(tx, _month_at(now - _KEPT))
    wishes.forget_before(tx, _month_at(now - _KEPT))


def _month_at(at: datetime) -> Month:
    return Month(at.year, at.month)
