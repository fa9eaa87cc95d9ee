"""How alike entries are judged: once for all of one shape, in one stretch of time.

Time is cut wherever a rule, the licence or the period changes something. Two entries of one shape within one
stretch are treated alike but for their minutes, so a plan is made once for them; that is what makes a
statement of thousands of entries quick.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from plnbot.policies.alike import Shape, asking
from plnbot.policies.entries import Entry, Licence
from plnbot.policies.periods import DAY, Known, Period, is_whole_year, later, years
from plnbot.policies.rules import (
    Accept,
    Award,
    Bundle,
    Cap,
    Once,
    Per,
    Policy,
    Require,
    Rule,
    Status,
    Which,
)
from plnbot.policies.selecting import Ask, selecting
from plnbot.policies.statements import Decision, Outcome, Part, Why
from plnbot.values import dataclass


class Place(Enum):
    """Where an entry lies."""

    INSIDE = 0
    EARLIER = 1
    LATER = 2
    NOT_YET = 3


SomeRule = TypeVar("SomeRule", bound=Rule)
Worths = dict[int, tuple[int, tuple[Part, ...]]]


@dataclass(slots=True)
class Plan:
    """How entries of one shape in one stretch are judged, and what came together of them."""

    entry: Entry
    """One of them, for everything but its id, title, topic and minutes."""
    place: Place
    verdict: Part | None
    """What becomes of all of it; None where it counts."""
    good: Part
    """What its counted part looks like."""
    plain: Part
    """The same where an award does not hold."""
    award: Award | None = None
    caps: tuple[tuple[Cap, int], ...] = ()
    onces: tuple[Once, ...] = ()
    bundle: Bundle | None = None
    requires: tuple[int, ...] = ()
    beside: bool = False
    year: int = -1
    out: int = 0
    """Minutes of breaks that are taken out."""
    elsewhere: bool = False
    """Would count but for the period: for what is looked back at."""
    closed: bool = True
    """No other entry changes what becomes of one of these."""
    apart: bool = False
    """Each of these is to be seen by itself, not only their sum."""
    known: Worths = field(default_factory=dict)
    """What so many minutes are worth, and their parts."""
    minutes: int = 0
    many: int = 0
    each: list[int] = field(default_factory=list)


def source_of(policy: Policy, rule: Rule) -> str:
    """Return where a rule is written, in words."""
    return "; ".join(policy.sources[each].title for each in rule.sources if each in policy.sources)


class Planner:
    """Makes plans for one licence under one policy in one period."""

    def __init__(self, policy: Policy, licence: Licence, now: Period, today: date) -> None:
        self.policy, self.licence, self.now, self.today = policy, licence, now, today
        self.known = Known(licence, today, now)
        applies = self.known.applies
        self.caps = [each for each in policy.caps if applies(each)]
        self.awards = [each for each in policy.awards if applies(each)]
        self.accepts = [each for each in policy.accepts if applies(each)]
        self.tags = [each for each in policy.tags if applies(each)]
        self.onces = [each for each in policy.onces if applies(each)]
        self.bundles = [each for each in policy.bundles if applies(each)]
        self.approvals = [each for each in policy.approvals if applies(each)]
        self.blocking = [
            each
            for each in policy.attests
            if each.blocks in {"credit", "earlier"} and applies(each)
        ]
        self.requires: list[Require] = []
        self._reaches: list[date | None] = []
        self._beside_at: set[int] = set()
        self.years = list(years(policy.cycle, now, today))
        self._years_begin = [each.since for each in self.years]
        self._plans: dict[tuple[tuple[int, int], Shape], Plan] = {}
        self._known: dict[tuple[tuple[int, int], Shape], Plan] = {}
        self.kept: list[Plan] = []
        """Of entries that were decided before: what they took of maxima is taken."""
        self._written: dict[str, str] = {}
        self._asks: dict[int, Ask] = {}
        """By the identity of selections, which live as long as their policy."""
        self._made_parts: dict[tuple[str, Why, str], Part] = {}
        self._ends: dict[tuple[object, ...], Worths] = {}

    def cut(self, requires: Sequence[Require]) -> None:
        """Take the requirements in, and cut time and lengths where anything changes."""
        self.requires = list(requires)
        self._beside_at = {at for at, each in enumerate(requires) if each.beside}
        self._reaches = [self._reach(each) for each in requires]
        self._breaks = sorted({each for each in self._cuts() if each is not None})
        rules = (*self._selecting(), *self.requires)
        lengths = {each.which.least_minutes for each in rules if each.which.least_minutes}
        self._lengths = sorted({0, *lengths})
        self._shape_of, self._asked_of = asking(rules, self.policy)

    def plan(self, entry: Entry) -> Plan:
        """Return the plan for an entry."""
        return self.finding()(entry)

    def finding(self) -> Callable[[Entry], Plan]:
        """Return what returns the plan for an entry, for those who ask for thousands."""
        breaks, lengths, known, plans = self._breaks, self._lengths, self._known, self._plans
        shape_of, asked_of, made = self._shape_of, self._asked_of, self._made

        def plan(entry: Entry) -> Plan:
            at = bisect_right(breaks, entry.on), bisect_right(lengths, entry.minutes)
            shape = at, shape_of(entry)
            found = known.get(shape)
            if found is None:
                # Most of what tells entries apart is nothing that this policy asks for.
                asked = at, asked_of(entry)
                found = plans.get(asked)
                if found is None:
                    found = plans[asked] = made(entry)
                known[shape] = found
            return found

        return plan

    def plans(self) -> Iterable[Plan]:
        """Return all plans that were made."""
        return (*self._plans.values(), *self.kept)

    def tagged(self, entry: Entry) -> Entry:
        """Return an entry with the tags that the policy gives it."""
        for rule in self.tags:
            if self.matches(rule.which, entry):
                entry = replace(entry, tags=entry.tags | rule.adds)
        return entry

    def keeps(self, entry: Entry, decision: Decision) -> bool:
        """Take in an entry of which it is decided what counts; return False where it lies in another period.

        What counted for all counts for all, though a requirement of now would have it beside.
        """
        entry = self.tagged(entry)
        if self._place(entry) is not Place.INSIDE:
            return False
        good = Part(Outcome.COUNTED, 0, Why.COUNTED)
        plan = Plan(entry, Place.INSIDE, None, good, good)
        self._bind(plan)
        counted = [part.minutes for part in decision.parts if part.outcome is Outcome.COUNTED]
        plan.beside = plan.beside and not decision.counted
        plan.minutes = sum(counted) if plan.beside else decision.counted
        plan.many, plan.each = int(bool(counted)), [plan.minutes] if plan.apart else []
        self.kept.append(plan)
        return True

    def signed(self, what: str, *, ever: bool = False) -> date | None:
        """Return the first day in this period on which something was signed, or ever."""
        until = self.now.until or date.max
        days = [each.on for each in self.licence.attested if each.id == what]
        return min((on for on in days if ever or self.now.counts_from <= on <= until), default=None)

    def source(self, rule: Rule) -> str:
        """Return where a rule is written, in words."""
        found = self._written.get(rule.id)
        if found is None:
            found = self._written[rule.id] = source_of(self.policy, rule)
        return found

    def year_of(self, on: date) -> int:
        """Return in which year of the period a day lies, counted from 0; -1 before the first."""
        return bisect_right(self._years_begin, on) - 1

    def matches(self, which: Which, entry: Entry) -> bool:
        """Return whether a rule is about an entry."""
        ask = self._asks.get(id(which))
        if ask is None:
            ask = self._asks[id(which)] = selecting(which, self.licence.status)
        return ask(entry)

    def _first(self, rules: Sequence[SomeRule], entry: Entry) -> SomeRule | None:
        """Return the first of some rules that is about an entry."""
        for rule in rules:
            if self.matches(rule.which, entry):
                return rule
        return None

    def _selecting(self) -> Iterable[Rule]:
        return (
            *(*self.caps, *self.awards, *self.accepts),
            *(*self.onces, *self.bundles, *self.approvals, *self.tags, *self.blocking),
        )

    def _cuts(self) -> Iterable[date | None]:
        now = self.now
        yield from (now.counts_from, now.since, self.today + DAY)
        yield now.until and now.until + DAY
        for rule in (*self._selecting(), *self.requires):
            yield from (rule.which.since, rule.which.before)
        for held in self.licence.employment:
            yield from (held.since, held.until and held.until + DAY)
        for each in self.blocking:
            yield self.signed(each.id, ever=each.per is Per.LIFE)
        times = (rules.per for some in (self.requires, self.caps, self.onces) for rules in some)
        if Per.YEAR in times:
            yield from (each.since for each in self.years)
        yield from self._reaches

    def _reach(self, require: Require) -> date | None:
        """Return from which day on a requirement looks, where that is not the period."""
        if require.per is Per.LIFE:
            return date.min
        if require.months is None:
            return None
        return later((self.now.until or self.today) + DAY, -require.months)

    def _made(self, entry: Entry) -> Plan:
        entry = self.tagged(entry)
        place = self._place(entry)
        accept, verdict = self._accepted(entry)
        award = None
        if verdict is None or verdict.outcome is Outcome.HELD:
            award = next((each for each in self.awards if self._awarded(each, entry)), None)
            verdict = verdict or self._of_award(award, entry) or self._waits(entry)
        plain = self._good(accept, None)
        good = plain if award is None else self._good(accept, award)
        plan = Plan(entry, place, verdict, good, plain, award)
        plan.elsewhere = verdict is None and place is Place.EARLIER
        if place is not Place.INSIDE and (verdict is None or verdict.outcome is Outcome.HELD):
            plan.verdict = self._misplaced(place)
        if entry.breaks:
            excluded = self.policy.unit.excludes
            plan.out = sum(many for name, many in entry.breaks if name in excluded and many > 0)
        self._bind(plan)
        if award is None:
            # What is cut of no entry is the same for all plans that end alike: it is made once for all.
            part = plan.verdict or plan.good
            end = (part.outcome, part.why, part.rule, part.given, plan.out)
            plan.known = self._ends.setdefault(end, plan.known)
        return plan

    def _bind(self, plan: Plan) -> None:
        """Find the rules that look at several entries, and what the entries serve."""
        entry = plan.entry
        plan.year = self.year_of(entry.on)
        if plan.verdict is None or plan.elsewhere:
            plan.requires = self._served(plan)
        plan.beside = not self._beside_at.isdisjoint(plan.requires)
        if plan.verdict is None:
            caps = [each for each in self.caps if self.matches(each.which, entry)]
            plan.caps = tuple([(each, plan.year if each.per is Per.YEAR else -1) for each in caps])
            plan.onces = tuple([each for each in self.onces if self.matches(each.which, entry)])
            plan.bundle = self._first(self.bundles, entry)
            if plan.beside:
                plan.caps, plan.bundle = (), None
                plan.good = self._beside(plan)
        first_only = plan.award is not None and plan.award.first_only
        several = plan.caps or plan.onces or plan.bundle or first_only
        plan.apart = bool(entry.split) or self.policy.overlap == "one"
        plan.closed = plan.verdict is not None or not (several or plan.apart)

    def _beside(self, plan: Plan) -> Part:
        rule = next(self.requires[at] for at in plan.requires if self.requires[at].beside)
        source = self.source(rule)
        return Part(Outcome.COUNTED, 0, Why.BESIDE, rule.id, source, says=rule.says)

    def _served(self, plan: Plan) -> tuple[int, ...]:
        """Return which requirements the entries serve, as far back as each looks."""
        inside, on = plan.place is Place.INSIDE, plan.entry.on
        if not (inside or plan.elsewhere):
            return ()
        looks = enumerate(zip(self.requires, self._reaches, strict=True))
        return tuple(
            [
                at
                for at, (require, reach) in looks
                if (inside if reach is None else on >= reach)
                and self.matches(require.which, plan.entry)
            ]
        )

    def asked_years(self, require: Require) -> list[int]:
        """Return the years for which a yearly requirement asks: whole ones, while it was in force."""
        which = require.which
        return [
            at
            for at, year in enumerate(self.years)
            if is_whole_year(self.policy.cycle, year)
            and (which.since is None or year.since >= which.since)
            and (which.before is None or (year.until or year.since) < which.before)
        ]

    def _place(self, entry: Entry) -> Place:
        if entry.on < self.now.counts_from:
            return Place.EARLIER
        if entry.on > self.today:
            return Place.NOT_YET
        return Place.LATER if self.now.until and entry.on > self.now.until else Place.INSIDE

    @staticmethod
    def _misplaced(place: Place) -> Part:
        why = {Place.EARLIER: Why.EARLIER, Place.LATER: Why.LATER, Place.NOT_YET: Why.NOT_YET}
        outcome = Outcome.HELD if place is Place.NOT_YET else Outcome.REFUSED
        return Part(outcome, 0, why[place], "cycle")

    def _accepted(self, entry: Entry) -> tuple[Accept | None, Part | None]:
        if entry.minutes < 0:
            return None, Part(Outcome.REFUSED, 0, Why.IMPOSSIBLE)
        if entry.declined:
            return None, Part(Outcome.REFUSED, 0, Why.DECLINED)
        rule = self._first(self.accepts, entry)
        if rule is None:
            why = Why.NOTHING_ASKED if self.policy.asks_nothing else Why.UNKNOWN_KIND
            return None, Part(Outcome.REFUSED, 0, why, says=self.policy.stands)
        if rule.status is Status.NO and not rule.doubt:
            return rule, self._part(Outcome.REFUSED, Why.NOT_ACCEPTED, rule)
        if rule.status is Status.DISTRICT:
            return rule, self._part(Outcome.HELD, Why.DISTRICT, rule)
        if rule.status is not Status.YES or rule.doubt:
            return rule, self._part(Outcome.HELD, Why.OFFICE, rule)
        missing = sorted(rule.needs - entry.has)
        if missing:
            return rule, self._part(Outcome.HELD, Why.MISSING, rule, ",".join(missing))
        return rule, None

    def _awarded(self, award: Award, entry: Entry) -> bool:
        measured = award.times is None and award.each != "entry"
        if measured and (not entry.amounts or entry.amount(award.each) <= 0):
            return False
        return self.matches(award.which, entry)

    def _of_award(self, award: Award | None, entry: Entry) -> Part | None:
        if award is not None and award.authority and not entry.granted:
            return self._part(Outcome.REFUSED, Why.NOT_GRANTED, award)
        if award is not None and award.doubt:
            return self._part(Outcome.HELD, Why.OFFICE, award)
        return None

    def _waits(self, entry: Entry) -> Part | None:
        for attest in self.blocking:
            signed = self.signed(attest.id, ever=attest.per is Per.LIFE)
            if not self.matches(attest.which, entry):
                continue
            if signed is None:
                return self._part(Outcome.HELD, Why.PLAN, attest)
            if attest.blocks == "earlier" and entry.on < signed:
                return self._part(Outcome.REFUSED, Why.BEFORE_PLAN, attest, signed.isoformat())
        for rule in self.approvals:
            if self.matches(rule.which, entry):
                if entry.asked < rule.before:
                    return self._part(Outcome.HELD, Why.APPROVAL_BEFORE, rule)
                if entry.approved < rule.after:
                    return self._part(Outcome.HELD, Why.APPROVAL, rule)
                return None
        return None

    def _good(self, accept: Accept | None, award: Award | None) -> Part:
        if award is not None:
            return self._part(Outcome.COUNTED, Why.AWARDED, award)
        if accept is not None:
            return self._part(Outcome.COUNTED, Why.COUNTED, accept)
        return Part(Outcome.COUNTED, 0, Why.COUNTED)

    def _part(self, outcome: Outcome, why: Why, rule: Rule, given: str = "") -> Part:
        key = (rule.id, why, given)
        found = self._made_parts.get(key)
        if found is None:
            found = Part(outcome, 0, why, rule.id, self.source(rule), given, rule.says)
            self._made_parts[key] = found
        return found
