"""Whether two items of different feeds tell the same story: the same page, or nearly the same title.

Titles are compared by their words. Numbers must agree: episode 12 and episode 13 are alike to the
letter, and are two. Very short titles ("Links", "Weekly round-up") say too little to be alike.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from plnbot.syndication.identity import spoken
from plnbot.values import dataclass

THRESHOLD = 90.0
"""Per cent, from which on two titles are alike."""
WITHIN = timedelta(hours=72)
"""Two that are alike are one story if they came no further apart."""
_SHORTEST = 16
_FEWEST = 3
_NUMBERS = re.compile(r"\d+")
_MOST = 100.0


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared: the title as people read it, the key of its page, and when it came."""

    title: str
    key: str
    came: datetime


def likeness(one: str, other: str) -> float:
    """Return how like two titles are, from 0 to 100; 0 also where numbers differ or they say little."""
    return _likeness(spoken(one), spoken(other), 0)


def same_story(
    one: Story, other: Story, *, threshold: float = THRESHOLD, within: timedelta = WITHIN
) -> bool:
    """Tell whether two are one story: one page, or alike and close to each other in time."""
    if one.key and one.key == other.key:
        return True
    near = abs(one.came - other.came) <= within
    return near and _likeness(spoken(one.title), spoken(other.title), threshold) >= threshold


def first_told(
    story: Story,
    earlier: Iterable[Story],
    *,
    threshold: float = THRESHOLD,
    within: timedelta = WITHIN,
) -> Story | None:
    """Return the story among `earlier` that this one is: the same page, else the most alike title."""
    held = list(earlier)
    page = next((each for each in held if each.key and each.key == story.key), None)
    if page is not None:
        return page
    near = [each for each in held if abs(each.came - story.came) <= within]
    title = spoken(story.title)
    said = {at: spoken(each.title) for at, each in enumerate(near)}
    from rapidfuzz import fuzz, process  # only who compares titles needs it

    found = process.extract(title, said, scorer=fuzz.ratio, score_cutoff=threshold, limit=None)
    fitting = (
        near[at] for words, _, at in found if _likeness(title, words, threshold) >= threshold
    )
    return next(fitting, None)


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
