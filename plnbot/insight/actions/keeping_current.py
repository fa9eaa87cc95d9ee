"""Each hour: tally what was written down and tagged since, then have the months that came to rest frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from plnbot.activities import store as activities
from plnbot.activities.store import Activity
from plnbot.engine import needs_told, work
from plnbot.engine.context import Due
from plnbot.engine.ports import Directory
from plnbot.engine.roles import DISTRICT, parted
from plnbot.insight.actions.freezing import FREEZE
from plnbot.insight.model import DistrictMonth, Month
from plnbot.insight.store import reports, tallies
from plnbot.insight.store.tallies import Counts, Mark
from plnbot.packs.frameworks import with_those_above
from plnbot.packs.teaching import subjects
from plnbot.skills.store import Tag, tags_after, tags_among
from plnbot.store.database import Tx
from plnbot.values import dataclass
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
    upto = "/".join(str(tallies.upto(due.tx, each)) for each in Mark)
    if read_on(due.tx, due.directory, due.now):
        work.add(due.tx, READ, f"insight/read/{upto}/{due.now:%Y-%m-%dT%H}", due.now, {})
    else:
        _freeze_what_rests(due.tx, due.directory, due.now)


def read_on(tx: Tx, directory: Directory, now: datetime, most: int = BATCH) -> bool:
    """Tally the next activities behind their mark, and the next tags; return whether there may be more."""
    reading = _Reading(tx, _Zones(directory), now - _SETTLED, most)
    activities_left = reading.activities()
    return reading.tags() or activities_left


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of at most so many activities and tags, of those that are older than `settled`.

    An activity counts with the skills that its member said up to the mark of tags, or else with its own;
    a tag takes those away with which its activity counted, and adds its own. So both come to the same,
    whichever is read first.
    """

    tx: Tx
    zones: "_Zones"
    settled: datetime
    most: int

    def activities(self) -> bool:
        """Tally the next activities; return whether there may be more."""
        tx = self.tx
        found = activities.written_after(tx, tallies.upto(tx), self.most)
        # Rows get their numbers before their units end: younger ones may not all be there yet.
        settled = list(takewhile(lambda each: each.written_at <= self.settled, found))
        if settled:
            those = {(each.done.member, each.done.source) for each in settled}
            tags = tags_among(tx, those, tallies.upto(tx, Mark.TAGS))
            tallies.add(tx, (one for each in settled for one in self._of_activity(each, tags)))
            tallies.put_mark(tx, settled[-1].id)
        return len(settled) == self.most

    def tags(self) -> bool:
        """Tally the next tags; return whether there may be more."""
        found = tags_after(self.tx, tallies.upto(self.tx, Mark.TAGS), self.most)
        settled = list(takewhile(lambda each: each.at <= self.settled, found))
        if settled:
            tallies.add(self.tx, (one for each in settled for one in self._of_tag(each)))
            tallies.put_mark(self.tx, settled[-1].id, Mark.TAGS)
        return len(settled) == self.most

    def _of_activity(
        self, activity: Activity, tags: Mapping[tuple[int, str], Sequence[str]]
    ) -> Iterator[tuple[int, Counts]]:
        """Yield what an activity adds, and what it takes away where it is a correction."""
        tagged = tags.get((activity.done.member, activity.done.source))
        yield 1, self._counts(activity, tagged)
        before = activities.before(self.tx, activity)
        if before is not None:
            yield -1, self._counts(before, tagged)

    def _of_tag(self, tag: Tag) -> Iterator[tuple[int, Counts]]:
        """Yield what a tag adds and takes away; nothing while what it is about is not tallied."""
        tx = self.tx
        stood = activities.stood_at(tx, tag.member, tag.source, tallies.upto(tx))
        if stood is None:
            return
        here = (tag.member, tag.source)
        before = tags_among(tx, [here], tag.id - 1).get(here)
        for sign, skills in ((1, tag.skills), (-1, before)):
            yield sign, replace(self._counts(stood, skills), kind="", minutes=0, subjects=())

    def _counts(self, activity: Activity, tagged: Sequence[str] | None) -> Counts:
        done = activity.done
        return Counts(
            done.network,
            done.member,
            self.zones.month(self.tx, activity),
            done.kind,
            done.minutes or 0,
            with_those_above(done.skills if tagged is None else tagged),
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
    needs_told.forget_before(tx, _month_at(now - _KEPT).number)


def _month_at(at: datetime) -> Month:
    return Month(at.year, at.month)
