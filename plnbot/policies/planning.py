"""How alike entries are judged: once for all of one shape, in one stretch of time.

Time is cut wherever a rule, the licence or the period changes something. Two entries of one shape within one
stretch are treated alike but for their minutes, so a plan is made once for them; that is what makes a
statement of thousands of entries quick.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from plnbot.policies.alike import Shape, asking
from plnbot.policies.deeds import Deeds
from plnbot.policies.entries import Entry, Licence
from plnbot.policies.kinds import Asking, OfKind, SomeRule, awarded, first, served
from plnbot.policies.periods import DAY, Known, Period, is_whole_year, later, years
from plnbot.policies.plans import Place, Plan
from plnbot.policies.rules import Accept, Award, Per, Policy, Require, Rule, Status, Which
from plnbot.policies.selecting import Ask, selecting, takes
from plnbot.policies.statements import Decision, Outcome, Part, Why, Worth


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
        self._plans: list[Plan] = []
        self.kept: list[Plan] = []
        """Of entries that were decided before: what they took of maxima is taken."""
        self._written: dict[str, str] = {}
        self._asks: dict[int, Ask] = {}
        """By the identity of selections, which live as long as their policy."""
        self._refused: dict[tuple[Why, str], Plan] = {}
        self._of_kinds: dict[str, OfKind] = {}
        self._made_parts: dict[tuple[str, Why, str], Part] = {}
        self._ends: dict[tuple[object, ...], dict[int, Worth]] = {}

    def cut(self, requires: Sequence[Require]) -> None:
        """Take the requirements in, and cut time and lengths where anything changes."""
        self.requires = list(requires)
        self._beside_at = {at for at, each in enumerate(requires) if each.beside}
        self._reaches = [self._reach(each) for each in requires]
        self._breaks = sorted({each for each in self._cuts() if each is not None})
        rules = (*self._selecting(), *self.requires)
        lengths = {each.which.least_minutes for each in rules if each.which.least_minutes}
        self._lengths = sorted({0, *lengths})
        self._asked_of = asking(rules, self.policy)

    def planned(self, deeds: Deeds) -> list[Plan]:
        """Return the plan for each entry; there may be thousands, and most are like another one."""
        alike = self._alike(deeds)
        found: list[Plan] = []
        ends = (bisect_left(deeds.days, each) for each in self._breaks)
        for since, end in itertools.pairwise((0, *ends, len(alike))):
            stretch = alike[since:end]
            examples = dict(zip(stretch, deeds.entries[since:end], strict=True))
            plans = {which: self._made(entry) for which, entry in examples.items()}
            found += map(plans.__getitem__, stretch)
            self._plans += plans.values()
        return found

    def _alike(self, deeds: Deeds) -> Sequence[Hashable]:
        """Return for each entry what those have in common which differ in nothing that this policy asks for."""
        examples, first = deeds.examples, dict[Shape, int]().setdefault
        same = map(first, self._asked_of(examples.values()), examples)
        number = dict(zip(examples, same, strict=True))
        alike = list(map(number.__getitem__, deeds.alike))
        if len(self._lengths) == 1 and min(deeds.minutes, default=0) >= 0:
            return alike
        lengths = [bisect_right(self._lengths, each) for each in deeds.minutes]
        return list(zip(alike, lengths, strict=True))

    def plans(self) -> Iterable[Plan]:
        """Return all plans that were made."""
        return (*self._plans, *self.kept)

    def tagged(self, entry: Entry) -> Entry:
        """Return an entry with the tags that the policy gives it."""
        if not self.tags:
            return entry
        tags = entry.tags
        for rule in self.tags:
            if rule.which.tags or rule.which.all_tags or rule.which.not_tags:
                entry = entry if tags == entry.tags else replace(entry, tags=tags)
            if self.matches(rule.which, entry):
                tags |= rule.adds
        return entry if tags == entry.tags else replace(entry, tags=tags)

    def keeps(self, entry: Entry, decision: Decision) -> bool:
        """Take in an entry of which it is decided what counts; return False where it lies in another period.

        What counted for all counts for all, though a requirement of now would have it beside.
        """
        entry = self.tagged(entry)
        if self._place(entry) is not Place.INSIDE:
            return False
        good = Part(Outcome.COUNTED, 0, Why.COUNTED)
        plan = Plan(entry, Place.INSIDE, None, good, good)
        self._bind(plan, self._of_kind(entry.kind))
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
        return takes(which, entry.kind) and self._ask(which)(entry)

    def _ask(self, which: Which) -> Ask:
        ask = self._asks.get(id(which))
        if ask is None:
            ask = self._asks[id(which)] = selecting(which, self.licence.status)
        return ask

    def _of_kind(self, kind: str) -> OfKind:
        """Return the rules that may be about entries of a kind, which is most of what tells whom a rule is about."""
        found = self._of_kinds.get(kind)
        if found is None:

            def about(rules: Sequence[SomeRule]) -> Asking[SomeRule]:
                there = (each for each in rules if takes(each.which, kind))
                return tuple((self._ask(each.which), each) for each in there)

            requires = enumerate(zip(self.requires, self._reaches, strict=True))
            found = self._of_kinds[kind] = OfKind(
                about(self.accepts),
                about(self.awards),
                about(self.blocking),
                about(self.approvals),
                about(self.caps),
                about(self.onces),
                about(self.bundles),
                tuple(
                    (at, self._ask(each.which), reach)
                    for at, (each, reach) in requires
                    if takes(each.which, kind)
                ),
            )
        return found

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
        if self.tags:
            entry = self.tagged(entry)
        place, rules = self._place(entry), self._of_kind(entry.kind)
        accept, verdict = self._accepted(entry, rules)
        if verdict is not None and verdict.outcome is Outcome.REFUSED and not entry.breaks:
            # Nothing else is asked of what is refused: one plan is enough for all that one rule refuses.
            refused = self._refused.get((verdict.why, verdict.rule))
            return refused or self._refused.setdefault(
                (verdict.why, verdict.rule), Plan(entry, place, verdict, verdict, verdict)
            )
        award = None
        if verdict is None or verdict.outcome is Outcome.HELD:
            award = awarded(rules, entry)
            verdict = verdict or self._of_award(award, entry) or self._waits(entry, rules)
        plain = self._good(accept, None)
        good = plain if award is None else self._good(accept, award)
        plan = Plan(entry, place, verdict, good, plain, award)
        plan.elsewhere = verdict is None and place is Place.EARLIER
        if place is not Place.INSIDE and (verdict is None or verdict.outcome is Outcome.HELD):
            plan.verdict = self._misplaced(place)
        if entry.breaks:
            excluded = self.policy.unit.excludes
            plan.out = sum(many for name, many in entry.breaks if name in excluded and many > 0)
        self._bind(plan, rules)
        if award is None:
            # What is cut of no entry is the same for all plans that end alike: it is made once for all.
            part = plan.verdict or plan.good
            end = (part.outcome, part.why, part.rule, part.given, plan.out)
            plan.known = self._ends.setdefault(end, plan.known)
        return plan

    def _bind(self, plan: Plan, rules: OfKind) -> None:
        """Find the rules that look at several entries, and what the entries serve."""
        entry, counts = plan.entry, plan.verdict is None
        plan.adds = counts or plan.elsewhere
        plan.year = self.year_of(entry.on)
        plan.requires = served(plan, rules) if plan.adds else ()
        plan.beside = not self._beside_at.isdisjoint(plan.requires)
        if counts:
            plan.caps = tuple(
                [
                    (each, plan.year if each.per is Per.YEAR else -1)
                    for ask, each in rules.caps
                    if ask(entry)
                ]
            )
            if rules.onces:
                plan.onces = tuple([each for ask, each in rules.onces if ask(entry)])
            if rules.bundles:
                plan.bundle = first(rules.bundles, entry)
            if plan.beside:
                plan.caps, plan.bundle = (), None
                plan.good = self._beside(plan)
        first_only = plan.award is not None and plan.award.first_only
        several = plan.caps or plan.onces or plan.bundle or first_only
        plan.apart = bool(entry.split) or self.policy.overlap == "one"
        plan.closed = not counts or not (several or plan.apart)

    def _beside(self, plan: Plan) -> Part:
        rule = next(self.requires[at] for at in plan.requires if self.requires[at].beside)
        source = self.source(rule)
        return Part(Outcome.COUNTED, 0, Why.BESIDE, rule.id, source, says=rule.says)

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

    def _accepted(self, entry: Entry, rules: OfKind) -> tuple[Accept | None, Part | None]:
        if entry.minutes < 0:
            return None, Part(Outcome.REFUSED, 0, Why.IMPOSSIBLE)
        if entry.declined:
            return None, Part(Outcome.REFUSED, 0, Why.DECLINED)
        rule = first(rules.accepts, entry)
        if rule is None:
            why = Why.NOTHING_ASKED if self.policy.asks_nothing else Why.UNKNOWN_KIND
            return None, Part(Outcome.REFUSED, 0, why, says=self.policy.stands)
        if rule.status is Status.NO and not rule.doubt:
            return rule, self._part(Outcome.REFUSED, Why.NOT_ACCEPTED, rule)
        if rule.status is Status.DISTRICT:
            return rule, self._part(Outcome.HELD, Why.DISTRICT, rule)
        if rule.status is not Status.YES or rule.doubt:
            return rule, self._part(Outcome.HELD, Why.OFFICE, rule)
        if not rule.needs <= entry.has:
            missing = ",".join(sorted(rule.needs - entry.has))
            return rule, self._part(Outcome.HELD, Why.MISSING, rule, missing)
        return rule, None

    def _of_award(self, award: Award | None, entry: Entry) -> Part | None:
        if award is not None and award.authority and not entry.granted:
            return self._part(Outcome.REFUSED, Why.NOT_GRANTED, award)
        if award is not None and award.doubt:
            return self._part(Outcome.HELD, Why.OFFICE, award)
        return None

    def _waits(self, entry: Entry, rules: OfKind) -> Part | None:
        for ask, attest in rules.blocking:
            if not ask(entry):
                continue
            signed = self.signed(attest.id, ever=attest.per is Per.LIFE)
            if signed is None:
                return self._part(Outcome.HELD, Why.PLAN, attest)
            if attest.blocks == "earlier" and entry.on < signed:
                return self._part(Outcome.REFUSED, Why.BEFORE_PLAN, attest, signed.isoformat())
        rule = first(rules.approvals, entry)
        if rule is not None and entry.asked < rule.before:
            return self._part(Outcome.HELD, Why.APPROVAL_BEFORE, rule)
        if rule is not None and entry.approved < rule.after:
            return self._part(Outcome.HELD, Why.APPROVAL, rule)
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
