"""How work is tried again: one value on its kind, which says how often, how long, and what then.

Two things go wrong in two ways. The other side is out of reach: that says nothing of the work, and
is tried for long. We ourselves fail: that will hardly mend itself, and is tried a few times.
"""

import random
from datetime import timedelta

from plnbot.engine.work.rows import WorkState
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How one kind of work is tried again.

    `tries` is how many attempts may end in an error of our own. `keep_trying` is for how long, from
    when it was due, the other side may be out of reach; then it is given up. What is given up ends
    as `given_up`: parked for an operator, or refused where nobody need look.

    The first wait is `first_wait`; each is twice as long as the one before, up to `longest_wait`,
    and shorter by chance, so that not all come back at one moment.
    """

    tries: int = 12
    keep_trying: timedelta = timedelta(days=3)
    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(minutes=10)
    given_up: WorkState = WorkState.PARKED

    def after_failure(self, failures: int, chance: random.Random) -> timedelta | None:
        """Return how long to wait after so many errors of our own; None where it is given up."""
        return None if failures >= self.tries else self._back_off(failures, chance)

    def out_of_reach(
        self, attempts: int, waited: timedelta, told: timedelta | None, chance: random.Random
    ) -> timedelta | None:
        """Return how long to wait for the other side; None where it is given up.

        `waited` is how long it has been due, and `told` what the other side asked for.
        """
        if waited > self.keep_trying:
            return None
        # Never much longer than a tenth of what it has waited: a chat goes on soon after an outage.
        tenth = max(self.first_wait, waited / 10)
        return told or min(self._back_off(attempts, chance), tenth)

    def _back_off(self, attempts: int, chance: random.Random) -> timedelta:
        longest: timedelta = min(self.first_wait * 2 ** min(attempts - 1, 20), self.longest_wait)
        return longest * chance.uniform(0.5, 1.0)


ORDINARY = RetryPolicy()
"""What a kind has that names no other."""
