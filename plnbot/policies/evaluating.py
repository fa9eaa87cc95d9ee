"""The evaluator: from a history to a statement. Pure, exact, and the same again whatever the order.

**In this order.** Each entry is judged by itself (`planning`): where it lies, whether its kind counts, what it
gives, whether something is missing. What looks at several entries comes after that: what counts only once, what has
to come together first, maxima. Where several entries want what is left under a maximum, those come first that
stand under fewer maxima, then those that serve a requirement, then the earlier ones, so that a maximum takes
no more than it must. Minutes that counted serve requirements last.

**Every minute is accounted for.** The parts of an entry add up to what it is worth, and each part says which
rule it is by. What hangs on a figure that is in doubt is held: it is neither counted nor refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from plnbot.policies import needs, standing
from plnbot.policies.entries import Entry, Licence
from plnbot.policies.periods import DAY, Period, before, later, period
from plnbot.policies.planning import Planner
from plnbot.policies.rules import Carry, Policy
from plnbot.policies.statements import Decision, Outcome, Part, Statement, Why
from plnbot.policies.together import Opened, Together
from plnbot.policies.worth import alone


def evaluate(
    policy: Policy,
    licence: Licence,
    entries: Sequence[Entry],
    today: date,
    decided: Mapping[str, Decision] | None = None,
) -> Statement:
    """Return where a licence stands on a day under a policy, and what becomes of every entry and why.

    `decided` are entries, by their ids, as they were decided under an earlier version: they stay so, take what they took of
    maxima and first times, and serve the requirements of now. What was held there is not decided, and is judged anew.
    Entries of any time may be given: what lies before the period is looked at where a rule looks back. Raises `ValueError` where two have one id.
    """
    if len({each.id for each in entries}) < len(entries):
        raise ValueError("two entries have the same id")
    now = period(policy, licence, today)
    run = _Run(policy, licence, entries, now, today, kept=decided or {})
    carried = _carried(run, before(policy, licence, today))
    return run.statement(carried)


def _carried(run: "_Run", earlier: Period | None) -> tuple[Carry | None, Mapping[str, int]]:
    """Return what of the period before counts in this one, by entry: what was last earned goes first."""
    rule = next((each for each in run.policy.carries if run.planner.known.applies(each)), None)
    if rule is None or earlier is None or earlier.until is None or rule.doubt:
        return rule, {}
    before_it = _Run(run.policy, run.licence, run.entries, earlier, earlier.until, kept=run.kept)
    prior = before_it.statement((None, {}))
    left = max(0, prior.counted - (prior.needed or 0))
    if rule.minutes is not None:
        left = min(left, rule.minutes)
    since = later(earlier.until + DAY, -rule.months) if rule.months else earlier.since
    by_id = {each.entry: each.counted for each in prior.decisions}
    found: dict[str, int] = {}
    for entry in sorted(run.entries, key=lambda each: (each.on, each.id), reverse=True):
        taken = min(left, by_id[entry.id]) if entry.on >= since else 0
        if taken and run.planner.matches(rule.which, run.planner.tagged(entry)):
            found[entry.id] = taken
            left -= taken
    return rule, found


class _Run:
    """One evaluation of one licence in one period."""

    def __init__(
        self,
        policy: Policy,
        licence: Licence,
        entries: Sequence[Entry],
        now: Period,
        today: date,
        *,
        kept: Mapping[str, Decision],
    ) -> None:
        self.kept = kept
        self.policy, self.licence, self.entries = policy, licence, entries
        self.now, self.today = now, today
        self.planner = Planner(policy, licence, now, today)
        self.asked = needs.asked(policy, self.planner.known)
        self.planner.cut(self.asked.requires)

    def statement(self, carried: tuple[Carry | None, Mapping[str, int]]) -> Statement:
        """Judge everything, and say where it stands."""
        decided: list[Decision] = []
        later = Decision("", 0, ())  # stands where it is not known yet
        opened: list[Opened] = []
        rule, brought = carried
        plan_of, rounding, put = self.planner.finding(), self.policy.unit.rounding, decided.append
        for at, entry in enumerate(self.entries):
            if self.kept and (stays := self._stays(entry)) is not None:
                put(stays)
                continue
            plan = plan_of(entry)
            minutes = entry.minutes
            known = plan.known.get(minutes)
            if known is None:
                known = plan.known[minutes] = alone(plan, minutes, rounding)
            whole, parts = known
            if plan.closed:
                put(Decision(entry.id, whole, parts))
                plan.many += 1
                if plan.verdict is None or plan.elsewhere:
                    plan.minutes += parts[0].minutes
            else:
                put(later)
                opened.append((entry.on.toordinal(), entry.id, at, entry, plan, known))
            if rule is not None and entry.id in brought:
                decided[at] = self._brought(entry, whole, rule, brought[entry.id])
        for at, decision in Together(self.planner, self.asked, opened).settled():
            decided[at] = decision
        return standing.statement(
            self.planner, self.asked, tuple(decided), sum(brought.values()) if brought else 0
        )

    def _stays(self, entry: Entry) -> Decision | None:
        """Return an entry as it was decided, None where it was not, or lies in another period."""
        decision = self.kept.get(entry.id)
        if decision is None or any(each.outcome is Outcome.HELD for each in decision.parts):
            return None
        return decision if self.planner.keeps(entry, decision) else None

    def _brought(self, entry: Entry, whole: int, rule: Carry, minutes: int) -> Decision:
        source = self.planner.source(rule)
        good = Part(Outcome.COUNTED, minutes, Why.CARRIED, rule.id, source, says=rule.says)
        rest = Part(Outcome.REFUSED, whole - minutes, Why.EARLIER, "cycle")
        return Decision(entry.id, whole, (good, rest) if rest.minutes > 0 else (good,))
