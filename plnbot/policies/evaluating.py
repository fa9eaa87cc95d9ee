"""The evaluator: from a history to a statement. Pure, exact, and the same again whatever the order.

**In this order.** Each entry is judged by itself (`planning`): where it lies, whether its kind counts, what it
gives, whether something is missing. What looks at several entries comes after that: what counts only once, what has
to come together first, maxima. Where several entries want what is left under a maximum, those come first that
stand under fewer maxima, then those that serve a requirement, then the earlier ones, so that a maximum takes
no more than it must. Minutes that counted serve requirements last.

**Every minute is accounted for.** The parts of an entry add up to what it is worth, and each part says which
rule it is by. What hangs on a figure that is in doubt is held: it is neither counted nor refused.
"""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from plnbot.policies import needs, standing
from plnbot.policies.deeds import Deeds
from plnbot.policies.entries import Entry, Licence
from plnbot.policies.periods import DAY, Period, before, later, period
from plnbot.policies.planning import Planner
from plnbot.policies.plans import Plan
from plnbot.policies.rules import Carry, Policy
from plnbot.policies.statements import Decision, Outcome, Part, Statement, Why, Worth, made
from plnbot.policies.together import Together
from plnbot.policies.worth import known_of


def evaluate(
    policy: Policy,
    licence: Licence,
    entries: Sequence[Entry] | Deeds,
    today: date,
    decided: Mapping[str, Decision] | None = None,
) -> Statement:
    """Return where a licence stands on a day under a policy, and what becomes of every entry and why.

    `decided` are entries, by their ids, as they were decided under an earlier version: they stay so, take what they took of
    maxima and first times, and serve the requirements of now. What was held there is not decided, and is judged anew.
    Entries of any time may be given: what lies before the period is looked at where a rule looks back. Raises `ValueError` where two have one id.
    Whoever asks for several licences makes `Deeds` of them once.
    """
    now = period(policy, licence, today)
    deeds = entries if isinstance(entries, Deeds) else Deeds(entries)
    run = _Run(policy, licence, deeds, now, today, kept=decided or {})
    carried = _carried(run, before(policy, licence, today))
    return run.statement(carried)


def _carried(run: "_Run", earlier: Period | None) -> tuple[Carry | None, Mapping[str, int]]:
    """Return what of the period before counts in this one, by entry: what was last earned goes first."""
    rule = next((each for each in run.policy.carries if run.planner.known.applies(each)), None)
    if rule is None or earlier is None or earlier.until is None or rule.doubt:
        return rule, {}
    before_it = _Run(run.policy, run.licence, run.deeds, earlier, earlier.until, kept=run.kept)
    prior = before_it.statement((None, {}))
    left = max(0, prior.counted - (prior.needed or 0))
    if rule.minutes is not None:
        left = min(left, rule.minutes)
    since = later(earlier.until + DAY, -rule.months) if rule.months else earlier.since
    by_id = {each.entry: each.counted for each in prior.decisions}
    found: dict[str, int] = {}
    for entry in reversed(run.deeds.entries):
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
        deeds: Deeds,
        now: Period,
        today: date,
        *,
        kept: Mapping[str, Decision],
    ) -> None:
        self.kept = kept
        self.policy, self.licence, self.deeds = policy, licence, deeds
        self.now, self.today = now, today
        self.planner = Planner(policy, licence, now, today)
        self.asked = needs.asked(policy, self.planner.known)
        self.planner.cut(self.asked.requires)

    def statement(self, carried: tuple[Carry | None, Mapping[str, int]]) -> Statement:
        """Judge everything, and say where it stands."""
        rule, brought = carried
        entries, rounding = self.deeds.entries, self.policy.unit.rounding
        stays = self._stays() if self.kept else {}
        plans = self.planner.planned(self.deeds)
        worths = [
            plan.known.get(minutes) or known_of(plan, minutes, rounding)
            for plan, minutes in zip(plans, self.deeds.minutes, strict=True)
        ]
        for at, worth in stays.items():
            worths[at] = worth
        if any(plan.closed and plan.adds for plan in self.planner.plans()):
            self._add(plans, worths, stays)
        opened = [at for at, plan in enumerate(plans) if not plan.closed and at not in stays]
        if opened:
            judged = entries, plans, worths
            for at, worth in Together(self.planner, self.asked, judged, opened).settled():
                worths[at] = worth
        if rule is not None and brought:
            for at, entry in enumerate(entries):
                if entry.id in brought and at not in stays:
                    worths[at] = self._brought(worths[at][0], rule, brought[entry.id])
        decided = made(self.deeds.ids, worths)
        in_order = tuple(map(decided.__getitem__, self.deeds.given))
        return standing.statement(
            self.planner, self.asked, in_order, sum(brought.values()) if brought else 0
        )

    @staticmethod
    def _add(plans: Sequence[Plan], worths: Sequence[Worth], stays: Container[int]) -> None:
        """Add up what came together of those in which no other entry has a say."""
        for at, (plan, worth) in enumerate(zip(plans, worths, strict=True)):
            if plan.closed and plan.adds and at not in stays:
                plan.many += 1
                plan.minutes += worth[1][0].minutes

    def _stays(self) -> dict[int, Worth]:
        """Return, by their places, entries as they were decided: not those that lie in another period, or are held."""
        found: dict[int, Worth] = {}
        for at, entry in enumerate(self.deeds.entries):
            decision = self.kept.get(entry.id)
            if decision is None or any(each.outcome is Outcome.HELD for each in decision.parts):
                continue
            if self.planner.keeps(entry, decision):
                found[at] = decision.minutes, decision.parts
        return found

    def _brought(self, whole: int, rule: Carry, minutes: int) -> Worth:
        source = self.planner.source(rule)
        good = Part(Outcome.COUNTED, minutes, Why.CARRIED, rule.id, source, says=rule.says)
        rest = Part(Outcome.REFUSED, whole - minutes, Why.EARLIER, "cycle")
        return whole, (good, rest) if rest.minutes > 0 else (good,)
