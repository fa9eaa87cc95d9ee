"""What feedparser makes of a feed, as our values: each field from wherever publishers really put it."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from plnbot.syndication import Enclosure, Feed, Item

Entry = Mapping[str, Any]
"""A dictionary of feedparser's, read without its aliases: what stands there, or nothing."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_WATCH = re.compile(r"(?:youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/)|youtu\.be/)([\w-]{11})")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")
_ISO = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE)
_MOST_HOURS = 24
_MOST_DIGITS = 15
_LAST_HOUR = 23
_LONGEST_TTL = timedelta(days=366)


def get(entry: Entry, name: str, default: Any = None) -> Any:
    """Return what stands under a name; feedparser's own ways of asking answer with something else."""
    return dict.get(entry, name, default) if isinstance(entry, dict) else default


def listed(entry: Entry, name: str) -> list[Any]:
    """Return what stands under a name as a list: one alone is what an undeclared prefix leaves."""
    held = get(entry, name)
    return held if isinstance(held, list) else [held] if isinstance(held, dict) else []


def words(entry: Entry, *names: str) -> str:
    """Return the first text that stands under one of these names."""
    for name in names:
        said = get(entry, name)
        if isinstance(said, str) and said.strip():
            return said.strip()
    return ""


def markup(detail: Entry, said: str) -> str:
    """Return words as HTML: what is plain text gets its marks escaped."""
    return html.escape(said, quote=False) if get(detail, "type") == "text/plain" else said


def instant(entry: Entry, *names: str) -> datetime | None:
    """Return the first date under one of these names that there can be."""
    for name in names:
        parsed = get(entry, f"{name}_parsed")
        if parsed is not None:
            try:
                year, month, day, hour, minute, second = parsed[:6]
                return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
            except (ValueError, TypeError, OverflowError):
                continue
    return None


def number(said: object) -> int | None:
    """Return a count that is written in digits."""
    text = str(said or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def seconds(said: object) -> int | None:
    """Return a length as podcasts write it: seconds, minutes and seconds, with hours, or PT1H2M."""
    text = str(said or "").strip()
    if _NUMBER.fullmatch(text):
        return int(float(text))
    if found := _CLOCK.fullmatch(text):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if (found := _ISO.fullmatch(text)) and any(found.groups()):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return hours * 3600 + minutes * 60 + rest
    return None


def item_of(entry: Entry) -> Item:
    """Return one entry as an item."""
    link = _link(entry)
    content, base = _content(entry)
    summary = markup(get(entry, "summary_detail", {}), words(entry, "summary"))
    return Item(
        guid=words(entry, "id"),
        link=link,
        title=markup(get(entry, "title_detail", {}), words(entry, "title")),
        summary=summary if summary != content else "",
        content=content,
        base=base or link,
        published=instant(entry, "published", "created", "updated"),
        updated=instant(entry, "updated"),
        authors=_people(entry),
        tags=_tags(entry),
        enclosures=_unique(_enclosures(entry), lambda each: each.address),
        image=_image(entry),
        language=_language(entry),
        seconds=_length(entry),
        video=_video(entry, link),
        captions=_captions(entry),
        comments=words(entry, "comments"),
        source=words(get(entry, "source", {}), "title"),
        free=_free(entry),
        explicit=_explicit(entry),
    )


def feed_of(parsed: Entry, said: Mapping[str, Sequence[str]]) -> Feed:
    """Return the head of a feed. `said` are words of it that feedparser does not hand on."""
    head = get(parsed, "feed", {})
    links = [*listed(head, "links"), *listed(head, "atom_link")]
    return Feed(
        kind=words(parsed, "version"),
        title=markup(get(head, "title_detail", {}), words(head, "title")),
        description=markup(
            get(head, "subtitle_detail", {}), words(head, "subtitle", "summary", "description")
        ),
        link=_link(head),
        address=next((words(each, "href") for each in links if get(each, "rel") == "self"), ""),
        language=words(head, "language"),
        authors=_people(head),
        tags=_tags(head),
        image=_head_image(head, said),
        rights=markup(get(head, "rights_detail", {}), words(head, "rights")),
        generator=words(head, "generator"),
        updated=instant(head, "updated", "published"),
        ttl=_ttl(words(head, "ttl")),
        period=_period(head),
        skip_hours=_hours(said.get("skiphours/hour", ())),
        skip_days=_days(said.get("skipdays/day", ())),
        moved=words(head, "itunes_new-feed-url", "newlocation"),
        ended=words(head, "itunes_complete").lower() in {"yes", "true"},
    )


def _head_image(head: Entry, said: Mapping[str, Sequence[str]]) -> str:
    """Return a feed's picture; RDF puts it beside the channel, where feedparser does not look."""
    found = words(get(head, "image", {}), "href", "url") or words(head, "logo", "icon")
    return found or _image(head) or next(iter(said.get("url", ())), "")


def _link(entry: Entry) -> str:
    every = (*listed(entry, "links"), *listed(entry, "atom_link"))
    links = [each for each in every if words(each, "href").startswith(("http:", "https:", "/"))]
    for each in links:
        if get(each, "rel") == "alternate" and get(each, "type", "text/html") in {
            "text/html",
            "application/xhtml+xml",
        }:
            return words(each, "href")
    return words(entry, "link") or next(
        (words(each, "href") for each in links if get(each, "rel") == "alternate"), ""
    )


def _content(entry: Entry) -> tuple[str, str]:
    """Return the fullest content as HTML, and the address its links are relative to."""
    found = [each for each in listed(entry, "content") if words(each, "value")]
    if undeclared := words(entry, "content_encoded"):
        return undeclared, words(get(entry, "summary_detail", {}), "base")
    shown = [each for each in found if get(each, "type") != "text/plain"] or found
    if not shown:
        return "", words(get(entry, "summary_detail", {}), "base")
    best = max(shown, key=lambda each: len(words(each, "value")))
    return markup(best, words(best, "value")), words(best, "base")


def _people(entry: Entry) -> tuple[str, ...]:
    """Return names of authors; addresses of e-mail are nobody's name and are left out."""
    named = [words(each, "name") for each in listed(entry, "authors") if isinstance(each, dict)]
    alone = words(get(entry, "author_detail", {}), "name") or words(entry, "author", "dc_creator")
    names = [each for each in named if each] or [alone]
    return _unique((each for each in names if each and "@" not in each), str)


def _tags(entry: Entry) -> tuple[str, ...]:
    found = (words(each, "label", "term") for each in listed(entry, "tags"))
    return _unique((each for each in found if each), str.casefold)


def _enclosures(entry: Entry) -> Iterator[Enclosure]:
    length = _length(entry)
    for each in listed(entry, "links"):
        if get(each, "rel") == "enclosure" and words(each, "href"):
            yield Enclosure(
                address=words(each, "href"),
                kind=words(each, "type"),
                size=number(get(each, "length")) or None,
                seconds=length,
            )
    for each in listed(entry, "media_content"):
        medium = words(each, "medium")
        if words(each, "url") and medium != "image" and "image" not in words(each, "type"):
            yield Enclosure(
                address=words(each, "url"),
                kind=words(each, "type") or medium,
                size=number(get(each, "filesize")) or None,
                seconds=seconds(get(each, "duration")),
            )


def _image(entry: Entry) -> str:
    for each in listed(entry, "media_content"):
        if get(each, "medium") == "image" or words(each, "type").startswith("image/"):
            return words(each, "url")
    thumbs = listed(entry, "media_thumbnail")
    if found := next((words(each, "url") for each in thumbs if words(each, "url")), ""):
        return found
    if found := words(get(entry, "image", {}), "href", "url"):
        return found
    files = (each for each in listed(entry, "links") if get(each, "rel") == "enclosure")
    pictures = (words(each, "href") for each in files if words(each, "type").startswith("image/"))
    return next(pictures, "")


def _length(entry: Entry) -> int | None:
    if (found := seconds(get(entry, "itunes_duration"))) is not None:
        return found
    played = (seconds(get(each, "duration")) for each in listed(entry, "media_content"))
    return next((each for each in played if each), None)


def _video(entry: Entry, link: str) -> str:
    if said := words(entry, "yt_videoid"):
        return said
    found = _WATCH.search(link)
    return found[1] if found else ""


def _captions(entry: Entry) -> tuple[str, ...]:
    found = get(entry, "podcast_transcript")
    each = words(found, "url") if isinstance(found, dict) else ""
    return (each,) if each else ()


def _language(entry: Entry) -> str:
    details = [*listed(entry, "content"), get(entry, "summary_detail", {})]
    return words(entry, "language") or next(
        (said for each in details if (said := words(each, "language"))), ""
    )


def _free(entry: Entry) -> bool | None:
    """Return whether it says that it can be read without paying."""
    price = get(entry, "media_price")
    said = words(price, "type") if isinstance(price, dict) else ""
    said = said or words(entry, "dcterms_accessrights", "accessrights", "isaccessibleforfree")
    match said.lower():
        case "free" | "true" | "public" | "open":
            return True
        case "paid" | "rent" | "subscription" | "purchase" | "package" | "false" | "restricted":
            return False
        case _:
            return None


def _explicit(entry: Entry) -> bool | None:
    said = get(entry, "itunes_explicit")
    return said if isinstance(said, bool) else None


def _ttl(said: str) -> timedelta | None:
    minutes = number(said)
    return min(timedelta(minutes=minutes), _LONGEST_TTL) if minutes else None


def _period(head: Entry) -> timedelta | None:
    length = _PERIODS.get(words(head, "sy_updateperiod").lower())
    often = number(get(head, "sy_updatefrequency")) or 1
    return length / min(often, 10_000) if length else None


def _hours(said: Iterable[str]) -> frozenset[int]:
    """Return hours from 0 to 23; some count from 1 to 24. All of a day are a slip and none."""
    hours = {
        each % _MOST_HOURS
        for text in said
        if (each := number(text)) is not None and each <= _MOST_HOURS
    }
    return frozenset(hours if len(hours) <= _LAST_HOUR else ())


def _days(said: Iterable[str]) -> frozenset[int]:
    days = {_DAYS.index(day) for each in said if (day := each.strip().lower()) in _DAYS}
    return frozenset(days if len(days) < len(_DAYS) else ())


def _unique(found: Iterable[Any], key: Callable[[Any], object]) -> tuple[Any, ...]:
    seen: dict[object, Any] = {}
    for each in found:
        seen.setdefault(key(each), each)
    return tuple(seen.values())
