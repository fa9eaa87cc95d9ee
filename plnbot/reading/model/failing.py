"""What is made of a feed that fails, falls silent, moves or is gone. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit

from plnbot.reading.model.feeds import Poll

TOLD_AFTER = timedelta(hours=24)
GONE_AFTER = timedelta(days=30)
SAID_GONE_AFTER = timedelta(days=3)
MOVED_AFTER = timedelta(days=3)
YOUTUBE_AFTER = timedelta(days=7)
"""YouTube answers 404 for hours, and 403 to computers in data centres; it means nothing by it."""
WEEKLY = timedelta(days=7)
SILENT = timedelta(days=60)
_FEW_SILENT = timedelta(days=180)
_GAPS, _TIMES, _FEW = 20, 3, 3
_NOT_FOUND, _GONE, _FORBIDDEN = 404, 410, 403
_ABSENT = frozenset({"name", "status", "no_feed"})


class Event(StrEnum):
    """What a feed's curator is told, each once."""

    FAILING = "failing"
    GONE = "gone"
    SILENT = "silent"
    MOVED = "moved"


def of_youtube(address: str) -> bool:
    """Tell whether an address is one of YouTube's."""
    host = urlsplit(address).hostname or ""
    return host == "youtube.com" or host.endswith(".youtube.com")


def told_now(address: str, poll: Poll, now: datetime) -> Event | None:
    """Return what is to be told of a feed that has just failed, once each."""
    if poll.failing_since is None:
        return None
    lasted = now - poll.failing_since
    if of_youtube(address):
        means_little = poll.status in (_NOT_FOUND, _FORBIDDEN)
        after = YOUTUBE_AFTER if means_little else TOLD_AFTER
        return Event.FAILING if poll.told_at is None and lasted >= after else None
    said_gone = poll.status == _GONE and lasted >= SAID_GONE_AFTER
    if poll.gone_at is None and (said_gone or (lasted >= GONE_AFTER and poll.why in _ABSENT)):
        return Event.GONE
    return Event.FAILING if poll.told_at is None and lasted >= TOLD_AFTER else None


def is_silent(arrivals: Sequence[datetime], now: datetime) -> bool:
    """Tell whether a feed has been silent for far longer than it ever is."""
    if not arrivals:
        return False
    latest = sorted(arrivals)[-_GAPS:]
    gaps = [later - before for before, later in pairwise(latest)]
    usual = max(max(gaps) * _TIMES, SILENT) if len(latest) >= _FEW else _FEW_SILENT
    return now - latest[-1] > usual


def moving(poll: Poll, to: str, now: datetime) -> Poll:
    """Return a poll that knows to where a feed says it has moved, and since when it has said so."""
    if to == poll.moved_to:
        return poll
    return replace(poll, moved_to=to, moved_since=now if to else None)


def has_lasted(poll: Poll, now: datetime) -> bool:
    """Tell whether a feed has said for days that it moved to the same place."""
    return poll.moved_since is not None and now - poll.moved_since >= MOVED_AFTER
