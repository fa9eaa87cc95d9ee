"""Feeds: a link is looked at, a feed added, polled and posted, removed and brought back."""

from plnbot.fetching import Fetched
from plnbot.reading.store import feeds as store
from plnbot.talk.interactions import Command, Press, Submit
from plnbot.testing import HeavyHere, StubFetcher
from tests.adapters.script import ANA, Script

BLOG, FEED, OTHER = (
    "https://blog.example/",
    "https://blog.example/feed.xml",
    "https://blog.example/comments.xml",
)
_PAGE = f"""<html><head><title>Blog</title>
<link rel="alternate" type="application/rss+xml" title="All *posts*" href="{FEED}">
<link rel="alternate" type="application/rss+xml" title="Comments" href="{OTHER}">
</head></html>"""
WISH = {
    "title": "Number *lines* @everyone",
    "manner": "instant",
    "first": "three",
    "note": "Short, and *tried* in class.",
    "audience": "pupils",
    "subjects": ["math"],
    "grades": ["4"],
    "approval": "no",
}


def rss(*titles: str, called: str = "Number lines") -> bytes:
    """Return a feed with these posts, the first the newest."""
    posts = "".join(
        f"<item><title>{each}</title><link>{BLOG}{at}</link><guid>g{at}</guid>"
        f"<pubDate>Mon, {at:02} Nov 2026 10:00:00 GMT</pubDate>"
        f"<description>{'Words and more words of it. ' * 30}</description></item>"
        for at, each in reversed([*enumerate(reversed(titles), 1)])
    )
    return f'<rss version="2.0"><channel><title>{called}</title>{posts}</channel></rss>'.encode()


async def after(script: Script) -> None:
    """Look at a link, choose, add, read, remove and bring back."""
    tools = script.parts.runner.tools
    tools.heavy = HeavyHere()
    tools.fetcher = StubFetcher(
        {
            BLOG: Fetched(200, {"content-type": "text/html"}, _PAGE.encode()),
            FEED: Fetched(200, {}, rss("Fractions &amp; <b>fun</b>", "Circles", "Sums", "Old")),
            OTHER: Fetched(200, {}, rss("A comment", called="Comments")),
        }
    )
    await script.do(ANA, Command("feed list"), "command feed list empty")
    await script.do(ANA, Command("feed add nowhere.example"), "command feed add of nothing")
    await script.do(ANA, Command(f"feed add {BLOG}"))
    await script.do(ANA, Press("reading.choose", "2", "1"))
    await script.do(ANA, Command(f"feed add {BLOG}"), "command feed add again")
    await script.do(ANA, Press("reading.add", "3"))
    await script.do(ANA, Submit("reading.add", WISH, "3"))
    added = str((await script.store.read(lambda tx: store.feeds_of(tx, 1)))[0].id)
    await script.do(ANA, Press("reading.open", added))
    await script.do(ANA, Command("feed list"))
    await script.do(ANA, Press("reading.remove", added))
    await script.do(ANA, Press("reading.back", added))
