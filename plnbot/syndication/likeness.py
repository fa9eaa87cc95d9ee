"""Whether two items of different feeds tell the same story, by nearly the same title.

Titles are compared by their words. Numbers must agree: episode 12 and episode 13 are alike to the
letter, and are two. Very short titles ("Links", "Weekly round-up") say too little to be alike.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import itemgetter

from plnbot.syndication.identity import spoken

THRESHOLD = 90.0
"""Per cent, from which on two titles are alike."""
WITHIN = timedelta(hours=72)
"""Two that are alike are one story if they came no further apart."""
_SHORTEST = 16
_FEWEST = 3
_NUMBERS = re.compile(r"\d+")
_MOST = 100.0


def likeness(one: str, other: str) -> float:
    """Return how like two titles are, from 0 to 100; 0 also where numbers differ or they say little."""
    return _likeness(spoken(one), spoken(other), 0)


class Told:
    """What was told, with its title and when it came, ready for many titles to be compared with it."""

    def __init__(self, told: Iterable[tuple[int, str, datetime]]) -> None:
        held = sorted(told, key=itemgetter(2))
        self._came = [came for _, _, came in held]
        self._said = [spoken(title) for _, title, _ in held]
        self._which = [which for which, _, _ in held]

    def most_like(
        self,
        title: str,
        came: datetime,
        *,
        threshold: float = THRESHOLD,
        within: timedelta = WITHIN,
        but: int = 0,
    ) -> int | None:
        """Return what is told under the most alike title and came near, the first where several are so.

        `but` is not looked at.
        """
        first, last = (
            bisect_left(self._came, came - within),
            bisect_right(self._came, came + within),
        )
        said = spoken(title)
        from rapidfuzz import fuzz, process  # only who compares titles needs it

        near = self._said[first:last]
        found = process.extract(said, near, scorer=fuzz.ratio, score_cutoff=threshold, limit=None)
        fitting = [
            (-score, self._which[first + at])
            for words, score, at in found
            if self._which[first + at] != but and _likeness(said, words, threshold) >= threshold
        ]
        return min(fitting)[1] if fitting else None


def _likeness(one: str, other: str, cutoff: float) -> float:
    """Return how like two titles are that are already spoken."""
    if not one or not other or sorted(_NUMBERS.findall(one)) != sorted(_NUMBERS.findall(other)):
        return 0.0
    short = (
        min(len(one), len(other)) < _SHORTEST or min(one.count(" "), other.count(" ")) < _FEWEST - 1
    )
    if short:
        return 0.0
    from rapidfuzz import fuzz  # only who compares titles needs it

    return _MOST if one == other else fuzz.ratio(one, other, score_cutoff=cutoff)
