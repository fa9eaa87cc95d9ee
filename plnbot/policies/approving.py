"""How many approvals something needs, for whoever asks before it is sent in."""

from datetime import date

from plnbot.policies.entries import Entry, Licence
from plnbot.policies.periods import period
from plnbot.policies.planning import Planner
from plnbot.policies.rules import Policy


def approvals_of(policy: Policy, licence: Licence, entry: Entry, today: date) -> tuple[int, int]:
    """Return how many approvals an entry needs before it takes place, and how many after."""
    planner = Planner(policy, licence, period(policy, licence, today), today)
    wanted = planner.tagged(entry)
    rule = next((each for each in planner.approvals if planner.matches(each.which, wanted)), None)
    return (rule.before, rule.after) if rule else (0, 0)
