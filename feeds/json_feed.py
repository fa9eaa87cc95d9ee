"""JSON Feed 1.0 and 1.1: https://jsonfeed.org/version/1.1, with what is written wrong left out."""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from plnbot.syndication import Enclosure, Feed, Item

_MOST = 10**15


class NoJsonFeedError(Exception):
    """This is no JSON Feed."""


def begins_like_one(document: bytes) -> bool:
    """Tell whether a document may be JSON at all."""
    return document.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read(document: bytes, most: int) -> Feed:
    """Return the feed with `most` of its items; raises `NoJsonFeedError`."""
    try:
        said = json.loads(document.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise NoJsonFeedError from error
    items = said.get("items") if isinstance(said, dict) else None
    version = _text(said, "version") if isinstance(said, dict) else ""
    if not isinstance(items, list) or not (
        "jsonfeed.org/version/" in version or version[:1] == "1"
    ):
        raise NoJsonFeedError
    language = _text(said, "language")
    return Feed(
        kind="json" + "".join(each for each in version.rsplit("/", 1)[-1] if each.isdigit()),
        title=html.escape(_text(said, "title"), quote=False),
        description=html.escape(_text(said, "description"), quote=False),
        link=_text(said, "home_page_url"),
        address=_text(said, "feed_url"),
        language=language,
        authors=_authors(said),
        image=_text(said, "icon", "favicon"),
        ended=said.get("expired") is True,
        items=tuple(_item(each, language) for each in items[:most] if isinstance(each, dict)),
        whole=len(items) <= most,
    )


def _item(said: Mapping[str, Any], language: str) -> Item:
    link = _text(said, "url", "external_url")
    text = html.escape(_text(said, "content_text"), quote=False)
    enclosures = tuple(_enclosures(_dicts(said, "attachments")))
    return Item(
        guid=_text(said, "id"),
        link=link,
        title=html.escape(_text(said, "title"), quote=False),
        summary=html.escape(_text(said, "summary"), quote=False),
        content=_text(said, "content_html") or text,
        published=_instant(_text(said, "date_published")),
        updated=_instant(_text(said, "date_modified")),
        authors=_authors(said),
        tags=tuple(dict.fromkeys(each for each in _list(said, "tags") if isinstance(each, str))),
        enclosures=enclosures,
        image=_text(said, "image", "banner_image"),
        language=_text(said, "language") or language,
        seconds=next((each.seconds for each in enclosures if each.seconds), None),
    )


def _enclosures(found: Iterable[Mapping[str, Any]]) -> Iterator[Enclosure]:
    for each in found:
        if address := _text(each, "url"):
            kind = _text(each, "mime_type")
            size, seconds = _count(each, "size_in_bytes"), _count(each, "duration_in_seconds")
            yield Enclosure(address=address, kind=kind, size=size, seconds=seconds)


def _authors(said: Mapping[str, Any]) -> tuple[str, ...]:
    alone = said.get("author")
    people = [*_dicts(said, "authors"), *([alone] if isinstance(alone, dict) else [])]
    return tuple(dict.fromkeys(name for each in people if (name := _text(each, "name"))))


def _text(said: Mapping[str, Any], *names: str) -> str:
    """Return the first word under these names; a number for an id is one too."""
    for name in names:
        held = said.get(name)
        if isinstance(held, str) and held.strip():
            return held.strip()
        if isinstance(held, int | float) and not isinstance(held, bool):
            return str(held)
    return ""


def _list(said: Mapping[str, Any], name: str) -> list[Any]:
    held = said.get(name)
    return held if isinstance(held, list) else []


def _dicts(said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [each for each in _list(said, name) if isinstance(each, dict)]


def _count(said: Mapping[str, Any], name: str) -> int | None:
    held = said.get(name)
    fine = isinstance(held, int | float) and not isinstance(held, bool) and 0 <= held < _MOST
    return int(held) if fine and held is not None else None


def _instant(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
