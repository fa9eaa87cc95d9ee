"""Recurrence: RFC 5545 rules over wall time, resolved to instants only at the end. Pure.

Cron-like schedulers fire a 01:30 job twice in autumn and stumble in spring; wall time does not. `rules`
reads a rule, `days` walks from one of its days to the next, and `recurring` puts time of day and zone to them.

What saves the search: clocks reach the wall time W for the first time at `instant(W)`, so an occurrence is later
than the instant `at` only if its W is later than what clocks show at `at`. Nothing before that is walked through.
"""

from plnbot.recurrence.recurring import Recurrence
from plnbot.recurrence.rules import FIRST_YEAR, LAST_YEAR, RuleError

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Recurrence", "RuleError"]
