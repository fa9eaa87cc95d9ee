"""From any link to feeds: what an address says by itself, and what a page says of its feeds. Pure.

In this order: the link is a feed; its site is one whose feeds follow from its addresses (channels and
playlists of videos, profiles and hashtags, podcasts, newsletters); the page names its feeds; it links
to some; and last, the places where feeds usually lie. Sites without public feeds are named as such.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from feeds.cleaning import address, plain_words
from plnbot.syndication import Offer
from plnbot.talk.words import Sentence, msg

MOST_OFFERS = 20
_MOST_TAGS = 10_000
"""Of a page that are looked at; what names feeds stands at its top."""
_PAIR = 2
LONGEST_PAGE = 2 * 1024 * 1024
_USUAL = (
    *("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json"),
    *("/feeds/posts/default", "/blog/feed/"),
)
VIDEOS = "https://www.youtube.com/feeds/videos.xml?"
_CHANNEL = re.compile(r"UC[\w-]{22}")
_IN_PAGE = re.compile(
    r"(?:feeds/videos\.xml\?channel_id=|\"(?:channelId|externalId|externalChannelId)\"\s*:\s*\"|/channel/)"
    r"(UC[\w-]{22})"
)
_KINDS = frozenset(
    (
        *(
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
            "application/rdf+xml",
        ),
        *("application/json", "application/xml", "text/xml", "application/rss", "text/rss"),
    )
)
_NO_FEED = re.compile(r"wp-json|oembed|opensearch|manifest|xmlrpc", re.IGNORECASE)
_LIKE_A_FEED = re.compile(
    r"(?:^|[/.?=&_-])(?:feed|feeds|rss|rss2|atom)(?:$|[/.?=&_-])|feedburner\.com/|feed\.json$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@?([\w.-]{1,60})@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NONE = {
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "pinterest.com": "Pinterest",
    "tiktok.com": "TikTok",
    "threads.net": "Threads",
    "threads.com": "Threads",
    "twitter.com": "X",
    "x.com": "X",
    "open.spotify.com": "Spotify",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a link says before anything is fetched.

    `offers` are feeds that follow from it. Where there are none, `page` is what to look at; `lookup`
    that it is no page but an answer of a directory of podcasts. `why` says that there can be no feed.
    """

    page: str = ""
    offers: tuple[Offer, ...] = ()
    lookup: bool = False
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of HTML says of feeds: those it names, those it links to, and what it is itself."""

    title: str = ""
    canonical: str = ""
    channel: str = ""
    named: tuple[Offer, ...] = ()
    linked: tuple[Offer, ...] = ()
    signs_in: bool = False


def look(link: str) -> Look:
    """Return what a link that somebody typed says by itself."""
    typed = plain_words(link, 2000)
    handle = _HANDLE.fullmatch(typed)
    if handle and typed.startswith("@"):
        typed = f"https://{handle[2]}/@{handle[1]}"
    if typed.lower().startswith("feed:"):
        typed = typed[5:].removeprefix("//")
    if typed and not typed.lower().startswith(("http://", "https://")):
        if _SCHEME.match(typed) and not re.match(r"[\w.-]+:\d", typed):
            return Look(why=_no_page())
        typed = f"https://{typed}"
    page = address(typed)
    host = (urlsplit(page).hostname or "") if page else ""
    if "." not in host and not host.startswith("localhost"):
        return Look(why=_no_page()) if not page or host.isalpha() else Look(page=page)
    site = host.removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    if site in _NONE:
        return Look(why=msg("{site} offers no public feeds.", site=_NONE[site]))
    for names, reads in _SITES:
        if site in names or any(site.endswith(f".{name}") for name in names):
            return reads(page)
    return _elsewhere(page)


def _no_page() -> Sentence:
    return msg("That is not the address of a page or a feed.")


def _path(page: str) -> list[str]:
    return [each for each in urlsplit(page).path.split("/") if each]


def _found(page: str, where: str, kind: str = "") -> Look:
    return Look(page=page, offers=(Offer(address=where, kind=kind, found="address"),))


def _youtube(page: str) -> Look:
    parts, query = _path(page), parse_qs(urlsplit(page).query)
    if parts[:2] == ["feeds", "videos.xml"]:
        return Look(page=page)
    if len(parts) > 1 and parts[0] == "channel" and _CHANNEL.fullmatch(parts[1]):
        return Look(page=page, offers=channel_offers(parts[1]))
    playlist = next(iter(query.get("list", [])), "")
    if playlist and parts[:1] == ["playlist"] and re.fullmatch(r"[\w-]{2,60}", playlist):
        return _found(page, f"{VIDEOS}playlist_id={playlist}", "videos")
    if len(parts) > 1 and parts[0] == "user" and re.fullmatch(r"[\w-]{1,60}", parts[1]):
        return _found(page, f"{VIDEOS}user={parts[1]}", "all")
    return Look(page=page)


def channel_offers(channel: str) -> tuple[Offer, ...]:
    """Return the feeds of a channel of videos: whole videos first, then everything, and the rest."""
    bare = channel.removeprefix("UC")
    lists = {"videos": "UULF", "all": "", "shorts": "UUSH", "live": "UULV"}
    return tuple(
        Offer(
            address=VIDEOS + (f"playlist_id={begins}{bare}" if begins else f"channel_id={channel}"),
            kind=kind,
            found="channel",
        )
        for kind, begins in lists.items()
    )


def _bluesky(page: str) -> Look:
    parts = _path(page)
    if len(parts) > 1 and parts[0] == "profile" and parts[2:3] in ([], ["rss"], ["post"]):
        return _found(page, f"https://bsky.app/profile/{parts[1]}/rss", "posts")
    return Look(
        why=msg("Bluesky has public feeds of profiles only, none of hashtags, lists or searches.")
    )


def _medium(page: str) -> Look:
    parts, split = _path(page), urlsplit(page)
    if parts[:1] == ["feed"]:
        return Look(page=page)
    if (split.hostname or "").removeprefix("www.") != "medium.com":
        return _found(page, f"https://{split.hostname}/feed", "posts")
    return (
        _found(page, f"https://medium.com/feed/{parts[0]}", "posts") if parts else Look(page=page)
    )


def _substack(page: str) -> Look:
    return _found(page, f"https://{urlsplit(page).hostname}/feed", "posts")


def _blogspot(page: str) -> Look:
    host = urlsplit(page).hostname
    return _found(page, f"https://{host}/feeds/posts/default", "posts")


def _reddit(page: str) -> Look:
    parts = _path(page)
    if len(parts) > 1 and parts[0] in {"r", "u", "user"}:
        return _found(page, f"https://www.reddit.com/{parts[0]}/{parts[1]}/.rss", "posts")
    return Look(page=page)


def _github(page: str) -> Look:
    parts = _path(page)
    if len(parts) in {2, 3} and not parts[-1].endswith(".atom"):
        return _found(page, f"https://github.com/{parts[0]}/{parts[1]}/releases.atom", "all")
    return Look(page=page)


def _vimeo(page: str) -> Look:
    parts = _path(page)
    if len(parts) == 1 and not parts[0].isdigit():
        return _found(page, f"https://vimeo.com/{parts[0]}/videos/rss", "videos")
    return Look(page=page)


def _apple(page: str) -> Look:
    number = re.search(r"/id(\d{5,15})", urlsplit(page).path)
    if number is None:
        return Look(page=page)
    return Look(page=f"https://itunes.apple.com/lookup?id={number[1]}&entity=podcast", lookup=True)


def _elsewhere(page: str) -> Look:
    """Return what is known of a host of no known name: profiles and hashtags of Mastodon and its kin."""
    parts, split = _path(page), urlsplit(page)
    root = f"{split.scheme}://{split.netloc}"
    if parts and parts[-1].endswith((".rss", ".atom", ".xml", ".json")):
        return Look(page=page)
    if len(parts) == 1 and parts[0].startswith("@"):
        name, _, elsewhere = parts[0][1:].partition("@")
        home = f"https://{elsewhere}" if elsewhere else root
        return _found(f"{home}/@{name}", f"{home}/@{name}.rss", "posts")
    if len(parts) == _PAIR and parts[0] == "users":
        return _found(page, f"{root}/@{parts[1]}.rss", "posts")
    if len(parts) == _PAIR and parts[0] == "tags":
        return _found(page, f"{root}/tags/{parts[1]}.rss", "posts")
    return Look(page=page)


_SITES: Sequence[tuple[frozenset[str], Callable[[str], Look]]] = (
    (frozenset({"youtube.com", "youtu.be"}), _youtube),
    (frozenset({"bsky.app"}), _bluesky),
    (frozenset({"medium.com"}), _medium),
    (frozenset({"substack.com"}), _substack),
    (frozenset({"blogspot.com"}), _blogspot),
    (frozenset({"reddit.com"}), _reddit),
    (frozenset({"github.com"}), _github),
    (frozenset({"vimeo.com"}), _vimeo),
    (frozenset({"podcasts.apple.com", "itunes.apple.com"}), _apple),
)


def usual_places(page: str) -> tuple[Offer, ...]:
    """Return where the feed of a page usually lies, where nothing says it."""
    split = urlsplit(page)
    root = urlunsplit((split.scheme, split.netloc, "", "", ""))
    return tuple(Offer(address=root + each, found="usual place") for each in _USUAL)


def in_child(given: Mapping[str, Any], _tell: Callable[[Any], None]) -> Any:
    """Read a page in a child process: `html` and `address` go in, what `page_of` reads comes out."""
    page = read_page(given["html"], given["address"])

    def told(offers: Iterable[Offer]) -> list[list[str]]:
        return [[each.address, each.title, each.kind, each.found] for each in offers]

    return {
        "title": page.title,
        "canonical": page.canonical,
        "channel": page.channel,
        "named": told(page.named),
        "linked": told(page.linked),
        "signs_in": page.signs_in,
    }


def page_of(said: Mapping[str, Any]) -> Page:
    """Return the page that was told."""

    def offers(held: Iterable[Sequence[str]]) -> tuple[Offer, ...]:
        return tuple(
            Offer(address=where, title=title, kind=kind, found=found)
            for where, title, kind, found in held
        )

    return Page(
        said["title"],
        said["canonical"],
        said["channel"],
        offers(said["named"]),
        offers(said["linked"]),
        said["signs_in"],
    )


def read_page(html: str, at: str) -> Page:
    """Return what a page says of feeds; `at` is its address."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser("<".join(html.split("<", _MOST_TAGS)[:_MOST_TAGS]))
    base = next(
        (address(said, at) for node in tree.css("base[href]")[:1] if (said := _said(node, "href"))),
        "",
    )
    title = tree.css_first("title")
    canonical = (
        address(_said(node, "href"), base or at)
        for node in tree.css("link[rel~=canonical][href]")[:1]
    )
    return Page(
        title=plain_words(title.text()[:2000], 200) if title else "",
        canonical=next(canonical, ""),
        channel=_channel(html, at),
        named=_unique(_named(tree, base or at)),
        linked=_unique(_linked(tree, base or at)),
        signs_in=tree.css_first("input[type=password]") is not None,
    )


def _said(node: Any, name: str) -> str:
    return str(node.attributes.get(name) or "")


def _named(tree: Any, base: str) -> Iterator[Offer]:
    for node in tree.css("link[href]"):
        rel = _said(node, "rel").lower().split()
        kind = _said(node, "type").lower().partition(";")[0].strip()
        where = address(_said(node, "href"), base)
        names = "alternate" in rel or "feed" in rel
        if names and where and kind in _KINDS and not _NO_FEED.search(where):
            title = plain_words(_said(node, "title"), 200)
            yield Offer(address=where, title=title, kind=_kind(where, title), found="page")


def _linked(tree: Any, base: str) -> Iterator[Offer]:
    host = urlsplit(base).hostname or ""
    for node in tree.css("a[href]"):
        said = _said(node, "href")
        if not _LIKE_A_FEED.search(said) or _NO_FEED.search(said):
            continue
        where = address(said, base)
        there = urlsplit(where).hostname or ""
        near = there == host or there.endswith(f".{host}") or "feed" in there
        if where and near:
            title = plain_words(str(node.text())[:2000], 100)
            yield Offer(address=where, title=title, kind=_kind(where, title), found="link")


def _kind(where: str, title: str) -> str:
    both = f"{urlsplit(where).path} {title}".casefold()
    return "comments" if "comment" in both or "comentario" in both else ""


def _channel(html: str, at: str) -> str:
    """Return the id of the channel whose page this is, or whose video."""
    host = (urlsplit(at).hostname or "").removeprefix("www.").removeprefix("m.")
    found = _IN_PAGE.search(html) if host in {"youtube.com", "youtu.be"} else None
    return found[1] if found else ""


def _unique(found: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return each address once, what is about comments last."""
    seen: dict[str, Offer] = {}
    for each in found:
        seen.setdefault(each.address.rstrip("/"), each)
    offers = sorted(seen.values(), key=lambda each: each.kind == "comments")
    return tuple(offers[:MOST_OFFERS])


def podcast_of(said: Any) -> tuple[Offer, ...]:
    """Return the feeds in an answer of a directory of podcasts."""
    held = said.get("results") if isinstance(said, dict) else None
    entries = [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []
    return tuple(
        Offer(
            address=where,
            title=plain_words(str(each.get("collectionName", "")), 200),
            kind="podcast",
            found="directory",
        )
        for each in entries
        if (where := address(str(each.get("feedUrl", ""))))
    )
