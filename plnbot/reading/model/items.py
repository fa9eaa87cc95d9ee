"""What is kept of a feed's items, and of the stories that they tell."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from plnbot.addresses import key
from plnbot.syndication import Item
from plnbot.values import dataclass

_READ_A_MINUTE = 220
_LONGEST_TEXT = 8000
_LONGEST_TITLE = 300
_SHORTS = re.compile(r"^/shorts/")
_LIVE = re.compile(r"^/live/")


class Kind(StrEnum):
    """What an item is."""

    ARTICLE = "article"
    VIDEO = "video"
    SHORT = "short"
    LIVE = "live"
    EPISODE = "episode"


class Gate(StrEnum):
    """The gates that an item passes before it is posted, in their order; the one that stops it is kept."""

    OPEN = ""
    FIRST_POLL = "first_poll"
    """It was there before the feed was added."""
    OLD = "old"
    """It came late, with a date of long ago."""
    FILTER = "filter"
    BURST = "burst"
    """More came at once than anybody reads."""
    SHELF = "shelf"
    """Its feed is posted in no room."""


class Standing(StrEnum):
    """Where a story stands."""

    OPEN = "open"
    """To be read by all: posted in the rooms of its feeds, or in their digests."""
    WAITS = "waits"
    """For a curator."""
    DECLINED = "declined"
    KEPT = "kept"
    """On the shelf: no room was to have it."""
    REMOVED = "removed"
    """A curator took it away; it never comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is shown of an item. `text` is plain, `seconds` how long it plays, `words` how much there is.

    `free` and `captions` are None where nobody says.
    """

    title: str
    link: str
    byline: str = ""
    text: str = ""
    language: str = ""
    kind: Kind = Kind.ARTICLE
    seconds: int | None = None
    words: int = 0
    image: str = ""
    free: bool | None = None
    captions: bool | None = None

    @property
    def minutes(self) -> int | None:
        """How long it takes to read, watch or hear; None where nobody knows."""
        if self.seconds:
            return max(1, round(self.seconds / 60))
        if self.kind is Kind.ARTICLE and self.words:
            return max(1, round(self.words / _READ_A_MINUTE))
        return None


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item as it is kept. `gate` is the gate that stopped it, with `why` where there is more to say.

    Of an old one the text is no longer kept (`faded_at`): title and link are, and the marks, which last
    longer than any text, so that it never comes again.
    """

    id: int
    network: int
    feed: int
    story: int
    words: Words
    published: datetime | None
    seen_at: datetime
    gate: Gate = Gate.OPEN
    why: str = ""
    faded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What one or several items tell. `key` is that of its page, `note` a curator's line on it.

    `same_as` is an earlier one that tells the same, where that turned out only later.
    """

    id: int
    network: int
    key: str
    title: str
    came: datetime
    standing: Standing
    note: str = ""
    decided_by: int | None = None
    decided_at: datetime | None = None
    same_as: int | None = None


def words_of(item: Item, language: str = "") -> Words:
    """Return what is shown of an item of a feed. Its own name is made of its text where it has none."""
    text = item.text.strip()
    first = text.partition("\n")[0]
    title = item.title.strip() or first or item.link or "…"
    return Words(
        title=_cut(title, _LONGEST_TITLE),
        link=link_of(item),
        byline=_cut(", ".join(item.authors), _LONGEST_TITLE),
        text=_cut(text, _LONGEST_TEXT),
        language=(item.language or language)[:20],
        kind=_kind(item),
        seconds=item.seconds or next((e.seconds for e in item.enclosures if e.seconds), None),
        words=len(text.split()),
        image=item.image,
        free=item.free,
        captions=True if item.captions else None,
    )


def link_of(item: Item) -> str:
    """Return where an item leads: its own address, else that of the file that comes with it."""
    found = (item.link, *(each.address for each in item.enclosures))
    return next((each for each in found if each.startswith(("http://", "https://"))), "")


def page_key(link: str) -> str:
    """Return the key by which a page is known again, or nothing where there is no page of its own."""
    return key(link)[:600] if link and urlsplit(link).path.strip("/") else ""


def came_at(item: Item, now: datetime) -> datetime:
    """Return when an item came: as it says, if that can be."""
    said = item.published or item.updated
    return said if said is not None and now - timedelta(days=36500) < said <= now else now


def _kind(item: Item) -> Kind:
    path = urlsplit(item.link).path
    if item.video or _SHORTS.match(path):
        return Kind.SHORT if _SHORTS.match(path) else Kind.LIVE if _LIVE.match(path) else Kind.VIDEO
    kinds = [each.kind for each in item.enclosures]
    if any(each.startswith("audio/") for each in kinds):
        return Kind.EPISODE
    return Kind.VIDEO if any(each.startswith("video/") for each in kinds) else Kind.ARTICLE


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
