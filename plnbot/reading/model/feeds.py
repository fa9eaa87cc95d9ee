"""A network's feeds, the rooms they are posted in, and how polling them goes."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from plnbot.refs import Place
from plnbot.skills.model import Carrier
from plnbot.syndication import Known
from plnbot.values import dataclass


class Manner(StrEnum):
    """How a room gets what a feed brings."""

    INSTANT = "instant"
    DIGEST = "digest"
    SHELF = "shelf"
    """Not at all: it is there for who looks for it."""


class Audience(StrEnum):
    """Whom it is worth reading for."""

    TEACHERS = "teachers"
    PUPILS = "pupils"


class Deed(StrEnum):
    """What the audit log tells."""

    ADDED = "reading.feed_added"
    CHANGED = "reading.feed_changed"
    REMOVED = "reading.feed_removed"
    BROUGHT_BACK = "reading.feed_back"
    MOVED = "reading.feed_moved"
    FILTERED = "reading.feed_filtered"
    APPROVED = "reading.approved"
    DECLINED = "reading.declined"
    RETURNED = "reading.returned"
    TAKEN = "reading.taken_away"
    RULES = "reading.rules"


FEED = "feed"
"""As what a feed carries skills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a curator says of a feed. `subjects` and `grades` are ids of their packs.

    `paywall`: its posts need a subscription, where they do not say otherwise themselves.
    """

    title: str
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    audience: Audience = Audience.TEACHERS
    note: str = ""
    paywall: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed of a network. `key` is the address by which it is known again, `kind` what comes in it.

    `filters` are kept as plain values. `approval` says whether its posts wait for a curator; None where
    it is as its network wants it. `last` is how many of its newest items are posted at the first
    poll. One that was removed keeps its row, so that what it showed is known when it is back.
    """

    id: int
    network: int
    address: str
    key: str
    kind: str
    site: str
    language: str
    about: About
    filters: Mapping[str, object]
    approval: bool | None
    last: int
    added_by: int | None
    added_at: datetime
    removed_at: datetime | None = None

    @property
    def carrier(self) -> Carrier:
        """What carries the skills of all that it brings."""
        return Carrier(FEED, self.id)


@dataclass(frozen=True, slots=True)
class FeedRoom:
    """A room in which a feed is posted."""

    id: int
    feed: int
    network: int
    place: Place
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How polling a feed goes: what is known of the last answer, and what was asked for.

    `asks` are the wishes of feed and server as plain values. `failures` is how many polls failed in a row
    `failing_since` then; `why` is the word for it, `status` the number. `told_at` is when its curator was
    told of that, `gone_at` when of its being gone. `moved_to` is an address that it says it has moved to,
    since `moved_since`; `fix` one that was found in its place.
    """

    known: Known = field(default_factory=Known)
    asks: Mapping[str, object] = field(default_factory=dict)
    polled_at: datetime | None = None
    answered_at: datetime | None = None
    newest_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    why: str = ""
    status: int = 0
    told_at: datetime | None = None
    silent_told_at: datetime | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    fix: str = ""
    gone_at: datetime | None = None
