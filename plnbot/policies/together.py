"""What several entries have a say in: what counts once, what has to come together, and maxima.

Entries stand in the order of their days. What is left of each is a list of minutes beside them, and what was
cut off is kept by its place: most are never cut, and there may be thousands.
"""

from collections import Counter
from collections.abc import Iterator

from plnbot.policies.entries import Entry
from plnbot.policies.needs import Asked
from plnbot.policies.planning import Plan, Planner
from plnbot.policies.rules import Bundle, Cap, Per
from plnbot.policies.sharing import Under, most, shared, under
from plnbot.policies.statements import Decision, Outcome, Part, Why
from plnbot.policies.worth import part_of, timed

Known = tuple[int, tuple[Part, ...]]
Opened = tuple[int, str, int, Entry, Plan, Known]
"""Its day, as a number, and id, by which it is sorted; its place among all; and what it is where nobody says otherwise."""


class Together:
    """Entries about which others have a say."""

    def __init__(self, planner: Planner, asked: Asked, opened: list[Opened]) -> None:
        opened.sort()  # no two have one id, so nothing behind it is compared
        self.planner, self.asked, self.opened = planner, asked, opened
        self.minutes = [known[1][0].minutes for *_, known in opened]
        self.cuts: dict[int, tuple[Part, ...]] = {}
        self.again: dict[int, tuple[Part, Known]] = {}
        """Those that an award gives nothing any more: they go by their minutes."""
        self._made: dict[tuple[str, int, int], tuple[Part]] = {}

    def settled(self) -> Iterator[tuple[int, Decision]]:
        """Yield what became of each, with its place among all entries."""
        planner = self.planner
        if planner.onces or any(award.first_only for award in planner.awards):
            self._first_times()
        if planner.bundles:
            self._bundled()
        self._capped()
        for number, (_, name, at, _, _, known) in enumerate(self.opened):
            cut = self.cuts.get(number)
            if cut is None and number not in self.again:
                yield at, Decision(name, known[0], known[1])
            elif not self.minutes[number] and cut is not None and len(known[1]) == len(cut) == 1:
                yield at, Decision(name, cut[0].minutes, cut)
            else:
                yield at, self._several(number, name, known, cut or ())

    def _several(self, number: int, name: str, known: Known, cut: tuple[Part, ...]) -> Decision:
        good, (_, (first, *others)) = self.again.get(number) or (None, known)
        left = part_of(good or first, self.minutes[number])
        parts = tuple(part for part in (left, *others, *cut) if part.minutes) or (left,)
        return Decision(name, sum(part.minutes for part in parts), parts)

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
        for number, (_, _, _, entry, plan, _) in enumerate(self.opened):
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
        for number, (_, _, _, entry, plan, _) in enumerate(self.opened):
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
        rivals: list[int] = []
        wanted: list[tuple[int, Under]] = []
        stands: dict[int, Under] = {}
        free = sum(plan.minutes for plan in self.planner.plans() if _is_free(plan))
        for number, (_, _, _, _, plan, _) in enumerate(self.opened):
            if not plan.caps:
                free += self.minutes[number] if _is_free(plan) else 0
                continue
            found = stands.get(id(plan))
            if found is None:
                found = stands[id(plan)] = self._under(plan)
            rivals.append(number)
            wanted.append((self.minutes[number], found))
        kept = [plan for plan in self.planner.kept if plan.caps]
        free += sum(plan.minutes for plan in kept)
        decided = Counter[str]()
        for plan in kept:
            decided.update({cap.id: plan.minutes for cap, _ in plan.caps if cap.of_earned})
        cuts = shared(wanted, free, self._left(), decided)
        for number, taken in zip(rivals, cuts, strict=True):
            for cap, minutes, whole in taken:
                self._took(number, self._cut(cap, minutes, whole))
        self._count()

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
        return under(plan.caps, self.asked.needed or 0, serves=serves)

    def _cut(self, cap: Cap, minutes: int, whole: int) -> tuple[Part]:
        found = self._made.get((cap.id, minutes, whole))
        if found is None:
            outcome = Outcome.HELD if cap.doubt else Outcome.CAPPED
            why = Why.OFFICE if cap.doubt else Why.OVER_CAP
            source = self.planner.source(cap)
            found = (Part(outcome, minutes, why, cap.id, source, str(whole), cap.says),)
            self._made[cap.id, minutes, whole] = found
        return found

    def _count(self) -> None:
        for left, (_, _, _, _, plan, (_, parts)) in zip(self.minutes, self.opened, strict=True):
            plan.minutes += left
            if left or not parts[0].minutes:
                plan.many += 1
            if plan.apart:
                plan.each.append(left)


def _is_free(plan: Plan) -> bool:
    return plan.verdict is None and not plan.caps and not plan.beside


def _by(entry: Entry, what: str) -> str:
    """Return by what two entries are the same; one without it is by itself."""
    found = {"title": entry.title.casefold().strip(), "topic": entry.topic, "kind": entry.kind}[
        what
    ]
    return found or f"\x00{entry.id}"
