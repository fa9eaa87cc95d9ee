"""What several entries have a say in: what counts once, what has to come together, and maxima.

Entries stand in the order of their days. What is left of each is a list of minutes beside them, and what was
cut off is kept by its place: most are never cut, and there may be thousands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from plnbot.policies.entries import Entry
from plnbot.policies.needs import Asked
from plnbot.policies.planning import Planner
from plnbot.policies.plans import Plan
from plnbot.policies.rules import Bundle, Cap, Per
from plnbot.policies.sharing import Under, most, shared, under
from plnbot.policies.statements import Outcome, Part, Why, Worth
from plnbot.policies.worth import part_of, timed


class Together:
    """Entries about which others have a say."""

    def __init__(
        self,
        planner: Planner,
        asked: Asked,
        judged: tuple[Sequence[Entry], Sequence[Plan], Sequence[Worth]],
        opened: Sequence[int],
    ) -> None:
        entries, plans, worths = judged
        self.planner, self.asked = planner, asked
        self.at = opened
        """Their places among all entries, in the order of their days; below, what is known of each in that order."""
        self.entries = [entries[at] for at in self.at]
        self.plans = [plans[at] for at in self.at]
        self.worths = [worths[at] for at in self.at]
        self.minutes = [parts[0].minutes for _, parts in self.worths]
        self.cuts: dict[int, tuple[Part, ...]] = {}
        self.again: dict[int, tuple[Part, Worth]] = {}
        """Those that an award gives nothing any more: they go by their minutes."""
        self._made: dict[tuple[str, int, int], tuple[Part]] = {}

    def settled(self) -> Iterator[tuple[int, Worth]]:
        """Yield what became of each that is not as it would be alone, with its place among all entries."""
        planner = self.planner
        if planner.onces or any(award.first_only for award in planner.awards):
            self._first_times()
        if planner.bundles:
            self._bundled()
        self._capped()
        self._count()
        for number, cut in (dict.fromkeys(self.again, ()) | self.cuts).items():
            known = self.worths[number]
            if len(cut) == 1 and not self.minutes[number] and len(known[1]) == 1:
                yield self.at[number], (cut[0].minutes, cut)
            else:
                yield self.at[number], self._several(number, known, cut)

    def _several(self, number: int, known: Worth, cut: tuple[Part, ...]) -> Worth:
        good, (_, (first, *others)) = self.again.get(number) or (None, known)
        left = part_of(good or first, self.minutes[number])
        parts = tuple(part for part in (left, *others, *cut) if part.minutes) or (left,)
        return sum(part.minutes for part in parts), parts

    def _took(self, number: int, parts: tuple[Part]) -> None:
        before = self.cuts.get(number)
        self.cuts[number] = parts if before is None else before + parts
        self.minutes[number] -= parts[0].minutes

    def _first_times(self) -> None:
        """Refuse what counts only the first time, and give awards only then."""
        seen: set[tuple[str, str, int]] = {
            (rule.id, _by(plan.entry, rule.by), plan.year if rule.per is Per.YEAR else -1)
            for plan in self.planner.kept
            for rule in plan.onces
        }
        rounding = self.planner.policy.unit.rounding
        for number, (entry, plan) in enumerate(zip(self.entries, self.plans, strict=True)):
            for rule in plan.onces:
                key = (rule.id, _by(entry, rule.by), plan.year if rule.per is Per.YEAR else -1)
                left = self.minutes[number]
                if key in seen and left:
                    source = self.planner.source(rule)
                    part = Part(Outcome.REFUSED, left, Why.AGAIN, rule.id, source, "", rule.says)
                    self._took(number, (part,))
                seen.add(key)
            award = plan.award
            if award is not None and award.first_only and self.minutes[number]:
                key = (award.id, _by(entry, award.by), -1)
                if key in seen:
                    known = timed(plan, entry.minutes, rounding)
                    self.minutes[number] = known[1][0].minutes
                    self.again[number] = plan.plain, known
                seen.add(key)

    def _bundled(self) -> None:
        """Hold what has not come together yet."""
        groups: dict[tuple[str, str], list[int]] = {}
        rules: dict[str, Bundle] = {}
        for number, (entry, plan) in enumerate(zip(self.entries, self.plans, strict=True)):
            rule = plan.bundle
            if rule is not None and self.minutes[number]:
                rules[rule.id] = rule
                by = (
                    min(plan.entry.tags & rule.which.tags)
                    if rule.by == "tag"
                    else _by(entry, "topic")
                )
                groups.setdefault((rule.id, by), []).append(number)
        for (name, _), group in groups.items():
            rule, there = rules[name], sum(self.minutes[each] for each in group)
            if there < rule.minutes:
                source, given = self.planner.source(rule), f"{there}/{rule.minutes}"
                for each in group:
                    left = self.minutes[each]
                    part = Part(Outcome.HELD, left, Why.BUNDLE, rule.id, source, given, rule.says)
                    self._took(each, (part,))

    def _capped(self) -> None:
        rivals = [number for number, plan in enumerate(self.plans) if plan.caps]
        wanted = [self.minutes[number] for number in rivals]
        stands = [plan.under or self._under(plan) for plan in self.plans if plan.caps]
        free = sum(plan.minutes for plan in self.planner.plans() if _is_free(plan))
        if len(rivals) < len(self.plans):
            both = zip(self.plans, self.minutes, strict=True)
            free += sum(left for plan, left in both if _is_free(plan))
        kept = [plan for plan in self.planner.kept if plan.caps]
        free += sum(plan.minutes for plan in kept)
        decided = Counter[str]()
        for plan in kept:
            decided.update({cap.id: plan.minutes for cap, _ in plan.caps if cap.of_earned})
        cuts = shared(wanted, stands, free, self._left(), decided)
        made, took, left = self._made, self.cuts, self.minutes
        for number, taken in zip(rivals, cuts, strict=True):
            for cap, minutes, whole in taken:
                parts = made.get((cap.id, minutes, whole)) or self._cut(cap, minutes, whole)
                before = took.get(number)
                took[number] = parts if before is None else before + parts
                left[number] -= minutes

    def _left(self) -> dict[tuple[str, int], int]:
        """Return what is left under maxima of which entries that were decided before took something."""
        left: dict[tuple[str, int], int] = {}
        for plan in self.planner.kept:
            for cap, year in plan.caps:
                whole = most(cap, self.asked.needed or 0)
                left[cap.id, year] = max(0, left.get((cap.id, year), whole) - plan.minutes)
        return left

    def _under(self, plan: Plan) -> Under:
        serves = any(not self.asked.requires[at].need for at in plan.requires)
        plan.under = under(plan.caps, self.asked.needed or 0, serves=serves)
        return plan.under

    def _cut(self, cap: Cap, minutes: int, whole: int) -> tuple[Part]:
        outcome, why = (Outcome.HELD, Why.OFFICE) if cap.doubt else (Outcome.CAPPED, Why.OVER_CAP)
        source = self.planner.source(cap)
        part = Part(outcome, minutes, why, cap.id, source, str(whole), cap.says)
        found = self._made[cap.id, minutes, whole] = (part,)
        return found

    def _count(self) -> None:
        for left, plan, (_, parts) in zip(self.minutes, self.plans, self.worths, strict=True):
            plan.minutes += left
            if left or not parts[0].minutes:
                plan.many += 1
            if plan.apart:
                plan.each.append(left)


def _is_free(plan: Plan) -> bool:
    return not plan.caps and not plan.beside and plan.verdict is None


def _by(entry: Entry, what: str) -> str:
    """Return by what two entries are the same; one without it is by itself."""
    found = {"title": entry.title.casefold().strip(), "topic": entry.topic, "kind": entry.kind}[
        what
    ]
    return found or f"\x00{entry.id}"
