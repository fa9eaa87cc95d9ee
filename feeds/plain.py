"""Feeds as JSON can say them, on their way out of the child process that read them."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plnbot.syndication import Enclosure, Feed, Item


def told(value: Any) -> Any:
    """Return a value of this room as JSON can say it; what a field has by itself is left out."""
    match value:
        case str() | int() | None:
            return value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case frozenset():
            return sorted(value)
        case tuple():
            return [told(each) for each in value]
        case _:
            return {
                each.name: told(held)
                for each in dataclasses.fields(value)
                if (held := getattr(value, each.name)) != each.default
            }


def feed_of(said: Mapping[str, Any]) -> Feed:
    """Return the feed that was told."""
    return Feed(**{name: _FEED.get(name, _same)(held) for name, held in said.items()})


def item_of(said: Mapping[str, Any]) -> Item:
    """Return the item that was told."""
    return Item(**{name: _ITEM.get(name, _same)(held) for name, held in said.items()})


def _same(held: Any) -> Any:
    return held


def _items(held: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(map(item_of, held))


def _enclosures(held: Sequence[Mapping[str, Any]]) -> tuple[Enclosure, ...]:
    return tuple(Enclosure(**each) for each in held)


def _length(held: float) -> timedelta:
    return timedelta(seconds=held)


_ITEM: Mapping[str, Callable[[Any], Any]] = {
    "published": datetime.fromisoformat,
    "updated": datetime.fromisoformat,
    "authors": tuple,
    "tags": tuple,
    "captions": tuple,
    "enclosures": _enclosures,
}
_FEED: Mapping[str, Callable[[Any], Any]] = {
    "updated": datetime.fromisoformat,
    "authors": tuple,
    "tags": tuple,
    "ttl": _length,
    "period": _length,
    "skip_hours": frozenset,
    "skip_days": frozenset,
    "items": _items,
    "digests": tuple,
}
