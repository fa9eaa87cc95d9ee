"""A web of made-up feeds for scenarios: blogs that post, edit, move, fail and come back."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from plnbot.app import Parts
from plnbot.fetching import Fetched
from plnbot.testing import HeavyHere, StubFetcher

BLOG, FEED = "https://blog.example/", "https://blog.example/feed.xml"
LONG = "Pupils place fractions on a line, compare them, and say why. " * 30


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a blog."""

    title: str
    link: str
    at: datetime | None = None
    guid: str = ""
    text: str = LONG


def rss(called: str, posts: Sequence[Post], *, extra: str = "") -> bytes:
    """Return a feed with these posts, in this order."""
    return (
        f'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{html.escape(called)}</title><link>{BLOG}</link>{extra}"
        f"{''.join(map(_item, posts))}</channel></rss>"
    ).encode()


def _item(post: Post) -> str:
    dated = f"<pubDate>{format_datetime(post.at)}</pubDate>" if post.at else ""
    return (
        f"<item><title>{html.escape(post.title)}</title><link>{html.escape(post.link)}</link>"
        f"<guid isPermaLink='false'>{html.escape(post.guid or post.link)}</guid>{dated}"
        f"<description>{html.escape(post.text)}</description></item>"
    )


def page(*feeds: tuple[str, str]) -> Fetched:
    """Return a web page that names feeds by title and address."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{address}">'
        for title, address in feeds
    )
    words = f"<html><head><title>A blog</title>{links}</head><body>Hello.</body></html>"
    return Fetched(200, {"content-type": "text/html"}, words.encode())


@dataclass(slots=True)
class Web:
    """The web as a bot of a scenario sees it."""

    fetcher: StubFetcher = field(default_factory=StubFetcher)

    def let_in(self, parts: Parts) -> None:
        """Let a bot read this web, and parse in its own process."""
        parts.runner.tools.fetcher = self.fetcher
        parts.runner.tools.heavy = HeavyHere()

    def feed(self, address: str, called: str, *posts: Post) -> None:
        """Let a feed stand at an address, with these posts."""
        self.fetcher.pages[address] = Fetched(200, {}, rss(called, posts))

    def put(self, address: str, answer: Fetched | Exception) -> None:
        """Let an address answer so."""
        self.fetcher.pages[address] = answer

    def asked(self, address: str) -> int:
        """Return how often an address was asked for."""
        return sum(each == address for each, _ in self.fetcher.asked)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return an instant of the month in which scenarios play."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
