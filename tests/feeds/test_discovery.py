"""From any link to feeds: what addresses say, what pages say, and what there is where there is none."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.discovery import look, read_page
from feeds.finder import Feeds
from plnbot.errors import Refused
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.syndication import Discovery
from plnbot.syndication import Feeds as Port
from plnbot.talk.words import Sentence, Translate, msg
from plnbot.testing import HeavyHere, StubFetcher
from tests.feeds.documents import many, rss

UC = "UC" + "x" * 22
VIDEOS = "https://www.youtube.com/feeds/videos.xml?"
FEED = rss(many(3))


def page(head: str = "", body: str = "", status: int = 200) -> Fetched:
    """Return a page of HTML."""
    said = (
        f"<!doctype html><html><head><title>A page</title>{head}</head><body>{body}</body></html>"
    )
    return Fetched(status, {"content-type": "text/html; charset=utf-8"}, said.encode())


def named(href: str, kind: str = "application/rss+xml", title: str = "") -> str:
    """Return how a page names a feed."""
    return f'<link rel="alternate" type="{kind}" href="{href}" title="{title}">'


async def found(web: Mapping[str, Fetched | Exception], link: str) -> tuple[Discovery, list[str]]:
    """Return what a link leads to in a web, and what was asked for on the way."""
    stub = StubFetcher(dict(web))
    feeds: Port = Feeds(stub, HeavyHere())
    discovery = await feeds.discover(link)
    return discovery, [each for each, _ in stub.asked]


def why(discovery: Discovery) -> str:
    """Return what is said where nothing was found."""
    assert isinstance(discovery.why, Sentence)
    assert discovery.offers == ()
    return Translate().say(discovery.why).bare()


A = "https://a.example"
IS_A_FEED = Fetched(200, {}, FEED)


@pytest.mark.parametrize(
    "link",
    [
        f"{A}/feed.xml",
        " a.example/feed.xml ",
        "feed://a.example/feed.xml",
        "feed:https://a.example/feed.xml",
    ],
)
async def test_a_feed_itself(link: str) -> None:
    """However it is typed; it is asked for once, and what it says comes along."""
    discovery, asked = await found({f"{A}/feed.xml": IS_A_FEED}, link)
    assert [(each.address, each.title) for each in discovery.offers] == [
        (f"{A}/feed.xml", "A blog")
    ]
    assert discovery.reading is not None
    assert discovery.reading.feed is not None
    assert len(discovery.reading.feed.items) == 3
    assert asked == [f"{A}/feed.xml"]


async def test_a_front_page_names_its_feeds() -> None:
    """The best first, comments last, and what is no feed is none."""
    head = (
        named("/wp-json/oembed/1.0/embed", "application/json")
        + named("/comments/feed/", title="A page » Comments Feed")
        + named("/feed/", title="Posts")
        + named("/feed/")
        + named("/es.atom", "application/atom+xml", "En español")
        + named("/print", "text/html")
        + '<link rel="stylesheet" href="/feed.css">'
    )
    discovery, _ = await found({A: page(head), f"{A}/feed/": IS_A_FEED}, A)
    assert [(each.address, each.kind) for each in discovery.offers] == [
        (f"{A}/feed/", ""),
        (f"{A}/es.atom", ""),
        (f"{A}/comments/feed/", "comments"),
    ]
    assert discovery.offers[1].title == "En español"


async def test_a_named_feed_that_is_none_is_passed_over() -> None:
    """What cannot be read is not offered first."""
    web = {
        A: page(named("/old") + named("/broken") + named("/new")),
        f"{A}/old": page(status=404),
        f"{A}/broken": page(),
        f"{A}/new": IS_A_FEED,
    }
    discovery, _ = await found(web, A)
    assert [each.address for each in discovery.offers] == [f"{A}/new"]


async def test_links_to_feeds_then_the_page_it_stands_for_then_usual_places() -> None:
    """A page that names none may link to one; or stand for another; or have one where they lie."""
    linked = {
        A: page("", '<a href="/about">About</a><a href="/rss">RSS</a>'),
        f"{A}/rss": IS_A_FEED,
    }
    discovery, _ = await found(linked, A)
    assert discovery.offers[0].address == f"{A}/rss"
    stands = {
        f"{A}/amp/1": page(f'<link rel="canonical" href="{A}/1">'),
        f"{A}/1": page(named("/feed/")),
        f"{A}/feed/": IS_A_FEED,
    }
    discovery, asked = await found(stands, f"{A}/amp/1")
    assert discovery.offers[0].address == f"{A}/feed/"
    assert asked == [f"{A}/amp/1", f"{A}/1", f"{A}/feed/"]
    usual = {f"{A}/post/1": page(), f"{A}/atom.xml": IS_A_FEED}
    discovery, _ = await found(usual, f"{A}/post/1")
    assert [each.address for each in discovery.offers] == [f"{A}/atom.xml"]


@pytest.mark.parametrize(
    ("link", "feed"),
    [
        (f"https://www.youtube.com/channel/{UC}", f"{VIDEOS}playlist_id=UULF{UC[2:]}"),
        (f"https://m.youtube.com/channel/{UC}/videos", f"{VIDEOS}playlist_id=UULF{UC[2:]}"),
        ("https://www.youtube.com/playlist?list=PLabc-1_2", f"{VIDEOS}playlist_id=PLabc-1_2"),
        ("youtube.com/user/numberphile", f"{VIDEOS}user=numberphile"),
        ("https://bsky.app/profile/ana.example", "https://bsky.app/profile/ana.example/rss"),
        ("https://bsky.app/profile/ana.example/post/1", "https://bsky.app/profile/ana.example/rss"),
        ("https://mastodon.example/@ana", "https://mastodon.example/@ana.rss"),
        ("https://mastodon.example/@ana@other.example", "https://other.example/@ana.rss"),
        ("@ana@mastodon.example", "https://mastodon.example/@ana.rss"),
        ("https://mastodon.example/users/ana", "https://mastodon.example/@ana.rss"),
        ("https://mastodon.example/tags/edchat", "https://mastodon.example/tags/edchat.rss"),
        ("https://medium.com/@ana", "https://medium.com/feed/@ana"),
        ("https://ana.medium.com/a-post-1", "https://ana.medium.com/feed"),
        ("https://ana.substack.com/p/post", "https://ana.substack.com/feed"),
        ("http://ana.blogspot.com/2026/", "https://ana.blogspot.com/feeds/posts/default"),
        ("https://www.reddit.com/r/Teachers/", "https://www.reddit.com/r/Teachers/.rss"),
        ("https://vimeo.com/ana", "https://vimeo.com/ana/videos/rss"),
    ],
)
async def test_sites_whose_feeds_follow_from_their_addresses(link: str, feed: str) -> None:
    """Nothing else is asked for than the feed."""
    discovery, asked = await found({feed: IS_A_FEED}, link)
    assert discovery.offers[0].address == feed
    assert asked == [feed]


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/@MathAntics",
        "https://www.youtube.com/c/mathantics/videos",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
    ],
)
@pytest.mark.parametrize(
    "says",
    [
        f'<meta itemprop="x"><script>{{"channelId":"{UC}"}}</script>',
        f'<link rel="canonical" href="https://www.youtube.com/channel/{UC}">',
        f'<script>{{"externalId": "{UC}"}}</script>',
        named(f"{VIDEOS}channel_id={UC}"),
    ],
)
async def test_channels_behind_handles_and_videos(link: str, says: str) -> None:
    """Whatever page of a channel it is: whole videos first, then all, Shorts and live."""
    web = {link: page(says), f"{VIDEOS}playlist_id=UULF{UC[2:]}": IS_A_FEED}
    discovery, _ = await found(web, link)
    assert [each.kind for each in discovery.offers][:4] == ["videos", "all", "shorts", "live"]


async def test_a_channel_whose_videos_alone_do_not_answer() -> None:
    """The feed of everything is there in hours in which the other is not."""
    web = {
        f"{VIDEOS}playlist_id=UULF{UC[2:]}": page(status=404),
        f"{VIDEOS}channel_id={UC}": IS_A_FEED,
    }
    discovery, _ = await found(web, f"https://www.youtube.com/channel/{UC}")
    assert discovery.offers[0].kind == "all"
    silent: dict[str, Fetched | Exception] = {f"https://www.youtube.com/channel/{UC}": page()}
    discovery, _ = await found(silent, f"https://www.youtube.com/channel/{UC}")
    assert "try again later" in why(discovery)


async def test_a_podcast_in_a_directory() -> None:
    """Its page has no feed; the directory knows it."""
    lookup = "https://itunes.apple.com/lookup?id=123456789&entity=podcast"
    answer = b'{"results": [{"collectionName": "Pod", "feedUrl": "https://a.example/pod.xml"}, 3]}'
    web = {lookup: Fetched(200, {}, answer), f"{A}/pod.xml": IS_A_FEED}
    discovery, _ = await found(web, "https://podcasts.apple.com/us/podcast/the-pod/id123456789")
    assert [(each.address, each.kind) for each in discovery.offers] == [(f"{A}/pod.xml", "podcast")]


@pytest.mark.parametrize(
    ("web", "link", "said"),
    [
        ({}, "https://bsky.app/hashtag/edchat", "Bluesky has public feeds of profiles only"),
        ({}, "https://www.facebook.com/groups/1", "Facebook offers no public feeds."),
        ({}, "https://x.com/ana", "X offers no public feeds."),
        ({}, "ftp://a.example/feed", "That is not the address of a page or a feed."),
        ({}, "javascript:alert(1)", "That is not the address of a page or a feed."),
        ({}, "fractions", "That is not the address of a page or a feed."),
        ({}, "", "That is not the address of a page or a feed."),
        ({A: page()}, A, "No feed was found on a.example."),
        ({A: page("", "<form><input type=password></form>")}, A, "only to those who sign in"),
        ({A: page(status=403)}, A, "does not let plnbot in (status 403)"),
        ({A: page(status=404)}, A, "Nothing stands there any more"),
        ({A: page(status=418)}, A, "status 418"),
        (
            {A: Fetched(200, {"content-type": "image/png"}, b"\x89PNG\r\n\x1a\n\0\0")},
            A,
            "No feed was found",
        ),
    ],
)
async def test_where_there_is_none_it_is_said(
    web: dict[str, Fetched | Exception], link: str, said: str
) -> None:
    """Each in its own sentence."""
    discovery, _ = await found(web, link)
    assert said in why(discovery)


async def test_a_page_that_asks_for_consent() -> None:
    """Videos are behind one in some countries; what helps is said."""
    link = "https://www.youtube.com/@MathAntics"
    consent = replace(page(), address="https://consent.youtube.com/m?continue=x")
    discovery, _ = await found({link: consent}, link)
    assert "consent.youtube.com asks for consent first" in why(discovery)


async def test_what_cannot_be_read_is_raised() -> None:
    """Who asked hears why the link itself is out of reach."""
    with pytest.raises(Unreachable):
        await found({}, A)
    with pytest.raises(Refused):
        await found({A: Refused(msg("Never."))}, A)


async def test_a_page_that_names_a_thousand_feeds_is_not_followed_for_ever() -> None:
    """A few are tried, and that is that."""
    web = {A: page("".join(named(f"/{at}") for at in range(1000)))}
    discovery, asked = await found(web, A)
    assert "No feed" in why(discovery)
    assert len(asked) <= 20


@given(st.text(max_size=80))
def test_anything_may_be_typed(typed: str) -> None:
    """It is a page to look at, or feeds, or there is a reason."""
    first = look(typed)
    assert first.page or first.offers or first.why
    for each in (first.page, *(offer.address for offer in first.offers)):
        assert each == "" or each.startswith(("http://", "https://"))


@given(
    st.lists(
        st.sampled_from(("<", "a ", "link ", "href=", '"', "/feed", ">", "rel=alternate ", "\0")),
        max_size=60,
    )
)
def test_any_page_can_be_read(pieces: list[str]) -> None:
    """However broken; what it names are addresses of the web."""
    read = read_page("".join(pieces), "https://a.example/")
    for each in (*read.named, *read.linked):
        assert each.address.startswith(("http://", "https://"))


def test_a_page_that_is_deep_or_long_is_read() -> None:
    """Nesting without end and a hundred thousand links are read in time."""
    deep = read_page("<div>" * 100_000 + named("/feed"), "https://a.example/")
    assert len(deep.named) <= 1
    long = read_page("<a href='/feed/x'>x</a>" * 100_000, "https://a.example/")
    assert len(long.linked) == 1


async def test_the_unreachable_is_told_apart() -> None:
    """A network that is down raises, and does not say that there is no feed."""
    with pytest.raises(Unreachable) as raised:
        await found({A: Unreachable(Why.TIME, msg("Slow."))}, A)
    assert raised.value.why is Why.TIME
