"""Happenings as iCalendar (RFC 5545): each line one line, ids that nobody else has."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from plnbot.calendars import store
from plnbot.calendars.model import Calendar
from plnbot.store.database import Tx
from plnbot.talk.happenings import Happening
from plnbot.talk.plain import plain
from plnbot.talk.text import Text, one_line

MEDIA_TYPE = "text/calendar; charset=utf-8"


def written(found: Calendar, happenings: Iterable[Happening], now: datetime) -> bytes:
    """Return a network's calendar as its members' programs read it at `now`."""
    return _written(found.seed, happenings, now)


def entry(tx: Tx, network: int, happening: Happening, now: datetime) -> bytes:
    """Return one thing of a network for a calendar, where it is the same as in the network's own."""
    return entries(tx, network, [happening], now)


def entries(tx: Tx, network: int, happenings: Iterable[Happening], now: datetime) -> bytes:
    """Return some things of a network for a calendar, each the same as in the network's own."""
    several = list(happenings)
    found = store.calendar_of(tx, network)
    alone = f"{network}/" + "/".join(
        f"{each.key}/{each.starts_at.isoformat()}/{plain(each.title)}" for each in several
    )
    seed = found.seed if found else hashlib.sha256(alone.encode()).hexdigest()[:16]
    return _written(seed, several, now)


def _written(seed: str, happenings: Iterable[Happening], now: datetime) -> bytes:
    # Only a calendar program pays for this import.
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//plnbot//calendar//EN")
    made.add("version", "2.0")
    for each in happenings:
        event = icalendar.Event()
        for name, value in _event(seed, each, now).items():
            event.add(name, value)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _event(seed: str, one: Happening, now: datetime) -> Mapping[str, str | datetime]:
    lines = (one_line(line) for line in plain(one.about).splitlines())
    return {
        "uid": f"{one.key.replace(':', '-')}-{seed}@plnbot",
        "dtstamp": now,
        "dtstart": one.starts_at,
        "dtend": one.ends_at,
        "summary": _title(one.title),
        "description": "\n".join(filter(None, lines)),
        "status": "CANCELLED" if one.off else "CONFIRMED",
        "transp": "OPAQUE" if one.busy else "TRANSPARENT",
    }


def _title(title: Text) -> str:
    return one_line(plain(title))
