"""What the corpus of gofeed says that its feeds are, in our fields."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from plnbot.syndication import Feed

Said = Mapping[str, Any]


def documents(corpora: Path) -> Iterator[tuple[str, bytes, Said]]:
    """Yield each feed of the corpus that says what it is: its name, its bytes, and that."""
    root = corpora / "feeds" / "gofeed"
    for path in sorted(root.rglob("*.xml")):
        expected = path.with_suffix(".json")
        if expected.is_file():
            name = path.relative_to(root).with_suffix("").as_posix()
            yield name, path.read_bytes(), json.loads(expected.read_text(encoding="utf-8"))
    for path in sorted(root.rglob("*_expected.json")):
        source = path.with_name(path.name.replace("_expected", ""))
        name = source.relative_to(root).with_suffix("").as_posix()
        yield name, source.read_bytes(), json.loads(path.read_text(encoding="utf-8"))


def plain(said: object) -> str:
    """Return words without marks, entities and needless blanks: what a reader sees."""
    text = str(said)
    for _ in range(3):
        text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>|<!--.*?-->", " ", text))
    return " ".join(text.split())


def differences(feed: Feed, said: Said) -> dict[str, tuple[object, object]]:
    """Return every field in which a feed is not what is said of it: as read, and as said."""
    found = dict(_compared(_ours(feed), _theirs(said)))
    items = said.get("items", said.get("entries", []))
    if len(items) != len(feed.items):
        found["items"] = (len(feed.items), len(items))
    for number, (ours, theirs) in enumerate(zip(feed.items, items, strict=False)):
        for name, pair in _compared(_our_item(ours), _their_item(theirs)):
            found[f"{number}.{name}"] = pair
    return found


def _compared(ours: Said, theirs: Said) -> Iterator[tuple[str, tuple[object, object]]]:
    for name, expected in theirs.items():
        if expected not in ("", None, [], ()) and ours[name] != expected:
            yield name, (ours[name], expected)


def _ours(feed: Feed) -> Said:
    return {
        "title": plain(feed.title),
        "description": plain(feed.description),
        "link": feed.link,
        "address": feed.address,
        "language": feed.language.lower(),
        "updated": feed.updated,
        "authors": [plain(each) for each in feed.authors],
        "tags": [plain(each) for each in feed.tags],
        "image": feed.image,
        "rights": plain(feed.rights),
        "generator": plain(feed.generator),
        "ttl": feed.ttl and str(int(feed.ttl.total_seconds()) // 60),
        "skip_hours": sorted(feed.skip_hours),
    }


def _our_item(item: Any) -> Said:
    return {
        "title": plain(item.title),
        "summary": plain(item.summary or item.content),
        "content": plain(item.content),
        "link": item.link,
        "guid": item.guid,
        "published": item.published,
        "updated": item.updated,
        "authors": [plain(each) for each in item.authors],
        "tags": [plain(each) for each in item.tags],
        "image": item.image,
        "enclosures": [(each.address, each.kind, each.size) for each in item.enclosures],
        "source": plain(item.source),
    }


def _theirs(said: Said) -> Said:
    image = said.get("image")
    return {
        "title": plain(said.get("title", "")),
        "description": plain(said.get("description", said.get("subtitle", ""))),
        "link": said.get("link") or said.get("home_page_url") or _alternate(said),
        "address": said.get("feedLink") or said.get("feed_url") or _alternate(said, "self"),
        "language": said.get("language", "").lower(),
        "updated": _when(said, "updatedParsed", "lastBuildDateParsed"),
        "authors": _names(said),
        "tags": _tags(said),
        "image": (image.get("url") if isinstance(image, dict) else image) or said.get("logo", ""),
        "rights": plain(said.get("copyright", said.get("rights", ""))),
        "generator": _generator(said.get("generator", "")),
        "ttl": said.get("ttl"),
        "skip_hours": sorted(
            {int(each) % 24 for each in said.get("skipHours", []) if each.isdigit()}
        ),
    }


def _their_item(said: Said) -> Said:
    content = said.get("content", said.get("content_html", said.get("content_text", "")))
    guid = said.get("guid", said.get("id", ""))
    image = said.get("image")
    files = [
        *said.get("enclosures", []),
        *({"url": each["href"], **each} for each in _links(said) if each.get("rel") == "enclosure"),
        *said.get("attachments", []),
    ]
    return {
        "title": plain(said.get("title", "")),
        "summary": plain(said.get("description", said.get("summary", ""))),
        "content": plain(content.get("value", "") if isinstance(content, dict) else content),
        "link": said.get("link") or said.get("url") or _alternate(said),
        "guid": guid.get("value", "") if isinstance(guid, dict) else guid,
        "published": _when(said, "publishedParsed", "pubDateParsed", "date_published"),
        "updated": _when(said, "updatedParsed", "date_modified"),
        "authors": _names(said),
        "tags": _tags(said),
        "image": image.get("url") if isinstance(image, dict) else image,
        "enclosures": [
            (
                each.get("url", ""),
                each.get("type", each.get("mime_type", "")),
                int(each.get("length", each.get("size_in_bytes", 0)) or 0) or None,
            )
            for each in files
        ],
        "source": plain(said.get("source", {}).get("title", "")),
    }


def _links(said: Said) -> list[Said]:
    return [each for each in said.get("links", []) if isinstance(each, dict)]


def _alternate(said: Said, rel: str = "alternate") -> str:
    found = (each.get("href", "") for each in _links(said) if each.get("rel", "alternate") == rel)
    return next(found, "")


def _names(said: Said) -> list[str]:
    people = said.get("authors", [])
    alone = said.get("author", said.get("managingEditor"))
    if isinstance(alone, dict) and not people:
        people = [alone]
    if isinstance(alone, str):
        people = [{"name": alone}]
    names = [plain(each["name"]) for each in people if each.get("name")]
    return [each for each in names if "@" not in each]


def _tags(said: Said) -> list[str]:
    found = [*said.get("categories", []), *said.get("tags", [])]
    words = [
        each
        if isinstance(each, str)
        else each.get("label") or each.get("value") or each.get("term")
        for each in found
    ]
    return [plain(each) for each in words if each]


def _generator(said: object) -> str:
    return plain(said.get("value", "") if isinstance(said, dict) else said)


def _when(said: Said, *names: str) -> datetime | None:
    for name in names:
        if said.get(name):
            return datetime.fromisoformat(said[name])
    return None
