"""Feeds as plain values: what a blog, a channel or a podcast tells of itself and of what is new there.

`feeds` makes these values of what strangers send, and capabilities keep, decide on and show them;
neither imports the other. `Feeds` is the port between them. What is to be decided about values alone
stands here too, pure, so that models may use it:

    identity    which of a feed's items is which, however its publisher names them
    likeness    whether two items tell the same story
    interval    when to ask a feed again

Nothing here knows a network, a database or a clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from plnbot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that comes with an item: its media type, size in bytes and length in seconds, if known."""

    address: str
    kind: str = ""
    size: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One post, video or episode.

    `title` and `text` are plain words; `summary` and `content` are HTML, safe to show once `feeds` has
    cleaned them. `seconds` is how long it plays. `video` is YouTube's id, `captions` are addresses of
    transcripts; `free` and `explicit` are None where the feed does not say.
    `digest` stands for all that the feed says of it: the same digest, the same words.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    text: str = ""
    base: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""
    language: str = ""
    seconds: int | None = None
    video: str = ""
    captions: tuple[str, ...] = ()
    comments: str = ""
    source: str = ""
    free: bool | None = None
    explicit: bool | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was read. Its `items` are those whose digest was not known yet, as the feed has them.

    `digests` are of all its items, in order; there are more in the feed where it is not `whole`.
    `ttl` and `period` are how long it says it need not be asked again, `skip_hours` (0 to 23, UTC) and
    `skip_days` (Monday is 0) when. `moved` is the address that it says it has now, `ended` that
    nothing more will come.
    """

    kind: str = ""
    title: str = ""
    description: str = ""
    link: str = ""
    address: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    rights: str = ""
    generator: str = ""
    updated: datetime | None = None
    ttl: timedelta | None = None
    period: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    moved: str = ""
    ended: bool = False
    items: tuple[Item, ...] = ()
    digests: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What was kept of the last reading; with it, a feed that is the same costs next to nothing.

    `validators` are the headers to ask with; `body` stands for the bytes as they came, `digests` for
    each item.
    """

    validators: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of asking for a feed.

    `feed` is None where nothing has changed (`unchanged`), or where the status is no success. `address`
    is where it answered, `moved` where it has moved to for good, as its server says. `fresh` is for how
    long the answer may be taken as it is. `known` is what to keep for the next time.
    """

    status: int
    address: str
    known: Known
    feed: Feed | None = None
    unchanged: bool = False
    moved: str = ""
    fresh: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed that a link led to: its address, what it calls itself, and how it was found.

    `kind` says what comes in it, where that is known: `all`, `videos`, `shorts`, `live`, `podcast`,
    `comments`, `posts`.
    """

    address: str
    title: str = ""
    kind: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The feeds that a link led to, the best first, and the first of them as it was read.

    Where there is none, `why` is a sentence (of `plnbot.talk`) that says so.
    """

    offers: Sequence[Offer] = ()
    reading: Reading | None = None
    why: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list: its address, its title, the page it belongs to, and the folders it lies in."""

    address: str
    title: str = ""
    site: str = ""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """A list of feeds, such as readers give each other in OPML.

    `doubles` stood in it more than once, `skipped` had no address of the web or came after the most
    that a list may have.
    """

    title: str = ""
    feeds: tuple[Outline, ...] = ()
    doubles: int = 0
    skipped: int = 0


class Feeds(Protocol):
    """Reads feeds from the web, finds them, and reads lists of them; `lists` writes them."""

    async def read(self, address: str, known: Known | None = None) -> Reading:
        """Return what has changed in a feed since it was `known`.

        Raises `Unavailable` where it cannot be reached or read for now, and `Refused` where it may
        never be, also because what stands there is no feed.
        """
        ...

    async def discover(self, link: str) -> Discovery:
        """Return the feeds that a link leads to: the link's own, or those of the page that it is.

        Raises as `read` does, where the link itself cannot be read.
        """
        ...

    async def listed(self, document: bytes) -> Outlines:
        """Return the feeds in a list (OPML). Raises `Refused` with what the document is instead."""
        ...
