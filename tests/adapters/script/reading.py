"""Feeds: a link is looked at, a feed added, polled and posted, removed and brought back."""

from datetime import timedelta

from plnbot.engine.ports import Rejected
from plnbot.fetching import Fetched
from plnbot.reading.actions.feeds import feed_key
from plnbot.reading.store import approving
from plnbot.reading.store import feeds as store
from plnbot.syndication import Outline
from plnbot.syndication.lists import written
from plnbot.talk.interactions import Command, Opened, Press, Submit
from plnbot.testing import StubFetcher
from tests.adapters.script import ANA, Script

LIST, THIRD = "https://lists.example/mine.opml", "https://games.example/feed.xml"
NEW_FEED = "https://blog.example/new.xml"
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
    "approval": "usual",
    "paywall": "no",
}


def rss(*titles: str, called: str = "Number lines") -> bytes:
    """Return a feed with these posts, the first the newest."""
    posts = "".join(
        f"<item><title>{each}</title><link>{BLOG}{called.split(maxsplit=1)[0]}/{at}</link><guid>g{at}</guid>"
        f"<pubDate>Mon, {at:02} Nov 2026 10:00:00 GMT</pubDate>"
        f"<description>{'Words and more words of it. ' * 30}</description></item>"
        for at, each in reversed([*enumerate(reversed(titles), 1)])
    )
    return f'<rss version="2.0"><channel><title>{called}</title><link>{BLOG}</link>{posts}</channel></rss>'.encode()


async def after(script: Script) -> None:
    """Look at a link, choose, add, read, remove and bring back."""
    await script.do(ANA, Press("members.notice_how", value="reading.approvals:at_once"), "notices")
    tools = script.parts.runner.tools
    tools.fetcher = StubFetcher(
        {
            BLOG: Fetched(200, {"content-type": "text/html"}, _PAGE.encode()),
            FEED: Fetched(200, {}, rss("Fractions &amp; <b>fun</b>", "Circles", "Sums", "Old")),
            OTHER: Fetched(200, {}, rss("A comment", called="Comments")),
        }
    )
    await script.do(ANA, Command("feed list"), "command feed list empty")
    await script.do(ANA, Press("reading.link"))
    await script.do(ANA, Submit("reading.link", {"link": BLOG}))
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
    await script.do(ANA, Press("reading.skills", added))
    await script.do(ANA, Submit("reading.skills", {"skills": ["collaboration"]}, added))
    await script.do(ANA, Press("reading.change", added))
    await script.do(ANA, Submit("reading.change", {**WISH, "note": "Short."}, added))
    await _filtered(script, added)
    await _approved(script)
    await _digest(script)
    await _imported(script)
    await _for_all(script)
    await _refused(script)
    await _failing(script, added)
    script.sender.answer = lambda _outgoing: None


async def _filtered(script: Script, added: str) -> None:
    await script.do(ANA, Press("reading.filter", added))
    bad = {"include": "/(a/", "exclude": "", "least": "9", "most": "3", "language": "any"}
    await script.do(ANA, Submit("reading.filter", bad, added), "errors reading.filter")
    its = {
        **bad,
        "include": "sum*\n/\\bcircles\\b/",
        "least": "",
        "most": "30",
        "without": ["live"],
    }
    await script.do(ANA, Submit("reading.filter", its, added))
    await script.do(ANA, Opened("reading.gates", added), "opened reading.gates")
    await script.do(ANA, Press("reading.unfilter", added))


async def _approved(script: Script) -> None:
    await script.do(ANA, Command(f"feed add {OTHER}"), "command feed add one to approve")
    waits = {**WISH, "title": "Comments", "approval": "yes", "note": ""}
    await script.do(ANA, Submit("reading.add", waits, "4"), "form reading.add with approval")
    await script.do(ANA, Command("feed waiting"))
    first = str((await script.store.read(lambda tx: approving.waiting(tx, 1, most=1)))[0].id)
    await script.do(ANA, Press("reading.approve", first))
    await script.do(ANA, Submit("reading.approve", {"note": "Read *this*."}, first))
    await script.do(ANA, Press("reading.return", first))
    await script.do(ANA, Press("reading.decline", first))
    await script.do(
        ANA, Press("reading.return", first), "press reading.return of what was declined"
    )
    await script.do(ANA, Press("reading.several"))
    both = {"which": [first], "what": "approve", "note": "Good."}
    await script.do(ANA, Submit("reading.several", both))
    await script.do(ANA, Press("reading.take_away", first))
    await script.do(ANA, Opened("reading.waiting"), "opened reading.waiting")


async def _digest(script: Script) -> None:
    await script.do(ANA, Command("feed digest"), "command feed digest empty")
    await script.do(
        ANA,
        Submit("reading.room_digest_when", {"when": "soonish"}),
        "errors reading.room_digest_when",
    )
    await script.do(ANA, Submit("reading.room_digest_when", {"when": "every day 4 pm"}))
    await script.do(ANA, Command("feed digest Fridays 3 pm"))
    pages = script.parts.runner.tools.fetcher
    assert isinstance(pages, StubFetcher)
    pages.pages[THIRD] = Fetched(200, {}, rss("Chess", "Go", called="Games"))
    await script.do(ANA, Command(f"feed add {THIRD}"), "command feed add for digest")
    wish = {**WISH, "title": "Games", "manner": "digest", "when": "every day 4 pm"}
    await script.do(ANA, Submit("reading.add", wish, "5"), "form reading.add for digest")
    await script.until(script.clock.at + timedelta(days=1))


async def _imported(script: Script) -> None:
    pages = script.parts.runner.tools.fetcher
    assert isinstance(pages, StubFetcher)
    feeds = [
        Outline(address=each, title=each[8:20]) for each in (THIRD, NEW_FEED, "https://x.example/")
    ]
    pages.pages[LIST] = Fetched(200, {}, written("Mine", feeds))
    await script.do(ANA, Command(f"feed import {LIST}"))
    neither = {"address": "", "manner": "shelf"}
    await script.do(ANA, Submit("reading.import", neither), "errors reading.import")
    await script.do(ANA, Submit("reading.import", {"address": LIST, "manner": "shelf"}))
    await script.do(ANA, Opened("reading.import", "1"), "opened reading.import")
    await script.do(ANA, Press("reading.import_again", "1"))
    await script.do(ANA, Press("reading.import_undo", "1"))
    await script.do(ANA, Command("feed export"))
    await script.do(ANA, Opened("reading.feeds"), "opened reading.feeds")


async def _for_all(script: Script) -> None:
    await script.do(ANA, Command("feed rules"))
    await script.do(ANA, Press("reading.rules"))
    wanted = {"approval": "yes", "pictures": "no", "likeness": "95", "within": "24"}
    await script.do(ANA, Submit("reading.rules", wanted))
    usual = {"approval": "no", "pictures": "no", "likeness": "90", "within": "72"}
    await script.do(ANA, Submit("reading.rules", usual), "form reading.rules again")


async def _refused(script: Script) -> None:
    pages = script.parts.runner.tools.fetcher
    assert isinstance(pages, StubFetcher)
    today = f"{script.clock.at:%a, %d %b %Y %H:%M:%S GMT}".encode()
    games = rss("Dominoes", "Chess", "Go", called="Games")
    dated = games.replace(b"Mon, 03 Nov 2026 10:00:00 GMT", today)
    pages.pages[THIRD] = Fetched(200, {}, dated)
    added = await script.store.read(lambda tx: store.of_key(tx, 1, feed_key(THIRD)))
    assert added is not None
    await script.do(
        ANA, Submit("reading.change", {**WISH, "title": "Games"}, str(added.id)),
        "form reading.change to be refused",
    )  # fmt: skip
    refuses = Rejected("I may not write in this room.")
    script.sender.answer = lambda out: refuses if out.to == script.room and not out.edits else None


async def _failing(script: Script, added: str) -> None:
    pages = script.parts.runner.tools.fetcher
    assert isinstance(pages, StubFetcher)
    pages.pages[FEED] = Fetched(404, {}, b"")
    again = _PAGE.replace(FEED, NEW_FEED).encode()
    pages.pages[BLOG] = Fetched(200, {"content-type": "text/html"}, again)
    pages.pages[NEW_FEED] = Fetched(200, {}, rss("Circles", "Sums", "Old"))
    await script.until(script.clock.at + timedelta(days=3))
    await script.do(ANA, Press("reading.use", added))
