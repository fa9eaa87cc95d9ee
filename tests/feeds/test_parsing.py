"""Parsing: what the corpus says that its feeds are, extensions as publishers use them, and harm."""

import asyncio
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feeds import parsing
from feeds.cleaning import clean_feed
from feeds.entries import get
from feeds.parsing import NoFeedError, feedparse, parse, read
from feeds.plain import feed_of, told
from feeds.reader import LIMITS, Reader
from plnbot.engine.children import Children
from plnbot.engine.heavy import Limits
from plnbot.fetching import Fetched, Unreachable
from plnbot.syndication import Enclosure, Feed
from plnbot.testing import HeavyHere, StubFetcher
from tests.feeds import gofeed
from tests.feeds.documents import (
    HOSTILE,
    ITEM,
    ITUNES,
    MEDIA,
    PODCAST,
    YOUTUBE,
    atom,
    many,
    rss,
)

FIRST = "of several links it takes the last, we the first, which stands next to the title"
MARKS = "marks where no marks may be: feedparser reads them as elements of their own"
ENDS = "closed by another tag's name, so that nobody can say where it ends"
MASTER = "who looks after a server is not who writes"
WORDS = "the generator's version and address are not its name"
TOO_MUCH = {"a billion laughs", "half tags, broken", "ten thousand attributes"}
"""Of which feedparser would make something, in the end."""
DIFFERENT = {
    "extensions/dublincore/dublincore_item_multiple_values": "two wrote it, and both are named",
    "parser/atom/atom10_feed_entry_source_title_html_escaped_markup": ENDS,
    "parser/atom/atom10_feed_entry_source_title_text": ENDS,
    "parser/atom/atom10_feed_title_xhtml_escaped_markup": ENDS,
    "parser/atom/atom10_feed_title_xhtml_inline_markup": ENDS,
    "parser/rss/rss_channel_language": ENDS,
    "parser/rss/rdf_channel_links": FIRST,
    "parser/rss/rdf_item_links": FIRST,
    "parser/rss/rss_channel_item_links": FIRST,
    "parser/rss/rss_channel_links": FIRST,
    "translator/rss/feed_item_links_-_rss_channel_item_links": FIRST,
    "translator/rss/feed_links_-_rdf_channel_links": FIRST,
    "translator/rss/feed_links_-_rss_channel_links": FIRST,
    "parser/rss/rss_channel_category_escaped_markup": MARKS,
    "parser/rss/rss_channel_generator_naked_markup": MARKS,
    "parser/rss/rss_channel_item_author_naked_markup": MARKS,
    "parser/rss/rss_channel_item_category_naked_markup": MARKS,
    "parser/rss/rss_channel_item_guid_naked_markup": MARKS,
    "parser/rss/rss_channel_managingEditor_naked_markup": MARKS,
    "parser/rss/rss_channel_item_uri_at_protocol": "feedparser reads the attribute, which leads nowhere",
    "parser/rss/version_rdf_090": "RDF without a channel or an item is no feed",
    "translator/atom/feed_generator_-_atom03_feed_generator": WORDS,
    "translator/atom/feed_generator_-_atom10_feed_generator_name": WORDS,
    "translator/rss/feed_author_-_rss_channel_webMaster_emailAndName": MASTER,
    "translator/rss/feed_author_-_rss_channel_webMaster_name": MASTER,
    "translator/rss/feed_author_-_rss_channel_webMaster_nameAndEmail": MASTER,
    "translator/rss/feed_image_-_rss_channel_description": "a picture in a description is no logo",
    "translator/json/json10_full": "the feed says no date of its own, only its items do",
    "translator/json/json11_full": "the feed says no date of its own, only its items do",
}
"""Where we read something else than the corpus says, and why."""


def test_the_corpus_reads_as_it_says(corpora: Path) -> None:
    """Every field that we have, of every feed; where it differs, the table says why."""
    different, looked = {}, 0
    for name, body, said in gofeed.documents(corpora):
        looked += 1
        try:
            found = gofeed.differences(clean_feed(read(body)), said)
        except NoFeedError:
            found = {"": ("no feed", said)}
        if found:
            different[name] = found
    assert looked > 500
    assert {name: each for name, each in different.items() if name not in DIFFERENT} == {}
    assert different.keys() == DIFFERENT.keys()


def _documents(corpora: Path) -> list[bytes]:
    """Return the corpus, and feeds of many items put together of it."""
    found = [body for _, body, _ in gofeed.documents(corpora)]
    pieces = [
        (body, parse(body)) for body in found if body.strip()[:1] == b"<" and b"<item>" in body
    ]
    items = [
        body[body.index(b"<item>") : body.rindex(b"</item>") + 7]
        for body, parsed in pieces
        if b"xmlns" not in body and parsed.said
    ]
    begin, end = b"<rss version='2.0'><channel>", b"</channel></rss>"
    found += [begin + b"".join(items[at : at + 8]) + end for at in range(0, len(items) - 8, 4)]
    extended = "".join(
        f"<item><title>T{at}</title><itunes:duration>{at}:00</itunes:duration><media:content"
        f' url="https://a.example/{at}.mp3" duration="{at}"/><guid>{at}</guid></item>'
        for at in range(20)
    )
    return [*found, rss(extended, declares=ITUNES + MEDIA)]


def test_entries_are_feedparsers_own_whatever_is_cut_out(corpora: Path) -> None:
    """With any item alone new, and with none, what comes out is what the whole would have given."""
    quick = 0
    for body in _documents(corpora):
        if body.strip()[:1] != b"<":
            continue
        whole = feedparser.parse(
            io.BytesIO(body.lstrip()),
            response_headers={"content-type": "application/xml"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        parsed = parse(body)
        entries = get(whole, "entries", [])
        assert parsed.entries == entries
        assert get(parsed.head, "feed") == get(whole, "feed")
        quick += bool(parsed.said)
        for at, digest in enumerate(parsed.digests):
            alone = parse(body, known={each for each in parsed.digests if each != digest})
            same = [one for one, each in enumerate(parsed.digests) if each == digest]
            assert alone.entries == [entries[one] for one in same], at
        nothing = parse(body, known=parsed.digests)
        assert (list(nothing.entries), list(nothing.digests)) == ([], list(parsed.digests))
        assert get(nothing.head, "feed") == get(whole, "feed")
    assert quick > 100


def test_broken_feeds_know_their_items_too() -> None:
    """What cannot be taken apart is read whole, and what is known is left out all the same."""
    body = rss(many(3, "&bogus; <br>"))
    feed = read(body)
    assert [each.title for each in feed.items] == ["Post 0", "Post 1", "Post 2"]
    again = read(body, known=feed.digests[1:])
    assert [each.title for each in again.items] == ["Post 0"]
    assert again.digests == feed.digests


def test_a_feed_is_read_up_to_three_hundred_items() -> None:
    """The rest is left, and that it was is said; a cut document ends where its last item does."""
    body = rss(many(400))
    feed = read(body)
    assert (len(feed.items), len(feed.digests), feed.whole) == (300, 300, False)
    assert read(rss(many(300))).whole
    assert len(read(body[: len(body) * 9 // 10]).items) == 300
    broken = read(rss(many(400, "&bogus;")))
    assert (len(broken.items), broken.whole) == (300, False)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_body_that_was_cut_off_is_read_as_far_as_it_goes(share: float) -> None:
    """Every item that came whole, with the digest that it has in the whole; the torn one is left."""
    body = rss(many(50, "<description>Words</description>"))
    whole = read(body)
    cut = read(body[: int(len(body) * share)], whole=False)
    assert not cut.whole
    assert cut.items == whole.items[: len(cut.items)]
    assert len(cut.items) >= int(share * 50) - 1
    begun = read(body[:120], whole=False)
    assert (begun.items, begun.title) == ((), "A blog")


def test_a_feed_of_giant_items_is_read_as_far_as_it_goes() -> None:
    """The newest stand first; what comes after eight megabytes is left, and that it was is said."""
    feed = read(rss(many(60, f"<description>{'word ' * 40_000}</description>")))
    assert 38 <= len(feed.items) <= 45
    assert not feed.whole


@pytest.mark.parametrize(
    "odd",
    [
        "<item><title>Around</title><item><title>Inside</title></item><link>/a</link></item>",
        f"<item><title>Long</title><body>{'<b>so</b> ' * 700}</body></item>",
    ],
    ids=["an item in an item", "an item of a thousand tags"],
)
def test_an_odd_item_changes_nothing_of_the_others(odd: str) -> None:
    """What is known is left out beside it too, and what is left is what feedparser sees there."""
    document = rss(ITEM + odd)
    whole = parse(document)
    assert whole.entries == get(feedparse(document, {}), "entries", [])
    assert len(set(whole.digests)) == len(whole.entries)
    rest = parse(document, known=whole.digests[:1])
    assert rest.entries == whole.entries[1:]
    assert rest.digests == whole.digests


def test_a_change_of_what_is_declared_above_changes_every_digest() -> None:
    """The same bytes below another declaration may mean something else."""
    one, other = rss(many(2)), rss(many(2), declares=' xml:base="https://b.example/"')
    assert not set(read(one).digests) & set(read(other).digests)
    assert read(rss(many(2), "<title>B</title>")).digests == read(one).digests


def test_a_podcast() -> None:
    """Length in any spelling, file, transcript, language; and where the podcast lives now."""
    head = (
        "<title>Pod</title><language>es</language><itunes:image href='https://a.example/i.jpg'/>"
        "<itunes:author>Ana</itunes:author><itunes:new-feed-url>https://b.example/</itunes:new-feed-url>"
        "<itunes:complete>Yes</itunes:complete><ttl>90</ttl>"
        "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>saturday</day><day>Noday</day></skipDays>"
    )
    items = "".join(
        f"<item><title>E</title><guid>{length}</guid><itunes:duration>{length}</itunes:duration>"
        "<itunes:explicit>yes</itunes:explicit>"
        '<enclosure url="https://a.example/e.mp3" type="audio/mpeg" length="1000"/>'
        '<podcast:transcript url="https://a.example/e.vtt" type="text/vtt"/></item>'
        for length in ("3723", "62:03", "1:02:03", "PT1H2M3S", "soon")
    )
    feed = clean_feed(read(rss(items, head, ITUNES + PODCAST)))
    assert [each.seconds for each in feed.items] == [3723, 3723, 3723, 3723, None]
    first = feed.items[0]
    file = Enclosure(address="https://a.example/e.mp3", kind="audio/mpeg", size=1000, seconds=3723)
    assert first.enclosures == (file,)
    assert first.captions == ("https://a.example/e.vtt",)
    assert first.explicit
    assert (feed.image, feed.authors, feed.language) == ("https://a.example/i.jpg", ("Ana",), "es")
    assert (feed.moved, feed.ended) == ("https://b.example/", True)
    assert feed.ttl == timedelta(minutes=90)
    assert feed.skip_hours == {0, 7}
    assert feed.skip_days == {5, 6}


def test_a_channel_of_videos() -> None:
    """The id, the picture, and whose it is, as YouTube writes them."""
    entry = (
        "<entry><id>yt:video:dQw4w9WgXcQ</id><yt:videoId>dQw4w9WgXcQ</yt:videoId><title>Halves</title>"
        '<link rel="alternate" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/>'
        "<author><name>Math Antics</name></author><published>2026-11-20T15:00:00+00:00</published>"
        "<media:group><media:title>Halves</media:title>"
        '<media:content url="https://www.youtube.com/v/dQw4w9WgXcQ?version=3"'
        ' type="application/x-shockwave-flash" width="640" height="390"/>'
        '<media:thumbnail url="https://i1.ytimg.com/vi/x/hqdefault.jpg" width="480" height="360"/>'
        "<media:description>What half of a half is.</media:description></media:group></entry>"
    )
    (item,) = clean_feed(read(atom(entry, declares=YOUTUBE))).items
    assert (item.video, item.title, item.guid) == ("dQw4w9WgXcQ", "Halves", "yt:video:dQw4w9WgXcQ")
    assert item.published == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert item.image == "https://i1.ytimg.com/vi/x/hqdefault.jpg"
    assert item.authors == ("Math Antics",)
    assert item.text == "What half of a half is."


def test_undeclared_prefixes_are_understood() -> None:
    """Many forget to declare what they use, and every reader reads them."""
    item = (
        "<item><title>A</title><dc:creator>Ana</dc:creator><content:encoded>&lt;p&gt;Whole&lt;/p&gt;"
        '</content:encoded><media:content url="https://a.example/a.mp4" type="video/mp4"/></item>'
    )
    feed = clean_feed(read(rss(item, '<atom:link rel="self" href="https://a.example/feed"/>')))
    (found,) = feed.items
    assert (found.authors, found.text) == (("Ana",), "Whole")
    assert found.enclosures == (Enclosure(address="https://a.example/a.mp4", kind="video/mp4"),)
    assert feed.address == "https://a.example/feed"


@pytest.mark.parametrize(
    ("link", "around", "whole"),
    [
        ("post/1", "", "https://a.example/blog/post/1"),
        ("/post/1", "", "https://a.example/post/1"),
        ("https://b.example/1", "", "https://b.example/1"),
        ("1", ' xml:base="https://c.example/x/"', "https://c.example/x/1"),
        ("1", ' xml:base="/y/"', "https://a.example/y/1"),
        ("javascript:alert(1)", "", ""),
    ],
)
def test_links_are_made_whole(link: str, around: str, whole: str) -> None:
    """By what the document says it is relative to, else by its own page, else by where it came from."""
    entry = f'<entry><link href="{link}"/><content type="html">&lt;a href="2"&gt;x&lt;/a&gt;</content></entry>'
    (item,) = clean_feed(read(atom(entry, declares=around)), "https://a.example/blog/feed").items
    assert item.link == whole
    beside = whole.removesuffix("1") or "https://a.example/blog/"
    assert f'href="{beside}2"' in item.content


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "UTF-8", ""),
        ("utf-8", "", ""),
        ("iso-8859-1", "ISO-8859-1", ""),
        ("iso-8859-1", "ISO-8859-1", "text/xml; charset=utf-8"),
        ("windows-1252", "windows-1252", "text/xml"),
        ("iso-8859-1", "", "text/xml; charset=ISO-8859-1"),
        ("utf-16", "UTF-16", "application/rss+xml"),
        ("utf-8-sig", "UTF-8", ""),
        ("iso-8859-1", "UTF-8", ""),
    ],
)
def test_encodings(encoding: str, declared: str, content_type: str) -> None:
    """What the document says of itself counts before what its server says; and broken is mended."""
    says = f'<?xml version="1.0"{declared and f" encoding={declared!r}"}?>'
    text = says + rss(ITEM.replace("One", "¿Cuántas fracciones?")).decode().split("?>", 1)[1]
    (item,) = read(text.encode(encoding), content_type=content_type).items
    assert item.title == "¿Cuántas fracciones?"


def test_values_cross_to_the_parent_as_they_are(corpora: Path) -> None:
    """What is told in the child is the same feed in the parent."""
    for _, body, _ in gofeed.documents(corpora):
        try:
            feed = read(body)
        except NoFeedError:
            continue
        assert feed_of(told(feed)) == feed


@pytest.mark.parametrize("address", ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/"])
def test_nothing_is_opened_that_a_body_names(address: str) -> None:
    """The parser opens what looks like a name; it only ever gets a stream."""
    with pytest.raises(NoFeedError):
        read(address.encode())


async def test_hostile_documents_end_in_their_child_and_harm_no_other() -> None:
    """Each is read, is no feed, or is ended; a plain feed beside each of them is read."""
    soon = Limits(memory=400 << 20, processor=timedelta(seconds=1.5), longest=LIMITS.longest)
    children = Children(2)
    reader, impatient = (Reader(StubFetcher(), children, each) for each in (LIMITS, soon))

    async def end(body: bytes, by: Reader) -> Feed | str | None:
        page = Fetched(200, {}, body, "https://a.example/feed")
        try:
            return await by.parsed(page)
        except Unreachable:
            return "ended"

    fine = rss(many(3))
    assert len(HOSTILE) >= 50
    ends: dict[str, Feed | str | None] = {}
    for name, body in HOSTILE.items():
        by = impatient if name in TOO_MUCH else reader
        ends[name], beside = await asyncio.gather(end(body, by), end(fine, reader))
        assert isinstance(beside, Feed)
        assert len(beside.items) == 3
    await children.close()
    assert {name for name, each in ends.items() if each == "ended"} <= {*TOO_MUCH}
    _bounded([each for each in ends.values() if isinstance(each, Feed)])


def _bounded(feeds: Sequence[Feed]) -> None:
    """Look that nothing is longer than it may be, whatever it was made of."""
    for feed in feeds:
        assert len(feed.items) <= parsing.MOST_ITEMS
        for item in feed.items:
            assert len(item.title) <= 300
            assert len(item.text) <= 100_000
            assert len(item.tags) <= 50
            assert len(item.enclosures) <= 20
            assert item.title.isprintable()
            assert not any("passwd" in each or "root:" in each for each in (item.title, item.text))


async def test_a_reading_tells_what_to_keep_and_what_has_changed() -> None:
    """New once, unchanged by status, unchanged by body, and one more: each costs what it must."""
    address = "https://a.example/feed"
    headers = {"etag": '"1"', "last-modified": "Mon", "cache-control": "public, max-age=600"}
    web = StubFetcher({address: Fetched(200, headers, rss(many(2)))})
    heavy = HeavyHere()
    reader = Reader(web, heavy)
    first = await reader.read(address)
    assert first.feed is not None
    assert [each.title for each in first.feed.items] == ["Post 0", "Post 1"]
    assert first.fresh == timedelta(minutes=10)
    web.pages[address] = Fetched(304, {}, b"")
    second = await reader.read(address, first.known)
    assert (second.unchanged, second.feed, second.known) == (True, None, first.known)
    asked = dict(web.asked[-1][1])
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Mon")
    web.pages[address] = Fetched(200, {}, rss(many(2)))
    third = await reader.read(address, second.known)
    assert (third.unchanged, third.feed) == (True, None)
    assert third.known.validators == {}
    assert len(heavy.ran) == 1
    web.pages[address] = Fetched(200, {}, rss(many(3)))
    fourth = await reader.read(address, third.known)
    assert fourth.feed is not None
    assert [each.title for each in fourth.feed.items] == ["Post 2"]
    web.pages[address] = Fetched(404, {}, b"gone")
    fifth = await reader.read(address, fourth.known)
    assert (fifth.status, fifth.feed, fifth.unchanged) == (404, None, False)
    assert fifth.known == fourth.known
