"""How late a prompt may come, where nobody says otherwise."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

DAILY = timedelta(hours=2)
RARER = timedelta(hours=12)
CHOICES = (timedelta(minutes=30), DAILY, timedelta(hours=6), RARER, timedelta(days=1))
_A_DAY = timedelta(hours=36)


def usual_staleness(coming: Sequence[datetime]) -> timedelta:
    """Return two hours for what comes about daily, and half a day for what is rarer."""
    gaps = [later - earlier for earlier, later in pairwise(coming)]
    return DAILY if gaps and min(gaps) <= _A_DAY else RARER
