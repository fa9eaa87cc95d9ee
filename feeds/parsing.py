"""Bytes to values. It runs in a child process, since feedparser can be made to take for ever.

A document is taken apart first (`split`), what is known is cut out, and feedparser sees the rest; a
document that is not plain enough for that goes to it whole, and what is known is left out after. In
both ways an item that the feed says the same of as before has the digest it had before.
"""

import base64
import functools
import hashlib
import io
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

from feeds import json_feed
from feeds.cleaning import clean_feed
from feeds.entries import Entry, feed_of, get, item_of
from feeds.plain import told
from feeds.split import VERSION, HopelessError, NotPlainError, cut_roughly, split
from plnbot.syndication import Feed, Item

MOST_ITEMS = 300
_LONGEST_BROKEN = 4 * 1024 * 1024
"""What of a broken document is parsed: repairing takes long."""
_TOP = 64 * 1024
"""Where a feed has begun, whatever is declared and said before."""
_LIKE_ONE = re.compile(rb"<(?:\w{1,20}:)?(?:rss|rdf|feed|channel|item|entry)\b", re.IGNORECASE)
_NO_CHARACTER = re.compile(
    rb"&#(?:x0*(?:[0-9a-f]{7,}|[2-9a-f][0-9a-f]{5}|1[1-9a-f][0-9a-f]{4}|d[89a-f]..|0);"
    rb"|0*(?:\d{8,}|[2-9]\d{6}|1[2-9]\d{5}|0);)",
    re.IGNORECASE,
)
"""Characters by a number that none has, at which feedparser gives up."""
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)


class NoFeedError(Exception):
    """These bytes are no feed of any kind."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed as feedparser reads it: its head, the entries of items that are new, and all digests."""

    head: Entry
    entries: Sequence[Entry]
    new: Sequence[str]
    digests: Sequence[str]
    said: Mapping[str, Sequence[str]]
    whole: bool


def in_child(given: Mapping[str, Any], _tell: Callable[[Any], None]) -> Any:
    """Read a document in a child process: what `asked` made goes in, a told `Feed` comes out.

    None comes out where it is no feed.
    """
    try:
        body = base64.b64decode(given["body"])
        known = frozenset(given["known"])
        feed = read(body, given["content_type"], known, whole=given["whole"])
        return told(clean_feed(feed, given["address"]))
    except NoFeedError:
        return None


def asked(
    body: bytes, address: str, content_type: str, known: Collection[str], *, whole: bool = True
) -> Any:
    """Return what `in_child` is given."""
    return {
        "body": base64.b64encode(body).decode(),
        "address": address,
        "content_type": content_type,
        "known": sorted(known),
        "whole": whole,
    }


def read(
    body: bytes, content_type: str = "", known: Collection[str] = (), *, whole: bool = True
) -> Feed:
    """Return the feed in these bytes, with those of its items that are not `known` by digest.

    `content_type` is what was said of it on the way; where it is not `whole`, it was cut off. Addresses in it are as they were written, and
    nothing has been cleaned. Raises `NoFeedError`.
    """
    if json_feed.begins_like_one(body):
        return _json(body, known)
    parsed = parse(body, content_type, known, whole=whole)
    feed = feed_of(parsed.head, parsed.said)
    items = tuple(
        item_of(entry, digest) for entry, digest in zip(parsed.entries, parsed.new, strict=True)
    )
    if not feed.kind and not parsed.digests:
        raise NoFeedError
    return replace(feed, items=items, digests=tuple(parsed.digests), whole=parsed.whole)


def like_a_feed(body: bytes) -> bool:
    """Tell whether these bytes may be a feed at all, by their beginning."""
    if json_feed.begins_like_one(body[:_TOP]):
        return True
    return _LIKE_ONE.search(body[:_TOP].replace(b"\0", b"")) is not None


def parse(
    body: bytes, content_type: str = "", known: Collection[str] = (), *, whole: bool = True
) -> Parsed:
    """Return what feedparser makes of what is new in a document of XML."""
    if not like_a_feed(body):
        raise NoFeedError
    body = body.lstrip()
    charset = _CHARSET.search(content_type)
    headers = {"content-type": f"application/xml{_said_charset(body, charset)}"}
    try:
        parts = split(body, MOST_ITEMS, charset[1] if charset else "", whole=whole)
    except HopelessError as error:
        raise NoFeedError from error
    except NotPlainError:
        return _parse_whole(body, headers, known, whole=whole)
    head = feedparse(parts.without(known), headers)
    new = [each for each in parts.digests if each not in known]
    entries = get(head, "entries", [])
    if len(entries) != len(new):  # it sees items where none were found, or none where some were
        return _parse_whole(body, headers, known, whole=whole)
    return Parsed(head, entries, new, parts.digests, parts.said, parts.whole)


def feedparse(document: bytes, headers: Mapping[str, str]) -> Entry:
    """Return what feedparser makes of a document, which is cleaned elsewhere."""
    # As a stream: what is not one, it may take for the name of a file or an address to open.
    parsed: Entry = _feedparser()(
        io.BytesIO(document),
        response_headers=dict(headers),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


@functools.cache
def _feedparser() -> Callable[..., Any]:
    """Return how feedparser parses, with what is below in place of its own; it takes long to import."""
    from feedparser import api, util

    class Said(util.FeedParserDict):  # type: ignore[misc]
        """What is said of words on their way: names that need no translation, values that need no copy."""

        get, __getitem__, __setitem__ = dict.get, dict.__getitem__, dict.__setitem__

        def __deepcopy__(self, _memo: object) -> Any:
            return util.FeedParserDict(self)

    class Parser(api.StrictFeedParser):  # type: ignore[misc]
        """feedparser's own, which would copy deeply, and look each name up in two ways, at each element."""

        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            self.contentparams = Said()

        def push_content(self, *given: object) -> None:
            super().push_content(*given)
            self.contentparams = Said(self.contentparams)

    # It would look for another parser at each document, in vain; `split` counts on expat's rules.
    ours = {**vars(api), "StrictFeedParser": Parser, "PREFERRED_XML_PARSERS": []}
    return FunctionType(api.parse.__code__, ours, argdefs=api.parse.__defaults__)


def _parse_whole(
    body: bytes, headers: Mapping[str, str], known: Collection[str], *, whole: bool
) -> Parsed:
    document, whole = cut_roughly(body, MOST_ITEMS, _LONGEST_BROKEN, whole=whole)
    head = feedparse(_NO_CHARACTER.sub(b"", document), headers)
    entries = get(head, "entries", [])[:MOST_ITEMS]
    digests = [_digest(item_of(each)) for each in entries]
    fresh = [at for at, digest in enumerate(digests) if digest not in known]
    new, found = [digests[at] for at in fresh], [entries[at] for at in fresh]
    return Parsed(head, found, new, digests, {}, whole)


def _json(body: bytes, known: Collection[str]) -> Feed:
    try:
        feed = json_feed.read(body, MOST_ITEMS)
    except json_feed.NoJsonFeedError as error:
        raise NoFeedError from error
    items = [replace(each, digest=_digest(each)) for each in feed.items]
    new = tuple(each for each in items if each.digest not in known)
    return replace(feed, items=new, digests=tuple(each.digest for each in items))


def _digest(item: Item) -> str:
    """Return the digest of an item that could not be had from its bytes."""
    said = json.dumps(told(item), sort_keys=True, ensure_ascii=True).encode()
    return hashlib.sha256(VERSION + said).hexdigest()[:32]


def _said_charset(body: bytes, charset: "re.Match[str] | None") -> str:
    """Return what is said of the encoding on the way, where the document itself says nothing."""
    declares = b"encoding" in body[:200] or body[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return f"; charset={charset[1]}" if charset and not declares else ""
