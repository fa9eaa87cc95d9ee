"""What a network wants of all its feeds. Pure."""

from plnbot.reading.model.feeds import Feed
from plnbot.values import dataclass

LEAST_ALIKE, MOST_HOURS = 70, 168


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every feed of a network that says nothing else.

    `approval`: each post waits for a curator. `pictures`: cards show pictures from where they lie.
    Titles of different feeds tell one story that are `likeness` per cent alike and came `within` so
    many hours of each other.
    """

    approval: bool = False
    pictures: bool = False
    likeness: int = 90
    within: int = 72


def waits(feed: Feed, rules: Rules) -> bool:
    """Tell whether a feed's posts wait for a curator: as it says itself, else as its network wants."""
    return rules.approval if feed.approval is None else feed.approval
