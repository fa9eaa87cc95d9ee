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
_TO_THE_WEB = re.compile(r"https?:|(?![a-z][a-z0-9+.-]*:)\S", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")
_ISO = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE)
_MOST_HOURS = 24
_MOST_DIGITS = 15
_LAST_HOUR = 23
_LONGEST_TTL = timedelta(days=366)


def get(entry: Any, name: str, default: Any = None) -> Any:
    """Return what stands under a name; feedparser's own ways of asking answer with something else."""
    try:
        return dict.get(entry, name, default)
    except TypeError:
        return default


def listed(entry: Entry, name: str) -> list[Any]:
    """Return what stands under a name as a list: one alone is what an undeclared prefix leaves."""
    held = get(entry, name)
    return held if isinstance(held, list) else [held] if isinstance(held, dict) else []


def text(entry: Entry, *names: str) -> str:
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
    digits = str(said or "").strip()
    return (
        int(digits)
        if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
        else None
    )


def seconds(said: object) -> int | None:
    """Return a length as podcasts write it: seconds, minutes and seconds, with hours, or PT1H2M."""
    digits = str(said or "").strip()
    if _NUMBER.fullmatch(digits):
        return int(float(digits))
    if found := _CLOCK.fullmatch(digits):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return hours * 3600 + minutes * 60 + rest
    if (found := _ISO.fullmatch(digits)) and any(found.groups()):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return hours * 3600 + minutes * 60 + rest
    return None


def item_of(entry: Entry, digest: str = "") -> Item:
    """Return one entry as an item."""
    link = _link(entry)
    content, base = _content(entry)
    summary = markup(get(entry, "summary_detail", {}), text(entry, "summary"))
    return Item(
        guid=text(entry, "id"),
        link=link,
        title=markup(get(entry, "title_detail", {}), text(entry, "title")),
        summary=summary if summary != content else "",
        content=content,
        base=base,
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
        comments=text(entry, "comments"),
        source=text(get(entry, "source", {}), "title"),
        free=_free(entry),
        explicit=_explicit(entry),
        digest=digest,
    )


def feed_of(parsed: Entry, said: Mapping[str, Sequence[str]]) -> Feed:
    """Return the head of a feed. `said` are words of it that feedparser does not hand on."""
    head = get(parsed, "feed", {})
    links = [*listed(head, "links"), *listed(head, "atom_link")]
    return Feed(
        kind=text(parsed, "version"),
        title=markup(get(head, "title_detail", {}), text(head, "title")),
        description=markup(
            get(head, "subtitle_detail", {}), text(head, "subtitle", "summary", "description")
        ),
        link=_link(head),
        address=next((text(each, "href") for each in links if get(each, "rel") == "self"), ""),
        language=text(head, "language"),
        authors=_people(head),
        tags=_tags(head),
        image=_head_image(head, said),
        rights=markup(get(head, "rights_detail", {}), text(head, "rights")),
        generator=text(head, "generator"),
        updated=instant(head, "updated", "published"),
        ttl=_ttl(text(head, "ttl")),
        period=_period(head),
        skip_hours=_hours(said.get("skiphours/hour", ())),
        skip_days=_days(said.get("skipdays/day", ())),
        moved=text(head, "itunes_new-feed-url", "newlocation"),
        ended=text(head, "itunes_complete").lower() in {"yes", "true"},
    )


def _head_image(head: Entry, said: Mapping[str, Sequence[str]]) -> str:
    """Return a feed's picture; RDF puts it beside the channel, where feedparser does not look."""
    found = text(get(head, "image", {}), "href", "url") or text(head, "logo", "icon")
    return found or _image(head) or next(iter(said.get("url", ())), "")


def _link(entry: Entry) -> str:
    every = (*listed(entry, "links"), *listed(entry, "atom_link"))
    links = [each for each in every if _TO_THE_WEB.match(text(each, "href"))]
    for each in links:
        if get(each, "rel") == "alternate" and get(each, "type", "text/html") in {
            "text/html",
            "application/xhtml+xml",
        }:
            return text(each, "href")
    return text(entry, "link") or next(
        (text(each, "href") for each in links if get(each, "rel") == "alternate"), ""
    )


def _content(entry: Entry) -> tuple[str, str]:
    """Return the fullest content as HTML, and the address its links are relative to."""
    found = [each for each in listed(entry, "content") if text(each, "value")]
    if undeclared := text(entry, "content_encoded"):
        return undeclared, text(get(entry, "summary_detail", {}), "base")
    shown = [each for each in found if get(each, "type") != "text/plain"] or found
    if not shown:
        return "", text(get(entry, "summary_detail", {}), "base")
    best = max(shown, key=lambda each: len(text(each, "value")))
    return markup(best, text(best, "value")), text(best, "base")


def _people(entry: Entry) -> tuple[str, ...]:
    """Return names of authors; addresses of e-mail are nobody's name and are left out."""
    named = [text(each, "name") for each in listed(entry, "authors") if isinstance(each, dict)]
    alone = text(get(entry, "author_detail", {}), "name") or text(entry, "author", "dc_creator")
    names = [each for each in named if each] or [alone]
    return _unique((each for each in names if each and "@" not in each), str)


def _tags(entry: Entry) -> tuple[str, ...]:
    found = (text(each, "label", "term") for each in listed(entry, "tags"))
    return _unique((each for each in found if each), str.casefold)


def _enclosures(entry: Entry) -> Iterator[Enclosure]:
    length = _length(entry)
    for each in listed(entry, "links"):
        if get(each, "rel") == "enclosure" and text(each, "href"):
            yield Enclosure(
                address=text(each, "href"),
                kind=text(each, "type"),
                size=number(get(each, "length")) or None,
                seconds=length,
            )
    for each in listed(entry, "media_content"):
        medium = text(each, "medium")
        if text(each, "url") and medium != "image" and "image" not in text(each, "type"):
            yield Enclosure(
                address=text(each, "url"),
                kind=text(each, "type") or medium,
                size=number(get(each, "filesize")) or None,
                seconds=seconds(get(each, "duration")),
            )


def _image(entry: Entry) -> str:
    for each in listed(entry, "media_content"):
        if get(each, "medium") == "image" or text(each, "type").startswith("image/"):
            return text(each, "url")
    thumbs = listed(entry, "media_thumbnail")
    if found := next((text(each, "url") for each in thumbs if text(each, "url")), ""):
        return found
    if found := text(get(entry, "image", {}), "href", "url"):
        return found
    files = (each for each in listed(entry, "links") if get(each, "rel") == "enclosure")
    pictures = (text(each, "href") for each in files if text(each, "type").startswith("image/"))
    return next(pictures, "")


def _length(entry: Entry) -> int | None:
    if (found := seconds(get(entry, "itunes_duration"))) is not None:
        return found
    played = (seconds(get(each, "duration")) for each in listed(entry, "media_content"))
    return next((each for each in played if each), None)


def _video(entry: Entry, link: str) -> str:
    if said := text(entry, "yt_videoid"):
        return said
    found = _WATCH.search(link)
    return found[1] if found else ""


def _captions(entry: Entry) -> tuple[str, ...]:
    found = get(entry, "podcast_transcript")
    each = text(found, "url") if isinstance(found, dict) else ""
    return (each,) if each else ()


def _language(entry: Entry) -> str:
    details = [*listed(entry, "content"), get(entry, "summary_detail", {})]
    return text(entry, "language") or next(
        (said for each in details if (said := text(each, "language"))), ""
    )


def _free(entry: Entry) -> bool | None:
    """Return whether it says that it can be read without paying."""
    price = get(entry, "media_price")
    said = text(price, "type") if isinstance(price, dict) else ""
    said = said or text(entry, "dcterms_accessrights", "accessrights", "isaccessibleforfree")
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
    length = _PERIODS.get(text(head, "sy_updateperiod").lower())
    often = number(get(head, "sy_updatefrequency")) or 1
    return length / min(often, 10_000) if length else None


def _hours(said: Iterable[str]) -> frozenset[int]:
    """Return hours from 0 to 23; some count from 1 to 24. All of a day are a slip and none."""
    hours = {
        each % _MOST_HOURS
        for each_hour in said
        if (each := number(each_hour)) is not None and each <= _MOST_HOURS
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
