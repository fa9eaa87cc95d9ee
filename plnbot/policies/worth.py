"""What one entry is worth by itself: its minutes without breaks and rounded, or what a rule gives for it."""

from decimal import Decimal

from plnbot.policies.entries import Entry
from plnbot.policies.plans import Plan
from plnbot.policies.rules import Award, Rounding
from plnbot.policies.statements import Outcome, Part, Why, Worth


def known_of(plan: Plan, minutes: int, rounding: Rounding) -> Worth:
    """Return what an entry of so many minutes is worth, and keep it for those that are alike."""
    found = plan.known[minutes] = alone(plan, minutes, rounding)
    return found


def alone(plan: Plan, minutes: int, rounding: Rounding) -> Worth:
    """Return what an entry of so many minutes is worth, and its parts where no other has a say."""
    award = plan.award
    if award is None:
        return timed(plan, minutes, rounding)
    if award.times is not None:
        _, parts = timed(plan, minutes, rounding)
        good = parts[0]._replace(minutes=int(parts[0].minutes * award.times))
        parts = (good, *parts[1:])
        return sum(each.minutes for each in parts), parts
    worth = _given(award, plan.entry)
    return worth, ((plan.verdict or plan.good)._replace(minutes=worth),)


def part_of(part: Part, minutes: int) -> Part:
    """Return a part of so many minutes; `_replace` takes five times as long, and this is what there is most of."""
    return Part(part[0], minutes, *part[2:])


def _given(award: Award, entry: Entry) -> int:
    many = Decimal(1) if award.each == "entry" else entry.amount(award.each)
    return int((award.gives or 0) * many)


def timed(plan: Plan, minutes: int, rounding: Rounding) -> Worth:
    """Return what minutes are worth without breaks, in whole steps, and what that leaves out."""
    there = max(0, minutes)
    out = min(plan.out, there)
    left = there - out
    worth = rounded(left, rounding)
    if rounding.doubt:
        worth = left // rounding.step * rounding.step
    first = part_of(plan.verdict or plan.good, worth)
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
