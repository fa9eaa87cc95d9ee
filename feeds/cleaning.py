"""Whatever a stranger wrote, before anybody sees it: words that are words, and HTML that does nothing.

feedparser's own sanitiser is off: it let `javascript:` through. What is allowed is said here and
nowhere else; what is not said is taken out.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import nh3

from plnbot.syndication import Enclosure, Feed, Item

LONGEST_TITLE = 300
LONGEST_HTML = 200_000
"""Characters of one post that are kept; a longer one is cut before it is cleaned."""
LONGEST_TEXT = 100_000
_MOST_MARKUP = 6000
"""Tags of one post that are looked at: those that lie in each other take ever longer."""
LONGEST_FEED = 12_000_000
"""Characters of all posts of a feed together; of those after that, only what is short is kept."""
_LONGEST_ADDRESS = 2000
_LONGEST_NAME = 200
_MOST_TAGS = 50
_MOST_FILES = 20

_TAGS = frozenset(
    re.split(
        " ",
        "a abbr b blockquote br caption cite code dd del dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i"
        " ins kbd li mark ol p pre q s samp small strong sub sup table tbody td tfoot th thead tr u ul",
    )
)
_GONE = frozenset(
    re.split(
        " ",
        "applet audio canvas embed frame frameset head iframe math noembed noframes noscript object"
        " option script select style svg template textarea title video xmp",
    )
)
"""Of these not even the words are kept."""
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_PICTURES = {"img": {"src", "alt", "width", "height"}}
_REL = "noopener noreferrer nofollow ugc"
_APART = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|br|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)\b)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})')", re.IGNORECASE
)
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of characters, and what is none
    "\U000e0000-\U000e007f"  # tags: words that hide in words
    "]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = "".join(
    chr(each)
    for each in (*range(0x300, 0x3100), *range(0xA600, 0xAC00), *range(0xFE20, 0xFE30))
    if unicodedata.combining(chr(each))
)
_HEAP = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_MARKED = re.compile("[<>&]")
_TAG = re.compile(r"<(?:[^<>\"]|\"[^\"]*\")*>")
_PLAIN_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[A-Za-z0-9._~!$'()*+,;=:@%/?&#-]*)?", re.ASCII
)


def plain_words(said: str, longest: int = LONGEST_TEXT) -> str:
    """Return words on one line: nothing unseen or overturning, no heaps of marks, not too long."""
    return shortened(" ".join(_seen(said, longest).split()), longest) if said else ""


def shortened(said: str, longest: int) -> str:
    """Return what fits, cut between two words where there are any."""
    if len(said) <= longest:
        return said
    cut = said[: longest - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > longest // 2 else cut).rstrip() + "…"


def text_of(fragment: str, longest: int = LONGEST_TEXT) -> str:
    """Return what HTML says in plain words, a line for each block."""
    if _MARKED.search(fragment) is None:
        return plain_words(fragment, longest)
    return _bare(safe_html(fragment), longest)


def _bare(cleaned: str, longest: int) -> str:
    """Return the words of HTML that has been cleaned."""
    if _MARKED.search(cleaned) is None:
        return plain_words(cleaned, longest)
    said = _seen(html.unescape(_TAG.sub("", _APART.sub("\n<", cleaned))), 2 * longest)
    lines = (" ".join(each.split()) for each in said.split("\n"))
    return shortened("\n".join(filter(None, lines)), longest)


def safe_html(fragment: str, base: str = "", *, images: bool = False) -> str:
    """Return HTML that may be shown: known tags alone, links to the web alone, nothing that acts.

    Links are made whole by `base`; those of a page without one go. Pictures go too, unless `images`:
    who shows one from a stranger's host tells that host who reads.
    """
    seen = _seen(_cut(fragment), LONGEST_HTML)
    if _MARKED.search(seen) is None:
        return seen.strip()
    cleaned = nh3.clean(
        seen,
        tags=_TAGS | (_PICTURES.keys() if images else frozenset()),
        clean_content_tags=_GONE,
        attributes={**_ATTRIBUTES, **(_PICTURES if images else {})},
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
        url_relative=("rewrite_with_base", base) if address(base) else "deny",
    )
    return cleaned.strip()


def address(said: str, base: str = "") -> str:
    """Return an address of the web, made whole by `base`, or nothing where it is none to follow."""
    if len(said) <= _LONGEST_ADDRESS and _PLAIN_ADDRESS.fullmatch(said):
        return said
    said = _seen(said.strip(), _LONGEST_ADDRESS + 1) if said else ""
    if not base and not said.lower().startswith(("http:", "https:")):
        return ""
    if not said or len(said) > _LONGEST_ADDRESS or any(each.isspace() for each in said):
        return ""
    try:
        whole = urljoin(base, said)
        parts = urlsplit(whole)
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return whole if fine and parts.username is None and parts.password is None else ""


def clean_item(item: Item, base: str = "", room: int = LONGEST_FEED) -> Item:
    """Return an item that may be kept and shown. `room` is how many characters it may take."""
    guid = plain_words(item.guid, _LONGEST_ADDRESS)
    said = address(item.base, base) if item.base else ""
    link = address(item.link, said or base) or address(guid)
    near = said or link or base
    most = max(0, min(room, LONGEST_HTML))
    content = safe_html(item.content[:most], near)
    summary = safe_html(item.summary[:most], near)
    files = tuple(_files(item.enclosures, near))
    return replace(
        item,
        guid=guid,
        link=link,
        title=plain_words(text_of(item.title, 4 * LONGEST_TITLE), LONGEST_TITLE),
        summary=summary,
        content=content,
        text=_bare(content or summary, LONGEST_TEXT),
        base=near,
        authors=_names(item.authors),
        tags=_names(item.tags),
        enclosures=files,
        image=address(item.image, near) or _first_picture(item, near),
        language=plain_words(item.language, 35),
        video=item.video if re.fullmatch(r"[\w-]{11}", item.video, re.ASCII) else "",
        captions=_addresses(item.captions, near),
        comments=address(item.comments, near),
        source=plain_words(text_of(item.source), LONGEST_TITLE),
    )


def clean_feed(feed: Feed, base: str = "") -> Feed:
    """Return a feed that may be kept and shown, with its items."""
    room, items = LONGEST_FEED, []
    for each in feed.items:
        items.append(clean_item(each, base, room))
        room -= len(items[-1].content) + len(items[-1].summary) + len(items[-1].text)
    return replace(
        feed,
        title=plain_words(text_of(feed.title, 4 * LONGEST_TITLE), LONGEST_TITLE),
        description=text_of(feed.description, 2000),
        link=address(feed.link, base),
        address=address(feed.address, base),
        language=plain_words(feed.language, 35),
        authors=_names(feed.authors),
        tags=_names(feed.tags),
        image=address(feed.image, base),
        rights=plain_words(text_of(feed.rights), LONGEST_TITLE),
        generator=plain_words(text_of(feed.generator), _LONGEST_NAME),
        moved=address(feed.moved, base),
        items=tuple(items),
    )


def _cut(fragment: str) -> str:
    """Return as much of HTML as is looked at."""
    cut = fragment[:LONGEST_HTML]
    if cut.count("<") <= _MOST_MARKUP:
        return cut
    return "<".join(cut.split("<", _MOST_MARKUP)[:_MOST_MARKUP])


def _seen(said: str, longest: int) -> str:
    """Return characters that can be seen, each with no more marks on it than any language has."""
    cut = said[:longest]
    if cut.isascii():
        return cut if cut.isprintable() else _CONTROLS.sub("", cut)
    return _HEAP.sub(r"\1", unicodedata.normalize("NFC", _UNSEEN.sub("", cut)))


def _names(said: Iterable[str]) -> tuple[str, ...]:
    names = (plain_words(text_of(each, 2 * _LONGEST_NAME), _LONGEST_NAME) for each in said)
    return tuple(dict.fromkeys(each for each in names if each))[:_MOST_TAGS]


def _addresses(said: Iterable[str], base: str) -> tuple[str, ...]:
    return tuple(whole for each in said if (whole := address(each, base)))[:_MOST_FILES]


def _files(found: Iterable[Enclosure], base: str) -> list[Enclosure]:
    named = [(each, whole) for each in found if (whole := address(each.address, base))]
    return [
        each
        if (whole, kind := plain_words(each.kind, _LONGEST_NAME)) == (each.address, each.kind)
        else replace(each, address=whole, kind=kind)
        for each, whole in named[:_MOST_FILES]
    ]


def _first_picture(item: Item, base: str) -> str:
    if "<img" not in item.content and "<img" not in item.summary:
        return ""
    found = _PICTURE.search(item.content[:LONGEST_HTML]) or _PICTURE.search(
        item.summary[:LONGEST_HTML]
    )
    return address(html.unescape(found[1] or found[2]), base) if found else ""
