"""From when to when it is counted for a licence, and for whom a rule is there."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from plnbot.policies.entries import Employment, Licence
from plnbot.policies.rules import ALWAYS, Cycle, Policy, Rule, When
from plnbot.values import dataclass

DAY = timedelta(days=1)
_YEAR = 12
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch, both days inclusive; `until` is None where it has no end. `counts_from` may lie before it."""

    since: date
    until: date | None
    counts_from: date

    def days(self) -> int | None:
        """Return how many days it has, None where it has no end."""
        return (self.until - self.since).days + 1 if self.until else None

    def whole_years(self) -> int:
        """Return how many whole years it has, none where it has no end."""
        found = 0
        while self.until and later(self.since, (found + 1) * _YEAR) <= self.until + DAY:
            found += 1
        return found


def later(on: date, months: int) -> date:
    """Return the same day so many months later, or earlier, the last of its month where there is none."""
    at = on.year * _YEAR + on.month - 1 + months
    year, month = divmod(at, _YEAR)
    month += 1
    for day in range(on.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, on.day)


def period(policy: Policy, licence: Licence, today: date) -> Period:
    """Return the period in which `today` lies, or the last one where a licence says that it has ended."""
    *_, last = _walk(policy, licence, today)
    return last


def before(policy: Policy, licence: Licence, today: date) -> Period | None:
    """Return the period before the one of `today`, None for the first."""
    walked = list(_walk(policy, licence, today))
    if len(walked) > 1:
        return walked[-2]
    now = walked[0]
    if policy.cycle.months is None or now.counts_from <= licence.issued:
        return None
    since = max(licence.issued, later(now.since, -policy.cycle.months))
    return Period(since, now.since - DAY, since)


def _walk(policy: Policy, licence: Licence, today: date) -> Iterator[Period]:
    """Yield the periods of a licence to the one of today, each as long as the rules say of it."""
    cycle, first = policy.cycle, _first(policy.cycle, licence)
    if cycle.months is None:
        yield Period(first, licence.expires, first)
        return
    if licence.expires is not None:
        # A paper whose days hold no two periods is one period, however long it is.
        months = _months(policy, licence, today, Period(first, licence.expires, first))
        following = licence.expires + DAY
        one = later(first, 2 * months) > following
        since = first if one else later(following, -months)
        early = cycle.early and one
        yield Period(since, licence.expires, min(licence.issued, since) if early else since)
        return
    since = first
    for turn in range(_MOST_YEARS * _YEAR):
        usual = Period(since, later(since, cycle.months) - DAY, since)
        until = later(since, _months(policy, licence, today, usual)) - DAY
        early = cycle.early and turn == 0
        yield Period(since, until, min(licence.issued, since) if early else since)
        if until >= today:
            return
        since = until + DAY


def years(cycle: Cycle, now: Period, today: date) -> Iterator[Period]:
    """Yield the years of a period, the first and the last perhaps not whole."""
    since = now.since
    until = now.until or today
    for _ in range(_MOST_YEARS):
        if since > until:
            return
        following = _next_year(cycle, since)
        last = following - DAY
        yield Period(since, last if now.until is None else min(last, until), since)
        since = following


def is_whole_year(cycle: Cycle, year: Period) -> bool:
    """Return whether a year of a period is one from its first day to its last."""
    return year.until == _next_year(cycle, year.since) - DAY and (
        cycle.year is None or (year.since.month, year.since.day) == cycle.year
    )


def _next_year(cycle: Cycle, since: date) -> date:
    if cycle.year is None:
        return later(since, _YEAR)
    at = date(since.year, *cycle.year)
    return at if at > since else date(since.year + 1, *cycle.year)


def _first(cycle: Cycle, licence: Licence) -> date:
    issued = licence.issued
    if cycle.anchor == "birth" and licence.birth_month:
        return date(issued.year - (licence.birth_month > issued.month), licence.birth_month, 1)
    if cycle.anchor != "day":
        return issued
    at = date(issued.year, *cycle.day)
    if cycle.first == "after":
        return at if at >= issued else date(issued.year + 1, *cycle.day)
    return at if at <= issued else date(issued.year - 1, *cycle.day)


def _months(policy: Policy, licence: Licence, today: date, usual: Period) -> int:
    """Return how long a period is: a rule may give some another length, even one that runs."""
    known = Known(licence, today, usual)
    found = (each.months for each in policy.lengths if known.applies(each))
    return next(found, policy.cycle.months or 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What conditions ask about: a licence, the day, and the period."""

    licence: Licence
    today: date
    now: Period

    def applies(self, rule: Rule) -> bool:
        """Return whether a rule is there for this licence."""
        if rule.suspended:
            return False
        return self.holds(rule.when) and not (rule.unless is not None and self.holds(rule.unless))

    def holds(self, when: When) -> bool:
        """Return whether all that a condition sets holds."""
        return when is ALWAYS or (self._of_paper(when) and self._of_holder(when))

    def _of_paper(self, when: When) -> bool:
        licence, ends = self.licence, self.now.until
        return (
            (not when.classes or bool(when.classes & licence.classes))
            and (when.issued_since is None or licence.issued >= when.issued_since)
            and (when.issued_before is None or licence.issued < when.issued_before)
            and (when.ends_since is None or ends is None or ends >= when.ends_since)
            and (when.ends_before is None or (ends is not None and ends < when.ends_before))
        )

    def _of_holder(self, when: When) -> bool:
        licence = self.licence
        return (
            (not when.employment or licence.status(self._day()) in when.employment)
            and all(licence.signed(each) is not None for each in when.attested)
            and (when.fte_below is None or self.share() < when.fte_below)
            and (when.days_to is None or self._taught(when.days_to))
            and (when.days_below is None or self._taught(when.days_below - 1))
        )

    def _day(self) -> date:
        return min(self.today, self.now.until or self.today)

    def _taught(self, most: int) -> bool:
        """Return whether it is known that no more days than these were taught."""
        during = [each.days for each in self.licence.employment if self._overlap(each) > 0]
        return bool(during) and None not in during and sum(each or 0 for each in during) <= most

    def share(self) -> Fraction:
        """Return the part of full time over the period; days of which nobody said anything are whole."""
        until = self.now.until or self.today
        days = (until - self.now.since).days + 1
        if days <= 0 or not self.licence.employment:
            return Fraction(1)
        jobs = self.licence.employment
        worked = sum((Fraction(each.fte) * self._overlap(each) for each in jobs), Fraction(0))
        return min(Fraction(1), (worked + days - self._told(until)) / days)

    def _told(self, until: date) -> int:
        """Return of how many days of the period it is known how its holder was employed."""
        told, reached = 0, self.now.since - DAY
        for job in sorted(self.licence.employment, key=lambda each: each.since):
            since = max(job.since, reached + DAY)
            last = min(job.until or until, until)
            if last >= since:
                told += (last - since).days + 1
                reached = last
        return told

    def _overlap(self, held: Employment) -> int:
        since = max(held.since, self.now.since)
        until = min(held.until or date.max, self.now.until or self.today)
        return max(0, (until - since).days + 1)
