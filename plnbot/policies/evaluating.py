"""The evaluator: from a history to a statement. Pure, exact, and the same again whatever the order.

**In this order.** Each entry is judged by itself (`planning`): where it lies, whether its kind counts, what it
gives, whether something is missing. What looks at several entries comes after that: what counts only once, what has
to come together first, maxima. Where several entries want what is left under a maximum, those come first that
stand under fewer maxima, then those that serve a requirement, then the earlier ones, so that a maximum takes
no more than it must. Minutes that counted serve requirements last.

**Every minute is accounted for.** The parts of an entry add up to what it is worth, and each part says which
rule it is by. What hangs on a figure that is in doubt is held: it is neither counted nor refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from plnbot.policies import needs, standing
from plnbot.policies.entries import Entry, Licence
from plnbot.policies.periods import DAY, Period, before, later, period
from plnbot.policies.planning import Plan, Planner
from plnbot.policies.rules import Award, Bundle, Cap, Carry, Per, Policy, Rounding
from plnbot.policies.sharing import Under, shared, under
from plnbot.policies.statements import Decision, Outcome, Part, Statement, Why
from plnbot.values import dataclass


def evaluate(policy: Policy, licence: Licence, entries: Sequence[Entry], today: date) -> Statement:
    """Return where a licence stands on a day under a policy, and what becomes of every entry and why.

    Entries of any time may be given: what lies before the period is looked at where a rule looks back. Raises `ValueError` where two have one id.
    """
    if len({each.id for each in entries}) < len(entries):
        raise ValueError("two entries have the same id")
    now = period(policy, licence, today)
    run = _Run(policy, licence, entries, now, today)
    carried = _carried(run, before(policy, licence, today))
    return run.statement(carried)


def _carried(run: "_Run", earlier: Period | None) -> tuple[Carry | None, Mapping[str, int]]:
    """Return what of the period before counts in this one, by entry: what was last earned goes first."""
    rule = next((each for each in run.policy.carries if run.planner.known.applies(each)), None)
    if rule is None or earlier is None or earlier.until is None or rule.doubt:
        return rule, {}
    prior = _Run(run.policy, run.licence, run.entries, earlier, earlier.until).statement((None, {}))
    left = max(0, prior.counted - (prior.needed or 0))
    if rule.minutes is not None:
        left = min(left, rule.minutes)
    since = later(earlier.until + DAY, -rule.months) if rule.months else earlier.since
    by_id = {each.entry: each.counted for each in prior.decisions}
    found: dict[str, int] = {}
    for entry in sorted(run.entries, key=lambda each: (each.on, each.id), reverse=True):
        taken = min(left, by_id[entry.id]) if entry.on >= since else 0
        plan = run.planner.plan(entry)
        if taken and run.planner.matches(rule.which, plan.entry):
            found[entry.id] = taken
            left -= taken
    return rule, found


@dataclass(slots=True)
class _Open:
    """An entry about which others have a say: what is left to count, and what became of the rest."""

    at: int
    entry: Entry
    plan: Plan
    worth: int
    minutes: int
    known: tuple[int, tuple[Part, ...]]
    """What it is where nobody says otherwise."""
    cut: list[Part] | None = None
    good: Part | None = None

    def took(self, part: Part) -> None:
        """Note that some of it does not count."""
        self.cut = [part] if self.cut is None else [*self.cut, part]
        self.minutes -= part.minutes


class _Run:
    """One evaluation of one licence in one period."""

    def __init__(
        self, policy: Policy, licence: Licence, entries: Sequence[Entry], now: Period, today: date
    ) -> None:
        self.policy, self.licence, self.entries = policy, licence, entries
        self.now, self.today = now, today
        self.planner = Planner(policy, licence, now, today)
        self.asked = needs.asked(policy, self.planner.known)
        self.planner.cut(self.asked.requires)
        self.cuts: dict[tuple[str, int, int], Part] = {}

    def statement(self, carried: tuple[Carry | None, Mapping[str, int]]) -> Statement:
        """Judge everything, and say where it stands."""
        decided: list[Decision] = []
        later = Decision("", 0, ())  # stands where it is not known yet
        opened: list[_Open] = []
        rule, brought = carried
        plan_of, rounding, put = self.planner.finding(), self.policy.unit.rounding, decided.append
        for at, entry in enumerate(self.entries):
            plan = plan_of(entry)
            minutes = entry.minutes
            known = plan.known.get(minutes)
            if known is None:
                known = plan.known[minutes] = _alone(plan, minutes, rounding)
            whole, parts = known
            if plan.closed:
                put(Decision(entry.id, whole, parts))
                plan.many += 1
                if plan.verdict is None or plan.elsewhere:
                    plan.minutes += parts[0].minutes
            else:
                put(later)
                worth = parts[0].minutes
                opened.append(_Open(at, entry, plan, worth, worth, known))
            if rule is not None and entry.id in brought:
                decided[at] = self._brought(entry, whole, rule, brought[entry.id])
        self._together(opened)
        for each in opened:
            decided[each.at] = _closed(each)
        return standing.statement(
            self.planner, self.asked, tuple(decided), sum(brought.values()) if brought else 0
        )

    def _brought(self, entry: Entry, whole: int, rule: Carry, minutes: int) -> Decision:
        source = self.planner.source(rule)
        good = Part(Outcome.COUNTED, minutes, Why.CARRIED, rule.id, source, says=rule.says)
        rest = Part(Outcome.REFUSED, whole - minutes, Why.EARLIER, "cycle")
        return Decision(entry.id, whole, (good, rest) if rest.minutes > 0 else (good,))

    def _together(self, opened: list[_Open]) -> None:
        opened.sort(key=attrgetter("entry.on", "entry.id"))
        if any(award.first_only for award in self.planner.awards) or self.planner.onces:
            self._first_times(opened)
        if self.planner.bundles:
            self._bundled(opened)
        self._capped(opened)

    def _first_times(self, opened: Iterable[_Open]) -> None:
        """Refuse what counts only the first time, and give awards only then."""
        seen: set[tuple[str, str, int]] = set()
        for each in opened:
            for rule in each.plan.onces:
                by = _by(each.entry, rule.by)
                key = (rule.id, by, each.plan.year if rule.per is Per.YEAR else -1)
                if key in seen and each.minutes:
                    source = self.planner.source(rule)
                    left = each.minutes
                    each.took(
                        Part(Outcome.REFUSED, left, Why.AGAIN, rule.id, source, "", rule.says)
                    )
                seen.add(key)
            award = each.plan.award
            if award is not None and award.first_only and each.minutes:
                key = (award.id, _by(each.entry, "title"), -1)
                if key in seen:
                    each.known = _timed(each.plan, each.entry.minutes, self.policy.unit.rounding)
                    each.minutes, each.good = each.known[1][0].minutes, each.plan.plain
                seen.add(key)

    def _bundled(self, opened: Iterable[_Open]) -> None:
        """Hold what has not come together yet."""
        groups: dict[tuple[str, str], list[_Open]] = {}
        rules: dict[str, Bundle] = {}
        for each in opened:
            rule = each.plan.bundle
            if rule is not None and each.minutes:
                rules[rule.id] = rule
                groups.setdefault((rule.id, _bundle(each, rule)), []).append(each)
        for (name, _), group in groups.items():
            rule, there = rules[name], sum(each.minutes for each in group)
            if there < rule.minutes:
                source, given = self.planner.source(rule), f"{there}/{rule.minutes}"
                for each in group:
                    left = each.minutes
                    each.took(
                        Part(Outcome.HELD, left, Why.BUNDLE, rule.id, source, given, rule.says)
                    )

    def _capped(self, opened: Sequence[_Open]) -> None:
        rivals = []
        for each in opened:
            if each.plan.caps:
                rivals.append(each)
            else:
                _counts(each)
        if not rivals:
            return
        plans = {id(each.plan): each.plan for each in rivals}
        under = {name: self._under(plan) for name, plan in plans.items()}
        free = sum(plan.minutes for plan in self.planner.plans() if _is_free(plan))
        wanted = [(each.minutes, under[id(each.plan)]) for each in rivals]
        for each, taken in zip(rivals, shared(wanted, free), strict=True):
            for cut in taken:
                each.took(self._cut(*cut))
            _counts(each)

    def _cut(self, cap: Cap, minutes: int, most: int) -> Part:
        found = self.cuts.get((cap.id, minutes, most))
        if found is None:
            outcome = Outcome.HELD if cap.doubt else Outcome.CAPPED
            why = Why.OFFICE if cap.doubt else Why.OVER_CAP
            source = self.planner.source(cap)
            found = Part(outcome, minutes, why, cap.id, source, str(most), cap.says)
            self.cuts[cap.id, minutes, most] = found
        return found

    def _under(self, plan: Plan) -> Under:
        serves = any(not self.asked.requires[at].need for at in plan.requires)
        return under(plan.caps, self.asked.needed or 0, serves=serves)


def _counts(each: _Open) -> None:
    plan, left = each.plan, each.minutes
    plan.minutes += left
    if left or not each.worth:
        plan.many += 1
    if plan.apart:
        plan.each.append(left)


def _is_free(plan: Plan) -> bool:
    return plan.verdict is None and not plan.caps and not plan.beside


def _closed(each: _Open) -> Decision:
    whole, parts = each.known
    if each.cut is None and each.good is None:
        return Decision(each.entry.id, whole, parts)
    if not each.minutes and each.cut is not None and len(parts) == len(each.cut) == 1:
        return Decision(each.entry.id, each.cut[0].minutes, (each.cut[0],))
    first, *others = parts
    good = _of(each.good or first, each.minutes)
    some = tuple(part for part in (good, *others, *(each.cut or ())) if part.minutes) or (good,)
    return Decision(each.entry.id, sum(part.minutes for part in some), some)


def _alone(plan: Plan, minutes: int, rounding: Rounding) -> tuple[int, tuple[Part, ...]]:
    """Return what an entry of so many minutes is worth, and its parts where no other has a say."""
    award = plan.award
    if award is None:
        return _timed(plan, minutes, rounding)
    if award.times is not None:
        _, parts = _timed(plan, minutes, rounding)
        good = parts[0]._replace(minutes=int(parts[0].minutes * award.times))
        parts = (good, *parts[1:])
        return sum(each.minutes for each in parts), parts
    worth = _given(award, plan.entry)
    return worth, ((plan.verdict or plan.good)._replace(minutes=worth),)


def _of(part: Part, minutes: int) -> Part:
    """Return a part of so many minutes; `_replace` takes five times as long, and this is what there is most of."""
    return Part(part[0], minutes, *part[2:])


def _given(award: Award, entry: Entry) -> int:
    many = Decimal(1) if award.each == "entry" else entry.amount(award.each)
    return int((award.gives or 0) * many)


def _timed(plan: Plan, minutes: int, rounding: Rounding) -> tuple[int, tuple[Part, ...]]:
    there = max(0, minutes)
    out = min(plan.out, there)
    left = there - out
    worth = rounded(left, rounding)
    if rounding.doubt:
        worth = left // rounding.step * rounding.step
    first = _of(plan.verdict or plan.good, worth)
    if worth == there:
        return worth, (first,)
    parts = [first]
    if out:
        parts.append(Part(Outcome.REFUSED, out, Why.BREAKS, "unit"))
    if worth < left and rounding.doubt and parts[0].outcome is Outcome.COUNTED:
        parts.append(Part(Outcome.HELD, left - worth, Why.OFFICE, "unit"))
    elif worth < left:
        parts.append(
            Part(Outcome.REFUSED, left - worth, Why.ROUNDED, "unit", given=str(rounding.step))
        )
    return sum(each.minutes for each in parts), tuple(parts)


def rounded(minutes: int, rounding: Rounding) -> int:
    """Return minutes in whole steps; the nearest is up where it lies between two."""
    step = rounding.step
    if rounding.to == "up":
        return -(-minutes // step) * step
    if rounding.to == "nearest":
        return (2 * minutes + step) // (2 * step) * step
    return minutes // step * step


def _by(entry: Entry, what: str) -> str:
    """Return by what two entries are the same; one without it is by itself."""
    found = {"title": entry.title.casefold().strip(), "topic": entry.topic, "kind": entry.kind}[
        what
    ]
    return found or f"\x00{entry.id}"


def _bundle(each: _Open, rule: Bundle) -> str:
    if rule.by == "tag":
        return min(each.plan.entry.tags & rule.which.tags)
    return _by(each.entry, "topic")
