"""Names of work, posts and notices."""

from datetime import datetime
from urllib.parse import urlsplit

from plnbot.engine.roles import Role, needs
from plnbot.talk.words import msg

CURATES = needs(
    Role.CURATOR,
    Role.ORGANISER,
    otherwise=msg("Looking after feeds is for curators. An administrator can make you one."),
)
POLL, FIND = "reading.poll", "reading.find"
STORY = "reading.story"
GONE = msg("This feed is no longer there.")


def poll_key(feed: int) -> str:
    """Return under which key a feed is polled."""
    return f"reading/poll/{feed}"


def lane_of(kind: str, address: str) -> str:
    """Return the lane of a host: one question after the other."""
    return f"{kind}/{urlsplit(address).hostname or ''}"[:100]


def story_post(story: int, room: int, now: datetime) -> str:
    """Return under which key a story is to stand in a room: one that was taken back may come again."""
    return f"reading/story/{story}/{room}/{int(now.timestamp())}"


def topic(network: int) -> str:
    """Return what a change of a network's feeds is announced as."""
    return f"reading:{network}"
