"""The pack of growth: goals to choose from, for who has no words of their own yet."""

from collections.abc import Mapping
from functools import cache

from plnbot.packs import Named, Pack
from plnbot.packs.reading import named
from plnbot.talk import limits

GOALS = Pack("goals.toml", "goal", named, limits.OPTIONS)
PACKS = (GOALS,)


@cache
def goals() -> Mapping[str, Named]:
    """Return the goals that one can choose, by id; raises `PackError`."""
    return GOALS.load()
