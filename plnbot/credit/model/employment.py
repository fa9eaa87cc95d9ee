"""How somebody was employed, by time: what usually holds, and stretches in which it was otherwise. Pure.

Stretches never overlap: what is told last holds over its days, and cuts what was told of them before.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from plnbot.policies import Employment
from plnbot.policies.entries import EMPLOYED
from plnbot.values import dataclass

MOST = 20
_DAY = timedelta(days=1)
_WITHOUT_WORK = frozenset({"not_employed", "retired"})


@dataclass(frozen=True, slots=True)
class Held:
    """How somebody is employed, by a word of policies, and for how many per cent of full time; empty: nothing said."""

    employment: str = ""
    percent: int | None = None

    def __bool__(self) -> bool:
        """Return whether anything was said."""
        return bool(self.employment) or self.percent is not None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, both inclusive, or on and on: how it was then."""

    since: date
    until: date | None
    held: Held


def told(before: Sequence[Stretch], new: Stretch) -> tuple[Stretch, ...]:
    """Return the stretches once another one was told of; where it says nothing, it was as usual then."""
    kept = [piece for each in before for piece in _outside(each, new.since, new.until)]
    if new.held:
        kept.append(new)
    return tuple(sorted(kept, key=lambda each: each.since))


def _outside(it: Stretch, since: date, until: date | None) -> Iterator[Stretch]:
    """Yield what of a stretch lies before and after some days."""
    if it.since < since:
        last = since - _DAY
        yield Stretch(it.since, last if it.until is None else min(it.until, last), it.held)
    if until is not None and (it.until is None or it.until > until):
        yield Stretch(max(it.since, until + _DAY), it.until, it.held)


def jobs(issued: date, usual: Held, stretches: Sequence[Stretch]) -> tuple[Employment, ...]:
    """Return how somebody was employed since a licence was issued, as policies ask: every day once.

    What usually holds stands wherever no stretch says otherwise. Nothing where nothing was said at all.
    """
    if not usual and not stretches:
        return ()
    found = []
    reached: date | None = issued
    for each in sorted(stretches, key=lambda each: each.since):
        if reached is not None and reached < each.since:
            found.append(_job(reached, each.since - _DAY, usual, usual))
        found.append(_job(each.since, each.until, each.held, usual))
        reached = None if each.until is None else max(issued, each.until + _DAY)
    if reached is not None:
        found.append(_job(reached, None, usual, usual))
    return tuple(found)


def _job(since: date, until: date | None, held: Held, usual: Held) -> Employment:
    status = held.employment or usual.employment or EMPLOYED
    percent = held.percent
    if percent is None and status in _WITHOUT_WORK and held is not usual:
        percent = 0
    elif percent is None:
        percent = 100 if usual.percent is None else usual.percent
    return Employment(since=since, until=until, status=status, fte=Decimal(percent) / 100)
